import type { Pool } from 'pg';
import type { KeptLine } from './balance';
import { known } from './ground';

const measures = ['budget-allocated', 'budget-spent', 'budget-reallocated'];

/** What the facts that are kept of a stream say of its budget, as known at a position. */
export const keptLines = async (pool: Pool, stream: string, position: bigint): Promise<readonly KeptLine[]> => {
  const { rows } = await pool.query<Omit<KeptLine, 'sum'> & { readonly sum: string }>({
    name: 'kept-lines',
    text: `select f.measure, f.dimensions ->> 'line' as line, f.dimensions ->> 'currency' as currency, sum(f.quantity)::text as sum
      from reading.facts f where f.stream = $2 and f.measure = any($3) and ${known} group by 1, 2, 3`,
    values: [String(position), stream, measures],
  });
  return rows.map(({ sum, ...line }) => ({ ...line, sum: BigInt(sum) }));
};
