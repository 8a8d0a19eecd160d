import { PostgresStore } from '../../src/store/postgres';
import { freshDatabase, type Database } from '../cluster/database';
import { saySeed } from '../properties/settings';
import { tellAll, wanted, type Modelled } from './modelled';

jest.setTimeout(120_000 + wanted * 60);

describe('any sequence of commands, told to PostgreSQL and to the memory store', () => {
  /** Told at once, because commits are waited for. */
  let databases: readonly Database[];
  beforeAll(async () => {
    databases = await Promise.all([1, 2, 3, 4].map(() => freshDatabase()));
  });
  afterAll(() => Promise.all(databases.map((database) => database.drop())));

  it('comes to the same', async () => {
    const under = ({ url, pool }: Database): Modelled => {
      let opened = 0;
      return {
        open: () => new PostgresStore({ url, lanes: 1 + ((opened += 1) % 3), readers: 1 }),
        cut: async () => {
          await pool.query(
            `select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = current_database() and application_name = 'puente store'`,
          );
        },
        dense: true,
      };
    };
    saySeed(`${0.96 * wanted} commands told to PostgreSQL`);
    const told = databases.map((database, n) => tellAll(0.96 / databases.length, under(database), n));
    for (const outcome of await Promise.allSettled(told)) if (outcome.status === 'rejected') throw outcome.reason;
  });
});
