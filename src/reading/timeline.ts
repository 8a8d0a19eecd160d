import type { Pool } from 'pg';
import { documentsIn } from '../engine/shapes';
import type { Stood } from '../engine/as-of';
import type { Day } from '../kernel/partial-date';
import type { TypedEvent } from '../kernel/lifecycle';
import { mayRead, type Reader } from '../kernel/reserved';
import type { Migration } from '../store/migrate';
import { kindOf } from '../store/port';
import { instant } from '../store/instants';
import { lifecycleNamed, lifecycles } from '../lifecycles/all';
import { type Language, say } from '../words/say';
import { illustrativeImports, isIllustrative } from './illustrative';
import { cursorAs, type Page, pageOf, type Paging, shownAs } from '../engine/page';
import { rowsPerStream, type Table } from './rows-per-stream';
import type { Sentences } from './sentences';
import { type Kept, rowsAsOf, timelineRows } from './timeline-entries';
import type { Stands } from './timeline-rows';

export const timelineMigration: Migration = {
  name: 'reading-1-timeline',
  sql: `
    create schema if not exists reading;
    create table reading.timeline (
      stream text collate "C" not null,
      revision integer not null,
      sort_day text collate "C" not null,
      position bigint not null,
      recorded_at timestamptz not null,
      entry jsonb not null,
      primary key (stream, revision)
    );
    create index timeline_by_day on reading.timeline (stream, sort_day, revision);
  `,
};

const table: Table = {
  name: 'reading.timeline',
  kinds: Object.values(lifecycles).map(({ name }) => name),
  grows: true,
  rows: ({ recorded, history, standing }, _, from) => timelineRows(recorded, history, standing, from),
};

/** Every event of every lifecycle as an entry that says how it stands today; and which of them illustrate. */
export const timelineModel = rowsPerStream('timeline', [table, illustrativeImports]);

export interface TimelineEntry {
  readonly revision: number;
  /** `stream@revision` */
  readonly id: string;
  readonly type: string;
  readonly sentence: string;
  /** It came with a data set that is declared illustrative: all of that, published or made up. */
  readonly illustrative?: true;
  /** As it was recorded; `now` says what holds instead where it was corrected. */
  readonly occurredOn: string;
  readonly recordedAt: string;
  /** Days between the fact and its recording. */
  readonly recordedLate?: number;
  /** Left out where `reserved`. */
  readonly actor?: string;
  readonly roles: readonly string[];
  /** The rule set it was decided under. */
  readonly rules?: string;
  /** The gates that were closed to it and had been waived. */
  readonly waived: readonly { readonly gate: string; readonly rule: string }[];
  readonly standing: Stands['standing'];
  /** `stream@revision` of the retraction or correction. */
  readonly by?: string;
  readonly now?: { readonly occurredOn: string; readonly data: unknown; readonly sentence: string; readonly documents?: DocumentLinks };
  /** What it says is not for this reader, nor who said it: `data` is empty, and so is the sentence. */
  readonly reserved?: true;
  readonly data: unknown;
  /** The documents that it names, with the address of their bytes. */
  readonly documents?: DocumentLinks;
}
type DocumentLinks = readonly { readonly digest: string; readonly href: string }[];

export interface TimelineQuestion extends Paging {
  readonly language: Language;
  /** `recorded` (default), or `occurred`: by the day on which each fact, as corrected, had certainly happened. */
  readonly order?: 'recorded' | 'occurred';
  /** Whether the reader may see protected texts (true). */
  readonly words?: boolean;
  /** Who reads; all is shown where it is left out. */
  readonly reader?: Reader;
}

interface Told {
  readonly stream: string;
  readonly revision: number;
  readonly day: string;
  readonly recordedAt: string;
  readonly entry: Kept;
  readonly illustrative: boolean;
}
type Order = NonNullable<TimelineQuestion['order']>;
/** Where a page begins: after a revision, or after a day and a revision. */
const startOf = (order: Order, after: string | undefined): readonly (string | number)[] =>
  order === 'recorded' ? (cursorAs(/^(\d{1,9})$/, after) ?? [-1]) : (cursorAs(/^(\d{4}-\d{2}-\d{2})~(\d{1,9})$/, after) ?? ['', -1]);
const keyIn = (order: Order) => (row: Told) => (order === 'recorded' ? String(row.revision) : `${row.day}~${row.revision}`);
const toldColumns = `t.stream, t.revision, t.sort_day as day, ${instant('t.recorded_at')} as "recordedAt", t.entry, ${isIllustrative} as illustrative`;

/** What happened to one stream, in the reader's language. */
export class Timeline {
  constructor(
    private readonly pool: Pool,
    private readonly sentences: Sentences,
  ) {}

