import { admit } from './door';
import { meet } from './expectation';
import { matching } from './memory';
import {
  Unavailable,
  type Appended,
  type Delivery,
  type EventStore,
  type Expected,
  type Filter,
  type NewEvent,
  type Reading,
  type Recorded,
} from './port';

/**
 * What would be recorded, on top of what is: reads fall through to the base, appends stay here and are gone with this object. It takes
 * the base's head for fixed once something was appended, so it is for a dry run, not for a session. No subscriptions.
 */
export class OverlayStore implements EventStore {
  private readonly own: Recorded[] = [];
  private readonly streams = new Map<string, Recorded[]>();
  private readonly standing = new Map<string, Promise<readonly Recorded[]>>();
  private baseHead: Promise<bigint> | undefined;

  /** @param now clock for `recordedAt` of what is appended here */
  constructor(
    private readonly base: EventStore,
    private readonly now: () => Date = () => new Date(),
  ) {}

  epoch(): Promise<string> {
    return this.base.epoch();
  }

  async append(stream: string, events: readonly NewEvent[], expected: Expected): Promise<Appended> {
    const written = admit(stream, events, expected);
    const head = await (this.baseHead ??= this.base.head());
    // One reading for all: appends that overlap must not each take the stream for what it was.
    let reading = this.standing.get(stream);
    if (!reading) this.standing.set(stream, (reading = this.base.read(stream)));
    const below = await reading;
    const own = this.streams.get(stream) ?? [];
    const all = [...below, ...own];
    const ids = written.map(({ id }) => id);
    if (meet(stream, expected, ids, all.length - 1, (revision) => all[revision]?.id) === 'repeated') {
      const last = all[(expected === 'none' ? -1 : Number(expected)) + ids.length]!;
      return { revision: last.revision, position: last.position, recordedAt: last.recordedAt };
    }
    const recordedAt = this.now().toISOString();
    for (const [index, { id, type, data, metadata }] of written.entries()) {
      const event: Recorded = {
        ...{ stream, id, type, recordedAt },
        revision: all.length + index,
        position: head + BigInt(this.own.length + 1),
        data: JSON.parse(data) as NewEvent['data'],
        metadata: JSON.parse(metadata) as NewEvent['metadata'],
      };
      own.push(event);
      this.own.push(event);
    }
    this.streams.set(stream, own);
    const last = this.own.at(-1)!;
    return { revision: last.revision, position: last.position, recordedAt: last.recordedAt };
  }

  async read(stream: string, reading: Reading = {}): Promise<readonly Recorded[]> {
    const own = this.streams.get(stream);
    if (!own) return this.base.read(stream, reading);
    const { from = 0, limit = Infinity } = reading;
    const below = await this.standing.get(stream)!;
    return [...below, ...own].slice(from, from + limit);
  }

  async readAll(after: bigint, limit: number, filter: Filter = {}): Promise<readonly Recorded[]> {
    if (this.baseHead === undefined) return this.base.readAll(after, limit, filter);
    const head = await this.baseHead;
    const below = after < head ? (await this.base.readAll(after, limit, filter)).filter((event) => event.position <= head) : [];
    return [...below, ...this.own.filter((event) => event.position > after).filter(matching(filter))].slice(0, limit);
  }

  async head(): Promise<bigint> {
    return this.own.at(-1)?.position ?? (await this.base.head());
  }

  async countAfter(after: bigint, filter: Filter = {}): Promise<number> {
    const own = this.own.filter((event) => event.position > after).filter(matching(filter)).length;
    if (this.baseHead === undefined) return this.base.countAfter(after, filter);
    const head = await this.baseHead;
    const below = after < head ? (await this.base.countAfter(after, filter)) - (await this.base.countAfter(head, filter)) : 0;
    return below + own;
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- there is nothing to wait for
  async *subscribe(): AsyncGenerator<Delivery> {
    throw new Unavailable('a dry run has no subscriptions');
  }

  /** Leaves the base open: it belongs to somebody else. */
  close(): Promise<void> {
    return Promise.resolve();
  }
}
