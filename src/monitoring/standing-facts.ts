import { advance, inForce, type Standing, type Stored, untouched } from '../kernel/history';
import { type AnyLifecycle, type AnyState, dimensionsOf, factsOf } from '../kernel/lifecycle';
import type { Fact } from '../kernel/part';
import { type Day, firstDay, lastDay } from '../kernel/partial-date';
import type { RuleBook } from '../kernel/rules';
import { idOf, kindOf } from '../store/port';

export type Dimensions = Readonly<Record<string, string>>;

/** Something that counts, by the event it stands on (`revision`) and its place among the facts of that event. */
export interface CountedFact extends Content {
  readonly ordinal: number;
  /** Revision of the event that gave it its data: itself, or its latest correction. */
  readonly given: number;
}

/** What makes two facts of a stream the same. */
export interface Content {
  readonly revision: number;
  readonly measure: string;
  readonly subject: string;
  readonly quantity: number;
  readonly dimensions: Dimensions;
  readonly occurredFrom: Day;
  readonly occurredTo: Day;
}

/**
 * The key by which facts of all streams meet. A `ref` is one already (`party/almada`); the kind of the stream, in words, means the
 * stream itself (`party` in `party-almada` is `party/almada`); other words mean something inside the stream.
 */
export const subjectKey = (stream: string, subject: Fact['subject']): string => {
  if (typeof subject !== 'string') return subject.ref;
  return subject === kindOf(stream) ? `${subject}/${idOf(stream)}` : `${stream}/${subject}`;
};

/** What one event counts for, with the dimensions of its stream; what a fact says of itself (`by`) adds to them. */
export const countedFacts = (
  of: AnyLifecycle,
  stream: string,
  event: Standing,
  after: AnyState,
  before: AnyState,
  dimensions: Dimensions,
): readonly CountedFact[] =>
  factsOf(of, event, after, before).map(({ measure, subject, quantity, on = event.occurredOn, by }, ordinal) => ({
    revision: event.revision,
    ordinal,
    given: event.correctedBy ?? event.revision,
    measure,
    subject: subjectKey(stream, subject),
    quantity,
    dimensions: { ...dimensions, ...by },
    occurredFrom: firstDay(on),
    occurredTo: lastDay(on),
  }));

/** All facts of a stream: a function of what is in force there, with the dimensions of its latest state for all of them. */
export const standingFacts = (of: AnyLifecycle, stream: string, history: readonly Stored[], book: RuleBook): readonly CountedFact[] => {
  const made: CountedFact[] = [];
  let folded = untouched(of);
  for (const event of inForce(history)) {
    const next = advance(of, folded, event, book);
    if (event.type !== 'GateWaived') made.push(...countedFacts(of, stream, event, next.state, folded.state, {}));
    folded = next;
  }
  const dimensions = made.length === 0 ? {} : dimensionsOf(of, folded.state, idOf(stream));
  return made.map((fact) => ({ ...fact, dimensions: { ...dimensions, ...fact.dimensions } }));
};

const contents = ({ revision, measure, subject, quantity, dimensions, occurredFrom, occurredTo }: Content): string =>
  JSON.stringify([
    revision,
    measure,
    subject,
    quantity,
    Object.entries(dimensions).toSorted(([a], [b]) => (a < b ? -1 : 1)),
    occurredFrom,
    occurredTo,
  ]);

/** What no longer holds and what is new; equal facts pair off one by one, whatever their place. */
export const difference = <Held extends Content>(
  held: readonly Held[],
  holds: readonly CountedFact[],
): { readonly gone: readonly Held[]; readonly come: readonly CountedFact[] } => {
  const left = new Map<string, Held[]>();
  for (const fact of held) {
    const key = contents(fact);
    const same = left.get(key);
    if (same) same.push(fact);
    else left.set(key, [fact]);
  }
  const come = holds.filter((fact) => left.get(contents(fact))?.shift() === undefined);
  return { gone: [...left.values()].flat(), come };
};
