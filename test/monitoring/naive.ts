import { inForce } from '../../src/kernel/history';
import { type AnyState, dimensionsOf, evolveState, factsOf, initialState } from '../../src/kernel/lifecycle';
import { momentOf } from '../../src/kernel/part';
import { firstDay, lastDay } from '../../src/kernel/partial-date';
import { type AskedByDimension, narrowed } from '../../src/monitoring/counting';
import type { Counting, PlainCounting, Selected } from '../../src/parts/indicator-counting';
import { idOf, kindOf } from '../../src/store/port';
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
    const dimensions = dimensionsOf(of, states.at(-1) as never, idOf(stream));
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

export interface NaiveFigure {
  readonly value: number | null;
  readonly straddling: number;
}
export interface NaiveAnswer extends NaiveFigure {
  readonly groups?: readonly (NaiveFigure & { readonly is: string | null })[];
}

/** A figure and what straddles its date, counted one fact at a time; and so of each value of a dimension. */
export const naively = (told: Told, asked: AskedByDimension, asOf: string, knownAt: string): NaiveAnswer => {
  const { by } = asked;
  const counting = narrowed(asked.counting, asked.where);
  const stated = effective(told, knownAt);
  const root = rootOf(told, stated, asOf);
  const all = stated.map((fact): Counts => ({ ...fact, subject: root(fact.subject), counts: root(fact.stream.replace('-', '/')) }));
  const whole = figureOf(all, all, counting, asOf, true);
  if (by === undefined) return whole;
  const groupOf = ({ dimensions }: Naive) => dimensions[by] ?? null;
  const grouped = firstOf(counting).flatMap((selected) => all.filter((fact) => isOf(selected, fact) && fact.from <= asOf));
  const groups = [...new Set(grouped.map(groupOf))].toSorted((one, other) => (one === null ? 1 : other === null || one < other ? -1 : 1));
  return {
    ...whole,
    groups: groups.map((is) => ({
      is,
      ...figureOf(
        all.filter((fact) => groupOf(fact) === is),
        all,
        counting,
        asOf,
        false,
      ),
    })),
  };
};

/** What is broken down: the others are looked at whole. */
const firstOf = (counting: Counting): readonly Selected[] =>
  counting.aggregation === 'ratio' ? [counting.numerator, counting.denominator] : [counting];
const isOf = ({ measure, where = {} }: Selected, fact: Naive) =>
  fact.measure === measure && Object.entries(where).every(([name, value]) => fact.dimensions[name] === value);
const nearestRank = (values: readonly number[], percentile: number): number | null =>
  values.toSorted((one, other) => one - other)[Math.max(0, Math.ceil((percentile / 100) * values.length) - 1)] ?? null;
const days = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / 86_400_000;

const figureOf = (of: readonly Counts[], all: readonly Counts[], counting: Counting, asOf: string, isWhole: boolean): NaiveFigure => {
  if (counting.aggregation === 'ratio') {
    const [above, below] = [counting.numerator, counting.denominator].map((each) => plainOf(of, all, each, asOf, isWhole));
    return {
      value: below!.value === 0 ? null : Math.round((above!.value! / below!.value!) * 1e6) / 1e6,
      straddling: above!.straddling + below!.straddling,
    };
  }
  if (counting.aggregation !== 'duration' && counting.aggregation !== 'elapsed') return plainOf(of, all, counting, asOf, isWhole);
  const firsts = (facts: readonly Counts[], selected: Selected) => {
    const began = facts.filter((fact) => isOf(selected, fact) && fact.to <= asOf && fact.quantity > 0);
    return new Map(grouped(began, ({ stream }) => stream).map((each) => [each[0]!.stream, each.map(({ to }) => to).toSorted()[0]!]));
  };
  const ends = firsts(all, counting.until);
  const lasted = [...firsts(of, counting)].flatMap(([stream, begun]) => {
    const ended = ends.get(stream);
    if (counting.aggregation === 'elapsed') return ended === undefined ? [days(begun, asOf)] : [];
    return ended === undefined ? [] : [Math.max(0, days(begun, ended))];
  });
  const straddling =
    of.filter((fact) => isOf(counting, fact) && straddles(fact, asOf)).length +
    (isWhole ? all.filter((fact) => isOf(counting.until, fact) && straddles(fact, asOf)).length : 0);
  return { value: nearestRank(lasted, counting.percentile), straddling };
};
const straddles = ({ from, to }: Naive, asOf: string) => from <= asOf && asOf < to;

const plainOf = (of: readonly Counts[], all: readonly Counts[], counting: PlainCounting, asOf: string, isWhole: boolean): NaiveFigure => {
  const over = (facts: readonly Counts[], selected: Selected) => facts.filter((fact) => isOf(selected, fact) && fact.to <= asOf);
  const began = (facts: readonly Counts[], selected: Selected) => over(facts, selected).filter(({ quantity }) => quantity > 0);
  const straddling = of.filter((fact) => isOf(counting, fact) && straddles(fact, asOf)).length;
  switch (counting.aggregation) {
    case 'sum':
    case 'stock': {
      const bySubject = grouped(over(of, counting), ({ stream, subject }) => `${stream} ${subject}`).map((facts) => ({
        subject: facts[0]!.subject,
        left: Math.max(0, sum(facts)),
      }));
      if (counting.aggregation === 'sum') return { value: bySubject.reduce((total, { left }) => total + left, 0), straddling };
      return { value: new Set(bySubject.filter(({ left }) => left > 0).map(({ subject }) => subject)).size, straddling };
    }
    case 'distinct': {
      const things = began(of, counting).map((fact) =>
        typeof counting.of === 'string' ? fact[counts[counting.of]] : fact.dimensions[counting.of.dimension],
      );
      return { value: new Set(things.filter((each) => each !== undefined)).size, straddling };
    }
    case 'without': {
      const less = new Set(began(all, counting.less).map((fact) => fact[counts[counting.of]]));
      const left = began(of, counting)
        .map((fact) => fact[counts[counting.of]])
        .filter((one) => !less.has(one));
      const others = isWhole ? all.filter((fact) => isOf(counting.less, fact) && straddles(fact, asOf)).length : 0;
      return { value: new Set(left).size, straddling: straddling + others };
    }
    case 'joined': {
      const subjects = new Set(began(of, counting).map(({ subject }) => subject));
      const { through } = counting;
      const told = (fact: Counts) => (typeof through.of === 'string' ? fact[counts[through.of]] : fact.dimensions[through.of.dimension]);
      const attributes = all.filter(
        (fact) => isOf(through, fact) && subjects.has(fact.stream.replace('-', '/')) && (fact.quantity > 0 || fact.to <= asOf),
      );
      const values = grouped(attributes, (fact) => `${fact.stream} ${told(fact)}`)
        .filter((facts) => sum(facts) > 0)
        .map(([fact]) => told(fact!));
      return { value: new Set(values).size, straddling };
    }
  }
};
