import type { Pool } from 'pg';
import type { Timing } from '../engine/runner-tail';
import type { Answer, Failure } from './egress';
import { type Claims, type Handed, NoSuchClaim } from './claims';
import {
  attemptOf,
  type Endpoint,
  type Endpoints,
  noteAgreed,
  noteRefused,
  type Faring,
  faringOf,
  isSuccess,
  quietAfter,
  takeTurn,
  takeUp,
  wordsOf,
} from './endpoint';
import { askedRest, becameOf } from './became';
import { nextAttempt, restsOf } from './schedule';
import { Settling } from './settling';
import type { Standing, Subscriptions } from './subscriptions';

export interface SendingOptions {
  readonly pool: Pool;
  readonly claims: Claims;
  readonly endpoints: Endpoints;
  readonly subscriptions: Pick<Subscriptions, 'find'>;
  readonly worker: string;
  readonly timing: Timing;
  readonly now: () => Date;
  /** From 0 to 1. */
  readonly chance: () => number;
  readonly newId: () => string;
  readonly schedule: readonly number[];
  /** Most streams of one subscription that are sent at once. */
  readonly atOnce: number;
  /** Milliseconds of failures without a success after which it is disabled. */
  readonly patience: number;
  readonly disable: (id: string, because: 'failing' | 'gone') => Promise<void>;
  /** Milliseconds after which what this process has in hand and did not ask to keep goes to another (60,000): over twice an attempt. */
  readonly claimLife?: number;
  readonly report: (error: unknown) => void;
}

/** What became of one round: there may be more at once, nothing before an instant, nothing until something is recorded, or nothing any more. */
export type Round = 'busy' | Date | 'idle' | 'over';

const usualClaimLife = 60_000;
/** Milliseconds that an address and its secrets are taken to be what they were. */
const known = 2_000;
/** Milliseconds that one that takes what it is sent is taken to fare well, unless it is found otherwise here. */
const faringKnown = 1_000;
/** Streams that are sent at once to begin with: one more with each event that arrives, half as many with each that does not. */
const toBegin = 4;

const isGone = (came: Answer | Failure): boolean => came.is === 'answer' && came.status === 410;
/** What is put down of one that was not sent. */
const unsent = { became: { is: 'returned' }, attempt: undefined, rest: undefined } as const;
/** A clock that was set back makes nothing recent for longer. */
const isWithin = (ms: number, at: number, now: number): boolean => at <= now && now - at < ms;

/** What is in hand, and since when it is known to be for how long. */
interface Hold {
  readonly claim: string;
  at: number;
}

/** Sends what one subscription has before it to its endpoint: streams side by side, each in its order. */
export class Sending {
  private readonly running = new Set<Promise<void>>();
  private readonly settling: Settling;
  private gone = false;
  private known: { readonly number: number; readonly at: number; readonly endpoint: Endpoint | string } | undefined;
  private readonly claimLife: number;
  private faring: { readonly at: number; readonly is: Faring } | undefined;
  private hands: number;

  constructor(
    private readonly on: SendingOptions,
    private readonly signal: AbortSignal,
  ) {
    this.claimLife = on.claimLife ?? usualClaimLife;
    this.settling = new Settling(on, (of, since, now) => this.disableIfHopeless(of, since, now));
    this.hands = Math.min(toBegin, on.atOnce);
  }

  /** Whatever is under way has ended. */
  async idle(): Promise<void> {
    await Promise.all(this.running);
  }

  /** Takes up what there is to do, and leaves it under way; waits only where all hands are full. */
  async round(of: Standing): Promise<Round> {
    if (this.gone) return 'over';
    const now = this.on.now();
    const faring = await this.faringOf(of, now);
    // This process has not heard of it yet.
    if (faring.takenUp > of.takenUp) return 'idle';
    const { rate, restUntil } = faring;
    if (restUntil && restUntil > now) return restUntil;
    const endpoint = await this.endpointOf(of, now);
    if (typeof endpoint === 'string') return 'idle';
    const hands = faring.failures >= quietAfter ? 1 : this.hands;
    // So that there are several to claim at once.
    if (this.running.size > hands / 2) {
      await Promise.race(this.running);
      return 'busy';
    }
    // Its life begins within this: a process that stands still as it is answered has not held it for less.
    const at = this.on.now().getTime();
    const isVerified = faring.verified === of.endpoints;
    const claim = await this.on.claims.claim(of, {
      ...{ claim: this.on.newId(), worker: this.on.worker, life: this.claimLife },
      limit: isVerified && rate === null ? hands - this.running.size : 1,
    });
    if (faring.takenUp < of.takenUp) {
      await takeUp(this.on.pool, of);
      if (!claim) return 'busy';
    }
    if (!claim) return 'idle';
    if (!isVerified && !(await this.verified(of, endpoint, faring, claim.id, claim.events))) return 'busy';
    if (isVerified && rate !== null && !(await takeTurn(this.on.pool, of.id, this.on.now(), rate))) {
      await this.on.claims.letGo({ claim: claim.id });
      return 'busy';
    }
    const byStream = new Map<string, Handed[]>();
    for (const each of claim.events) byStream.set(each.event.stream, [...(byStream.get(each.event.stream) ?? []), each]);
    const hold = { claim: claim.id, at };
    for (const events of byStream.values()) {
      // Where it breaks off, what is in hand comes back when its claim ends.
      const sent = this.inOrder(of, endpoint, hold, events)
        .catch((error: unknown) => this.on.report(error))
        .finally(() => this.running.delete(sent));
      this.running.add(sent);
    }
    return 'busy';
  }

