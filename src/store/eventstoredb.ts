import { randomUUID } from 'node:crypto';
import { admit } from './door';
import { EventStoreDbAppends } from './eventstoredb-append';
import { EventStoreDbConnection } from './eventstoredb-connection';
import { beginEpoch, epochOf } from './eventstoredb-epoch';
import { Moments } from './eventstoredb-moments';
import { EventStoreDbReads } from './eventstoredb-read';
import { followEventStoreDb } from './eventstoredb-subscription';
import { measured, type StoreInstruments } from './instruments';
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

export interface EventStoreDbStoreOptions {
  /** `esdb://[user:password@]host:2113[?tls=false]` or `esdb+discover://…`; EventStoreDB from 23.10 on, or KurrentDB. */
  readonly url: string;
  /** Milliseconds without an answer after which a call is given up (10,000). */
  readonly deadline?: number;
  /** Gives the times of recording; one for a process, however many stores it opens. */
  readonly moments?: Moments;
  readonly instruments?: StoreInstruments | undefined;
}

/** The event store in EventStoreDB or KurrentDB. A process opens one of them. Connects when first used. */
export class EventStoreDbStore implements EventStore {
  private readonly connection: EventStoreDbConnection;
  private readonly reads: EventStoreDbReads;
  private readonly appends: EventStoreDbAppends;
  private knownEpoch: Promise<string> | undefined;
  private readonly instruments: StoreInstruments;
  private closed = false;

  constructor({ url, deadline = 10_000, moments = new Moments(), instruments = {} }: EventStoreDbStoreOptions) {
    this.instruments = instruments;
    this.connection = new EventStoreDbConnection(url, deadline);
    this.reads = new EventStoreDbReads(this.connection, (recordedAt) => moments.saw(recordedAt));
    this.appends = new EventStoreDbAppends(this.connection, this.reads, moments);
  }

  // Asked once: whoever restores or copies a store starts its processes again.
  epoch(): Promise<string> {
    const known = (this.knownEpoch ??= epochOf(this.connection, this.reads, randomUUID));
    known.catch(() => (this.knownEpoch = undefined));
    return known;
  }

  /** Gives the store a new epoch: positions handed out before mean nothing here any more. For one restored from a backup or copied. */
  async renewEpoch(): Promise<string> {
    this.knownEpoch = undefined;
    return beginEpoch(this.connection, this.reads, randomUUID());
  }

  async append(stream: string, events: readonly NewEvent[], expected: Expected): Promise<Appended> {
    const written = admit(stream, events, expected);
    if (this.closed) throw new Unavailable('this store was closed');
    return measured(this.instruments, () => this.appends.append(stream, written, expected));
  }

  async read(stream: string, wanted?: Reading): Promise<readonly Recorded[]> {
    return this.reads.stream(stream, wanted);
  }

  readAll(after: bigint, limit: number, filter?: Filter): Promise<readonly Recorded[]> {
    return this.reads.all(after, limit, filter);
  }

  head(): Promise<bigint> {
    return this.reads.head();
  }

  countAfter(after: bigint, filter?: Filter): Promise<number> {
    return this.reads.countAfter(after, filter);
  }

  subscribe(after: bigint, options: { readonly filter?: Filter; readonly signal: AbortSignal }): AsyncIterable<Delivery> {
    return followEventStoreDb(this.connection, this.reads, after, options);
  }

  /** Waits for the appends under way. End subscriptions first: those left throw. */
  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    await this.appends.idle();
    await this.connection.close();
  }
}
