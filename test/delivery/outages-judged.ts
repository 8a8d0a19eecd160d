import type { Pool } from 'pg';
import type { Handled } from './faulty-receiver';
import type { Blow } from './struck-senders';

/** Claims that ended before what was in hand was settled. */
interface Ended {
  readonly how: 'lost' | 'given';
  readonly worker: string;
  /** When it would have ended by itself, in milliseconds. */
  readonly until: number;
  readonly streams: readonly string[];
  readonly revisions: readonly number[];
}

/** From now on every claim that ends so is noted. */
export const watchClaims = async (pool: Pool): Promise<void> => {
  await pool.query(`
    create table claim_ended (how text, worker text, until timestamptz, streams text[], revisions integer[]);
    create function note_claim() returns trigger language plpgsql as $$ begin
      if current_query() ~ 'with (lost|given) as' then
        insert into claim_ended values (substring(current_query() from 'with (lost|given) as'), split_part(old.worker, ' ', 1), old.until, old.streams, old.revisions);
      end if;
      return old;
    end $$;
    create trigger note_claim before delete on delivery.claim for each row execute function note_claim();
  `);
};

export interface Course {
  readonly pool: Pool;
  /** How many events each stream has. */
  readonly lengths: ReadonlyMap<string, number>;
  /** The kind of the streams that are subscribed to. */
  readonly passes: string;
  readonly handled: readonly Handled[];
  readonly blows: readonly Blow[];
  readonly gone: readonly string[];
  readonly claimLife: number;
}
export interface Judged {
  readonly events: number;
  /** Requests that were handled once more. */
  readonly repeats: number;
  /** Of these, those of senders that had stood still, which came after later events. */
  readonly late: number;
  /** Claims that ended because nobody settled them in time, or were given back. */
  readonly lost: number;
  readonly given: number;
  /** What was not as it should be; one sentence each. */
  readonly failures: readonly string[];
}

/** Milliseconds between the moment that something is done to a process here and that at which PostgreSQL sees it. */
const slack = 250;

const tally = (names: readonly string[]): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
};
const parts = (name: string): readonly [stream: string, revision: number] => {
  const at = name.lastIndexOf('@');
  return [name.slice(0, at), Number(name.slice(at + 1))];
};

/**
 * What delivery promises, whatever breaks, held against what a receiver handled:
 *
 * - every event that passes was handled, no other was, and each was put down as delivered exactly once;
 * - a repeat has the `webhook-id` and the body of the first time, and no other event has them;
 * - of each stream event r + 1 is first handled after r, and once it was, r does not come again. But for a sender that had stood still: of
 *   each stream the one request that it was about to make may come whenever it goes on;
 * - a repeat has its cause. There are two: an attempt that came to no answer, and a claim that ended with the event in hand. An event is
 *   repeated at most as often as it had causes; and of all that such a claim held of a stream, one event is;
 * - a claim is only lost where its sender was killed, stood still or was cut off from the database meanwhile;
 * - no sender ends by itself.
 */
