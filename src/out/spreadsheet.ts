import { PassThrough, type Readable } from 'node:stream';
import type { Workbook } from 'exceljs';
import { formulaRule, inCell } from './plain-text';
import type { Cell, CellType, Standpoint, Table } from './table';

/** What a sheet and a cell of an .xlsx file hold at most (Excel's specifications and limits). */
const mostRows = 1_048_576;
const mostCharacters = 32_767;

/** The first moment that an entry of a zip file can have. */
const noTime = new Date('1980-01-01T00:00:00Z');

/** A workbook of which the entries of its zip file say nothing of when they were made. What writes it is loaded by whoever does, for it is large. */
const timelessBook = async (out: PassThrough): Promise<Workbook & { commit(): Promise<void> }> => {
  const { stream } = await import('exceljs');
  class TimelessWriter extends stream.xlsx.WorkbookWriter {
    private timeless = false;

    // The constructor of what it extends adds the first entry by this.
    override addThemes(): Promise<void> {
      const { zip } = this as unknown as { readonly zip: { append: (source: unknown, entry: object) => unknown } };
      if (!this.timeless) {
        const append = zip.append.bind(zip);
        zip.append = (source, entry) => append(source, { ...entry, date: noTime });
        this.timeless = true;
      }
      return super.addThemes();
    }
  }
  return new TimelessWriter({ stream: out, useStyles: true, useSharedStrings: false });
};

const widths: Readonly<Record<CellType, number>> = {
  ...{ text: 32, object: 48, instant: 26 },
  ...{ integer: 12, number: 12, boolean: 10, day: 12, date: 12 },
};

const shown = (cell: Cell, type: CellType): Cell | Date => {
  if (typeof cell !== 'string') return cell;
  if (type === 'day') return new Date(`${cell}T00:00:00Z`);
  const text = inCell(cell);
  return text.length > mostCharacters ? `${text.slice(0, mostCharacters - 1).toWellFormed()}…` : text;
};

const write = async (book: Workbook, tables: readonly Table[], on: Standpoint, notes: readonly string[], most: number) => {
  const about = book.addWorksheet('about', { properties: {} });
  about.columns = [{ width: 16 }, { width: 100 }];
  const said: readonly (readonly [string, string])[] = [
    ['asOf', on.asOf],
    ['knownAt', on.knownAt ?? ''],
    ['language', on.language],
    ...notes.map((note) => ['note', note] as const),
    ['formulas', formulaRule],
    ...tables.flatMap(({ name, title, description, columns }) => [
      [name, `${title}. ${description}`] as const,
      ...columns.map((column) => [`${name}.${column.name}`, `${column.title}. ${column.description}`] as const),
    ]),
  ];
  for (const [what, text] of said) about.addRow([inCell(what), inCell(text)]).commit();
  about.commit();

  for (const { name, columns, pages } of tables) {
    let sheets = 0;
    const next = () => {
      sheets += 1;
      const sheet = book.addWorksheet(sheets === 1 ? name : `${name} ${sheets}`, { views: [{ state: 'frozen', ySplit: 1 }] });
      sheet.columns = columns.map(({ type }) => ({ width: widths[type], style: type === 'day' ? { numFmt: 'yyyy-mm-dd' } : {} }));
      const head = sheet.addRow(columns.map((column) => column.name));
      head.font = { bold: true };
      head.commit();
      return { sheet, rows: 1 };
    };
    let at = next();
    for await (const page of pages(on))
      for (const row of page) {
        if (at.rows === most) {
          at.sheet.commit();
          at = next();
        }
        at.sheet.addRow(row.map((cell, i) => shown(cell, columns[i]!.type))).commit();
        at.rows += 1;
      }
    at.sheet.commit();
  }
};

/**
 * A workbook (.xlsx) with a sheet for each table, behind one that says what they stand on; a table longer than a sheet goes on in the
 * next one.
 * @param most how many rows a sheet has, that of names among them
 */
export const spreadsheetOf = (tables: readonly Table[], on: Standpoint, notes: readonly string[], most = mostRows): Readable => {
  const out = new PassThrough();
  const made = new Date(on.knownAt ?? noTime);
  const written = async () => {
    const book = await timelessBook(out);
    Object.assign(book, { creator: 'Puente', lastModifiedBy: 'Puente', created: made, modified: made });
    await write(book, tables, on, notes, most);
    await book.commit();
  };
  written().catch((error: unknown) => out.destroy(error as Error));
  return out;
};
