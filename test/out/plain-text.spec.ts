import { Readable } from 'node:stream';
import fc from 'fast-check';
import { csvOf } from '../../src/out/csv';
import { inCell, inXml } from '../../src/out/plain-text';
import { spreadsheetOf } from '../../src/out/spreadsheet';
import { type Standpoint, tableOf } from '../../src/out/table';
import { bytesOf, cellsOf, sheetsOf, textOf } from './exported';
import { settings } from '../properties/settings';

const on: Standpoint = { asOf: '2020-12-31', knownAt: '2021-01-01T12:00:00.000Z', position: 7n, language: 'en' };
const named = (names: readonly string[], numbers: readonly number[] = []) =>
  tableOf<{ readonly name: string; readonly number: number | null }>({
    ...{ name: 'names', title: 'Names', description: 'As they were given', key: ['name'] },
    columns: {
      name: ['text', 'Name', 'As it was given', ({ name }) => name],
      number: ['number', 'Number', 'Something counted', ({ number }) => number],
    },
    rows: async function* () {
      yield await Promise.resolve(names.map((name, i) => ({ name, number: numbers[i] ?? null })));
    },
  });
const hostile = fc
  .tuple(
    fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠', ' =', '\u200b=', '\ufeff@', '"=', ';', ''),
    fc.string({ unit: 'binary' }),
  )
  .map(([first, rest]) => first + rest);
const dangerous = /^[=+\-@\t\r\n＝＋－＠]/u;

it('no text begins a formula, whatever it is called, in CSV and in a spreadsheet', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(hostile, { minLength: 1, maxLength: 20 }), async (names) => {
      const table = named(names);
      const [, ...rows] = cellsOf(await textOf(Readable.from(csvOf(table, on))));
      expect(rows.map(([name]) => name)).toEqual(names.map(inCell));
      const sheets = await sheetsOf(await bytesOf(spreadsheetOf([table], on, names)));
      const cells = [...rows.flat(), ...[...sheets.values()].flat(2)];
      expect(cells.filter((cell) => typeof cell === 'string' && dangerous.test(cell))).toEqual([]);
      expect(cells.filter((cell) => typeof cell === 'object' && cell !== null && !(cell instanceof Date))).toEqual([]);
    }),
    settings(60, 5_000),
  );
});

it('a text is as it was once the apostrophe is taken off as it is told, also where it began with apostrophes', () => {
  const begins = /^'*(?:[\t\r\n]|[\s\p{Cf}\p{Cc}]*[=+\-@＝＋－＠])/u;
  const takenOff = (cell: string) => (cell.startsWith("'") && begins.test(cell.slice(1)) ? cell.slice(1) : cell);
  expect(["'=1", "''=1", '=1', "'90s"].map(inCell)).toEqual(["''=1", "'''=1", "'=1", "'90s"]);
  fc.assert(
    fc.property(fc.nat(3), hostile, (apostrophes, rest) => {
      const text = "'".repeat(apostrophes) + rest;
      expect(takenOff(inCell(text))).toBe(inXml(text));
    }),
    settings(500, 500),
  );
});

it('a number stays a number, also below zero, and a text that is plain stays as it is', async () => {
  const table = named(['Málaga', "l'Hospitalet", '-5'], [-5, 1.5, 0]);
  const csv = await textOf(Readable.from(csvOf(table, on)));
  expect(csv).toBe("name,number\r\nMálaga,-5\r\nl'Hospitalet,1.5\r\n'-5,0\r\n");
  const sheets = await sheetsOf(await bytesOf(spreadsheetOf([table], on, [])));
  expect(sheets.get('names')).toEqual([
    ['name', 'number'],
    ['Málaga', -5],
    ["l'Hospitalet", 1.5],
    ["'-5", 0],
  ]);
});

it('what XML does not have is shown as missing', () => {
  expect(inXml('a\u0000b\u000bc\ud800d\ufffee\t\n😀')).toBe('a\ufffdb\ufffdc\ufffdd\ufffde\t\n😀');
});

it('a table longer than a sheet goes on in the next, each with its names', async () => {
  const table = named(['a', 'b', 'c', 'd', 'e']);
  const sheets = await sheetsOf(await bytesOf(spreadsheetOf([table], on, [], 3)));
  expect([...sheets.keys()]).toEqual(['about', 'names', 'names 2', 'names 3']);
  expect([...sheets.values()].slice(1).map((rows) => rows.map(([name]) => name))).toEqual([
    ['name', 'a', 'b'],
    ['name', 'c', 'd'],
    ['name', 'e'],
  ]);
});

it('a spreadsheet is the same bytes whenever it is made, and says nothing of when', async () => {
  const [one, other] = [await bytesOf(spreadsheetOf([named(['a'])], on, [])), await bytesOf(spreadsheetOf([named(['a'])], on, []))];
  expect(one.equals(other)).toBe(true);
  // The time of an entry of a zip file: 1980-01-01, midnight.
  for (let at = one.indexOf('PK\u0003\u0004'); at >= 0; at = one.indexOf('PK\u0003\u0004', at + 4))
    expect(one.readUInt32LE(at + 10)).toBe(0x00210000);
});
