import type { Pool } from 'pg';

/** What the last check of one thing came to. */
export interface SelfCheck {
  readonly name: string;
  readonly runs: number;
  readonly differences: number;
}
export interface SelfChecked extends SelfCheck {
  readonly checkedAt: Date;
}

/** Puts down what a check found, in place of what the one before it did. */
export const keepSelfChecks = async (pool: Pool, found: readonly SelfCheck[], checkedAt: Date): Promise<void> => {
  await pool.query(
    `with gone as (delete from engine.self_check where name <> all($1::text[]))
     insert into engine.self_check (name, runs, differences, checked_at)
     select name, runs, differences, $4 from unnest($1::text[], $2::bigint[], $3::bigint[]) as c (name, runs, differences)
     on conflict (name) do update set runs = excluded.runs, differences = excluded.differences, checked_at = excluded.checked_at`,
    [found.map(({ name }) => name), found.map(({ runs }) => runs), found.map(({ differences }) => differences), checkedAt],
  );
};

/** Whoever made the last check; nothing before the first. */
export const selfChecks = async (pool: Pool): Promise<readonly SelfChecked[]> => {
  const { rows } = await pool.query<{ name: string; runs: string; differences: string; checkedAt: Date }>(
    'select name, runs, differences, checked_at as "checkedAt" from engine.self_check order by name',
  );
  return rows.map(({ runs, differences, ...rest }) => ({ ...rest, runs: Number(runs), differences: Number(differences) }));
};
