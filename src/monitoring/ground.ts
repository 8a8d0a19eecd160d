import type { Pool } from 'pg';
import type { Axes } from '../engine/as-of';
import { rootsOf } from '../engine/roots';
import type { Selected } from '../parts/indicator-counting';

export const known = 'f.recorded_position <= $1::bigint and (f.retracted_position is null or f.retracted_position > $1::bigint)';
export const certain = 'f.occurred_to <= $2::date';
/** A stream's own key is its name with the first hyphen as a stroke. */
export const ownKey = `regexp_replace(stream, '-', '/')`;

/**
 * The merges of parties that stand: known by the position, certainly made and not certainly split by the day. One for each party, the
 * latest; `recorded` is where it was first recorded, whatever was corrected about it since.
 */
export const merge = `select distinct on (stream) ${ownKey} as member, subject as target,
    (select min(ever.recorded_position) from reading.facts ever where ever.stream = latest.stream and ever.revision = latest.revision) as recorded
  from (select f.stream, f.subject, max(f.revision) filter (where f.quantity > 0) as revision from reading.facts f
    where ${known} and f.measure = 'party-merged' and ${certain} group by f.stream, f.subject having sum(f.quantity) > 0) latest
  order by stream, revision desc`;
/** Every figure rests on them. */
export const merges: Selected = { measure: 'party-merged' };

/** The data sets that were declared illustrative, with the imports that brought them and the measures they made up: all, where they name none. */
const illustrative = `select stream, correlation_id, made_up.measure from
  (select f.stream, f.correlation_id from reading.facts f
   where ${known} and f.measure = 'data-sets' and f.quantity > 0 and f.dimensions @> '{"illustrative": "yes"}') declared
  left join (select f.stream, f.dimensions ->> 'measure' as measure from reading.facts f
   where ${known} and f.measure = 'illustrative-measures' and f.quantity > 0) made_up using (stream)`;

/** What every figure on the same axes stands on: few things, read once. */
export interface Ground {
  /** Parties that count as the one they were merged into. */
  readonly roots: readonly { readonly member: string; readonly root: string }[];
  /** What illustrates: all that came with an import, or its facts of one measure. */
  readonly illustrative: readonly { readonly stream: string; readonly import: string; readonly measure: string | null }[];
}
export const groundOf = async (pool: Pick<Pool, 'query'>, { position, asOf }: Axes): Promise<Ground> => {
  const { rows } = await pool.query<{ is: 'root' | 'illustrative'; one: string; other: string; measure: string | null }>({
    name: 'ground-of-figures',
    text: `with recursive ${rootsOf(merge)}
      select 'root' as is, member as one, root as other, null as measure from roots
      union all select 'illustrative', stream, correlation_id, measure from (${illustrative}) made_up`,
    values: [String(position), asOf],
  });
  return {
    roots: rows.flatMap(({ is, one, other }) => (is === 'root' ? [{ member: one, root: other }] : [])),
    illustrative: rows.flatMap(({ is, one, other, measure }) => (is === 'illustrative' ? [{ stream: one, import: other, measure }] : [])),
  };
};
