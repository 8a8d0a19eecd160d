import { inForce } from '../../src/kernel/history';
import { type AnyState, evolveState, factsOf, initialState } from '../../src/kernel/lifecycle';
import { momentOf } from '../../src/kernel/part';
import { firstDay, lastDay } from '../../src/kernel/partial-date';
import type { Counting, Selected } from '../../src/monitoring/indicators';
import { kindOf } from '../../src/store/port';
import { pairing, party } from './cooperation';
import { stored, type Told } from './told';

interface Naive {
  readonly stream: string;
  readonly revision: number;
  readonly measure: string;
  readonly subject: string;
  readonly quantity: number;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly from: string;
  readonly to: string;
}

/** Everything that counts in a log, told again from its first event: no table, no difference, nothing kept. */
const effective = (told: Told, knownAt: string): readonly Naive[] => {
  const known = told.log.filter(({ recordedAt }) => recordedAt <= knownAt);
  return [...new Set(known.map(({ stream }) => stream))].flatMap((stream) => {
    const of = kindOf(stream) === 'party' ? party : pairing;
    const standing = inForce(known.filter((event) => event.stream === stream).map(stored));
    const states = standing.reduce<AnyState[]>(
      (all, event) => [...all, evolveState(of, all.at(-1)!, event, momentOf(event, undefined))],
      [initialState(of)],
    );
    const dimensions = of.dimensions(states.at(-1) as never);
    return standing.flatMap((event, i) =>
      factsOf(of, event, states[i + 1]!, states[i]!).map(({ measure, subject, quantity, on = event.occurredOn, by }) => ({
        stream,
        revision: event.revision,
        measure,
        subject: typeof subject !== 'string' ? subject.ref : subject === kindOf(stream) ? stream.replace('-', '/') : `${stream} ${subject}`,
        quantity,
        dimensions: { ...dimensions, ...by },
        from: firstDay(on),
        to: lastDay(on),
      })),
    );
  });
};

interface Counts extends Naive {
  /** The party that the stream of a merged one counts as; any other stream counts as itself. */
  readonly counts: string;
}
const counts = { subject: 'subject', stream: 'counts' } as const;

const sum = (facts: readonly Naive[]) => facts.reduce((total, { quantity }) => total + quantity, 0);

const grouped = <Each extends Naive>(facts: readonly Each[], by: (fact: Each) => string): readonly (readonly Each[])[] =>
  [...new Set(facts.map(by))].map((key) => facts.filter((fact) => by(fact) === key));

/** Merges are looked at in the order in which they were first recorded; one that would close a circle is passed over. */
const rootOf = (told: Told, all: readonly Naive[], asOf: string): ((party: string) => string) => {
  const made = all.filter(({ measure, to }) => measure === 'party-merged' && to <= asOf);
  const latest = new Map<string, Naive & { readonly first: number }>();
  for (const fact of made) {
    const of = made.filter(({ stream, subject }) => stream === fact.stream && subject === fact.subject);
    const first = told.log.findIndex(({ stream, revision }) => stream === fact.stream && revision === fact.revision);
    if (fact.quantity > 0 && sum(of) > 0 && first > (latest.get(fact.stream)?.first ?? -1)) latest.set(fact.stream, { ...fact, first });
  }
  const into = new Map<string, string>();
  const root = (party: string): string => (into.has(party) ? root(into.get(party)!) : party);
  for (const { stream, subject } of [...latest.values()].toSorted((one, other) => one.first - other.first)) {
    const member = stream.replace('-', '/');
    if (root(subject) !== member) into.set(member, subject);
  }
  return root;
};

/** A figure and what straddles its date, counted one fact at a time. */
export const naively = (told: Told, counting: Counting, asOf: string, knownAt: string): { value: number; straddling: number } => {
  const stated = effective(told, knownAt);
  const root = rootOf(told, stated, asOf);
  const all = stated.map((fact) => ({ ...fact, subject: root(fact.subject), counts: root(fact.stream.replace('-', '/')) }));
  const selected = ({ measure, where = {} }: Selected) =>
    all.filter((fact) => fact.measure === measure && Object.entries(where).every(([name, value]) => fact.dimensions[name] === value));
  const over = (of: Selected) => selected(of).filter(({ to }) => to <= asOf);
  const began = (of: Selected) => over(of).filter(({ quantity }) => quantity > 0);
  const straddles = ({ from, to }: Naive) => from <= asOf && asOf < to;

  const straddling = selected(counting).filter(straddles).length;
  switch (counting.aggregation) {
    case 'sum': {
      const bySubject = grouped(over(counting), ({ stream, subject }) => `${stream} ${subject}`);
      return { value: bySubject.reduce((total, facts) => total + Math.max(0, sum(facts)), 0), straddling };
    }
    case 'distinct': {
      const { of } = counting;
      const value = new Set(began(counting).map((fact) => (typeof of === 'string' ? fact[counts[of]] : fact.dimensions[of.dimension])))
        .size;
      return { value, straddling };
    }
    case 'without': {
      const less = new Set(began(counting.less).map((fact) => fact[counts[counting.of]]));
      const left = new Set(
        began(counting)
          .map((fact) => fact[counts[counting.of]])
          .filter((one) => !less.has(one)),
      );
      return { value: left.size, straddling: straddling + selected(counting.less).filter(straddles).length };
    }
    case 'joined': {
      const subjects = new Set(began(counting).map(({ subject }) => subject));
      const { of } = counting.through;
      const told = (fact: Counts) => (typeof of === 'string' ? fact[counts[of]] : fact.dimensions[of.dimension]);
      const attributes = selected(counting.through).filter(
        (fact) => subjects.has(fact.stream.replace('-', '/')) && (fact.quantity > 0 || fact.to <= asOf),
      );
      const values = grouped(attributes, (fact) => `${fact.stream} ${told(fact)}`)
        .filter((facts) => sum(facts) > 0)
        .map(([fact]) => told(fact!));
      return { value: new Set(values).size, straddling };
    }
  }
};
