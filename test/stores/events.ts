import { v4 } from 'uuid';
import type { Metadata } from '../../src/kernel/metadata';
import type { Delivery, EventStore, NewEvent, Recorded } from '../../src/store/port';

/** Metadata as a command would write it. */
export const metadata: Metadata = {
  occurredOn: '2024-05',
  actor: '5d4a8d0a-7f0c-4a55-9a3e-6f3c1f6f2f10',
  roles: ['officer'],
  commandId: '0b0e4a1c-30b8-5c9e-9d2c-0d8f7f1f7a11',
  commandHash: 'n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg',
  correlationId: '2f1c7f9e-0a52-4f0b-8a55-0d8f7f1f7a12',
};

/** One event to append, unlike any other. */
export const event = (type = 'Imagined', data: NewEvent['data'] = { mission: 'm-1' }): NewEvent => ({ id: v4(), type, data, metadata });

export const events = (count: number, type?: string): NewEvent[] => Array.from({ length: count }, () => event(type));

/** A stream that no other test uses. */
export const fresh = (kind = 'pairing') => `${kind}-${v4()}`;

/** All events of a store that match, page by page. */
export async function everything(store: EventStore, after = 0n, filter?: Parameters<EventStore['readAll']>[2]): Promise<Recorded[]> {
  const found: Recorded[] = [];
  for (;;) {
    const page = await store.readAll(found.at(-1)?.position ?? after, 400, filter);
    found.push(...page);
    if (page.length < 400) return found;
  }
}

/** Takes deliveries from a subscription until `enough` says so. */
export async function take(deliveries: AsyncIterable<Delivery>, enough: (taken: readonly Delivery[]) => boolean): Promise<Delivery[]> {
  const taken: Delivery[] = [];
  for await (const delivery of deliveries) {
    taken.push(delivery);
    if (enough(taken)) break;
  }
  return taken;
}

export const isEvent = (delivery: Delivery): delivery is Extract<Delivery, { is: 'event' }> => delivery.is === 'event';

/** Settles every promise, and gives what they were answered with, errors too. */
export async function settled<T>(promises: readonly Promise<T>[]): Promise<(T | Error)[]> {
  return Promise.all(promises.map((promise) => promise.catch((error: unknown) => error as Error)));
}
