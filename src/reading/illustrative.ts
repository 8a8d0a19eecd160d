import type { Pool } from 'pg';
import { dataSet } from '../lifecycles/data-set';
import type { ProvenanceEvents } from '../parts/provenance';
import type { Migration } from '../store/migrate';
import type { Table } from './rows-per-stream';

export const illustrativeMigration: Migration = {
  name: 'reading-10-illustrative',
  sql: `
    -- The timeline is filled again, each entry with what it was recorded under.
    delete from reading.timeline;
    delete from engine.checkpoint where name = 'read-model timeline';
    alter table reading.timeline add column correlation_id text collate "C" not null;
    create index timeline_by_correlation on reading.timeline (stream, correlation_id);

    -- What data sets that stand as illustrative were recorded under: the same as all that came in one file with them.
    create table reading.illustrative (
      stream text collate "C" primary key,
      correlation_id text collate "C" not null
    );
    create index illustrative_by_correlation on reading.illustrative (correlation_id);
  `,
};

/** A row for each data set that stands as illustrative. */
export const illustrativeImports: Table = {
  name: 'reading.illustrative',
  kinds: [dataSet.name],
  rows: ({ stream, standing, recorded }) =>
    standing
      .filter(({ type, data }) => type === 'DataSetDeclared' && (data as ProvenanceEvents['DataSetDeclared']).illustrative)
      .map(({ revision }) => ({ stream, correlation_id: recorded[revision]!.metadata.correlationId })),
};

/** Whether an entry `t` of the timeline was recorded by an import that declared itself illustrative. */
export const isIllustrative = '((select true from reading.illustrative i where i.correlation_id = t.correlation_id limit 1) is not null)';

/** What was recorded by imports that declared themselves illustrative. */
export class Illustrative {
  constructor(private readonly pool: Pool) {}

  /** Those of the streams in which something in force was. */
  async among(streams: readonly string[]): Promise<ReadonlySet<string>> {
    if (streams.length === 0) return new Set();
    const { rows } = await this.pool.query<{ stream: string }>(
      `select asked.stream from unnest($1::text[]) asked (stream) cross join lateral (
         select from reading.timeline t join reading.illustrative i on i.correlation_id = t.correlation_id
         where t.stream = asked.stream and t.entry ->> 'standing' = 'in-force' limit 1) found`,
      [streams],
    );
    return new Set(rows.map(({ stream }) => stream));
  }
}
