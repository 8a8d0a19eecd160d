import type { ReadModel } from '../../src/engine/read-model';
import { lifecycles } from '../../src/lifecycles/all';
import { readModels } from '../../src/reading/all';
import { Board } from '../../src/reading/board';
import { Calls } from '../../src/reading/calls';
import { Illustrative } from '../../src/reading/illustrative';
import { Listed } from '../../src/reading/listed';
import { Parties } from '../../src/reading/parties';
import { Sentences } from '../../src/reading/sentences';
import { Timeline } from '../../src/reading/timeline';
import { PostgresStore } from '../../src/store/postgres';
import { type Database, freshDatabase } from '../cluster/database';
import { record, runnerOver, type Told } from './recording';

export const reader = { language: 'en', limit: 50 } as const;

/** All that is read of what one database records; protected words say which they are. */
export class Readings {
  readonly models: readonly ReadModel[] = readModels.filter(({ name }) => name !== 'facts');
  readonly parties: Parties;
  readonly board: Board;
  readonly calls: Calls;
  readonly listed: Listed;
  readonly illustrative: Illustrative;
  readonly timeline: Timeline;

  private constructor(
    private readonly database: Database,
    private readonly store: PostgresStore,
  ) {
    const { pool } = database;
    const reveal = (ids: readonly string[]) =>
      Promise.resolve(new Map(ids.map((id) => [id, { is: 'text' as const, words: `words ${Number(id.slice(-12))}` }])));
    this.parties = new Parties(pool);
    this.board = new Board(pool, this.parties, () => '2018-12-01');
    this.calls = new Calls(pool);
    this.listed = new Listed(pool);
    this.illustrative = new Illustrative(pool);
    this.timeline = new Timeline(pool, new Sentences(Object.values(lifecycles), { reveal }, this.parties));
  }
  static async begin(): Promise<Readings> {
    const database = await freshDatabase();
    return new Readings(database, new PostgresStore({ url: database.url }));
  }
  async end(): Promise<void> {
    await this.store.close();
    await this.database.drop();
  }

  runner(batch = 500) {
    return runnerOver({
      ...{ pool: this.database.pool, store: this.store, readModels: this.models },
      ...{ lifecycles: Object.values(lifecycles), batch },
    });
  }
  /** Records the facts of a stream beyond those it has, for whoever catches up. */
  record(stream: string, facts: readonly Told[], has = 0) {
    return record(this.store, stream, facts, has);
  }
  catchUp() {
    return this.runner().catchUp();
  }
  /** Every row of every read model. */
  async rows() {
    const read = async (table: string) =>
      (await this.database.pool.query(`select t::text as row from ${table} t order by 1`)).rows as unknown;
    const tables = this.models.flatMap((model) => model.tables);
    return Object.fromEntries(await Promise.all(tables.map(async (table) => [table, await read(table)] as const)));
  }
}
