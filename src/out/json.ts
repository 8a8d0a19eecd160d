import type { Standpoint, Table } from './table';

/** What a table stands on, then its rows, a line for each: texts as they are. */
export async function* jsonOf({ name, columns, pages }: Table, on: Standpoint): AsyncGenerator<string> {
  const { asOf, knownAt, language } = on;
  yield `${JSON.stringify({ table: name, asOf, knownAt, language }).slice(0, -1)},"rows":[`;
  let first = true;
  for await (const page of pages(on))
    for (const row of page) {
      yield `${first ? '' : ','}\n${JSON.stringify(Object.fromEntries(row.map((cell, i) => [columns[i]!.name, cell])))}`;
      first = false;
    }
  yield `${first ? '' : '\n'}]}\n`;
}
