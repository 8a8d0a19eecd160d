import type { Pool } from 'pg';

/** What a lease tells of whoever holds it, whichever process that is. */
export interface SignOfLife {
  /** How often it changed hands. */
  readonly changes: number;
  /** Milliseconds since its holder gave a sign of life; undefined where it was let go. */
  readonly age: number | undefined;
}

/**
 * Every lease, by its name. It is prolonged by its whole life with each sign; one that was let go runs out in the infinite past.
 *
 * @param life as leases are taken for
 */
export const signsOfLife = async (pool: Pool, life: number): Promise<ReadonlyMap<string, SignOfLife>> => {
  const { rows } = await pool.query<{ name: string; changes: string; age: number | null }>(
    `select name, token::text as changes,
       case when isfinite(until) then (extract(epoch from clock_timestamp() - until) * 1000 + $1)::float end as age
     from engine.lease`,
    [life],
  );
  return new Map(
    rows.map(({ name, changes, age }) => [name, { changes: Number(changes), age: age === null ? undefined : Math.max(0, age) }]),
  );
};
