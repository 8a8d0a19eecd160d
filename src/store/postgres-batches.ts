import { setTimeout as pause } from 'node:timers/promises';
import { BadAppend, kindOf, Unavailable, WrongRevision, type Appended } from './port';
import {
  appendStatement,
  outcomesOf,
  standingStatement,
  type AppendRow,
  type Outcome,
  type Request,
  type StandingRow,
} from './postgres-append';
import type { Classes } from './postgres-classes';
import { isRefusal, type Connection } from './postgres-connection';

interface Waiting extends Request {
  readonly resolve: (appended: Appended) => void;
  readonly reject: (error: unknown) => void;
}

/** Most requests and most characters of event text in one statement. */
const most = { requests: 256, text: 4_000_000 };

/** So many requests are worth a commit of their own where it can be prepared while another is under way. */
const worthwhile = 8;

/** How often a statement that lost against another (deadlock, serialization) is sent again. */
const repeats = 10;

/**
 * Group commit: appends that wait while a statement is under way share the next one. Each stream occurs once in a statement and in one
 * statement at a time; what else waits for it keeps its order.
 */
export class Batches {
  private readonly waiting = new Map<string, Waiting[]>();
  private readonly ready: string[] = [];
  private readonly free: Connection[];
  private readonly watching: (() => void)[] = [];
  private scheduled = false;

  /** @param lanes connections that may each have one statement under way */
  constructor(
    lanes: readonly Connection[],
    private readonly classes: Classes,
    private readonly onAppended: () => void,
    private readonly batched: (appends: number) => void = () => undefined,
  ) {
    this.free = [...lanes];
  }

  /** As `EventStore.append`, for a request that passed the door. */
  append(request: Request): Promise<Appended> {
    return new Promise((resolve, reject) => {
      const queue = this.waiting.get(request.stream);
      if (queue) queue.push({ ...request, resolve, reject });
      else {
        this.waiting.set(request.stream, [{ ...request, resolve, reject }]);
        this.ready.push(request.stream);
      }
      if (this.scheduled) return;
      this.scheduled = true;
      queueMicrotask(() => {
        this.scheduled = false;
        this.start();
      });
    });
  }

  /** Resolves when nothing waits and nothing is under way. */
  async idle(): Promise<void> {
    while (this.waiting.size > 0) await new Promise<void>((resolve) => this.watching.push(resolve));
  }

  private start(): void {
    while (this.ready.length > 0) {
      // In equal shares: a lane that took all would leave the others, this process or the server with nothing to do by turns.
      const share = Math.max(worthwhile, Math.ceil(this.ready.length / this.free.length));
      const lane = this.free.pop();
      if (!lane) return;
      const batch = this.take(Math.min(share, most.requests));
      this.batched(batch.length);
      void this.settle(lane, batch).finally(() => {
        this.free.push(lane);
        for (const { stream } of batch) this.leave(stream);
        this.start();
        if (this.waiting.size === 0) for (const tell of this.watching.splice(0)) tell();
      });
    }
  }

  private take(requests: number): readonly Waiting[] {
    const batch: Waiting[] = [];
    let text = 0;
    while (this.ready.length > 0 && batch.length < requests && text < most.text) {
      const next = this.waiting.get(this.ready.shift()!)![0]!;
      batch.push(next);
      for (const event of next.events) text += event.data.length + event.metadata.length;
    }
    return batch.sort((a, b) => (a.stream < b.stream ? -1 : 1));
  }

  private leave(stream: string): void {
    const queue = this.waiting.get(stream)!;
    queue.shift();
    if (queue.length > 0) this.ready.push(stream);
    else this.waiting.delete(stream);
  }

  /** Answers every request of the batch; never throws. */
  private async settle(lane: Connection, batch: readonly Waiting[]): Promise<void> {
    try {
      const outcomes = await this.write(lane, batch);
      if (outcomes.some((outcome) => outcome !== 'lost')) this.onAppended();
      for (const [index, waiting] of batch.entries()) {
        const outcome = outcomes[index]!;
        if (outcome !== 'lost') waiting.resolve(outcome);
        else await this.explain(lane, waiting).then(waiting.resolve, waiting.reject);
      }
    } catch (error) {
      if (batch.length === 1 || !isRefusal(error)) for (const { reject } of batch) reject(reasonOf(error));
      // One of them cannot be stored: alone, it hurts nobody else.
      else for (const waiting of batch) await this.settle(lane, [waiting]);
    }
  }

  private async write(lane: Connection, batch: readonly Request[]): Promise<readonly Outcome[]> {
    const wanted = batch.flatMap(({ stream, events }) => events.map(({ type }) => ({ kind: kindOf(stream), type })));
    const statement = appendStatement(batch, await this.classes.numbersOf(wanted, lane));
    for (let attempt = 1; ; attempt += 1) {
      try {
        return outcomesOf(batch, (await lane.run<AppendRow>(statement)).rows);
      } catch (error) {
        if (attempt === repeats || !isRefusal(error) || !['40P01', '40001'].includes(error.code)) throw error;
        await pause(Math.random() * 5 * attempt);
      }
    }
  }

  /** The same events may stand there already; or else somebody else was faster. */
  private async explain(lane: Connection, request: Request): Promise<Appended> {
    const { stream, expected, events } = request;
    for (let attempt = 1; attempt <= repeats; attempt += 1) {
      const standing = (await lane.run<StandingRow>(standingStatement(request))).rows[0];
      const actual = standing?.revision ?? 'none';
      if (standing?.position && standing.ids.length === events.length && standing.ids.every((id, index) => id === events[index]!.id)) {
        const before = expected === 'none' ? -1 : Number(expected);
        return { revision: before + events.length, position: BigInt(standing.position), recordedAt: standing.recorded_at! };
      }
      const holds = expected === actual || expected === 'any' || (expected === 'exists' && actual !== 'none');
      if (!holds) throw new WrongRevision(stream, expected, actual);
      // Born in another process while the statement ran.
      const [outcome] = await this.write(lane, [request]);
      if (outcome && outcome !== 'lost') {
        this.onAppended();
        return outcome;
      }
    }
    throw new Unavailable(`${stream} is being written by too many at once`);
  }
}

/** What a refused statement means to the caller: its class of SQLSTATE says whose fault it is. */
export function reasonOf(error: unknown): unknown {
  if (!isRefusal(error)) return error;
  if (/^(?:22|23|54|P0)/.test(error.code)) return new BadAppend(`PostgreSQL cannot store it: ${error.message}`, { cause: error });
  if (/^(?:25|40|53|55)/.test(error.code)) return new Unavailable(`PostgreSQL cannot write now: ${error.message}`, { cause: error });
  return error;
}
