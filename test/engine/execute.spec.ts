import { KeyReused, Malformed, StaleRevision, TryAgain, UnknownReference } from '../../src/engine/refused';
import { Rejected } from '../../src/kernel/refusal';
import { MemoryStore } from '../../src/store/memory';
import { type Appended, type Expected, type NewEvent, OutcomeUnknown } from '../../src/store/port';
import { type Database, freshDatabase } from '../cluster/database';
import { type Engine, engineOn } from './engine';

/** A store whose answers get lost: the next append is written, or not, and its caller hears nothing. */
class LossyStore extends MemoryStore {
  lose: ('written' | 'not written')[] = [];

  override async append(stream: string, events: readonly NewEvent[], expected: Expected): Promise<Appended> {
    const lost = this.lose.shift();
    if (lost === 'not written') throw new OutcomeUnknown('the connection was lost');
    const appended = await super.append(stream, events, expected);
    if (lost === 'written') throw new OutcomeUnknown('the connection was lost');
    return appended;
  }
}

const malaga = { name: 'Málaga', kind: 'city', countries: ['ES'] };

let database: Database;
let store: LossyStore;
let engine: Engine;
beforeAll(async () => {
  database = await freshDatabase();
});
beforeEach(async () => {
  store = new LossyStore({ now: () => new Date('2021-01-01T12:00:00Z') });
  engine = await engineOn(store, database);
});
afterEach(() => engine.close());
afterAll(() => database.drop());

describe('a command with a key', () => {
  it('gives the first receipt again when it is repeated, also by another process', async () => {
    const first = await engine.give('party/malaga', 'RegisterParty', malaga, { key: 'k' });
    await engine.give('party/malaga', 'AddAlias', { alias: 'Malaca' });
    const elsewhere = await engineOn(store, database);
    for (const each of [engine, elsewhere])
      expect(await each.give('party/malaga', 'RegisterParty', malaga, { key: 'k' })).toEqual({ ...first, repeated: true });
    await elsewhere.close();
    expect(await store.read('party-malaga')).toHaveLength(2);
  });

  it('gives the first receipt again under If-Match, also by a process that knows the stream from before', async () => {
    const elsewhere = await engineOn(store, database);
    await elsewhere.give('party/malaga', 'RegisterParty', malaga);
    await engine.give('party/malaga', 'AddAlias', { alias: 'Malaca' });
    const first = await engine.give('party/malaga', 'AddAlias', { alias: 'Mālaqah' }, { key: 'k', ifMatch: 1 });
    expect(await elsewhere.give('party/malaga', 'AddAlias', { alias: 'Mālaqah' }, { key: 'k', ifMatch: 1 })).toEqual({
      ...first,
      repeated: true,
    });
    await expect(elsewhere.give('party/malaga', 'AddAlias', { alias: 'Málaga' }, { ifMatch: 1 })).rejects.toThrow(StaleRevision);
    await elsewhere.close();
  });

  it('is refused with another body, and with another date', async () => {
    await engine.give('party/malaga', 'RegisterParty', malaga, { key: 'k' });
    await expect(engine.give('party/malaga', 'RegisterParty', { ...malaga, name: 'Malaga' }, { key: 'k' })).rejects.toThrow(KeyReused);
    await expect(engine.give('party/malaga', 'RegisterParty', malaga, { key: 'k', occurredOn: '2018' })).rejects.toThrow(KeyReused);
  });

  it('records one of several bodies that come at once, and refuses the others, whatever process they come to', async () => {
    await engine.give('party/malaga', 'RegisterParty', malaga);
    const elsewhere = await engineOn(store, database);
    await elsewhere.give('party/malaga', 'RegisterParty', malaga);
    const aliases = Array.from({ length: 20 }, (_, i) => `Malaca ${i}`);
    const answers = await Promise.allSettled(
      aliases.map((alias, i) => (i % 2 ? engine : elsewhere).give('party/malaga', 'AddAlias', { alias }, { key: 'k' })),
    );
    const stored = (await store.read('party-malaga')).map(({ data }) => data['alias']).filter((alias) => alias !== undefined);
    expect(stored).toHaveLength(1);
    answers.forEach((answer, i) => {
      if (aliases[i] === stored[0]) expect(answer).toMatchObject({ status: 'fulfilled' });
      else expect(answer).toMatchObject({ status: 'rejected', reason: expect.any(KeyReused) as unknown });
    });
    for (const [i, alias] of aliases.entries())
      if (alias !== stored[0])
        expect((await [engine, elsewhere][i % 2]!.give('party/malaga', 'AddAlias', { alias })).events).toHaveLength(1);
    await elsewhere.close();
  });

  it('gives one receipt to all that send it at once with the same words, kept once', async () => {
    const elsewhere = await engineOn(store, database);
    const population = { population: 571_026, year: 2017, source: 'Padrón' };
    await engine.give('party/malaga', 'RegisterParty', malaga);
    const receipts = await Promise.all(
      Array.from({ length: 12 }, (_, i) => (i % 2 ? engine : elsewhere).give('party/malaga', 'RecordPopulation', population, { key: 'p' })),
    );
    expect(new Set(receipts.map(({ revision, position }) => `${revision} ${position}`)).size).toBe(1);
    const [fact] = (await store.read('party-malaga', { from: 1 })).map(({ data }) => data['source'] as { text: string });
    for (const each of [engine, elsewhere]) {
      const again = await each.give('party/malaga', 'RecordPopulation', population, { key: 'p' });
      expect(again).toMatchObject({ repeated: true, revision: 1 });
    }
    expect((await engine.vault.texts.reveal([fact!.text])).get(fact!.text)).toMatchObject({ is: 'text', words: 'Padrón' });
    await elsewhere.close();
  });

  it('is another command from another actor', async () => {
    await engine.give('party/malaga', 'RegisterParty', malaga, { key: 'k' });
    const answer = await engine.give('party/malaga', 'AddAlias', { alias: 'Malaca' }, { key: 'k', actor: 'another' });
    expect(answer.events).toEqual([{ type: 'PartyAliasAdded', revision: 1 }]);
  });

  it('binds nothing when it was refused or found nothing to do', async () => {
    await expect(engine.give('party/malaga', 'AddAlias', { alias: 'Malaca' }, { key: 'k' })).rejects.toThrow(Rejected);
    await engine.give('party/malaga', 'RegisterParty', malaga, { key: 'k' });
    expect((await engine.give('party/malaga', 'RegisterParty', malaga, { key: 'l' })).events).toEqual([]);
    expect((await engine.give('party/malaga', 'AddAlias', { alias: 'Malaca' }, { key: 'l' })).events).toHaveLength(1);
  });

  it('is still known after what it recorded was retracted', async () => {
    await engine.give('party/malaga', 'RegisterParty', malaga, { key: 'k' });
    await engine.give('party/unit', 'RegisterParty', { name: 'Unit', kind: 'organisation', countries: [] });
    await engine.give('party/malaga', 'Correct', { retract: [{ revision: 0 }], authority: 'unit', reason: 'Registered by mistake' });
    expect(await engine.give('party/malaga', 'RegisterParty', malaga, { key: 'k' })).toMatchObject({ repeated: true });
  });
});

