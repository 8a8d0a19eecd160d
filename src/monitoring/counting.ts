import { createHash } from 'node:crypto';
import type { Axes } from '../engine/as-of';
import { rootsOf } from '../engine/roots';
import { type Counting, type PlainCounting, type Selected, selectionsOf, type Things } from '../parts/indicator-counting';
import type { Dimensions } from './standing-facts';

/** A way to count, of those facts only that are in these dimensions, as a whole or for each value of one. */
export interface Asked {
  readonly counting: Counting;
  readonly where?: Dimensions | undefined;
  readonly by?: string | undefined;
}

export interface Prepared {
  readonly name: string;
  readonly text: string;
  readonly values: unknown[];
}

/** What a selection of facts is to a figure. */
export type FactRole = 'counted' | 'less' | 'through' | 'until' | 'numerator' | 'denominator' | 'merge';

export const known = 'f.recorded_position <= $1::bigint and (f.retracted_position is null or f.retracted_position > $1::bigint)';
export const certain = 'f.occurred_to <= $2::date';
const straddles = '(f.occurred_from <= $2::date and f.occurred_to > $2::date)';
/** A stream's own key is its name with the first hyphen as a stroke. */
const ownKey = `regexp_replace(stream, '-', '/')`;

/**
 * The merges of parties that stand: known by the position, certainly made and not certainly split by the day. One for each party, the
 * latest; `recorded` is where it was first recorded, whatever was corrected about it since.
 */
const merge = `select distinct on (stream) ${ownKey} as member, subject as target,
    (select min(ever.recorded_position) from reading.facts ever where ever.stream = latest.stream and ever.revision = latest.revision) as recorded
  from (select f.stream, f.subject, max(f.revision) filter (where f.quantity > 0) as revision from reading.facts f
    where ${known} and f.measure = 'party-merged' and ${certain} group by f.stream, f.subject having sum(f.quantity) > 0) latest
  order by stream, revision desc`;
/** Every figure rests on them. */
export const merges: Selected = { measure: 'party-merged' };

/** The data sets that were declared illustrative, with the imports that brought them and the measures they made up: all, where they name none. */
const illustrative = `select stream, correlation_id, made_up.measure from
  (select f.stream, f.correlation_id from reading.facts f
   where ${known} and f.measure = 'data-sets' and f.quantity > 0 and f.dimensions @> '{"illustrative": "yes"}') declared
  left join (select f.stream, f.dimensions ->> 'measure' as measure from reading.facts f
   where ${known} and f.measure = 'illustrative-measures' and f.quantity > 0) made_up using (stream)`;

const withRoots = `with recursive ${rootsOf(merge)},
  root as materialized (select member, root, regexp_replace(member, '/', '-') as stream, regexp_replace(root, '/', '-') as root_stream from roots),
  illustrative as materialized (${illustrative})`;

/** SQL over facts, with its parameters: $1 position, $2 asOf, then what filters. */
export class Counter {
  readonly values: unknown[] = [];
  private readonly numbers = new Map<string, string>();

  constructor({ position, asOf }: Axes) {
    this.values.push(String(position), asOf);
  }

  parameter(value: string, type: 'text' | 'jsonb' | 'bigint' | 'integer'): string {
    const known = this.numbers.get(value);
    if (known) return `${known}::text::${type}`;
    const number = `$${this.values.push(value)}`;
    this.numbers.set(value, number);
    return `${number}::text::${type}`;
  }

  /** One statement, under the name of what it says. */
  prepared(text: string): Prepared {
    const whole = `${withRoots}\n${text}`;
    return { name: `count-${createHash('sha256').update(whole).digest('hex').slice(0, 16)}`, text: whole, values: this.values };
  }

  selects({ measure, where }: Selected): string {
    return `f.measure = ${this.parameter(measure, 'text')}${where ? ` and f.dimensions @> ${this.parameter(JSON.stringify(where), 'jsonb')}` : ''}`;
  }

