import type { Pool } from 'pg';
import type { Day } from '../kernel/partial-date';
import { type EventStore, idOf } from '../store/port';
import { agrees, type Claim, claims } from './claims';
import { type Axes, type Counted, countingStatement } from './counting';
import { type Indicator, indicators, mustNotMixCurrencies } from './indicators';
import { type Question, resolve } from './known-at';
import type { Language } from './reference-data';

export interface ReportedClaim extends Omit<Claim, 'indicator'> {
  /** The figure at the claim's own day, known as the report knows it: what the claim is held against. */
  readonly recount: number;
  /** Null where nothing was known yet. */
  readonly agrees: boolean | null;
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
  /** Which data sets are illustrative, in words. */
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
    for (const indicator of reported) mustNotMixCurrencies(indicator);
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
    const [epoch, ...countedOn] = await Promise.all([this.store.epoch(), ...days.map((day) => this.count({ asOf: day, position }))]);
    const counted = new Map(days.map((day, i) => [day, countedOn[i]!]));
    const figures = this.reported.map((indicator, number): ReportedIndicator => {
      const { value, straddling, illustrative } = counted.get(asOf)!.figures[number]!;
      return {
        code: indicator.code,
        version: indicator.version,
        label: indicator.label[language],
        value,
        unit: indicator.unit[language],
        illustrative,
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
              agrees: position === 0n ? null : agrees(claim, recount),
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
      notes: counted.get(asOf)!.dataSets.map((stream) => declared[language](idOf(stream))),
      straddling: counted.get(asOf)!.straddling,
      indicators: figures,
    };
  }

  private async count(axes: Axes): Promise<CountedOnADay> {
    const { rows } = await this.pool.query<Row>(countingStatement(this.reported, axes));
    const counted = new Map(rows.map((row) => [row.number, row]));
    const all = counted.get(-1)!;
    return {
      straddling: Number(all.straddling),
      dataSets: (JSON.parse(all.data_sets!) as string[]).toSorted(),
      figures: this.reported.map((_, number) => {
        const { value, straddling, illustrative } = counted.get(number)!;
        return { value: Number(value), straddling: Number(straddling), illustrative };
      }),
    };
  }
}

interface Row {
  readonly number: number;
  readonly value: string;
  readonly straddling: string;
  readonly illustrative: boolean;
  readonly data_sets: string | null;
}
interface CountedOnADay {
  readonly straddling: number;
  readonly dataSets: readonly string[];
  readonly figures: readonly Counted[];
}

const declared: Readonly<Record<Language, (dataSet: string) => string>> = {
  en: (dataSet) => `Data set ${dataSet} is illustrative: what was never published in it was made up so that the published totals come out.`,
  es: (dataSet) =>
    `El conjunto de datos ${dataSet} es ilustrativo: lo que nunca se publicó se supuso de modo que resulten los totales publicados.`,
  pt: (dataSet) =>
    `O conjunto de dados ${dataSet} é ilustrativo: o que nunca foi publicado foi suposto de modo que resultem os totais publicados.`,
};
