import type { PoolClient } from 'pg';
import { namedEvent } from '../kernel/fields-events';
import type { EventStore, Recorded } from '../store/port';
import { Chunks } from './chunks';
import { type Progress, putAside } from './claims-rows';
import { passing } from './event-filter';
import { stretch } from './feed';
import type { Places, Subscribed } from './subscribed';

/** Events of a range that are put down to be delivered again at a time: the next come once these have gone. */
const atATime = 500;

const again = (events: readonly Recorded[]) =>
  events.map(({ stream, revision, position }) => ({ ...{ stream, revision, position }, attempts: 0, replay: true }));

/** Takes in what was ordered to be delivered once more: of what was handed out already, since the rest is to come anyway. */
export const takeReplays = async (
  client: PoolClient,
  store: Pick<EventStore, 'epoch' | 'head' | 'read' | 'readAll'>,
  places: Places,
  of: Subscribed,
  { dispatched, replayed }: Progress,
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
  const { rows } = await client.query<{ number: number; at: string; up_to: string; waiting: string }>(
    `select number, at, up_to, (select count(*) from delivery.waiting w where w.subscription = $1 and replay) as waiting
     from delivery.replay where subscription = $1 order by number limit 1`,
    [of.id],
  );
  const next = rows[0];
  if (!next || Number(next.waiting) >= atATime) return;
  const end = BigInt(next.up_to);
  const { events, upTo, more } = await stretch(store, BigInt(next.at), atATime, of.filter, new Chunks(client, store));
  await putAside(client, of.id, again(events.filter(({ position }) => position <= end)));
  if (more && upTo < end)
    await client.query('update delivery.replay set at = $3 where subscription = $1 and number = $2', [of.id, next.number, String(upTo)]);
  else await client.query('delete from delivery.replay where subscription = $1 and number = $2', [of.id, next.number]);
};
