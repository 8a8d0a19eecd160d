import { join } from 'node:path';
import { Client } from 'pg';
import { lastDay } from '../src/kernel/partial-date';
import { openPuente } from '../src/puente';
import { recordedLate } from '../src/reading/timeline-rows';
import { PostgresStore } from '../src/store/postgres';
import { atLeast, inTurns, median, ratio, type Measured, type Options } from './measure';
import { copied, everyEvent, parsed, rawTables, type RawEvent } from './raw';
import { mustBeTheSame, rateOf } from './rebuilt';
import { connected, on, type Server } from './server';
import { fill } from './workload';

const size = { streams: 1_000, passes: 5, each: 4 };
const events = size.streams * size.passes * size.each;
const page = 500;

const tables = (url: string) =>
  on(url, (client) =>
    client.query(`
      create table raw.timeline (like reading.timeline including all);
      create table raw.checkpoint (position bigint not null);
      insert into raw.checkpoint values (0)`),
  );

/** What the timeline says of an event in a history without corrections: a function of the event alone. */
const rowOf = (event: RawEvent & { key: string }) => {
  const { key, stream, revision, type, data, recorded_at, metadata } = { ...event, ...parsed(event) };
  const { occurredOn, actor, roles, rules, waived = [] } = metadata;
  const recordedAt = recorded_at.toISOString();
  const late = recordedLate({ occurredOn, recordedAt });
  const entry = { type, data, occurredOn, actor, roles, waived, standing: 'in-force', rules, recordedLate: late };
  return { position: key, stream, revision, sortDay: lastDay(occurredOn), recordedAt, entry, correlationId: metadata.correlationId };
};

const upsert = `
  insert into raw.timeline (stream, revision, sort_day, position, recorded_at, entry, correlation_id)
  select * from unnest($1::text[], $2::int[], $3::text[], $4::bigint[], $5::timestamptz[], $6::jsonb[], $7::text[])
  on conflict (stream, revision) do update set
    sort_day = excluded.sort_day, position = excluded.position, recorded_at = excluded.recorded_at, entry = excluded.entry,
    correlation_id = excluded.correlation_id`;

/** Empties the table and fills it again: read a page, write its rows with the checkpoint, one batch after the other. */
const byHand = async (client: Client): Promise<void> => {
  await client.query('begin; delete from raw.timeline; update raw.checkpoint set position = 0; commit');
  let after = '0';
  for (;;) {
    const { rows } = await client.query<RawEvent & { key: string }>({ name: 'page', text: everyEvent, values: [after, page] });
    if (rows.length === 0) return;
    const made = rows.map(rowOf);
    after = made.at(-1)!.position;
    await client.query('begin');
    await client.query({
      name: 'upsert',
      text: upsert,
      values: [
        made.map(({ stream }) => stream),
        made.map(({ revision }) => revision),
        made.map(({ sortDay }) => sortDay),
        made.map(({ position }) => position),
        made.map(({ recordedAt }) => recordedAt),
        made.map(({ entry }) => JSON.stringify(entry)),
        made.map(({ correlationId }) => correlationId),
      ],
    });
    await client.query({ name: 'checkpoint', text: 'update raw.checkpoint set position = $1', values: [after] });
    await client.query('commit');
  }
};

export const projection = async (server: Server, log: (line: string) => void, { rounds }: Options): Promise<Measured> => {
  const url = await server.migrated('projection');
  await rawTables(url);
  await tables(url);
  const store = new PostgresStore({ url });
  await fill(store, size);
  await copied(url, await store.readAll(0n, events));
  await store.close();
  const client = await connected({ connectionString: url });
  const of = await inTurns(
    rounds,
    {
      raw: () => rateOf(events, () => byHand(client)),
      // A process that knows nothing yet.
      rebuild: async () => {
        const puente = await openPuente({ home: join(server.home, 'projection'), databaseUrl: url, log });
        try {
          return await rateOf(events, () => puente.runner.rebuild('timeline'));
        } finally {
          await puente.close();
        }
      },
    },
    (round, { raw, rebuild }) => log(`round ${round}: rebuild ${Math.round(rebuild)} events/s, by hand ${Math.round(raw)} events/s`),
  );
  await client.end();
  await mustBeTheSame(url, { made: 'reading.timeline', byHand: 'raw.timeline', rows: events });
  return {
    ratios: [ratio('events/s of a rebuild of the timeline ÷ hand-written upsert of the same rows', of.rebuild, of.raw, atLeast(1))],
    figures: [{ name: `rebuild of the timeline (${events} events)`, value: Math.round(median(of.rebuild)), unit: 'events/s' }],
  };
};
