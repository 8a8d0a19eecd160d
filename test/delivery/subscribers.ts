import { randomUUID } from 'node:crypto';
import type { Claims, ClaimAsked } from '../../src/delivery/claims';
import type { Places, Subscribed } from '../../src/delivery/subscribed';
import type { EventStore } from '../../src/store/port';

/** Of everything, from the beginning. */
export const everything: Subscribed = { id: 'everything', filter: {}, starts: 1, start: { from: 'beginning' }, replays: 0, replayed: [] };

/** Where things are in a store, found the slow way. */
export const placesIn = (store: EventStore): Places => ({
  epoch: () => store.epoch(),
  head: () => store.head(),
  positionOf: async (stream, revision) => (await store.read(stream, { from: revision, limit: 1 }))[0]?.position,
  positionBefore: async (instant) => {
    const events = await store.readAll(0n, 100_000);
    return (events.find(({ recordedAt }) => recordedAt >= instant)?.position ?? (await store.head()) + 1n) - 1n;
  },
  namedAt: () => store.head(),
});

export const asking = (worker: string, more: Partial<ClaimAsked> = {}): ClaimAsked => ({
  ...{ claim: randomUUID(), worker, limit: 10, life: 60_000 },
  ...more,
});

/** What a worker is handed, by name; nothing where there is nothing to do. */
export const handed = async (claims: Claims, of: Subscribed, asked: ClaimAsked) => {
  const claim = await claims.claim(of, asked);
  return { id: claim?.id ?? '', names: claim?.events.map(({ event: { stream, revision } }) => `${stream}@${revision}`) ?? [] };
};
