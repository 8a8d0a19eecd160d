import { Count, DimensionRef, Item, Items, MeasureRef, OneOf, type Whole } from '../kernel/fields';
import { vocabulary } from '../kernel/refusal';
import { askedTwice, DimensionIs, whereOf } from '../kernel/conditions';

/** Facts of one measure, of those only that have these dimensions. */
export interface Selected {
  readonly measure: string;
  readonly where?: Readonly<Record<string, string>>;
}
/** What is told apart: subjects, streams, or values of a dimension. */
export type Things = 'subject' | 'stream' | { readonly dimension: string };

/** How many of something there are. Stored for ever: never change what an aggregation means, add another. */
export type PlainCounting =
  /** The quantities; what began less what ended, of each subject never below zero. */
  | ({ readonly aggregation: 'sum' } & Selected)
  /** Subjects of which more began than ended: those that stand at the date. */
  | ({ readonly aggregation: 'stock' } & Selected)
  /** Different subjects, streams, or values of a dimension, of what ever began. */
  | ({ readonly aggregation: 'distinct'; readonly of: Things } & Selected)
  /** Those of the first measure that the other has not. */
  | ({ readonly aggregation: 'without'; readonly of: 'subject' | 'stream'; readonly less: Selected } & Selected)
  /** Different subjects or values of a dimension that the streams of the subjects say of themselves (parties, of their countries), as known then: that has no date. */
  | ({
      readonly aggregation: 'joined';
      readonly through: Selected & { readonly of: 'subject' | { readonly dimension: string } };
    } & Selected);

/** How a figure is counted. */
export type Counting =
  | PlainCounting
  /** The one by the other; there is none by zero. */
  | { readonly aggregation: 'ratio'; readonly numerator: PlainCounting; readonly denominator: PlainCounting }
  /** Days from what first began in a stream to the first of the other, by nearest rank, over the streams that have both; the others are open. */
  | ({ readonly aggregation: 'duration'; readonly percentile: Whole; readonly until: Selected } & Selected)
  /** Days that those still open have lasted by the date, by nearest rank. */
  | ({ readonly aggregation: 'elapsed'; readonly percentile: Whole; readonly until: Selected } & Selected);
export type Aggregation = Counting['aggregation'];

export const plainAggregations = [
  'sum',
  'stock',
  'distinct',
  'without',
  'joined',
] as const satisfies readonly PlainCounting['aggregation'][];
export const aggregations = [...plainAggregations, 'ratio', 'duration', 'elapsed'] as const satisfies readonly Aggregation[];

export class SelectedFacts {
  @MeasureRef('The measure') measure!: string;
  @Items(DimensionIs, 'Of those facts only that have all of these', { max: 8, optional: true }) where?: DimensionIs[];
}
const ways = ['subject', 'stream', 'dimension'] as const;
export class AttributeFacts {
  @MeasureRef('The measure by which the streams of the subjects say something of themselves') measure!: string;
  @Items(DimensionIs, 'Of those facts only that have all of these', { max: 8, optional: true }) where?: DimensionIs[];
  @OneOf('What of it is told apart', ['subject', 'dimension']) of!: 'subject' | 'dimension';
  @DimensionRef('The dimension whose values are told apart', { optional: true }) dimension?: string;
}
export class CountedFacts {
  @OneOf('How they are counted', plainAggregations) aggregation!: PlainCounting['aggregation'];
  @MeasureRef('The measure') measure!: string;
  @Items(DimensionIs, 'Of those facts only that have all of these', { max: 8, optional: true }) where?: DimensionIs[];
  @OneOf('What is told apart (distinct, without)', ways, { optional: true }) of?: (typeof ways)[number];
  @DimensionRef('The dimension whose values are told apart', { optional: true }) dimension?: string;
  @Item(SelectedFacts, 'What those left over have not (without)', { optional: true }) less?: SelectedFacts;
  @Item(AttributeFacts, 'What the streams of the subjects say of themselves (joined)', { optional: true }) through?: AttributeFacts;
}
export class CountingRule {
  @OneOf('How it is counted', aggregations) aggregation!: Aggregation;
  @MeasureRef('The measure; of a ratio, its two countings say theirs', { optional: true }) measure?: string;
  @Items(DimensionIs, 'Of those facts only that have all of these', { max: 8, optional: true }) where?: DimensionIs[];
  @OneOf('What is told apart (distinct, without)', ways, { optional: true }) of?: (typeof ways)[number];
  @DimensionRef('The dimension whose values are told apart', { optional: true }) dimension?: string;
  @Item(SelectedFacts, 'What those left over have not (without)', { optional: true }) less?: SelectedFacts;
  @Item(AttributeFacts, 'What the streams of the subjects say of themselves (joined)', { optional: true }) through?: AttributeFacts;
  @Item(SelectedFacts, 'What ends the time (duration, elapsed)', { optional: true }) until?: SelectedFacts;
  @Count('Of a hundred: 50 is the median (duration, elapsed)', { min: 1, max: 100, optional: true }) percentile?: number;
  @Item(CountedFacts, 'What is divided (ratio)', { optional: true }) numerator?: CountedFacts;
  @Item(CountedFacts, 'What it is divided by (ratio)', { optional: true }) denominator?: CountedFacts;
}

