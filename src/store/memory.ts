import { Bell } from './bell';
import { admit } from './door';
import { meet } from './expectation';
import {
  kindOf,
  type Appended,
  type Delivery,
  type EventStore,
  type Expected,
  type Filter,
  type NewEvent,
  type Reading,
  type Recorded,
} from './port';
import { follow } from './subscription';

export interface MemoryStoreOptions {
  /** Clock for `recordedAt`; when it goes back, `recordedAt` stands still. */
  readonly now: () => Date;
  /** Default: a fixed one. */
  readonly epoch?: string;
}

/** The store of pure tests: everything in memory, gone with the process. */
export class MemoryStore implements EventStore {
  private readonly events: Recorded[] = [];
  private readonly streams = new Map<string, Recorded[]>();
  private readonly bell = new Bell();

  constructor(private readonly options: MemoryStoreOptions) {}

  epoch(): Promise<string> {
    return Promise.resolve(this.options.epoch ?? '00000000-0000-4000-8000-000000000000');
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- what it throws has to be a rejection
  async append(stream: string, events: readonly NewEvent[], expected: Expected): Promise<Appended> {
    const written = admit(stream, events, expected);
    const standing = this.streams.get(stream) ?? [];
    const ids = written.map(({ id }) => id);
    if (meet(stream, expected, ids, standing.length - 1, (revision) => standing[revision]?.id) === 'repeated') {
      const last = standing[(expected === 'none' ? -1 : Number(expected)) + ids.length]!;
      return { revision: last.revision, position: last.position, recordedAt: last.recordedAt };
    }
    const now = this.options.now().toISOString();
    const newest = this.events.at(-1)?.recordedAt ?? now;
    for (const { id, type, data, metadata } of written) {
      const event: Recorded = {
        ...{ stream, id, type },
        revision: standing.length,
        position: BigInt(this.events.length + 1),
        recordedAt: now < newest ? newest : now,
        // As text and back, so that what is read is what any other store would give.
        data: JSON.parse(data) as NewEvent['data'],
        metadata: JSON.parse(metadata) as NewEvent['metadata'],
      };
      standing.push(event);
      this.events.push(event);
    }
    this.streams.set(stream, standing);
    this.bell.ring();
    return { revision: standing.length - 1, position: BigInt(this.events.length), recordedAt: this.events.at(-1)!.recordedAt };
  }

  read(stream: string, { from = 0, limit = Infinity }: Reading = {}): Promise<readonly Recorded[]> {
    return Promise.resolve((this.streams.get(stream) ?? []).slice(from, from + limit));
  }

  readAll(after: bigint, limit: number, filter: Filter = {}): Promise<readonly Recorded[]> {
    return Promise.resolve(this.above(after).filter(matching(filter)).slice(0, limit));
  }

  head(): Promise<bigint> {
    return Promise.resolve(BigInt(this.events.length));
  }

  countAfter(after: bigint, filter: Filter = {}): Promise<number> {
    return Promise.resolve(this.above(after).filter(matching(filter)).length);
  }

  subscribe(after: bigint, options: { filter?: Filter; signal: AbortSignal }): AsyncIterable<Delivery> {
    return follow(this, this.bell, after, options);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  // Positions are dense: an event stands at its position less one.
  private above(after: bigint): readonly Recorded[] {
    return this.events.slice(Number(after));
  }
}

/** Whether an event passes a filter. */
export const matching =
  ({ kinds, types }: Filter) =>
  (event: Recorded): boolean =>
    (kinds === undefined || kinds.includes(kindOf(event.stream))) && (types === undefined || types.includes(event.type));
