/**
 * A process that appends until it is told to stop, or is killed. It waits, loaded, for a line that says where and how; then it says of each
 * append that it begins, before it begins, and how it ended: whoever started it knows what was under way when it was killed.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { OutcomeUnknown, Unavailable, WrongRevision, type EventStore, type NewEvent } from '../../src/store/port';
import { PostgresStore } from '../../src/store/postgres';
import { metadata } from '../stores/events';
import type { Attempt } from '../stores/history';
import { moment } from '../stores/recorder';
import { seeded } from '../vault/seeded';
import { say, told } from './lines';
import { factAt } from './stories';

export interface Writing {
  readonly url: string;
  /** Its name, and what its choices follow from. */
  readonly name: string;
  readonly callers: number;
  /** Those that all writers write to; as many again are its own. */
  readonly streams: number;
}
export type Written =
  | { readonly is: 'began'; readonly key: number; readonly attempt: Attempt }
  | { readonly is: 'ended'; readonly key: number; readonly attempt: Attempt };

/** Longest wait for an answer: PostgreSQL is killed under it. */
const deadline = 3_000;

/** What one command recorded: corrections that have its id are applied together. */
const eventsOf = (from: number, count: number): readonly NewEvent[] => {
  const said = { ...metadata, commandId: randomUUID(), rules: 'iuc-lac-2019@1' };
  return Array.from({ length: count }, (_, i) => {
    const [type, data, occurredOn] = factAt(from + i);
    return { id: randomUUID(), type, data: data as NewEvent['data'], metadata: { ...said, occurredOn } };
  });
};

/** The same events at the same revision until it is known what became of them. */
async function until(store: EventStore, attempt: Attempt, events: readonly NewEvent[]): Promise<Attempt> {
  for (;;) {
    try {
      const { revision, position, recordedAt } = await store.append(attempt.stream, events, attempt.expected);
      return { ...attempt, ended: moment(), outcome: { is: 'acknowledged', revision, position: String(position), recordedAt } };
    } catch (error) {
      if (error instanceof WrongRevision) return { ...attempt, ended: moment(), outcome: { is: 'refused', actual: error.actual } };
      if (!(error instanceof OutcomeUnknown || error instanceof Unavailable)) throw error;
      await pause(10);
    }
  }
}

async function write({ url, name, callers, streams }: Writing, stopped: () => boolean): Promise<void> {
  const store = new PostgresStore({ url, deadline });
  const { randomBytes } = seeded(name);
  const below = (end: number) => randomBytes(4).readUInt32BE() % end;
  const known = new Map<string, number>();
  let key = 0;
  const lengthOf = async (stream: string): Promise<number> => {
    for (;;) {
      try {
        return (await store.read(stream)).length;
      } catch (error) {
        if (!(error instanceof Unavailable)) throw error;
        await pause(10);
      }
    }
  };
  const caller = async (nth: number) => {
    while (!stopped()) {
      const stream = below(2) === 0 ? `pairing-all-${below(streams)}` : `pairing-${name}-${below(streams)}`;
      const length = known.get(stream) ?? (await lengthOf(stream));
      const events = eventsOf(length, 1 + below(3));
      const expected = length === 0 ? 'none' : length - 1;
      const ids = events.map(({ id }) => id);
      const begun: Attempt = { by: `${name}/${nth}`, stream, ids, expected, began: moment(), outcome: { is: 'unknown' } };
      const own = (key += 1);
      say({ is: 'began', key: own, attempt: begun } satisfies Written);
      const attempt = await until(store, begun, events);
      say({ is: 'ended', key: own, attempt } satisfies Written);
      if (attempt.outcome.is === 'acknowledged') known.set(stream, attempt.outcome.revision + 1);
      else if (attempt.outcome.is === 'refused')
        known.set(stream, attempt.outcome.actual === 'none' ? 0 : Number(attempt.outcome.actual) + 1);
      // So many events a second as one checker can follow.
      await pause(below(4));
    }
  };
  await Promise.all(Array.from({ length: callers }, (_, nth) => caller(nth)));
  await store.close();
}

async function main(): Promise<void> {
  let stopping = false;
  let done: Promise<void> | undefined;
  for await (const line of told<Writing | 'stop'>()) {
    if (line === 'stop') {
      stopping = true;
      await done;
      return process.exit(0);
    }
    done = write(line, () => stopping);
    done.catch((error: unknown) => {
      process.stderr.write(`${String(error)}\n`);
      process.exit(1);
    });
  }
  // Whoever started it is gone.
  process.exit(1);
}

if (require.main === module) void main();
