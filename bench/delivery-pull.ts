import { randomUUID } from 'node:crypto';
import { Claims } from '../src/delivery/claims';
import { usualSchedule } from '../src/delivery/schedule';
import type { Places, Subscribed } from '../src/delivery/subscribed';
import { openPool } from '../src/store/pool';
import type { EventStore } from '../src/store/port';
import { PostgresStore } from '../src/store/postgres';
import type { DeliveryPart } from './delivery';
import { atLeast, inTurns, median, ratio } from './measure';
import { peer } from './peers';
import type { Server } from './server';
import { fill, newEvent } from './workload';

const workers = 4;
/** Items of one claim, and of one fetch. */
const batch = 100;
/** In each round, by each. */
const items = 20_000;
/** Streams that the events are of, in turns, as officers record them. */
const streams = 1_000;

/** Of everything, from the beginning: nobody needs to know where else things are. */
export const everything = (id: string): Subscribed => ({
  ...{ id, filter: {}, starts: 1, start: { from: 'beginning' }, replays: 0, replayed: [] },
});
export const placesIn = (store: EventStore): Places => {
  const nowhere = () => Promise.reject(new Error('nothing here begins anywhere but at the beginning'));
  return { epoch: () => store.epoch(), head: () => store.head(), positionOf: nowhere, positionBefore: nowhere, namedAt: nowhere };
};

/** What a worker is given has to be looked at: that much of it. */
const looked = (data: object): number => Object.keys(data).length;

/** Four workers empty what there is, each batch acknowledged before the next; gives items a second. */
const emptied = async (of: number, next: () => Promise<number>): Promise<number> => {
  let done = 0;
  const began = performance.now();
  await Promise.all(
    Array.from({ length: workers }, async () => {
      while (done < of) {
        const got = await next();
        done += got;
        // What is left is in the hands of others.
        if (got === 0) return;
      }
    }),
  );
  if (done !== of) throw new Error(`${done} of ${of} were done`);
  return of / ((performance.now() - began) / 1000);
};

interface Job {
  readonly id: string;
  readonly data: object;
}
interface Boss {
  start(): Promise<unknown>;
  stop(options: { graceful: boolean }): Promise<void>;
  on(event: 'error', listener: () => void): unknown;
  createQueue(name: string): Promise<void>;
  insert(jobs: readonly { name: string; data: object }[]): Promise<unknown>;
  fetch(queue: string, options: { batchSize: number }): Promise<readonly Job[]>;
  complete(queue: string, ids: readonly string[]): Promise<unknown>;
}

/** A queue of its own in each round, filled before the time counts. */
const pgBoss = async (server: Server, size: number) => {
  const { default: PgBoss } = await peer<{ default: new (options: object) => Boss }>('pg-boss');
  const boss = new PgBoss({ connectionString: await server.database('pg_boss'), ...{ max: 12, supervise: false, schedule: false } });
  boss.on('error', () => undefined);
  await boss.start();
  let round = 0;
  return {
    run: async () => {
      const queue = `events-${(round += 1)}`;
      await boss.createQueue(queue);
      for (let at = 0; at < size; at += 1_000)
        await boss.insert(
          Array.from({ length: Math.min(1_000, size - at) }, () => {
            const { data, metadata } = newEvent();
            return { name: queue, data: { data, metadata } };
          }),
        );
      return emptied(size, async () => {
        const jobs = await boss.fetch(queue, { batchSize: batch });
        if (jobs.length === 0) return 0;
        for (const { data } of jobs) looked(data);
        await boss.complete(
          queue,
          jobs.map(({ id }) => id),
        );
        return jobs.length;
      });
    },
    close: () => boss.stop({ graceful: false }),
  };
};

/** A subscription of its own in each round, to events that were appended before. */
const ours = async (server: Server, size: number) => {
  const url = await server.migrated('pulled');
  const store = new PostgresStore({ url });
  await fill(store, { streams: Math.min(streams, size), passes: Math.max(1, Math.round(size / streams)), each: 1 });
  const pool = openPool({ connectionString: url, max: 12 });
  return {
    run: () => {
      const claims = new Claims(pool, store, placesIn(store), () => new Date(), usualSchedule.length);
      const of = everything(randomUUID());
      return emptied(size, async () => {
        const claim = await claims.claim(of, { claim: randomUUID(), worker: 'one', limit: batch, life: 60_000 });
        if (!claim) return 0;
        for (const { event } of claim.events) looked(event.data);
        await claims.finish(of, claim.id);
        return claim.events.length;
      });
    },
    close: async () => {
      await store.close();
      await pool.end();
    },
  };
};

/** Events claimed and acknowledged against jobs fetched and completed, a hundred at a time, by four workers of one process each. */
export const pull: DeliveryPart = async (server, log, { rounds, scale }) => {
  const size = Math.max(streams, Math.round((items * scale) / streams) * streams);
  const boss = await pgBoss(server, size);
  const claims = await ours(server, size);
  try {
    const of = await inTurns(rounds, { claims: claims.run, boss: boss.run }, (round, given) =>
      log(`round ${round}: ${Math.round(given.claims)} events/s claimed and finished, pg-boss ${Math.round(given.boss)} jobs/s`),
    );
    return {
      ratios: [ratio('events/s pulled and acknowledged ÷ jobs/s of pg-boss, 4 workers', of.claims, of.boss, atLeast(3))],
      figures: [
        { name: 'events/s pulled and acknowledged, 4 workers', value: Math.round(median(of.claims)), unit: '/s' },
        { name: 'jobs/s of pg-boss, 4 workers', value: Math.round(median(of.boss)), unit: '/s' },
      ],
    };
  } finally {
    await boss.close();
    await claims.close();
  }
};
