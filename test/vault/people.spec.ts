import type { Pool } from 'pg';
import { KeyRing } from '../../src/vault/keys';
import { People } from '../../src/vault/people';
import { Tampered } from '../../src/vault/seal';
import { freshDatabase, type Database } from '../cluster/database';
import { masterOf, seeded } from './seeded';

let database: Database;
let pool: Pool;
let people: People;
const nobody = '4c3bd5c6-5a53-4c1e-9d35-0f3f5a6ef001';

beforeAll(async () => {
  database = await freshDatabase();
  ({ pool } = database);
});
beforeEach(async () => {
  await pool.query('truncate vault.person, vault.key');
  const sources = seeded('people');
  people = new People(pool, new KeyRing(masterOf('master'), sources.randomBytes), sources);
});
afterAll(() => database.drop());

describe('the register of persons', () => {
  it('finds whom it registered, and nobody else', async () => {
    const ana = await people.register({ name: 'Ana Ruiz', contact: 'ana@example.org' });
    const rui = await people.register({ name: 'Rui Sá' });
    expect(await people.find([ana, rui, nobody, 'no uuid'])).toEqual(
      new Map([
        [ana, { is: 'person', name: 'Ana Ruiz', contact: 'ana@example.org' }],
        [rui, { is: 'person', name: 'Rui Sá' }],
      ]),
    );
    expect(await people.find([])).toEqual(new Map());
  });

  it('gives two persons of one name two ids', async () => {
    expect(await people.register({ name: 'Ana Ruiz' })).not.toBe(await people.register({ name: 'Ana Ruiz' }));
  });

  it('leaves no name in the database', async () => {
    await people.register({ name: 'Ana Ruiz', contact: 'ana@example.org' });
    const { rows } = await pool.query<{ row: string }>(
      'select p::text as row from vault.person p union all select k::text from vault.key k',
    );
    const stored = rows.map(({ row }) => row).join('\n');
    for (const word of ['Ana Ruiz', 'ana@example.org']) {
      expect(stored).not.toContain(word);
      expect(stored).not.toContain(Buffer.from(word).toString('hex'));
    }
  });

  it('amends, and makes what was known before unreadable, also in a copy', async () => {
    const ana = await people.register({ name: 'Ana Ruiz', contact: 'ana@example.org' });
    const { rows } = await pool.query<{ sealed: Buffer }>('select sealed from vault.person');
    expect(await people.amend(ana, { name: 'Ana Ruiz Gil' })).toBe('amended');
    expect((await people.find([ana])).get(ana)).toEqual({ is: 'person', name: 'Ana Ruiz Gil' });
    await pool.query('update vault.person set sealed = $1', [rows[0]!.sealed]);
    await expect(people.find([ana])).rejects.toThrow(Tampered);
  });

  it('forgets for good: no amendment brings anybody back', async () => {
    const ana = await people.register({ name: 'Ana Ruiz' });
    expect(await people.forget(ana)).toBe('forgotten');
    expect(await people.forget(ana)).toBe('forgotten');
    expect(await people.amend(ana, { name: 'Ana Ruiz' })).toBe('forgotten');
    expect(await people.find([ana])).toEqual(new Map([[ana, { is: 'forgotten' }]]));
    expect((await pool.query('select from vault.key')).rowCount).toBe(0);
  });

  it('says when there is nobody to forget or amend', async () => {
    for (const id of [nobody, 'no uuid']) {
      expect(await people.forget(id)).toBe('unknown');
      expect(await people.amend(id, { name: 'Nobody' })).toBe('unknown');
    }
  });

  it('holds one whole state when amendments and forgetting come at once', async () => {
    const ids = await Promise.all(Array.from({ length: 10 }, (_, index) => people.register({ name: `person ${index}` })));
    await Promise.all(
      ids.flatMap((id) => [
        people.amend(id, { name: 'first', contact: 'first' }),
        people.forget(id),
        people.amend(id, { name: 'second', contact: 'second' }),
      ]),
    );
    expect([...(await people.find(ids)).values()]).toEqual(ids.map(() => ({ is: 'forgotten' })));
    const kept = await people.register({ name: 'kept' });
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    await Promise.all(names.map((name) => people.amend(kept, { name, contact: name })));
    const person = (await people.find([kept])).get(kept)!;
    expect(names.map((name) => ({ is: 'person', name, contact: name }))).toContainEqual(person);
  });

  it('lists the living page by page, each once', async () => {
    const ids = await Promise.all(Array.from({ length: 7 }, (_, index) => people.register({ name: `person ${index}` })));
    await people.forget(ids[2]!);
    const listed: string[] = [];
    for (let page = await people.list({ limit: 4 }); page.length > 0; page = await people.list({ after: listed.at(-1)!, limit: 4 })) {
      listed.push(...page.map(({ id }) => id));
    }
    expect(listed).toEqual(ids.filter((id) => id !== ids[2]).sort());
    expect((await people.list({ limit: 1 }))[0]!.person.name).toMatch(/^person \d$/);
    await expect(people.list({ after: 'no uuid', limit: 4 })).rejects.toThrow(RangeError);
  });

  it('refuses a row that was changed', async () => {
    const ana = await people.register({ name: 'Ana Ruiz' });
    await pool.query(`update vault.person set sealed = set_byte(sealed, 30, 255 - get_byte(sealed, 30))`);
    await expect(people.find([ana])).rejects.toThrow(`person ${ana}`);
    await expect(people.list({ limit: 10 })).rejects.toThrow(Tampered);
  });
});
