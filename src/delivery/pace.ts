import type { Timing } from '../engine/runner-tail';

const minute = 60_000;

/** Requests one after the other, where an endpoint allows so many a minute. */
export class Pace {
  /** When the next may be made. */
  private next = 0;

  constructor(
    private readonly timing: Timing,
    private readonly now: () => Date,
    private readonly signal: AbortSignal,
  ) {}

  /** Resolves when the next may be made. */
  async turn(rate: number): Promise<void> {
    const now = this.now().getTime();
    const mine = Math.max(now, this.next);
    this.next = mine + minute / rate;
    if (mine > now) await this.timing.sleep(mine - now, this.signal);
  }
}
