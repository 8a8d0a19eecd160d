import type { Pool, PoolClient } from 'pg';
import { cursorAs, type Page, pageOf, type Paging } from '../engine/page';
import { positionForm } from '../store/port';

/** What was sent to an endpoint, and what came of it. */
export interface Attempt {
  readonly at: Date;
  readonly what: 'event' | 'ping' | 'handshake';
  readonly stream?: string;
  readonly revision?: number;
  /** Which attempt at this event, from 1. */
  readonly attempt: number;
  readonly status?: number;
  /** Why there was no answer. */
  readonly failure?: string;
  readonly detail?: string;
  /** The beginning of what was answered. */
  readonly excerpt?: string;
  readonly ms: number;
}

export const record = async (client: Pool | PoolClient, subscription: string, attempts: readonly Attempt[]): Promise<void> => {
  if (attempts.length === 0) return;
  await client.query(
    `insert into delivery.attempt (subscription, at, what, stream, revision, attempt, status, failure, detail, excerpt, ms)
     select $1, at, what, stream, revision, attempt, status, failure, detail, excerpt, ms from jsonb_populate_recordset(null::delivery.attempt, $2::jsonb)`,
    [subscription, JSON.stringify(attempts)],
  );
};

interface Row extends Omit<Attempt, 'at'> {
  readonly number: string;
  readonly at: Date;
}
const cursorForm = new RegExp(`^(${positionForm})$`);
type Shown = Omit<Attempt, 'at' | 'stream' | 'revision'> & { readonly at: string; readonly event?: string };
const shown = ({ at, what, stream, revision, attempt, status, failure, detail, excerpt, ms }: Row): Shown => ({
  ...{ at: at.toISOString(), what, attempt, ms },
  ...(stream && { event: `${stream}@${revision}` }),
  ...(status && { status }),
  ...(failure && { failure }),
  ...(detail && { detail }),
  ...(excerpt && { excerpt }),
});

/** The newest first. @param event only those at `stream@revision`. @throws BadCursor */
export const attemptsOf = async (
  pool: Pool,
  subscription: string,
  event: { readonly stream: string; readonly revision: number } | undefined,
  { after, limit }: Paging,
): Promise<Page<Shown>> => {
  const [before = '9223372036854775807'] = cursorAs(cursorForm, after) ?? [];
  const { rows } = await pool.query<Row>(
    `select number, at, what, stream, revision, attempt, status, failure, detail, excerpt, ms from delivery.attempt
     where subscription = $1 and number < $2 and ($3::text is null or (stream = $3 and revision = $4)) order by number desc limit $5`,
    [subscription, before, event?.stream ?? null, event?.revision ?? null, limit + 1],
  );
  const { items, next } = pageOf(rows, limit, ({ number }) => number);
  return { items: items.map(shown), ...(next !== undefined && { next }) };
};

const keptDays = 30;
export const forgetOld = (pool: Pool, now: Date) =>
  pool.query(`delete from delivery.attempt where at < $1::timestamptz - interval '${keptDays} days'`, [now]);
