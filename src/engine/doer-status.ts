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

/** The name under which what calendar demands is told beside the policies. */
export const timers = 'timers';

/** What names a command that a policy ordered or the calendar demands: by whom, because of which event, and which of its orders. */
export interface Demand {
  readonly by: string;
  /** `stream@revision` */
  readonly cause: string;
  readonly path: readonly number[];
}
export const nameOfDemand = ({ by, cause, path }: Demand) => `${by}/${cause}/${path.join('.')}`;
/** Undefined where it is not the name of one. */
export const demandNamed = (name: string): Demand | undefined => {
  const [, by, cause, path] = /^([^/]+)\/([^/]+@\d+)\/(\d+(?:\.\d+)*)$/.exec(name) ?? [];
  return by === undefined ? undefined : { by, cause: cause!, path: path!.split('.').map(Number) };
};

/** A command that was tried and not done, or given up. */
export interface Stuck {
  readonly name: string;
  readonly is: 'failed' | 'refused' | 'dropped';
  readonly stream: string;
  readonly command: string;
  readonly cause: string;
  readonly since: string;
  /** Of one that was given up before it was tried there is none. */
  readonly problem: Said | null;
  readonly attempts: number;
  readonly path: readonly number[];
  /** Why it was given up. */
  readonly because: string | null;
}

/** Whether a timer `t` was given up. */
export const isDropped = `exists (select from engine.timer_dropped d
  where (d.stream, d.due_on, d.command, d.body) = (t.stream, t.due_on, t.command, t.body))`;

// A timer that was done stays until its stream is looked at again. $1 is today.
const demanded = `
  select policy as name, case state when 'open' then 'waiting' else state end as "is",
    stream, command, cause, occurred_on as since, problem, attempts, position, path, dropped_because as because
  from engine.task where state in ('open', 'failed', 'refused', 'dropped')
  union all
  select '${timers}', case when d.because is not null then 'dropped' when problem is null then 'waiting'
      when problem->>'code' = 'FAILED' then 'failed' else 'refused' end,
    t.stream, t.command, t.stream || '@' || revision, t.due_on, problem, attempts, 0, array[ordinal], d.because
  from engine.timer t left join engine.timer_dropped d on (d.stream, d.due_on, d.command, d.body) = (t.stream, t.due_on, t.command, t.body)
  where t.due_on <= $1 and (problem is not null or attempts = 0 or d.because is not null)`;
const order = 'position, since, stream, path';

type Row = Omit<WorkStatus, 'oldest'> & { readonly oldest: NonNullable<WorkStatus['oldest']> };

/** How much there is to do for each policy and for the calendar, whichever process does it. */
export const workStatus = async (pool: Pool, policies: readonly Policy[], now: Date): Promise<readonly WorkStatus[]> => {
  const { rows } = await pool.query<Row>(
    `select name, count(*) filter (where "is" = 'waiting')::int as waiting, count(*) filter (where "is" = 'failed')::int as failed,
       count(*) filter (where "is" = 'refused')::int as refused,
       (array_agg(json_build_object('cause', cause, 'since', since) order by ${order}))[1] as oldest
     from (${demanded}) demanded where "is" <> 'dropped' group by name`,
    [now.toISOString().slice(0, 10)],
  );
  return [...policies.map(({ name }) => name), timers].map(
    (name) => rows.find((row) => row.name === name) ?? { name, waiting: 0, failed: 0, refused: 0 },
  );
};

/** What failed, was refused or was given up, in the order in which it was demanded. */
export const stuck = async (pool: Pool, now: Date): Promise<readonly Stuck[]> => {
  const { rows } = await pool.query<Stuck>(
    `select name, "is", stream, command, cause, since, problem, attempts, path, because from (${demanded}) demanded where "is" <> 'waiting' order by ${order}`,
    [now.toISOString().slice(0, 10)],
  );
  return rows;
};
