import type { Pool, PoolClient } from 'pg';
import type { RuleBook } from '../kernel/rules';
import { borrowed } from '../store/borrowed';
import { matching } from '../store/memory';
import type { EventStore, Recorded } from '../store/port';
import { type Counted, moveCheckpoint } from './checkpoints';
import { type Lease, LeaseLost, type Leases } from './leases';
import type { ReadModel, Touched } from './read-model';
import { bookFor, loaded, type Loaded, type Loading } from './runner-loading';
import { attempt, beginAttempt, isPassing, park, parkedAmong, type StreamParked, unpark, type Waiting } from './runner-parking';
import { asItIs, besideIt, type TableName } from './runner-tables';

/** Which rows of a read model are filled, and under which names it is put down how far they are. */
export interface Filling {
  /** Name of its lease and of its checkpoint. */
  readonly key: string;
  /** Name of what it sets aside. */
  readonly parkedAs: string;
  readonly table: TableName;
}
/** The rows that are read. */
export const serving = ({ name }: ReadModel): Filling => ({ key: `read-model ${name}`, parkedAs: name, table: asItIs });
/** Those that will take their place: of its own tables; in those of others it writes as ever. */
export const next = ({ name, tables }: ReadModel): Filling => ({
  key: `rebuild ${name}`,
  parkedAs: `rebuild ${name}`,
  table: (table) => (tables.includes(table) ? besideIt(table) : asItIs(table)),
});

/** What the checkpoint of a filling counts. */
export const countedBy = ({ version = 1 }: ReadModel, { key }: Filling, epoch: string): Counted => ({ name: key, epoch, version });

/** What an intake needs of its process. */
export interface Sources extends Loading {
  readonly pool: Pool;
  readonly store: EventStore;
  readonly leases: Leases;
  /** Told of every stream that is set aside. */
  readonly report?: ((readModel: string, error: unknown) => void) | undefined;
}

type Write = (touched: readonly Touched[], transaction: PoolClient, aside: StreamParked[]) => Promise<void>;

/** Takes events into the rows of a read model, each batch in a transaction of its own. */
export class Intake {
  constructor(
    private readonly readModel: ReadModel,
    private readonly filling: Filling,
    private readonly from: Sources,
  ) {}

  /** Rows, parked streams and checkpoint in one transaction. */
  async take(lease: Lease, counted: Counted, after: bigint, loaded: Loaded, upTo: bigint): Promise<void> {
    const book = await bookFor(this.from, loaded.touched);
    const whole: Write = (awake, transaction) => this.apply(awake, upTo, book, transaction);
    const singly: Write = async (awake, transaction, aside) => {
      for (const one of awake) {
        const error = await attempt(transaction, () => this.apply([one], upTo, book, transaction));
        const { stream, events } = one;
        if (error) aside.push(await park(transaction, this.filling.parkedAs, { stream, revision: events[0]!.revision, error }));
      }
    };
    const write = (how: Write) => this.write(lease, loaded, how, (transaction) => moveCheckpoint(transaction, counted, after, upTo));
    try {
      await write(whole);
    } catch (error) {
      if (error instanceof LeaseLost || isPassing(error) || loaded.touched.length === 0) throw error;
      await write(singly);
    }
  }

  /** Sets the stream of these events aside without looking at them, and goes on behind them. */
  async passOver(lease: Lease, counted: Counted, after: bigint, [first]: readonly Recorded[], upTo: bigint, why: Error, attempts: number) {
    const unreadable = [{ stream: first!.stream, revision: first!.revision, error: why, attempts }];
    await this.write(
      lease,
      { touched: [], unreadable },
      () => Promise.resolve(),
      (transaction) => moveCheckpoint(transaction, counted, after, upTo),
    );
  }

  /** Counts the attempt, then makes it. */
  async retry(lease: Lease, waiting: Waiting, at: bigint): Promise<void> {
    const { parkedAs } = this.filling;
    const { stream } = waiting;
    await this.from.leases.whileHolding(lease, (transaction) => beginAttempt(transaction, parkedAs, stream));
    const again = await this.again(waiting, at);
    await this.parking(lease, async (transaction, aside) => {
      const error = await again(transaction);
      if (error) aside.push(await park(transaction, parkedAs, { ...waiting, error }));
      else await unpark(transaction, parkedAs, stream);
    });
  }

  /** What a retry would come to; leaves nothing behind. */
  async wouldTakeIn(waiting: Waiting, at: bigint): Promise<Error | undefined> {
    const again = await this.again(waiting, at);
    return borrowed(this.from.pool, async (client) => {
      await client.query('begin isolation level read committed');
      const error = await again(client);
      await client.query('rollback');
      return error;
    });
  }

  private async again({ stream, revision }: Waiting, at: bigint): Promise<(transaction: PoolClient) => Promise<Error | undefined>> {
    const events = (await this.from.store.read(stream, { from: revision }))
      .filter(({ position }) => position <= at)
      .filter(matching(this.readModel.filter));
    const { touched, unreadable } = await this.load(events);
    const book = await bookFor(this.from, touched);
    return async (transaction) => unreadable[0]?.error ?? (await attempt(transaction, () => this.apply(touched, at, book, transaction)));
  }

  private apply(touched: readonly Touched[], upTo: bigint, book: RuleBook, transaction: PoolClient): Promise<void> {
    return this.readModel.apply({ touched, upTo, book, table: this.filling.table }, transaction);
  }

  private write(
    lease: Lease,
    { touched, unreadable }: Loaded,
    how: Write,
    then: (transaction: PoolClient) => Promise<void>,
  ): Promise<void> {
    const { parkedAs } = this.filling;
    return this.parking(lease, async (transaction, aside) => {
      const streams = [...touched, ...unreadable].map(({ stream }) => stream);
      const waiting = await parkedAmong(transaction, parkedAs, streams);
      const awake = touched.filter(({ stream }) => !waiting.has(stream));
      if (awake.length > 0) await how(awake, transaction, aside);
      for (const each of unreadable) if (!waiting.has(each.stream)) aside.push(await park(transaction, parkedAs, each));
      await then(transaction);
    });
  }

  /** One transaction; what it sets aside is told once it is committed. */
  private async parking(lease: Lease, work: (transaction: PoolClient, aside: StreamParked[]) => Promise<void>): Promise<void> {
    const aside: StreamParked[] = [];
    await this.from.leases.whileHolding(lease, (transaction) => work(transaction, aside));
    for (const each of aside) this.from.report?.(this.filling.parkedAs, each);
  }

  load(events: readonly Recorded[]): Promise<Loaded> {
    return loaded(this.from, events);
  }
}
