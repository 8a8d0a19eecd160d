import type { Pool } from 'pg';
import { Actors } from '../../src/vault/actors';
import { KeyRing } from '../../src/vault/keys';
import { Tampered } from '../../src/vault/seal';
import { freshDatabase, type Database } from '../cluster/database';
import { masterOf, seeded } from './seeded';

let database: Database;
let pool: Pool;
const issuer = 'https://id.example.org';

/** The register as a process of its own has it. */
const processOf = (seed: string) => {
  const sources = seeded(seed);
  return new Actors(pool, new KeyRing(masterOf('master'), sources.randomBytes), sources);
};

beforeAll(async () => {
  database = await freshDatabase();
  ({ pool } = database);
});
beforeEach(() => pool.query('truncate vault.actor, vault.key'));
afterEach(() => jest.restoreAllMocks());
afterAll(() => database.drop());

describe('the register of actors', () => {
  it('gives a subject one id, also after a restart, and says whose it is', async () => {
    const actor = await processOf('one').actorFor(issuer, 'ana');
    expect(await processOf('two').actorFor(issuer, 'ana')).toBe(actor);
    expect(await processOf('two').subjectOf(actor)).toEqual({ is: 'subject', issuer, subject: 'ana' });
  });

  it('keeps subjects and issuers apart', async () => {
    const actors = processOf('one');
    const ids = [
      await actors.actorFor(issuer, 'ana'),
      await actors.actorFor(issuer, 'rui'),
      await actors.actorFor('https://other.example.org', 'ana'),
      await actors.actorFor(`${issuer}a`, 'na'),
    ];
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('ends with one id when many first calls come at once, in several processes', async () => {
    const processes = Array.from({ length: 6 }, (_, index) => processOf(`process ${index}`));
    const ids = await Promise.all(processes.flatMap((each) => Array.from({ length: 5 }, () => each.actorFor(issuer, 'ana'))));
    expect(new Set(ids).size).toBe(1);
    expect((await pool.query('select from vault.actor')).rowCount).toBe(1);
    expect((await pool.query('select from vault.key')).rowCount).toBe(1);
  });

  it('asks the database once for a subject', async () => {
    const actors = processOf('one');
    await actors.actorFor(issuer, 'ana');
    const query = jest.spyOn(pool, 'query');
    await actors.actorFor(issuer, 'ana');
    expect(query).not.toHaveBeenCalled();
  });

  it('does not remember a failure', async () => {
    const actors = processOf('one');
    jest.spyOn(pool, 'query').mockImplementationOnce(() => Promise.reject(new Error('connection lost')) as never);
    await expect(actors.actorFor(issuer, 'ana')).rejects.toThrow('connection lost');
    expect(await actors.actorFor(issuer, 'ana')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('leaves no subject in the database', async () => {
    await processOf('one').actorFor(issuer, 'ana.ruiz');
    const { rows } = await pool.query<{ row: string }>(
      'select a::text as row from vault.actor a union all select k::text from vault.key k',
    );
    const stored = rows.map(({ row }) => row).join('\n');
    expect(stored).not.toContain('ana.ruiz');
    expect(stored).not.toContain(Buffer.from('ana.ruiz').toString('hex'));
  });

  it('forgets whose an id was, and gives the same subject another', async () => {
    const actors = processOf('one');
    const actor = await actors.actorFor(issuer, 'ana');
    expect(await actors.forget(actor)).toBe('forgotten');
    expect(await actors.subjectOf(actor)).toEqual({ is: 'forgotten' });
    expect(await actors.actorFor(issuer, 'ana')).not.toBe(actor);
  });

  it('knows nothing of ids it did not give', async () => {
    for (const id of ['4c3bd5c6-5a53-4c1e-9d35-0f3f5a6ef001', 'no uuid']) {
      expect(await processOf('one').subjectOf(id)).toBe('unknown');
      expect(await processOf('one').forget(id)).toBe('unknown');
    }
  });

  it('refuses a row that was changed', async () => {
    const actor = await processOf('one').actorFor(issuer, 'ana');
    await pool.query(`update vault.actor set sealed = set_byte(sealed, 30, 255 - get_byte(sealed, 30))`);
    await expect(processOf('one').subjectOf(actor)).rejects.toThrow(Tampered);
  });

  it('says what to do when a key was left without its actor', async () => {
    const actors = processOf('one');
    await actors.actorFor(issuer, 'ana');
    await pool.query('truncate vault.actor');
    await expect(processOf('two').actorFor(issuer, 'ana')).rejects.toThrow('stray keys must be dropped');
  });
});
