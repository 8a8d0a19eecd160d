import type { Pool } from 'pg';
import { known } from './counting';

/** By correlation id: those of these imports that were known, at a position, to have brought a data set which was declared illustrative. */
export const illustrativeAsOf = async (pool: Pool, imports: Iterable<string>, position: bigint): Promise<ReadonlySet<string>> => {
  const { rows } = await pool.query<{ correlation_id: string }>(
    `select distinct t.correlation_id from reading.facts f join reading.timeline t using (stream, revision)
     where ${known} and f.measure = 'data-sets' and f.quantity > 0 and f.dimensions @> '{"illustrative": "yes"}' and t.correlation_id = any($2)`,
    [String(position), [...new Set(imports)]],
  );
  return new Set(rows.map(({ correlation_id }) => correlation_id));
};
