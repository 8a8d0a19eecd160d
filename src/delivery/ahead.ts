import type { Pool, PoolClient } from 'pg';
import type { EventStore, Recorded } from '../store/port';
import type { Entry } from './claims-rows';
import { Chunks } from './chunks';
import { type EventFilter, passing, storeFilter } from './event-filter';
import { stretch } from './feed';
import type { Subscribed } from './subscribed';

/** Events of a stretch of the log that pass: all of them up to a position. */
export interface Known {
  readonly events: readonly Recorded[];
  readonly upTo: bigint;
}
interface Kept extends Known {
  readonly key: string;
  readonly after: bigint;
  /** What comes after it, where that is on its way; nothing where it was the end of the log. */
  following?: Promise<Known | undefined>;
}

const readAhead = 1_000;

/** What of the log was read for subscriptions before it is handed out. */
export class Ahead {
  private readonly ahead = new Map<string, Kept>();

  constructor(private readonly store: Pick<EventStore, 'epoch' | 'head' | 'read' | 'readAll'>) {}

  /** The next after a position, from what was read ahead as far as it goes. @param queries see `Chunks` */
  async next({ id, filter }: Subscribed, after: bigint, most: number, queries: Pool | PoolClient): Promise<Known> {
    const key = JSON.stringify(filter);
    let known = this.ahead.get(id);
    if (!known || known.key !== key || after < known.after || after >= known.upTo) {
      const following = known?.key === key && known.upTo === after ? await known.following : undefined;
      known = {
        key,
        after,
        ...(following ?? (await this.further(after, Math.max(most, readAhead), filter, new Chunks(queries, this.store)))),
      };
      this.ahead.set(id, known);
    }
    const first = known.events.findIndex(({ position }) => position > after);
    const events = first < 0 ? [] : known.events.slice(first, first + most);
    // Where so many came, more do: they are read while these are handed out, without the index, which could pass over little.
    if (known.events.length >= readAhead && first > readAhead / 2)
      known.following ??= this.further(known.upTo, readAhead, filter).then(
        (found) => (found.events.length > 0 ? found : undefined),
        () => undefined,
      );
    return { events, upTo: first >= 0 && first + most < known.events.length ? events.at(-1)!.position : known.upTo };
  }

  /** Where something passes, the end of the log need not be known. */
  private async further(after: bigint, limit: number, filter: EventFilter, chunks?: Chunks): Promise<Known> {
    if (chunks && filter.dimensions) return stretch(this.store, after, limit, filter, chunks);
    const events = await this.store.readAll(after, limit, storeFilter(filter));
    const passed = await passing(this.store, events, filter);
    return passed.length > 0 ? { events: passed, upTo: events.at(-1)!.position } : stretch(this.store, after, limit, filter);
  }

  /** Those at some places, by position; from the store where they were not read ahead. */
  async eventsOf({ id }: Subscribed, entries: readonly Entry[]): Promise<ReadonlyMap<bigint, Recorded>> {
    const known = new Map((this.ahead.get(id)?.events ?? []).map((event) => [event.position, event]));
    const missing = new Map<string, number[]>();
    for (const { stream, revision, position } of entries)
      if (!known.has(position)) missing.set(stream, [...(missing.get(stream) ?? []), revision]);
    await Promise.all(
      [...missing].map(async ([stream, revisions]) => {
        const from = Math.min(...revisions);
        for (const event of await this.store.read(stream, { from, limit: Math.max(...revisions) - from + 1 }))
          known.set(event.position, event);
      }),
    );
    return known;
  }
}
