/** The tables beside this file, read as they are: comma-separated, a cell with a comma in quotation marks. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const cellsOf = (row: string): readonly string[] =>
  [...`${row},`.matchAll(/(?:"((?:[^"]|"")*)"|([^,]*)),/g)].map(([, quoted, plain = '']) => quoted?.replaceAll('""', '"') ?? plain);

type Row<Column extends string> = Readonly<Record<Column, string>>;
const table = <Column extends string>(file: string, ...columns: readonly Column[]): readonly Row<Column>[] => {
  const [head, ...rows] = readFileSync(join(__dirname, file), 'utf8').trim().split('\n');
  if (head !== columns.join(',')) throw new Error(`${file} has other columns: ${head}`);
  return rows.map((row) => {
    const cells = cellsOf(row);
    if (cells.length !== columns.length) throw new Error(`${file}: ${row} does not have ${columns.length} columns`);
    return Object.fromEntries(columns.map((column, i) => [column, cells[i]!])) as Row<Column>;
  });
};

export const programmes = table(
  'programmes.csv',
  ...(['id', 'name_es', 'name_en', 'kind', 'area', 'approved_year', 'approved_summit', 'seat', 'source', 'confidence', 'note'] as const),
);
export const membership = table('membership.csv', 'programme', 'country', 'status', 'year_or_date', 'as_of', 'source', 'confidence');
export const figures = table('figures.csv', 'programme', 'measure', 'value', 'unit_or_currency', 'period_or_as_of', 'source', 'confidence');
export const summits = table('summits.csv', 'number', 'year', 'place', 'country', 'source', 'dates');
export const claims = table('claims.csv', 'what', 'value', 'as_of', 'source');
export const bodies = table(
  'bodies.csv',
  ...(['programme', 'role', 'holder', 'country', 'place', 'from', 'to', 'as_of', 'source', 'confidence'] as const),
);

type Member = (typeof membership)[number];
const listOf = ({ programme, as_of, source }: Member) => [programme, as_of, source].join(' ');
const members = membership.filter(({ status }) => status === 'member');
/** The member lists that pages give: what one source says of one programme at one date. */
export const lists = members
  .filter((row, i) => members.findIndex((each) => listOf(each) === listOf(row)) === i)
  .map((row) => ({ ...row, countries: members.filter((each) => listOf(each) === listOf(row)).map(({ country }) => country) }));

/** When a page can have been read at the earliest: the date of the newest one. Of what carries no date it says “by then”. */
export const read = '2025-11';
