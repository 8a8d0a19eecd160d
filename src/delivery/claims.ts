import type { Pool, PoolClient } from 'pg';
import { type EventStore, nameOf, type Recorded } from '../store/port';
import {
  claimedEntries,
  type Entry,
  expire,
  finish,
  held,
  insertClaim,
  keepClaimed,
  mostWaiting,
  NotHeardYet,
  type Progress,
  progressOf,
  putAside,
  type Stopped,
  waitingEntries,
} from './claims-rows';
import { Ahead } from './ahead';
import { claimNext, isNothingElse, type Seen } from './claims-next';
import { takeReplays } from './replays';
import { inTransaction } from './transactions';
import type { Places, Subscribed } from './subscribed';

/** Events behind others of their streams that are passed over at a time to find one that is free. */
const passedOver = 500;

/** An event in the hands of a worker. */
export interface Handed {
  readonly event: Recorded;
  /** How often it was handed out before. */
  readonly attempts: number;
  /** It was delivered before, and is to be once more. */
  readonly replay: boolean;
}
export interface Claim {
  readonly id: string;
  readonly events: readonly Handed[];
}
export interface ClaimAsked {
  /** A uuid that names the claim. */
  readonly claim: string;
  readonly worker: string;
  /** Most events. */
  readonly limit: number;
  /** Milliseconds after which what is not done goes to somebody else. */
  readonly life: number;
}

/** What became of an event: done, to be tried again at an instant, set aside until somebody looks at it, or given back untried. */
export type Outcome =
  | { readonly is: 'done' }
  /** `again`: when, also by how often it was tried; set aside where that says nothing. */
  | { readonly is: 'failed'; readonly error: string; readonly again: Date | ((attempts: number) => Date | undefined) }
  | { readonly is: 'parked'; readonly error: string }
  | { readonly is: 'returned' };
export interface Settled {
  readonly stream: string;
  readonly revision: number;
  readonly outcome: Outcome;
}

/** What was claimed went to somebody else meanwhile, or is done. */
export class NoSuchClaim extends Error {
  constructor(readonly claim: string) {
    super(`the claim ${claim} is no longer held`);
  }
}

/** What is said to have become of an event that the claim does not hold: nothing was settled. */
export class NotInClaim extends Error {
  constructor(
    readonly claim: string,
    readonly event: string,
  ) {
    super(`the claim ${claim} does not hold ${event}`);
  }
}

/**
 * Hands events of a subscription to any number of workers in any number of processes: each once while its claim holds, and those of one
 * stream in their order, because they are in one pair of hands at a time. What a worker does not settle goes to the next.
 */
export class Claims {
  private readonly ahead: Ahead;
  /** Where each was when something was handed out here last: by way of trial, see `claimNext`. */
  private readonly seen = new Map<string, Seen>();
  /** Workers of one process take turns: each would read the same stretch of the log. */
  private readonly turns = new Map<string, Promise<unknown>>();

  constructor(
    private readonly pool: Pool,
    private readonly store: EventStore,
    private readonly places: Places,
    private readonly now: () => Date,
    /** How often an event was handed out in vain when it is set aside as whoever has it is lost. */
    private readonly attempts: number,
    /** Milliseconds that a worker which stands still may keep others waiting. */
    private readonly standstill = 10_000,
  ) {
    this.ahead = new Ahead(store);
  }

  /** The next events; undefined where there is nothing to do now. @throws LostPlace */
  claim(of: Subscribed, asked: ClaimAsked): Promise<Claim | undefined> {
    const turn = (this.turns.get(of.id) ?? Promise.resolve()).then(() => this.claimInTurn(of, asked));
    const over = turn.catch(() => undefined).finally(() => this.turns.get(of.id) === over && this.turns.delete(of.id));
    this.turns.set(of.id, over);
    return turn;
  }