describe('an append that is not answered', () => {
  it.each([[['written']], [['not written']], [['not written', 'written', 'written']]] as const)(
    'is repeated unchanged until it is: %p',
    async (lose) => {
      store.lose = [...lose];
      const { events, position } = await engine.give('party/malaga', 'RegisterParty', malaga);
      expect(events).toEqual([{ type: 'PartyRegistered', revision: 0 }]);
      expect(await store.read('party-malaga')).toHaveLength(1);
      expect(position).toBe('1');
    },
  );

  it('ends as "try again" when the store stays silent, and the repeated command finds what was written', async () => {
    store.lose = Array.from({ length: 12 }, () => 'written' as const);
    await expect(engine.give('party/malaga', 'RegisterParty', malaga, { key: 'k' })).rejects.toThrow(TryAgain);
    expect(await engine.give('party/malaga', 'RegisterParty', malaga, { key: 'k' })).toMatchObject({ repeated: true, revision: 0 });
  });
});

describe('officers who write to one stream at once', () => {
  it('each get their fact recorded once, whatever process they use', async () => {
    await engine.give('party/malaga', 'RegisterParty', malaga);
    const elsewhere = await engineOn(store, database);
    await Promise.all(
      Array.from({ length: 10 }, (_, i) =>
        [engine, elsewhere][i % 2]!.give('party/malaga', 'RecordPopulation', { population: 570_000 + i, year: 2000 + i }),
      ),
    );
    await elsewhere.close();
    expect(new Set((await store.read('party-malaga')).slice(1).map(({ data }) => data['year'])).size).toBe(10);
  });

  it('are told apart by If-Match: the second is refused', async () => {
    await engine.give('party/malaga', 'RegisterParty', malaga);
    await engine.give('party/malaga', 'AddAlias', { alias: 'Malaca' }, { ifMatch: 0 });
    await expect(engine.give('party/malaga', 'AddAlias', { alias: 'Mālaqah' }, { ifMatch: 0 })).rejects.toThrow(StaleRevision);
  });

  it('see a correction made by another process', async () => {
    await engine.give('party/unit', 'RegisterParty', { name: 'Unit', kind: 'organisation', countries: [] });
    await engine.give('party/malaga', 'RegisterParty', malaga);
    await engine.give('party/malaga', 'AddAlias', { alias: 'Malaca' });
    const elsewhere = await engineOn(store, database);
    await elsewhere.give('party/malaga', 'Correct', { retract: [{ revision: 1 }], authority: 'unit', reason: 'Another city' });
    await elsewhere.close();
    expect((await engine.give('party/malaga', 'AddAlias', { alias: 'Malaca' })).events).toEqual([{ type: 'PartyAliasAdded', revision: 3 }]);
  });
});