  /** The facts of a selection that are known; a party that was merged into another counts as that one (`subject`, `counts`). */
  scan(selected: Selected, by?: string): string {
    const measure = this.parameter(selected.measure, 'text');
    return `(select coalesce(of_subject.root, f.subject) as subject, coalesce(of_stream.root_stream, f.stream) as counts, f.stream, f.quantity, f.dimensions,
        f.occurred_to, ${certain} as certain, ${straddles} as straddles,
        f.occurred_from <= $2::date and f.correlation_id in (select i.correlation_id from illustrative i where i.measure is null or i.measure = ${measure}) as illustrative,
        ${by === undefined ? 'null::text' : `f.dimensions ->> ${this.parameter(by, 'text')}`} as grp
      from reading.facts f left join root of_subject on of_subject.member = f.subject left join root of_stream on of_stream.stream = f.stream
      where ${known} and ${this.selects(selected)}) fact`;
  }

  what(of: Things): string {
    return of === 'subject' ? 'subject' : of === 'stream' ? 'counts' : `dimensions ->> ${this.parameter(of.dimension, 'text')}`;
  }

  /** Rows `(grp, value, straddling, illustrative, behind, open)`: one, or one for each value of the dimension. */
  figure(counting: Counting, by?: string): string {
    switch (counting.aggregation) {
      case 'ratio':
        return `select coalesce(n.grp, d.grp) as grp, round(coalesce(n.value, 0) / nullif(d.value, 0), 6) as value,
            coalesce(n.straddling, 0) + coalesce(d.straddling, 0) as straddling,
            coalesce(n.illustrative, false) or coalesce(d.illustrative, false) as illustrative, d.value::bigint as behind, null::bigint as open
          from (${this.plain(counting.numerator, by)}) n full join (${this.plain(counting.denominator, by)}) d on coalesce(n.grp, '') = coalesce(d.grp, '')`;
      case 'duration':
      case 'elapsed': {
        const days =
          counting.aggregation === 'duration'
            ? 'case when ended is not null then greatest(ended - begun, 0) end'
            : `case when ended is null then $2::date - begun end`;
        return `select ${grp(by)}, percentile_disc(${this.parameter(String(counting.percentile), 'integer')} / 100.0) within group (order by ${days})
              filter (where begun is not null and ${days} is not null)::numeric as value,
            coalesce(sum(straddling), 0)${by === undefined ? ` + (select count(*) from ${this.scan(counting.until)} where straddles)` : ''} as straddling,
            coalesce(bool_or(illustrative), false) or exists (select from ${this.scan(counting.until)} where illustrative) as illustrative,
            count(*) filter (where begun is not null and ${days} is not null) as behind,
            count(*) filter (where begun is not null and ended is null) as open
          from (select grp, stream, min(occurred_to) filter (where quantity > 0 and certain) as begun,
              count(*) filter (where straddles) as straddling, bool_or(illustrative) as illustrative from ${this.scan(counting, by)} group by grp, stream) a
            left join (select stream, min(occurred_to) as ended from ${this.scan(counting.until)} where quantity > 0 and certain group by stream) z using (stream)
          ${grouped(by)}`;
      }
      case 'sum':
      case 'stock':
      case 'distinct':
      case 'without':
      case 'joined':
        return `select p.*, null::bigint as behind, null::bigint as open from (${this.plain(counting, by)}) p`;
    }
  }

