import type { Pool } from 'pg';
import type { Progress } from './claims-rows';
import type { Recorded } from '../store/port';
import type { Subscribed } from './subscribed';

/** How far a subscription was when this process saw it last. */
export interface Seen extends Progress {
  readonly epoch: string;
  readonly starts: number;
}

const asSeen = `subscription = $1 and epoch = $2 and started = $3 and replayed = $4 and dispatched = $5
  and not exists (select from delivery.replay where subscription = $1)
  and not exists (select from delivery.claim where subscription = $1 and until < clock_timestamp())`;

/** Whether there is nothing but the log to take events from: nothing waits whose time has come, was lost, or is to be replayed. */
const nothingElse = {
  name: 'delivery-nothing-else',
  text: `select from delivery.progress where ${asSeen}
    and not exists (select from delivery.waiting where subscription = $1 and parked_at is null and again_at <= $6)`,
};

/**
 * Where it had to wait for another that hands out, what that one took from the log shows in the row of progress, which is looked at again;
 * for the rest the moment at which it began holds: a stream that came to be free since is taken for one that somebody has, never the other
 * way round, since whatever waited or was lost at that moment makes it do nothing.
 */
const next = {
  name: 'delivery-next',
  text: `
    with asked as (
      select * from unnest($6::bigint[], $7::text[], $8::integer[]) as asked (position, stream, revision)
    ), moved as (
      update delivery.progress set dispatched = $9, last_stream = $10, last_revision = $11
      where ${asSeen} and not exists (select from delivery.waiting where subscription = $1)
      returning subscription
    ), busy as materialized (
      select distinct stream from delivery.claim, unnest(streams) as stream where subscription = $1 and stream = any($7)
    ), behind as (
      insert into delivery.waiting (subscription, position, stream, revision)
      select m.subscription, a.position, a.stream, a.revision from moved m, asked a where stream in (select stream from busy)
    ), claimed as (
      insert into delivery.claim (subscription, positions, streams, revisions, attempts, replays, id, worker, until)
      select m.subscription, array_agg(position order by position), array_agg(stream order by position), array_agg(revision order by position),
        array_agg(0), array_agg(false), $12, $13, clock_timestamp() + $14 * interval '1 ms'
      from moved m, asked where stream not in (select stream from busy) group by m.subscription
    ) select array(select stream from busy) as busy from moved`,
};

const seenValues = (of: Subscribed, { epoch, starts, replayed, dispatched }: Seen) => [of.id, epoch, starts, replayed, String(dispatched)];

export const isNothingElse = async (pool: Pool, of: Subscribed, seen: Seen, now: Date): Promise<boolean> =>
  (await pool.query({ ...nothingElse, values: [...seenValues(of, seen), now] })).rowCount === 1;

/**
 * Puts the next events of the log into the hands of a worker, in one statement: where a subscription is as this process saw it last, and
 * nothing waits, was lost or is to be replayed.
 *
 * @returns the streams that others have, whose events wait now; undefined where it is otherwise, and nothing was done
 */
export const claimNext = async (
  pool: Pool,
  of: Subscribed,
  seen: Seen,
  { claim, worker, life }: { readonly claim: string; readonly worker: string; readonly life: number },
  { events, upTo }: { readonly events: readonly Recorded[]; readonly upTo: bigint },
): Promise<ReadonlySet<string> | undefined> => {
  const last = events.at(-1)!;
  const { rows } = await pool.query<{ busy: string[] }>({
    ...next,
    values: [
      ...seenValues(of, seen),
      events.map(({ position }) => String(position)),
      events.map(({ stream }) => stream),
      events.map(({ revision }) => revision),
      ...[String(upTo), last.stream, last.revision],
      ...[claim, worker, life],
    ],
  });
  return rows[0] && new Set(rows[0].busy);
};
