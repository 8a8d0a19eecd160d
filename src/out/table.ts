import type { Axes } from '../engine/as-of';
import type { Language } from '../words/say';

/** What an export stands on: the same gives the same bytes. */
export interface Standpoint extends Axes {
  /** When the last event was recorded that was known; null where none was. */
  readonly knownAt: string | null;
  /** Of labels and notes. */
  readonly language: Language;
}

export type Cell = string | number | boolean | null;
/** `date` is known to the day, the month or the year; `object` is JSON with its keys in order. */
export type CellType = 'text' | 'integer' | 'number' | 'boolean' | 'day' | 'date' | 'instant' | 'object';

export interface Column {
  readonly name: string;
  readonly type: CellType;
  readonly title: string;
  readonly description: string;
  /** A column of the key that has no value in some rows. */
  readonly mayBeEmpty?: true;
}

/** A table of an export: what its columns mean, and where its rows come from. */
export interface Table {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly columns: readonly Column[];
  /** The columns that tell one row from another. */
  readonly key: readonly string[];
  /** Page by page, each row with a cell for each column, always in the same order. */
  readonly pages: (on: Standpoint) => AsyncIterable<readonly (readonly Cell[])[]>;
}

/** A column with what it shows of a row. */
type Shown<Row> = readonly [type: CellType, title: string, description: string, of: (row: Row) => Cell | undefined, empty?: 'may be empty'];

export interface Drawn<Row> {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly key: readonly string[];
  readonly columns: Readonly<Record<string, Shown<Row>>>;
  readonly rows: (on: Standpoint) => AsyncIterable<readonly Row[]>;
}

export const tableOf = <Row>({ columns, rows, ...about }: Drawn<Row>): Table => ({
  ...about,
  columns: Object.entries(columns).map(([name, [type, title, description, , empty]]) => ({
    ...{ name, type, title, description },
    ...(empty && { mayBeEmpty: true as const }),
  })),
  pages: async function* (on) {
    const shown = Object.values(columns).map(([, , , of]) => of);
    for await (const page of rows(on)) yield page.map((row) => shown.map((of) => of(row) ?? null));
  },
});
