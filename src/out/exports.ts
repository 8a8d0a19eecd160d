import { Readable } from 'node:stream';
import { groundOf } from '../monitoring/ground';
import { type Question, resolve } from '../monitoring/known-at';
import { Monitoring } from '../monitoring/monitoring';
import { Progress } from '../monitoring/progress';
import { declaredIllustrative } from '../monitoring/report';
import { idOf } from '../store/port';
import type { Language } from '../words/say';
import { ofExports as says } from '../words/of-exports';
import { csvOf } from './csv';
import { datapackageOf, schemaOf, type Written } from './datapackage';
import { iatiOf } from './iati';
import { jsonOf } from './json';
import type { Publisher } from './publisher';
import { spreadsheetOf } from './spreadsheet';
import type { Standpoint } from './table';
import { type Sources, type TableName, tableNames, tablesOf } from './tables';

export const tableFormats = ['json', 'csv', 'xlsx'] as const;
export type TableFormat = (typeof tableFormats)[number];

export type Asked = Question & { readonly language: Language };

/** What leaves the house: tables as CSV, JSON and spreadsheets, each as it stood. */
export class Exports {
  private readonly tables: ReturnType<typeof tablesOf>;

  /** @param publisher who publishes IATI activities, where somebody does */
  constructor(
    private readonly sources: Sources,
    private readonly publisher?: Publisher,
  ) {
    this.tables = tablesOf(sources);
  }

  /**
   * What a question stands on, resolved once. It names no position, but the instant of the last event known: asked at one position in
   * whatever way it is the same.
   * @throws Malformed, Rejected as `resolve` does
   */
  async standpoint({ language, ...question }: Asked): Promise<Standpoint> {
    const { asOf, position } = await resolve(this.sources.pool, question);
    const { knownAt } = await resolve(this.sources.pool, { asOf, position: String(position) });
    return { asOf, position, knownAt, language };
  }

  /** Which tables there are, and what their columns mean. */
  list() {
    return Object.values(this.tables).map((table) => ({
      ...{ name: table.name, title: table.title, description: table.description },
      ...{ formats: tableFormats, schema: schemaOf(table) },
    }));
  }

  table(name: TableName, format: TableFormat, on: Standpoint): Promise<Readable> {
    const table = this.tables[name];
    switch (format) {
      case 'json':
        return Promise.resolve(Readable.from(jsonOf(table, on), { objectMode: false }));
      case 'csv':
        return Promise.resolve(Readable.from(csvOf(table, on), { objectMode: false }));
      case 'xlsx':
        return this.notes(on).then((notes) => spreadsheetOf([table], on, notes));
    }
  }

  /** All tables in one file, a sheet for each. */
  async workbook(on: Standpoint): Promise<Readable> {
    return spreadsheetOf(
      tableNames.map((name) => this.tables[name]),
      on,
      await this.notes(on),
    );
  }

  /** Activities by IATI 2.03. @throws Rejected NO_PUBLISHER */
  iati(on: Standpoint): Promise<Readable> {
    const { publisher, sources } = this;
    if (!publisher) return Promise.reject(says.no('NO_PUBLISHER'));
    const progress = new Progress(sources.pool, sources.store, new Monitoring(sources.pool, sources.store));
    return Promise.resolve(Readable.from(iatiOf(sources, progress, publisher, on), { objectMode: false }));
  }

  /** `datapackage.json` of all tables as CSV. */
  async datapackage(on: Standpoint, written?: ReadonlyMap<string, Written>) {
    return datapackageOf(
      tableNames.map((name) => this.tables[name]),
      on,
      await this.notes(on),
      written,
    );
  }

  /** Which data sets are illustrative, in words. */
  private async notes({ language, ...axes }: Standpoint): Promise<readonly string[]> {
    const { illustrative } = await groundOf(this.sources.pool, axes);
    return [...new Set(illustrative.map(({ stream }) => stream))].toSorted().map((stream) => declaredIllustrative[language](idOf(stream)));
  }
}
