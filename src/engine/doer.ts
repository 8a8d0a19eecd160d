import type { Pool, PoolClient } from 'pg';
import type { AnyLifecycle } from '../kernel/lifecycle';
import type { Policy } from '../kernel/policy';
import { Rejected, type Said } from '../kernel/refusal';
import { idOf, kindOf, streamOf } from '../store/port';
import { type Envelope, Execute, type Receipt } from './execute';
import { type Lease, LeaseLost, Leases } from './leases';
import { type NewTask, putDown } from './policies';
import { UnknownReference } from './refused';
import type { Timing } from './runner-tail';

export interface DoerOptions {
  readonly pool: Pool;
  readonly lifecycles: Readonly<Record<string, AnyLifecycle>>;
  readonly policies: readonly Policy[];
  readonly execute: (command: Execute) => Promise<Receipt>;
  /** Whose name it acts in. */
  readonly actor: string;
  /** Random name of this process. */
  readonly owner: string;
  readonly now: () => Date;
  readonly timing: Timing;
  readonly leaseLife?: number;
  readonly report?: (error: unknown) => void;
}

type Task = NewTask & { readonly attempts: number };
interface Timer {
  readonly stream: string;
  readonly revision: number;
  readonly ordinal: number;
  readonly due_on: string;
  readonly command: string;
  readonly body: object;
}
type Outcome =
  { readonly is: 'done' } | { readonly is: 'refused'; readonly problem: Said } | { readonly is: 'failed'; readonly problem: Said };
const done: Outcome = { is: 'done' };
const failed = (error: string): Outcome => ({ is: 'failed', problem: { code: 'FAILED', values: { error } } });

/** Brings read models forward and does what that demands, until nothing is left; what is another process's work is left to it. */
export const settle = async (runner: { catchUp(): Promise<void> }, doer: Doer): Promise<void> => {
  do await runner.catchUp();
  while (((await doer.round()) ?? 0) > 0);
};

/** How many tasks, or timers, are read at a time. */
const most = 200;
const leaseName = 'tasks';
const pauses = { busy: 0, idle: 500, elsewhere: 3_000 };

/**
 * Does what policies have ordered and the calendar demands, through the same commands as everybody. Any number of processes may
 * run one; the one that holds the lease does the work, and what a dead one did without saying so is recognised as done.
 */
export class Doer {
  private readonly leases: Leases;
  private held: Lease | undefined;
  private running: { readonly stopping: AbortController; readonly done: Promise<void> } | undefined;

  constructor(private readonly options: DoerOptions) {
    this.leases = new Leases(options.pool, options.owner, options.leaseLife);
  }

  /** Works until `stop`. */
  start(): void {
    if (this.running) return;
    const stopping = new AbortController();
    this.running = { stopping, done: this.work(stopping.signal) };
  }

  /** Finishes what is at hand. */
  async stop(): Promise<void> {
    const { running } = this;
    this.running = undefined;
    running?.stopping.abort();
    await running?.done;
    if (this.held) await this.leases.release([this.held]);
    this.held = undefined;
  }

  /** @returns how many commands were given; undefined where another process does the work */
  async round(): Promise<number | undefined> {
    this.held ??= (await this.leases.take([leaseName]))[0];
    const { held } = this;
    if (!held) return undefined;
    try {
      return (await this.tasks(held)) + (await this.timers(held));
    } catch (error) {
      if (!(error instanceof LeaseLost)) throw error;
      this.held = undefined;
      return undefined;
    }
  }

