import type { Pool } from 'pg';
import type { Attempt } from './attempts';
import type { Outcome } from './claims';
import { quietAfter } from './endpoint';
import { keptUnder, type Standing } from './subscriptions';

/** What became of an event that was sent, by what is known then. */
export type Became = Exclude<Outcome, { readonly is: 'failed' }> | { readonly is: 'failed'; readonly error: string; readonly again: Date };

/** An event of a claim that was sent, or given back unsent: nothing of it is attempted then. */
export interface Sent {
  readonly claim: string;
  readonly position: bigint;
  readonly became: Became;
  readonly attempt: Attempt | undefined;
  /** Until when the endpoint asked to be left alone. */
  readonly rest: Date | undefined;
}
export interface PutDown {
  /** The claims that were still held: of the others nothing was put down. */
  readonly held: ReadonlySet<string>;
  /** Since when nothing arrived, where nothing did now. */
  readonly failingSince: Date | undefined;
}

/** That an endpoint takes what it is sent is noted again after so many milliseconds, or where it did not: whoever hands out waits for it. */
const notedAgain = 1_000;

const statement = {
  name: 'delivery-sent',
  text: `
    with told as (
      select * from unnest($2::uuid[], $3::bigint[], $4::text[], $5::text[], $6::timestamptz[]) with ordinality
        as told (claim, position, became, error, again, nth)
    ), held as materialized (
      select id, positions, streams, revisions, attempts, replays from delivery.claim
      where subscription = $1 and id = any($2) order by id for update
    ), entry as materialized (
      select h.id, e.*, t.became, t.error, t.again
      from held h cross join unnest(h.positions, h.streams, h.revisions, h.attempts, h.replays)
        with ordinality as e (position, stream, revision, attempts, replay, n)
      left join told t on t.claim = h.id and t.position = e.position
    ), stopped as (
      select id, stream, min(n) as n from entry where became <> 'done' group by id, stream
    ), aside as (
      insert into delivery.waiting (subscription, position, stream, revision, attempts, replay, error, again_at, parked_at)
      select $1, position, stream, revision, case when became in ('failed', 'parked') then attempts + 1 else attempts end, replay,
        error, coalesce(again, '-infinity'), case when became = 'parked' then clock_timestamp() end
      from entry join stopped s using (id, stream) where entry.n >= s.n
      on conflict (subscription, position) do nothing
    ), rest as materialized (
      select id, array_agg(position order by n) as positions, array_agg(stream order by n) as streams,
        array_agg(revision order by n) as revisions, array_agg(attempts order by n) as attempts, array_agg(replay order by n) as replays
      from entry e where became is null
        and not exists (select from stopped s where s.id = e.id and s.stream = e.stream and s.n < e.n) group by id
    ), kept as (
      update delivery.claim c set positions = r.positions, streams = r.streams, revisions = r.revisions, attempts = r.attempts,
        replays = r.replays from rest r where c.id = r.id
    ), gone as (
      delete from delivery.claim c using held h where c.id = h.id and h.id not in (select id from rest)
    ), attempted as (
      insert into delivery.attempt (subscription, at, what, stream, revision, attempt, status, failure, detail, excerpt, ms)
      select $9, at, what, stream, revision, a.attempt, status, failure, detail, excerpt, ms
      from jsonb_array_elements($7::jsonb) with ordinality as told (it, nth), jsonb_populate_record(null::delivery.attempt, told.it) as a
      where told.it <> 'null' and ($2::uuid[])[nth] in (select id from held)
    ), came as (
      select bool_or(became = 'done') as arrived, (array_agg(error) filter (where became in ('failed', 'parked')))[1] as error
      from entry where became is not null
    ), woken as (
      update delivery.waiting w set again_at = '-infinity' from delivery.progress p, came
      where came.arrived and p.subscription = $1 and p.taken_up = $12 and p.failures >= ${quietAfter}
        and w.subscription = $1 and w.parked_at is null and w.again_at > $8
    ), noted as (
      update delivery.progress p set
        failures = case when arrived then 0 else failures + 1 end,
        failing_since = case when arrived then null else coalesce(failing_since, $8) end,
        last_success_at = case when arrived then $8 else last_success_at end,
        last_error = coalesce(left(error, 500), last_error),
        last_error_at = case when error is null then last_error_at else $8 end,
        asked_until = greatest(asked_until, $10),
        rest_until = case when arrived then '-infinity'
          when failures + 1 >= ${quietAfter} then greatest(rest_until, ($11::timestamptz[])[least(failures + 2 - ${quietAfter}, cardinality($11))])
          else rest_until end
      from came where p.subscription = $1 and p.taken_up = $12 and (error is not null or arrived and (failures > 0
        or rest_until > '-infinity' or last_success_at is null
        or last_success_at < $8::timestamptz - interval '${notedAgain} ms'))
      returning failing_since
    ) select id, (select failing_since from noted) as failing_since from held`,
};

/**
 * What became of events that were sent, in one statement, with the record of it: what arrived is done, what did not waits, with what is
 * behind it in its stream, and the endpoint is left alone for longer and longer where nothing of all this arrived.
 *
 * @param rests until when it is left alone after so many failures beyond those that make it quiet
 */
export const putDown = async (pool: Pool, of: Standing, sent: readonly Sent[], now: Date, rests: readonly Date[]): Promise<PutDown> => {
  const { rows } = await pool.query<{ id: string; failing_since: Date | null }>({
    ...statement,
    values: [
      of.id,
      sent.map(({ claim }) => claim),
      sent.map(({ position }) => String(position)),
      sent.map(({ became }) => became.is),
      sent.map(({ became }) => ('error' in became ? became.error : null)),
      sent.map(({ became }) => ('again' in became ? became.again : null)),
      JSON.stringify(sent.map(({ attempt }) => attempt ?? null)),
      now,
      keptUnder(of),
      sent.flatMap(({ rest }) => rest ?? []).sort((one, other) => other.getTime() - one.getTime())[0] ?? null,
      rests,
      of.takenUp,
    ],
  });
  return { held: new Set(rows.map(({ id }) => id)), failingSince: rows[0]?.failing_since ?? undefined };
};
