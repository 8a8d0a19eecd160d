import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'pg';
import { migrations } from '../../src/migrations';
import { startEmbedded } from '../../src/store/embedded';
import { migrate } from '../../src/store/migrate';
import { clusterFolder } from './folder';
import { onServer, withDatabase } from './server';
import stop from './stop';

/** What the tear-down needs to know of the set-up; both run in Jest's own process. */
export interface Cluster {
  readonly server: string;
  /** Every database of this run has a name that begins so. */
  readonly prefix: string;
  /** Where the programs that tests start are compiled to, by the first that needs one. */
  readonly compiled: string;
  stop(): Promise<void>;
}

declare global {
  var puenteCluster: Cluster | undefined;
}

/** One PostgreSQL for the whole run (`TEST_DATABASE_URL`, or an embedded one) and in it a migrated template. */
export default async function start(): Promise<void> {
  const prefix = `puente_test_${randomBytes(4).toString('hex')}`;
  const given = process.env['TEST_DATABASE_URL'];
  const compiled = join(tmpdir(), `${prefix}-compiled`);
  const cluster = { prefix, compiled, ...(given ? { server: given, stop: () => Promise.resolve() } : await embedded()) };
  globalThis.puenteCluster = cluster;
  try {
    await makeTemplate(cluster.server, `${prefix}_template`);
  } catch (error) {
    // Jest runs no tear-down after a set-up that failed.
    await stop();
    throw error;
  }
  process.env['PUENTE_TEST_SERVER'] = cluster.server;
  process.env['PUENTE_TEST_PREFIX'] = prefix;
  process.env['PUENTE_TEST_COMPILED'] = compiled;
}

/** A migrated database that others are copied from. */
export async function makeTemplate(server: string, name: string): Promise<void> {
  await onServer(server, `create database ${name}`);
  const pool = new Pool({ connectionString: withDatabase(server, name) });
  try {
    await migrate(pool, migrations);
  } finally {
    await pool.end();
  }
}

/** An embedded PostgreSQL, until it is stopped. */
export async function embedded(): Promise<{ server: string; stop(): Promise<void> }> {
  const home = clusterFolder();
  const server = await startEmbedded({ home });
  // No test cuts the power: what is killed here loses nothing that was written to the system.
  await onServer(server.url, 'alter system set fsync = off');
  await onServer(server.url, 'select pg_reload_conf()');
  const stop = async () => {
    await server.stop();
    rmSync(home, { recursive: true, force: true });
  };
  return { server: server.url, stop };
}
