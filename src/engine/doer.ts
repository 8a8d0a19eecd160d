import type { Pool, PoolClient } from 'pg';
import type { Policy } from '../kernel/policy';
import type { Said } from '../kernel/refusal';
import { idOf, streamOf } from '../store/port';
import { type Lease, LeaseLost, Leases } from './leases';
import { failure, Giving, type GivingOptions, keyOfTask, keyOfTimer, type Outcome, type Timer } from './doer-giving';
import { type Demand, isDropped } from './doer-status';
import { demandedAs, type Task } from './doer-stuck';
import { type NewTask, putDown } from './policies';
import { EndsTheProcess, mostAttempts } from './runner-parking';
import type { Timing } from './runner-tail';

export interface DoerOptions extends GivingOptions {
  readonly pool: Pool;
  readonly policies: readonly Policy[];
  /** Random name of this process. */
  readonly owner: string;
  readonly now: () => Date;
  readonly timing: Timing;
  readonly leaseLife?: number;
  readonly report?: (error: unknown) => void;
}

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
  private readonly giving: Giving;
  private held: Lease | undefined;
  // How many more are tried by themselves, since whoever held the lease before may have died of one of them.
  private suspected = 0;
  private running: { readonly stopping: AbortController; readonly done: Promise<unknown> } | undefined;

  constructor(private readonly options: DoerOptions) {
    this.leases = new Leases(options.pool, options.owner, options.leaseLife);
    this.giving = new Giving(options);
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

  /** What giving a command again would come to; undefined where there is none of that name. To be asked of one whose commands record nothing. */
  async wouldGive(demand: Demand): Promise<Outcome | undefined> {
    const { task, timer } = await demandedAs(this.options.pool, demand);
    if (task) return this.giving.task(task);
    return timer && this.giving.timer(timer);
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
      const outcome = await this.suspecting(lease, keyOfTask(task), () => this.giving.task(task));
      outcomes.push([task, outcome]);
      // What comes after it rests on it.
      if (outcome.is === 'failed') break;
    }
    return outcomes;
  }

  private get atATime(): number {
    return this.suspected > 0 ? 1 : most;
  }
  /** Where one may have ended a process, it is put down beforehand which is tried; what did so too often is given up. */
  private async suspecting(lease: Lease, key: string, give: () => Promise<Outcome>): Promise<Outcome> {
    if (this.suspected === 0) return give();
    this.suspected -= 1;
    const attempts = await this.leases.trying(lease, key, true);
    return attempts <= mostAttempts ? give() : { is: 'refused', problem: failure(new EndsTheProcess(attempts - 1).message) };
  }

  private async settle(transaction: PoolClient, outcomes: readonly (readonly [Task, Outcome])[]): Promise<void> {
    const followUps = outcomes.flatMap(([task, outcome]) => (outcome.is === 'refused' ? this.undoing(task, outcome.problem) : []));
    const undone = new Set(followUps.map((order) => keyOfTask({ ...order, path: order.path.slice(0, -1) })));
    const settled = outcomes.map(([task, outcome]) => ({
      ...{ policy: task.policy, cause: task.cause },
      path: `{${task.path.join()}}`,
      state: outcome.is === 'refused' && undone.has(keyOfTask(task)) ? 'undone' : outcome.is,
      problem: outcome.is === 'done' ? null : outcome.problem,
      again_at: outcome.is === 'failed' ? this.later(Math.min(2 ** task.attempts, 3_600)) : '-infinity',
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
        const outcome = await this.suspecting(lease, keyOfTimer(timer), () => this.giving.timer(timer));
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

  private later(seconds: number): string {
    return new Date(this.options.now().getTime() + 1_000 * seconds).toISOString();
  }
}
