import { EventStoreDBClient, jsonEvent, NO_STREAM, type AppendToStreamOptions } from '@eventstore/db-client';
import { EventStoreDbStore } from '../src/store/eventstoredb';
import { parseEventStoreUrl } from '../src/store/eventstoredb-url';
import { atLeast, inTurns, leftOut, load, median, ratio, type Measured, type Options } from './measure';
import type { Server } from './server';
import { newEvent, places } from './workload';

const names = {
  appends: 'appends/s of the EventStoreDB adapter ÷ the bare client on the same server, 32 callers',
  single: 'appends/s of the EventStoreDB adapter ÷ the bare client that sends each append by itself, 32 callers',
  stream: 'streams of 1,000 events read by the EventStoreDB adapter ÷ by the bare client',
};
const callers = 32;
const long = 1_000;

/** The bare client, as its documentation has it: batched by itself; with credentials at each call, one request for each append. */
const bareAppends = (client: EventStoreDBClient, options: AppendToStreamOptions) => {
  const next = places();
  return (caller: number) => {
    const { stream, revision } = next(caller);
    const { id, type, data, metadata } = newEvent();
    const event = jsonEvent({ id, type, data: data as Record<string, never>, metadata: { ...metadata } });
    return client.appendToStream(stream, event, { ...options, expectedRevision: revision === 0 ? NO_STREAM : BigInt(revision - 1) });
  };
};

export const eventstoredb = async (_: Server, log: (line: string) => void, { rounds, seconds }: Options): Promise<Measured> => {
  const url = process.env['EVENTSTORE_URL'];
  if (url === undefined) {
    const why = 'EVENTSTORE_URL is not set';
    log(`NOT MEASURED: the EventStoreDB adapter against its client; ${why}`);
    return { ratios: [leftOut(names.appends, atLeast(0.95), why), leftOut(names.stream, atLeast(0.95), why)], figures: [] };
  }
  const { connectionString, credentials } = parseEventStoreUrl(url);
  const client = EventStoreDBClient.connectionString(connectionString);
  const store = new EventStoreDbStore({ url });
  const next = places();
  const own = (caller: number) => {
    const { stream, revision } = next(caller);
    return store.append(stream, [newEvent()], revision === 0 ? 'none' : revision - 1);
  };
  const bare = bareAppends(client, {});
  const single = bareAppends(client, { credentials });
  const perSecond = (count: number, once: (caller: number) => Promise<unknown>) => async () =>
    (await load(count, seconds * 1000, once)).perSecond;
  const tell = (round: number, given: Readonly<Record<string, number>>) =>
    log(
      `round ${round}: ${Object.entries(given)
        .map(([name, rate]) => `${name} ${rate.toFixed(1)}/s`)
        .join('; ')}`,
    );
  const appends = await inTurns(
    rounds,
    { bare: perSecond(callers, bare), adapter: perSecond(callers, own), single: perSecond(callers, single) },
    tell,
  );
  const { stream } = places()(0);
  await store.append(stream, Array.from({ length: long }, newEvent), 'none');
  const read = async () => {
    let count = 0;
    for await (const { event } of client.readStream(stream)) if (event) count += 1;
    if (count !== long) throw new Error(`${count} of ${long} events were read`);
  };
  const streams = await inTurns(rounds, { bare: perSecond(1, read), adapter: perSecond(1, () => store.read(stream)) }, tell);
  await store.close();
  await client.dispose();
  return {
    ratios: [
      ratio(names.appends, appends.adapter, appends.bare, atLeast(0.95)),
      ratio(names.single, appends.adapter, appends.single),
      ratio(names.stream, streams.adapter, streams.bare, atLeast(0.95)),
    ],
    figures: [{ name: 'appends of the EventStoreDB adapter, 32 callers', value: Math.round(median(appends.adapter)), unit: '/s' }],
  };
};
