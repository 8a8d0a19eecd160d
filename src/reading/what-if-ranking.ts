import type { Pool } from 'pg';
import { askedOfEach } from '../engine/as-of';
import { cursorAs, type Page, pageOf, type Paging, shownAs } from '../engine/page';
import { Malformed, problemAt } from '../engine/refused';
import type { Streams } from '../engine/streams';
import { application } from '../lifecycles/application';
import { type Assessor, decimal, type Fraction, reweighed, standingOf } from '../parts/assessment-scores';
import type { PartyNames } from './sentences';

export interface WhatIfEntry {
  readonly application: string;
  readonly party: { readonly id: string; readonly name: string };
  readonly side: string;
  readonly rank: number;
  /** From 0 to 100, rounded down to two places. */
  readonly score: string;
  /** As it is by the weights of the call. */
  readonly now: { readonly rank: number; readonly score: string };
  /** Places it would rise; negative where it would fall. */
  readonly rises: number;
}
export interface WhatIfQuestion extends Paging {
  readonly call: string;
  readonly side?: string | undefined;
  /** By criterion; they add up to a hundred. */
  readonly weights: Readonly<Record<string, number>>;
}

interface Weighed {
  readonly application: string;
  readonly party: string;
  readonly side: string;
  readonly was: Fraction;
  readonly would: Fraction;
}

/** The ranking of a call as other weights would have it: nothing is recorded. */
export class WhatIfRanking {
  constructor(
    private readonly pool: Pool,
    private readonly streams: Streams,
    private readonly names: PartyNames,
  ) {}

  /** @throws Malformed for weights that do not add up to a hundred, or of a criterion that no assessment was made by; BadCursor */
  async page({ call, side, weights, after, limit }: WhatIfQuestion): Promise<Page<WhatIfEntry>> {
    const total = Object.values(weights).reduce((sum, weight) => sum + weight, 0);
    if (total !== 100) throw new Malformed([problemAt('weights', 'NOT_A_HUNDRED', { total })]);
    const from = cursorAs(/^([a-z0-9-]+)$/, after)?.[0];
    const { rows } = await this.pool.query<{ id: string; side: string; party: string }>(
      `select id, side, shown ->> 'party' as party from reading.ranking
       where call = $1 and ($2::text is null or side = $2) and score is not null order by id`,
      [call, side],
    );
    const known = new Set<string>();
    const weighed: Weighed[] = [];
    const states = await askedOfEach(rows, async ({ id }) => (await this.streams.refresh(application, id)).folded.state);
    for (const [i, { id, ...row }] of rows.entries()) {
      const { assessment } = states[i] as { readonly assessment: Readonly<Record<string, Assessor>> };
      const now = standingOf(assessment);
      for (const { assessments } of Object.values(assessment))
        for (const { criteria } of assessments) for (const { criterion } of criteria) known.add(criterion);
      const then = standingOf(reweighed(assessment, weights));
      if (now.score && then.score) weighed.push({ application: id, ...row, was: now.score, would: then.score });
    }
    const unknown = Object.keys(weights).filter((criterion) => !known.has(criterion));
    if (rows.length > 0 && unknown.length > 0)
      throw new Malformed([problemAt('weights', 'NOT_CRITERIA', { unknown: unknown.join(', '), known: [...known].toSorted().join(', ') })]);
    const nowAt = ranks(weighed, ({ was }) => was);
    const thenAt = ranks(weighed, ({ would }) => would);
    const sorted = weighed.toSorted((one, other) => thenAt(one) - thenAt(other) || (one.application < other.application ? -1 : 1));
    const start = from === undefined ? 0 : sorted.findIndex((each) => each.application === from) + 1;
    const page = pageOf(sorted.slice(start, start + limit + 1), limit, (each) => each.application);
    const names = await this.names.named([...new Set(page.items.map(({ party }) => party))]);
    return shownAs(page, (each): WhatIfEntry => ({
      application: each.application,
      party: { id: each.party, name: names.get(each.party) ?? each.party },
      side: each.side,
      rank: thenAt(each),
      score: decimal(each.would, 2),
      now: { rank: nowAt(each), score: decimal(each.was, 2) },
      rises: nowAt(each) - thenAt(each),
    }));
  }
}

/** One more than how many have a greater score: what is tied has one rank. */
const ranks = (all: readonly Weighed[], of: (each: Weighed) => Fraction): ((each: Weighed) => number) => {
  const less = (one: Fraction, other: Fraction) => one.numerator * other.denominator < other.numerator * one.denominator;
  const sorted = all.toSorted((one, other) => Number(less(of(one), of(other))) - Number(less(of(other), of(one))));
  const rankOf = new Map<Weighed, number>();
  for (const [place, each] of sorted.entries()) {
    const before = sorted[place - 1];
    rankOf.set(each, before && !less(of(each), of(before)) ? rankOf.get(before)! : place + 1);
  }
  return (each) => rankOf.get(each)!;
};
