import type { Pool, PoolConfig, QueryResult, QueryResultRow } from 'pg';
import { isStorable } from './door';
import { openPool } from './pool';
import { Unavailable, type Filter, type NewEvent, type Reading, type Recorded } from './port';
import type { Classes } from './postgres-classes';
import { isRefusal, type Statement } from './postgres-connection';

/** In the order of `columns`. */
type EventRow = readonly [
  position: string,
  stream: string,
  revision: number,
  ofClass: number,
  id: string,
  data: string,
  metadata: string,
  seconds: string,
];

// Times as seconds, because how PostgreSQL writes them otherwise is a setting.
const columns = `e.position, s.name, e.revision, e.class, e.id, e.data, e.metadata, extract(epoch from date_trunc('milliseconds', e.recorded_at))`;

/** The classes that a filter names: `$3` kinds, `$4` types; null does not restrict. */
const wanted = `
  select number from store.classes
  where ($3::text[] is null or kind = any($3)) and ($4::text[] is null or type = any($4))`;

/** Statements of the readers, by what they answer. Exported so that a test can look at their plans. */
export const reading = {
  stream: `
    select ${columns} from store.streams s join store.events e on e.stream = s.number
    where s.name = $1 and e.revision >= $2::bigint order by e.revision limit $3`,
  all: `
    select ${columns} from store.events e join store.streams s on s.number = e.stream
    where e.position > $1 order by e.position limit $2`,
  /**
   * Each class has its events in order in the index: the first of each, and of those the first. As a range, not as one class: the planner
   * must not think of looking through all events in order for those of one.
   */
  filtered: `
    with wanted as materialized (${wanted}), hit as materialized (
      select h.position from wanted w cross join lateral (
        select i.position from store.events i
        where (i.class, i.position) > (w.number, $1) and (i.class, i.position) < (w.number + 1, 0)
        order by i.class, i.position limit $2
      ) h order by h.position limit $2
    )
    select ${columns} from hit join store.events e on e.position = hit.position join store.streams s on s.number = e.stream
    order by e.position`,
  count: `
    with wanted as materialized (${wanted}) select count(*)::text as count, $2::int as unused
    from wanted w join store.events e on e.class = w.number and e.position > $1`,
} as const;

/** Reads of the store, on connections of their own. Every one is a single statement: it sees one moment. */
export class Readers {
  private readonly pool: Pool;

  constructor(
    config: PoolConfig,
    private readonly classes: Classes,
  ) {
    this.pool = openPool(config);
  }

  async stream(name: string, { from = 0, limit }: Reading): Promise<readonly Recorded[]> {
    return this.events({ name: 'stream', text: reading.stream, values: [name, from, limit ?? null] });
  }

  async all(after: bigint, limit: number, filter?: Filter): Promise<readonly Recorded[]> {
    const range = [String(after), limit];
    if (!filter?.kinds && !filter?.types) return this.events({ name: 'all', text: reading.all, values: range });
    return this.events({ name: 'filtered', text: reading.filtered, values: [...range, ...namesOf(filter)] });
  }

  async head(): Promise<bigint> {
    const { rows } = await this.run<{ position: string }>({
      name: 'head',
      text: 'select position::text from store.counter',
      values: [],
    });
    return BigInt(rows[0]!.position);
  }

  async epoch(): Promise<string> {
    return (await this.run<{ id: string }>({ name: 'epoch', text: 'select id from store.epoch', values: [] })).rows[0]!.id;
  }

  async countAfter(after: bigint, filter?: Filter): Promise<number> {
    if (!filter?.kinds && !filter?.types) {
      // Positions are dense.
      const left = (await this.head()) - after;
      return left > 0n ? Number(left) : 0;
    }
    const values = [String(after), 0, ...namesOf(filter)];
    return Number((await this.run<{ count: string }>({ name: 'count', text: reading.count, values })).rows[0]!.count);
  }

  /**
   * @throws Unavailable when there was no answer
   * @throws DatabaseError (of `pg`) when the statement is wrong for this database, such as one that was not migrated
   */
  async run<Row extends QueryResultRow>(statement: Statement): Promise<QueryResult<Row>> {
    try {
      return await this.pool.query<Row>(statement);
    } catch (error) {
      if (isRefusal(error) && !error.code.startsWith('5')) throw error;
      throw new Unavailable(`PostgreSQL cannot be read: ${(error as Error).message}`, { cause: error });
    }
  }

  close(): Promise<void> {
    return this.pool.end();
  }

  private async events(statement: Statement): Promise<readonly Recorded[]> {
    const { rows } = await this.run<EventRow>({ ...statement, rowMode: 'array' });
    await this.classes.know(
      rows.map((row) => row[3]),
      this,
    );
    // What was written at once has one time.
    let at = { seconds: '', recordedAt: '' };
    return rows.map(([position, stream, revision, ofClass, id, data, metadata, seconds]) => {
      if (at.seconds !== seconds) at = { seconds, recordedAt: new Date(Math.round(Number(seconds) * 1000)).toISOString() };
      return {
        stream,
        revision,
        position: BigInt(position),
        id,
        type: this.classes.typeOf(ofClass),
        recordedAt: at.recordedAt,
        data: JSON.parse(data) as NewEvent['data'],
        metadata: JSON.parse(metadata) as NewEvent['metadata'],
      };
    });
  }
}

const namesOf = ({ kinds, types }: Filter) => [kinds?.filter(isStorable) ?? null, types?.filter(isStorable) ?? null];
