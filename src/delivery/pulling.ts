import { Bell } from '../store/bell';
import type { Timing } from '../engine/runner-tail';
import type { Claim, ClaimAsked, Claims } from './claims';
import type { Live } from './live';
import type { Subscribed } from './subscribed';

/** Milliseconds after which somebody who waits looks again although nothing was recorded: a claim may have ended, or an event's time come. */
const pause = 1_000;

/** Claims for workers who wait for something to do. */
export class Pulling {
  constructor(
    private readonly claims: Claims,
    private readonly live: Live,
    private readonly timing: Timing,
  ) {}

  /**
   * @param ms how long to wait for something
   * @param gone whoever waits has left: what it would have been given is anybody's
   * @throws LostPlace
   */
  async claim(of: Subscribed, asked: ClaimAsked, ms: number, gone: AbortSignal): Promise<Claim | undefined> {
    if (ms === 0) return this.claims.claim(of, asked);
    const bell = new Bell();
    const listening = this.live.news.subscribe(() => bell.ring());
    const enough = new AbortController();
    const leave = () => {
      enough.abort();
      bell.ring();
    };
    gone.addEventListener('abort', leave, { once: true });
    const late = new AbortController();
    void this.timing.sleep(ms, enough.signal).then(() => {
      late.abort();
      bell.ring();
    });
    try {
      for (;;) {
        const { rings } = bell;
        const claim = await this.claims.claim(of, asked);
        if (claim && gone.aborted) await this.claims.letGo({ claim: claim.id });
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
}
