import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import { dropStrayKeys } from '../../src/vault/forgetting';
import { KeyRing } from '../../src/vault/keys';
import { Tampered } from '../../src/vault/seal';
import { Overtaken, Texts, type TextRef } from '../../src/vault/texts';
import { freshDatabase, type Database } from '../cluster/database';
import { masterOf, seeded } from './seeded';

let database: Database;
let pool: Pool;
let texts: Texts;

/** The texts as another process has them: the same master key, other chance. */
const textsOf = (seed: string, master = 'master') => {
  const sources = seeded(seed);
  return new Texts(pool, new KeyRing(masterOf(master), sources.randomBytes), sources);
};

async function kept(stream: string, words: string): Promise<TextRef> {
  const draft = await texts.draft(stream, [words]);
  await draft.keep();
  return draft.refs[0]!;
}

const everythingStored = async () => {
  const { rows } = await pool.query<{ row: string }>(`select t::text as row from vault.text t union all select k::text from vault.key k`);
  return rows.map(({ row }) => row).join('\n');
};

beforeAll(async () => {
  database = await freshDatabase();
  ({ pool } = database);
});
beforeEach(async () => {
  await pool.query('truncate vault.text, vault.key');
  texts = textsOf('texts');
});
afterAll(() => database.drop());

describe('protected texts', () => {
  it('come back word for word, in the order and number they were drafted', async () => {
    const words = ['The mayor is ill.', '', '¿Quién? 😀\n\u2028', 'The mayor is ill.'];
    const { refs, keep } = await texts.draft('pairing-a-b', words);
    await keep();
    const revealed = await texts.reveal(refs.map(({ text }) => text));
    expect(refs.map(({ text }) => revealed.get(text))).toEqual(words.map((each) => ({ is: 'text', words: each })));
    expect(refs[3]).toEqual(refs[0]);
    expect(revealed.size).toBe(3);
  });

  it('are stored by keep alone', async () => {
    const { refs } = await texts.draft('pairing-a-b', ['not yet']);
    expect(await texts.reveal([refs[0]!.text])).toEqual(new Map());
  });

  it('leave no words in the database, in any encoding', async () => {
    await kept('pairing-a-b', 'unmistakable');
    const stored = await everythingStored();
    expect(stored).not.toContain('unmistakable');
    expect(stored).not.toContain(Buffer.from('unmistakable').toString('hex'));
    expect(stored).not.toContain(createHash('sha256').update('unmistakable').digest('hex'));
  });

  it('keep their ref within a stream and have another in another stream', async () => {
    const first = await kept('pairing-a-b', 'a reason');
    expect(await kept('pairing-a-b', 'a reason')).toEqual(first);
    expect((await textsOf('after a restart').draft('pairing-a-b', ['a reason', 'another'])).refs[0]).toEqual(first);
    const elsewhere = await kept('pairing-c-d', 'a reason');
    expect(elsewhere.text).not.toBe(first.text);
    expect(elsewhere.digest).not.toBe(first.digest);
  });

  it('are absent when nobody gave the id', async () => {
    expect(await texts.reveal([])).toEqual(new Map());
    expect(await texts.reveal(['no uuid', '4c3bd5c6-5a53-4c1e-9d35-0f3f5a6ef001'])).toEqual(new Map());
  });

  it('can be kept again after an unanswered call', async () => {
    const { refs, keep } = await texts.draft('pairing-a-b', ['one', 'two']);
    await keep();
    await keep();
    expect((await texts.reveal(refs.map(({ text }) => text))).size).toBe(2);
  });

  it('end with one ref when two callers keep the same words in the same stream at once', async () => {
    const other = textsOf('another process');
    const drafts = [await texts.draft('pairing-a-b', ['same', 'mine']), await other.draft('pairing-a-b', ['yours', 'same'])];
    const outcomes = await Promise.allSettled(drafts.map((draft) => draft.keep()));
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(refused.map(({ reason }) => reason as unknown)).toEqual([expect.any(Overtaken)]);
    const again = [await texts.draft('pairing-a-b', ['same', 'mine']), await other.draft('pairing-a-b', ['yours', 'same'])];
    await Promise.all(again.map((draft) => draft.keep()));
    expect(again[0]!.refs[0]).toEqual(again[1]!.refs[1]);
    expect((await texts.reveal(again.flatMap(({ refs }) => refs.map(({ text }) => text)))).size).toBe(3);
  });

  it('never wait for each other for ever, in whatever order callers name them', async () => {
    const words = Array.from({ length: 600 }, (_, index) => `words ${index}`);
    const drafts = await Promise.all(
      Array.from({ length: 4 }, (_, caller) =>
        textsOf(`caller ${caller}`).draft('call-2024', caller % 2 === 0 ? words : words.toReversed()),
      ),
    );
    const refused = (await Promise.allSettled(drafts.map(({ keep }) => keep()))).filter((outcome) => outcome.status === 'rejected');
    expect(refused).toHaveLength(drafts.length - 1);
    for (const { reason } of refused) expect(reason).toBeInstanceOf(Overtaken);
    expect((await pool.query('select from vault.text')).rowCount).toBe(words.length);
  }, 60_000);

  it('refuse lone surrogates, which would come back as something else', async () => {
    await expect(texts.draft('pairing-a-b', ['\ud800'])).rejects.toThrow(RangeError);
  });
});

