import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Client } from 'pg';
import { openPuente } from '../src/puente';
import { PostgresStore } from '../src/store/postgres';
import type { NewEvent } from '../src/store/port';
import { atLeast, inTurns, median, ratio, type Measured } from './measure';
import { copied, everyEvent, parsed, rawTables, type RawEvent } from './raw';
import { mustBeTheSame, rateOf } from './rebuilt';
import { connected, on, type Server } from './server';
import { newEvent } from './workload';

const size = { streams: 1_000, each: 20 };
const events = size.streams * size.each;
const page = 500;

/** An actor engaged: two facts. */
const engaged = (): NewEvent => {
  const { metadata, ...event } = newEvent();
  const { actor, ...rest } = metadata;
  return {
    ...event,
    id: randomUUID(),
    type: 'KeyActorEngaged',
    data: { actor: `actor-${randomUUID()}`, sector: 'private', side: 'european' },
    metadata: { actor, ...rest, dimensions: {} },
  };
};

const insert = `insert into raw.facts (stream, revision, ordinal, measure, subject, quantity, dimensions, occurred_from, occurred_to,
    recorded_position, recorded_at, correlation_id, recorded_revision)
  select * from unnest($1::text[], $2::int[], $3::int[], $4::text[], $5::text[], $6::bigint[], $7::jsonb[], $8::date[], $9::date[],
    $10::bigint[], $11::timestamptz[], $12::text[], $13::int[])`;

/** Read a page, make its facts, write them with the checkpoint, one batch after the other. */
const byHand = async (client: Client): Promise<void> => {
  await client.query('begin; delete from raw.facts; update raw.checkpoint set position = 0; commit');
  let after = '0';
  for (;;) {
    const { rows } = await client.query<RawEvent & { key: string }>({ name: 'page', text: everyEvent, values: [after, page] });
    if (rows.length === 0) return;
    const made = rows.flatMap((row) => {
      const { key, stream, revision, recorded_at, data, metadata } = { ...row, ...parsed(row) };
      const { actor, sector, side } = data as unknown as { actor: string; sector: string; side: string };
      const month = metadata.occurredOn;
      const [year, monthOf] = month.split('-').map(Number) as [number, number];
      const last = new Date(Date.UTC(year, monthOf, 0)).toISOString().slice(0, 10);
      return ['actors-engaged', 'actors-active'].map((measure, ordinal) => ({
        ...{ stream, revision, ordinal, measure, subject: `actor/${actor}`, dimensions: JSON.stringify({ sector, side }) },
        ...{ from: `${month}-01`, to: last, key, recordedAt: recorded_at.toISOString(), correlation: metadata.correlationId },
      }));
    });
    after = rows.at(-1)!.key;
    await client.query('begin');
    await client.query({
      name: 'insert-facts',
      text: insert,
      values: [
        made.map(({ stream }) => stream),
        made.map(({ revision }) => revision),
        made.map(({ ordinal }) => ordinal),
        made.map(({ measure }) => measure),
        made.map(({ subject }) => subject),
        made.map(() => 1),
        made.map(({ dimensions }) => dimensions),
        made.map(({ from }) => from),
        made.map(({ to }) => to),
        made.map(({ key }) => key),
        made.map(({ recordedAt }) => recordedAt),
        made.map(({ correlation }) => correlation),
        made.map(({ revision }) => revision),
      ],
    });
    await client.query({ name: 'checkpoint', text: 'update raw.checkpoint set position = $1', values: [after] });
    await client.query('commit');
  }
};

export const rebuilding = async (server: Server, log: (line: string) => void, rounds: number): Promise<Measured> => {
  const url = await server.migrated('rebuilding');
  await rawTables(url);
  await on(url, (client) =>
    client.query(`create table raw.facts (like reading.facts including all); create table raw.checkpoint (position bigint not null);
      insert into raw.checkpoint values (0)`),
  );
  const store = new PostgresStore({ url });
  const streams = Array.from({ length: size.streams }, () => `pairing-${randomUUID()}`);
  // In turns, as officers record them.
  for (let nth = 0; nth < size.each; nth += 1)
    await Promise.all(streams.map((stream) => store.append(stream, [engaged()], nth === 0 ? 'none' : nth - 1)));
  await copied(url, await store.readAll(0n, events));
  await store.close();
  const client = await connected({ connectionString: url });
  const of = await inTurns(
    rounds,
    {
      raw: () => rateOf(events, () => byHand(client)),
      // A process that knows nothing yet.
      rebuild: async () => {
        const puente = await openPuente({ home: join(server.home, 'rebuilding'), databaseUrl: url, log });
        try {
          return await rateOf(events, () => puente.runner.rebuild('facts'));
        } finally {
          await puente.close();
        }
      },
    },
    (round, { raw, rebuild }) =>
      log(`round ${round}: rebuild of facts ${Math.round(rebuild)} events/s, by hand ${Math.round(raw)} events/s`),
  );
  await client.end();
  await mustBeTheSame(url, { made: 'reading.facts', byHand: 'raw.facts', rows: events * 2 });
  return {
    ratios: [ratio('events/s of a rebuild of the facts ÷ a hand-written loop that writes the same', of.rebuild, of.raw, atLeast(0.7))],
    figures: [{ name: `rebuild of the facts (${events} events)`, value: Math.round(median(of.rebuild)), unit: 'events/s' }],
  };
};
