import type { Pool } from 'pg';
import type { ReadModel } from '../engine/read-model';
import type { Worded } from '../kernel/fields-worded';
import { foldedUpTo } from '../kernel/folds';
import { claim } from '../lifecycles/claim';
import { indicator } from '../lifecycles/indicator';
import type { Claim } from '../parts/claim-course';
import type { IndicatorEvents } from '../parts/indicator';
import type { Migration } from '../store/migrate';

export const indicatorsMigration: Migration = {
  name: 'monitoring-2-indicators',
  sql: `
    create table reading.indicators (
      code text collate "C" not null,
      version integer not null,
      recorded_position bigint not null,
      definition jsonb not null,
      primary key (code, version)
    );

    -- A claim as it stood from one position to the next that changed it.
    create table reading.claims (
      id text collate "C" not null,
      since_position bigint not null,
      until_position bigint,
      claim jsonb not null,
      primary key (id, since_position)
    );
  `,
};

/** Indicators in every version, and claims as they stood at every position: what figures are counted by, and held against. */
export const indicatorsModel: ReadModel = {
  name: 'indicators',
  filter: { kinds: [indicator.name, claim.name] },
  tables: ['reading.indicators', 'reading.claims'],
  compared: {
    'reading.indicators': { stream: `'${indicator.name}-' || r.code` },
    'reading.claims': { stream: `'${claim.name}-' || r.id` },
  },
  apply: async ({ touched, book, table }, transaction) => {
    const defined = touched
      .filter(({ lifecycle }) => lifecycle.name === indicator.name)
      .flatMap(({ id, events }) =>
        events
          .filter(({ type }) => type === 'IndicatorDefined')
          .map(({ position, data }) => ({
            code: id,
            version: data['version'],
            recorded_position: String(position),
            definition: data,
          })),
      );
    await transaction.query(
      `insert into ${table('reading.indicators')} select * from jsonb_populate_recordset(null::${table('reading.indicators')}, $1::jsonb)`,
      [JSON.stringify(defined)],
    );
    const stood = touched
      .filter(({ lifecycle }) => lifecycle.name === claim.name)
      .flatMap(({ lifecycle, id, events, history }) =>
        events.map(({ position, revision }, i) => ({
          id,
          since_position: String(position),
          until_position: events[i + 1] === undefined ? null : String(events[i + 1]!.position),
          claim: foldedUpTo(lifecycle, history, revision, book).state['claim'] as Claim,
        })),
      );
    await transaction.query(
      `update ${table('reading.claims')} c set until_position = n.since from (
         select id, min(since_position) as since from jsonb_populate_recordset(null::${table('reading.claims')}, $1::jsonb) group by id) n
       where c.id = n.id and c.until_position is null`,
      [JSON.stringify(stood)],
    );
    await transaction.query(
      `insert into ${table('reading.claims')} select * from jsonb_populate_recordset(null::${table('reading.claims')}, $1::jsonb)`,
      [JSON.stringify(stood)],
    );
  },
};

/** What is counted, and by which rule; a changed rule is a new version under the same code. */
export interface Indicator {
  readonly code: string;
  readonly version: number;
  readonly label: Worded;
  readonly unit: Worded;
  readonly level: IndicatorEvents['IndicatorDefined']['level'];
  readonly counting: IndicatorEvents['IndicatorDefined']['counting'];
  /** The rule by which it is counted, and where it comes from. */
  readonly rule: string;
  readonly source: string;
}

/** What was published, as it stood. */
export interface PublishedClaim {
  readonly id: string;
  readonly claim: Exclude<Claim, { readonly is: 'absent' }>;
}

/** Indicators and claims, as they were recorded by a position. */
export class Indicators {
  constructor(private readonly pool: Pool) {}

  /**
   * In the order of their codes, each in the latest version by the position; one that was defined later in its first, so that the same question has the same answer
   * for ever.
   */
  async at(position: bigint): Promise<readonly Indicator[]> {
    return this.find('', position);
  }

  /** One of them, in the version that is named, or as `at` has it; undefined where there is none. */
  async one(code: string, version: number | undefined, position: bigint): Promise<Indicator | undefined> {
    return (await this.find('where code = $2 and ($3::integer is null or version = $3)', position, code, version ?? null))[0];
  }

  private async find(which: string, position: bigint, ...values: readonly unknown[]): Promise<readonly Indicator[]> {
    const { rows } = await this.pool.query<{ code: string; definition: Omit<Indicator, 'code'> }>(
      `select distinct on (code) code, definition from reading.indicators ${which}
       order by code, recorded_position <= $1 desc, case when recorded_position <= $1 then -version else version end`,
      [String(position), ...values],
    );
    return rows.map(({ code, definition }) => ({ code, ...definition }));
  }

  /** What had been published by the position, and not taken back, in the order of ids. */
  async claims(position: bigint): Promise<readonly PublishedClaim[]> {
    const { rows } = await this.pool.query<PublishedClaim>(
      `select id, claim from reading.claims where since_position <= $1 and (until_position is null or until_position > $1)
         and claim ->> 'is' <> 'absent' order by id`,
      [String(position)],
    );
    return rows;
  }
}
