import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Claims } from '../src/delivery/claims';
import { Live } from '../src/delivery/live';
import { usualSchedule } from '../src/delivery/schedule';
import { mintDevToken } from '../src/http/dev-issuer';
import { serve } from '../src/http/server';
import { timing } from '../src/puente';
import { Bell } from '../src/store/bell';
import { openPool } from '../src/store/pool';
import type { NewEvent } from '../src/store/port';
import { PostgresStore } from '../src/store/postgres';
import type { DeliveryPart } from './delivery';
import { everything, placesIn } from './delivery-pull';
import { house, latencies, paced, receiver, sharedNow, until, within } from './delivery-receiving';
import { atMost, bounded, type Measured, type Options } from './measure';
import { newEvent } from './workload';

/** How many of the seconds a contestant gets a round of these takes: enough for a hundredth to be more than a few. */
const longer = 4;

const told = (sorted: readonly number[]) => `p50 ${within(sorted, 0.5).toFixed(1)} ms, p99 ${within(sorted, 0.99).toFixed(1)} ms`;

/** Rounds of one way, one more before them to warm up. */
const rounds = async (
  log: (line: string) => void,
  count: number,
  round: () => Promise<readonly number[]>,
): Promise<readonly (readonly number[])[]> => {
  const all: (readonly number[])[] = [];
  for (let nth = 0; nth <= count; nth += 1) {
    const sorted = await round();
    if (nth === 0) continue;
    log(`round ${nth}: ${told(sorted)} of ${sorted.length} events`);
    all.push(sorted);
  }
  return all;
};

const handledPerSecond = 500;

/** From durable events to what their handler noted of them, by name, against the bounds for a handler. */
const toHandler = async (
  log: (line: string) => void,
  options: Options,
  how: string,
  { store, came, event }: { readonly store: PostgresStore; readonly came: ReadonlyMap<string, number>; readonly event?: () => NewEvent },
): Promise<Measured> => {
  const all = await rounds(log, options.rounds, async () => {
    const durable = await paced(store, handledPerSecond, options.seconds * longer * 1000, event);
    await until(() => [...durable.keys()].every((name) => came.has(name)), 'every event was handled');
    return latencies(durable, came);
  });
  const share = (name: string, of: number, most: number) =>
    bounded(
      `commit to handler, ${how}, ${handledPerSecond} events/s: ${name}, in ms`,
      all.map((each) => within(each, of)),
      atMost(most),
    );
  return { ratios: [share('p50', 0.5, 10), share('p99', 0.99, 50)], figures: [] };
};

/** From a durable event to the handler of a worker that waits for news, claims, and acknowledges. */
export const latency: DeliveryPart = async (server, log, options): Promise<Measured> => {
  const url = await server.migrated('waited_for');
  const store = new PostgresStore({ url });
  const pool = openPool({ connectionString: url, max: 12 });
  const live = new Live(store, timing, (error) => log(String(error)));
  const claims = new Claims(pool, store, placesIn(store), () => new Date(), usualSchedule.length);
  const of = everything('waiting');
  const bell = new Bell();
  const stopping = new AbortController();
  const came = new Map<string, number>();
  const listening = live.news.subscribe(() => bell.ring());
  const working = (async () => {
    while (!stopping.signal.aborted) {
      const { rings } = bell;
      const claim = await claims.claim(of, { claim: randomUUID(), worker: 'one', limit: 100, life: 60_000 });
      if (!claim) {
        await bell.rung(rings, stopping.signal, 1_000);
        continue;
      }
      for (const { event } of claim.events) came.set(`${event.stream}@${event.revision}`, sharedNow());
      await claims.finish(of, claim.id);
    }
  })();
  try {
    return await toHandler(log, options, 'pulled', { store, came });
  } finally {
    stopping.abort();
    await working;
    listening.unsubscribe();
    live.close();
    await store.close();
    await pool.end();
  }
};

/** As a pairing keeps it: what the service follows the log with is not stopped by it. */
const engaged = () => ({ ...newEvent(), type: 'KeyActorEngaged' });

/** The same through the service: from the answer of the append to a worker in a process of its own, that waits with `Prefer: wait`. */
export const polled: DeliveryPart = async (server, log, options): Promise<Measured> => {
  const url = await server.migrated('polled');
  const home = join(server.home, 'polled');
  const served = await serve({ home, databaseUrl: url, log }, { host: '127.0.0.1', port: 0, log: 'warn' });
  const store = new PostgresStore({ url });
  const child = fork(join(__dirname, 'delivery-polling.ts'), { stdio: ['ignore', 2, 2, 'ipc'] });
  const came = new Map<string, number>();
  child.on('message', (arrived: readonly (readonly [name: string, at: number])[]) => {
    for (const [name, at] of arrived) came.set(name, at);
  });
  try {
    const at = `${served.base}/v1/subscriptions/office`;
    const headers = { authorization: `Bearer ${await mintDevToken({ home, role: 'service' })}`, 'content-type': 'application/json' };
    const created = await fetch(`${at}/create-subscription`, {
      ...{ method: 'POST', headers: { ...headers, 'Idempotency-Key': randomUUID() } },
      body: JSON.stringify({ delivery: 'pull', lifecycles: ['pairing'] }),
    });
    if (!created.ok) throw new Error(await created.text());
    child.send({ at, headers });
    return await toHandler(log, options, 'pulled over HTTP', { store, came, event: engaged });
  } finally {
    child.disconnect();
    await store.close();
    await served.close();
  }
};

/** From a durable event to the 2xx of its receiver. */
export const webhook: DeliveryPart = async (server, log, options): Promise<Measured> => {
  const perSecond = 200;
  const [receiving, { store, subscribe, send, close }] = [await receiver(), await house(server, 'pushed')];
  const came = new Map<string, number>();
  receiving.hear = ([, name, at]) => void came.set(name, at);
  await subscribe('portal', `http://127.0.0.1:${receiving.port}/hook`);
  const sending = send();
  try {
    const all = await rounds(log, options.rounds, async () => {
      const durable = await paced(store, perSecond, options.seconds * longer * 1000);
      await until(() => [...durable.keys()].every((name) => came.has(name)), 'every event arrived');
      return latencies(durable, came);
    });
    const name = (share: string) => `commit to 2xx, webhook, ${perSecond} events/s: ${share}, in ms`;
    return {
      ratios: [
        bounded(
          name('p99'),
          all.map((each) => within(each, 0.99)),
          atMost(250),
        ),
        bounded(
          name('p50'),
          all.map((each) => within(each, 0.5)),
        ),
      ],
      figures: [],
    };
  } finally {
    for (const error of sending.errors) log(String(error));
    await sending.stop();
    receiving.close();
    await close();
  }
};
