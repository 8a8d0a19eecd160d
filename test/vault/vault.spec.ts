import { WrongMasterKey } from '../../src/vault/master-key';
import { openVault } from '../../src/vault/vault';
import { freshDatabase, type Database } from '../cluster/database';
import { masterOf, seeded } from './seeded';

let database: Database;

beforeAll(async () => {
  database = await freshDatabase();
});
beforeEach(() => database.pool.query('truncate vault.master'));
afterAll(() => database.drop());

const opened = (master: string, seed = 'vault') => openVault(database.pool, masterOf(master), seeded(seed));

describe('the vault', () => {
  it('opens again with the master key it was first opened with', async () => {
    const person = await (await opened('right')).people.register({ name: 'Ana' });
    const again = await opened('right', 'after a restart');
    expect((await again.people.find([person])).get(person)).toEqual({ is: 'person', name: 'Ana' });
    expect(again.hash({ a: 1 })).toBe((await opened('right')).hash({ a: 1 }));
  });

  it('refuses another master key before anything is written with it, and says what to do', async () => {
    await opened('right');
    await expect(opened('wrong')).rejects.toThrow(WrongMasterKey);
    await expect(opened('wrong')).rejects.toThrow('Set PUENTE_MASTER_KEY to the right one');
    await expect(opened('right')).resolves.toBeDefined();
  });

  it('lets one of two win that open a new database at once with different keys', async () => {
    const outcomes = await Promise.allSettled([opened('one'), opened('two')]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});
