import type { ClientConfig } from 'pg';
import { Bell } from './bell';
import { admit, isStorable } from './door';
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
import { appendSettings, channel } from './postgres-append';
import { Batches } from './postgres-batches';
import { Classes } from './postgres-classes';
import { Connection } from './postgres-connection';
import { Readers } from './postgres-read';
import { follow } from './subscription';

export interface PostgresStoreOptions {
  /** Of a database that was migrated. */
  readonly url: string;
  /** Statements that append at the same time (2): while one commits the other is prepared. */
  readonly lanes?: number;
  /** Connections for reading (4). */
  readonly readers?: number;
  /** Milliseconds without an answer after which a connection is given up (15,000). */
  readonly deadline?: number;
  /** Milliseconds after which a subscription looks again although it heard nothing (500). */
  readonly pollEvery?: number;
  readonly instruments?: StoreInstruments | undefined;
}

/**
 * A client that freezes, or a network that does, between a statement and the message that commits it would keep the counter locked for
 * everybody: the server ends such a session, as long as it can (from 17 on).
 */
const limit = (milliseconds: number) =>
  `select set_config(name, '${milliseconds}', false) from pg_settings where name = 'transaction_timeout'`;

/** The event store in PostgreSQL: dense positions in the order of commits, and group commit. Connects when first used. */
export class PostgresStore implements EventStore {
  private readonly lanes: readonly Connection[];
  private readonly listener: Connection;
  private readonly batches: Batches;
  private knownEpoch: Promise<string> | undefined;
  private readonly readers: Readers;
  private readonly bell = new Bell();
  private readonly pollEvery: number;
  private readonly instruments: StoreInstruments;
  private closed = false;

  constructor({ url, lanes = 2, readers = 4, deadline = 15_000, pollEvery = 500, instruments = {} }: PostgresStoreOptions) {
    const config: ClientConfig = { connectionString: url, application_name: 'puente store' };
    const ring = () => this.bell.ring();
    const classes = new Classes();
    this.pollEvery = pollEvery;
    this.instruments = instruments;
    const settings = [...appendSettings, limit(2 * deadline)];
    this.lanes = Array.from({ length: lanes }, () => new Connection({ config, settings, deadline }));
    this.listener = new Connection({ config, settings: [`listen ${channel}`], deadline, onNotice: ring });
    this.batches = new Batches(this.lanes, classes, ring, instruments.batched);
    this.readers = new Readers({ ...config, max: readers, connectionTimeoutMillis: deadline, query_timeout: deadline }, classes);
  }

  // Asked once: whoever restores or copies a store starts its processes again.
  epoch(): Promise<string> {
    const known = (this.knownEpoch ??= this.readers.epoch());
    known.catch(() => (this.knownEpoch = undefined));
    return known;
  }

  async append(stream: string, events: readonly NewEvent[], expected: Expected): Promise<Appended> {
    const written = admit(stream, events, expected);
    if (this.closed) throw new Unavailable('this store was closed');
    return measured(this.instruments, () => this.batches.append({ stream, expected, events: written }));
  }

  async read(stream: string, wanted: Reading = {}): Promise<readonly Recorded[]> {
    return isStorable(stream) ? this.readers.stream(stream, wanted) : [];
  }

  readAll(after: bigint, limit: number, filter?: Filter): Promise<readonly Recorded[]> {
    return this.readers.all(after, limit, filter);
  }

  head(): Promise<bigint> {
    return this.readers.head();
  }

  countAfter(after: bigint, filter?: Filter): Promise<number> {
    return this.readers.countAfter(after, filter);
  }

  async *subscribe(after: bigint, options: { filter?: Filter; signal: AbortSignal }): AsyncGenerator<Delivery> {
    const source = {
      head: () => {
        // Notifications are hints: when they cannot be heard, polling goes on, and each round tries to listen again.
        void this.listener.open().catch(() => undefined);
        return this.readers.head();
      },
      readAll: (from: bigint, limit: number, filter?: Filter) => this.readers.all(from, limit, filter),
    };
    yield* follow(source, this.bell, after, { ...options, pollEvery: this.pollEvery });
  }

  /** Waits for the appends under way. End subscriptions first: those left throw. */
  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    await this.batches.idle();
    await Promise.all([...this.lanes, this.listener].map((connection) => connection.close()));
    await this.readers.close();
  }
}
