import type { Pool, PoolClient } from 'pg';
import { namedEvent } from '../kernel/fields-events';
import { LostPlace, type Places, type Start, type Subscribed } from './subscribed';

/** An event that is handed out, by where it is. */
export interface Entry {
  readonly stream: string;
  readonly revision: number;
  readonly position: bigint;
  readonly attempts: number;
  readonly replay: boolean;
}
/** How far a subscription has come. */
export interface Progress {
  readonly dispatched: bigint;
  readonly replayed: number;
}
interface ProgressRow {
  readonly epoch: string;
  readonly started: number;
  readonly replayed: number;
  readonly dispatched: string;
  readonly last_stream: string | null;
  readonly last_revision: number | null;
}

const startPosition = async (places: Places, id: string, { from, after, since }: Start): Promise<bigint> => {
  if (after !== undefined) {
    const { stream, revision } = namedEvent(after)!;
    const position = await places.positionOf(stream, revision);
    if (position === undefined) throw new LostPlace(id);
    return position;
  }
  if (since !== undefined) return places.positionBefore(since);
  return from === 'beginning' ? 0n : places.namedAt(id);
};

/** It was moved, and this process has not heard of it: where it begins now is for one that has to say. */
export class NotHeardYet extends Error {}

const lockedRow = async (client: PoolClient, id: string): Promise<ProgressRow | undefined> =>
  (
    await client.query<ProgressRow>(
      'select epoch, started, replayed, dispatched, last_stream, last_revision from delivery.progress where subscription = $1 for update',
      [id],
    )
  ).rows[0];

const isMoved = async (client: PoolClient, { id, starts }: Subscribed): Promise<boolean> =>
  (await client.query('select from delivery.progress where subscription = $1 and started < $2', [id, starts])).rowCount === 1;

/** There before it is locked, so that of two that begin at once one waits for the other. */
const begunRow = async (client: PoolClient, id: string, epoch: string): Promise<ProgressRow> => {
  await client.query(
    'insert into delivery.progress (subscription, epoch, started, dispatched) values ($1, $2, 0, 0) on conflict (subscription) do nothing',
    [id, epoch],
  );
  return (await lockedRow(client, id))!;
};

/** Locks the row; it begins where the subscription begins, and again with each naming of its start. @throws LostPlace, NotHeardYet */
export const progressOf = async (client: PoolClient, places: Places, of: Subscribed, attempts: number): Promise<Progress> => {
  const epoch = await places.epoch();
  // Claims before the progress, as whoever settles one locks them.
  if (await isMoved(client, of)) await client.query('select from delivery.claim where subscription = $1 order by id for update', [of.id]);
  const row = (await lockedRow(client, of.id)) ?? (await begunRow(client, of.id, epoch));
  if (row.started > of.starts) throw new NotHeardYet(of.id);
  if (row.started === of.starts && row.epoch === epoch) return { dispatched: BigInt(row.dispatched), replayed: row.replayed };
  if (row.started === of.starts) return inOtherStore(client, places, of, row, epoch, attempts);
  const dispatched = await startPosition(places, of.id, of.start);
  await client.query('delete from delivery.claim where subscription = $1', [of.id]);
  await client.query('delete from delivery.waiting where subscription = $1', [of.id]);
  await client.query('delete from delivery.replay where subscription = $1', [of.id]);
  await client.query(
    `update delivery.progress set epoch = $2, started = $3, replayed = $4, dispatched = $5, last_stream = null, last_revision = null
     where subscription = $1`,
    // What was ordered to be replayed before it was moved counts from where it was.
    [of.id, epoch, of.starts, of.replays, String(dispatched)],
  );
  return { dispatched, replayed: of.replays };
};

