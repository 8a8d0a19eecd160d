import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve, type Served } from '../../src/http/server';
import type { Settings } from '../../src/puente';
import { type Database, freshDatabase } from '../cluster/database';

export const options = { host: '127.0.0.1', port: 0, log: 'silent' } as const;

/** For the tests of one block: a server on a database of its own, on which `before` was done before it started. */
export const served = (before: (settings: Settings) => Promise<void> = () => Promise.resolve()) => {
  const home = mkdtempSync(join(tmpdir(), 'puente-served-'));
  let database: Database;
  let server: Served;
  const settings = () => ({ home, databaseUrl: database.url, log: () => undefined });
  const start = async () => {
    server = await serve(settings(), options);
  };
  beforeAll(async () => {
    database = await freshDatabase();
    await before(settings());
    await start();
  });
  afterAll(async () => {
    await server.close();
    await database.drop();
    rmSync(home, { recursive: true });
  });
  return { home, database: () => database, base: () => server.base, close: () => server.close(), start };
};
