import type { Pool } from 'pg';
import type { Axes } from '../engine/as-of';
import { Malformed, problemAt } from '../engine/refused';
import type { Page, Paging } from '../engine/page';
import { type Day, isDay } from '../kernel/partial-date';
import type { EventStore } from '../store/port';
import type { Language } from '../words/say';
import type { Asked } from './asked';
import { type Change, differencePage, type Evidence, evidencePage } from './evidence';
import { count, dimensionsOfCounting, type Figure, type FigureOf, periodEnds } from './figures';
import { type Indicator, Indicators } from './indicators';
import { type Question, resolve } from './known-at';
import type { Dimensions } from './standing-facts';

/** Which figure: an indicator in the version that was the latest by the position, or in the one named. */
export interface FigureAsked extends Question {
  readonly code: string;
  readonly version?: number | undefined;
  readonly where?: Dimensions | undefined;
  readonly language: Language;
}

/** What an indicator is, and by what it can be asked. */
export interface Described {
  readonly code: string;
  readonly version: number;
  readonly label: string;
  readonly unit: string;
  readonly level: Indicator['level'];
  readonly rule: string;
  readonly source: string;
  readonly dimensions: readonly string[];
}
/** What an answer stands on: asked by these again it is the same. */
export interface Standing {
  readonly code: string;
  readonly version: number;
  readonly where?: Dimensions;
  readonly asOf: Day;
  readonly knownAt: string | null;
  readonly position: string;
  readonly epoch: string;
}
export interface FigureAnswer extends Standing, Described, FigureOf {
  readonly where?: Dimensions;
  readonly by?: string;
}
export interface EvidenceAnswer extends Standing, Page<Evidence> {}
export interface DifferenceAnswer extends Pick<Standing, 'code' | 'version' | 'where' | 'asOf' | 'epoch'>, Page<Change> {
  readonly from: Known;
  readonly to: Known;
  /** Null where there was no figure at one of them. */
  readonly change: number | null;
}
interface Known extends Figure {
  readonly knownAt: string | null;
  readonly position: string;
}
export const everies = ['month', 'quarter', 'year'] as const;
export interface SeriesAnswer extends Standing {
  readonly every: (typeof everies)[number];
  /** A day of the first period. */
  readonly from: Day;
  readonly points: readonly (Figure & { readonly asOf: Day })[];
}

/** Most points of a series. */
const mostPoints = 240;

/** Every figure with which events it rests on, as known when. */
export class Monitoring {
  constructor(
    private readonly pool: Pool,
    private readonly store: Pick<EventStore, 'epoch'>,
    private readonly indicators: Pick<Indicators, 'at' | 'one'> = new Indicators(pool),
    /** For pages of many facts: connections that keep their plans. */
    private readonly pages: Pool = pool,
  ) {}

  /** What is counted by now. */
  async list(language: Language): Promise<readonly Described[]> {
    const { position } = await resolve(this.pool, {});
    return (await this.indicators.at(position)).map((indicator) => described(indicator, language));
  }

  /**
   * One figure, as a whole and for each value of `by`.
   * @returns nothing where there is no such indicator, or no such version of it
   * @throws Malformed for a dimension that its facts have not; Malformed, Rejected as `resolve` does
   */
  async figure({ by, ...asked }: FigureAsked & { readonly by?: string | undefined }): Promise<FigureAnswer | undefined> {
    const found = await this.find(asked);
    if (!found) return undefined;
    const { standing, indicator, counted } = found;
    mustBeADimension('by', indicator, by === undefined ? [] : [by]);
    const { figures } = await count(this.pool, [{ ...counted, by }], found.axes);
    return { ...described(indicator, asked.language), ...standing, ...(by === undefined ? {} : { by }), ...figures[0]! };
  }

  /** As `figure`; nothing also where no such figure can be counted: its facts have not a dimension that is asked for. */
  async figureIfAny(question: Parameters<Monitoring['figure']>[0]): Promise<FigureAnswer | undefined> {
    try {
      return await this.figure(question);
    } catch (error) {
      if (error instanceof Malformed) return undefined;
      throw error;
    }
  }

  /** The facts that a figure rests on, with their events. @throws as `figure`; BadCursor */
  async evidence({ after, limit, ...asked }: FigureAsked & Paging): Promise<EvidenceAnswer | undefined> {
    const found = await this.find(asked);
    return found && { ...found.standing, ...(await evidencePage(this.pages, found.counted, found.axes, { after, limit })) };
  }

