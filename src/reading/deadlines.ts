import type { Pool } from 'pg';
import { cursorAs, type Page, pageOf, type Paging } from '../engine/page';
import type { ReadModel } from '../engine/read-model';
import { foldedUpTo } from '../kernel/folds';
import { type AnyLifecycle, type AnyState, deadlinesOf, hasDeadlines } from '../kernel/lifecycle';
import { addDays, type Day, daysBetween } from '../kernel/partial-date';
import type { Responsibility } from '../kernel/responsible';
import { lifecycles } from '../lifecycles/all';
import type { Migration } from '../store/migrate';
import { streamOf } from '../store/port';
import { type Word } from '../words/dictionary';
import { type Language, say } from '../words/say';
import { rowsPerStream, type Table } from './rows-per-stream';

export const deadlinesMigration: Migration = {
  name: 'reading-12-deadlines',
  sql: `
    -- By which days something of a stream is to be done, as it stands.
    create table reading.deadlines (
      stream text collate "C" not null,
      kind text collate "C" not null,
      id text collate "C" not null,
      key text collate "C" not null,
      what text collate "C" not null,
      about text,
      due_on text collate "C" not null,
      met_on text collate "C",
      -- The stream whose officers answer for it too.
      under text collate "C",
      primary key (stream, key)
    );
    create index deadlines_to_meet on reading.deadlines (due_on, stream, key) where met_on is null;
    create index deadlines_met on reading.deadlines (due_on, stream, key) where met_on is not null;
  `,
};

const under = (of: AnyLifecycle, state: AnyState): string | null => {
  const responsible = of.responsible as Responsibility<AnyState>;
  const above = responsible === 'every-officer' ? undefined : responsible(state).under;
  return above ? streamOf(above.kind, above.id) : null;
};

const table: Table = {
  name: 'reading.deadlines',
  kinds: Object.values<AnyLifecycle>(lifecycles)
    .filter(hasDeadlines)
    .map(({ name }) => name),
  rows: ({ stream, id, lifecycle, history }, book) => {
    const { state } = foldedUpTo(lifecycle, history, history.length - 1, book);
    return deadlinesOf(lifecycle, state, book).map(({ key, what, about = null, on, met = null }) => ({
      ...{ stream, kind: lifecycle.name, id, key, what, about, due_on: on, met_on: met },
      under: under(lifecycle, state),
    }));
  },
};

/** What every part says is to be done by when. */
export const deadlinesModel: ReadModel = { ...rowsPerStream('deadlines', [table]), version: 2 };

export type DeadlineState = 'open' | 'overdue' | 'met';
export interface DeadlineEntry {
  readonly lifecycle: string;
  readonly id: string;
  /** Names it within its stream. */
  readonly key: string;
  readonly what: string;
  /** What it is, in the language of the reader. */
  readonly label: string;
  /** Which one, where there may be several. */
  readonly about?: string;
  readonly on: Day;
  /** Negative once its day has passed. */
  readonly daysLeft: number;
  readonly state: DeadlineState;
  readonly metOn?: Day;
}
interface Row {
  readonly stream: string;
  readonly kind: string;
  readonly id: string;
  readonly key: string;
  readonly what: string;
  readonly about: string | null;
  readonly due_on: Day;
  readonly met_on: Day | null;
}

export interface DueQuestion extends Paging {
  /** How many days ahead. */
  readonly within: number;
  /** Only what this account answers for: assigned to the thing, to its call or to its programme. */
  readonly by?: string | undefined;
  readonly language: Language;
}

const officerOf = (of: string) => `select mine.stream from reading.assignments mine where mine.account = $4 and mine.as = 'officer' ${of}`;
/** Arrays, so that they are looked up once, however many deadlines there are. */
const answeredFor = `($4::text is null
  or stream = any (array(${officerOf('')})) or under = any (array(${officerOf('')}))
  or under = any (array(select c.stream from reading.calls c where 'programme-' || c.programme = any (array(${officerOf("and mine.kind = 'programme'")})))))`;
const part = (which: string) => `(select stream, kind, id, key, what, about, due_on, met_on from reading.deadlines
  where ${which} and due_on <= $2 and (due_on, stream, key) > ($5, $6, $7) and ${answeredFor} order by due_on, stream, key limit $3)`;

/** What is to be done by when: what is overdue, and what comes within so many days. */
export class Deadlines {
  constructor(
    private readonly pool: Pool,
    private readonly today: () => Day,
  ) {}

  async page({ within, by, language, after, limit }: DueQuestion): Promise<Page<DeadlineEntry>> {
    const today = this.today();
    const [day = '', stream = '', key = ''] = cursorAs(/^(\d{4}-\d{2}-\d{2})~([A-Za-z0-9-]+)~([!-~]+)$/, after) ?? [];
    const { rows } = await this.pool.query<Row>(
      `${part('met_on is null')} union all ${part('met_on is not null and due_on >= $1')} order by due_on, stream, key limit $3`,
      [today, addDays(today, within), limit + 1, by ?? null, day, stream, key.replaceAll('+', ' ')],
    );
    const { items, next } = pageOf(rows, limit, (row) => `${row.due_on}~${row.stream}~${row.key.replaceAll(' ', '+')}`);
    return { items: items.map((row) => entryOf(row, today, language)), ...(next !== undefined && { next }) };
  }
}

const entryOf = ({ kind, id, key, what, about, due_on: on, met_on: metOn }: Row, today: Day, language: Language): DeadlineEntry => ({
  ...{ lifecycle: kind, id, key, what, label: say(language, 'words', what as Word) },
  ...(about !== null && { about }),
  ...{ on, daysLeft: daysBetween(today, on), state: metOn !== null ? 'met' : on < today ? 'overdue' : 'open' },
  ...(metOn !== null && { metOn }),
});
