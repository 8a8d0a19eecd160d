import { nextAttempt, restsOf } from './schedule';
import { putDown, type Sent } from './sent';
import type { SendingOptions } from './sending';
import type { Standing } from './subscriptions';

interface Result extends Sent {
  readonly settled: (is: boolean) => void;
}

/** Puts down what became of what was sent, before anything more of the same stream is. */
export class Settling {
  private results: Result[] = [];
  private under: Promise<void> | undefined;

  constructor(
    private readonly on: Pick<SendingOptions, 'pool' | 'now' | 'chance' | 'schedule' | 'report'>,
    /** Told where nothing arrives, and since when. */
    private readonly failing: (of: Standing, since: Date, now: Date) => Promise<void>,
  ) {}

  /** Whether it is on record: false where somebody else has the event now, or nobody knows. */
  settle(of: Standing, sent: Sent): Promise<boolean> {
    return new Promise((settled) => {
      this.results.push({ ...sent, settled });
      this.under ??= this.putDown(of).finally(() => (this.under = undefined));
    });
  }

  /** What came meanwhile is put down together: it takes one turn for what comes at the same time. */
  private async putDown(of: Standing): Promise<void> {
    await Promise.resolve();
    while (this.results.length > 0) {
      const results = this.results;
      this.results = [];
      try {
        const now = this.on.now();
        const { held, failingSince } = await putDown(this.on.pool, of, results, now, this.rests(now));
        for (const { claim, settled } of results) settled(held.has(claim));
        if (failingSince) await this.failing(of, failingSince, now);
      } catch (error) {
        // Whoever waits for it stops there: what was sent and not put down comes back when its claim ends.
        this.on.report(error);
        for (const { settled } of results) settled(false);
      }
    }
  }

  private rests(now: Date): readonly Date[] {
    const rests = restsOf(this.on.schedule);
    return rests.flatMap((_, nth) => nextAttempt(rests, nth, now, this.on.chance()) ?? []);
  }
}
