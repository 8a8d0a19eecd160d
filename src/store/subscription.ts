import type { Bell } from './bell';
import type { Delivery, EventStore, Filter } from './port';

/** Events read ahead of the consumer. */
const page = 500;

export interface Following {
  readonly filter?: Filter;
  readonly signal: AbortSignal;
  /** Look again after so many milliseconds even when the bell is silent; left out, the bell alone is trusted. */
  readonly pollEvery?: number;
}

/** A subscription over a store that can be read by position: what `EventStore.subscribe` promises. Reads on only when the consumer asks for more. */
export async function* follow(
  store: Pick<EventStore, 'head' | 'readAll'>,
  bell: Bell,
  after: bigint,
  { filter, signal, pollEvery }: Following,
): AsyncGenerator<Delivery> {
  let seen = after;
  let told = false;
  while (!signal.aborted) {
    const rings = bell.rings;
    const head = await store.head();
    if (head <= seen && told) {
      await bell.rung(rings, signal, pollEvery);
      continue;
    }
    const events = head > seen ? await store.readAll(seen, page, filter) : [];
    for (const event of events) {
      yield { is: 'event', event };
      seen = event.position;
      if (aborted(signal)) return;
    }
    if (events.length === page) continue;
    if (head > seen) seen = head;
    told = true;
    yield { is: 'caught-up', position: seen };
  }
}

// A function, because it changes while the consumer works.
const aborted = (signal: AbortSignal) => signal.aborted;