  private async claimInTurn(of: Subscribed, asked: ClaimAsked): Promise<Claim | undefined> {
    const quick = await this.claimNext(of, asked);
    if (quick !== 'otherwise') return quick;
    let seen: Seen | undefined;
    const entries = await this.locked(of, async (client, progress) => {
      await expire(client, of.id, this.attempts);
      await takeReplays(client, this.store, this.places, of, progress, this.now());
      const { waiting, count } = await waitingEntries(client, of.id, this.now(), asked.limit);
      const room = count < mostWaiting ? asked.limit - waiting.length : 0;
      const { fresh, upTo } = room > 0 ? await this.fromTheLog(client, of, progress, room) : { fresh: [], upTo: progress.dispatched };
      seen = { epoch: await this.places.epoch(), starts: of.starts, replayed: of.replays, dispatched: upTo };
      const all = [...waiting, ...fresh].sort((one, other) => (one.position < other.position ? -1 : 1));
      if (all.length > 0) await insertClaim(client, of.id, asked, all);
      return all;
    }).catch((error: unknown) => {
      if (error instanceof NotHeardYet) return [];
      throw error;
    });
    if (seen) this.seen.set(of.id, seen);
    if (entries.length === 0) return undefined;
    return { id: asked.claim, events: await this.handed(of, entries) };
  }

  /** Mostly there is nothing but the next of the log, or nothing at all: that takes one statement. */
  private async claimNext(of: Subscribed, asked: ClaimAsked): Promise<Claim | 'otherwise' | undefined> {
    const seen = this.seen.get(of.id);
    if (seen?.starts !== of.starts || seen.replayed !== of.replays || seen.epoch !== (await this.places.epoch())) return 'otherwise';
    const found = await this.ahead.next(of, seen.dispatched, asked.limit, this.pool);
    if (found.events.length === 0)
      return found.upTo === seen.dispatched && (await isNothingElse(this.pool, of, seen, this.now())) ? undefined : 'otherwise';
    const busy = await claimNext(this.pool, of, seen, asked, found);
    if (!busy) return 'otherwise';
    this.seen.set(of.id, { ...seen, dispatched: found.upTo });
    const events = found.events.filter(({ stream }) => !busy.has(stream)).map((event) => ({ event, attempts: 0, replay: false }));
    return events.length === 0 ? 'otherwise' : { id: asked.claim, events };
  }

  /**
   * Of the next that pass: those whose stream nobody has, and nothing of which waits. The others wait behind it: of those, more are passed
   * over than are asked for, so that whoever asks for few does not get none.
   */
  private async fromTheLog(client: PoolClient, of: Subscribed, { dispatched }: Progress, room: number) {
    const found = await this.ahead.next(of, dispatched, Math.max(room, passedOver), client);
    if (found.upTo === dispatched) return { fresh: [], upTo: dispatched };
    const busy = await held(client, of.id, [...new Set(found.events.map(({ stream }) => stream))]);
    const isFree = ({ stream }: Recorded) => !busy.has(stream);
    // The first that is free and has no room is the next.
    const first = found.events.filter(isFree)[room];
    const upTo = first ? first.position - 1n : found.upTo;
    const events = first ? found.events.slice(0, found.events.indexOf(first)) : found.events;
    const entry = ({ position, stream, revision }: Recorded): Entry => ({ position, stream, revision, attempts: 0, replay: false });
    const behind = events.filter((event) => !isFree(event)).map(entry);
    if (behind.length > 0) await putAside(client, of.id, behind);
    const last = events.at(-1);
    await client.query(
      `update delivery.progress set dispatched = $2, last_stream = coalesce($3, last_stream), last_revision = coalesce($4, last_revision)
       where subscription = $1`,
      [of.id, String(upTo), last?.stream ?? null, last?.revision ?? null],
    );
    return { fresh: events.filter(isFree).map(entry), upTo };
  }

