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
  {
    name: 'engine-2-tasks-timers',
    sql: `
      -- What policies order of other streams, in the order of its causes.
      create table engine.task (
        policy text collate "C" not null,
        cause text collate "C" not null,
        path integer[] not null,
        position bigint not null,
        stream text collate "C" not null,
        command text not null,
        body jsonb not null,
        occurred_on text not null,
        correlation_id text not null,
        state text not null default 'open' check (state in ('open', 'done', 'undone', 'refused', 'failed')),
        -- Why it was refused, or what it fails with, by its code.
        problem jsonb,
        attempts integer not null default 0,
        again_at timestamptz not null default '-infinity',
        primary key (policy, cause, path)
      );
      create index task_open on engine.task (position, path) where state in ('open', 'failed');
      create index task_failed on engine.task (stream, position) where state = 'failed';
      create index task_refused on engine.task (position, path) where state = 'refused';

      -- What the calendar demands of a stream at its revision.
      create table engine.timer (
        stream text collate "C" not null,
        revision integer not null,
        ordinal integer not null,
        due_on text collate "C" not null,
        command text not null,
        body jsonb not null,
        problem jsonb,
        attempts integer not null default 0,
        again_at timestamptz not null default '-infinity',
        primary key (stream, ordinal)
      );
      create index timer_due on engine.timer (due_on);
    `,
  },
  {
    name: 'engine-3-attempts-versions-drops',
    sql: `
      -- What is being tried under a lease, as \`stream@revision\`, where one thing at a time is tried; and how often it was begun.
      alter table engine.lease add column trying text, add column attempts integer not null default 0;

      -- The definition of the read model that made its rows.
      alter table engine.checkpoint add column version integer not null default 1;

      -- An attempt began that did not come to its end: nobody but an operator has it tried again.
      alter table engine.parked add column unfinished boolean not null default false;

      -- Given up by an operator, and why.
      alter table engine.task drop constraint task_state_check;
      alter table engine.task
        add constraint task_state_check check (state in ('open', 'done', 'undone', 'refused', 'failed', 'dropped')),
        add column dropped_because text;
      create index task_dropped on engine.task (position, path) where state = 'dropped';

      -- What the calendar demands and an operator gave up, however often it is derived again.
      create table engine.timer_dropped (
        stream text collate "C" not null,
        due_on text collate "C" not null,
        command text not null,
        body jsonb not null,
        because text not null,
        primary key (stream, due_on, command, body)
      );
    `,
  },
  {
    name: 'engine-4-gaps',
    sql: `
      -- Where and why it was given up before it was parked again: trying that again does not fill the gap.
      alter table engine.parked add column gap_revision integer, add column gap_because text;
    `,
  },
  {
    name: 'engine-5-self-checks',
    sql: `
      -- What the last check of each thing came to, for whoever watches over it.
      create table engine.self_check (
        name text collate "C" primary key,
        -- How many rows, figures, events… were looked at, and how many of them are not what they should be.
        runs bigint not null,
        differences bigint not null,
        checked_at timestamptz not null
      );
    `,
  },
];
