import type { PoolClient } from 'pg';
import type { Compared } from './read-model';

/** A row that is not what the events make. */
export interface RowDifference {
  readonly table: string;
  /** The columns of its primary key, with their values. */
  readonly row: string;
  /** It is not there, no event makes it, or these of its columns differ. */
  readonly is: 'missing' | 'too many' | readonly Differing[];
}
export interface Differing {
  readonly column: string;
  /** As text; of a JSON document nothing but the names of its fields that differ. */
  readonly served: string | null;
  readonly anew: string | null;
}
export interface TableDifferences {
  /** Rows that are read. */
  readonly rows: number;
  /** How many differ, and the first of them by their keys. */
  readonly total: number;
  readonly first: readonly RowDifference[];
}

/** Two tables of one shape. */
export interface TwoTables {
  readonly served: string;
  readonly anew: string;
  readonly compared: Compared;
}

interface Column {
  readonly name: string;
  readonly document: boolean;
  readonly key: boolean;
}
interface Row {
  readonly total: string;
  readonly key: readonly string[];
  readonly is: 'missing' | 'too many' | 'differs';
  readonly columns: readonly string[];
  readonly served: Readonly<Record<string, unknown>> | null;
  readonly anew: Readonly<Record<string, unknown>> | null;
}

const longest = 60;
const shortened = (value: string) => (value.length > longest ? `${value.slice(0, longest)}…` : value);
const quoted = (name: string) => `"${name}"`;

const columnsOf = async (session: PoolClient, table: string): Promise<readonly Column[]> => {
  const { rows } = await session.query<Column>(
    `select attname as name, atttypid = 'jsonb'::regtype as document,
       exists (select from pg_index where indrelid = attrelid and indisprimary and attnum = any(indkey)) as key
     from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped order by attnum`,
    [table],
  );
  return rows;
};

/** The names of the fields in which two documents differ. */
const fieldsOf = (one: unknown, other: unknown): string => {
  const [mine, theirs] = [one, other].map((each) => (each instanceof Object ? (each as Record<string, unknown>) : {}));
  const names = [...new Set([...Object.keys(mine!), ...Object.keys(theirs!)])];
  return names.filter((name) => JSON.stringify(mine![name]) !== JSON.stringify(theirs![name])).join(', ');
};
const textOf = (value: unknown): string | null =>
  value === null || value === undefined ? null : shortened(typeof value === 'string' ? value : JSON.stringify(value));

/**
 * The rows in which two tables differ, found by the database in one statement.
 *
 * @param aside streams whose rows are not looked at: then nothing is said either of what follows from several
 */
export async function rowDifferences(
  session: PoolClient,
  { served, anew, compared: { stream = 'r.stream', beside = [], together = [], own = 'true' } }: TwoTables,
  aside: readonly string[],
  most: number,
): Promise<TableDifferences> {
  if (stream === null && aside.length > 0) return { rows: 0, total: 0, first: [] };
  const all = await columnsOf(session, served);
  const columns = all.filter(({ name }) => !beside.includes(name) && (aside.length === 0 || !together.includes(name)));
  const keys = columns.filter(({ key }) => key).map(({ name }) => quoted(name));
  if (keys.length === 0) throw new Error(`${served} has no primary key to compare its rows by`);
  const of = (table: string) =>
    `(select * from ${table} r where ${own} and ${stream === null ? '$1::text[] is not null' : `not ${stream} = any($1::text[])`})`;
  const { rows: counted } = await session.query<{ count: string }>(`select count(*) from ${of(served)} s`, [aside]);
  const { rows } = await session.query<Row>(
    `select count(*) over () as total, array[${keys.map((key) => `coalesce(s.${key}, a.${key})::text`).join()}] as key,
       case when s.${keys[0]} is null then 'missing' when a.${keys[0]} is null then 'too many' else 'differs' end as is,
       array_remove(array[${columns.map(({ name }) => `case when s.${quoted(name)} is distinct from a.${quoted(name)} then '${name}' end`).join()}], null) as columns,
       to_jsonb(s) as served, to_jsonb(a) as anew
     from ${of(served)} s full join ${of(anew)} a on ${keys.map((key) => `s.${key} = a.${key}`).join(' and ')}
     where row(${columns.map(({ name }) => `s.${quoted(name)}`).join()}) is distinct from row(${columns.map(({ name }) => `a.${quoted(name)}`).join()})
     order by ${keys.map((key) => `coalesce(s.${key}, a.${key})`).join()} limit ${Math.max(1, most)}`,
    [aside],
  );
  const differing = (row: Row) =>
    row.columns.map((column): Differing => {
      const [one, other] = [row.served![column], row.anew![column]];
      if (!columns.find(({ name }) => name === column)!.document) return { column, served: textOf(one), anew: textOf(other) };
      const fields = fieldsOf(one, other);
      return { column: fields === '' ? column : `${column} (${shortened(fields)})`, served: null, anew: null };
    });
  return {
    rows: Number(counted[0]!.count),
    total: Number(rows[0]?.total ?? 0),
    first: rows.slice(0, most).map((row) => ({
      table: served,
      row: row.key.map((value, i) => `${keys[i]!.replaceAll('"', '')} ${shortened(value)}`).join(', '),
      is: row.is === 'differs' ? differing(row) : row.is,
    })),
  };
}
