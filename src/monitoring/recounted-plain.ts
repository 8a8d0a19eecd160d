import type { Day } from '../kernel/partial-date';
import type { PlainCounting } from '../parts/indicator-counting';
import { Apart, type Counts, isOf, type RecountedFigure, summed, type Tally } from './recounted-apart';
import { ownKey } from './recounted-facts';

interface PlainOwn {
  sum: bigint;
  readonly things: Set<string>;
  straddling: number;
  illustrative: boolean;
}

/** How many of something there are. */
export class PlainTally implements Tally {
  private readonly apart: Apart<PlainOwn>;
  private readonly others = new Set<string>();
  private readonly attributes = new Map<string, readonly string[]>();
  private straddlingOthers = 0;
  private illustrativeOthers = false;

  constructor(
    private readonly counting: PlainCounting,
    private readonly asOf: Day,
    by: string | undefined,
  ) {
    this.apart = new Apart(by, () => ({ sum: 0n, things: new Set<string>(), straddling: 0, illustrative: false }));
  }

  get met(): Iterable<string | null> {
    return this.apart.met;
  }

  add(facts: readonly Counts[]): void {
    const { counting, asOf } = this;
    const begun = facts.filter(({ from }) => from <= asOf);
    const own = begun.filter((fact) => isOf(counting, fact));
    if (own.length > 0) this.apart.ofEach(own, (to, those) => this.addTo(to, those));
    if (counting.aggregation === 'without') {
      const less = begun.filter((fact) => isOf(counting.less, fact));
      for (const fact of this.certain(less)) if (fact.quantity > 0) this.others.add(fact[counting.of === 'subject' ? 'subject' : 'counts']);
      this.straddlingOthers += less.length - this.certain(less).length;
      this.illustrativeOthers ||= less.some(({ illustrative }) => illustrative);
    }
    if (counting.aggregation === 'joined') {
      const { of } = counting.through;
      const through = facts.filter((fact) => isOf(counting.through, fact));
      // What a stream says of itself has no date; what takes it back has.
      const told = summed(
        through.filter(({ quantity, to }) => quantity > 0 || to <= asOf),
        (fact) => (of === 'subject' ? fact.subject : fact.dimensions[of.dimension]),
      );
      const stands = [...told].filter(([, sum]) => sum > 0n).map(([attribute]) => attribute);
      if (stands.length > 0) this.attributes.set(ownKey(through[0]!.stream), stands);
      this.illustrativeOthers ||= through.some(({ from, illustrative }) => from <= asOf && illustrative);
    }
  }

  whole(): RecountedFigure {
    return this.told(this.apart.all, this.straddlingOthers);
  }
  group(is: string | null): RecountedFigure {
    return this.told(this.apart.of(is), 0);
  }
  private count({ sum, things }: PlainOwn): bigint {
    switch (this.counting.aggregation) {
      case 'sum':
        return sum;
      case 'stock':
      case 'distinct':
        return BigInt(things.size);
      case 'without':
        return BigInt([...things].filter((thing) => !this.others.has(thing)).length);
      case 'joined':
        return BigInt(new Set([...things].flatMap((thing) => this.attributes.get(thing) ?? [])).size);
    }
  }

  private told(own: PlainOwn, straddling: number): RecountedFigure {
    return {
      value: Number(this.count(own)),
      straddling: own.straddling + straddling,
      illustrative: own.illustrative || this.illustrativeOthers,
    };
  }
  private certain(facts: readonly Counts[]) {
    return facts.filter(({ to }) => to <= this.asOf);
  }
  private addTo(own: PlainOwn, facts: readonly Counts[]): void {
    const { counting } = this;
    const certain = this.certain(facts);
    own.straddling += facts.length - certain.length;
    own.illustrative ||= facts.some(({ illustrative }) => illustrative);
    const began = certain.filter(({ quantity }) => quantity > 0);
    switch (counting.aggregation) {
      case 'sum':
        for (const left of summed(certain, ({ subject }) => subject).values()) if (left > 0n) own.sum += left;
        break;
      case 'stock':
        for (const [subject, left] of summed(certain, ({ subject }) => subject)) if (left > 0n) own.things.add(subject);
        break;
      case 'distinct':
      case 'without':
      case 'joined': {
        const of = counting.aggregation === 'joined' ? 'subject' : counting.of;
        for (const fact of began) {
          const thing = of === 'subject' ? fact.subject : of === 'stream' ? fact.counts : fact.dimensions[of.dimension];
          if (thing !== undefined) own.things.add(thing);
        }
      }
    }
  }
}