describe('what cannot be recorded', () => {
  it.each([
    ['a field that no form has', { ...malaga, mayor: 'nobody' }],
    ['a value of the wrong type', { ...malaga, name: 7 }],
    ['null where a field can be left out', { ...malaga, members: null }],
    ['a list in place of an object', [malaga]],
    ['nothing', undefined],
    ['a prototype', JSON.parse('{"__proto__":{"name":"x"},"name":"Málaga","kind":"city","countries":["ES"]}')],
    ['U+0000', { ...malaga, name: 'M\u0000' }],
    ['a lone surrogate', { ...malaga, name: 'M\ud800' }],
  ])('%s is malformed', async (_, body) => {
    await expect(engine.give('party/malaga', 'RegisterParty', body)).rejects.toThrow(Malformed);
    expect(await store.head()).toBe(0n);
  });

  it.each(['a/b', 'A', '', '-a', 'a\u0000', 'constructor', 'a'.repeat(81)])('the id %j is malformed', async (id) => {
    await expect(engine.give(`party/${id}`, 'RegisterParty', malaga)).rejects.toThrow(Malformed);
  });

  it.each(['2019-02-30', '2019-13', 'yesterday', '20190101'])('the date %j is malformed', async (occurredOn) => {
    await expect(engine.give('party/malaga', 'RegisterParty', malaga, { occurredOn })).rejects.toThrow(Malformed);
  });

  it('a command that another lifecycle takes, or none', async () => {
    await expect(engine.give('party/malaga', 'HoldMission', {})).rejects.toThrow(Malformed);
    await expect(engine.give('party/malaga', 'toString', {})).rejects.toThrow(Malformed);
  });

  it('a reference to what does not exist', async () => {
    const opened = {
      title: 'First call',
      component: 'C1',
      round: 1,
      rules: 'iuc-lac-2017@1',
      deadline: '2017-06-30T23:59',
      timeZone: 'Europe/Brussels',
    };
    await expect(engine.give('call/first', 'OpenCall', opened)).rejects.toThrow(UnknownReference);
    await expect(engine.give('party/malaga', 'Correct', { retract: [{ revision: 0 }], authority: 'nobody', reason: 'x' })).rejects.toThrow(
      UnknownReference,
    );
    expect(await store.head()).toBe(0n);
  });

  it('a dry run: it tells what it would record and records nothing', async () => {
    const told = await engine.give('party/malaga', 'RegisterParty', malaga, { dryRun: true });
    expect(told).toMatchObject({ revision: -1, events: [{ type: 'PartyRegistered', revision: 0 }] });
    expect(await store.head()).toBe(0n);
  });
});

describe('words that may name people', () => {
  const note = 'Ana María García counted them';
  const declared = { title: 'City-to-city pairings', source: 'Closing newsletter, 2020', illustrative: false, measures: [], note };

  it('stand outside the event, which holds a reference that can be revealed and forgotten', async () => {
    await engine.give('dataSet/iuc', 'DeclareDataSet', declared);
    const [event] = await store.read('dataSet-iuc');
    expect(JSON.stringify([event!.data, event!.metadata])).not.toContain('García');
    const { text } = event!.data['note'] as { text: string };
    expect((await engine.vault.texts.reveal([text])).get(text)).toEqual({ is: 'text', words: note });
    await engine.vault.texts.forget(text);
    expect((await engine.vault.texts.reveal([text])).get(text)).toEqual({ is: 'forgotten' });
  });

  it('are the same fact when they are the same words, and can be corrected as words', async () => {
    await engine.give('party/unit', 'RegisterParty', { name: 'Unit', kind: 'organisation', countries: [] });
    await engine.give('dataSet/iuc-2', 'DeclareDataSet', declared);
    expect((await engine.give('dataSet/iuc-2', 'DeclareDataSet', declared)).events).toEqual([]);
    await engine.give('dataSet/iuc-2', 'Correct', {
      replace: [{ revision: 0, data: { ...declared, note: 'Counted twice' } }],
      authority: 'unit',
      reason: 'A slip',
    });
    const corrected = (await store.read('dataSet-iuc-2'))[1]!.data['data'] as { note: { text: string } };
    expect((await engine.vault.texts.reveal([corrected.note.text])).get(corrected.note.text)).toEqual({
      is: 'text',
      words: 'Counted twice',
    });
  });
});
