import { createHash } from 'node:crypto';
import type { Axes } from '../engine/as-of';
import { rootsOf } from '../engine/roots';
import { type Counting, type PlainCounting, type Selected, selectionsOf, type Things } from '../parts/indicator-counting';
import { type Across, type Asked, narrowed, type TimeCounting } from './asked';
import { certain, type Ground, known, merge, merges, ownKey } from './ground';

export interface Prepared {
  readonly name: string;
  readonly text: string;
  readonly values: unknown[];
}

const begins = 'f.occurred_from <= $2::date';

/** SQL over facts, with its parameters: $1 position, $2 asOf, then what filters. */
export class Counter {
  readonly values: unknown[] = [];
  private readonly numbers = new Map<string, string>();

  /** @param ground what was read before; where it is left out the statement looks up the roots itself, and says of nothing that it illustrates */
  constructor(
    { position, asOf }: Axes,
    private readonly ground?: Ground,
  ) {
    this.values.push(String(position), asOf);
  }

  parameter(value: string, type: 'text' | 'jsonb' | 'bigint' | 'integer'): string {
    return `${this.number(value, value)}::text::${type}`;
  }
  private list(values: readonly string[]): string {
    return `${this.number(JSON.stringify(values), values)}::text[]`;
  }
  private number(key: string, value: unknown): string {
    const known = this.numbers.get(key);
    if (known) return known;
    const number = `$${this.values.push(value)}`;
    this.numbers.set(key, number);
    return number;
  }

  /** One statement, under the name of what it says. */
  prepared(text: string): Prepared {
    const whole = `${this.roots()}${text}`;
    return { name: `count-${createHash('sha256').update(whole).digest('hex').slice(0, 16)}`, text: whole, values: this.values };
  }
  private roots(): string {
    const columns = `regexp_replace(member, '/', '-') as stream, regexp_replace(root, '/', '-') as root_stream`;
    if (!this.ground) return `with recursive ${rootsOf(merge)}, root as materialized (select member, root, ${columns} from roots)\n`;
    const { roots } = this.ground;
    if (roots.length === 0) return '';
    const [members, those] = [this.list(roots.map(({ member }) => member)), this.list(roots.map(({ root }) => root))];
    return `with root as materialized (select member, root, ${columns} from unnest(${members}, ${those}) as r (member, root))\n`;
  }

  selects({ measure, where }: Selected): string {
    return `f.measure = ${this.parameter(measure, 'text')}${where ? ` and f.dimensions @> ${this.parameter(JSON.stringify(where), 'jsonb')}` : ''}`;
  }

