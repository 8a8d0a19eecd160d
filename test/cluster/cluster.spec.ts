import { Pool } from 'pg';
import { migrate } from '../../src/store/migrate';
import { freshDatabase, type Database } from './database';

describe('bringing a database up to date', () => {
  let database: Database;
  beforeAll(async () => {
    database = await freshDatabase();
  });
  afterAll(() => database.drop());

  const first = { name: 'trial-1-first', sql: 'create table first (i int)' };
  const second = { name: 'trial-2-second', sql: 'create table second (i int)' };

  it('gives every test file a database of its own, with an epoch of its own', async () => {
    const other = await freshDatabase();
    const epochs = await Promise.all([database, other].map(({ pool }) => pool.query('select id from store.epoch')));
    await other.drop();
    expect(epochs[0]!.rows).not.toEqual(epochs[1]!.rows);
  });

  it('applies what is missing, once, also when several instances start together', async () => {
    const pools = [1, 2, 3].map(() => new Pool({ connectionString: database.url }));
    const applied = await Promise.all(pools.map((pool) => migrate(pool, [first, second])));
    await Promise.all(pools.map((pool) => pool.end()));
    expect(applied.flat().sort()).toEqual([first.name, second.name]);
  });

  it('refuses a migration that was changed after it was applied, and applies nothing', async () => {
    await migrate(database.pool, [first]);
    const third = { name: 'trial-3-third', sql: 'create table third (i int)' };
    await expect(migrate(database.pool, [{ ...first, sql: 'create table other (i int)' }, third])).rejects.toThrow(
      'migration trial-1-first was applied with another text',
    );
    expect((await database.pool.query("select to_regclass('third') as found")).rows).toEqual([{ found: null }]);
  });

  it('leaves nothing of a migration that fails half-way, and can be tried again', async () => {
    const failing = { name: 'trial-4-failing', sql: 'create table fourth (i int); select 1 / 0' };
    await expect(migrate(database.pool, [failing])).rejects.toThrow('division by zero');
    expect(await migrate(database.pool, [{ ...failing, sql: 'create table fourth (i int)' }])).toEqual([failing.name]);
  });
});
