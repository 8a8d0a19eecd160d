import type { Pool, PoolClient } from 'pg';

/** A stream that a read model could not take in: from `revision` on its rows are those of before. */
export interface Parked {
  readonly readModel: string;
  readonly stream: string;
  readonly revision: number;
  readonly error: string;
  readonly attempts: number;
  readonly parkedAt: string;
  /** The process ended while it was tried, or may have: only who asks for it has it tried again. */
  readonly unfinished?: true;
  /** Given up, and why: the read model takes up the stream with its next event. */
  readonly droppedBecause?: string;
}

/** How often something is tried that ends the process, beside the time it did so among others. */
export const mostAttempts = 3;

/** What was tried ended the process each time. */
export class EndsTheProcess extends Error {
  override readonly name = 'EndsTheProcess';

  constructor(times: number) {
    super(`the process ended, or stood still, each of the ${times} times that it was tried`);
  }
}

/** What is told when a stream is set aside, or stays so after another attempt. */
export class StreamParked extends Error {
  override readonly name = 'StreamParked';

  constructor(
    readonly stream: string,
    readonly revision: number,
    override readonly cause: Error,
  ) {
    super(`${stream} waits from revision ${revision} on: ${cause.message}`);
  }
}

/** Errors of the database that say nothing about the event: lost connections, deadlocks, no room, shutdown. */
const passing = /^(08|25P03|40|53|55P03|57|58)/;

/** Whether the same work may well succeed later. */
export const isPassing = (error: unknown): boolean => {
  const { code, message } = error as { code?: unknown; message?: string };
  if (typeof code === 'string') return passing.test(code) || /^E[A-Z]+$/.test(code);
  return /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error/.test(message ?? '');
};

