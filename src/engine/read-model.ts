import type { PoolClient } from 'pg';
import type { Standing, Stored } from '../kernel/history';
import type { AnyLifecycle } from '../kernel/lifecycle';
import type { RuleBook } from '../kernel/rules';
import type { Filter, Recorded } from '../store/port';
import type { TableName } from './runner-tables';

/** A stream that a batch touches. */
export interface Touched {
  readonly lifecycle: AnyLifecycle;
  readonly stream: string;
  readonly id: string;
  /** Its events in this batch, in order. */
  readonly events: readonly Recorded[];
  /** All its events up to the last of this batch, as stored and as the kernel sees them; index = revision. */
  readonly recorded: readonly Recorded[];
  readonly history: readonly Stored[];
  /** What of it is in force after this batch. */
  readonly standing: readonly Standing[];
  /** A correction is among the events of this batch: rows made earlier may no longer hold. */
  readonly corrected: boolean;
}

export interface Batch {
  readonly touched: readonly Touched[];
  /** Position of the last event looked at; the checkpoint once the batch is committed. */
  readonly upTo: bigint;
  readonly book: RuleBook;
  /** What a table is called for this batch: a rebuild fills others, beside those that are read. */
  readonly table: TableName;
}

/** How rows that are read are held against those that are made anew of the same events, where it is not as of most tables. */
export interface Compared {
  /** SQL over a row `r`: the stream that it follows from (its column `stream`); null where several made it. */
  readonly stream?: string | null;
  /** Columns that no event says. */
  readonly beside?: readonly string[];
  /** Columns that follow from several streams. */
  readonly together?: readonly string[];
  /** SQL over a row `r`, of a table that others write too: which of the rows are of this read model. */
  readonly own?: string;
}

/**
 * A read model: its tables, and how a batch of events changes them. Rows and checkpoint commit in one transaction.
 * Ids of rows come from streams, revisions and positions, never from a generator or a clock, so that a rebuild gives the same rows.
 */
export interface ReadModel {
  readonly name: string;
  /** Rises (from 1) with every release that makes other rows of the same events: they are filled anew beside the old ones by themselves. */
  readonly version?: number;
  readonly filter: Filter;
  /** Its tables with their schema (`reading.board`), which nothing else writes; a rebuild puts others in their place. */
  readonly tables: readonly string[];
  /** By table; a table of others among them, where it writes in one. */
  readonly compared?: Readonly<Record<string, Compared>>;
  apply(batch: Batch, transaction: PoolClient): Promise<void>;
  /** Takes over into what was filled anew (`table`) what the present rows know and no event says, before those go. */
  readonly carryOver?: (transaction: PoolClient, table: TableName) => Promise<void>;
}
