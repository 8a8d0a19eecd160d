import type { Pool, PoolClient } from 'pg';
import type { EventStore } from '../store/port';
import { dimensionsOf, type EventFilter } from './event-filter';
import { inTransaction } from './transactions';

/** Events of one chunk of the log. */
const usualSize = 250;
/** How often the index is asked at one place where several dimensions are asked for that do not meet. */
const mostLeaps = 20;
/** Longer values are looked up by their beginning: an index takes no text of any length. */
const mostOfValue = 200;
const keyOf = (value: string) => value.slice(0, mostOfValue);

/** Where the furthest of the next chunks begins that hold one of the dimensions each: before it no chunk holds all of them. */
export const nextChunk = {
  name: 'delivery-next-chunk',
  text: `
    select max(coalesce(next.after, i.position)) as after
    from delivery.indexed i cross join unnest($2::text[], $3::text[]) as asked (name, value)
    left join lateral (
      select c.after from delivery.chunk c where c.name = asked.name and c.value = asked.value and c.up_to > $4::bigint order by c.up_to limit 1
    ) next on true
    where i.epoch = $1 and i.position > $4::bigint`,
};

/** Which chunks of the log may hold what passes a filter by dimension, as far as the log was indexed. */
export class Chunks {
  constructor(
    /** Where it is asked from within a transaction, that transaction: one that waits for another connection keeps its own from others. */
    private readonly queries: Pool | PoolClient,
    private readonly store: Pick<EventStore, 'epoch'>,
    readonly size = usualSize,
  ) {}

  /** Nothing that is within the dimensions lies between a position and the one answered, which is the same where that is not known. */
  async past(after: bigint, dimensions: NonNullable<EventFilter['dimensions']>): Promise<bigint> {
    const epoch = await this.store.epoch();
    const names = Object.keys(dimensions);
    const keys = Object.values(dimensions).map(keyOf);
    let at = after;
    for (let leaps = 0; leaps < mostLeaps; leaps += 1) {
      const { rows } = await this.queries.query<{ after: string | null }>({ ...nextChunk, values: [epoch, names, keys, String(at)] });
      const next = BigInt(rows[0]?.after ?? at);
      if (next <= at) break;
      at = next;
      if (names.length === 1) break;
    }
    return at;
  }
}

const addition = {
  name: 'delivery-add-chunk',
  text: `
    with moved as (update delivery.indexed set position = $2)
    insert into delivery.chunk (name, value, after, up_to)
    select name, value, $1, $2 from unnest($3::text[], $4::text[]) as held (name, value)`,
};

/**
 * Indexes the next chunk of the log, where there is a full one; from the beginning where positions are others than those it knew.
 *
 * @param standstill milliseconds that a process which stands still may keep others from it
 * @returns how many events it looked at: fewer than `size` are left as they are; undefined where somebody else is about it
 */
export const addChunk = (
  pool: Pool,
  store: Pick<EventStore, 'epoch' | 'read' | 'readAll'>,
  size = usualSize,
  standstill = 10_000,
): Promise<number | undefined> =>
  inTransaction(
    pool,
    async (client) => {
      const { rows } = await client.query<{ epoch: string; position: string }>(
        'select epoch, position from delivery.indexed for update skip locked',
      );
      const [row] = rows;
      if (!row) return undefined;
      const epoch = await store.epoch();
      if (row.epoch !== epoch) {
        await client.query('delete from delivery.chunk');
        await client.query('update delivery.indexed set epoch = $1, position = 0', [epoch]);
      }
      const after = row.epoch === epoch ? BigInt(row.position) : 0n;
      const events = await store.readAll(after, size);
      if (events.length < size) return events.length;
      const keys = new Map<string, Set<string>>();
      for (const { name, value } of await dimensionsOf(store, events)) keys.set(name, (keys.get(name) ?? new Set()).add(keyOf(value)));
      const held = [...keys].flatMap(([name, values]) => [...values].map((value) => [name, value] as const));
      await client.query({
        ...addition,
        values: [String(after), String(events.at(-1)!.position), held.map(([name]) => name), held.map(([, value]) => value)],
      });
      return events.length;
    },
    standstill,
  );
