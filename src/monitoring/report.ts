import type { Pool } from 'pg';
import type { Day } from '../kernel/partial-date';
import type { EventStore } from '../store/port';
import { agrees, type Claim, claims } from './claims';
import { type Axes, type Counted, countingStatement } from './counting';
import { type Indicator, indicators, measuresOf } from './indicators';
import { type Question, resolve } from './known-at';
import { noticesAt } from './notices';
import type { Language } from './reference-data';

export interface ReportedClaim extends Omit<Claim, 'indicator'> {
  /** The figure at the claim's own day, known as the report knows it: what the claim is held against. */
  readonly recount: number;
  readonly agrees: boolean;
}

export interface ReportedIndicator {
  readonly code: string;
  readonly version: number;
  readonly label: string;
  readonly value: number;
  readonly unit: string;
  /** Rests, in whole or in part, on values that data spread or made up to illustrate. */
  readonly illustrative: boolean;
  readonly straddling: number;
  readonly claims: readonly ReportedClaim[];
}

export interface Report {
  readonly asOf: Day;
  readonly knownAt: string | null;
  readonly position: string;
  readonly epoch: string;
  readonly illustrative: boolean;
  /** What the data that is illustrative says of itself. */
  readonly notes: readonly string[];
  /** Facts whose rough date begins by `asOf` and may end after it: no figure counts them yet. */
  readonly straddling: number;
  readonly indicators: readonly ReportedIndicator[];
}

/** The figures of a programme beside what was published about it. */
export class Reports {
  constructor(
    private readonly pool: Pool,
    private readonly store: Pick<EventStore, 'epoch'>,
    private readonly reported: readonly Indicator[] = indicators(),
    private readonly published: readonly Claim[] = claims(),
  ) {
    for (const { indicator } of published) {
      if (!reported.some(({ code }) => code === indicator)) throw new Error(`a claim is about ${indicator}, which is no indicator`);
    }
  }

  /**
   * All figures at one position of the log.
   * @throws Malformed, Rejected as `resolve` does
   */
  async make({ language, ...question }: Question & { readonly language: Language }): Promise<Report> {
    const { knownAt, asOf, position } = await resolve(this.pool, question);
    const days = [...new Set([asOf, ...this.published.map((claim) => claim.asOf)])];
    const [epoch, notices, ...countedOn] = await Promise.all([
      this.store.epoch(),
      noticesAt(this.pool, position, language),
      ...days.map((day) => this.count({ asOf: day, position })),
    ]);
    const counted = new Map(days.map((day, i) => [day, countedOn[i]!]));
    const figures = this.reported.map((indicator, number): ReportedIndicator => {
      const { value, straddling } = counted.get(asOf)!.figures[number]!;
      const measures = measuresOf(indicator);
      return {
        code: indicator.code,
        version: indicator.version,
        label: indicator.label[language],
        value,
        unit: indicator.unit[language],
        illustrative: notices.some((notice) => notice.measures.some((measure) => measures.includes(measure))),
        straddling,
        claims: this.published
          .filter((claim) => claim.indicator === indicator.code)
          .map((claim): ReportedClaim => {
            const recount = counted.get(claim.asOf)!.figures[number]!.value;
            const { value, comparator, source, asOf, derived } = claim;
            return {
              value,
              comparator,
              source,
              asOf,
              ...(derived === undefined ? {} : { derived }),
              recount,
              agrees: agrees(claim, recount),
            };
          }),
      };
    });
    return {
      asOf,
      knownAt,
      position: String(position),
      epoch,
      illustrative: figures.some(({ illustrative }) => illustrative),
      notes: [...new Set(notices.map(({ says }) => says))],
      straddling: counted.get(asOf)!.straddling,
      indicators: figures,
    };
  }

  private async count(axes: Axes): Promise<{ readonly straddling: number; readonly figures: readonly Counted[] }> {
    const { rows } = await this.pool.query<{ number: number; value: string; straddling: string }>(countingStatement(this.reported, axes));
    const counted = new Map(
      rows.map(({ number, value, straddling }) => [number, { value: Number(value), straddling: Number(straddling) }]),
    );
    return { straddling: counted.get(-1)!.straddling, figures: this.reported.map((_, number) => counted.get(number)!) };
  }
}
