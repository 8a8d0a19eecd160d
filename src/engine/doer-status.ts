import type { Pool } from 'pg';
import type { Policy } from '../kernel/policy';
import type { Said } from '../kernel/refusal';

/** What one policy has ordered, or the calendar demands, and is not done yet. */
export interface WorkStatus {
  /** The policy, or `timers`. */
  readonly name: string;
  readonly waiting: number;
  /** Tried in vain, and tried again by itself. */
  readonly failed: number;
  /** Refused by a rule: somebody has to look at it. */
  readonly refused: number;
  /** The first of all these: the event that demands it as `stream@revision`, and the day it is dated to. */
  readonly oldest?: { readonly cause: string; readonly since: string };
}

/** A command that was tried and not done. */
export interface Stuck {
  readonly name: string;
  readonly is: 'failed' | 'refused';
  readonly stream: string;
  readonly command: string;
  readonly cause: string;
  readonly since: string;
  readonly problem: Said;
  readonly attempts: number;
}

// A timer that was done stays until its stream is looked at again. $1 is today.
const demanded = `
  select policy as name, case state when 'open' then 'waiting' else state end as "is",
    stream, command, cause, occurred_on as since, problem, attempts, position, path
  from engine.task where state in ('open', 'failed', 'refused')
  union all
  select 'timers', case when problem is null then 'waiting' when problem->>'code' = 'FAILED' then 'failed' else 'refused' end,
    stream, command, stream || '@' || revision, due_on, problem, attempts, 0, array[ordinal]
  from engine.timer where due_on <= $1 and (problem is not null or attempts = 0)`;
const order = 'position, since, stream, path';

type Row = Omit<WorkStatus, 'oldest'> & { readonly oldest: NonNullable<WorkStatus['oldest']> };

/** How much there is to do for each policy and for the calendar, whichever process does it. */
export const workStatus = async (pool: Pool, policies: readonly Policy[], now: Date): Promise<readonly WorkStatus[]> => {
  const { rows } = await pool.query<Row>(
    `select name, count(*) filter (where "is" = 'waiting')::int as waiting, count(*) filter (where "is" = 'failed')::int as failed,
       count(*) filter (where "is" = 'refused')::int as refused,
       (array_agg(json_build_object('cause', cause, 'since', since) order by ${order}))[1] as oldest
     from (${demanded}) demanded group by name`,
    [now.toISOString().slice(0, 10)],
  );
  return [...policies.map(({ name }) => name), 'timers'].map(
    (name) => rows.find((row) => row.name === name) ?? { name, waiting: 0, failed: 0, refused: 0 },
  );
};

/** What failed or was refused, in the order in which it was demanded. */
export const stuck = async (pool: Pool, now: Date): Promise<readonly Stuck[]> => {
  const { rows } = await pool.query<Stuck>(
    `select name, "is", stream, command, cause, since, problem, attempts from (${demanded}) demanded where "is" <> 'waiting' order by ${order}`,
    [now.toISOString().slice(0, 10)],
  );
  return rows;
};
