import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { mintDevToken } from '../../src/http/dev-issuer';
import { serve, type Served } from '../../src/http/server';
import type { Role } from '../../src/kernel/fields';
import { type Database, freshDatabase } from '../cluster/database';

/** A newcomer's desk: Puente served from a database of its own, and a shell in front of it. Of the specification that calls it. */
export const desk = () => {
  let database: Database;
  let served: Served;
  const home = mkdtempSync(join(tmpdir(), 'puente-desk-'));
  beforeAll(async () => {
    database = await freshDatabase();
    served = await serve({ home, databaseUrl: database.url, log: () => undefined }, { host: '127.0.0.1', port: 0, log: 'silent' });
  });
  afterAll(async () => {
    await served.close();
    await database.drop();
    rmSync(home, { recursive: true, force: true });
  });
  const token = (role: Role, subject?: string) => mintDevToken({ home, role, ...(subject !== undefined && { subject }) });
  return {
    base: () => served.base,
    token,
    /** What the shell prints of an officer's commands; `OTHER` is the token of another one. */
    shell: async (commands: string): Promise<string> => {
      const [TOKEN, OTHER] = await Promise.all([token('programme-officer'), token('programme-officer', 'another')]);
      const env = { PATH: process.env['PATH'], BASE: served.base, TOKEN, OTHER };
      const { stdout } = await promisify(execFile)('bash', ['-euc', commands], { env, maxBuffer: 16 * 1024 * 1024 });
      return stdout;
    },
  };
};
