import type { PoolClient } from 'pg';
import { ordersFrom, type Policy } from '../kernel/policy';
import { streamOf } from '../store/port';
import type { Batch, ReadModel } from './read-model';

/** What a policy is told of, and puts down as tasks in the transaction that moves its checkpoint: no fact is passed over, none is answered twice. */
export const policyModel = (policy: Policy): ReadModel => ({
  name: `policy ${policy.name}`,
  filter: { kinds: [policy.of.name] },
  // Looking again at the whole log adds what is missing and repeats nothing.
  tables: [],
  compared: {
    'engine.task': {
      stream: `regexp_replace(r.cause, '@[0-9]+$', '')`,
      beside: ['state', 'problem', 'attempts', 'again_at', 'dropped_because'],
      // What follows from a refusal is below the order that was refused, and no event of this stream demands it.
      own: `r.policy = '${policy.name}' and cardinality(r.path) = 1`,
    },
  },
  apply: async ({ touched, book, table }: Batch, transaction) => {
    const tasks = touched.flatMap(({ id, events, history, stream }) => {
      const from = events[0]?.revision ?? history.length;
      const orders = ordersFrom(policy, id, history, from, book);
      return events.flatMap(({ revision, position, metadata }) =>
        orders[revision - from]!.map((order, i): NewTask => ({
          policy: policy.name,
          cause: `${stream}@${revision}`,
          path: [i],
          position: String(position),
          stream: streamOf(order.to.name, order.id),
          command: order.name,
          body: order.body,
          occurred_on: order.occurredOn,
          correlation_id: metadata.correlationId,
        })),
      );
    });
    await putDown(transaction, tasks, table('engine.task'));
    await placeAgain(transaction, policy, tasks, table('engine.task'));
  },
});

/** A task as it is put down; `path` counts the orders of one cause, and those that follow from a refusal below it. */
export interface NewTask {
  readonly policy: string;
  /** `stream@revision` of the event that the policy answers. */
  readonly cause: string;
  readonly path: readonly number[];
  readonly position: string;
  readonly stream: string;
  readonly command: string;
  readonly body: object;
  readonly occurred_on: string;
  readonly correlation_id: string;
}

export const putDown = async (transaction: PoolClient, tasks: readonly NewTask[], table = 'engine.task'): Promise<void> => {
  if (tasks.length === 0) return;
  await transaction.query(
    `insert into ${table} (policy, cause, path, position, stream, command, body, occurred_on, correlation_id)
     select policy, cause, path, position, stream, command, body, occurred_on, correlation_id
     from jsonb_populate_recordset(null::${table}, $1::jsonb) on conflict do nothing`,
    [JSON.stringify(tasks.map((task) => ({ ...task, path: `{${task.path.join()}}` })))],
  );
};

/** What was put down before the store was copied stands in the order of the new positions, with all that followed from it. */
const placeAgain = async (transaction: PoolClient, { name }: Policy, tasks: readonly NewTask[], table: string): Promise<void> => {
  if (tasks.length === 0) return;
  await transaction.query(
    `update ${table} t set position = new.position from unnest($2::text[], $3::bigint[]) as new (cause, position)
     where t.policy = $1 and t.cause = new.cause and t.position <> new.position`,
    [name, tasks.map(({ cause }) => cause), tasks.map(({ position }) => position)],
  );
};
