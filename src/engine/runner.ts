import { CheckpointMoved, checkpoints, EpochChanged, OtherVersion } from './checkpoints';
import { LeaseLost, Leases } from './leases';
import { Histories } from './runner-histories';
import { askRetry, drop, isStale, parked, type Parked } from './runner-parking';
import { serving } from './runner-intake';
import type { RunnerOptions } from './runner-options';
import { type Progress, Rebuild } from './runner-rebuild';
import { type Tried, wouldRetry } from './runner-trying';
import { type ReadModelStatus, statusOf } from './runner-status';
import { Tail } from './runner-tail';
import { type Surroundings, Turns, Worker } from './runner-worker';
import { Skips } from './skips';

const longestPause = 5_000;

/**
 * Brings read models forward. Any number of processes may run one over the same database: each read model is brought forward by
 * the one that holds its lease.
 */
export class Runner {
  private readonly workers: readonly Worker[];
  private readonly around: Surroundings;
  private readonly leases: Leases;
  private readonly tail: Tail;
  private readonly troubles = new Map<string, string>();
  private running: { readonly stopping: AbortController; readonly done: Promise<unknown> } | undefined;

  constructor(private readonly options: RunnerOptions) {
    const { pool, store, lifecycles, rules, readModels, owner, timing, leaseLife, writing, batch = 1_000 } = options;
    this.leases = new Leases(pool, owner, leaseLife, writing);
    this.tail = new Tail(store, timing, options.listener);
    const histories = new Histories(store, lifecycles);
    const { leases, tail } = this;
    const skips = new Skips(pool);
    this.around = { pool, store, rules, batch, histories, leases, tail, skips, suspects: new Turns(), report: options.report };
    this.workers = readModels.map((readModel) => new Worker(readModel, serving(readModel), this.around));
  }

  /** Follows the store until `stop`. */
  start(): void {
    if (this.running) return;
    const stopping = new AbortController();
    const { signal } = stopping;
    const done = Promise.all([
      this.tail.follow(signal, (error) => this.options.report?.(undefined, error)),
      this.beat(signal),
      ...this.workers.map((worker) => this.follow(worker, signal)),
    ]);
    this.running = { stopping, done };
  }

  /** Finishes the batches at hand and lets others have the leases. */
  async stop(): Promise<void> {
    const { running } = this;
    if (!running) return;
    this.running = undefined;
    running.stopping.abort();
    this.tail.wake();
    await running.done;
    await this.letGo(this.workers);
  }

  /**
   * Returns once everything recorded up to now is covered, here or by whoever holds the leases.
   *
   * @throws EpochChanged when a read model belongs to another store
   */
  async catchUp(names?: readonly string[]): Promise<void> {
    const workers = names ? names.map((name) => this.workerOf(name)) : this.workers;
    const head = await this.options.store.head();
    const outcomes = await Promise.allSettled(workers.map((worker) => this.cover(worker, head)));
    if (!this.running) await this.letGo(workers);
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
  }

  /**
   * Fills a read model anew; the old rows are read, and brought forward, until the new ones take their place.
   *
   * @throws RebuildElsewhere, and whatever the database or the store fail with: run again, it goes on
   */
  async rebuild(name: string, told?: (progress: Progress) => void): Promise<void> {
    await new Rebuild(this.workerOf(name).readModel, this.around, this.options.timing).run(told);
    this.troubles.delete(name);
  }

  /**
   * Waits until read models show what was recorded up to a position, so that whoever wrote can read it.
   *
   * @returns false when it took longer than `ms`
   */
  async caughtUp(
    position: bigint,
    ms: number,
    names: readonly string[] = this.workers.map(({ readModel }) => readModel.name),
  ): Promise<boolean> {
    const workers = names.map((name) => this.workerOf(name));
    const deadline = new AbortController();
    let late = false;
    const timeout = this.options.timing.sleep(ms, deadline.signal).then(() => (late = true));
    try {
      for (let pause = 5; ; pause = Math.min(2 * pause, 200)) {
        if (await this.covered(workers, position)) return true;
        if (isTrue(late)) return false;
        await Promise.race([timeout, this.options.timing.sleep(pause, deadline.signal)]);
      }
    } finally {
      deadline.abort();
    }
  }

  /** Milliseconds a lease lasts without a sign of life. */
  get leaseLife(): number {
    return this.leases.life;
  }

  status(): Promise<readonly ReadModelStatus[]> {
    return statusOf(this.options.pool, this.options.store, this.workers, this.troubles, this.leases.life);
  }

  /** Whether what a read model says of a stream is out of date until somebody has looked after it. */
  isStale(readModel: string, stream: string): Promise<boolean> {
    return isStale(this.options.pool, readModel, stream);
  }

