import { createHash } from 'node:crypto';
import { rootsOf } from '../engine/roots';
import type { Day } from '../kernel/partial-date';
import type { Counting, Indicator, Selected } from './indicators';

/** What was certainly over by a day, of what was recorded up to a position. */
export interface Axes {
  readonly asOf: Day;
  readonly position: bigint;
}

export interface Counted {
  readonly value: number;
  /** Facts whose rough date begins by `asOf` and may end after it: they are not counted yet. */
  readonly straddling: number;
  /** Rests, in whole or in part, on data sets that were declared illustrative: part of them was made up so that totals come out. */
  readonly illustrative: boolean;
}

/** One statement for many figures, so that all are counted on one snapshot. Parameters: $1 position, $2 asOf, then what filters. */
class Statement {
  readonly values: unknown[] = [];
  private readonly numbers = new Map<string, string>();

  constructor({ position, asOf }: Axes) {
    this.values.push(String(position), asOf);
  }

  private parameter(value: string, type: 'text' | 'jsonb'): string {
    const known = this.numbers.get(value);
    if (known) return `${known}::${type}`;
    const number = `$${this.values.push(value)}`;
    this.numbers.set(value, number);
    return `${number}::${type}`;
  }

  private selects({ measure, where }: Selected): string {
    return `measure = ${this.parameter(measure, 'text')}${where ? ` and dimensions @> ${this.parameter(JSON.stringify(where), 'jsonb')}` : ''}`;
  }
  /** Facts, with the root of the party that each is about and of the one that says it, where that was merged into another. */
  private known(selected: Selected): string {
    return `reading.facts left join root as of_subject on of_subject.member = subject left join root as of_stream on of_stream.stream = facts.stream
      where ${known} and ${this.selects(selected)}`;
  }
  private began(selected: Selected): string {
    return `${this.known(selected)} and quantity > 0 and ${certain}`;
  }

  private what(of: 'subject' | 'stream' | { readonly dimension: string }): string {
    return typeof of === 'string' ? counted[of] : `dimensions ->> ${this.parameter(of.dimension, 'text')}`;
  }

  value(counting: Counting): string {
    switch (counting.aggregation) {
      case 'sum':
        // An end known more exactly than its beginning would otherwise count before it.
        return `select coalesce(sum(greatest(left_over, 0)), 0) from (select sum(quantity) as left_over from ${this.known(counting)} and ${certain} group by facts.stream, ${counted.subject}) by_subject`;
      case 'distinct':
        return `select count(distinct ${this.what(counting.of)}) from ${this.began(counting)}`;
      case 'without':
        return `select count(*) from (select ${counted[counting.of]} from ${this.began(counting)} except select ${counted[counting.of]} from ${this.began(counting.less)}) remaining`;
      case 'joined':
        // A stream's own key is its name with the first hyphen as a stroke.
        return `select count(distinct value) from (
            select regexp_replace(facts.stream, '-', '/') as self, ${this.what(counting.through.of)} as value from ${this.known(counting.through)}
            group by 1, 2 having sum(quantity) filter (where quantity > 0 or ${certain}) > 0) attribute
          where self in (select ${counted.subject} from ${this.began(counting)})`;
    }
  }

  straddling(countings: readonly Counting[]): string {
    const dated = countings.flatMap((counting): Selected[] => [counting, ...(counting.aggregation === 'without' ? [counting.less] : [])]);
    const any = [...new Set(dated.map((selected) => `(${this.selects(selected)})`))].join(' or ');
    return `select count(*) from reading.facts where ${known} and occurred_from <= $2::date and occurred_to > $2::date and (${any})`;
  }

  /** Whether any of it was brought by an import that declared itself illustrative. */
  illustrative(counting: Counting): string {
    const all: Selected[] = [
      counting,
      ...(counting.aggregation === 'without' ? [counting.less] : []),
      ...(counting.aggregation === 'joined' ? [counting.through] : []),
    ];
    const any = all.map((selected) => `(${this.selects(selected)})`).join(' or ');
    return `exists (select from reading.facts where ${known} and occurred_from <= $2::date and (${any})
      and exists (select from illustrative where illustrative.correlation_id = facts.correlation_id and (illustrative.measure is null or illustrative.measure = facts.measure)))`;
  }
}

const known = 'recorded_position <= $1::bigint and (retracted_position is null or retracted_position > $1::bigint)';
const certain = 'occurred_to <= $2::date';
/** What a fact counts as: a party that was merged into another, as that one. */
const counted = { subject: 'coalesce(of_subject.root, subject)', stream: 'coalesce(of_stream.root_stream, facts.stream)' } as const;

/**
 * The merges of parties that stand: known by the position, certainly made and not certainly split by the day. One for each party, the
 * latest; `recorded` is where it was first recorded, whatever was corrected about it since.
 */
const merge = `select distinct on (stream) regexp_replace(stream, '-', '/') as member, subject as target,
    (select min(ever.recorded_position) from reading.facts ever where ever.stream = latest.stream and ever.revision = latest.revision) as recorded
  from (select stream, subject, max(revision) filter (where quantity > 0) as revision from reading.facts
    where ${known} and measure = 'party-merged' and ${certain} group by stream, subject having sum(quantity) > 0) latest
  order by stream, revision desc`;
/** Every figure rests on them. */
const merges: Counting = { aggregation: 'sum', measure: 'party-merged' };

export interface Prepared {
  readonly name: string;
  readonly text: string;
  readonly values: unknown[];
}

/** The data sets that were declared illustrative, with the imports that brought them and the measures they made up: all, where they name none. */
const illustrative = `select stream, correlation_id, made_up.measure from
  (select stream, correlation_id from reading.facts where ${known} and measure = 'data-sets' and quantity > 0 and dimensions @> '{"illustrative": "yes"}') declared
  left join (select stream, dimensions ->> 'measure' as measure from reading.facts where ${known} and measure = 'illustrative-measures' and quantity > 0) made_up using (stream)`;

/**
 * Rows `(number, value, straddling, illustrative, data_sets)`, numbered as the indicators are; number −1 is what straddles in any of
 * them, and the names of the illustrative data sets.
 */
export const countingStatement = (indicators: readonly Indicator[], axes: Axes): Prepared => {
  const statement = new Statement(axes);
  const countings = indicators.map(({ counting }) => counting);
  const text = [
    `with recursive ${rootsOf(merge)},
     root as materialized (select member, root, regexp_replace(member, '/', '-') as stream, regexp_replace(root, '/', '-') as root_stream from roots),
     illustrative as materialized (${illustrative})
     select -1 as number, 0::numeric as value, (${statement.straddling([...countings, merges])}) as straddling, false as illustrative,
       (select coalesce(json_agg(distinct stream), '[]') from illustrative)::text as data_sets`,
    ...countings.map(
      (counting, number) =>
        `select ${number}, (${statement.value(counting)}), (${statement.straddling([counting])}), ${statement.illustrative(counting)}, null`,
    ),
  ].join('\nunion all\n');
  return { name: `count-${createHash('sha256').update(text).digest('hex').slice(0, 16)}`, text, values: statement.values };
};
