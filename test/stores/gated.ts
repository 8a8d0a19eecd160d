import type { EventStore } from '../../src/store/port';
import { PostgresStore, type PostgresStoreOptions } from '../../src/store/postgres';
import { freshDatabase, type Database } from '../cluster/database';
import { Gate } from './gate';

/** For the tests of one block: a database with a gate, and stores over it, which are closed after each test. */
export const gated = (usually: Partial<PostgresStoreOptions> = {}) => {
  let database: Database;
  let gate: Gate;
  const stores: EventStore[] = [];
  beforeAll(async () => {
    database = await freshDatabase();
    gate = await Gate.in(database);
  });
  afterEach(async () => {
    await gate.open();
    await Promise.all(stores.splice(0).map((store) => store.close()));
  });
  afterAll(async () => {
    await gate.end();
    await database.drop();
  });
  return {
    database: () => database,
    gate: () => gate,
    open: (options: Partial<PostgresStoreOptions> = {}): PostgresStore => {
      const store = new PostgresStore({ url: database.url, ...usually, ...options });
      stores.push(store);
      return store;
    },
  };
};