  /** Facts of a selection that are known and have begun by the day, or whenever they begin; a party that was merged into another counts as that one (`subject`, `counts`). */
  scan(
    selected: Selected,
    { by, whenever = false, as = 'fact' }: { readonly by?: string | undefined; readonly whenever?: boolean; readonly as?: string } = {},
  ): string {
    const merged = this.ground?.roots.length !== 0;
    return `(select ${merged ? 'coalesce(of_subject.root, f.subject)' : 'f.subject'} as subject,
        ${merged ? 'coalesce(of_stream.root_stream, f.stream)' : 'f.stream'} as counts,
        f.stream, f.quantity, f.dimensions, f.occurred_to, ${certain} as certain, ${this.illustrates(selected)} as illustrative
        ${by === undefined ? '' : `, f.dimensions ->> ${this.parameter(by, 'text')} as grp`}
      from reading.facts f
        ${merged ? 'left join root of_subject on of_subject.member = f.subject left join root of_stream on of_stream.stream = f.stream' : ''}
      where ${known} and ${this.selects(selected)}${whenever ? '' : ` and ${begins}`}) ${as}`;
  }
  private illustrates({ measure }: Selected): string {
    const imports = (this.ground?.illustrative ?? []).flatMap((each) =>
      each.measure === null || each.measure === measure ? [each.import] : [],
    );
    return imports.length === 0 ? 'false' : `f.correlation_id = any (${this.list(imports)})`;
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
      case 'elapsed':
        return this.time(counting, by);
      case 'sum':
      case 'stock':
      case 'distinct':
      case 'without':
      case 'joined':
        return `select p.*, null::bigint as behind, null::bigint as open from (${this.plain(counting, by)}) p`;
    }
  }

  /** As `figure`, of times. */
  time(counting: TimeCounting, by?: string | Across): string {
    const days =
      counting.aggregation === 'duration'
        ? 'case when ended is not null then greatest(ended - begun, 0) end'
        : `case when ended is null then $2::date - begun end`;
    const own = typeof by === 'string' ? by : undefined;
    return `select ${grp(by)}, percentile_disc(${this.parameter(String(counting.percentile), 'integer')} / 100.0) within group (order by ${days})
          filter (where begun is not null and ${days} is not null)::numeric as value,
        coalesce(sum(straddling), 0)${by === undefined ? ` + (select count(*) from ${this.scan(counting.until)} where not certain)` : ''} as straddling,
        coalesce(bool_or(illustrative), false) or exists (select from ${this.scan(counting.until)} where illustrative) as illustrative,
        count(*) filter (where begun is not null and ${days} is not null) as behind,
        count(*) filter (where begun is not null and ended is null) as open
      from (select ${inner(own)}stream, min(occurred_to) filter (where quantity > 0 and certain) as begun,
          count(*) filter (where not certain) as straddling, bool_or(illustrative) as illustrative from ${this.scan(counting, { by: own })} group by ${inner(own)}stream) a
        left join (select stream, min(occurred_to) as ended from ${this.scan(counting.until)} where quantity > 0 and certain group by stream) z using (stream)
        ${typeof by === 'object' ? `join (${this.said(by)}) said using (stream)` : ''}
      ${grouped(by)}`;
  }
  private said({ names, through }: Across): string {
    return `select distinct named.stream, attribute as grp from ${this.scan(names, { as: 'named' })} join ${this.attribute(through)} on self = named.subject
      where named.quantity > 0 and named.certain`;
  }
  /** What streams say of themselves, as known then: that has no date. */
  private attribute(through: Selected & { readonly of: Things }): string {
    return `(select ${ownKey} as self, ${this.what(through.of)} as attribute from ${this.scan(through, { whenever: true })}
      group by 1, 2 having sum(quantity) filter (where quantity > 0 or certain) > 0) told`;
  }

  private plain(counting: PlainCounting, by?: string): string {
    const rest = 'coalesce(sum(straddling), 0) as straddling, coalesce(bool_or(illustrative), false) as illustrative';
    const own = 'count(*) filter (where not certain) as straddling, coalesce(bool_or(illustrative), false) as illustrative';
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
          from (select ${inner(by)}subject, sum(quantity) filter (where certain) as left_over, ${own} from ${this.scan(counting, { by })} group by ${inner(by)}stream, subject) s
          ${grouped(by)}`;
      }
      case 'distinct':
        return `select ${grp(by)}, (count(distinct ${this.what(counting.of)}) filter (where ${began}))::numeric as value, ${own} from ${this.scan(counting, { by })} ${grouped(by)}`;
      case 'without': {
        const what = this.what(counting.of);
        const others = this.scan(counting.less);
        // Of a whole what straddles is said of both; groups are of the first.
        const straddling = by === undefined ? ` + (select count(*) from ${others} where not certain)` : '';
        return `select ${grp(by)}, (count(distinct ${what}) filter (where ${began} and ${what} not in (select ${what} from ${others} where ${began})))::numeric as value,
            count(*) filter (where not certain)${straddling} as straddling,
            coalesce(bool_or(illustrative), false) or exists (select from ${others} where illustrative) as illustrative
          from ${this.scan(counting, { by })} ${grouped(by)}`;
      }
      case 'joined': {
        const { through } = counting;
        return `select grp, coalesce(v.value, 0)::numeric as value, o.straddling,
            o.illustrative or exists (select from ${this.scan(through)} where illustrative) as illustrative
          from (select ${grp(by)}, ${own} from ${this.scan(counting, { by })} ${grouped(by)}) o
            left join (select grp as of_grp, count(distinct attribute) as value
              from (select distinct ${grp(by)}, subject from ${this.scan(counting, { by })} where ${began}) c join ${this.attribute(through)} on self = subject group by grp) v
            on coalesce(of_grp, '') = coalesce(grp, '')`;
      }
    }
  }

  /** How many facts of any of these begin by the day and may end after it. */
  straddling(selections: readonly Selected[]): string {
    const any = [...new Set(selections.map((selected) => `(${this.selects(selected)})`))].join(' or ');
    return `select count(*) from reading.facts f where ${known} and ${begins} and not ${certain} and (${any})`;
  }
}
/** A whole has one row, also where there is nothing; groups have one each. */
const grp = (by: string | Across | undefined) => (by === undefined ? 'null::text as grp' : 'grp');
const inner = (by: string | undefined) => (by === undefined ? '' : 'grp, ');
const grouped = (by: string | Across | undefined) => (by === undefined ? '' : 'group by grp');

/**
 * Rows `(number, grp, grouped, value, straddling, illustrative, behind, open)`, numbered as what is asked. What is asked by a dimension
 * has its groups and the whole; number −1, where it is wanted, is what straddles in any of them.
 */
export const countingStatement = (asked: readonly Asked[], axes: Axes, ground: Ground, together: boolean): Prepared => {
  const counter = new Counter(axes, ground);
  const countings = asked.map(({ counting, where }) => narrowed(counting, where));
  const figures = countings.flatMap((counting, number) => {
    const { by } = asked[number]!;
    const grouped = () => (typeof by === 'object' ? counter.time(counting as TimeCounting, by) : counter.figure(counting, by));
    return [counter.figure(counting), ...(by === undefined ? [] : [grouped()])].map(
      (rows, whole) => `select ${number} as number, ${whole > 0} as grouped, grp, value, straddling, illustrative, behind, open
        from (${rows}) figure`,
    );
  });
  const all = () =>
    `select -1, false, null, null, (${counter.straddling([...countings.flatMap(selectionsOf), merges])}), false, null, null`;
  return counter.prepared([...figures, ...(together ? [all()] : [])].join('\nunion all\n'));
};
