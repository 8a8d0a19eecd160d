import type { Expected, Filter } from '../../src/store/port';

/*
 * What was seen of a store while it was written to and read, as plain data: it can be written to a file as JSON by one process and judged
 * by another. Positions are strings. Moments are numbers that rise by one clock for all that took part, such as `process.hrtime` of one machine.
 */

/** One append, as whoever made it saw it. */
export interface Attempt {
  readonly by: string;
  readonly stream: string;
  readonly ids: readonly string[];
  readonly expected: Expected;
  readonly began: number;
  /** Left out for one whose caller was killed before it heard anything. */
  readonly ended?: number;
  readonly outcome: Outcome;
}

export type Outcome =
  | { readonly is: 'acknowledged'; readonly revision: number; readonly position: string; readonly recordedAt: string }
  /** `actual` as `WrongRevision` says it; left out where something else was wrong, such as an event that cannot be stored or a store that cannot be reached. */
  | { readonly is: 'refused'; readonly actual?: number | 'none' }
  | { readonly is: 'unknown' };

/** One event of the log, read when nothing was under way any more. */
export interface Logged {
  readonly stream: string;
  readonly revision: number;
  readonly position: string;
  readonly id: string;
  readonly type: string;
  readonly recordedAt: string;
}

/** What a subscription gave, in order; or a read from a position on, which says nothing of having caught up. */
export interface Reader {
  readonly name: string;
  readonly filter?: Filter;
  /** The position that it began after. */
  readonly after: string;
  readonly heard: readonly Heard[];
}

export type Heard = { readonly id: string; readonly position: string } | { readonly caughtUp: string };

/** A read that asked for everything after a position, or for a page of it. */
export interface Glance {
  readonly name: string;
  readonly filter?: Filter;
  readonly after: string;
  readonly limit: number;
  readonly began: number;
  readonly ids: readonly string[];
}

export interface History {
  /** Every append that was made since `from`. */
  readonly attempts: readonly Attempt[];
  /** Everything after `from`. */
  readonly log: readonly Logged[];
  readonly readers: readonly Reader[];
  readonly glances?: readonly Glance[];
  /** The position at which it begins; 0 where left out. */
  readonly from?: string;
  /** Streams that had events before `from`, with their last revision. */
  readonly before?: Readonly<Record<string, number>>;
  readonly promised: {
    /** Positions count up by one. */
    readonly dense: boolean;
    /** Times of recording never fall: not so between processes on EventStoreDB. */
    readonly times: boolean;
  };
}