  /** Looked up at every round, but where all is well and was so a moment ago, and it may be sent to as often as there is something. */
  private async faringOf(of: Standing, now: Date): Promise<Faring> {
    const { at, is } = this.faring ?? {};
    if (at !== undefined && isWithin(faringKnown, at, now.getTime()) && is!.verified === of.endpoints && is!.takenUp === of.takenUp)
      return is!;
    const faring = await faringOf(this.on.pool, of);
    const isWell = faring.failures === 0 && faring.rate === null && !(faring.restUntil && faring.restUntil > now);
    this.faring = isWell ? { at: now.getTime(), is: faring } : undefined;
    return faring;
  }

  /** Looked up again after a while: a new secret signs within that time, while the old one still does. */
  private async endpointOf(of: Standing, now: Date): Promise<Endpoint | string> {
    if (this.known?.number !== of.endpoints || !isWithin(known, this.known.at, now.getTime())) {
      this.known = { number: of.endpoints, at: now.getTime(), endpoint: await this.on.endpoints.of(of) };
    }
    return this.known.endpoint;
  }

  /** Nothing is sent before the endpoint said that it wants it; until then what was claimed waits as if it had been tried. */
  private async verified(of: Standing, endpoint: Endpoint, faring: Faring, claim: string, events: readonly Handed[]): Promise<boolean> {
    const { came, agreed, rate } = await this.on.endpoints.shakeHands(of, endpoint);
    const now = this.on.now();
    if (agreed) {
      await noteAgreed(this.on.pool, of.id, now, { endpoints: of.endpoints, rate });
      return true;
    }
    const why =
      came.is === 'answer' && isSuccess(came) ? 'the endpoint did not say that it wants events (WebHook-Allowed-Origin)' : wordsOf(came);
    const rests = restsOf(this.on.schedule);
    const rest = nextAttempt(rests, Math.min(faring.failures, rests.length - 1), now, this.on.chance());
    await this.on.claims.settle(
      of,
      claim,
      // It was not tried: it waits for nothing but the endpoint.
      events.map(({ event: { stream, revision } }) => ({ stream, revision, outcome: { is: 'returned' } })),
      (transaction) => noteRefused(transaction, of.id, now, why, rest, askedRest(came, now)),
    );
    if (isGone(came)) await this.disable(of, 'gone');
    else if (faring.failingSince) await this.disableIfHopeless(of, faring.failingSince, now);
    return false;
  }

  private async inOrder(of: Standing, endpoint: Endpoint, hold: Hold, events: readonly Handed[]): Promise<void> {
    for (const handed of events) {
      if (this.signal.aborted) return;
      if (this.gone || !(await this.isStill(of))) {
        await this.settling.settle(of, { ...unsent, claim: hold.claim, position: handed.event.position });
        return;
      }
      const asked = this.on.now().getTime();
      if (!isWithin(this.claimLife / 2, hold.at, asked)) {
        try {
          await this.on.claims.extend(of, hold.claim, this.claimLife);
        } catch (error) {
          // Somebody else has it now.
          if (error instanceof NoSuchClaim) return;
          throw error;
        }
        hold.at = asked;
      }
      const at = this.on.now();
      const came = await this.on.endpoints.deliver(of, endpoint, handed);
      if (!(await this.settled(of, hold.claim, handed, at, came))) return;
    }
  }

  /** Whether it is sent as it was when this was claimed, as far as this process has heard: not elsewhere, not paused, not moved. */
  private async isStill(of: Standing): Promise<boolean> {
    const now = await this.on.subscriptions.find(of.id);
    return now?.is === 'active' && now.takenUp === of.takenUp && now.starts === of.starts;
  }

  /** Whether the event is done, once that is on record. */
  private async settled(of: Standing, claim: string, { event, attempts }: Handed, at: Date, came: Answer | Failure): Promise<boolean> {
    const { stream, revision, position } = event;
    // This process ends: nobody knows what became of it, and it is tried again.
    if (came.is === 'failure' && came.code === 'STOPPED') return false;
    const attempt = attemptOf(at, { what: 'event', stream, revision, attempt: attempts + 1 }, came);
    const { became, rest } = becameOf(came, attempts, this.on.now(), this.on);
    const arrived = became.is === 'done';
    this.hands = arrived ? Math.min(this.hands + 1, this.on.atOnce) : Math.max(Math.floor(this.hands / 2), 1);
    const isOnRecord = await this.settling.settle(of, { claim, position, became, attempt, rest });
    if (!arrived) this.faring = undefined;
    if (isGone(came)) await this.disable(of, 'gone');
    return isOnRecord && arrived;
  }

  private async disableIfHopeless(of: Standing, failingSince: Date, now: Date): Promise<void> {
    if (now.getTime() - failingSince.getTime() >= this.on.patience) await this.disable(of, 'failing');
  }

  /** Nothing more is sent here: whoever looks after it finds out whether it is disabled now, or was taken up otherwise meanwhile. */
  private async disable(of: Standing, because: 'failing' | 'gone'): Promise<void> {
    this.gone = true;
    if (await this.isStill(of)) await this.on.disable(of.id, because);
  }
}
