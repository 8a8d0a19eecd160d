import type { Migration } from '../store/migrate';

/**
 * Tables of the vault. `vault.key` alone makes texts, persons and actors readable: leave its rows out of every backup, so that what is
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
  {
    // What a document is stands here wherever its bytes lie; pieces hold the bytes of those that lie here.
    name: 'vault-2-documents',
    sql: `
      create table vault.document (
        digest text collate "C" primary key check (digest ~ '^[0-9a-f]{64}$'),
        media_type text not null,
        language text check (language ~ '^[a-z]{2}$'),
        size integer not null check (size > 0),
        kept_by uuid not null,
        kept_at timestamptz not null,
        erased_by uuid,
        erased_at timestamptz,
        erased_because uuid
      );

      create table vault.document_piece (
        digest text collate "C" not null,
        n integer not null,
        bytes bytea not null,
        primary key (digest, n)
      );
      -- Documents are mostly compressed already.
      alter table vault.document_piece alter column bytes set storage external;
    `,
  },
  {
    name: 'vault-3-signing-secrets',
    sql: `
      -- What deliveries are signed with, sealed under the master key.
      create table vault.signing_secret (
        id uuid primary key,
        subscription text collate "C" not null,
        sealed bytea not null,
        public_key text,
        kept_at timestamptz not null,
        retires_at timestamptz
      );
      create index signing_secret_of on vault.signing_secret (subscription);
    `,
  },
];
