import type { Pool } from 'pg';
import type { EventStore } from '../store/port';
import { storeFilter } from './event-filter';
import type { Standing } from './subscriptions';

/** How far a subscription is, for whoever looks after it. */
export interface DeliveryStatus {
  /** Events recorded that it was not handed yet, some of which may not pass its filter; null before it began. */
  readonly lag: number | null;
  /** Handed out and not done: in hands, waiting for their time or behind another, set aside. */
  readonly inHands: number;
  readonly waiting: number;
  readonly parked: readonly { readonly event: string; readonly attempts: number; readonly error: string | null; readonly since: string }[];
  /** Attempts in vain since the last that succeeded. */
  readonly failures: number;
  readonly failingSince?: string;
  readonly lastError?: string;
  readonly lastErrorAt?: string;
  readonly lastSuccessAt?: string;
  /** Nothing is sent before that. */
  readonly restsUntil?: string;
  /** The endpoint said that it wants events. */
  readonly verified?: boolean;
}
interface Row {
  readonly epoch: string;
  readonly dispatched: string;
  readonly started: number;
  readonly verified: number;
  readonly taken_up: number;
  readonly failures: number;
  readonly failing_since: Date | null;
  readonly rest_until: Date | null;
  readonly last_error: string | null;
  readonly last_error_at: Date | null;
  readonly last_success_at: Date | null;
  readonly in_hands: number;
  readonly waiting: number;
}

const mostParked = 100;

export const statusOf = async (pool: Pool, store: EventStore, of: Standing): Promise<DeliveryStatus> => {
  const { rows } = await pool.query<Row>(
    `select epoch, dispatched, started, verified, failures, failing_since, last_error, last_error_at, last_success_at,
       taken_up, nullif(greatest(rest_until, asked_until), '-infinity') as rest_until,
       (select coalesce(sum(cardinality(positions)), 0)::int from delivery.claim c where c.subscription = p.subscription) as in_hands,
       (select count(*)::int from delivery.waiting w where w.subscription = p.subscription and parked_at is null) as waiting
     from delivery.progress p where subscription = $1`,
    [of.id],
  );
  const { rows: parked } = await pool.query<{ event: string; attempts: number; error: string | null; since: Date }>(
    `select stream || '@' || revision as event, attempts, error, parked_at as since from delivery.waiting
     where subscription = $1 and parked_at is not null order by position limit ${mostParked}`,
    [of.id],
  );
  const row = rows[0];
  const counts = row?.started === of.starts && row.epoch === (await store.epoch());
  // What an endpoint failed before deliveries were taken up says nothing.
  const failing = of.delivery === 'pull' || row?.taken_up === of.takenUp ? row : undefined;
  const iso = (at: Date | null | undefined) => at?.toISOString();
  return {
    lag: counts ? await store.countAfter(BigInt(row.dispatched), storeFilter(of.filter)) : null,
    inHands: row?.in_hands ?? 0,
    waiting: row?.waiting ?? 0,
    parked: parked.map(({ since, ...each }) => ({ ...each, since: since.toISOString() })),
    failures: failing?.failures ?? 0,
    ...(failing?.failing_since && { failingSince: iso(failing.failing_since)! }),
    ...(failing?.last_error && { lastError: failing.last_error, lastErrorAt: iso(failing.last_error_at)! }),
    ...(row?.last_success_at && { lastSuccessAt: iso(row.last_success_at)! }),
    ...(failing?.rest_until && { restsUntil: iso(failing.rest_until)! }),
    ...(of.delivery === 'webhook' && { verified: row?.verified === of.endpoints }),
  };
};

/**
 * What waits for its time is tried at once, and so is, where all is meant, what was set aside.
 * @param stream only that one
 * @returns how many events
 */
export const tryAgain = async (pool: Pool, id: string, stream: string | undefined, which: 'waiting' | 'all'): Promise<number> => {
  const { rowCount } = await pool.query(
    `update delivery.waiting set parked_at = null, attempts = case when parked_at is null then attempts else 0 end, again_at = '-infinity'
     where subscription = $1 and ($2::text is null or stream = $2) and ${which === 'all' ? 'true' : 'parked_at is null'}`,
    [id, stream ?? null],
  );
  await pool.query(`update delivery.progress set rest_until = '-infinity', asked_until = '-infinity' where subscription = $1`, [id]);
  return rowCount ?? 0;
};

/** How many events of all subscriptions were handed out and are not done, and how many endpoints take nothing. */
export interface Underway {
  readonly inHands: number;
  readonly waiting: number;
  readonly parked: number;
  readonly failing: number;
}
export const underway = async (pool: Pool): Promise<Underway> => {
  const { rows } = await pool.query<Underway>(
    `select (select coalesce(sum(cardinality(positions)), 0)::int from delivery.claim) as "inHands",
       (select count(*)::int from delivery.waiting where parked_at is null) as waiting,
       (select count(*)::int from delivery.waiting where parked_at is not null) as parked,
       (select count(*)::int from delivery.progress where failures > 0) as failing`,
  );
  return rows[0]!;
};