describe('a forgotten text', () => {
  it('stays forgotten, however often it is forgotten', async () => {
    const { text } = await kept('pairing-a-b', 'to be forgotten');
    expect(await texts.forget(text)).toBe('forgotten');
    const { rows: first } = await pool.query('select * from vault.text');
    expect(await texts.forget(text)).toBe('forgotten');
    expect((await pool.query('select * from vault.text')).rows).toEqual(first);
    expect(await texts.reveal([text])).toEqual(new Map([[text, { is: 'forgotten' }]]));
  });

  it('leaves nothing of it but its id and its digest', async () => {
    const { text, digest } = await kept('pairing-a-b', 'to be forgotten');
    await texts.forget(text);
    expect((await pool.query('select from vault.key')).rowCount).toBe(0);
    expect((await pool.query('select id, digest, sealed from vault.text')).rows).toEqual([{ id: text, digest, sealed: null }]);
  });

  it('does not come back with a backup of its row', async () => {
    const { text } = await kept('pairing-a-b', 'to be forgotten');
    const { rows } = await pool.query<{ sealed: Buffer }>('select sealed from vault.text where id = $1', [text]);
    await texts.forget(text);
    await pool.query('update vault.text set sealed = $2, forgotten_at = null where id = $1', [text, rows[0]!.sealed]);
    expect(await texts.reveal([text])).toEqual(new Map([[text, { is: 'forgotten' }]]));
  });

  it('is another text when somebody writes the same words again', async () => {
    const first = await kept('pairing-a-b', 'to be forgotten');
    await texts.forget(first.text);
    const second = await kept('pairing-a-b', 'to be forgotten');
    expect(second.text).not.toBe(first.text);
    expect((await texts.reveal([first.text, second.text])).get(first.text)).toEqual({ is: 'forgotten' });
  });

  it('takes nothing else with it', async () => {
    const one = await kept('pairing-a-b', 'one');
    const two = await kept('pairing-a-b', 'two');
    await texts.forget(one.text);
    expect((await texts.reveal([two.text])).get(two.text)).toEqual({ is: 'text', words: 'two' });
  });

  it('must have been a text', async () => {
    expect(await texts.forget('4c3bd5c6-5a53-4c1e-9d35-0f3f5a6ef001')).toBe('unknown');
    expect(await texts.forget('no uuid')).toBe('unknown');
  });
});

describe('a row that was changed', () => {
  const flip = (column: string) => `set_byte(${column}, length(${column}) - 1, 255 - get_byte(${column}, length(${column}) - 1))`;

  it.each([
    ['its words', `update vault.text set sealed = ${flip('sealed')}`],
    ['its key', `update vault.key set wrapped = ${flip('wrapped')}`],
    ['its digest', `update vault.text set digest = repeat('0', 64)`],
    ['its words, emptied', 'update vault.text set sealed = null'],
    ['its words, cut short', `update vault.text set sealed = '\\x00'`],
  ])('in %s is refused by name, on reading and on drafting', async (_, change) => {
    const { text } = await kept('pairing-a-b', 'words');
    await pool.query(change);
    await expect(texts.reveal([text])).rejects.toThrow(Tampered);
    await expect(texts.reveal([text])).rejects.toThrow(text);
    await expect(texts.draft('pairing-a-b', ['words'])).rejects.toThrow(Tampered);
  });

  it('is refused when whole rows, with their keys, change places', async () => {
    const one = await kept('pairing-a-b', 'one');
    const two = await kept('pairing-a-b', 'two');
    const swap = (table: string, column: string) =>
      pool.query(`update vault.${table} a set ${column} = b.${column} from vault.${table} b where a.id <> b.id`);
    await swap('text', 'sealed');
    await swap('text', 'digest');
    await swap('key', 'wrapped');
    await expect(texts.reveal([one.text])).rejects.toThrow(Tampered);
    await expect(texts.reveal([two.text])).rejects.toThrow(Tampered);
  });

  it('cannot be told from one of another master key, and says so', async () => {
    const { text } = await kept('pairing-a-b', 'words');
    await expect(textsOf('texts', 'another master').reveal([text])).rejects.toThrow(
      `key of text ${text} was changed, moved, or sealed with another key`,
    );
  });
});

describe('after restoring a backup that is older than the keys', () => {
  it('dropping stray keys lets the same words be kept again, and touches no other', async () => {
    const lost = await kept('pairing-a-b', 'lost');
    const saved = await kept('pairing-a-b', 'saved');
    await pool.query('delete from vault.text where id = $1', [lost.text]);
    await expect(kept('pairing-a-b', 'lost')).rejects.toThrow(Overtaken);
    expect(await dropStrayKeys(pool)).toBe(1);
    expect((await kept('pairing-a-b', 'lost')).text).not.toBe(lost.text);
    expect(await kept('pairing-a-b', 'saved')).toEqual(saved);
  });
});
