import { type Attempt, record } from './attempts';
import { NoSuchClaim, type Settled } from './claims';
import { delivered } from './delivered';
import { failed, fared, type Faring, faringOf, quietAfter } from './endpoint';
import { nextAttempt } from './schedule';
import type { SendingOptions } from './sending';
import { keptUnder, type Standing } from './subscriptions';

/** What became of an event that was sent. */
export interface Sent extends Settled {
  readonly claim: string;
  readonly position: bigint;
  readonly attempt: Attempt;
  /** Until when the endpoint asked to be left alone. */
  readonly rest: Date | undefined;
}
interface Result extends Sent {
  readonly settled: (is: boolean) => void;
}
/** Who is told of what went wrong. */
interface Told {
  readonly wrong: () => void;
  /** Nothing arrived; how it fared before. */
  readonly inVain: (of: Standing, faring: Faring, now: Date) => Promise<void>;
}

/** Puts down what became of what was sent, before anything more of the same stream is. */
export class Settling {
  private results: Result[] = [];
  private under: Promise<void> | undefined;

  constructor(
    private readonly on: Pick<SendingOptions, 'pool' | 'claims' | 'now' | 'chance' | 'schedule' | 'report'>,
    private readonly told: Told,
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
      if (results.every(({ outcome }) => outcome.is === 'done')) {
        await this.arrived(of, results);
        continue;
      }
      this.told.wrong();
      for (const claim of new Set(results.map((each) => each.claim)))
        await this.claim(
          of,
          claim,
          results.filter((each) => each.claim === claim),
        );
    }
  }

  private async arrived(of: Standing, results: readonly Result[]): Promise<void> {
    try {
      const held = await delivered(this.on.pool, of, results, this.on.now());
      for (const { claim, settled } of results) settled(held.has(claim));
    } catch (error) {
      this.on.report(error);
      for (const { settled } of results) settled(false);
    }
  }

  private async claim(of: Standing, claim: string, results: readonly Result[]): Promise<void> {
    const now = this.on.now();
    const some = results.some(({ outcome }) => outcome.is === 'done');
    const wrong = results.find(({ outcome }) => outcome.is !== 'done');
    try {
      const faring = some ? undefined : await faringOf(this.on.pool, of.id);
      const rests = results.flatMap(({ rest }) => rest ?? []).sort((one, other) => other.getTime() - one.getTime());
      await this.on.claims.settle(of, claim, results, async (transaction) => {
        await record(
          transaction,
          keptUnder(of),
          results.map(({ attempt }) => attempt),
        );
        if (wrong && wrong.outcome.is !== 'done' && wrong.outcome.is !== 'returned') {
          const quiet = faring && faring.failures + 1 >= quietAfter;
          const level = Math.min((faring?.failures ?? 0) + 2 - quietAfter, this.on.schedule.length - 1);
          const rest = rests[0] ?? (quiet ? nextAttempt(this.on.schedule, level, now, this.on.chance()) : undefined);
          await failed(transaction, of.id, now, wrong.outcome.error, rest);
        }
        if (some) await fared(transaction, of.id, now);
      });
      for (const { settled } of results) settled(true);
      if (faring && wrong) await this.told.inVain(of, faring, now);
    } catch (error) {
      // Whoever waits for it stops there: what was sent and not put down comes back when its claim ends.
      if (!(error instanceof NoSuchClaim)) this.on.report(error);
    } finally {
      for (const { settled } of results) settled(false);
    }
  }
}
