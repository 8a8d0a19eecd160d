import { Resolver } from 'node:dns/promises';
import type { Pool } from 'pg';
import { Execute, type Receipt } from '../engine/execute';
import type { Timing } from '../engine/runner-tail';
import type { Streams } from '../engine/streams';
import { subscription } from '../lifecycles/subscription';
import type { EventStore } from '../store/port';
import type { SigningSecrets } from '../vault/signing-secrets';
import type { Vault } from '../vault/vault';
import { addChunk, Chunks } from './chunks';
import { Claims } from './claims';
import { Egress } from './egress';
import { type EndpointOptions, Endpoints } from './endpoint';
import { type Origin, originAt } from './envelope';
import { EventStreams, type StreamTiming } from './event-streams';
import { Feed } from './feed';
import { Indexing } from './indexing';
import { Live } from './live';
import { lookupBy } from './lookup';
import { Pulling } from './pulling';
import { usualSchedule } from './schedule';
import { Sender } from './sender';
import type { Places } from './subscribed';
import { Subscriptions } from './subscriptions';

export interface DeliveryOptions {
  readonly pool: Pool;
  readonly store: EventStore;
  readonly streams: Streams;
  readonly vault: Pick<Vault, 'texts' | 'signingSecrets'>;
  readonly places: Omit<Places, 'namedAt'>;
  readonly timing: Timing;
  readonly now: () => Date;
  /** From 0 to 1. */
  readonly chance: () => number;
  readonly newId: () => string;
  readonly report: (error: unknown) => void;
  /** Where this installation is reached from outside, without a slash at its end. */
  readonly publicUrl?: string | undefined;
  /** Endpoints may be on this machine, and be spoken to by http: in development alone. */
  readonly loopback: boolean;
  /** What stands between this machine and the network, as `http://host:port`. */
  readonly proxy?: string | undefined;
  /** Milliseconds after an attempt in vain until the next; see `usualSchedule`. */
  readonly schedule?: readonly number[] | undefined;
  readonly streaming?: StreamTiming | undefined;
  /** Told of every event that was sent to an endpoint. */
  readonly attempted?: EndpointOptions['attempted'];
}

/** How events leave the house. */
export interface Delivery {
  readonly pool: Pool;
  readonly store: EventStore;
  readonly secrets: SigningSecrets;
  readonly origin: Origin;
  readonly feed: Feed;
  readonly streams: EventStreams;
  readonly subscriptions: Subscriptions;
  readonly claims: Claims;
  readonly pulling: Pulling;
  readonly endpoints: Endpoints;
  /** What keeps filters by dimension quick; without it they are right all the same. */
  readonly indexing: Indexing;
  /** What sends by itself to the endpoints of webhook subscriptions; where one is hopeless, it says so through a bus. */
  senderOn(execute: (command: Execute) => Promise<Receipt>, actor: string): Sender;
  close(): Promise<void>;
}

/** Streams of one subscription that are sent at once. */
const atOnce = 16;
/** What ends its workers is set aside; that some of them were lost for other reasons sets nothing aside. */
const mostLost = 10;
/** Standard Webhooks recommends five days. */
const patience = 5 * 86_400_000;

export const deliveryOver = (on: DeliveryOptions): Delivery => {
  const { pool, store, timing, now, chance, newId, report, vault } = on;
  const origin = originAt(on.publicUrl);
  const live = new Live(store, timing, report);
  const chunks = new Chunks(pool, store);
  const feed = new Feed(store, live, timing, chunks);
  const streams = new EventStreams(feed, origin, timing, now, report, on.streaming);
  const subscriptions = new Subscriptions(on.streams);
  const schedule = on.schedule ?? usualSchedule;
  const claims = new Claims(pool, store, subscriptions.placesIn(on.places), now, Math.max(schedule.length, mostLost));
  const egress = new Egress({
    loopback: on.loopback,
    proxy: on.proxy,
    lookup: lookupBy(new Resolver({ timeout: 3_000, tries: 2 })),
  });
  const endpoints = new Endpoints({
    attempted: on.attempted,
    pool,
    egress,
    secrets: vault.signingSecrets,
    texts: vault.texts,
    origin,
    now,
    newId,
  });
  return {
    ...{ pool, store, origin, feed, streams, subscriptions, claims, endpoints, secrets: vault.signingSecrets },
    indexing: new Indexing({ add: () => addChunk(pool, store, chunks.size), size: chunks.size, live, timing, report }),
    pulling: new Pulling({ claims, live, timing, now, chance, schedule }),
    senderOn: (execute, actor) =>
      new Sender({
        ...{ pool, store, live, subscriptions, claims, endpoints, timing, now, chance, newId, report, schedule, atOnce, patience },
        worker: newId(),
        disable: async (id, because) => {
          await execute(new Execute(subscription, id, 'DisableSubscription', { because }, { actor, roles: ['service'] }));
        },
      }),
    close: async () => {
      streams.close();
      await egress.close();
    },
  };
};