/** The same events have other positions now: it goes on behind the last that was handed out, wherever that is. */
const inOtherStore = async (
  client: PoolClient,
  places: Places,
  of: Subscribed,
  row: ProgressRow,
  epoch: string,
  attempts: number,
): Promise<Progress> => {
  const { last_stream: stream, last_revision: revision } = row;
  const dispatched = stream === null ? await startPosition(places, of.id, of.start) : await places.positionOf(stream, revision!);
  if (dispatched === undefined) throw new LostPlace(of.id);
  await expire(client, of.id, attempts, 'infinity');
  const { rows: waiting } = await client.query<{ stream: string; revision: number }>(
    'select stream, revision from delivery.waiting where subscription = $1',
    [of.id],
  );
  const found = await Promise.all(waiting.map((each) => places.positionOf(each.stream, each.revision)));
  if (found.includes(undefined)) throw new LostPlace(of.id);
  // Apart from the present ones until all have theirs: two might change places.
  await client.query(
    `with moved as (
       delete from delivery.waiting where subscription = $1 returning *
     ) insert into delivery.waiting (subscription, position, stream, revision, attempts, again_at, error, parked_at, replay)
     select m.subscription, new.position, m.stream, m.revision, m.attempts, m.again_at, m.error, m.parked_at, m.replay
     from moved m join unnest($2::text[], $3::integer[], $4::bigint[]) as new (stream, revision, position) using (stream, revision)`,
    [of.id, waiting.map((each) => each.stream), waiting.map((each) => each.revision), found.map(String)],
  );
  await client.query('delete from delivery.replay where subscription = $1', [of.id]);
  await client.query('update delivery.progress set epoch = $2, dispatched = $3 where subscription = $1', [
    of.id,
    epoch,
    String(dispatched),
  ]);
  return { dispatched, replayed: row.replayed };
};

/**
 * What a worker has not settled in its time goes to the next, unless it is settling it just now: that waits for nobody who waits for it; where it comes back again and again, it is handed out by itself, and set aside in the end.
 *
 * @param attempts in vain, whether they failed or were lost, after which it is set aside
 */
export const expire = (client: PoolClient, id: string, attempts: number, by: 'infinity' | 'now' = 'now') =>
  client.query(
    `with lost as (
       delete from delivery.claim where id in (
         select id from delivery.claim where subscription = $1 and ${by === 'now' ? 'until < clock_timestamp() for update skip locked' : 'true'}
       )
       returning subscription, positions, streams, revisions, attempts, replays
     ) insert into delivery.waiting (subscription, position, stream, revision, attempts, error, parked_at, replay)
     select subscription, entry.position, entry.stream, entry.revision, entry.attempts + 1, '${lost}',
       case when entry.attempts + 1 >= $2 then clock_timestamp() end, entry.replay
     from lost, unnest(positions, streams, revisions, attempts, replays) as entry (position, stream, revision, attempts, replay)
     on conflict (subscription, position) do nothing`,
    [id, attempts],
  );
const lost = 'whoever had it did not say what became of it';
/** What was lost so often is handed out by itself, so that what ends its workers is known. */
const suspectAfter = 3;

interface EntryRow extends Omit<Entry, 'position'> {
  readonly position: string;
}
const entryOf = ({ stream, revision, position, attempts, replay }: EntryRow): Entry => ({
  ...{ stream, revision, attempts, replay },
  position: BigInt(position),
});

/** Events of a subscription that wait for their time, or behind others: beyond that many, none is taken from the log, and none is counted. */
export const mostWaiting = 20_000;

/** Those whose time has come: nothing before them in their stream waits for another, and nobody has their stream in hand. */
export const waitingEntries = async (
  client: PoolClient,
  id: string,
  now: Date,
  limit: number,
): Promise<{ readonly waiting: readonly Entry[]; readonly count: number }> => {
  const { rows: counted } = await client.query<{ count: number }>(
    `select count(*)::integer as count from (select from delivery.waiting where subscription = $1 limit ${mostWaiting}) first`,
    [id],
  );
  const { count } = counted[0]!;
  if (count === 0) return { waiting: [], count };
  const { rows } = await client.query<EntryRow & { readonly suspect: boolean }>(
    `select position, stream, revision, attempts, replay, error = '${lost}' and attempts >= ${suspectAfter} as suspect from delivery.waiting w
     where subscription = $1 and parked_at is null and again_at <= $2
       and not exists (select from delivery.waiting before where before.subscription = $1 and before.stream = w.stream
         and before.position < w.position and (before.parked_at is not null or before.again_at > $2))
       and stream not in (select unnest(streams) from delivery.claim where subscription = $1)
     order by position limit $3`,
    [id, now, limit],
  );
  const suspect = rows.find((row) => row.suspect);
  const taken = (suspect ? [rows.find(({ stream }) => stream === suspect.stream)!] : rows).map(entryOf);
  await client.query('delete from delivery.waiting where subscription = $1 and position = any($2::bigint[])', [
    id,
    taken.map(({ position }) => String(position)),
  ]);
  return { waiting: taken, count };
};

