import { createHash } from 'node:crypto';
import type { ClientBase, Pool } from 'pg';
import { advisoryLocks } from './advisory-locks';
import { borrowed } from './borrowed';

/** One step of the schema. Applied once, in order, and never changed afterwards: what has to change is another step. */
export interface Migration {
  /** `<folder>-<number>-<what>`, such as `store-1-events`. */
  readonly name: string;
  /** Statements that can run in one transaction. */
  readonly sql: string;
}

/** A migration that was applied here reads otherwise now. */
export class ChangedMigration extends Error {
  constructor(readonly migration: string) {
    super(`migration ${migration} was applied with another text: restore it, and write what has to change as a new migration`);
  }
}

/**
 * Brings a database up to date. Instances that start at once wait for each other. Steps that the database has and the list has not
 * are left alone, so that an older release can still be started.
 *
 * @returns names of the migrations applied now
 * @throws ChangedMigration before anything is applied
 */
export async function migrate(pool: Pool, migrations: readonly Migration[]): Promise<readonly string[]> {
  // A connection that fails is closed, and with it goes the lock.
  return borrowed(pool, async (client) => {
    await client.query('select pg_advisory_lock($1)', [advisoryLocks.migrating]);
    const applied = await apply(client, migrations);
    await client.query('select pg_advisory_unlock($1)', [advisoryLocks.migrating]);
    return applied;
  });
}

async function apply(client: ClientBase, migrations: readonly Migration[]): Promise<readonly string[]> {
  await prepare(client);
  const { rows } = await client.query<{ name: string; digest: string }>('select name, digest from store.migrations');
  const known = new Map(rows.map((row) => [row.name, row.digest]));
  for (const { name, sql } of migrations) {
    if (known.has(name) && known.get(name) !== digestOf(sql)) throw new ChangedMigration(name);
  }
  const missing = migrations.filter(({ name }) => !known.has(name));
  for (const { name, sql } of missing) {
    await client.query('begin');
    await client.query(sql);
    await client.query('insert into store.migrations (name, digest) values ($1, $2)', [name, digestOf(sql)]);
    await client.query('commit');
  }
  return missing.map(({ name }) => name);
}

async function prepare(client: ClientBase): Promise<void> {
  const { rows } = await client.query<{ there: boolean }>("select to_regclass('store.migrations') is not null as there");
  if (rows[0]!.there) return;
  await client.query(`
    create schema if not exists store;
    create table store.migrations (
      name text primary key,
      digest text not null,
      applied_at timestamptz not null default now()
    )`);
}

const digestOf = (sql: string) => createHash('sha256').update(sql).digest('hex');
