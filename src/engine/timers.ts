import { foldedUpTo } from '../kernel/folds';
import { dueOf, partsOf, type AnyLifecycle } from '../kernel/lifecycle';
import type { Batch, ReadModel } from './read-model';

const hasTimers = (of: AnyLifecycle) => partsOf(of).some(([, { due }]) => due !== undefined);

/** What the calendar demands of each stream as it stands: corrections, renewals and ends take a timer away by themselves. */
export const timersModel = (lifecycles: readonly AnyLifecycle[]): ReadModel => ({
  name: 'timers',
  filter: { kinds: lifecycles.filter(hasTimers).map(({ name }) => name) },
  tables: ['engine.timer'],
  compared: { 'engine.timer': { beside: ['problem', 'attempts', 'again_at'] } },
  apply: async ({ touched, book, table }: Batch, transaction) => {
    const timer = table('engine.timer');
    await transaction.query(`delete from ${timer} where stream = any($1)`, [touched.map(({ stream }) => stream)]);
    const rows = touched.flatMap(({ stream, lifecycle, history }) =>
      dueOf(lifecycle, foldedUpTo(lifecycle, history, history.length - 1, book).state).map(({ on, name, body }, ordinal) => ({
        stream,
        revision: history.length - 1,
        ordinal,
        due_on: on,
        command: name,
        body,
      })),
    );
    if (rows.length === 0) return;
    await transaction.query(
      `insert into ${timer} (stream, revision, ordinal, due_on, command, body)
       select stream, revision, ordinal, due_on, command, body from jsonb_populate_recordset(null::${timer}, $1::jsonb)`,
      [JSON.stringify(rows)],
    );
  },
  // What was tried is not tried again because it is derived again.
  carryOver: async (transaction, table) => {
    await transaction.query(
      `update ${table('engine.timer')} n set problem = o.problem, attempts = o.attempts, again_at = o.again_at
       from engine.timer o where (o.stream, o.revision, o.ordinal) = (n.stream, n.revision, n.ordinal)
         and (o.due_on, o.command, o.body) = (n.due_on, n.command, n.body)`,
    );
  },
});