const says = vocabulary({
  COUNTING_LACKS: 'Counting by {aggregation} needs {field}',
  COUNTING_HAS_TOO_MUCH: 'Counting by {aggregation} has no {field}',
  COUNTING_DIMENSION_TWICE: 'The dimension {dimension} is asked for twice',
  COUNTING_OF_DIMENSION: 'Name the dimension where its values are told apart, and there alone',
});
export const countingSays = says;

type Field = Exclude<keyof CountingRule, 'aggregation' | 'where' | 'dimension'>;
/** What each aggregation says besides `where`; nothing else is taken. */
const fields: Readonly<Record<Aggregation, readonly Field[]>> = {
  sum: ['measure'],
  stock: ['measure'],
  distinct: ['measure', 'of'],
  without: ['measure', 'of', 'less'],
  joined: ['measure', 'through'],
  ratio: ['numerator', 'denominator'],
  duration: ['measure', 'until', 'percentile'],
  elapsed: ['measure', 'until', 'percentile'],
};
const every: readonly Field[] = ['measure', 'of', 'less', 'through', 'until', 'percentile', 'numerator', 'denominator'];

const selected = ({ measure, where = [] }: { readonly measure: string; readonly where?: readonly DimensionIs[] | undefined }): Selected => {
  const again = askedTwice(where);
  if (again !== undefined) throw says.no('COUNTING_DIMENSION_TWICE', { dimension: again });
  const narrowed = whereOf(where);
  return { measure, ...(narrowed && { where: narrowed }) };
};
const things = ({ of, dimension }: { readonly of: (typeof ways)[number]; readonly dimension?: string | undefined }): Things => {
  if ((of === 'dimension') !== (dimension !== undefined)) throw says.no('COUNTING_OF_DIMENSION');
  return of === 'dimension' ? { dimension: dimension! } : of;
};

type PlainRule = Pick<CountedFacts, 'of' | 'dimension' | 'less' | 'through'>;
const plain = (
  aggregation: PlainCounting['aggregation'],
  facts: Pick<CountedFacts, 'measure' | 'where'>,
  rule: PlainRule,
): PlainCounting => {
  switch (aggregation) {
    case 'sum':
    case 'stock':
      return { aggregation, ...selected(facts) };
    case 'distinct':
      return { aggregation, ...selected(facts), of: things({ of: rule.of!, dimension: rule.dimension }) };
    case 'without': {
      const of = things({ of: rule.of!, dimension: rule.dimension });
      if (typeof of !== 'string') throw says.no('COUNTING_HAS_TOO_MUCH', { aggregation, field: 'dimension' });
      return { aggregation, ...selected(facts), of, less: selected(rule.less!) };
    }
    case 'joined': {
      const of = things(rule.through!);
      return { aggregation, ...selected(facts), through: { ...selected(rule.through!), of: of === 'stream' ? 'subject' : of } };
    }
  }
};

/**
 * The rule as it is stored, from the form it is sent in.
 * @throws Rejected for what its aggregation lacks, or has no use for
 */
export const countingOf = (rule: CountingRule): Counting => {
  const { aggregation } = rule;
  complete(rule);
  switch (aggregation) {
    case 'ratio': {
      complete(rule.numerator!);
      complete(rule.denominator!);
      return { aggregation, numerator: plainOf(rule.numerator!), denominator: plainOf(rule.denominator!) };
    }
    case 'duration':
    case 'elapsed':
      return {
        aggregation,
        ...selected({ measure: rule.measure!, where: rule.where }),
        until: selected(rule.until!),
        percentile: rule.percentile!,
      };
    case 'sum':
    case 'stock':
    case 'distinct':
    case 'without':
    case 'joined':
      return plain(aggregation, { measure: rule.measure!, ...(rule.where && { where: rule.where }) }, rule);
  }
};
const plainOf = (rule: CountedFacts) => plain(rule.aggregation, rule, rule);
const complete = (rule: CountingRule | CountedFacts): void => {
  const { aggregation } = rule;
  const given = rule as Partial<Record<Field, unknown>>;
  const needed = fields[aggregation];
  for (const field of every) {
    if (needed.includes(field) && given[field] === undefined) throw says.no('COUNTING_LACKS', { aggregation, field });
    if (!needed.includes(field) && given[field] !== undefined) throw says.no('COUNTING_HAS_TOO_MUCH', { aggregation, field });
  }
  for (const field of ['where', 'dimension'] as const)
    if (rule[field] !== undefined && (aggregation === 'ratio' || (field === 'dimension' && !needed.includes('of'))))
      throw says.no('COUNTING_HAS_TOO_MUCH', { aggregation, field });
};

/** The facts that a counting looks at. */
export const selectionsOf = (counting: Counting): readonly Selected[] => {
  switch (counting.aggregation) {
    case 'sum':
    case 'stock':
    case 'distinct':
      return [counting];
    case 'without':
      return [counting, counting.less];
    case 'joined':
      return [counting, counting.through];
    case 'ratio':
      return [...selectionsOf(counting.numerator), ...selectionsOf(counting.denominator)];
    case 'duration':
    case 'elapsed':
      return [counting, counting.until];
  }
};
