import type { Pool } from 'pg';
import type { Timer } from './doer-giving';
import { type Demand, isDropped, timers } from './doer-status';
import type { NewTask } from './policies';

export type Task = NewTask & { readonly attempts: number };

/** What is demanded under a name: an order of a policy, or a timer; neither where there is none. */
export const demandedAs = async (pool: Pool, { by, cause, path }: Demand): Promise<{ readonly task?: Task; readonly timer?: Timer }> => {
  if (by === timers) {
    const { rows } = await pool.query<Timer>(`select * from engine.timer where stream || '@' || revision = $1 and ordinal = $2`, [
      cause,
      path[0],
    ]);
    return rows[0] ? { timer: rows[0] } : {};
  }
  const { rows } = await pool.query<Task>('select * from engine.task where (policy, cause, path) = ($1, $2, $3::int[])', [by, cause, path]);
  return rows[0] ? { task: rows[0] } : {};
};

/**
 * Has what failed, was refused or was given up done again as soon as whoever does it comes to it.
 *
 * @returns whether there is such a thing
 */
export const retryDemand = async (pool: Pool, { by, cause, path }: Demand): Promise<boolean> => {
  if (by !== timers) {
    const { rowCount } = await pool.query(
      `update engine.task set state = 'open', again_at = '-infinity', dropped_because = null
       where (policy, cause, path) = ($1, $2, $3::int[]) and state in ('failed', 'refused', 'dropped')`,
      [by, cause, path],
    );
    return rowCount === 1;
  }
  const { rowCount } = await pool.query(
    `with asked as (
       update engine.timer set again_at = '-infinity' where stream || '@' || revision = $1 and ordinal = $2
         and (problem is not null or attempts = 0) returning stream, due_on, command, body),
     taken_up as (delete from engine.timer_dropped d using asked a where (d.stream, d.due_on, d.command, d.body) = (a.stream, a.due_on, a.command, a.body))
     select from asked`,
    [cause, path[0]],
  );
  return rowCount === 1;
};

/** All that failed or was refused. @returns how many */
export const retryAllDemands = async (pool: Pool, today: string): Promise<number> => {
  const tasks = await pool.query(`update engine.task set state = 'open', again_at = '-infinity' where state in ('failed', 'refused')`);
  const due = await pool.query(
    `update engine.timer t set again_at = '-infinity' where problem is not null and due_on <= $1
       and not (${isDropped})`,
    [today],
  );
  return (tasks.rowCount ?? 0) + (due.rowCount ?? 0);
};

/**
 * Gives up what is waiting, failed or was refused; the reason stays on record, also where it is derived again.
 *
 * @returns whether there is such a thing
 */
export const dropDemand = async (pool: Pool, { by, cause, path }: Demand, because: string): Promise<boolean> => {
  const { rowCount } =
    by === timers
      ? await pool.query(
          `insert into engine.timer_dropped (stream, due_on, command, body, because)
           select stream, due_on, command, body, $3 from engine.timer where stream || '@' || revision = $1 and ordinal = $2
             and (problem is not null or attempts = 0)
           on conflict (stream, due_on, command, body) do update set because = excluded.because`,
          [cause, path[0], because],
        )
      : await pool.query(
          `update engine.task set state = 'dropped', dropped_because = $4
           where (policy, cause, path) = ($1, $2, $3::int[]) and state in ('open', 'failed', 'refused', 'dropped')`,
          [by, cause, path, because],
        );
  return rowCount === 1;
};
