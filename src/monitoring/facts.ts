import { isDeepStrictEqual } from 'node:util';
import type { PoolClient } from 'pg';
import type { Batch, ReadModel, Touched } from '../engine/read-model';
import { foldedUpTo } from '../kernel/folds';
import { type Folded, isCorrection } from '../kernel/history';
import { dimensionsOf } from '../kernel/lifecycle';
import type { RuleBook } from '../kernel/rules';
import type { Migration } from '../store/migrate';
import type { Recorded } from '../store/port';
import { type Content, type CountedFact, countedFacts, difference, standingFacts } from './standing-facts';

export const factsMigrations: readonly Migration[] = [
  {
    name: 'monitoring-1-facts',
    sql: `
      create schema if not exists reading;

      create table reading.facts (
        stream text collate "C" not null,
        revision integer not null,
        ordinal integer not null,
        measure text collate "C" not null,
        subject text collate "C" not null,
        quantity bigint not null,
        dimensions jsonb not null,
        occurred_from date not null,
        occurred_to date not null,
        recorded_position bigint not null,
        recorded_at timestamptz not null,
        retracted_position bigint,
        retracted_at timestamptz,
        -- Of the event that gave it its data: what an import brought is known by it.
        correlation_id text not null,
        primary key (stream, revision, ordinal, recorded_position)
      );
      create index facts_by_measure on reading.facts (measure, recorded_position);

      -- The last position of each moment something was recorded at: what an instant resolves to.
      create table reading.fact_moments (
        recorded_at timestamptz primary key,
        position bigint not null
      );
    `,
  },
  {
    name: 'monitoring-3-fact-causes',
    sql: `
      -- The events that brought a fact and took it away, in its own stream. Filled with the next version of the read model.
      alter table reading.facts add column recorded_revision integer, add column retracted_revision integer;
      drop index reading.facts_by_measure;
      create index facts_by_measure on reading.facts (measure, recorded_position, stream, revision, ordinal);
      create index facts_by_subject on reading.facts (measure, subject, recorded_position);
      create index facts_by_retraction on reading.facts (measure, retracted_position, stream, revision, ordinal) where retracted_position is not null;
    `,
  },
];

/** A fact as the table holds it: by whom it came and, where it no longer holds, by whom it went. */
interface Row extends CountedFact {
  readonly stream: string;
  readonly recorded: Recorded;
  readonly correlationId: string;
  retracted?: Recorded;
}
type Held = Content & { readonly ordinal: number; readonly recordedPosition: string };

/** The base of every figure. A row is never changed: what no longer holds is retracted, what holds instead is added. */
export const facts: ReadModel = {
  name: 'facts',
  version: 3,
  filter: {},
  tables: ['reading.facts', 'reading.fact_moments'],
  compared: { 'reading.fact_moments': { stream: null } },
  apply: async (batch: Batch, transaction: PoolClient) => {
    const ledger = new Ledger(transaction, batch.book, batch.table('reading.facts'));
    for (const touched of batch.touched) await ledger.follow(touched);
    await ledger.write();
    await keepMoments(batch, transaction);
  },
};

/** Collects what a batch adds and retracts. */
class Ledger {
  private readonly added: Row[] = [];
  private readonly retracted: { readonly stream: string; readonly held: Held; readonly by: Recorded }[] = [];

  constructor(
    private readonly transaction: PoolClient,
    private readonly book: RuleBook,
    private readonly table: string,
  ) {}

  /** Walks the events of a stream; most only add what they themselves count for. */
  async follow({ lifecycle, stream, id, events, recorded, history }: Touched): Promise<void> {
    const own: Row[] = [];
    const add = (by: Recorded, made: readonly CountedFact[]) =>
      own.push(
        ...made.map((fact): Row => ({ ...fact, stream, recorded: by, correlationId: recorded[fact.given]!.metadata.correlationId })),
      );
    const upTo = (revision: number) => history.slice(0, revision + 1);
    let held: Set<Held> | undefined;
    let folded = foldedUpTo(lifecycle, history, events[0]!.revision - 1, this.book);

    for (const event of events) {
      const now = history[event.revision]!;
      // Corrections of one command are applied together (no batch ends between them): between them a state can be one that never was.
      const next = history[event.revision + 1];
      if (isCorrection(event) && next && isCorrection(next) && next.commandId === event.metadata.commandId) continue;

      const before: Folded = folded;
      folded = foldedUpTo(lifecycle, history, event.revision, this.book);
      const dimensions = dimensionsOf(lifecycle, folded.state, id);
      if (isCorrection(event) || (event.revision > 0 && !isDeepStrictEqual(dimensions, dimensionsOf(lifecycle, before.state, id)))) {
        held ??= await this.heldBefore(stream, events[0]!.revision);
        const { gone, come } = difference<Held | Row>(
          [...held, ...own.filter(({ retracted }) => !retracted)],
          standingFacts(lifecycle, stream, upTo(event.revision), this.book),
        );
        for (const fact of gone) {
          if ('recorded' in fact) fact.retracted = event;
          else {
            held.delete(fact);
            this.retracted.push({ stream, held: fact, by: event });
          }
        }
        add(event, come);
      } else if (event.type !== 'GateWaived') {
        add(event, countedFacts(lifecycle, stream, now, folded.state, before.state, dimensions));
      }
    }
    this.added.push(...own);
  }

