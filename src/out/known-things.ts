import type { Pool } from 'pg';
import { type Axes, askedOfEach, stoodAt, type Stood } from '../engine/as-of';
import type { Streams } from '../engine/streams';
import type { AnyLifecycle } from '../kernel/lifecycle';
import { idOf, streamOf } from '../store/port';

export interface KnownThing {
  readonly id: string;
  readonly stood: Stood;
}

const pageSize = 100;

/** Page by page, the ids of all that was known of a lifecycle at a position, in their order. */
export async function* idsKnown(pool: Pool, of: AnyLifecycle, position: bigint): AsyncGenerator<readonly string[]> {
  let after = streamOf(of.name, '');
  for (;;) {
    const { rows } = await pool.query<{ stream: string }>({
      name: 'known-streams',
      text: 'select stream from reading.timeline where stream > $1 and stream < $2 and revision = 0 and position <= $3 order by stream limit $4',
      values: [after, `${of.name}.`, String(position), pageSize],
    });
    if (rows.length > 0) yield rows.map(({ stream }) => idOf(stream));
    if (rows.length < pageSize) return;
    after = rows.at(-1)!.stream;
  }
}

/** Each of them as it stood. */
export async function* thingsKnown(
  pool: Pool,
  streams: Pick<Streams, 'history' | 'rules'>,
  of: AnyLifecycle,
  axes: Axes,
): AsyncGenerator<readonly KnownThing[]> {
  for await (const ids of idsKnown(pool, of, axes.position))
    yield await askedOfEach(ids, async (id) => ({ id, stood: await stoodAt(streams, of, id, axes) }));
}
