import { nameOf } from '../store/port';
import { type Counted, checkpointOf, OtherVersion } from './checkpoints';
import { type Lease, LeaseLost } from './leases';
import type { ReadModel } from './read-model';
import { countedBy, type Filling, Intake, type Sources } from './runner-intake';
import type { Loaded } from './runner-loading';
import { askRetryOfAll, EndsTheProcess, isPassing, mostAttempts, toRetry, type Waiting } from './runner-parking';
import type { Next, Tail } from './runner-tail';
import type { Skips } from './skips';

/** What all workers of a process share. */
export interface Surroundings extends Sources {
  readonly tail: Tail;
  readonly skips: Skips;
  /** Most events of a batch, and those with which its last command ends. */
  readonly batch: number;
  /** Attempts that may end the process are made one after the other, so that it is known which one did. */
  readonly suspects: Turns;
}

/** One after the other. */
export class Turns {
  private last: Promise<unknown> = Promise.resolve();

  take<Result>(work: () => Promise<Result>): Promise<Result> {
    const done = this.last.then(work);
    this.last = done.catch(() => undefined);
    return done;
  }
}

/** The database ended the session, since nothing came from this process for too long: as good as an end of the process. */
const stoodStill = (error: unknown) => (error as { code?: unknown }).code === '25P03';

/** A batch, with what it is about. */
interface Read extends Next {
  readonly loaded: Loaded;
}

/** Brings one filling of a read model forward, for as long as this process holds its lease. One thing at a time. */
export class Worker {
  private lease: Lease | undefined;
  private at: bigint | undefined;
  private counted: Counted | undefined;
  private retries = false;
  // Streams of which this process began another attempt, which did not end it.
  private readonly begun = new Set<string>();
  // How many events more are tried by themselves.
  private suspected = 0;
  // What was tried last, where the attempt ended in a way that says nothing about it.
  private blameless: string | undefined;
  // What is read while the batch before it is written.
  private ahead: { readonly after: bigint; readonly read: Promise<Read> } | undefined;
  private readonly turns = new Turns();
  private readonly intake: Intake;
  /** How many events it took in so far. */
  taken = 0;
  /** A newer release makes other rows: this process leaves them to it. */
  superseded = false;

  constructor(
    readonly readModel: ReadModel,
    readonly filling: Filling,
    private readonly around: Surroundings,
  ) {
    this.intake = new Intake(readModel, filling, around);
  }

  /** Name of its lease and of its checkpoint. */
  get key(): string {
    return this.filling.key;
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
    this.ahead = undefined;
    // The batch that whoever held it before was at may have ended that process.
    if (lease?.abandoned) this.suspected = this.around.batch;
  }

  /** Parked streams may have been asked for meanwhile. */
  lookForRetries(): void {
    this.retries = true;
  }

  /**
   * Takes in one batch.
   *
   * @returns whether there may be more at once
   * @throws LeaseLost, EpochChanged, OtherVersion, CheckpointMoved, and whatever the database or the store fail with: nothing was written then
   */
  step(): Promise<boolean> {
    return this.turns.take(async () => {
      const { lease } = this;
      if (!lease) return false;
      try {
        this.at ??= await this.begin(lease);
        if (this.retries) await this.retry(lease, this.at);
        const at = this.at;
        return await (this.suspected > 0 ? this.around.suspects.take(() => this.oneByOne(lease, at)) : this.batch(lease, at));
      } catch (error) {
        this.ahead = undefined;
        // Whether a commit that was not answered took place only the database knows.
        if (this.lease === lease) this.at = undefined;
        if (error instanceof LeaseLost && this.lease === lease) this.lease = undefined;
        if (error instanceof OtherVersion && error.isNewer) await this.leaveIt(lease);
        if (stoodStill(error)) this.suspected = this.around.batch;
        throw error;
      }
    });
  }

  /** What trying a parked stream again would come to; leaves nothing behind. */
  wouldTakeIn(waiting: Waiting, at: bigint): Promise<Error | undefined> {
    return this.intake.wouldTakeIn(waiting, at);
  }

  private async begin(lease: Lease): Promise<bigint> {
    const { store, leases } = this.around;
    const counted = countedBy(this.readModel, this.filling, await store.epoch());
    const position = await leases.whileHolding(lease, async (transaction) => {
      const found = await checkpointOf(transaction, counted);
      await askRetryOfAll(transaction, this.filling.parkedAs);
      return found;
    });
    this.counted = counted;
    this.retries = true;
    return position;
  }

  private async batch(lease: Lease, at: bigint): Promise<boolean> {
    const { events, upTo, more, loaded } = await (this.ahead?.after === at ? this.ahead.read : this.read(at));
    this.ahead = undefined;
    if (more && this.lease === lease) this.readAhead(upTo);
    if (events.length > 0) await this.intake.take(lease, this.counted!, at, loaded, upTo);
    else if (upTo > at) await this.around.skips.take(lease, this.counted!, at, upTo);
    this.cameTo(lease, upTo, events.length);
    return more;
  }

  private async read(after: bigint): Promise<Read> {
    const next = await this.around.tail.next(after, this.around.batch, this.readModel.filter);
    return { ...next, loaded: await this.intake.load(next.events) };
  }

  private readAhead(after: bigint): void {
    const read = this.read(after);
    // Told when it is its turn.
    read.catch(() => undefined);
    this.ahead = { after, read };
  }

  /** The next command's events alone, and put down beforehand; what ended the process too often is set aside. */
  private async oneByOne(lease: Lease, at: bigint): Promise<boolean> {
    const { events, upTo, more } = await this.around.tail.next(at, 1, this.readModel.filter);
    const [first] = events;
    if (!first) {
      this.suspected = 0;
      return this.batch(lease, at);
    }
    const what = nameOf(first);
    const attempts = await this.around.leases.trying(lease, what, this.blameless !== what);
    this.blameless = undefined;
    try {
      if (attempts <= mostAttempts) await this.intake.take(lease, this.counted!, at, await this.intake.load(events), upTo);
      else await this.intake.passOver(lease, this.counted!, at, events, upTo, new EndsTheProcess(attempts - 1), attempts - 1);
    } catch (error) {
      if (isPassing(error) && !stoodStill(error)) this.blameless = what;
      throw error;
    }
    this.suspected = Math.max(0, this.suspected - events.length);
    this.cameTo(lease, upTo, events.length);
    return more;
  }

  private async retry(lease: Lease, at: bigint): Promise<void> {
    const { pool, suspects } = this.around;
    for (const waiting of await toRetry(pool, this.filling.parkedAs, this.begun)) {
      this.begun.add(waiting.stream);
      await suspects.take(() => this.intake.retry(lease, waiting, at));
      this.begun.delete(waiting.stream);
    }
    this.retries = false;
  }

  private async leaveIt(lease: Lease): Promise<void> {
    this.superseded = true;
    if (this.lease === lease) this.lease = undefined;
    await this.around.leases.release([lease]);
  }

  private cameTo(lease: Lease, position: bigint, events: number): void {
    this.taken += events;
    if (this.lease === lease) this.at = position;
  }
}
