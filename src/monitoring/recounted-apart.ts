import type { Selected } from '../parts/indicator-counting';
import type { Recounted } from './recounted-facts';

/** A fact with what it counts as: a party that was merged into another counts as that one. */
export interface Counts extends Recounted {
  /** What its stream counts as; `subject` is what its subject does. */
  readonly counts: string;
  readonly illustrative: boolean;
}
export interface RecountedFigure {
  readonly value: number | null;
  readonly straddling: number;
  readonly illustrative: boolean;
  /** Of a time: how many have begun and not ended. */
  readonly open?: number;
}
/** The facts of one stream are given to it once, all together. */
export interface Tally {
  add(facts: readonly Counts[]): void;
  whole(): RecountedFigure;
  group(is: string | null): RecountedFigure;
  /** The values of the dimension that were met. */
  readonly met: Iterable<string | null>;
}

export const isOf = ({ measure, where = {} }: Selected, fact: Counts) =>
  fact.measure === measure && Object.entries(where).every(([name, value]) => fact.dimensions[name] === value);

/** The quantities by a key. */
export const summed = (facts: readonly Counts[], key: (fact: Counts) => string | undefined): ReadonlyMap<string, bigint> => {
  const sums = new Map<string, bigint>();
  for (const fact of facts) {
    const name = key(fact);
    if (name !== undefined) sums.set(name, (sums.get(name) ?? 0n) + BigInt(fact.quantity));
  }
  return sums;
};

/** What is kept apart for each value of a dimension. */
export class Apart<Own> {
  private readonly groups = new Map<string | null, Own>();
  readonly all: Own;

  constructor(
    private readonly by: string | undefined,
    private readonly make: () => Own,
  ) {
    this.all = make();
  }

  get met(): Iterable<string | null> {
    return this.groups.keys();
  }
  of(is: string | null): Own {
    return this.groups.get(is) ?? this.make();
  }
  /** The whole, and each group with the facts that are in it. */
  ofEach(facts: readonly Counts[], work: (own: Own, facts: readonly Counts[]) => void): void {
    work(this.all, facts);
    if (this.by === undefined) return;
    const found = new Map<string | null, Counts[]>();
    for (const fact of facts) {
      const is = fact.dimensions[this.by] ?? null;
      const own = found.get(is);
      if (own) own.push(fact);
      else found.set(is, [fact]);
    }
    for (const [is, own] of found) {
      if (!this.groups.has(is)) this.groups.set(is, this.make());
      work(this.groups.get(is)!, own);
    }
  }
}