export const judged = async ({ pool, lengths, passes, handled, blows, gone, claimLife }: Course): Promise<Judged> => {
  const failures: string[] = [];
  const recorded = [...lengths]
    .filter(([stream]) => stream.startsWith(`${passes}-`))
    .flatMap(([stream, length]) => Array.from({ length }, (_, revision) => `${stream}@${revision}`));
  const times = tally(handled.map(({ name }) => name));
  const { rows: attempts } = await pool.query<{ name: string; done: boolean; unanswered: boolean }>(
    `select stream || '@' || revision as name, coalesce(status between 200 and 299, false) as done, status is null as unanswered
     from delivery.attempt where what = 'event'`,
  );
  const done = tally(attempts.filter((each) => each.done).map(({ name }) => name));
  const unanswered = attempts.filter((each) => each.unanswered).map(({ name }) => name);
  const { rows: ended } = await pool.query<Ended>(
    'select how, worker, extract(epoch from until)::float * 1000 as until, streams, revisions from claim_ended',
  );

  const known = new Set(recorded);
  failures.push(...recorded.filter((name) => !times.has(name)).map((name) => `${name} was never handled`));
  failures.push(...[...times.keys()].filter((name) => !known.has(name)).map((name) => `${name} does not pass and was handled`));
  failures.push(...recorded.filter((name) => done.get(name) !== 1).map((name) => `${name} was delivered ${done.get(name) ?? 0} times`));
  failures.push(...sameness(handled));

  const { late, disorder } = inOrder(handled, blows);
  failures.push(...disorder);

  const held = ended.flatMap(({ streams, revisions }) => streams.map((stream, i) => `${stream}@${revisions[i]!}`));
  const causes = tally([...unanswered, ...held]);
  for (const [name, count] of times)
    if (count - 1 > (causes.get(name) ?? 0))
      failures.push(`${name} was handled ${count} times for ${causes.get(name) ?? 0} causes of a repeat`);
  const ofStream = (names: readonly string[]) => tally(names.map((name) => parts(name)[0]));
  const causesOfStream = tally([...unanswered.map((name) => parts(name)[0]), ...ended.flatMap(({ streams }) => [...new Set(streams)])]);
  for (const [stream, count] of ofStream(handled.map(({ name }) => name))) {
    const repeats = count - (lengths.get(stream) ?? 0);
    const most = causesOfStream.get(stream) ?? 0;
    if (repeats > most) failures.push(`${stream} has ${repeats} repeats for ${most} causes`);
  }
  for (const { how, worker, until } of ended)
    if (how === 'lost' && !blows.some((blow) => blow.worker === worker && blow.at > until - claimLife - slack && blow.at < until + slack))
      failures.push(`${worker} lost a claim although nothing befell it`);
  failures.push(...gone.map((worker) => `${worker} ended by itself`));
  const [lost, given] = (['lost', 'given'] as const).map((how) => ended.filter((each) => each.how === how).length);
  return { events: recorded.length, repeats: handled.length - times.size, late, lost: lost!, given: given!, failures };
};

const sameness = (handled: readonly Handled[]): readonly string[] => {
  const failures: string[] = [];
  const first = new Map<string, Handled>();
  const named = new Map<string, string>();
  for (const each of handled) {
    const { name, webhookId, body } = each;
    const before = first.get(name) ?? each;
    first.set(name, before);
    if (before.webhookId !== webhookId) failures.push(`${name} came as ${before.webhookId} and as ${webhookId}`);
    if (before.body !== body) failures.push(`${name} came with another body`);
    if ((named.get(webhookId) ?? name) !== name) failures.push(`${name} came as ${webhookId}, as ${named.get(webhookId)!} did`);
    named.set(webhookId, name);
  }
  return failures;
};

const inOrder = (handled: readonly Handled[], blows: readonly Blow[]): { readonly late: number; readonly disorder: readonly string[] } => {
  const disorder: string[] = [];
  const frozen = tally(blows.filter(({ is }) => is === 'frozen').map(({ worker }) => worker));
  const next = new Map<string, number>();
  const late: string[] = [];
  for (const { name, worker } of handled) {
    const [stream, revision] = parts(name);
    const expected = next.get(stream) ?? 0;
    if (revision === expected) next.set(stream, expected + 1);
    else if (revision > expected) disorder.push(`${name} was handled before ${stream}@${expected}`);
    else if (revision < expected - 1) {
      if (frozen.has(worker)) late.push(`${worker} ${stream}`);
      else disorder.push(`${name} came once more after ${stream}@${expected - 1}, by ${worker}`);
    }
  }
  for (const [who, count] of tally(late))
    if (count > frozen.get(who.split(' ')[0]!)!) disorder.push(`${who}: ${count} requests after others had been made`);
  return { late: late.length, disorder };
};
