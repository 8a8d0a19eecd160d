import { MemoryStore } from '../../src/store/memory';
import { PostgresStore } from '../../src/store/postgres';
import { freshDatabase, type Database } from '../cluster/database';
import { conforms } from './conformance';

// One memory store seen from several sides.
const memory = new MemoryStore({ now: () => new Date() });
conforms({ name: 'memory', open: () => Promise.resolve(memory), dense: true });

describe('with a database of its own', () => {
  let database: Database;
  beforeAll(async () => {
    database = await freshDatabase();
  });
  afterAll(() => database.drop());

  conforms({ name: 'PostgreSQL', open: () => Promise.resolve(new PostgresStore({ url: database.url })), dense: true });
});

describe('with a database whose defaults are against it', () => {
  let database: Database;
  beforeAll(async () => {
    database = await freshDatabase();
    const name = new URL(database.url).pathname.slice(1);
    await database.pool.query(`alter database ${name} set default_transaction_isolation = 'repeatable read'`);
    await database.pool.query(`alter database ${name} set synchronous_commit = off`);
    await database.pool.query(`alter database ${name} set default_transaction_read_only = on`);
    await database.pool.query(`alter database ${name} set timezone = 'Asia/Kathmandu'`);
    await database.pool.query(`alter database ${name} set datestyle = 'German'`);
  });
  afterAll(() => database.drop());

  conforms({ name: 'PostgreSQL', open: () => Promise.resolve(new PostgresStore({ url: database.url, lanes: 3 })), dense: true });
});
