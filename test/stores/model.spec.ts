import fc from 'fast-check';
import { EventStoreDbStore } from '../../src/store/eventstoredb';
import { Moments } from '../../src/store/eventstoredb-moments';
import { PostgresStore } from '../../src/store/postgres';
import { freshDatabase, type Database } from '../cluster/database';
import { saySeed, seeding } from '../properties/settings';
import { EventStoreDbDouble } from './eventstoredb-double';
import { sequences } from './model';
import { Telling, type Modelled } from './modelled';

/** Commands over all stores; `PUENTE_COMMANDS=100000` is the long form. */
const wanted = Number(process.env['PUENTE_COMMANDS'] ?? 10_000);
jest.setTimeout(60_000 + wanted * 60);

const seed = seeding.seed ?? Date.now() % 2 ** 31;

/** Tells sequences until so many commands were told. */
async function tellAll(under: Modelled): Promise<void> {
  const half = wanted / 2;
  let told = 0;
  const check = fc.asyncProperty(sequences, async (commands) => {
    told += commands.length;
    await Telling.tell(under, commands);
  });
  // Fifty in each on the average, some more so that luck does not decide.
  await fc.assert(check, { numRuns: Math.ceil(half / 48), seed, endOnFailure: half > 10_000 });
  expect(told).toBeGreaterThanOrEqual(half);
}

describe('any sequence of commands, told to a store and to the memory store', () => {
  beforeAll(() => saySeed(`${wanted} commands`, seed));

  it('comes to the same in PostgreSQL', async () => {
    const database: Database = await freshDatabase();
    const cut = async () => {
      await database.pool.query(
        `select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = current_database() and application_name = 'puente store'`,
      );
    };
    let lanes = 0;
    await tellAll({ open: () => new PostgresStore({ url: database.url, lanes: 1 + ((lanes += 1) % 3) }), cut, dense: true });
    await database.drop();
  });

  it('comes to the same in EventStoreDB', async () => {
    const double = await EventStoreDbDouble.start();
    const moments = new Moments();
    const cut = async () => {
      double.kill();
      await double.listen();
    };
    await tellAll({ open: () => new EventStoreDbStore({ url: double.url, moments }), cut, dense: false });
    double.kill();
    expect(double.forbidden).toEqual([]);
  });
});
