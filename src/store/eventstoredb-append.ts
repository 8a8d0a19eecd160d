import { setTimeout as pause } from 'node:timers/promises';
import type { Written } from './door';
import type { EventStoreDbConnection } from './eventstoredb-connection';
import { actualRevision, isDropped, ofAppend } from './eventstoredb-errors';
import { dataOf, type RawEvent } from './eventstoredb-events';
import type { Moments } from './eventstoredb-moments';
import type { EventStoreDbReads } from './eventstoredb-read';
import { Turns } from './eventstoredb-turns';
import { OutcomeUnknown, Unavailable, WrongRevision, type Appended, type Expected } from './port';

/** How often an append to whatever the stream holds is tried against others who do the same. */
const attempts = 50;

/** How often an append that the server dropped is sent again, and milliseconds before. */
const dropped = { repeats: 2, pause: 50 } as const;

/** How many unanswered appends are remembered. */
const most = 10_000;

type Sent =
  { readonly revision: number; readonly position: bigint | undefined; readonly recordedAt: string } | { readonly actual: number | 'none' };

/**
 * Appends, one at a time for each stream, always at an exact revision: only so does the server recognise a repeat, also after it was
 * started again. It does not say whether it recognised one: where it may have, the answer is read from what is stored.
 */
export class EventStoreDbAppends {
  private readonly turns = new Turns();
  private begun: Promise<unknown> | undefined;
  /** First ids of appends that nobody answered. */
  private readonly unanswered = new Set<string>();

  constructor(
    private readonly connection: EventStoreDbConnection,
    private readonly reads: EventStoreDbReads,
    private readonly moments: Moments,
  ) {}

  append(stream: string, events: readonly Written[], expected: Expected): Promise<Appended> {
    return this.turns.inTurn(stream, async () => {
      await this.begin();
      if (expected === 'none' || typeof expected === 'number') return this.exactly(stream, events, expected);
      return this.whatever(stream, events, expected);
    });
  }

  idle(): Promise<void> {
    return this.turns.idle();
  }

  /** The first time of recording is not below that of the newest event. */
  private async begin(): Promise<void> {
    const begun = (this.begun ??= this.reads.newest());
    await begun.catch((error: unknown) => {
      if (this.begun === begun) this.begun = undefined;
      throw error;
    });
  }

  private async whatever(stream: string, events: readonly Written[], expected: 'any' | 'exists'): Promise<Appended> {
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const actual = await this.standingOf(stream);
      if (expected === 'exists' && actual === 'none') throw new WrongRevision(stream, expected, actual);
      try {
        return await this.exactly(stream, events, actual);
      } catch (error) {
        if (!(error instanceof WrongRevision)) throw error;
        await pause(Math.random() * Math.min(attempt, 10) * 2);
      }
    }
    throw new Unavailable(`${stream} is being written by too many at once`);
  }

  private async exactly(stream: string, events: readonly Written[], expected: 'none' | number): Promise<Appended> {
    const before = expected === 'none' ? -1 : expected;
    const { highest } = this.reads;
    const sent = await this.sendUntilTaken(stream, events, expected);
    const first = events[0]!.id;
    if ('actual' in sent) {
      const standing = await this.reads.raw(stream, BigInt(before + 1), events.length).catch(() => []);
      if (standing.length === events.length && standing.every(({ id }, index) => id === events[index]!.id))
        return this.answerOf(standing.at(-1)!);
      throw new WrongRevision(stream, expected, sent.actual);
    }
    // Written now: it lies beyond everything that was there, and nobody here has sent it before.
    if (sent.position !== undefined && sent.position > highest && !this.unanswered.has(first)) {
      this.reads.saw(sent.position, sent.recordedAt);
      return { revision: sent.revision, position: sent.position, recordedAt: sent.recordedAt };
    }
    // It may have been written before. That it cannot be read is no answer, and a repeat gets one.
    const [last] = await this.reads.raw(stream, BigInt(sent.revision), 1).catch((error: unknown) => {
      throw new OutcomeUnknown(`${stream} was extended, and could not be read: ${(error as Error).message}`, { cause: error });
    });
    if (last?.id !== events.at(-1)!.id) throw new OutcomeUnknown(`the EventStoreDB holds something else of ${stream} than it acknowledged`);
    this.unanswered.delete(first);
    return this.answerOf(last);
  }

  private async sendUntilTaken(stream: string, events: readonly Written[], expected: 'none' | number): Promise<Sent> {
    for (let repeat = 0; ; repeat += 1) {
      try {
        return await this.send(stream, events, expected);
      } catch (error) {
        if (repeat === dropped.repeats || !isDropped(error)) throw error;
        await pause(dropped.pause * (1 + Math.random()));
      }
    }
  }

  /** @returns where it stands, or how the stream stands when it was not written */
  private async send(stream: string, events: readonly Written[], expected: 'none' | number): Promise<Sent> {
    const moment = await this.moments.take();
    const recordedAt = moment.at;
    try {
      const data = events.map((event) => dataOf(event, recordedAt));
      const answer = await this.connection.append(stream, data, expected === 'none' ? 'no_stream' : BigInt(expected));
      if (!answer.success) return { actual: await this.standingOf(stream) };
      return { revision: Number(answer.nextExpectedRevision), position: answer.position?.commit, recordedAt };
    } catch (error) {
      const actual = actualRevision(error);
      if (actual !== undefined) return { actual };
      const meaning = ofAppend(error, stream);
      if (meaning instanceof OutcomeUnknown) this.remember(events[0]!.id);
      throw meaning;
    } finally {
      moment.done();
    }
  }

  private remember(id: string): void {
    this.unanswered.add(id);
    if (this.unanswered.size > most) this.unanswered.delete(this.unanswered.values().next().value!);
  }

  private answerOf(last: RawEvent): Appended {
    const { revision, position, recordedAt } = this.reads.recorded(last)!;
    return { revision, position, recordedAt };
  }

  private async standingOf(stream: string): Promise<number | 'none'> {
    const [last] = await this.reads.raw(stream, 'end', 1);
    return last ? Number(last.revision) : 'none';
  }
}