  async page(
    stream: string,
    { after, limit, language, order = 'recorded', words = true, reader }: TimelineQuestion,
  ): Promise<Page<TimelineEntry>> {
    const from = startOf(order, after);
    const { rows } = await this.pool.query<Told>({
      name: `timeline-${order}`,
      text: `select ${toldColumns} from reading.timeline t
       where stream = $1 and ${order === 'recorded' ? 'revision > $3' : '(sort_day, revision) > ($3, $4)'}
       order by ${order === 'recorded' ? 'revision' : 'sort_day, revision'} limit $2`,
      values: [stream, limit + 1, ...from],
    });
    const entry = await this.teller(rows, { language, words, reader });
    return shownAs(pageOf(rows, limit, keyIn(order)), entry);
  }

  /**
   * What was known of a stream and had certainly happened by a day, as each was dated then.
   * @param illustrative by correlation id: which imports were known to illustrate
   */
  async pageAsOf(
    { recorded, history }: Pick<Stood, 'recorded' | 'history'>,
    asOf: Day,
    illustrative: ReadonlySet<string>,
    { after, limit, language, order = 'recorded', words = true, reader }: TimelineQuestion,
  ): Promise<Page<TimelineEntry>> {
    const [revision, day = ''] = startOf(order, after).toReversed();
    const told = rowsAsOf(recorded, history, asOf).map((row): Told => ({
      ...row,
      day: row.sort_day,
      recordedAt: row.recorded_at,
      illustrative: illustrative.has(row.correlation_id),
    }));
    const rows =
      order === 'recorded'
        ? told.filter((row) => row.revision > Number(revision))
        : told
            .filter((row) => row.day > String(day) || (row.day === day && row.revision > Number(revision)))
            .toSorted((one, other) => (one.day < other.day ? -1 : one.day > other.day ? 1 : 0));
    const page = pageOf(rows.slice(0, limit + 1), limit, keyIn(order));
    return shownAs(page, await this.teller(page.items, { language, words, reader }));
  }

  /** The entries of these events that are told, of whatever streams, by the names of the events. */
  async entries(
    of: readonly { readonly stream: string; readonly revision: number }[],
    { language, words = true, reader }: Pick<TimelineQuestion, 'language' | 'words' | 'reader'>,
  ): Promise<ReadonlyMap<string, TimelineEntry>> {
    const { rows } = await this.pool.query<Told>(
      `select ${toldColumns} from (select distinct * from unnest($1::text[], $2::int[]) as asked (stream, revision)) asked
       join reading.timeline t using (stream, revision)`,
      [of.map(({ stream }) => stream), of.map(({ revision }) => revision)],
    );
    const entry = await this.teller(rows, { language, words, reader });
    return new Map(rows.map(entry).map((each) => [each.id, each]));
  }

  /** How these rows are told to this reader. */
  private async teller(
    rows: readonly Told[],
    { language, words, reader }: { readonly language: Language; readonly words: boolean; readonly reader: Reader | undefined },
  ): Promise<(row: Told) => TimelineEntry> {
    const teller = await this.sentences.about(
      rows.flatMap(({ entry: { type, data, about, now } }) => [
        { type, data },
        ...(about ? [about] : []),
        ...(now ? [{ type, data: now.data }] : []),
      ]),
      words,
    );
    return ({ stream, revision, recordedAt, entry, illustrative }): TimelineEntry => {
      const { type, data, about, kind, by, now, waived, actor, occurredOn, roles, rules, standing, recordedLate } = entry;
      const common = {
        ...{ revision, id: `${stream}@${revision}`, type, occurredOn, recordedAt, roles, standing },
        ...(rules !== undefined && { rules }),
        ...(recordedLate !== undefined && { recordedLate }),
        ...(illustrative && { illustrative }),
        waived: waived.map((gate) => ({ gate, rule: ruleOf(stream, gate, language) })),
        ...(by === undefined ? {} : { by: `${stream}@${by}` }),
      };
      if (reader && !mayRead(lifecycleOf(stream), about ?? { type, data }, reader))
        return { ...common, sentence: say(language, 'words', 'reserved'), reserved: true, data: {} };
      const more = { ...(about && { fact: teller.sentence(language, about) }), ...(kind && { kind }), ...gateIn(stream, entry, language) };
      return {
        ...common,
        actor,
        sentence: teller.sentence(language, { type, data }, more),
        ...(now && {
          now: {
            ...now,
            data: teller.shown(now.data),
            sentence: teller.sentence(language, { type, data: now.data }),
            ...documentsOf({ type, data: now.data }),
          },
        }),
        data: teller.shown(data),
        ...documentsOf(type === 'FactCorrected' && about ? about : { type, data }),
      };
    };
  }
}

const documentsOf = ({ type, data }: TypedEvent): { readonly documents?: DocumentLinks } => {
  const found = documentsIn(type, data);
  return found.length === 0 ? {} : { documents: found.map(({ digest }) => ({ digest, href: `/v1/documents/${digest}` })) };
};
const lifecycleOf = (stream: string) => lifecycleNamed(kindOf(stream))!;
const ruleOf = (stream: string, gate: string, language: Language) => say(language, 'gates', `${kindOf(stream)}.${gate}`);
const gateIn = (stream: string, { type, data }: TypedEvent, language: Language) =>
  type === 'GateWaived' ? { gate: ruleOf(stream, (data as { gate: string }).gate, language) } : {};