/** Runs inside a savepoint; what it wrote is gone when it throws. */
export async function attempt(transaction: PoolClient, work: () => Promise<void>): Promise<Error | undefined> {
  await transaction.query('savepoint attempt');
  try {
    await work();
    await transaction.query('release savepoint attempt');
    return undefined;
  } catch (error) {
    if (isPassing(error)) throw error;
    await transaction.query('rollback to savepoint attempt');
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** Those of the streams that wait. */
export async function parkedAmong(transaction: PoolClient, readModel: string, streams: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await transaction.query<{ stream: string }>(
    'select stream from engine.parked where read_model = $1 and stream = any($2) and dropped_because is null',
    [readModel, streams],
  );
  return new Set(rows.map(({ stream }) => stream));
}

/** Sets a stream aside, or says why it stays so: see `beginAttempt`. */
export async function park(
  transaction: PoolClient,
  readModel: string,
  { stream, revision, error, attempts = 1 }: { stream: string; revision: number; error: Error; attempts?: number },
): Promise<StreamParked> {
  await transaction.query(
    `insert into engine.parked as p (read_model, stream, revision, error, attempts, parked_at, unfinished) values ($1, $2, $3, $4, $5, clock_timestamp(), $6)
     on conflict (read_model, stream) do update set error = excluded.error, retry = false, dropped_because = null, unfinished = excluded.unfinished,
       attempts = case when p.dropped_because is null then p.attempts else p.attempts + excluded.attempts end,
       revision = case when p.dropped_because is null then p.revision else excluded.revision end,
       gap_revision = case when p.dropped_because is null then p.gap_revision else coalesce(p.gap_revision, p.revision) end,
       gap_because = case when p.dropped_because is null then p.gap_because else coalesce(p.gap_because, p.dropped_because) end`,
    [readModel, stream, revision, error.message.replaceAll('\0', '').slice(0, 2_000), attempts, error instanceof EndsTheProcess],
  );
  return new StreamParked(stream, revision, error);
}

/** A stream that was taken in: its rows are right again, or lack what was given up before. */
export async function unpark(transaction: PoolClient, readModel: string, stream: string): Promise<void> {
  await transaction.query('delete from engine.parked where read_model = $1 and stream = $2 and gap_because is null', [readModel, stream]);
  await transaction.query(
    `update engine.parked set revision = gap_revision, dropped_because = gap_because, retry = false, unfinished = false
     where read_model = $1 and stream = $2`,
    [readModel, stream],
  );
}

/**
 * Asks for another attempt, at one stream or all.
 *
 * @returns at how many
 */
export async function askRetry(pool: Pool, readModel: string, stream?: string): Promise<number> {
  const { rowCount } = await pool.query(
    `update engine.parked set retry = true, unfinished = false
     where read_model = $1 and ($2::text is null or stream = $2) and dropped_because is null`,
    [readModel, stream ?? null],
  );
  return rowCount ?? 0;
}

/** A process that takes a read model up may know how to take in what another could not; not what may have ended that one. */
export async function askRetryOfAll(transaction: PoolClient, readModel: string): Promise<void> {
  await transaction.query(
    'update engine.parked set retry = true where read_model = $1 and not retry and not unfinished and dropped_because is null',
    [readModel],
  );
}

/** A stream that waits, from a revision on. */
export interface Waiting {
  readonly stream: string;
  readonly revision: number;
}

/** What is to be tried again; what may have ended another process is not, but for what this one began. */
export async function toRetry(pool: Pool, readModel: string, begun: Iterable<string>): Promise<readonly Waiting[]> {
  const { rows } = await pool.query<Waiting>(
    `select stream, revision from engine.parked
     where read_model = $1 and retry and dropped_because is null and (not unfinished or stream = any($2)) order by stream`,
    [readModel, [...begun]],
  );
  return rows;
}

/** Counts an attempt before it is made, so that it counts also where the process ends of it. */
export async function beginAttempt(transaction: PoolClient, readModel: string, stream: string): Promise<void> {
  await transaction.query(
    'update engine.parked set attempts = attempts + 1, unfinished = true where read_model = $1 and stream = $2 and not unfinished',
    [readModel, stream],
  );
}

/**
 * Gives a stream up.
 *
 * @returns whether it was parked
 */
export async function drop(pool: Pool, readModel: string, stream: string, because: string): Promise<boolean> {
  const { rowCount } = await pool.query(
    'update engine.parked set dropped_because = $3, retry = false, unfinished = false where read_model = $1 and stream = $2',
    [readModel, stream, because],
  );
  return rowCount === 1;
}

/** Whether what a read model says of a stream may be out of date until somebody has looked after it. */
export async function isStale(pool: Pool, readModel: string, stream: string): Promise<boolean> {
  const { rows } = await pool.query<{ stale: boolean }>(
    'select exists (select from engine.parked where read_model = $1 and stream = $2) as stale',
    [readModel, stream],
  );
  return rows[0]!.stale;
}

interface ParkedRow {
  readonly parkedAt: Date;
  readonly unfinished: boolean;
  readonly droppedBecause: string | null;
}

/** Every stream of which what a read model says may be out of date, or missing. */
export async function staleIn(pool: Pool, readModel: string): Promise<ReadonlySet<string>> {
  const { rows } = await pool.query<{ stream: string }>('select stream from engine.parked where read_model = $1', [readModel]);
  return new Set(rows.map(({ stream }) => stream));
}

/** Streams that are set aside, from a revision on; of one that was ever given up more may be missing. */
export async function asideIn(
  pool: Pool,
  readModel: string,
): Promise<ReadonlyMap<string, { readonly revision: number; readonly givenUp: boolean }>> {
  const { rows } = await pool.query<{ stream: string; revision: number; givenUp: boolean }>(
    `select stream, revision, dropped_because is not null or gap_because is not null as "givenUp" from engine.parked where read_model = $1`,
    [readModel],
  );
  return new Map(rows.map(({ stream, ...aside }) => [stream, aside]));
}

/** Everything that is set aside, oldest first. */
export async function parked(pool: Pool, readModel?: string): Promise<readonly Parked[]> {
  const { rows } = await pool.query<Omit<Parked, 'parkedAt' | 'unfinished' | 'droppedBecause'> & ParkedRow>(
    `select read_model as "readModel", stream, revision, error, attempts, parked_at as "parkedAt", unfinished,
       dropped_because as "droppedBecause"
     from engine.parked where $1::text is null or read_model = $1 order by parked_at, read_model, stream`,
    [readModel ?? null],
  );
  return rows.map(({ parkedAt, unfinished, droppedBecause, ...row }) => ({
    ...row,
    parkedAt: parkedAt.toISOString(),
    ...(unfinished && { unfinished }),
    ...(droppedBecause === null ? {} : { droppedBecause }),
  }));
}
