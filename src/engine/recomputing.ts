import type { Pool, PoolClient } from 'pg';
import { borrowed } from '../store/borrowed';
import { matching } from '../store/memory';
import type { EventStore, Recorded } from '../store/port';
import { storedCheckpoint } from './checkpoints';
import type { Compared, ReadModel } from './read-model';
import { type RowDifference, rowDifferences } from './row-differences';
import { serving } from './runner-intake';
import { bookFor, loaded, type Loading } from './runner-loading';
import { attempt } from './runner-parking';
import type { Tail } from './runner-tail';

/** How the rows of a read model stand beside those that its events make. */
export interface Recomputed {
  readonly readModel: string;
  /** Rows that were compared. */
  readonly rows: number;
  /** How many differ, and the first of them. */
  readonly total: number;
  readonly first: readonly RowDifference[];
  /** Streams whose events cannot be taken in, though the rows that are read pass for complete. */
  readonly failing: readonly { readonly stream: string; readonly error: string }[];
  /** Streams that are set aside: out of date by declaration, so that their rows are not compared. */
  readonly parked: readonly string[];
  /** Why nothing could be compared. */
  readonly trouble?: string;
}

export interface Recomputing extends Loading {
  readonly pool: Pool;
  readonly store: EventStore;
  readonly tail: Pick<Tail, 'next'>;
  readonly readModels: readonly ReadModel[];
  /** Events of a page (1,000), and with them those that the command of the last one recorded. */
  readonly page?: number;
  /** Most differences that are told of each read model (100). */
  readonly most?: number;
  /** Done after each page. */
  readonly between?: () => Promise<void>;
}

/** How often it is made up to where the read models stand by then, before that is pinned. */
const rounds = 3;

interface Anew {
  readonly served: string;
  readonly anew: string;
  readonly compared: Compared;
}

/** A read model that is being made anew. */
class Making {
  readonly tables: readonly Anew[];
  readonly failing = new Map<string, string>();
  /** What lies up to here was taken in. */
  at = 0n;
  /** Where the rows that are read stand. */
  upTo = 0n;
  trouble: string | undefined;

  constructor(
    readonly readModel: ReadModel,
    number: number,
  ) {
    const { tables, compared = {} } = readModel;
    this.tables = [...new Set([...tables, ...Object.keys(compared)])].map((served) => ({
      served,
      anew: `pg_temp.anew_${number}_${served.replace('.', '_')}`,
      compared: compared[served] ?? {},
    }));
  }

  readonly table = (name: string): string => {
    const found = this.tables.find(({ served }) => served === name);
    if (!found) throw new Error(`${this.readModel.name} does not say that it writes in ${name}`);
    return found.anew;
  };
}

/**
 * Makes every row of the read models again from the events, in temporary tables that no other session sees, and compares them with the
 * rows that are read. Events may be recorded and taken in meanwhile: most is made beforehand; then, within one snapshot of the database,
 * it is read how far each read model has come, the rest up to there is made, and rows are compared. Checkpoints are committed with their rows.
 */
export const recompute = (around: Recomputing): Promise<readonly Recomputed[]> =>
  borrowed(around.pool, async (session) => {
    const making = around.readModels.map((readModel, number) => new Making(readModel, number));
    for (const { tables } of making)
      for (const { served, anew } of tables)
        await session.query(`create temporary table ${anew.slice('pg_temp.'.length)} (like ${served} including all)`);
    // What is recorded while most is made would otherwise be made while the snapshot is held.
    for (let round = 0; round < rounds; round += 1) {
      await aim(session, making, around);
      await fill(session, making, around, async (page) => {
        await session.query('begin');
        await page();
        await session.query('commit');
      });
    }
    await session.query('begin isolation level repeatable read');
    await aim(session, making, around);
    for (const each of making.filter(({ at, upTo }) => at > upTo)) {
      for (const { anew } of each.tables) await session.query(`delete from ${anew}`);
      each.at = 0n;
      each.failing.clear();
    }
    await fill(session, making, around, (page) => page());
    const compared: Recomputed[] = [];
    for (const each of making) compared.push(await compare(session, each, around.most ?? 100));
    await session.query('commit');
    await session.query('discard temp');
    return compared;
  });