  /** What trying parked streams of a read model again would come to, each; leaves nothing behind. */
  wouldRetry(readModel: string, stream?: string): Promise<readonly Tried[]> {
    return wouldRetry(this.workerOf(readModel), this.around, stream);
  }

  /** What is set aside, oldest first. */
  parked(readModel?: string): Promise<readonly Parked[]> {
    return parked(this.options.pool, readModel);
  }

  /**
   * Has a parked stream, or all, tried again at the next heartbeat or `catchUp`.
   *
   * @returns how many are
   */
  async retry(readModel: string, stream?: string): Promise<number> {
    const worker = this.workerOf(readModel);
    const asked = await askRetry(this.options.pool, readModel, stream);
    worker.lookForRetries();
    return asked;
  }

  /**
   * Gives a parked stream up: the read model takes it up again with its next event.
   *
   * @returns whether it was parked
   */
  drop(readModel: string, stream: string, because: string): Promise<boolean> {
    this.workerOf(readModel);
    return drop(this.options.pool, readModel, stream, because);
  }

  private async cover(worker: Worker, head: bigint): Promise<void> {
    const never = new AbortController().signal;
    for (;;) {
      if (!worker.held) worker.hold((await this.leases.take([worker.key]))[0]);
      if (worker.held) {
        try {
          const since = this.tail.rings;
          if (!(await this.step(worker))) {
            if ((worker.position ?? -1n) >= head) return;
            // A process that follows the log takes events in as it hears of them, and has yet to hear of the last.
            await this.tail.beyond(worker.position, since, longestPause);
          }
          continue;
        } catch (error) {
          if (!(error instanceof LeaseLost)) throw error;
        }
      }
      if (await this.covered([worker], head)) return;
      await this.options.timing.sleep(100, never);
    }
  }

  private async follow(worker: Worker, signal: AbortSignal): Promise<void> {
    const { name } = worker.readModel;
    let failures = 0;
    while (!signal.aborted) {
      const since = this.tail.rings;
      try {
        const more = worker.held ? await this.step(worker) : false;
        failures = 0;
        if (worker.held) this.troubles.delete(name);
        if (!more) await this.tail.beyond(worker.position, since, longestPause);
      } catch (error) {
        if (this.troubles.get(name) !== String(error)) this.options.report?.(name, error);
        this.troubles.set(name, String(error));
        const pause = error instanceof EpochChanged ? longestPause : Math.min(100 * 2 ** failures, longestPause);
        failures += 1;
        await this.options.timing.sleep(pause, signal);
      }
    }
  }

  /** One batch. What another release left behind is filled anew first; what a rebuild moved is taken up where it is. */
  private async step(worker: Worker): Promise<boolean> {
    try {
      return await worker.step();
    } catch (error) {
      if (error instanceof CheckpointMoved) return true;
      if (!(error instanceof OtherVersion) || error.isNewer) throw error;
      await this.rebuild(worker.readModel.name);
      return true;
    }
  }

  private async beat(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        const lost = await this.leases.renew(this.workers.flatMap(({ held }) => held ?? []));
        for (const worker of this.workers)
          if (lost.some(({ name, token }) => name === worker.held?.name && token === worker.held.token)) worker.hold(undefined);
        const taken = await this.leases.take(this.workers.filter(({ held, superseded }) => !held && !superseded).map(({ key }) => key));
        for (const lease of taken) this.workers.find(({ key }) => key === lease.name)!.hold(lease);
        for (const worker of this.workers) worker.lookForRetries();
        this.tail.wake();
      } catch (error) {
        this.options.report?.(undefined, error);
      }
      await this.options.timing.sleep(this.leases.life / 3, signal);
    }
  }

  private async covered(workers: readonly Worker[], position: bigint): Promise<boolean> {
    const elsewhere = workers.filter((worker) => (worker.position ?? -1n) < position).map(({ key }) => key);
    if (elsewhere.length === 0) return true;
    const known = await checkpoints(this.options.pool, elsewhere, await this.options.store.epoch());
    return elsewhere.every((key) => (known.get(key) ?? -1n) >= position);
  }

  private async letGo(workers: readonly Worker[]): Promise<void> {
    const leases = workers.flatMap(({ held }) => held ?? []);
    for (const worker of workers) worker.hold(undefined);
    await this.leases.release(leases);
  }

  private workerOf(name: string): Worker {
    const found = this.workers.find(({ readModel }) => readModel.name === name);
    if (!found) throw new Error(`there is no read model ${name}`);
    return found;
  }
}

// A function, because it changes while others are waited for.
const isTrue = (value: boolean) => value;
