import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve, type Served } from '../../src/http/server';
import { type Database, freshDatabase } from '../cluster/database';

export const options = { host: '127.0.0.1', port: 0, log: 'silent' } as const;

/** For the tests of one block: a server on a database of its own. */
export const served = () => {
  const home = mkdtempSync(join(tmpdir(), 'puente-served-'));
  let database: Database;
  let server: Served;
  const start = async () => {
    server = await serve({ home, databaseUrl: database.url, log: () => undefined }, options);
  };
  beforeAll(async () => {
    database = await freshDatabase();
    await start();
  });
  afterAll(async () => {
    await server.close();
    await database.drop();
    rmSync(home, { recursive: true });
  });
  return { home, database: () => database, base: () => server.base, close: () => server.close(), start };
};
