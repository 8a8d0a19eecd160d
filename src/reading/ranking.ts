import type { Pool } from 'pg';
import { lastDay } from '../kernel/partial-date';
import { application } from '../lifecycles/application';
import { decimal, type Fraction, standingOf } from '../parts/assessment-scores';
import type { Migration } from '../store/migrate';
import { type Language, say } from '../words/say';
import { cursorAs, type Page, pageOf, type Paging, shownAs } from '../engine/page';
import { rowsPerStream, stateOf, type Table } from './rows-per-stream';
import type { PartyNames } from './sentences';

export const rankingMigration: Migration = {
  name: 'reading-7-ranking',
  sql: `
    create schema if not exists reading;
    create table reading.ranking (
      stream text collate "C" primary key,
      id text collate "C" not null unique,
      call text collate "C" not null,
      side text collate "C" not null,
      -- Means of exact fractions; null while nobody assessed it.
      score numeric,
      lead_score numeric,
      submitted text collate "C" not null,
      shown jsonb not null
    );
    create index ranking_by_score on reading.ranking (call, score, lead_score, submitted, id);
  `,
};

/**
 * Scales have at most 100 steps, so the denominator of a mean divides lcm(1…100) (7 · 10⁴⁰) times the number of assessors: means
 * that differ do so within these places, and equal ones agree in all.
 */
const places = 60;

interface Score {
  /** From 0 to 100, rounded down to two places; exactly `numerator` over `denominator`. */
  readonly value: string;
  readonly numerator: string;
  readonly denominator: string;
}
const scoreOf = (fraction: Fraction): Score => ({
  value: decimal(fraction, 2),
  numerator: String(fraction.numerator),
  denominator: String(fraction.denominator),
});

interface Assessed {
  readonly application: string;
  readonly party: string;
  readonly side: string;
  readonly phase: string;
  readonly submittedOn: string;
  /** How many assessments count. */
  readonly assessments: number;
  /** Random ids of the assessors who declared a conflict of interest: what they said does not count. */
  readonly conflicts: readonly string[];
  readonly score?: Score;
  /** The score on the criterion of greatest weight, from 0 to 100: it decides ties. */
  readonly leading?: Score;
}

const table: Table = {
  name: 'reading.ranking',
  kinds: [application.name],
  rows: (touched, book) => {
    const { application: course, assessment } = stateOf(application, touched, book);
    if (course.phase === 'absent' || course.phase === 'withdrawn') return [];
    const { stream, id } = touched;
    const { call, party, side } = course.submission;
    const { score, leading, assessments, conflicts } = standingOf(assessment);
    const shown: Assessed = {
      ...{ application: id, party, side, phase: course.phase, submittedOn: course.submittedOn, assessments, conflicts },
      ...(score && leading && { score: scoreOf(score), leading: scoreOf(leading) }),
    };
    const sorted = { score: score ? decimal(score, places) : null, lead_score: leading ? decimal(leading, places) : null };
    return [{ stream, id, call, side, ...sorted, submitted: lastDay(course.submittedOn), shown }];
  },
};

/** A row for each application that was not withdrawn. */
export const rankingModel = rowsPerStream('ranking', [table]);

export interface RankedEntry extends Omit<Assessed, 'party'> {
  readonly party: { readonly id: string; readonly name: string };
  /** Left out where nobody assessed it. Applications that are still tied have one rank. */
  readonly rank?: number;
  /** How it was placed among others of the same score, where there are any. */
  readonly tie?: {
    /** How many others have the same score. */
    readonly with: number;
    /** What placed it among them; `nothing` where it is still tied. */
    readonly decidedBy: 'leading-criterion' | 'submission' | 'nothing';
    readonly sentence: string;
  };
}
export interface RankingQuestion extends Paging {
  readonly call: string;
  readonly side?: string;
  /** Those that nobody assessed yet, by id, in place of the others. */
  readonly unassessed?: boolean;
  readonly language: Language;
}

interface Row {
  readonly id: string;
  readonly score: string;
  readonly lead_score: string;
  readonly submitted: string;
  readonly shown: Assessed;
  readonly rank: number;
  readonly same_score: number;
  readonly same_leading: number;
  readonly same_place: number;
}

const ofCall = 'reading.ranking where call = $1 and ($2::text is null or side = $2)';

