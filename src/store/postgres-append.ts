import type { Written } from './door';
import type { Appended, Expected } from './port';
import { integers, texts, uuids } from './postgres-arrays';
import type { Statement } from './postgres-connection';
import { instant } from './instants';

/** An append that passed the door. */
export interface Request {
  readonly stream: string;
  readonly expected: Expected;
  readonly events: readonly Written[];
}

/** What became of a request: it was written, or its expectation did not hold. */
export type Outcome = Appended | 'lost';

/** Channel on which other processes hear that there is something new. */
export const channel = 'puente_store';

/**
 * Settings of a session that appends. A database's defaults must not count: under repeatable read every conflict is an error, without
 * synchronous commit an acknowledged event can be lost. Without hash and merge joins rows are locked in the order of the requests.
 */
export const appendSettings: readonly string[] = [
  `set session characteristics as transaction isolation level read committed, read write`,
  `set synchronous_commit = on`,
  `set plan_cache_mode = force_generic_plan`,
  `set enable_hashjoin = off`,
  `set enable_mergejoin = off`,
];

/** No stream gets so far, and the column holds no more. */
const highest = 2_147_483_647;
const codes = { none: -1, any: -2, exists: -3 } as const;
const codeOf = (expected: Expected) => (typeof expected === 'number' ? Math.min(expected, highest) : codes[expected]);

// The counter comes after every lock on a stream and is held to the commit: so positions become visible in their order.
const storing = (stored: string) => `
counter as (
  update store.counter c
  set position = c.position + t.total, recorded_at = greatest(c.recorded_at, date_trunc('milliseconds', clock_timestamp()))
  from (select sum(size) as total from won having count(*) > 0) t
  returning c.position - t.total as base, c.recorded_at
), stored as (
  insert into store.events (position, stream, revision, class, id, recorded_at, data, metadata) ${stored}
)
select (select base::text from counter) as base, (select ${instant('recorded_at')} from counter) as recorded_at,
  string_agg(w.ord || ' ' || w.revision || ' ' || w.upto, ',') as won, pg_notify('${channel}', '')::text
from won w having count(*) > 0`;

const births = `, born as (
  insert into store.streams (name, revision)
  select name, size - 1 from req where expected in (-1, -2) order by ord
  on conflict (name) do nothing
  returning number, revision, array_position($1::text[], name)::bigint as ord
)`;

/**
 * Many appends in one statement, each with its own expectation. A statement sees the tables as they were when it began, so a stream may
 * occur once only. All new streams are made before any old one is locked, both in the order of the requests: no two batches can wait
 * for each other. Where no stream can be new, nothing is set up to make one.
 */
const several = (stored: string, mayBeNew: boolean) => `
with req as materialized (
  select * from unnest($1::text[], $2::int[], $3::int[], $4::int[]) with ordinality as r(name, expected, first, size, ord)
)${mayBeNew ? births : ''}, grown as (
  update store.streams s set revision = s.revision + r.size
  from req r
  where s.name = r.name and (s.revision = r.expected or r.expected in (-2, -3))
  returning s.number, s.revision, r.ord
), won as materialized (
  select number, revision, ord, ($3::int[])[ord] as first, ($4::int[])[ord] as size, sum(($4::int[])[ord]) over (order by ord) as upto
  from (${mayBeNew ? 'select * from born union all ' : ''}select * from grown) w
), ${storing(stored)}`;

const theirEvents = `
  select c.base + w.upto - w.size + e.n, w.number, w.revision - w.size + e.n, e.class, e.id, c.recorded_at, e.data, e.metadata
  from counter c
  cross join won w
  cross join lateral unnest(
    ($5::int[])[w.first : w.first + w.size - 1],
    ($6::uuid[])[w.first : w.first + w.size - 1],
    ($7::text[])[w.first : w.first + w.size - 1],
    ($8::text[])[w.first : w.first + w.size - 1]
  ) with ordinality as e(class, id, data, metadata, n)`;

/** Where each has one event, as most have, nothing needs to be unfolded. */
const oneEach = `
  select c.base + w.upto, w.number, w.revision, ($5::int[])[w.ord], ($6::uuid[])[w.ord], c.recorded_at, ($7::text[])[w.ord], ($8::text[])[w.ord]
  from counter c cross join won w`;

/** One append alone: much less to plan and to set up. `won` is the stream, born or grown. */
const alone = (won: string, stored: string) => `
with won as (${won}), counter as (
  update store.counter c
  set position = c.position + $3, recorded_at = greatest(c.recorded_at, date_trunc('milliseconds', clock_timestamp()))
  from won
  returning c.position - $3 as base, c.recorded_at, won.number, won.revision
), stored as (
  insert into store.events (position, stream, revision, class, id, recorded_at, data, metadata) ${stored}
)
select c.base::text as base, ${instant('c.recorded_at')} as recorded_at, '1 ' || c.revision || ' ' || $3 as won, pg_notify('${channel}', '')::text from counter c`;

