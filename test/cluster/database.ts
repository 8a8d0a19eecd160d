import { randomBytes } from 'node:crypto';
import { Pool } from 'pg';
import { renewEpoch } from '../../src/store/postgres-schema';
import { onServer, withDatabase } from './server';

/** A migrated database of one test file. */
export interface Database {
  readonly url: string;
  readonly pool: Pool;
  /** Ends the pool and removes the database, whoever is still connected. */
  drop(): Promise<void>;
}

/** Copies the template of this run, which takes some 80 ms in memory. The copy has an epoch of its own. */
export async function freshDatabase(): Promise<Database> {
  const server = process.env['PUENTE_TEST_SERVER'];
  const prefix = process.env['PUENTE_TEST_PREFIX'];
  if (!server || !prefix) throw new Error('no test cluster: run this under Jest, whose global set-up starts one');
  const name = `${prefix}_${randomBytes(6).toString('hex')}`;
  await onServer(server, `create database ${name} template ${prefix}_template`);
  const url = withDatabase(server, name);
  const pool = new Pool({ connectionString: url, max: 8 });
  // Dropping by force ends idle connections, which the pool reports here.
  pool.on('error', () => undefined);
  await renewEpoch(pool);
  return {
    url,
    pool,
    drop: async () => {
      await pool.end();
      await onServer(server, `drop database ${name} with (force)`);
    },
  };
}
