import type { Pool } from 'pg';
import type { Migration } from './migrate';

/** The tables of the event store. `docs/decisions/event-store.md` says why they look like this. */
export const storeMigrations: readonly Migration[] = [
  {
    name: 'store-1-events',
    sql: `
      create table store.epoch (
        one boolean primary key default true check (one),
        id uuid not null default gen_random_uuid()
      );
      insert into store.epoch default values;

      -- The last position given out. Its row lock is what makes positions visible in order.
      create table store.counter (
        one boolean primary key default true check (one),
        position bigint not null default 0,
        recorded_at timestamptz not null default 'epoch'
      ) with (fillfactor = 10, autovacuum_vacuum_threshold = 50, autovacuum_vacuum_scale_factor = 0);
      insert into store.counter default values;

      -- Kinds of stream with types of event: few, and what a reader's filter comes down to.
      create table store.classes (
        number integer generated always as identity primary key,
        kind text collate "C" not null,
        type text collate "C" not null,
        unique (kind, type)
      );

      create table store.streams (
        number bigint generated always as identity primary key,
        name text collate "C" not null unique,
        revision integer not null
      ) with (fillfactor = 70);

      create table store.events (
        position bigint primary key,
        stream bigint not null,
        revision integer not null,
        class integer not null,
        id uuid not null,
        recorded_at timestamptz not null,
        data text not null,
        metadata text not null,
        unique (stream, revision)
      );
      create index events_by_class on store.events (class, position);
    `,
  },
];

/**
 * Gives the store a new epoch: positions handed out before mean nothing here any more. For a database restored from a backup or
 * copied from another.
 *
 * @returns the new epoch
 */
export async function renewEpoch(pool: Pool): Promise<string> {
  const { rows } = await pool.query<{ id: string }>('update store.epoch set id = gen_random_uuid() returning id');
  return rows[0]!.id;
}
