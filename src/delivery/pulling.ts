import type { PoolClient } from 'pg';
import { Bell } from '../store/bell';
import type { Timing } from '../engine/runner-tail';
import type { Claim, ClaimAsked, Claims } from './claims';
import type { Live } from './live';
import { nextAttempt } from './schedule';
import type { Subscribed } from './subscribed';

/** Milliseconds after which somebody who waits looks again although nothing was recorded: a claim may have ended, or an event's time come. */
const pause = 1_000;

/** What went wrong last, for whoever looks after the subscription. */
const noteFailed = (client: PoolClient, id: string, now: Date, error: string) =>
  client.query('update delivery.progress set last_error = $2, last_error_at = $3 where subscription = $1', [id, error.slice(0, 500), now]);

/** What a worker could not do. */
export interface Failed {
  readonly stream: string;
  readonly revision: number;
  readonly error: string;
  /** After so many it is handed out again; where nothing is said, by the schedule. */
  readonly seconds?: number | undefined;
}

export interface PullingOptions {
  readonly claims: Claims;
  readonly live: Live;
  readonly timing: Timing;
  readonly now: () => Date;
  /** From 0 to 1. */
  readonly chance: () => number;
  /** Milliseconds after an attempt in vain until the next. */
  readonly schedule: readonly number[];
}

/** Claims for workers who come for them. */
export class Pulling {
  constructor(private readonly on: PullingOptions) {}

  /**
   * @param ms how long to wait for something
   * @param gone whoever waits has left: what it would have been given is anybody's
   * @throws LostPlace
   */
  async claim(of: Subscribed, asked: ClaimAsked, ms: number, gone: AbortSignal): Promise<Claim | undefined> {
    const { claims, live, timing } = this.on;
    if (ms === 0) return claims.claim(of, asked);
    const bell = new Bell();
    const listening = live.news.subscribe(() => bell.ring());
    const enough = new AbortController();
    const leave = () => {
      enough.abort();
      bell.ring();
    };
    gone.addEventListener('abort', leave, { once: true });
    const late = new AbortController();
    void timing.sleep(ms, enough.signal).then(() => {
      late.abort();
      bell.ring();
    });
    try {
      for (;;) {
        const { rings } = bell;
        const claim = await claims.claim(of, asked);
        if (claim && gone.aborted) await claims.letGo({ claim: claim.id });
        if (gone.aborted) return undefined;
        if (claim || late.signal.aborted) return claim;
        await bell.rung(rings, enough.signal, pause);
      }
    } finally {
      listening.unsubscribe();
      gone.removeEventListener('abort', leave);
      enough.abort();
    }
  }

  /** All of a claim is done, but for what failed and what is behind that in its stream. @throws NoSuchClaim, NotInClaim */
  async acknowledge(of: Subscribed, claim: string, failed: readonly Failed[]): Promise<void> {
    const { claims, chance, schedule } = this.on;
    if (failed.length === 0) return claims.finish(of, claim);
    const now = this.on.now();
    const settled = failed.map(({ stream, revision, error, seconds }) => {
      const again = (attempts: number) => {
        const next = nextAttempt(schedule, attempts, now, chance());
        return next && seconds !== undefined ? new Date(now.getTime() + seconds * 1_000) : next;
      };
      return { stream, revision, outcome: { is: 'failed' as const, error, again } };
    });
    await claims.settle(of, claim, settled, (transaction) => noteFailed(transaction, of.id, now, failed[0]!.error), 'done');
  }
}
