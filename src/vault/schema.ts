import type { Migration } from '../store/migrate';

/**
 * Tables of the vault. `vault.key` alone makes the others readable: leave its rows out of every backup, so that what is
 * forgotten cannot come back with one. A row of `text`, `person` or `actor` without a row in `key` is forgotten.
 */
export const vaultMigrations: readonly Migration[] = [
  {
    name: 'vault-1-keys-texts-people-actors',
    sql: `
      create schema vault;

      create table vault.master (
        single boolean primary key default true check (single),
        fingerprint bytea not null
      );

      create table vault.key (
        id uuid primary key,
        kind text not null check (kind in ('text', 'person', 'actor')),
        wrapped bytea not null,
        lookup bytea unique
      );

      create table vault.text (
        id uuid primary key,
        digest text not null,
        sealed bytea,
        kept_at timestamptz not null,
        forgotten_at timestamptz
      );

      create table vault.person (
        id uuid primary key,
        sealed bytea,
        kept_at timestamptz not null,
        forgotten_at timestamptz
      );

      create table vault.actor (
        id uuid primary key,
        sealed bytea,
        kept_at timestamptz not null,
        forgotten_at timestamptz
      );
    `,
  },
];
