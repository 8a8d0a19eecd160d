import { createHash } from 'node:crypto';
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
  private known(selected: Selected): string {
    return `reading.facts where ${known} and ${this.selects(selected)}`;
  }
  private began(selected: Selected): string {
    return `${this.known(selected)} and quantity > 0 and ${certain}`;
  }

  value(counting: Counting): string {
    switch (counting.aggregation) {
      case 'sum':
        // An end known more exactly than its beginning would otherwise count before it.
        return `select coalesce(sum(greatest(left_over, 0)), 0) from (select sum(quantity) as left_over from ${this.known(counting)} and ${certain} group by stream, subject) by_subject`;
      case 'distinct': {
        const { of } = counting;
        const what = typeof of === 'string' ? of : `dimensions ->> ${this.parameter(of.dimension, 'text')}`;
        return `select count(distinct ${what}) from ${this.began(counting)}`;
      }
      case 'without':
        return `select count(*) from (select ${counting.of} from ${this.began(counting)} except select ${counting.of} from ${this.began(counting.less)}) remaining`;
      case 'joined':
        return `select count(distinct value) from (
            select subject, dimensions ->> ${this.parameter(counting.through.dimension, 'text')} as value from ${this.known(counting.through)}
            group by 1, 2 having sum(quantity) filter (where quantity > 0 or ${certain}) > 0) attribute
          where subject in (select subject from ${this.began(counting)})`;
    }
  }

  straddling(countings: readonly Counting[]): string {
    const dated = countings.flatMap((counting): Selected[] => [counting, ...(counting.aggregation === 'without' ? [counting.less] : [])]);
    const any = [...new Set(dated.map((selected) => `(${this.selects(selected)})`))].join(' or ');
    return `select count(*) from reading.facts where ${known} and occurred_from <= $2::date and occurred_to > $2::date and (${any})`;
  }
}

const known = 'recorded_position <= $1::bigint and (retracted_position is null or retracted_position > $1::bigint)';
const certain = 'occurred_to <= $2::date';

export interface Prepared {
  readonly name: string;
  readonly text: string;
  readonly values: unknown[];
}

/** Rows `(number, value, straddling)`, numbered as the indicators are; number −1 is what straddles in any of them. */
export const countingStatement = (indicators: readonly Indicator[], axes: Axes): Prepared => {
  const statement = new Statement(axes);
  const countings = indicators.map(({ counting }) => counting);
  const text = [
    `select -1 as number, 0::numeric as value, (${statement.straddling(countings)}) as straddling`,
    ...countings.map((counting, number) => `select ${number}, (${statement.value(counting)}), (${statement.straddling([counting])})`),
  ].join('\nunion all\n');
  return { name: `count-${createHash('sha256').update(text).digest('hex').slice(0, 16)}`, text, values: statement.values };
};