/** The applications of a call by the mean of their weighted scores. */
export class Ranking {
  constructor(
    private readonly pool: Pool,
    private readonly names: PartyNames,
  ) {}

  /**
   * Ordered by score, then by the score on the criterion of greatest weight, then by the earlier submission (one known roughly counts by
   * its last day); what is tied in all has one rank, and comes by id.
   */
  async page({ unassessed = false, ...asked }: RankingQuestion): Promise<Page<RankedEntry> & { readonly unassessed: number }> {
    const [page, waiting] = await Promise.all([unassessed ? this.unranked(asked) : this.ranked(asked), this.waiting(asked)]);
    return { ...page, unassessed: waiting };
  }

  private async ranked({ call, side, after, limit, language }: Omit<RankingQuestion, 'unassessed'>): Promise<Page<RankedEntry>> {
    const from = cursorAs(/^(\d{1,3}\.\d{60})~(\d{1,3}\.\d{60})~(\d{4}-\d{2}-\d{2})~([a-z0-9-]+)$/, after);
    const { rows } = await this.pool.query<Row>(
      `with ranked as (
         select id, score, lead_score, submitted, shown,
           rank() over (order by score desc, lead_score desc, submitted)::int as rank,
           count(*) over (partition by score)::int as same_score,
           count(*) over (partition by score, lead_score)::int as same_leading,
           count(*) over (partition by score, lead_score, submitted)::int as same_place
         from ${ofCall} and score is not null
       )
       select id, score::text, lead_score::text, submitted, shown, rank, same_score, same_leading, same_place from ranked
       ${from ? 'where (-score, -lead_score, submitted, id) > (-$3::numeric, -$4::numeric, $5, $6)' : ''}
       order by ranked.score desc, ranked.lead_score desc, ranked.submitted, id limit ${limit + 1}`,
      [call, side, ...(from ?? [])],
    );
    const names = await this.namesIn(rows);
    const page = pageOf(rows, limit, ({ score, lead_score, submitted, id }) => `${score}~${lead_score}~${submitted}~${id}`);
    return shownAs(page, (row) => ({ ...withName(row.shown, names), rank: row.rank, ...tieOf(row, language) }));
  }

  private async unranked({ call, side, after, limit }: Omit<RankingQuestion, 'unassessed'>): Promise<Page<RankedEntry>> {
    const [from = ''] = cursorAs(/^([a-z0-9-]+)$/, after) ?? [];
    const { rows } = await this.pool.query<Pick<Row, 'id' | 'shown'>>(
      `select id, shown from ${ofCall} and score is null and id > $3 order by id limit ${limit + 1}`,
      [call, side, from],
    );
    const names = await this.namesIn(rows);
    return shownAs(
      pageOf(rows, limit, ({ id }) => id),
      ({ shown }) => withName(shown, names),
    );
  }

  /** How many nobody assessed yet. */
  private async waiting({ call, side }: Pick<RankingQuestion, 'call' | 'side'>): Promise<number> {
    const { rows } = await this.pool.query<{ count: number }>(`select count(*)::int as count from ${ofCall} and score is null`, [
      call,
      side,
    ]);
    return rows[0]!.count;
  }

  private namesIn(rows: readonly Pick<Row, 'shown'>[]): Promise<ReadonlyMap<string, string>> {
    return this.names.named([...new Set(rows.map(({ shown }) => shown.party))]);
  }
}

const withName = ({ party, ...rest }: Assessed, names: ReadonlyMap<string, string>) => ({
  ...rest,
  party: { id: party, name: names.get(party) ?? party },
});

const codes = { 'leading-criterion': 'TIE_BY_LEADING_CRITERION', submission: 'TIE_BY_SUBMISSION', nothing: 'STILL_TIED' } as const;
const tieOf = ({ same_score, same_leading, same_place }: Row, language: Language): Pick<RankedEntry, 'tie'> => {
  if (same_score === 1) return {};
  const decidedBy = same_leading === 1 ? 'leading-criterion' : same_place === 1 ? 'submission' : 'nothing';
  const others = { others: same_score - 1, tied: same_place - 1 };
  return { tie: { with: same_score - 1, decidedBy, sentence: say(language, 'refusals', codes[decidedBy], others) } };
};
