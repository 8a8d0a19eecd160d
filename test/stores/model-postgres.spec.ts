import { PostgresStore } from '../../src/store/postgres';
import { freshDatabase, type Database } from '../cluster/database';
import { tellAll, wanted } from './modelled';

jest.setTimeout(120_000 + wanted * 60);

describe('any sequence of commands, told to PostgreSQL and to the memory store', () => {
  let database: Database;
  beforeAll(async () => {
    database = await freshDatabase();
  });
  afterAll(() => database.drop());

  it('comes to the same', async () => {
    const cut = async () => {
      await database.pool.query(
        `select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = current_database() and application_name = 'puente store'`,
      );
    };
    let opened = 0;
    const open = () => new PostgresStore({ url: database.url, lanes: 1 + ((opened += 1) % 3) });
    await tellAll('PostgreSQL', 0.96, { open, cut, dense: true });
  });
});