  private plain(counting: PlainCounting, by?: string): string {
    const rest = 'coalesce(sum(straddling), 0) as straddling, coalesce(bool_or(illustrative), false) as illustrative';
    const own = 'count(*) filter (where straddles) as straddling, coalesce(bool_or(illustrative), false) as illustrative';
    const began = 'quantity > 0 and certain';
    switch (counting.aggregation) {
      case 'sum':
      case 'stock': {
        // An end known more exactly than its beginning would otherwise count before it.
        const value =
          counting.aggregation === 'sum'
            ? 'coalesce(sum(greatest(left_over, 0)), 0)'
            : 'count(distinct subject) filter (where left_over > 0)';
        return `select ${grp(by)}, ${value}::numeric as value, ${rest}
          from (select grp, subject, sum(quantity) filter (where certain) as left_over, ${own} from ${this.scan(counting, by)} group by grp, stream, subject) s
          ${grouped(by)}`;
      }
      case 'distinct':
        return `select ${grp(by)}, (count(distinct ${this.what(counting.of)}) filter (where ${began}))::numeric as value, ${own} from ${this.scan(counting, by)} ${grouped(by)}`;
      case 'without': {
        const what = this.what(counting.of);
        const others = this.scan(counting.less);
        // Of a whole what straddles is said of both; groups are of the first.
        const straddling = by === undefined ? ` + (select count(*) from ${others} where straddles)` : '';
        return `select ${grp(by)}, (count(distinct ${what}) filter (where ${began} and ${what} not in (select ${what} from ${others} where ${began})))::numeric as value,
            count(*) filter (where straddles)${straddling} as straddling,
            coalesce(bool_or(illustrative), false) or exists (select from ${others} where illustrative) as illustrative
          from ${this.scan(counting, by)} ${grouped(by)}`;
      }
      case 'joined': {
        const { through } = counting;
        const attribute = `(select ${ownKey} as self, ${this.what(through.of)} as attribute from ${this.scan(through)}
          group by 1, 2 having sum(quantity) filter (where quantity > 0 or certain) > 0) told`;
        return `select grp, coalesce(v.value, 0)::numeric as value, o.straddling,
            o.illustrative or exists (select from ${this.scan(through)} where illustrative) as illustrative
          from (select ${grp(by)}, ${own} from ${this.scan(counting, by)} ${grouped(by)}) o
            left join (select grp as of_grp, count(distinct attribute) as value
              from (select distinct grp, subject from ${this.scan(counting, by)} where ${began}) c join ${attribute} on self = subject group by grp) v
            on coalesce(of_grp, '') = coalesce(grp, '')`;
      }
    }
  }

  /** How many facts of any of these begin by the day and may end after it. */
  straddling(selections: readonly Selected[]): string {
    const any = [...new Set(selections.map((selected) => `(${this.selects(selected)})`))].join(' or ');
    return `select count(*) from reading.facts f where ${known} and ${straddles} and (${any})`;
  }
}
/** A whole has one row, also where there is nothing; groups have one each. */
const grp = (by: string | undefined) => (by === undefined ? 'null::text as grp' : 'grp');
const grouped = (by: string | undefined) => (by === undefined ? '' : 'group by grp');

/** The facts of those dimensions only: the ends of a time, and what others have or say, are looked at whole. */
export const narrowed = (counting: Counting, where: Dimensions | undefined): Counting => {
  if (where === undefined) return counting;
  if (counting.aggregation === 'ratio')
    return { ...counting, numerator: narrowedPlain(counting.numerator, where), denominator: narrowedPlain(counting.denominator, where) };
  return { ...counting, where: { ...counting.where, ...where } };
};
const narrowedPlain = (counting: PlainCounting, where: Dimensions): PlainCounting => ({
  ...counting,
  where: { ...counting.where, ...where },
});

/**
 * Rows `(number, grp, grouped, value, straddling, illustrative, behind, open, data_sets)`, numbered as what is asked; number −1 is what
 * straddles in any of them, and the names of the illustrative data sets. What is asked by a dimension has its groups and the whole.
 */
export const countingStatement = (asked: readonly Asked[], axes: Axes): Prepared => {
  const counter = new Counter(axes);
  const countings = asked.map(({ counting, where }) => narrowed(counting, where));
  const figures = countings.flatMap((counting, number) => {
    const { by } = asked[number]!;
    return [undefined, ...(by === undefined ? [] : [by])].map(
      (each) => `select ${number}, grp, ${each !== undefined}, value, straddling, illustrative, behind, open, null
        from (${counter.figure(counting, each)}) figure`,
    );
  });
  return counter.prepared(
    [
      `select -1 as number, null::text as grp, false as grouped, null::numeric as value,
         (${counter.straddling([...countings.flatMap(selectionsOf), merges])}) as straddling, false as illustrative,
         null::bigint as behind, null::bigint as open, (select coalesce(json_agg(distinct stream), '[]') from illustrative)::text as data_sets`,
      ...figures,
    ].join('\nunion all\n'),
  );
};
