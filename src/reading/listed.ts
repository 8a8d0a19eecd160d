import { dimensionsOf } from '../kernel/lifecycle';
import type { Pool } from 'pg';
import type { AnyLifecycle } from '../kernel/lifecycle';
import { lifecycles } from '../lifecycles/all';
import type { Migration } from '../store/migrate';
import { streamOf } from '../store/port';
import { pageById } from './by-id';
import { type Page, type Paging, shownAs } from '../engine/page';
import { rowsPerStream, stateOf, type Table } from './rows-per-stream';

export const listedMigration: Migration = {
  name: 'reading-5-listed',
  sql: `
    create schema if not exists reading;
    create table reading.listed (
      stream text collate "C" primary key,
      kind text collate "C" not null,
      id text collate "C" not null,
      shown jsonb not null,
      unique (kind, id)
    );
  `,
};

/** What any lifecycle shows of one of its streams without code of its own. */
export interface ListedEntry {
  readonly id: string;
  /** Revision of the last event. */
  readonly revision: number;
  readonly firstOccurredOn: string;
  readonly lastRecordedAt: string;
  /** The rule set in force. */
  readonly rules?: string;
  readonly dimensions: Readonly<Record<string, string>>;
  /** What decisions elsewhere may know of it. */
  readonly seen: unknown;
}

const table: Table = {
  name: 'reading.listed',
  kinds: Object.values(lifecycles).map(({ name }) => name),
  rows: (touched, book) => {
    const { lifecycle, stream, id, history, standing } = touched;
    const first = standing.find(({ type }) => type !== 'GateWaived');
    if (!first) return [];
    const state = stateOf(lifecycle, touched, book) as never;
    const rules = lifecycle.rules(state);
    const last = history.at(-1)!;
    const shown: ListedEntry = {
      id,
      revision: last.revision,
      firstOccurredOn: first.occurredOn,
      lastRecordedAt: last.recordedAt,
      ...(rules === undefined ? {} : { rules }),
      dimensions: dimensionsOf(lifecycle, state, id),
      seen: lifecycle.seen(state) ?? null,
    };
    return [{ stream, kind: lifecycle.name, id, shown }];
  },
};

/** A row for each stream of every lifecycle. */
export const listedModel = rowsPerStream('listed', [table]);

/** Lists of what has no list of its own. */
export class Listed {
  constructor(private readonly pool: Pool) {}

  async page(of: AnyLifecycle, paging: Paging): Promise<Page<ListedEntry>> {
    const found = await pageById<{ shown: ListedEntry }>(this.pool, 'select shown from reading.listed', paging, [['kind = ?', of.name]]);
    return shownAs(found, ({ shown }) => shown);
  }

  async one(of: AnyLifecycle, id: string): Promise<ListedEntry | undefined> {
    const { rows } = await this.pool.query<{ shown: ListedEntry }>('select shown from reading.listed where stream = $1', [
      streamOf(of.name, id),
    ]);
    return rows[0]?.shown;
  }
}
