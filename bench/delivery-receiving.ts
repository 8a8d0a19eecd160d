import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { usualSchedule } from '../src/delivery/schedule';
import { newSecret } from '../src/delivery/signing';
import { Subscriptions } from '../src/delivery/subscriptions';
import { Rules } from '../src/engine/rules';
import { Tail } from '../src/engine/runner-tail';
import { Streams } from '../src/engine/streams';
import { timing } from '../src/puente';
import { openPool } from '../src/store/pool';
import type { NewEvent } from '../src/store/port';
import { PostgresStore } from '../src/store/postgres';
import { loadMasterKey } from '../src/vault/master-key';
import { openVault, type Vault } from '../src/vault/vault';
import { keptUnder } from '../src/delivery/subscriptions';
import { owner, tell } from '../test/delivery/recorded';
import { senderOver } from '../test/delivery/senders';
import type { Server } from './server';
import { newEvent, places } from './workload';

export type Arrived = readonly [path: string, name: string, at: number];
/** What the process of the receiver says. */
export type Told = { readonly arrived: readonly Arrived[] } | { readonly port: number; readonly refusing: number };

/** Milliseconds on a clock that all processes of this machine share. */
export const sharedNow = () => Number(process.hrtime.bigint()) / 1e6;

export interface Receiver {
  readonly port: number;
  /** Where nobody is any more after a handshake. */
  readonly refusing: number;
  /** Told of everything that came. */
  hear: (arrived: Arrived) => void;
  close(): void;
}

export const receiver = (): Promise<Receiver> =>
  new Promise((resolve, reject) => {
    const child: ChildProcess = fork(join(__dirname, 'delivery-receiver.ts'), { stdio: ['ignore', 2, 2, 'ipc'] });
    child.once('error', reject);
    const receiving: Pick<Receiver, 'hear' | 'close'> = { hear: () => undefined, close: () => child.disconnect() };
    child.on('message', (told: Told) => {
      if ('port' in told) resolve(Object.assign(receiving, told));
      else for (const each of told.arrived) receiving.hear(each);
    });
  });

/** A database with a vault and a store, from which senders send. */
export interface House {
  readonly pool: Pool;
  readonly store: PostgresStore;
  /** Subscribes an address to everything that pairings go through. */
  readonly subscribe: (id: string, url: string) => Promise<void>;
  /** A sender as a process would run it, with what it reported. */
  readonly send: () => ReturnType<typeof senderOver>;
  readonly close: () => Promise<void>;
}

export const house = async (server: Server, name: string): Promise<House> => {
  const url = await server.migrated(name);
  const pool = openPool({ connectionString: url, max: 12 });
  const store = new PostgresStore({ url });
  const vault: Vault = await openVault(pool, await loadMasterKey({ home: server.home, fromEnvironment: undefined, randomBytes }), {
    ...{ randomBytes, now: () => new Date() },
  });
  return {
    ...{ pool, store },
    subscribe: async (id, address) => {
      const { refs, keep } = await vault.texts.draft(`subscription-${id}`, [address]);
      await keep();
      await tell(store, {
        ...{ stream: `subscription-${id}`, type: 'SubscriptionCreated' },
        data: { delivery: 'webhook', endpoint: refs[0], role: 'service', from: 'beginning', lifecycles: ['pairing'] },
      });
      await vault.signingSecrets.rotate(keptUnder({ id, owner }), newSecret('hmac', randomBytes), undefined, 0);
    },
    send: () => {
      // As in a process of Puente, which follows the log.
      const streams = new Streams(store, new Rules(() => Promise.resolve(undefined)));
      const stopping = new AbortController();
      const subscriptions = new Subscriptions(streams);
      const sending = senderOver({ pool, store, vault }, { subscriptions, schedule: usualSchedule, timeout: 15_000 });
      const following = new Tail(store, timing, streams).follow(stopping.signal, (error) => process.stderr.write(`${String(error)}\n`));
      sending.sender.start();
      const stop = async () => {
        await sending.stop();
        stopping.abort();
        await following;
      };
      return { ...sending, stop };
    },
    close: async () => {
      await store.close();
      await pool.end();
    },
  };
};

/** Callers that streams belong to: an event of a stream comes long before the next. */
const callers = 500;

/**
 * Appends so many events a second for so long, whether or not those before are done.
 * @returns when each came to be durable, by its name
 */
export const paced = async (
  store: PostgresStore,
  perSecond: number,
  ms: number,
  event: () => NewEvent = newEvent,
): Promise<ReadonlyMap<string, number>> => {
  const next = places();
  const durable = new Map<string, number>();
  const under: Promise<unknown>[] = [];
  const began = performance.now();
  const all = Math.round((perSecond * ms) / 1000);
  while (under.length < all) {
    const due = Math.min(all, Math.floor(((performance.now() - began) * perSecond) / 1000));
    while (under.length < due) {
      const { stream, revision } = next(under.length % callers);
      under.push(
        store
          .append(stream, [event()], revision === 0 ? 'none' : revision - 1)
          .then(() => durable.set(`${stream}@${revision}`, sharedNow())),
      );
    }
    await sleep(1);
  }
  await Promise.all(under);
  return durable;
};

/** Resolves once something holds. */
export const until = async (holds: () => boolean, what: string, ms = 120_000): Promise<void> => {
  const late = performance.now() + ms;
  while (!holds()) {
    if (performance.now() > late) throw new Error(`it never came to be: ${what}`);
    await sleep(5);
  }
};

/** Milliseconds from being durable to what came of it, sorted; what came before the append was answered took nothing. */
export const latencies = (durable: ReadonlyMap<string, number>, came: ReadonlyMap<string, number>): readonly number[] =>
  [...durable].map(([name, at]) => Math.max(0, came.get(name)! - at)).sort((one, other) => one - other);

export const within = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!;
