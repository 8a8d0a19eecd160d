import type { Pool } from 'pg';
import type { Attempt } from './attempts';
import { quietAfter } from './endpoint';
import { keptUnder, type Standing } from './subscriptions';

/** An event that arrived. */
export interface Delivered {
  readonly claim: string;
  readonly position: bigint;
  readonly attempt: Attempt;
}

/** That an endpoint takes what it is sent is noted again after so many milliseconds, or where it did not: whoever hands out waits for it. */
const notedAgain = 1_000;

const statement = {
  name: 'delivery-delivered',
  text: `
    with done as (
      select * from unnest($2::uuid[], $3::bigint[]) as done (claim, position)
    ), held as materialized (
      select id, positions, streams, revisions, attempts, replays from delivery.claim
      where subscription = $1 and id = any($2) order by id for update
    ), rest as materialized (
      select h.id, array_agg(e.position order by n) as positions, array_agg(e.stream order by n) as streams,
        array_agg(e.revision order by n) as revisions, array_agg(e.attempts order by n) as attempts, array_agg(e.replay order by n) as replays
      from held h, unnest(h.positions, h.streams, h.revisions, h.attempts, h.replays)
        with ordinality as e (position, stream, revision, attempts, replay, n)
      where not exists (select from done d where d.claim = h.id and d.position = e.position) group by h.id
    ), kept as (
      update delivery.claim c set positions = r.positions, streams = r.streams, revisions = r.revisions, attempts = r.attempts,
        replays = r.replays from rest r where c.id = r.id
    ), gone as (
      delete from delivery.claim c using held h where c.id = h.id and h.id not in (select id from rest)
    ), attempted as (
      insert into delivery.attempt (subscription, at, what, stream, revision, attempt, status, failure, detail, excerpt, ms)
      select $6, at, what, stream, revision, a.attempt, status, failure, detail, excerpt, ms
      from jsonb_array_elements($4::jsonb) with ordinality as told (it, n), jsonb_populate_record(null::delivery.attempt, told.it) as a
      where ($2::uuid[])[n] in (select id from held)
    ), woken as (
      update delivery.waiting w set again_at = '-infinity' from delivery.progress p
      where p.subscription = $1 and p.failures >= ${quietAfter} and w.subscription = $1 and w.parked_at is null and w.again_at > $5
    ), noted as (
      update delivery.progress set failures = 0, failing_since = null, rest_until = '-infinity', last_success_at = $5
      where subscription = $1 and (failures > 0 or rest_until > '-infinity' or last_success_at is null
        or last_success_at < $5::timestamptz - interval '${notedAgain} ms')
    ) select id from held`,
};

/** Events that arrived are done, in one statement, and that is on record. @returns the claims that were still held */
export const delivered = async (pool: Pool, of: Standing, done: readonly Delivered[], now: Date): Promise<ReadonlySet<string>> => {
  const { rows } = await pool.query<{ id: string }>({
    ...statement,
    values: [
      of.id,
      done.map(({ claim }) => claim),
      done.map(({ position }) => String(position)),
      JSON.stringify(done.map(({ attempt }) => attempt)),
      now,
      keptUnder(of),
    ],
  });
  return new Set(rows.map((row) => row.id));
};
