import type { NewEvent, Recorded } from '../src/store/port';
import { on } from './server';

/** Tables for inserts by hand. `rows` holds the bytes of an event and nothing else; `events` what makes an event of them. */
export const rawTables = (url: string) =>
  on(url, (client) =>
    client.query(`
      create schema raw;
      create table raw.rows (id bigserial primary key, data text not null, metadata text not null);
      create table raw.events (
        position bigserial primary key, stream text collate "C" not null, revision integer not null, type text not null, id uuid not null,
        recorded_at timestamptz not null default now(), data text not null, metadata text not null, unique (stream, revision)
      )`),
  );

/** The events of a store as rows of `raw.events`, and their data and metadata alone as `raw.rows`. */
export const copied = (url: string, recorded: readonly Recorded[]) =>
  on(url, async (client) => {
    for (let from = 0; from < recorded.length; from += 1_000) {
      const some = recorded.slice(from, from + 1_000);
      await client.query(
        `insert into raw.events (position, stream, revision, type, id, recorded_at, data, metadata)
         select * from unnest($1::bigint[], $2::text[], $3::int[], $4::text[], $5::uuid[], $6::timestamptz[], $7::text[], $8::text[])`,
        [
          some.map(({ position }) => String(position)),
          some.map(({ stream }) => stream),
          some.map(({ revision }) => revision),
          some.map(({ type }) => type),
          some.map(({ id }) => id),
          some.map(({ recordedAt }) => recordedAt),
          some.map(({ data }) => JSON.stringify(data)),
          some.map(({ metadata }) => JSON.stringify(metadata)),
        ],
      );
    }
    await client.query('insert into raw.rows (id, data, metadata) select position, data, metadata from raw.events order by position');
    await client.query('vacuum analyze');
    await client.query('checkpoint');
  });

/** A row that holds an event, or its data and metadata alone. */
export interface RawRow {
  readonly data: string;
  readonly metadata: string;
}
export interface RawEvent extends RawRow {
  readonly stream: string;
  readonly revision: number;
  readonly type: string;
  readonly id: string;
  readonly recorded_at: Date;
}
export const parsed = <Row extends RawRow>(row: Row) => ({
  ...row,
  data: JSON.parse(row.data) as NewEvent['data'],
  metadata: JSON.parse(row.metadata) as NewEvent['metadata'],
});

export const columns = 'stream, revision, type, id, recorded_at, data, metadata';
/** A page by key. */
export const everyEvent = `select position as key, ${columns} from raw.events where position > $1 order by position limit $2`;
