/** A process that brings all read models forward until it is told to stop, or is killed. It waits, loaded, for a line that says where. */
import 'reflect-metadata';
import type { Pool } from 'pg';
import { Runner } from '../../src/engine/runner';
import { lifecycles } from '../../src/lifecycles/all';
import { everyReadModel, timing } from '../../src/puente';
import { PostgresStore } from '../../src/store/postgres';
import { rules } from '../reading/recording';
import { told } from './lines';
import { poolOf } from './pool';

export interface Projecting {
  readonly url: string;
  readonly owner: string;
  /** Milliseconds of a lease; as by default where it is left out. */
  readonly leaseLife?: number;
}

/** What brings the read models of one database forward from the events of another, or its own. */
export const runnerOn = (pool: Pool, store: PostgresStore, owner: string, leaseLife?: number): Runner =>
  new Runner({
    ...{ pool, store, lifecycles: Object.values(lifecycles), rules, readModels: everyReadModel, owner, timing },
    ...(leaseLife !== undefined && { leaseLife }),
    batch: 50,
    report: (readModel, error) => process.stderr.write(`${owner}: ${readModel ?? 'all'}: ${String(error)}\n`),
  });

async function main(): Promise<void> {
  let stop: (() => Promise<void>) | undefined;
  for await (const line of told<Projecting | 'stop'>()) {
    if (line === 'stop') {
      await stop?.();
      return process.exit(0);
    }
    const pool = poolOf(line.url, 12);
    const store = new PostgresStore({ url: line.url, deadline: 3_000 });
    const runner = runnerOn(pool, store, line.owner, line.leaseLife);
    runner.start();
    stop = async () => {
      await runner.stop();
      await store.close();
      await pool.end();
    };
  }
  // Whoever started it is gone.
  process.exit(1);
}

if (require.main === module) void main();
