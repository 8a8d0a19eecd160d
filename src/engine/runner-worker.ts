import type { Pool, PoolClient } from 'pg';
import type { RuleBook } from '../kernel/rules';
import type { EventStore, Recorded } from '../store/port';
import { matching } from '../store/memory';
import { checkpointOf, moveCheckpoint, resetCheckpoint, skipAhead } from './checkpoints';
import { type Lease, LeaseLost, type Leases } from './leases';
import type { ReadModel, Touched } from './read-model';
import { byStream, type Histories, UnknownKind } from './runner-histories';
import { askRetry, attempt, isPassing, park, parkedAmong, type StreamParked, toRetry, unpark } from './runner-parking';
import type { Tail } from './runner-tail';

/** What all workers of a process share. */
export interface Surroundings {
  readonly pool: Pool;
  readonly store: EventStore;
  readonly leases: Leases;
  readonly tail: Tail;
  readonly histories: Histories;
  readonly rules: { load(names: Iterable<string>): Promise<RuleBook> };
  /** Most events of a batch, and those with which its last command ends. */
  readonly batch: number;
  /** Told of every stream that is set aside. */
  readonly report?: ((readModel: string, error: unknown) => void) | undefined;
}

/** A stream whose events cannot even be read, and why. */
interface Unreadable {
  readonly stream: string;
  readonly revision: number;
  readonly error: Error;
}

/** Brings one read model forward, for as long as this process holds its lease. One thing at a time. */
export class Worker {
  private lease: Lease | undefined;
  private at: bigint | undefined;
  private retries = false;
  private busy: Promise<unknown> = Promise.resolve();

  constructor(
    readonly readModel: ReadModel,
    private readonly around: Surroundings,
  ) {}

  /** Name of its lease and of its checkpoint. */
  get key(): string {
    return `read-model ${this.readModel.name}`;
  }
  get held(): Lease | undefined {
    return this.lease;
  }
  /** How far it has come, where this process brings it forward. */
  get position(): bigint | undefined {
    return this.lease && this.at;
  }

  /** It holds the lease from now on, or no more. */
  hold(lease: Lease | undefined): void {
    this.lease = lease;
    this.at = undefined;
  }

  /** Parked streams may have been asked for meanwhile. */
  lookForRetries(): void {
    this.retries = true;
  }

  /**
   * Takes in one batch.
   *
   * @returns whether there may be more at once
   * @throws LeaseLost, EpochChanged, and whatever the database or the store fail with: nothing was written then
   */
  step(): Promise<boolean> {
    return this.alone(async () => {
      const { lease } = this;
      if (!lease) return false;
      try {
        this.at ??= await this.begin();
        if (this.retries) await this.retry(lease, this.at);
        const next = await this.around.tail.next(this.at, this.around.batch, this.readModel.filter);
        if (next.events.length > 0) await this.take(lease, next.events, next.upTo);
        else if (next.upTo > this.at && !(await skipAhead(this.around.pool, this.key, this.at, next.upTo))) throw new LeaseLost(lease.name);
        if (this.lease === lease) this.at = next.upTo;
        return next.more;
      } catch (error) {
        // Whether a commit that was not answered took place only the database knows.
        if (this.lease === lease) this.at = undefined;
        if (error instanceof LeaseLost && this.lease === lease) this.lease = undefined;
        throw error;
      }
    });
  }

  /** Takes the lease from whoever holds it, empties the tables and begins again. */
  restart(): Promise<void> {
    return this.alone(async () => {
      const { leases, store } = this.around;
      this.hold(await leases.seize(this.key));
      const epoch = await store.epoch();
      await leases.whileHolding(this.lease!, async (transaction) => {
        for (const table of this.readModel.tables) await transaction.query(`delete from ${table}`);
        await transaction.query('delete from engine.parked where read_model = $1', [this.readModel.name]);
        await resetCheckpoint(transaction, this.key, epoch);
      });
    });
  }

