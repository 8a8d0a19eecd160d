import type { Day } from '../kernel/partial-date';
import type { Counting } from '../parts/indicator-counting';
import { Apart, type Counts, isOf, type RecountedFigure, type Tally } from './recounted-apart';
import { PlainTally } from './recounted-plain';

class RatioTally implements Tally {
  private readonly above: PlainTally;
  private readonly below: PlainTally;

  constructor({ numerator, denominator }: Extract<Counting, { aggregation: 'ratio' }>, asOf: Day, by: string | undefined) {
    this.above = new PlainTally(numerator, asOf, by);
    this.below = new PlainTally(denominator, asOf, by);
  }

  get met(): Iterable<string | null> {
    return new Set([...this.above.met, ...this.below.met]);
  }
  add(facts: readonly Counts[]): void {
    this.above.add(facts);
    this.below.add(facts);
  }
  whole(): RecountedFigure {
    return this.told(this.above.whole(), this.below.whole());
  }
  group(is: string | null): RecountedFigure {
    return this.told(this.above.group(is), this.below.group(is));
  }
  /** To six places, a half up. */
  private told(above: RecountedFigure, below: RecountedFigure): RecountedFigure {
    const [over, under] = [BigInt(above.value!), BigInt(below.value!)];
    return {
      value: under === 0n ? null : Number((2_000_000n * over + under) / (2n * under)) / 1e6,
      straddling: above.straddling + below.straddling,
      illustrative: above.illustrative || below.illustrative,
    };
  }
}

interface TimesOwn {
  readonly days: number[];
  open: number;
  straddling: number;
  illustrative: boolean;
}
const days = (from: Day, to: Day) => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
const nearestRank = (values: readonly number[], percentile: number): number | null =>
  values.toSorted((one, other) => one - other)[Math.max(0, Math.ceil((percentile * values.length) / 100) - 1)] ?? null;

class TimesTally implements Tally {
  private readonly apart: Apart<TimesOwn>;
  private straddlingEnds = 0;
  private illustrativeEnds = false;

  constructor(
    private readonly counting: Extract<Counting, { aggregation: 'duration' | 'elapsed' }>,
    private readonly asOf: Day,
    by: string | undefined,
  ) {
    this.apart = new Apart(by, () => ({ days: [], open: 0, straddling: 0, illustrative: false }));
  }

  get met(): Iterable<string | null> {
    return this.apart.met;
  }
  add(all: readonly Counts[]): void {
    const { counting, asOf } = this;
    const facts = all.filter(({ from }) => from <= asOf);
    const straddling = (those: readonly Counts[]) => those.filter(({ to }) => to > asOf).length;
    const first = (those: readonly Counts[]): Day | undefined =>
      those
        .filter(({ to, quantity }) => to <= asOf && quantity > 0)
        .map(({ to }) => to)
        .toSorted()[0];
    const ends = facts.filter((fact) => isOf(counting.until, fact));
    const ended = first(ends);
    this.straddlingEnds += straddling(ends);
    this.illustrativeEnds ||= ends.some(({ illustrative }) => illustrative);
    const own = facts.filter((fact) => isOf(counting, fact));
    if (own.length === 0) return;
    this.apart.ofEach(own, (to, those) => {
      to.straddling += straddling(those);
      to.illustrative ||= those.some(({ illustrative }) => illustrative);
      const begun = first(those);
      if (begun === undefined) return;
      if (ended === undefined) to.open += 1;
      if (counting.aggregation === 'elapsed' && ended === undefined) to.days.push(days(begun, asOf));
      if (counting.aggregation === 'duration' && ended !== undefined) to.days.push(Math.max(0, days(begun, ended)));
    });
  }
  whole(): RecountedFigure {
    return this.told(this.apart.all, this.straddlingEnds);
  }
  group(is: string | null): RecountedFigure {
    return this.told(this.apart.of(is), 0);
  }
  private told({ days, open, straddling, illustrative }: TimesOwn, more: number): RecountedFigure {
    return {
      value: nearestRank(days, this.counting.percentile),
      straddling: straddling + more,
      illustrative: illustrative || this.illustrativeEnds,
      open,
    };
  }
}

export const tallyOf = (counting: Counting, asOf: Day, by: string | undefined): Tally => {
  switch (counting.aggregation) {
    case 'ratio':
      return new RatioTally(counting, asOf, by);
    case 'duration':
    case 'elapsed':
      return new TimesTally(counting, asOf, by);
    case 'sum':
    case 'stock':
    case 'distinct':
    case 'without':
    case 'joined':
      return new PlainTally(counting, asOf, by);
  }
};