  private async work(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      let pause = pauses.idle;
      try {
        const given = await this.round();
        pause = given === undefined ? pauses.elsewhere : given > 0 ? pauses.busy : pauses.idle;
        if (given === 0 && this.held && (await this.leases.renew([this.held])).length > 0) this.held = undefined;
      } catch (error) {
        this.options.report?.(error);
      }
      if (pause > 0) await this.options.timing.sleep(pause, signal);
    }
  }

  /** Those of one stream in their order, different streams side by side. */
  private async tasks(lease: Lease): Promise<number> {
    const { rows } = await this.options.pool.query<Task>(
      `select policy, cause, path, position, stream, command, body, occurred_on, correlation_id, attempts from engine.task t
       where state in ('open', 'failed') and again_at <= $2 and not exists (
         select from engine.task before where before.stream = t.stream and before.state = 'failed' and before.again_at > $2
           and (before.position, before.path) < (t.position, t.path)
       ) order by position, path limit $1`,
      [most, this.options.now()],
    );
    if (rows.length === 0) return 0;
    const byStream = new Map<string, Task[]>();
    for (const task of rows) byStream.set(task.stream, [...(byStream.get(task.stream) ?? []), task]);
    const outcomes = (await Promise.all([...byStream.values()].map((own) => this.inOrder(own)))).flat();
    await this.leases.whileHolding(lease, (transaction) => this.settle(transaction, outcomes));
    return outcomes.length;
  }

  private async inOrder(tasks: readonly Task[]): Promise<readonly (readonly [Task, Outcome])[]> {
    const outcomes: (readonly [Task, Outcome])[] = [];
    for (const task of tasks) {
      const outcome = await this.give(task.stream, task.command, task.body, {
        key: `${task.policy} ${task.cause} ${task.path.join('.')}`,
        occurredOn: task.occurred_on,
        correlationId: task.correlation_id,
        causationId: task.cause,
      });
      outcomes.push([task, outcome]);
      // What comes after it rests on it.
      if (outcome.is === 'failed') break;
    }
    return outcomes;
  }

  private async settle(transaction: PoolClient, outcomes: readonly (readonly [Task, Outcome])[]): Promise<void> {
    const followUps = outcomes.flatMap(([task, outcome]) => (outcome.is === 'refused' ? this.undoing(task, outcome.problem) : []));
    const undone = new Set(followUps.map(({ policy, cause, path }) => `${policy} ${cause} ${path.slice(0, -1).join('.')}`));
    const settled = outcomes.map(([{ policy, cause, path, attempts }, outcome]) => ({
      policy,
      cause,
      path: `{${path.join()}}`,
      state: outcome.is === 'refused' && undone.has(`${policy} ${cause} ${path.join('.')}`) ? 'undone' : outcome.is,
      problem: outcome.is === 'done' ? null : outcome.problem,
      again_at: outcome.is === 'failed' ? this.later(Math.min(2 ** attempts, 3_600)) : '-infinity',
    }));
    await transaction.query(
      `update engine.task t set state = s.state, problem = s.problem, attempts = t.attempts + 1, again_at = s.again_at
       from jsonb_populate_recordset(null::engine.task, $1::jsonb) s where (t.policy, t.cause, t.path) = (s.policy, s.cause, s.path)`,
      [JSON.stringify(settled)],
    );
    await putDown(transaction, followUps);
  }

  private undoing(task: Task, why: Said): readonly NewTask[] {
    const policy = this.options.policies.find(({ name }) => name === task.policy);
    const refused = { id: idOf(task.stream), name: task.command, occurredOn: task.occurred_on };
    const cause = { id: idOf(task.cause.slice(0, task.cause.lastIndexOf('@'))) };
    return (policy?.refused(refused, cause, why) ?? []).map((order, i): NewTask => ({
      ...task,
      path: [...task.path, i],
      stream: streamOf(order.to.name, order.id),
      command: order.name,
      body: order.body,
      occurred_on: order.occurredOn,
    }));
  }

  private async timers(lease: Lease): Promise<number> {
    const { rows } = await this.options.pool.query<Timer>(
      `select stream, revision, ordinal, due_on, command, body from engine.timer
       where due_on <= $2 and again_at <= $3 order by due_on, stream, ordinal limit $1`,
      [most, this.options.now().toISOString().slice(0, 10), this.options.now()],
    );
    if (rows.length === 0) return 0;
    const outcomes = await Promise.all(
      rows.map(async ({ stream, revision, ordinal, due_on, command, body }) => {
        const key = `timer ${stream}@${revision} ${ordinal}`;
        const outcome = await this.give(stream, command, body, { key, occurredOn: due_on });
        return {
          ...{ stream, revision, ordinal },
          problem: outcome.is === 'done' ? null : outcome.problem,
          again_at: this.later(outcome.is === 'done' ? 60 : 86_400),
        };
      }),
    );
    await this.leases.whileHolding(lease, (transaction) =>
      transaction.query(
        `update engine.timer t set problem = s.problem, attempts = t.attempts + 1, again_at = s.again_at
         from jsonb_populate_recordset(null::engine.timer, $1::jsonb) s
         where (t.stream, t.revision, t.ordinal) = (s.stream, s.revision, s.ordinal)`,
        [JSON.stringify(outcomes)],
      ),
    );
    return outcomes.length;
  }

  private async give(stream: string, command: string, body: object, envelope: Partial<Envelope>): Promise<Outcome> {
    const { lifecycles, execute, actor } = this.options;
    const of = lifecycles[kindOf(stream)];
    if (!of) return failed(`no lifecycle is named ${kindOf(stream)}`);
    try {
      await execute(new Execute(of, idOf(stream), command, body, { actor, roles: ['service'], ...envelope }));
      return done;
    } catch (error) {
      if (error instanceof Rejected) return { is: 'refused', problem: error.said };
      if (error instanceof UnknownReference)
        return { is: 'refused', problem: { code: 'UNKNOWN_REFERENCE', values: { thing: error.kind, id: error.id } } };
      return failed(String(error));
    }
  }

  private later(seconds: number): string {
    return new Date(this.options.now().getTime() + 1_000 * seconds).toISOString();
  }
}
