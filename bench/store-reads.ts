import type { Client } from 'pg';
import { PostgresStore } from '../src/store/postgres';
import { atLeast, atMost, inTurns, median, ratio, type Measured, type Options } from './measure';
import { columns, copied, everyEvent, parsed, rawTables, type RawRow } from './raw';
import { connected, type Server } from './server';
import { fill, newEvent } from './workload';

const events = 30_000;
const page = 500;
const long = { stream: 'pairing-long', events: 1_000 };

/** Streams of pairings as they grow, and a long one: as the store has them, and as rows that say what an event says. */
const filled = async (url: string, store: PostgresStore): Promise<void> => {
  await fill(store, { streams: events / 20, passes: 5, each: 4 });
  await store.append(long.stream, Array.from({ length: long.events }, newEvent), 'none');
  await copied(url, await store.readAll(0n, events + long.events));
};

/** Pages by key, to the end; each row's JSON is parsed. */
const scanned = async (client: Client, name: string, text: string): Promise<number> => {
  let after = '0';
  let read = 0;
  for (;;) {
    const { rows } = await client.query<RawRow & { key: string }>({ name, text, values: [after, page] });
    const items = rows.map(parsed);
    read += items.length;
    if (items.length < page) return read;
    after = items.at(-1)!.key;
  }
};
const everyRow = 'select id as key, data, metadata from raw.rows where id > $1 order by id limit $2';

const readAll = async (store: PostgresStore): Promise<number> => {
  let after = 0n;
  let read = 0;
  for (;;) {
    const recorded = await store.readAll(after, page);
    read += recorded.length;
    if (recorded.length < page) return read;
    after = recorded.at(-1)!.position;
  }
};

const subscribed = async (store: PostgresStore): Promise<number> => {
  let read = 0;
  for await (const delivery of store.subscribe(0n, { signal: new AbortController().signal })) {
    if (delivery.is === 'caught-up') break;
    read += 1;
  }
  return read;
};

/** Items a second of a reading that is repeated for so long. */
const reading = (seconds: number, expected: number, once: () => Promise<number>) => async () => {
  const began = performance.now();
  let read = 0;
  do {
    const got = await once();
    if (got !== expected) throw new Error(`${got} of ${expected} events were read`);
    read += got;
  } while (performance.now() - began < seconds * 1000);
  return read / ((performance.now() - began) / 1000);
};

export const reads = async (server: Server, log: (line: string) => void, { rounds, seconds }: Options): Promise<Measured> => {
  const url = await server.migrated('reads');
  await rawTables(url);
  const store = new PostgresStore({ url });
  await filled(url, store);
  const client = await connected({ connectionString: url });
  const one = `select ${columns} from raw.events where stream = $1 order by revision`;
  const all = events + long.events;
  const scans = await inTurns(
    rounds,
    {
      raw: reading(seconds, all, () => scanned(client, 'events', everyEvent)),
      store: reading(seconds, all, () => readAll(store)),
      subscription: reading(seconds, all, () => subscribed(store)),
      'raw data': reading(seconds, all, () => scanned(client, 'rows', everyRow)),
    },
    (round, given) =>
      log(
        `round ${round}: ${Object.entries(given)
          .map(([name, rate]) => `${name} ${Math.round(rate)}/s`)
          .join('; ')}`,
      ),
  );
  const streams = await inTurns(
    rounds,
    {
      raw: reading(seconds / 2, long.events, async () => {
        const { rows } = await client.query<RawRow>({ name: 'stream', text: one, values: [long.stream] });
        return rows.map(parsed).length;
      }),
      store: reading(seconds / 2, long.events, async () => (await store.read(long.stream)).length),
    },
    (round, { raw, store: own }) =>
      log(`round ${round}: a stream of ${long.events} in ${(1e6 / own).toFixed(2)} ms, raw in ${(1e6 / raw).toFixed(2)} ms`),
  );
  const times = (rates: readonly number[]) => rates.map((rate) => (1000 * long.events) / rate);
  await client.end();
  await store.close();
  return {
    ratios: [
      ratio('events/s of readAll ÷ raw keyset scan of the same events', scans.store, scans.raw, atLeast(0.9)),
      ratio('events/s of a subscription that catches up ÷ that scan', scans.subscription, scans.raw),
      ratio('events/s of readAll ÷ raw keyset scan of data and metadata alone', scans.store, scans['raw data']),
      ratio('time to load a stream of 1,000 events ÷ raw select and parse', times(streams.store), times(streams.raw), atMost(1.15)),
    ],
    figures: [
      { name: 'readAll, pages of 500', value: Math.round(median(scans.store)), unit: 'events/s' },
      { name: 'a stream of 1,000 events', value: Number(median(times(streams.store)).toFixed(2)), unit: 'ms' },
    ],
  };
};
