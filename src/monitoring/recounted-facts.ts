import { inForce, type Stored } from '../kernel/history';
import { type AnyLifecycle, type AnyState, dimensionsOf, evolveState, factsOf, initialState } from '../kernel/lifecycle';
import { momentOf } from '../kernel/part';
import { type Day, firstDay, lastDay } from '../kernel/partial-date';
import type { RuleBook } from '../kernel/rules';
import { idOf, kindOf, type Recorded } from '../store/port';

/** A stream, and what of it is known. */
export interface KnownStream {
  readonly of: AnyLifecycle;
  readonly stream: string;
  readonly recorded: readonly Recorded[];
  readonly history: readonly Stored[];
  readonly book: RuleBook;
}

/** Something that counts, told again from the events in force: nothing of it is looked up in the facts that are kept. */
export interface Recounted {
  readonly stream: string;
  readonly revision: number;
  readonly measure: string;
  readonly subject: string;
  readonly quantity: number;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly from: Day;
  readonly to: Day;
  /** Where the event that it stands on was first recorded. */
  readonly position: bigint;
  /** What the event that gave it its data was recorded under. */
  readonly import: string;
}

/** The key by which a stream is a subject. */
export const ownKey = (stream: string) => stream.replace('-', '/');

/** Everything that counts in a stream, from its first event on. */
export const recountedFacts = ({ of, stream, recorded, history, book }: KnownStream): readonly Recounted[] => {
  const standing = inForce(history).filter(({ type }) => type !== 'GateWaived');
  const states: AnyState[] = [initialState(of)];
  for (const event of standing)
    states.push(evolveState(of, states.at(-1)!, event, momentOf(event, event.rules === undefined ? undefined : book(event.rules))));
  const made = standing.flatMap((event, i) =>
    factsOf(of, event, states[i + 1]!, states[i]!).map(({ measure, subject, quantity, on = event.occurredOn, by = {} }) => ({
      ...{ stream, revision: event.revision, measure, quantity, by },
      subject: typeof subject !== 'string' ? subject.ref : subject === kindOf(stream) ? ownKey(stream) : `${stream} ${subject}`,
      from: firstDay(on),
      to: lastDay(on),
      position: recorded[event.revision]!.position,
      import: recorded[event.correctedBy ?? event.revision]!.metadata.correlationId,
    })),
  );
  const dimensions = made.length === 0 ? {} : dimensionsOf(of, states.at(-1)!, idOf(stream));
  return made.map(({ by, ...fact }) => ({ ...fact, dimensions: { ...dimensions, ...by } }));
};

/** What was known of a stream at a position. */
export const knownBy = (known: KnownStream, position: bigint): KnownStream => {
  if ((known.recorded.at(-1)?.position ?? 0n) <= position) return known;
  const recorded = known.recorded.filter((event) => event.position <= position);
  return { ...known, recorded, history: known.history.slice(0, recorded.length) };
};
