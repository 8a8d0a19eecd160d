import type { ClientBase, Pool } from 'pg';
import type { Migration } from '../store/migrate';
import type { Language, Worded } from './reference-data';

/** What a set of imported data says of itself: figures from these measures rest on values spread or made up to illustrate. */
export interface Notice {
  /** Correlation id of the import; a later notice of the same import replaces it. */
  readonly correlationId: string;
  readonly measures: readonly string[];
  readonly says: Worded;
}

export const noticesMigrations: readonly Migration[] = [
  {
    name: 'monitoring-2-notices',
    sql: `
      create schema if not exists monitoring;

      create table monitoring.notice (
        correlation_id text primary key,
        measures text[] not null,
        says jsonb not null,
        -- The head of the store before the import: an answer that knows no more says nothing of it.
        after_position bigint not null
      );
    `,
  },
];

/** Kept beside the events, for it is about how they were made; an import gives it before its first event. */
export async function keepNotice(client: ClientBase | Pool, { correlationId, measures, says }: Notice, head: bigint): Promise<void> {
  await client.query(
    `insert into monitoring.notice (correlation_id, measures, says, after_position) values ($1, $2, $3, $4)
     on conflict (correlation_id) do update set measures = excluded.measures, says = excluded.says`,
    [correlationId, measures, JSON.stringify(says), String(head)],
  );
}

/** For an import that was undone. */
export async function dropNotice(client: ClientBase | Pool, correlationId: string): Promise<void> {
  await client.query('delete from monitoring.notice where correlation_id = $1', [correlationId]);
}

export interface Said {
  readonly measures: readonly string[];
  readonly says: string;
}

/** The notices that bear on what is known at a position. */
export async function noticesAt(client: ClientBase | Pool, position: bigint, language: Language): Promise<readonly Said[]> {
  const { rows } = await client.query<Said>({
    name: 'notices-at',
    text: 'select measures, says ->> $2::text as says from monitoring.notice where after_position < $1 order by after_position, correlation_id',
    values: [String(position), language],
  });
  return rows;
}
