import type { Pool } from 'pg';
import type { CopyTarget } from './copying';
import { admit, type Written } from './door';
import { BadAppend, kindOf, nameOf, Unavailable, type EventStore, type Recorded } from './port';
import { appendSettings } from './postgres-append';
import { integers, texts, uuids } from './postgres-arrays';
import { reasonOf } from './postgres-batches';
import { Classes } from './postgres-classes';
import { Connection, isRefusal } from './postgres-connection';
import { renewEpoch } from './postgres-schema';

// The counter is taken first, and only where it stands: nobody else can have written in between, nor an earlier attempt of this copy.
const copying = `
with incoming as materialized (
  select *, lag(recorded_at) over (order by n) as before
  from unnest($2::text[], $3::int[], $4::int[], $5::uuid[], $6::timestamptz[], $7::text[], $8::text[])
    with ordinality as e(stream, revision, class, id, recorded_at, data, metadata, n)
), counter as (
  update store.counter c
  set position = c.position + (select count(*) from incoming), recorded_at = (select max(recorded_at) from incoming)
  where c.position = $1 and not exists (select from incoming i where i.recorded_at < coalesce(i.before, c.recorded_at))
  returning c.position
), named as (
  insert into store.streams (name, revision)
  select i.stream, max(i.revision) from incoming i cross join counter group by i.stream order by i.stream
  on conflict (name) do update set revision = excluded.revision
  returning number, name
)
insert into store.events (position, stream, revision, class, id, recorded_at, data, metadata)
select $1 + i.n, s.number, i.revision, i.class, i.id, i.recorded_at, i.data, i.metadata
from incoming i join named s on s.name = i.stream`;

/** Most characters of event text in one statement. */
const most = 4_000_000;

/** The store of a migrated database, to copy into. */
export class PostgresCopyTarget implements CopyTarget {
  private readonly connection: Connection;
  private readonly classes = new Classes();

  constructor(
    readonly store: EventStore,
    private readonly pool: Pool,
    url: string,
    deadline = 60_000,
  ) {
    const config = { connectionString: url, application_name: 'puente copy-store' };
    this.connection = new Connection({ config, settings: appendSettings, deadline });
  }

  async write(events: readonly Recorded[], after: bigint): Promise<void> {
    let at = after;
    for (const chunk of chunksOf(events)) {
      await this.put(chunk, at);
      at += BigInt(chunk.length);
    }
  }

  renewEpoch(): Promise<string> {
    return renewEpoch(this.pool);
  }

  close(): Promise<void> {
    return this.connection.close();
  }

  private async put(chunk: readonly Copy[], after: bigint): Promise<void> {
    const of = <Value>(value: (copy: Copy) => Value) => chunk.map(value);
    try {
      const classes = await this.classes.numbersOf(
        of(({ event: { stream, type } }) => ({ kind: kindOf(stream), type })),
        this.connection,
      );
      const { rowCount } = await this.connection.run({
        name: 'copy',
        text: copying,
        values: [
          String(after),
          texts(of(({ event }) => event.stream)),
          integers(of(({ event }) => event.revision)),
          integers(classes),
          uuids(of(({ written }) => written.id)),
          of(({ event }) => event.recordedAt),
          texts(of(({ written }) => written.data)),
          texts(of(({ written }) => written.metadata)),
        ],
      });
      if (rowCount === chunk.length) return;
    } catch (error) {
      throw isRefusal(error) ? reasonOf(error) : error;
    }
    await this.explain(chunk, after);
  }

  /** Nothing was written: why? */
  private async explain(chunk: readonly Copy[], after: bigint): Promise<never> {
    const { rows } = await this.pool.query<{ position: string; recorded_at: Date }>('select position, recorded_at from store.counter');
    const { position, recorded_at: last } = rows[0]!;
    if (position !== String(after)) throw new Unavailable(`the target stands at ${position} and not at ${after}`);
    let before = last.toISOString();
    for (const { event } of chunk) {
      const { recordedAt } = event;
      if (recordedAt < before)
        throw new BadAppend(`${nameOf(event)} was recorded at ${recordedAt}, before what stands before it (${before})`);
      before = recordedAt;
    }
    throw new Unavailable('the target took nothing');
  }
}

interface Copy {
  readonly event: Recorded;
  readonly written: Written;
}

function* chunksOf(events: readonly Recorded[]): Generator<readonly Copy[]> {
  let chunk: Copy[] = [];
  let text = 0;
  for (const event of events) {
    const [written] = admit(event.stream, [event], 'any');
    chunk.push({ event, written: written! });
    text += written!.data.length + written!.metadata.length;
    if (text < most) continue;
    yield chunk;
    [chunk, text] = [[], 0];
  }
  if (chunk.length > 0) yield chunk;
}
