import type { Pool } from 'pg';
import type { Axes } from '../engine/as-of';
import { countable } from '../kernel/measures';
import type { Day } from '../kernel/partial-date';
import { lifecycles } from '../lifecycles/all';
import { type Counting, type Selected } from '../parts/indicator-counting';
import type { Asked } from './asked';
import { countingStatement } from './counting';
import { groundOf } from './ground';
import type { Dimensions } from './standing-facts';

/** Why there is no figure. */
export type NoData = 'DIVIDED_BY_ZERO' | 'NOTHING_TO_MEASURE' | 'SEVERAL_CURRENCIES';

export interface Figure {
  /** Null where there is none, and `noData` says why. */
  readonly value: number | null;
  readonly noData?: NoData;
  /** Facts whose rough date begins by `asOf` and may end after it: they are not counted yet. */
  readonly straddling: number;
  /** Rests, in whole or in part, on data sets that were declared illustrative: part of them was made up so that totals come out. */
  readonly illustrative: boolean;
  /** What a ratio divides by; how many times were measured. */
  readonly behind?: number;
  /** Of a time: how many have begun and not ended by `asOf`. */
  readonly open?: number;
}
export interface Group extends Figure {
  /** Its value of the dimension; null for the facts that have none. */
  readonly is: string | null;
}
export interface FigureOf extends Figure {
  readonly groups?: readonly Group[];
}
export interface Counted {
  readonly figures: readonly FigureOf[];
  /** Facts that straddle in any of them, where that was asked. */
  readonly straddling: number;
  /** Streams of the illustrative data sets that are known. */
  readonly dataSets: readonly string[];
}

interface Row {
  readonly number: number;
  readonly grp: string | null;
  readonly grouped: boolean;
  readonly value: string | null;
  readonly straddling: string;
  readonly illustrative: boolean;
  readonly behind: string | null;
  readonly open: string | null;
}

const measures = countable(Object.values(lifecycles));

/** The dimensions that a way to count can be asked by and narrowed to. */
export const dimensionsOfCounting = (counting: Counting): readonly string[] => {
  const of = ({ measure }: Selected) => measures.get(measure)?.dimensions ?? new Set<string>();
  if (counting.aggregation !== 'ratio') return [...of(counting)].toSorted();
  const denominator = of(counting.denominator);
  return [...of(counting.numerator)].filter((each) => denominator.has(each)).toSorted();
};

/** Euros and pesos have no sum. */
export const mixesCurrencies = (counting: Counting, where: Dimensions | undefined, by: Asked['by']): boolean =>
  counting.aggregation === 'ratio'
    ? [counting.numerator, counting.denominator].some((each) => mixesCurrencies(each, where, by))
    : counting.aggregation === 'sum' &&
      measures.get(counting.measure)?.money === true &&
      { ...counting.where, ...where }['currency'] === undefined &&
      by !== 'currency';

const figureOf = ({ counting, where }: Asked, by: Asked['by'], { value, straddling, illustrative, behind, open }: Row): Figure => {
  const none = value === null ? (counting.aggregation === 'ratio' ? 'DIVIDED_BY_ZERO' : 'NOTHING_TO_MEASURE') : undefined;
  const noData: NoData | undefined = mixesCurrencies(counting, where, by) ? 'SEVERAL_CURRENCIES' : none;
  return {
    value: noData === undefined ? Number(value) : null,
    ...(noData && { noData }),
    straddling: Number(straddling),
    illustrative,
    ...(behind === null ? {} : { behind: Number(behind) }),
    ...(open === null ? {} : { open: Number(open) }),
  };
};

/**
 * All of them counted in one statement; what is known at a position stays as it is, so that what was read before it agrees with it.
 * @param together also how many facts straddle in any of them
 */
export const count = async (pool: Pick<Pool, 'query'>, asked: readonly Asked[], axes: Axes, together = false): Promise<Counted> => {
  const ground = await groundOf(pool, axes);
  const { rows } = await pool.query<Row>(countingStatement(asked, axes, ground, together));
  return {
    straddling: Number(rows.find(({ number }) => number === -1)?.straddling ?? 0),
    dataSets: [...new Set(ground.illustrative.map(({ stream }) => stream))].toSorted(),
    figures: asked.map((each, number) => {
      const own = rows.filter((row) => row.number === number);
      const groups = own
        .filter(({ grouped }) => grouped)
        .map((row): Group => ({ is: row.grp, ...figureOf(each, each.by, row) }))
        .toSorted((one, other) => (one.is === null ? 1 : other.is === null || one.is < other.is ? -1 : 1));
      return {
        ...figureOf(
          each,
          undefined,
          own.find(({ grouped }) => !grouped)!,
        ),
        ...(each.by === undefined ? {} : { groups }),
      };
    }),
  };
};

/** The last days of months, quarters or years from the one that holds `from` to the one that holds `to`; the last is `to` itself. */
export const periodEnds = (every: 'month' | 'quarter' | 'year', from: Day, to: Day): readonly Day[] => {
  const months = { month: 1, quarter: 3, year: 12 }[every];
  const ends: Day[] = [];
  const first = Math.floor((Number(from.slice(0, 4)) * 12 + Number(from.slice(5, 7)) - 1) / months) * months;
  for (let month = first + months; ; month += months) {
    const end = new Date(Date.UTC(Math.floor(month / 12), month % 12, 0)).toISOString().slice(0, 10);
    if (end >= to) return [...ends, to];
    ends.push(end);
  }
};