/** Up to where the rows that are read stand, each in the session's present snapshot. */
const aim = async (session: PoolClient, making: readonly Making[], { store }: Recomputing): Promise<void> => {
  const epoch = await store.epoch();
  for (const each of making) {
    const { key } = serving(each.readModel);
    const { version = 1 } = each.readModel;
    const stored = await storedCheckpoint(session, key);
    each.upTo = stored?.position ?? 0n;
    each.trouble = undefined;
    if (!stored) continue;
    if (stored.epoch !== epoch) each.trouble = 'it was made from another store, or from this one before it was restored: rebuild it';
    else if (stored.version !== version)
      each.trouble = `its rows are of version ${stored.version}, and this release makes those of version ${version}`;
    // After the checkpoint: what is recorded meanwhile is no reason to doubt it.
    else if (stored.position > (await store.head())) each.trouble = 'its checkpoint stands beyond the last event: rebuild it';
  }
};

/** Takes in what lies between where each is and where it has to come, page by page. */
const fill = async (
  session: PoolClient,
  making: readonly Making[],
  { tail, page = 1_000, between, ...loading }: Recomputing,
  within: (page: () => Promise<void>) => Promise<void>,
): Promise<void> => {
  const behind = () => making.filter(({ trouble, at, upTo }) => trouble === undefined && at < upTo);
  for (let those = behind(); those.length > 0; those = behind()) {
    const after = those.reduce((least, { at }) => (at < least ? at : least), those[0]!.at);
    const next = await tail.next(after, page, {});
    await within(async () => {
      for (const each of those) {
        const own = next.events.filter(({ position }) => position > each.at && position <= each.upTo);
        await takeIn(session, each, own.filter(matching(each.readModel.filter)), loading);
        // Where the store has nothing more there is nothing to wait for.
        each.at = next.more && next.upTo < each.upTo ? (next.upTo > each.at ? next.upTo : each.at) : each.upTo;
      }
    });
    await between?.();
  }
};

const takeIn = async (
  session: PoolClient,
  { readModel, table, upTo, failing }: Making,
  events: readonly Recorded[],
  loading: Loading,
): Promise<void> => {
  const { touched, unreadable } = await loaded(loading, events);
  for (const { stream, error } of unreadable) failing.set(stream, error.message);
  const awake = touched.filter(({ stream }) => !failing.has(stream));
  if (awake.length === 0) return;
  const book = await bookFor(loading, awake);
  const apply = (those: typeof awake) => attempt(session, () => readModel.apply({ touched: those, upTo, book, table }, session));
  if (!(await apply(awake))) return;
  for (const one of awake) {
    const error = await apply([one]);
    if (error) failing.set(one.stream, error.message);
  }
};

const compare = async (session: PoolClient, { readModel, tables, failing, trouble }: Making, most: number): Promise<Recomputed> => {
  const { name } = readModel;
  const { rows } = await session.query<{ stream: string }>('select stream from engine.parked where read_model = $1 order by stream', [
    serving(readModel).parkedAs,
  ]);
  const parked = rows.map(({ stream }) => stream);
  if (trouble !== undefined) return { readModel: name, rows: 0, total: 0, first: [], failing: [], parked, trouble };
  const aside = [...new Set([...parked, ...failing.keys()])];
  let [compared, total] = [0, 0];
  const first: RowDifference[] = [];
  for (const table of tables) {
    await session.query(`analyze ${table.anew}`);
    const found = await rowDifferences(session, table, aside, most - first.length);
    compared += found.rows;
    total += found.total;
    first.push(...found.first);
  }
  return {
    ...{ readModel: name, rows: compared, total, first, parked },
    failing: [...failing].filter(([stream]) => !parked.includes(stream)).map(([stream, error]) => ({ stream, error })),
  };
};
