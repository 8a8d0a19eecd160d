import type { Migration } from '../store/migrate';

/** Tables of everything that moves, beside the read models for every event store, so that rows and checkpoint commit together. */
export const engineMigrations: readonly Migration[] = [
  {
    name: 'engine-1-leases-checkpoints-parked',
    sql: `
      create schema if not exists engine;

      -- Who may write for a name; \`token\` rises with every change of hands and fences off whoever held it before.
      create table engine.lease (
        name text collate "C" primary key,
        owner text not null,
        token bigint not null,
        until timestamptz not null
      );

      -- How far a name has come, in positions of the store whose epoch stands beside it.
      create table engine.checkpoint (
        name text collate "C" primary key,
        epoch text not null,
        position bigint not null
      );

      -- Streams that a read model could not take in, from a revision on.
      create table engine.parked (
        read_model text collate "C" not null,
        stream text collate "C" not null,
        revision integer not null,
        error text not null,
        attempts integer not null,
        parked_at timestamptz not null,
        retry boolean not null default false,
        dropped_because text,
        primary key (read_model, stream)
      );
    `,
  },
];
