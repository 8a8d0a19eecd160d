import { stringify } from 'csv-stringify/sync';
import { inCell } from './plain-text';
import type { Cell, Standpoint, Table } from './table';

const written = (cell: Cell): string => (typeof cell === 'string' ? inCell(cell) : cell === null ? '' : String(cell));

/** RFC 4180 in UTF-8: a line of names, then a line for each row; an empty cell is one without a value. */
export async function* csvOf({ columns, pages }: Table, on: Standpoint): AsyncGenerator<string> {
  const lines = (rows: readonly (readonly string[])[]) =>
    stringify(rows as string[][], { record_delimiter: 'windows', quoted_match: /[\r\n\t;]/ });
  yield lines([columns.map(({ name }) => name)]);
  for await (const page of pages(on)) if (page.length > 0) yield lines(page.map((row) => row.map(written)));
}