/** Those of some streams that somebody has in hand, or of which something waits. */
export const held = async (client: PoolClient, id: string, streams: readonly string[]): Promise<ReadonlySet<string>> => {
  if (streams.length === 0) return new Set();
  const { rows } = await client.query<{ stream: string }>(
    `select stream from unnest($2::text[]) as asked (stream)
     where stream in (select unnest(streams) from delivery.claim where subscription = $1)
       or exists (select from delivery.waiting w where w.subscription = $1 and w.stream = asked.stream)`,
    [id, streams],
  );
  return new Set(rows.map(({ stream }) => stream));
};

const columns = (entries: readonly Entry[]) => [
  entries.map(({ position }) => String(position)),
  entries.map(({ stream }) => stream),
  entries.map(({ revision }) => revision),
  entries.map(({ attempts }) => attempts),
  entries.map(({ replay }) => replay),
];

/** Why an event was not done, and when it is tried again, if by itself. */
export interface Stopped {
  readonly error: string;
  readonly again?: Date;
  readonly parked?: true;
}

/** They wait: for their time, or for those before them in their stream. */
export const putAside = async (client: PoolClient, id: string, entries: readonly (Entry & Partial<Stopped>)[]): Promise<void> => {
  if (entries.length === 0) return;
  await client.query(
    `insert into delivery.waiting (subscription, position, stream, revision, attempts, replay, error, again_at, parked_at)
     select $1, position, stream, revision, attempts, replay, error, coalesce(again, '-infinity'), case when parked then clock_timestamp() end
     from unnest($2::bigint[], $3::text[], $4::integer[], $5::integer[], $6::boolean[], $7::text[], $8::timestamptz[], $9::boolean[])
       as entry (position, stream, revision, attempts, replay, error, again, parked)
     on conflict (subscription, position) do nothing`,
    [
      ...[id, ...columns(entries)],
      entries.map(({ error = null }) => error),
      entries.map(({ again = null }) => again),
      entries.map(({ parked = false }) => parked),
    ],
  );
};

export const insertClaim = (
  client: PoolClient,
  id: string,
  { claim, worker, life }: { readonly claim: string; readonly worker: string; readonly life: number },
  entries: readonly Entry[],
) =>
  client.query(
    `insert into delivery.claim (subscription, positions, streams, revisions, attempts, replays, id, worker, until)
     values ($1, $2, $3, $4, $5, $6, $7, $8, clock_timestamp() + $9 * interval '1 ms')`,
    [id, ...columns(entries), claim, worker, life],
  );

/** What a claim still holds, locked; undefined where it is no longer held. */
export const claimedEntries = async (client: PoolClient, id: string, claim: string): Promise<readonly Entry[] | undefined> => {
  const { rows } = await client.query<{
    positions: string[];
    streams: string[];
    revisions: number[];
    attempts: number[];
    replays: boolean[];
  }>('select positions, streams, revisions, attempts, replays from delivery.claim where subscription = $1 and id = $2 for update', [
    id,
    claim,
  ]);
  const row = rows[0];
  return row?.streams.map((stream, i) => ({
    stream,
    position: BigInt(row.positions[i]!),
    revision: row.revisions[i]!,
    attempts: row.attempts[i]!,
    replay: row.replays[i]!,
  }));
};

export const keepClaimed = (client: PoolClient, id: string, claim: string, entries: readonly Entry[]) =>
  entries.length === 0
    ? client.query('delete from delivery.claim where subscription = $1 and id = $2', [id, claim])
    : client.query(
        `update delivery.claim set positions = $2, streams = $3, revisions = $4, attempts = $5, replays = $6 where subscription = $1 and id = $7`,
        [id, ...columns(entries), claim],
      );

/** A claim of which all is done. @returns whether it was held */
export const finish = async (pool: Pool, id: string, claim: string): Promise<boolean> =>
  (await pool.query({ ...finishing, values: [id, claim] })).rowCount === 1;
const finishing = { name: 'delivery-finish', text: 'delete from delivery.claim where subscription = $1 and id = $2' };
