import type { Pool } from 'pg';
import { application } from '../lifecycles/application';
import type { Migration } from '../store/migrate';
import { valuesInWords, type Word } from '../words/dictionary';
import { type Language, say } from '../words/say';
import { cursorAs, type Page, pageOf, type Paging, shownAs } from '../engine/page';
import { rowsPerStream, stateOf, type Table } from './rows-per-stream';
import type { PartyNames } from './sentences';

export const candidatesMigration: Migration = {
  name: 'reading-8-candidates',
  sql: `
    create schema if not exists reading;
    -- A row for each theme of each selected application.
    create table reading.selected_themes (
      stream text collate "C" not null,
      theme text collate "C" not null,
      id text collate "C" not null,
      call text collate "C" not null,
      side text collate "C" not null,
      party text collate "C" not null,
      -- How many more pairings it may serve.
      free integer not null,
      primary key (stream, theme)
    );
    create index selected_themes_by_call on reading.selected_themes (call, side, theme);
  `,
};

const table: Table = {
  name: 'reading.selected_themes',
  kinds: [application.name],
  rows: (touched, book) => {
    const seen = application.seen(stateOf(application, touched, book));
    if (seen?.phase !== 'selected') return [];
    const { call, side, party, themes, pairings, places } = seen;
    const free = Math.max(0, places - pairings.length);
    return themes.map((theme) => ({ stream: touched.stream, theme, id: touched.id, call, side, party, free }));
  },
};

/** The themes of what was selected, so that pairs can be proposed by what they share. */
export const candidatesModel = rowsPerStream('candidates', [table]);

interface CandidateSide {
  readonly application: string;
  readonly party: { readonly id: string; readonly name: string };
  /** How many more pairings it may serve. */
  readonly free: number;
}
export interface CandidateEntry {
  readonly european: CandidateSide;
  readonly latinAmerican: CandidateSide;
  readonly shared: number;
  readonly themes: readonly { readonly theme: string; readonly label: string }[];
}
export interface CandidatesQuestion extends Paging {
  readonly call: string;
  /** Only pairs of which both may serve one more pairing. */
  readonly free?: boolean;
  readonly language: Language;
}

interface Row {
  readonly european: string;
  readonly european_party: string;
  readonly european_free: number;
  readonly latin_american: string;
  readonly latin_american_party: string;
  readonly latin_american_free: number;
  readonly shared: number;
  readonly themes: readonly string[];
}

const labelOf = (language: Language, theme: string): string =>
  (valuesInWords as readonly string[]).includes(theme) ? say(language, 'words', theme as Word) : theme;

/** Pairs of selected applications, one of each side, by how many themes they share. */
export class Candidates {
  constructor(
    private readonly pool: Pool,
    private readonly names: PartyNames,
  ) {}

  /** Most shared themes first, then by the ids of the applications; pairs that share none are left out. */
  async page({ call, free = false, after, limit, language }: CandidatesQuestion): Promise<Page<CandidateEntry>> {
    const from = cursorAs(/^(\d{1,3})~([a-z0-9-]+)~([a-z0-9-]+)$/, after);
    const { rows } = await this.pool.query<Row>(
      `select e.id as european, min(e.party) as european_party, min(e.free) as european_free,
              l.id as latin_american, min(l.party) as latin_american_party, min(l.free) as latin_american_free,
              count(*)::int as shared, array_agg(e.theme order by e.theme) as themes
       from reading.selected_themes e join reading.selected_themes l on l.call = e.call and l.theme = e.theme and l.side = 'latin-american'
       where e.call = $1 and e.side = 'european' ${free ? 'and e.free > 0 and l.free > 0' : ''}
       group by e.id, l.id
       ${from ? 'having (-count(*), e.id, l.id) > (-$2::int, $3, $4)' : ''}
       order by shared desc, e.id, l.id limit ${limit + 1}`,
      [call, ...(from ?? [])],
    );
    const names = await this.names.named([...new Set(rows.flatMap((row) => [row.european_party, row.latin_american_party]))]);
    const side = (application: string, id: string, left: number): CandidateSide => ({
      application,
      party: { id, name: names.get(id) ?? id },
      free: left,
    });
    const page = pageOf(rows, limit, (row) => `${row.shared}~${row.european}~${row.latin_american}`);
    return shownAs(page, (row) => ({
      european: side(row.european, row.european_party, row.european_free),
      latinAmerican: side(row.latin_american, row.latin_american_party, row.latin_american_free),
      shared: row.shared,
      themes: row.themes.map((theme) => ({ theme, label: labelOf(language, theme) })),
    }));
  }
}
