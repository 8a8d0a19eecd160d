import type { PoolClient } from 'pg';
import { namedEvent } from '../kernel/fields-events';
import type { EventStore, Recorded } from '../store/port';
import { Chunks } from './chunks';
import { mostWaiting, type Progress, putAside } from './claims-rows';
import { passing } from './event-filter';
import { stretch } from './feed';
import type { Places, Subscribed } from './subscribed';

/** Events of a range that are put down to be delivered again at a time: the next come once these have gone, but for those that cannot go. */
const atATime = 500;
/** Behind an event of their stream that was set aside, or waits for its time, many more are: half of what may wait is left to the log. */
const mostPutDown = mostWaiting / 2;

/** What waits to be delivered again: all of it, and what has nothing before it in its stream that may stay for long. */
const replaysWaiting = async (client: PoolClient, id: string, now: Date): Promise<{ readonly all: number; readonly free: number }> => {
  const { rows } = await client.query<{ all: number; free: number }>(
    `with stopped as (
       select stream, min(position) as at from delivery.waiting
       where subscription = $1 and (parked_at is not null or again_at > $2) group by stream
     ) select count(*)::integer as all, count(*) filter (where stopped.at is null)::integer as free
     from delivery.waiting w left join stopped on stopped.stream = w.stream and stopped.at <= w.position
     where w.subscription = $1 and w.replay`,
    [id, now],
  );
  return rows[0]!;
};

const again = (events: readonly Recorded[]) =>
  events.map(({ stream, revision, position }) => ({ ...{ stream, revision, position }, attempts: 0, replay: true }));

/** Takes in what was ordered to be delivered once more: of what was handed out already, since the rest is to come anyway. */
export const takeReplays = async (
  client: PoolClient,
  store: Pick<EventStore, 'epoch' | 'head' | 'read' | 'readAll'>,
  places: Places,
  of: Subscribed,
  { dispatched, replayed }: Progress,
  now: Date,
): Promise<void> => {
  const known = (events: readonly Recorded[]) => events.filter(({ position }) => position <= dispatched);
  for (const { replay, events, since, until } of of.replayed.filter((each) => each.replay > replayed)) {
    if (events) {
      const named = await Promise.all(
        events.map((event) => {
          const { stream, revision } = namedEvent(event)!;
          return store.read(stream, { from: revision, limit: 1 });
        }),
      );
      await putAside(client, of.id, again(known(await passing(store, named.flat(), of.filter))));
    } else {
      const at = since === undefined ? 0n : await places.positionBefore(since);
      const upTo = until === undefined ? dispatched : await places.positionBefore(until);
      await client.query(
        'insert into delivery.replay (subscription, number, at, up_to) values ($1, $2, $3, least($4::bigint, $5::bigint))',
        [...[of.id, replay, String(at)], ...[String(upTo), String(dispatched)]],
      );
    }
  }
  if (of.replays > replayed) await client.query('update delivery.progress set replayed = $2 where subscription = $1', [of.id, of.replays]);
  const { rows } = await client.query<{ number: number; at: string; up_to: string }>(
    'select number, at, up_to from delivery.replay where subscription = $1 order by number limit 1',
    [of.id],
  );
  const next = rows[0];
  if (!next) return;
  const { all, free } = await replaysWaiting(client, of.id, now);
  if (free >= atATime || all >= mostPutDown) return;
  const end = BigInt(next.up_to);
  const { events, upTo, more } = await stretch(store, BigInt(next.at), atATime, of.filter, new Chunks(client, store));
  await putAside(client, of.id, again(events.filter(({ position }) => position <= end)));
  if (more && upTo < end)
    await client.query('update delivery.replay set at = $3 where subscription = $1 and number = $2', [of.id, next.number, String(upTo)]);
  else await client.query('delete from delivery.replay where subscription = $1 and number = $2', [of.id, next.number]);
};
