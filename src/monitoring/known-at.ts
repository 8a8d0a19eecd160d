import type { Pool } from 'pg';
import type { Axes } from '../engine/as-of';
import { Malformed, problemAt } from '../engine/refused';
import { type Day, isDay, isInstant } from '../kernel/partial-date';
import { positionForm } from '../store/port';
import { ofReports as says } from '../words/of-reports';
import { known } from './ground';

/** A question on two time axes: what had happened by a day, as it was known at an instant. */
export interface Question {
  /** Day, `YYYY-MM-DD`; the day of `knownAt` (UTC) when left out. */
  readonly asOf?: string | undefined;
  /** Instant, ISO 8601 with an offset; now when left out. */
  readonly knownAt?: string | undefined;
  /** A position that an earlier answer named, in place of `knownAt`: gives that answer again. */
  readonly position?: string | undefined;
}

export interface Resolved extends Axes {
  /** The instant asked for; otherwise that of the last event known, nothing where none is. */
  readonly knownAt: string | null;
}

const aPosition = new RegExp(`^${positionForm}$`);
/** @throws Malformed naming each field that is not what it should be */
const check = ({ asOf, knownAt, position }: Question): void => {
  const fields = [
    ...(asOf === undefined || isDay(asOf) ? [] : [problemAt('asOf', 'NOT_A_DAY')]),
    ...(knownAt === undefined || isInstant(knownAt) ? [] : [problemAt('knownAt', 'NOT_AN_INSTANT')]),
    ...(position === undefined || aPosition.test(position) ? [] : [problemAt('position', 'NOT_A_POSITION')]),
    ...(position === undefined || knownAt === undefined ? [] : [problemAt('position', 'NOT_TOGETHER', { other: 'knownAt' })]),
  ];
  if (fields.length > 0) throw new Malformed(fields);
};

/**
 * Resolves an instant to the last position recorded at or before it; 0 before the log began. An answer names the position, and the
 * position asked for later gives the same bytes, also where the instant was so recent that what was recorded then was still on its way.
 * @throws Malformed
 * @throws Rejected KNOWN_AT_IN_THE_FUTURE, POSITION_NOT_REACHED
 */
export async function resolve(pool: Pool, question: Question): Promise<Resolved> {
  check(question);
  const knownAt = question.knownAt === undefined ? undefined : new Date(question.knownAt).toISOString();
  const { rows } = await pool.query<{ now: Date; position: string | null; recorded_at: Date | null; reached: string | null }>({
    name: 'resolve-known-at',
    // A store's clock that was set back: what it recorded last is no future.
    text: `select greatest(clock_timestamp(), (select max(recorded_at) from reading.fact_moments)) as now, m.position, m.recorded_at,
             (select position from reading.fact_moments order by recorded_at desc limit 1) as reached
           from (select 1) one left join lateral (
             select position, recorded_at from reading.fact_moments
             where ($1::timestamptz is null or recorded_at <= $1) and ($2::bigint is null or position <= $2)
             order by recorded_at desc limit 1) m on true`,
    values: [knownAt ?? null, question.position ?? null],
  });
  const [{ now, position, recorded_at, reached }] = rows as [(typeof rows)[number]];
  if (knownAt !== undefined && knownAt > now.toISOString()) throw says.no('KNOWN_AT_IN_THE_FUTURE', { knownAt, now: now.toISOString() });
  if (question.position !== undefined && BigInt(question.position) > BigInt(reached ?? 0)) {
    throw says.no('POSITION_NOT_REACHED', { position: question.position, reached: reached ?? '0' });
  }
  const heard = recorded_at?.toISOString() ?? null;
  const today = question.position === undefined ? now.toISOString() : (heard ?? now.toISOString());
  return {
    asOf: question.asOf ?? dayOf(knownAt ?? today),
    knownAt: knownAt ?? heard,
    position: BigInt(question.position ?? position ?? 0),
  };
}

/**
 * The last position recorded before an instant; 0 where there is none, or where what is counted has not come so far in this epoch.
 */
export async function positionBefore(pool: Pool, instant: string, epoch: string): Promise<bigint> {
  const { rows } = await pool.query<{ position: string }>({
    name: 'position-before',
    text: `select position from reading.fact_moments
           where recorded_at < $1 and exists (select from engine.checkpoint where name = 'read-model facts' and epoch = $2)
           order by recorded_at desc limit 1`,
    values: [instant, epoch],
  });
  return BigInt(rows[0]?.position ?? 0);
}

/** By correlation id: those of these imports that were known, at a position, to have brought a data set which was declared illustrative. */
export const illustrativeAsOf = async (pool: Pool, imports: Iterable<string>, position: bigint): Promise<ReadonlySet<string>> => {
  const { rows } = await pool.query<{ correlation_id: string }>(
    `select distinct t.correlation_id from reading.facts f join reading.timeline t using (stream, revision)
     where ${known} and f.measure = 'data-sets' and f.quantity > 0 and f.dimensions @> '{"illustrative": "yes"}' and t.correlation_id = any($2)`,
    [String(position), [...new Set(imports)]],
  );
  return new Set(rows.map(({ correlation_id }) => correlation_id));
};

const dayOf = (iso: string): Day => iso.slice(0, 10);
