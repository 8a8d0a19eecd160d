import type { ReadModelStatus } from '../engine/runner-status';
import { NotReady } from './ports';

/** From when on a process is not ready. Two signals, each for itself: who is frozen need not be behind, and who is behind need not be frozen. */
export interface Patience {
  /** Milliseconds without a sign of life of whoever brings a read model forward: three times what another process takes to take over. */
  readonly silence: number;
  /** Events that a read model may be behind the head of the store. */
  readonly lag: number;
}
export const usualPatience: Patience = { silence: 30_000, lag: 10_000 };

/** Milliseconds for which one look at the database answers all who ask: health is open to everybody. */
const fresh = 1_000;

/** How read models stand, whoever brings them forward. */
export class Signals {
  private last: { readonly at: number; readonly status: Promise<readonly ReadModelStatus[]> } | undefined;
  private readonly since: number;

  /**
   * @param clock milliseconds of a clock that never goes back
   */
  constructor(
    private readonly status: () => Promise<readonly ReadModelStatus[]>,
    private readonly clock: () => number = () => performance.now(),
    private readonly patience: Patience = usualPatience,
  ) {
    this.since = clock();
  }

  /** At most a second old. */
  now(): Promise<readonly ReadModelStatus[]> {
    const at = this.clock();
    if (!this.last || at - this.last.at >= fresh) {
      const status = this.status();
      this.last = { at, status };
      status.catch(() => (this.last = undefined));
    }
    return this.last.status;
  }

  /** @throws NotReady for those that nobody brings forward. Who has only begun has not taken them yet. */
  async heartbeat(): Promise<void> {
    const begun = this.clock() - this.since;
    const silent = (await this.now()).filter(({ heartbeat = begun }) => heartbeat > this.patience.silence);
    if (silent.length > 0) throw new NotReady(silent.map(({ name }) => name));
  }

  /** How many streams are parked, which keeps nobody from reading the others. @throws NotReady for those far behind, or made from another store */
  async lag(): Promise<{ readonly parked: number }> {
    const status = await this.now();
    const behind = status.filter(({ position, lag }) => lag > (position === undefined ? 0 : this.patience.lag));
    if (behind.length > 0) throw new NotReady(behind.map(({ name }) => name));
    return { parked: status.reduce((sum, { parked }) => sum + parked, 0) };
  }
}
