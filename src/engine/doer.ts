import type { Pool, PoolClient } from 'pg';
import type { AnyLifecycle } from '../kernel/lifecycle';
import type { Policy } from '../kernel/policy';
import { Rejected, type Said } from '../kernel/refusal';
import { idOf, kindOf, streamOf } from '../store/port';
import { type Envelope, Execute, type Receipt } from './execute';
import { type Lease, LeaseLost, Leases } from './leases';
import { type Demand, isDropped, timers as ofCalendar } from './doer-status';
import { type NewTask, putDown } from './policies';
import { UnknownReference } from './refused';
import { EndsTheProcess, mostAttempts } from './runner-parking';
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
export type Outcome =
  { readonly is: 'done' } | { readonly is: 'refused'; readonly problem: Said } | { readonly is: 'failed'; readonly problem: Said };
const done: Outcome = { is: 'done' };
const failed = (error: string): Outcome => ({ is: 'failed', problem: { code: 'FAILED', values: { error } } });

/** Brings read models forward and does what that demands, until nothing is left; what is another process's work is left to it. */
export const settle = async (runner: { catchUp(): Promise<void> }, doer: Doer): Promise<void> => {
  do await runner.catchUp();
  while (((await doer.round()) ?? 0) > 0);
};

// Their command's key: changing one would make every repeat a new command.
const keyOfTask = ({ policy, cause, path }: NewTask) => `${policy} ${cause} ${path.join('.')}`;
const keyOfTimer = ({ stream, revision, ordinal }: Timer) => `timer ${stream}@${revision} ${ordinal}`;

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
  // How many more are tried by themselves, since whoever held the lease before may have died of one of them.
  private suspected = 0;
  private running: { readonly stopping: AbortController; readonly done: Promise<unknown> } | undefined;

  constructor(private readonly options: DoerOptions) {
    this.leases = new Leases(options.pool, options.owner, options.leaseLife);
  }

  /** Works until `stop`. */
  start(): void {
    if (this.running) return;
    const stopping = new AbortController();
    this.running = { stopping, done: Promise.all([this.work(stopping.signal), this.beat(stopping.signal)]) };
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
    if (!this.held) {
      [this.held] = await this.leases.take([leaseName]);
      if (this.held?.abandoned) this.suspected = most;
    }
    const { held } = this;
    if (!held) return undefined;
    try {
      const given = (await this.tasks(held)) + (await this.timers(held));
      if (given === 0) this.suspected = 0;
      return given;
    } catch (error) {
      if (!(error instanceof LeaseLost)) throw error;
      this.held = undefined;
      return undefined;
    }
  }

  /** What giving a command again would come to; to be asked of a doer whose commands record nothing. */
  async wouldGive({ by, cause, path }: Demand): Promise<Outcome | undefined> {
    const { pool } = this.options;
    if (by === ofCalendar) {
      const { rows } = await pool.query<Timer>(`select * from engine.timer where stream || '@' || revision = $1 and ordinal = $2`, [
        cause,
        path[0],
      ]);
      return rows[0] && this.giveTimer(rows[0]);
    }
    const { rows } = await pool.query<Task>('select * from engine.task where (policy, cause, path) = ($1, $2, $3::int[])', [
      by,
      cause,
      path,
    ]);
    return rows[0] && this.giveTask(rows[0]);
  }

  private async work(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      let pause = pauses.idle;
      try {
        const given = await this.round();
        pause = given === undefined ? pauses.elsewhere : given > 0 ? pauses.busy : pauses.idle;
      } catch (error) {
        this.options.report?.(error);
      }
      if (pause > 0) await this.options.timing.sleep(pause, signal);
    }
  }

  private async beat(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.options.timing.sleep(this.leases.life / 3, signal);
      const { held } = this;
      try {
        if (held && (await this.leases.renew([held])).length > 0 && this.held === held) this.held = undefined;
      } catch (error) {
        this.options.report?.(error);
      }
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
      [this.atATime, this.options.now()],
    );
    if (rows.length === 0) return 0;
    const byStream = new Map<string, Task[]>();
    for (const task of rows) byStream.set(task.stream, [...(byStream.get(task.stream) ?? []), task]);
    const outcomes = (await Promise.all([...byStream.values()].map((own) => this.inOrder(lease, own)))).flat();
    await this.leases.whileHolding(lease, (transaction) => this.settle(transaction, outcomes));
    return outcomes.length;
  }

  private async inOrder(lease: Lease, tasks: readonly Task[]): Promise<readonly (readonly [Task, Outcome])[]> {
    const outcomes: (readonly [Task, Outcome])[] = [];
    for (const task of tasks) {
      const outcome = await this.suspecting(lease, keyOfTask(task), () => this.giveTask(task));
      outcomes.push([task, outcome]);
      // What comes after it rests on it.
      if (outcome.is === 'failed') break;
    }
    return outcomes;
  }

  private giveTask(task: NewTask): Promise<Outcome> {
    const { stream, command, body, occurred_on, correlation_id, cause } = task;
    const envelope = { occurredOn: occurred_on, correlationId: correlation_id, causationId: cause };
    return this.give(stream, command, body, { key: keyOfTask(task), ...envelope });
  }
  private giveTimer(timer: Timer): Promise<Outcome> {
    return this.give(timer.stream, timer.command, timer.body, { key: keyOfTimer(timer), occurredOn: timer.due_on });
  }

  private get atATime(): number {
    return this.suspected > 0 ? 1 : most;
  }
  /** Where one may have ended a process, it is put down beforehand which is tried; what did so too often is given up. */
  private async suspecting(lease: Lease, key: string, give: () => Promise<Outcome>): Promise<Outcome> {
    if (this.suspected === 0) return give();
    this.suspected -= 1;
    const attempts = await this.leases.trying(lease, key, true);
    return attempts <= mostAttempts ? give() : { is: 'refused', problem: failed(new EndsTheProcess(attempts - 1).message).problem };
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
       from jsonb_populate_recordset(null::engine.task, $1::jsonb) s where (t.policy, t.cause, t.path) = (s.policy, s.cause, s.path)
         and (t.state <> 'dropped' or s.state = 'done')`,
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
      `select stream, revision, ordinal, due_on, command, body from engine.timer t
       where due_on <= $2 and again_at <= $3 and not (${isDropped}) order by due_on, stream, ordinal limit $1`,
      [this.atATime, this.options.now().toISOString().slice(0, 10), this.options.now()],
    );
    if (rows.length === 0) return 0;
    const outcomes = await Promise.all(
      rows.map(async (timer) => {
        const outcome = await this.suspecting(lease, keyOfTimer(timer), () => this.giveTimer(timer));
        const { stream, revision, ordinal } = timer;
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
