import { MemoryStore } from '../../src/store/memory';
import { PostgresStore } from '../../src/store/postgres';
import { freshDatabase, type Database } from '../cluster/database';
import { conforms, type Candidate } from './conformance';
import { fresh, event } from './events';
import { Gate } from './gate';

const day = 86_400_000;

// One memory store seen from several sides.
let ahead = 0;
const memory = new MemoryStore({ now: () => new Date(Date.now() + ahead) });
const setClockBack = async () => {
  ahead = day;
  await memory.append(fresh(), [event()], 'none');
  ahead = 0;
};
conforms({ name: 'memory', open: () => Promise.resolve(memory), dense: true, setClockBack });

/** A candidate in a database that is there when it is asked for something. */
const inPostgres = (database: () => Database, gate: () => Gate, lanes: number): Candidate => ({
  name: 'PostgreSQL',
  open: () => Promise.resolve(new PostgresStore({ url: database().url, lanes })),
  dense: true,
  losing: async () => {
    const impatient = new PostgresStore({ url: database().url, deadline: 1_000 });
    await impatient.append(fresh(), [event('Held')], 'none');
    await gate().shut();
    const events = [gate().held(), gate().held()];
    return { store: impatient, events, write: () => gate().open() };
  },
  breaking: { 'is ended by the server': () => gate().terminate() },
  setClockBack: () => gate().clockWasAhead(day),
});

/** @param prepare before anything is connected */
const conformsWith = (what: string, lanes: number, prepare: (database: Database) => Promise<void> = () => Promise.resolve()) =>
  describe(what, () => {
    let database: Database;
    let gate: Gate;
    beforeAll(async () => {
      database = await freshDatabase();
      await prepare(database);
      gate = await Gate.in(database);
    });
    afterAll(async () => {
      await gate.end();
      await database.drop();
    });

    conforms(
      inPostgres(
        () => database,
        () => gate,
        lanes,
      ),
    );
  });

conformsWith('with a database of its own', 2);

conformsWith('with a database whose defaults are against it', 3, async ({ url, pool }) => {
  const name = new URL(url).pathname.slice(1);
  await pool.query(`alter database ${name} set default_transaction_isolation = 'repeatable read'`);
  await pool.query(`alter database ${name} set synchronous_commit = off`);
  await pool.query(`alter database ${name} set default_transaction_read_only = on`);
  await pool.query(`alter database ${name} set timezone = 'Asia/Kathmandu'`);
  await pool.query(`alter database ${name} set datestyle = 'German'`);
});
