import type { PoolClient } from 'pg';
import { type Counted, renameCheckpoint, resetCheckpoint, storedCheckpoint } from './checkpoints';
import { type Lease, LeaseLost } from './leases';
import type { ReadModel } from './read-model';
import { countedBy, next, serving } from './runner-intake';
import { isNextAlike, lockTables, makeNext, putInPlace } from './runner-tables';
import type { Timing } from './runner-tail';
import { type Surroundings, Worker } from './runner-worker';

/** How many of the events that were there when it began, or was gone on with, are taken in. */
export interface Progress {
  readonly done: number;
  readonly total: number;
}

/** Another process is at it, or ended moments ago in the middle of it. */
export class RebuildElsewhere extends Error {
  constructor(readonly readModel: string) {
    super(`${readModel} is being filled anew by another process`);
  }
}

const never = new AbortController().signal;
const pause = 500;
/** No room for the lock: those who read the tables were not done in time. */
const isBusy = (error: unknown) => (error as { code?: unknown }).code === '55P03';

/**
 * Fills a read model anew beside the rows that are read, which are brought forward meanwhile, and puts them in their place in one
 * transaction. Cut off in the middle it goes on where it stopped, whoever runs it next. Rows alone change: tasks of policies that were
 * put down stay as they are, and so does what was given up.
 */
export class Rebuild {
  private readonly worker: Worker;

  constructor(
    private readonly readModel: ReadModel,
    private readonly around: Surroundings,
    private readonly timing: Timing,
  ) {
    this.worker = new Worker(readModel, next(readModel), around);
  }

  /** @throws RebuildElsewhere, LeaseLost, and whatever the database or the store fail with: run again, it goes on */
  async run(told: (progress: Progress) => void = () => undefined): Promise<void> {
    const { leases, store } = this.around;
    const lease = await this.obtain();
    this.worker.hold(lease);
    try {
      const counted = countedBy(this.readModel, this.worker.filling, await store.epoch());
      await this.prepare(lease, counted);
      await this.fill(lease, counted, told);
    } finally {
      await leases.release([lease]);
    }
  }

  /** Waits as long as a process that ended may still hold the lease. */
  private async obtain(): Promise<Lease> {
    const { leases } = this.around;
    for (let waits = Math.ceil(leases.life / pause) + 1; ; waits -= 1) {
      const [lease] = await leases.take([this.worker.key]);
      if (lease) return lease;
      if (waits === 0) throw new RebuildElsewhere(this.readModel.name);
      await this.timing.sleep(pause, never);
    }
  }

  /** Begins, or finds what was begun. */
  private async prepare(lease: Lease, counted: Counted): Promise<void> {
    await this.around.leases.whileHolding(lease, async (transaction) => {
      const begun = await storedCheckpoint(transaction, counted.name);
      const isMine = begun?.epoch === counted.epoch && begun.version === counted.version;
      if (isMine && (await isNextAlike(transaction, this.readModel.tables))) return;
      await makeNext(transaction, this.readModel.tables);
      await transaction.query('delete from engine.parked where read_model = $1', [this.worker.filling.parkedAs]);
      await resetCheckpoint(transaction, counted);
    });
  }

  private async fill(lease: Lease, counted: Counted, told: (progress: Progress) => void): Promise<void> {
    const { store, leases, tail } = this.around;
    const total = await store.countAfter(0n, this.readModel.filter);
    let before: number | undefined;
    for (;;) {
      const head = await store.head();
      for (let more = true; more || (this.worker.position ?? -1n) < head;) {
        const since = tail.rings;
        more = await this.worker.step();
        if (!this.worker.held) throw new LeaseLost(this.worker.key);
        before ??= total - (await store.countAfter(this.worker.position!, this.readModel.filter)) - this.worker.taken;
        told({ done: Math.min(total, before + this.worker.taken), total });
        // Of the last events a process that follows the log may have to hear first.
        if (!more && this.worker.position! < head) await tail.beyond(this.worker.position, since, pause);
      }
      if (await this.switch(lease, counted)) return;
      if ((await leases.renew([lease])).length > 0) throw new LeaseLost(lease.name);
    }
  }

  /** @returns false where the rows that are read have come further meanwhile, or are being read: to be tried again */
  private async switch(lease: Lease, counted: Counted): Promise<boolean> {
    const { tables, carryOver } = this.readModel;
    const now = serving(this.readModel);
    try {
      return await this.around.leases.whileHolding(lease, async (transaction) => {
        await this.standStill(transaction, now.key);
        const [mine, theirs] = [await storedCheckpoint(transaction, counted.name), await storedCheckpoint(transaction, now.key)];
        if (theirs?.epoch === counted.epoch && theirs.position > mine!.position) return false;
        await lockTables(transaction, tables);
        await carryOver?.(transaction, this.worker.filling.table);
        await putInPlace(transaction, tables);
        await transaction.query('delete from engine.parked where read_model = $1', [now.parkedAs]);
        await transaction.query('update engine.parked set read_model = $2 where read_model = $1', [
          this.worker.filling.parkedAs,
          now.parkedAs,
        ]);
        await renameCheckpoint(transaction, counted.name, now.key);
        return true;
      });
    } catch (error) {
      if (!isBusy(error)) throw error;
      await this.timing.sleep(pause, never);
      return false;
    }
  }

  /** Whoever brings forward the rows that are read waits until the transaction ends. */
  private async standStill(transaction: PoolClient, key: string): Promise<void> {
    await transaction.query(`insert into engine.lease (name, owner, token, until) values ($1, '', 0, '-infinity') on conflict do nothing`, [
      key,
    ]);
    await transaction.query('select from engine.lease where name = $1 for no key update', [key]);
  }
}
