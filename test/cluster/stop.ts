import { rmSync } from 'node:fs';
import { queryServer, onServer } from './server';

/** Leaves nothing behind: no process, no folder, no database. */
export default async function stop(): Promise<void> {
  const cluster = globalThis.puenteCluster;
  if (!cluster) return;
  rmSync(cluster.compiled, { recursive: true, force: true });
  const left = await queryServer<{ datname: string }>(cluster.server, `select datname from pg_database where starts_with(datname, $1)`, [
    cluster.prefix,
  ]);
  for (const { datname } of left) await onServer(cluster.server, `drop database ${datname} with (force)`);
  await cluster.stop();
}
