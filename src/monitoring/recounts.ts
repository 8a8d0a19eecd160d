import { type Day, lastDay } from '../kernel/partial-date';
import { whereOf } from '../kernel/conditions';
import type { Asked } from './asked';
import { type Counted, dimensionsOfCounting } from './figures';
import type { Indicator, PublishedClaim } from './indicators';

/** A figure of the day that a claim may last speak of (that of the question where nobody said), known as the question knows it. */
export interface Recounted {
  readonly indicator: string;
  readonly version: number;
  readonly asOf: Day;
  /** Null where there is none. */
  readonly recount: number | null;
  /** Its facts have no dimension by which the claim is narrowed. */
  readonly noData?: 'UNREADABLE';
}

/** Counts what claims are held against: on each day what is asked there, once. */
export class Recounts {
  private readonly asked = new Map<Day, Map<string, Asked>>();
  private readonly counted = new Map<string, number | null>();

  constructor(
    private readonly defined: readonly Indicator[],
    private readonly today: Day,
  ) {}

  add(claim: PublishedClaim): void {
    for (const indicator of this.against(claim)) {
      if (!canBeRead(indicator, claim)) continue;
      const where = whereOf(claim.claim.published.where ?? []);
      const day = this.dayOf(claim);
      const on = this.asked.get(day) ?? new Map<string, Asked>();
      this.asked.set(day, on.set(keyOf(indicator, claim), { counting: indicator.counting, where }));
    }
  }

  async count(count: (asked: readonly Asked[], asOf: Day) => Promise<Counted>): Promise<void> {
    await Promise.all(
      [...this.asked].map(async ([day, asked]) => {
        const { figures } = await count([...asked.values()], day);
        [...asked.keys()].forEach((key, number) => this.counted.set(`${day} ${key}`, figures[number]!.value));
      }),
    );
  }

  of(claim: PublishedClaim): readonly Recounted[] {
    const asOf = this.dayOf(claim);
    return this.against(claim).map((indicator) => ({
      ...{ indicator: indicator.code, version: indicator.version, asOf },
      recount: this.counted.get(`${asOf} ${keyOf(indicator, claim)}`) ?? null,
      ...(canBeRead(indicator, claim) ? {} : { noData: 'UNREADABLE' as const }),
    }));
  }

  private against({ claim }: PublishedClaim): readonly Indicator[] {
    return this.defined.filter(({ code }) => claim.published.against.includes(code));
  }
  private dayOf({ claim }: PublishedClaim): Day {
    return claim.published.asOf === undefined ? this.today : lastDay(claim.published.asOf);
  }
}

const canBeRead = ({ counting }: Indicator, { claim }: PublishedClaim): boolean => {
  const dimensions = dimensionsOfCounting(counting);
  return (claim.published.where ?? []).every(({ dimension }) => dimensions.includes(dimension));
};
const keyOf = ({ code }: Indicator, { claim }: PublishedClaim): string => JSON.stringify([code, claim.published.where ?? []]);