  private async handed(of: Subscribed, entries: readonly Entry[]): Promise<readonly Handed[]> {
    const events = await this.ahead.eventsOf(of, entries);
    return entries.map(({ position, attempts, replay }) => ({ event: events.get(position)!, attempts, replay }));
  }

  /** All of a claim is done. @throws NoSuchClaim */
  async finish(of: Subscribed, claim: string): Promise<void> {
    if (!(await finish(this.pool, of.id, claim))) throw new NoSuchClaim(claim);
  }

  /**
   * What became of some of a claim; the rest stays in the hands of the worker, but for what is behind an event of its stream that is not
   * done: that waits.
   * @param also what else is to be written in the same transaction
   * @param rest what becomes of what is not named
   * @throws NoSuchClaim, NotInClaim
   */
  async settle(
    of: Subscribed,
    claim: string,
    settled: readonly Settled[],
    also: (transaction: PoolClient) => Promise<unknown> = () => Promise.resolve(),
    rest: 'kept' | 'done' = 'kept',
  ): Promise<void> {
    await inTransaction(
      this.pool,
      async (client) => {
        const entries = await claimedEntries(client, of.id, claim);
        if (!entries) throw new NoSuchClaim(claim);
        const outcomes = new Map(settled.map((each) => [nameOf(each), each.outcome]));
        const names = new Set(entries.map(nameOf));
        const other = settled.map(nameOf).find((name) => !names.has(name));
        if (other !== undefined) throw new NotInClaim(claim, other);
        const stopped = new Set<string>();
        const left: Entry[] = [];
        const aside: (Entry & Partial<Stopped>)[] = [];
        for (const entry of entries) {
          const outcome = outcomes.get(nameOf(entry));
          if (stopped.has(entry.stream)) aside.push(entry);
          else if (outcome === undefined) left.push(...(rest === 'kept' ? [entry] : []));
          else if (outcome.is !== 'done') {
            stopped.add(entry.stream);
            const attempts = entry.attempts + 1;
            aside.push(outcome.is === 'returned' ? entry : { ...entry, attempts, ...stoppedBy(outcome, attempts) });
          }
        }
        await keepClaimed(client, of.id, claim, left);
        await putAside(client, of.id, aside);
        await also(client);
      },
      this.standstill,
    );
  }

  /** @throws NoSuchClaim */
  async extend(of: Subscribed, claim: string, life: number): Promise<void> {
    const { rowCount } = await this.pool.query(
      `update delivery.claim set until = clock_timestamp() + $3 * interval '1 ms' where subscription = $1 and id = $2 and until > clock_timestamp()`,
      [of.id, claim, life],
    );
    if (rowCount !== 1) throw new NoSuchClaim(claim);
  }

  /** What a worker has, or what one claim holds, is anybody's at once, as it was handed out. */
  async letGo(what: { readonly worker: string } | { readonly claim: string }): Promise<void> {
    const [column, value] = 'worker' in what ? ['worker', what.worker] : ['id', what.claim];
    await this.pool.query(
      `with given as (delete from delivery.claim where ${column} = $1 returning *)
       insert into delivery.waiting (subscription, position, stream, revision, attempts, replay)
       select subscription, entry.* from given, unnest(positions, streams, revisions, attempts, replays) as entry
       on conflict (subscription, position) do nothing`,
      [value],
    );
  }

  /** One at a time hands out events of a subscription. */
  private locked<Result>(of: Subscribed, work: (client: PoolClient, progress: Progress) => Promise<Result>): Promise<Result> {
    return inTransaction(
      this.pool,
      async (client) => work(client, await progressOf(client, this.places, of, this.attempts)),
      this.standstill,
    );
  }
}

const stoppedBy = (outcome: Extract<Outcome, { readonly error: string }>, attempts: number): Stopped => {
  const { error } = outcome;
  if (outcome.is === 'parked') return { error, parked: true };
  const again = typeof outcome.again === 'function' ? outcome.again(attempts) : outcome.again;
  return again ? { error, again } : { error, parked: true };
};
