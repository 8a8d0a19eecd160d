import { BehaviorSubject, filter as where, firstValueFrom } from 'rxjs';
import type { Timing } from '../engine/runner-tail';
import type { EventStore, Recorded } from '../store/port';
import type { Chunks } from './chunks';
import { type EventFilter, passing, storeFilter } from './event-filter';
import type { Live } from './live';

/** A stretch of the log as one reader gets it. */
export interface Stretch {
  readonly events: readonly Recorded[];
  /** Nothing that passes lies between the last of the events and this position. */
  readonly upTo: bigint;
  /** There may be more at once. */
  readonly more: boolean;
}

/** Events looked at for one stretch: one of a filter that lets little through ends early, and says how far it came. */
const mostLookedAt = 5_000;
const atATime = 500;

type Log = Pick<EventStore, 'head' | 'read' | 'readAll'>;

/** Of some streams: read by themselves, up to where the log had come before the first was read. */
const stretchOf = async (
  store: Log,
  streams: readonly string[],
  { after, head, limit }: { readonly after: bigint; readonly head: bigint; readonly limit: number },
  filter: EventFilter,
): Promise<Stretch> => {
  const read = await Promise.all(streams.map((stream) => store.read(stream)));
  const ahead = read
    .flat()
    .filter(({ position }) => position > after && position <= head)
    .sort((one, other) => (one.position < other.position ? -1 : 1));
  const passed = await passing(store, ahead, filter);
  const events = passed.slice(0, limit);
  const more = events.length < passed.length;
  return { events, upTo: more ? events.at(-1)!.position : head, more };
};

/**
 * The next events after a position that pass a filter: at most `limit`.
 *
 * Costs what the streams hold where the filter names some; otherwise what the events cost that the store cannot leave out by itself
 * (lifecycles and types it can), at most 5,000 of them.
 * @param chunks passes over chunks of the log without what a filter by dimension asks for; they are looked at where it is left out
 */
export const stretch = async (store: Log, after: bigint, limit: number, filter: EventFilter, chunks?: Chunks): Promise<Stretch> => {
  // Before the events: what becomes visible in between is not passed over.
  const head = await store.head();
  if (filter.streams && head > after) return stretchOf(store, filter.streams, { after, head, limit }, filter);
  const { dimensions } = filter;
  const index = dimensions && chunks;
  const wanted = index ? index.size : Math.min(atATime, Math.max(limit, 20));
  const found: Recorded[] = [];
  let at = after;
  for (let looked = 0; head > at && looked < mostLookedAt;) {
    if (index) at = await index.past(at, dimensions);
    const events = await store.readAll(at, wanted, storeFilter(filter));
    looked += events.length;
    for (const event of await passing(store, events, filter)) {
      if (found.length === limit) return { events: found, upTo: found.at(-1)!.position, more: true };
      found.push(event);
    }
    at = events.at(-1)?.position ?? at;
    if (events.length < wanted) return { events: found, upTo: at > head ? at : head, more: false };
  }
  return { events: found, upTo: at, more: at < head };
};

/** The log, for readers who keep their own position. */
export class Feed {
  constructor(
    readonly store: EventStore,
    readonly live: Live,
    private readonly timing: Timing,
    private readonly chunks: Chunks,
  ) {}

  next(after: bigint, limit: number, filter: EventFilter): Promise<Stretch> {
    return stretch(this.store, after, limit, filter, this.chunks);
  }

  /**
   * The same; where nothing passes yet, once something does.
   * @param ms how long to wait for it
   * @param gone whoever waits has left
   */
  async awaited(after: bigint, limit: number, filter: EventFilter, ms: number, gone: AbortSignal): Promise<Stretch> {
    const known = new BehaviorSubject(after);
    const listening = this.live.news.subscribe(({ upTo }) => known.next(upTo));
    const enough = new AbortController();
    const leave = () => enough.abort();
    gone.addEventListener('abort', leave, { once: true });
    const late = this.timing.sleep(ms, enough.signal).then(() => true);
    try {
      for (let at = after; ;) {
        const found = await this.next(at, limit, filter);
        at = found.upTo;
        if (found.events.length > 0 || gone.aborted) return found;
        const news = found.more ? Promise.resolve(at) : firstValueFrom(known.pipe(where((upTo) => upTo > at)), { defaultValue: at });
        if (await Promise.race([news.then(() => false), late])) return { events: [], upTo: at, more: found.more };
      }
    } finally {
      listening.unsubscribe();
      known.complete();
      gone.removeEventListener('abort', leave);
      enough.abort();
    }
  }
}