  private async heldBefore(stream: string, revision: number): Promise<Set<Held>> {
    if (revision === 0) return new Set();
    const { rows } = await this.transaction.query<Held & { quantity: string }>(
      `select revision, ordinal, measure, subject, quantity, dimensions, occurred_from::text as "occurredFrom", occurred_to::text as "occurredTo",
              recorded_position::text as "recordedPosition"
       from ${this.table} where stream = $1 and retracted_position is null order by recorded_position, revision, ordinal`,
      [stream],
    );
    return new Set(rows.map((row) => ({ ...row, quantity: Number(row.quantity) })));
  }

  async write(): Promise<void> {
    if (this.retracted.length > 0) {
      await this.transaction.query(
        `update ${this.table} f set retracted_position = g.by, retracted_at = g.at, retracted_revision = g.cause
         from unnest($1::text[], $2::int[], $3::int[], $4::bigint[], $5::bigint[], $6::timestamptz[], $7::int[]) as g (stream, revision, ordinal, recorded, by, at, cause)
         where f.stream = g.stream and f.revision = g.revision and f.ordinal = g.ordinal and f.recorded_position = g.recorded`,
        columns(this.retracted, [
          ({ stream }) => stream,
          ({ held }) => held.revision,
          ({ held }) => held.ordinal,
          ({ held }) => held.recordedPosition,
          ({ by }) => String(by.position),
          ({ by }) => by.recordedAt,
          ({ by }) => by.revision,
        ]),
      );
    }
    if (this.added.length === 0) return;
    await this.transaction.query(
      `insert into ${this.table} (stream, revision, ordinal, measure, subject, quantity, dimensions, occurred_from, occurred_to,
         recorded_position, recorded_at, retracted_position, retracted_at, correlation_id, recorded_revision, retracted_revision)
       select * from unnest($1::text[], $2::int[], $3::int[], $4::text[], $5::text[], $6::bigint[], $7::jsonb[], $8::date[], $9::date[],
         $10::bigint[], $11::timestamptz[], $12::bigint[], $13::timestamptz[], $14::text[], $15::int[], $16::int[])`,
      columns(this.added, [
        ({ stream }) => stream,
        ({ revision }) => revision,
        ({ ordinal }) => ordinal,
        ({ measure }) => measure,
        ({ subject }) => subject,
        ({ quantity }) => quantity,
        ({ dimensions }) => JSON.stringify(dimensions),
        ({ occurredFrom }) => occurredFrom,
        ({ occurredTo }) => occurredTo,
        ({ recorded }) => String(recorded.position),
        ({ recorded }) => recorded.recordedAt,
        ({ retracted }) => retracted && String(retracted.position),
        ({ retracted }) => retracted?.recordedAt,
        ({ correlationId }) => correlationId,
        ({ recorded }) => recorded.revision,
        ({ retracted }) => retracted?.revision,
      ]),
    );
  }
}

const columns = <Item>(items: readonly Item[], of: readonly ((item: Item) => string | number | undefined)[]) =>
  of.map((each) => items.map((item) => each(item) ?? null));

async function keepMoments({ touched, table }: Batch, transaction: PoolClient): Promise<void> {
  const last = new Map<string, bigint>();
  for (const { position, recordedAt } of touched.flatMap(({ events }) => events)) {
    if (position > (last.get(recordedAt) ?? 0n)) last.set(recordedAt, position);
  }
  await transaction.query(
    `insert into ${table('reading.fact_moments')} as m (recorded_at, position) select * from unnest($1::timestamptz[], $2::bigint[])
     on conflict (recorded_at) do update set position = greatest(m.position, excluded.position)`,
    [[...last.keys()], [...last.values()].map(String)],
  );
}