const bornAlone = `
  insert into store.streams (name, revision) select $1, $3::int - 1 where $2::int = -1
  on conflict (name) do nothing returning number, revision`;
const grownAlone = `
  update store.streams set revision = revision + $3::int where name = $1 and revision = $2::int returning number, revision`;
const itsOne = `
  select c.base + 1, c.number, c.revision, ($4::int[])[1], ($5::uuid[])[1], c.recorded_at, ($6::text[])[1], ($7::text[])[1] from counter c`;
const itsEvents = `
  select c.base + e.n, c.number, c.revision - $3 + e.n, e.class, e.id, c.recorded_at, e.data, e.metadata
  from counter c
  cross join unnest($4::int[], $5::uuid[], $6::text[], $7::text[]) with ordinality as e(class, id, data, metadata, n)`;

const statements = {
  bornWithOne: { name: 'append-born-one', text: alone(bornAlone, itsOne) },
  bornWithEvents: { name: 'append-born', text: alone(bornAlone, itsEvents) },
  grownByOne: { name: 'append-grown-one', text: alone(grownAlone, itsOne) },
  grownByEvents: { name: 'append-grown', text: alone(grownAlone, itsEvents) },
  oneEach: { name: 'append-one-each', text: several(oneEach, true) },
  oneEachToOld: { name: 'append-one-each-to-old', text: several(oneEach, false) },
  many: { name: 'append-many', text: several(theirEvents, true) },
  manyToOld: { name: 'append-many-to-old', text: several(theirEvents, false) },
} as const;

/**
 * One statement for requests on different streams, sorted by stream.
 *
 * @param classes number of each event's class, over all requests in order
 */
export function appendStatement(requests: readonly Request[], classes: readonly number[]): Statement {
  const events = requests.flatMap((request) => request.events);
  const contents = [
    integers(classes),
    uuids(events.map(({ id }) => id)),
    texts(events.map(({ data }) => data)),
    texts(events.map(({ metadata }) => metadata)),
  ];
  const [only, ...others] = requests;
  if (only && others.length === 0 && (only.expected === 'none' || typeof only.expected === 'number')) {
    const values = [only.stream, codeOf(only.expected), events.length, ...contents];
    const isOne = events.length === 1;
    if (only.expected === 'none') return { ...(isOne ? statements.bornWithOne : statements.bornWithEvents), values };
    return { ...(isOne ? statements.grownByOne : statements.grownByEvents), values };
  }
  const sizes = requests.map((request) => request.events.length);
  let first = 1;
  const firsts = sizes.map((size) => (first += size) - size);
  const mayBeNew = requests.some(({ expected }) => expected === 'none' || expected === 'any');
  const [unfolded, subscripted] = mayBeNew ? [statements.many, statements.oneEach] : [statements.manyToOld, statements.oneEachToOld];
  return {
    ...(events.length > requests.length ? unfolded : subscripted),
    values: [
      texts(requests.map(({ stream }) => stream)),
      integers(requests.map(({ expected }) => codeOf(expected))),
      integers(firsts),
      integers(sizes),
      ...contents,
    ],
  };
}

/** The only row, or none where nobody won. */
export interface AppendRow {
  /** The last position before those given out. */
  readonly base: string;
  readonly recorded_at: string;
  /** Of each request that was written: its place among the requests, the stream's revision, its last event's place after `base`. */
  readonly won: string;
}

/** The outcome of each request, in their order. */
export function outcomesOf(requests: readonly Request[], rows: readonly AppendRow[]): readonly Outcome[] {
  const outcomes = requests.map((): Outcome => 'lost');
  for (const { base, recorded_at, won } of rows)
    for (const each of won.split(',')) {
      const [ord, revision, upto] = each.split(' ').map(Number);
      outcomes[ord! - 1] = { revision: revision!, position: BigInt(base) + BigInt(upto!), recordedAt: recorded_at };
    }
  return outcomes;
}

/** How a stream stands, and which events it has where this request would have put its own. */
export function standingStatement(request: Request): Statement {
  const from = request.expected === 'none' ? 0 : typeof request.expected === 'number' ? request.expected + 1 : -1;
  return {
    name: 'standing',
    text: `
      select s.revision,
        coalesce(array_agg(e.id::text order by e.revision) filter (where e.id is not null), '{}') as ids,
        max(e.position)::text as position,
        ${instant('max(e.recorded_at)')} as recorded_at
      from store.streams s left join store.events e on e.stream = s.number and e.revision between $2::bigint and $3::bigint
      where s.name = $1 group by s.number`,
    values: [request.stream, from, from < 0 ? -2 : from + request.events.length - 1],
  };
}

export interface StandingRow {
  readonly revision: number;
  readonly ids: string[];
  readonly position: string | null;
  readonly recorded_at: string | null;
}
