import type { QueryResult, QueryResultRow } from 'pg';
import type { Statement } from './postgres-connection';

/** A kind of stream with a type of event. */
export interface Class {
  readonly kind: string;
  readonly type: string;
}

interface Runner {
  run<Row extends QueryResultRow>(statement: Statement): Promise<QueryResult<Row>>;
}

/** The classes that this process knows: rows that are never changed nor removed, so that they need to be read once only. */
export class Classes {
  private readonly numbers = new Map<string, number>();
  private readonly types = new Map<number, string>();

  /** The number of each class; those that the store has not seen yet are committed before any event uses them. */
  async numbersOf(classes: readonly Class[], runner: Runner): Promise<readonly number[]> {
    const unknown = classes.filter((one) => !this.numbers.has(keyOf(one)));
    if (unknown.length > 0) {
      const values = [unknown.map(({ kind }) => kind), unknown.map(({ type }) => type)];
      await runner.run({
        name: 'add-classes',
        text: `insert into store.classes (kind, type) select distinct * from unnest($1::text[], $2::text[]) order by 1, 2 on conflict do nothing`,
        values,
      });
      await this.load(runner, {
        name: 'classes',
        text: `select number, kind, type from store.classes where (kind, type) in (select * from unnest($1::text[], $2::text[]))`,
        values,
      });
    }
    return classes.map((one) => this.numbers.get(keyOf(one))!);
  }

  /** Asks for those of the numbers whose types are not known yet. */
  async know(numbers: readonly number[], runner: Runner): Promise<void> {
    const unknown = numbers.filter((number) => !this.types.has(number));
    if (unknown.length === 0) return;
    await this.load(runner, {
      name: 'class-names',
      text: 'select number, kind, type from store.classes where number = any($1)',
      values: [[...new Set(unknown)]],
    });
  }

  /** The type behind a number that is known. */
  typeOf(number: number): string {
    return this.types.get(number)!;
  }

  private async load(runner: Runner, statement: Statement): Promise<void> {
    for (const { number, kind, type } of (await runner.run<Class & { number: number }>(statement)).rows) {
      this.numbers.set(keyOf({ kind, type }), number);
      this.types.set(number, type);
    }
  }
}

const keyOf = ({ kind, type }: Class) => `${kind}-${type}`;
