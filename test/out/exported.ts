import { text as readText } from 'node:stream/consumers';
import { buffer as readBytes } from 'node:stream/consumers';
import type { Readable } from 'node:stream';
import { Workbook } from 'exceljs';
import { Rules } from '../../src/engine/rules';
import { Streams } from '../../src/engine/streams';
import { rules2019 } from '../reading/recording';
import type { EventStore } from '../../src/store/port';

/** Streams of a store under the rules of 2019. */
export const streamsOf = (store: EventStore): Streams =>
  new Streams(store, new Rules((id, version) => Promise.resolve(`${id}@${version}` === rules2019.name ? rules2019 : undefined)));

export const textOf = (bytes: Readable): Promise<string> => readText(bytes);
export const bytesOf = (bytes: Readable): Promise<Buffer> => readBytes(bytes);

/** The cells of CSV, read by the rules of RFC 4180 alone. */
export const cellsOf = (csv: string): readonly (readonly string[])[] => {
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    rows.at(-1)!.push(quoted?.replaceAll('""', '"') ?? plain!);
    if (end === '\r\n') rows.push([]);
    if (end === '') break;
  }
  return rows.filter((row) => row.length > 1 || row[0] !== '');
};

/** The sheets of a workbook, each cell as it is stored. */
export const sheetsOf = async (bytes: Buffer): Promise<ReadonlyMap<string, readonly (readonly unknown[])[]>> => {
  const book = await new Workbook().xlsx.load(bytes as never);
  return new Map(
    book.worksheets.map((sheet) => {
      const rows: unknown[][] = [];
      sheet.eachRow((row) => rows.push((row.values as unknown[]).slice(1)));
      return [sheet.name, rows];
    }),
  );
};