  /**
   * Which events made a figure change between two moments of knowledge: what was recorded in between, and had happened by `asOf`.
   * @throws as `figure`; BadCursor; Malformed where `from` is the later one
   */
  async difference({
    from,
    to,
    after,
    limit,
    ...asked
  }: FigureAsked & Paging & { readonly from: Moment; readonly to: Moment }): Promise<DifferenceAnswer | undefined> {
    const [earlier, found] = await Promise.all([
      named('from', () => resolve(this.pool, from)),
      named('to', () => this.find({ ...asked, ...to })),
    ]);
    if (!found) return undefined;
    const { standing, counted, axes } = found;
    if (earlier.position > axes.position) throw new Malformed([problemAt('from', 'NOT_BEFORE', { other: 'to' })]);
    const [before, now, page] = await Promise.all([
      count(this.pool, [counted], { asOf: axes.asOf, position: earlier.position }),
      count(this.pool, [counted], axes),
      differencePage(this.pages, counted, { asOf: axes.asOf, from: earlier.position, to: axes.position }, { after, limit }),
    ]);
    const [was, is] = [before.figures[0]!, now.figures[0]!];
    const { code, version, where, asOf, epoch, knownAt, position } = standing;
    return {
      ...{ code, version, ...(where && { where }), asOf, epoch },
      from: { knownAt: earlier.knownAt, position: String(earlier.position), ...was },
      to: { knownAt, position, ...is },
      change: was.value === null || is.value === null ? null : is.value - was.value,
      ...page,
    };
  }

  /** The figure at the end of each period, all as known at one moment. @throws as `figure`; Malformed for more than 240 points */
  async series({
    every,
    from,
    ...asked
  }: FigureAsked & { readonly every: (typeof everies)[number]; readonly from?: string | undefined }): Promise<SeriesAnswer | undefined> {
    if (from !== undefined && !isDay(from)) throw new Malformed([problemAt('from', 'NOT_A_DAY')]);
    const found = await this.find(asked);
    if (!found) return undefined;
    const { standing, counted, axes } = found;
    const begin = from ?? (await this.firstDay(counted, axes));
    if (begin > axes.asOf) throw new Malformed([problemAt('from', 'NOT_BEFORE', { other: 'asOf' })]);
    const ends = periodEnds(every, begin, axes.asOf);
    if (ends.length > mostPoints) throw new Malformed([problemAt('every', 'TOO_MANY_POINTS', { points: ends.length, most: mostPoints })]);
    const points: (Figure & { asOf: Day })[] = [];
    for (const asOf of ends) {
      const { figures } = await count(this.pool, [counted], { asOf, position: axes.position });
      points.push({ asOf, ...figures[0]! });
    }
    return { ...standing, every, from: begin, points };
  }

  /** Of the first fact that counts; `asOf` where there is none. */
  private async firstDay({ counting }: Asked, { asOf, position }: Axes): Promise<Day> {
    const measure = counting.aggregation === 'ratio' ? counting.numerator.measure : counting.measure;
    const { rows } = await this.pool.query<{ day: string | null }>(
      `select least(min(occurred_from), $2::date)::text as day from reading.facts
       where measure = $1 and recorded_position <= $3 and (retracted_position is null or retracted_position > $3)`,
      [measure, asOf, String(position)],
    );
    return rows[0]?.day ?? asOf;
  }

  private async find({ code, version, where, asOf: day, knownAt, position }: Omit<FigureAsked, 'language'>) {
    const axes = await resolve(this.pool, { asOf: day, knownAt, position });
    const [indicator, epoch] = await Promise.all([this.indicators.one(code, version, axes.position), this.store.epoch()]);
    if (!indicator) return undefined;
    mustBeADimension('where', indicator, Object.keys(where ?? {}));
    const standing: Standing = {
      ...{ code, version: indicator.version, ...(where && { where }) },
      ...{ asOf: axes.asOf, knownAt: axes.knownAt, position: String(axes.position), epoch },
    };
    return { indicator, axes, standing, counted: { counting: indicator.counting, where } };
  }
}

/** A moment of knowledge: an instant, or a position that an answer named. */
export type Moment = Pick<Question, 'knownAt' | 'position'>;

const described = ({ counting, label, unit, ...rest }: Indicator, language: Language): Described => {
  const { code, version, level, rule, source } = rest;
  return { code, version, label: label[language], unit: unit[language], level, rule, source, dimensions: dimensionsOfCounting(counting) };
};

const mustBeADimension = (field: string, { counting }: Indicator, named: readonly string[]): void => {
  const known = dimensionsOfCounting(counting);
  if (named.some((each) => !known.includes(each)))
    throw new Malformed([problemAt(field, 'NOT_A_DIMENSION', { known: known.join(', ') || '—' })]);
};

/** What is wrong with a moment is told under the name by which it was asked. */
const named = async <Answer>(name: string, ask: () => Promise<Answer>): Promise<Answer> => {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    throw new Malformed(error.fields.map((field) => (['knownAt', 'position'].includes(field.path) ? { ...field, path: name } : field)));
  }
};