  private async begin(): Promise<bigint> {
    const { pool, store } = this.around;
    const position = await checkpointOf(pool, this.key, await store.epoch());
    // This process may know how to take in what another could not.
    await askRetry(pool, this.readModel.name);
    this.retries = true;
    return position;
  }

  /** Rows, parked streams and checkpoint in one transaction. */
  private async take(lease: Lease, events: readonly Recorded[], upTo: bigint): Promise<void> {
    const { touched, unreadable } = await this.load(events);
    const book = await this.bookFor(touched);
    const { name } = this.readModel;
    const write = (apply: (touched: readonly Touched[], transaction: PoolClient, aside: StreamParked[]) => Promise<void>) =>
      this.parking(lease, async (transaction, aside) => {
        if (events.length > 0) {
          const waiting = await parkedAmong(
            transaction,
            name,
            [...touched, ...unreadable].map(({ stream }) => stream),
          );
          const awake = touched.filter(({ stream }) => !waiting.has(stream));
          if (awake.length > 0) await apply(awake, transaction, aside);
          for (const { stream, revision, error } of unreadable)
            if (!waiting.has(stream)) aside.push(await park(transaction, name, stream, revision, error));
        }
        await moveCheckpoint(transaction, this.key, upTo);
      });
    try {
      await write((awake, transaction) => this.readModel.apply({ touched: awake, upTo, book }, transaction));
    } catch (error) {
      if (error instanceof LeaseLost || isPassing(error) || touched.length === 0) throw error;
      await write(async (awake, transaction, aside) => {
        for (const one of awake) {
          const failure = await attempt(transaction, () => this.readModel.apply({ touched: [one], upTo, book }, transaction));
          if (failure) aside.push(await park(transaction, name, one.stream, one.events[0]!.revision, failure));
        }
      });
    }
  }

  private async retry(lease: Lease, at: bigint): Promise<void> {
    const { pool, store } = this.around;
    const { name, filter } = this.readModel;
    for (const { stream, revision } of await toRetry(pool, name)) {
      const waiting = (await store.read(stream, { from: revision })).filter(({ position }) => position <= at).filter(matching(filter));
      const { touched, unreadable } = await this.load(waiting);
      const book = await this.bookFor(touched);
      await this.parking(lease, async (transaction, aside) => {
        const failure =
          unreadable[0]?.error ?? (await attempt(transaction, () => this.readModel.apply({ touched, upTo: at, book }, transaction)));
        if (failure) aside.push(await park(transaction, name, stream, revision, failure));
        else await unpark(transaction, name, [stream]);
      });
    }
    this.retries = false;
  }

  /** One transaction; what it sets aside is told once it is committed. */
  private async parking(lease: Lease, work: (transaction: PoolClient, aside: StreamParked[]) => Promise<void>): Promise<void> {
    const aside: StreamParked[] = [];
    await this.around.leases.whileHolding(lease, (transaction) => work(transaction, aside));
    for (const each of aside) this.around.report?.(this.readModel.name, each);
  }

  private async load(events: readonly Recorded[]): Promise<{ touched: readonly Touched[]; unreadable: readonly Unreadable[] }> {
    const touched: Touched[] = [];
    const unreadable: Unreadable[] = [];
    for (const [stream, own] of byStream(events)) {
      try {
        touched.push(await this.around.histories.touched(stream, own));
      } catch (error) {
        if (!(error instanceof UnknownKind)) throw error;
        unreadable.push({ stream, revision: own[0]!.revision, error });
      }
    }
    return { touched, unreadable };
  }

  private bookFor(touched: readonly Touched[]): Promise<RuleBook> {
    return this.around.rules.load(
      new Set(touched.flatMap(({ history }) => history.flatMap(({ rules }) => (rules === undefined ? [] : [rules])))),
    );
  }

  private alone<Result>(work: () => Promise<Result>): Promise<Result> {
    const done = this.busy.then(work);
    this.busy = done.catch(() => undefined);
    return done;
  }
}
