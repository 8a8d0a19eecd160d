import type { Metadata } from '../kernel/metadata';

/** An event that is to be stored. `id` is a uuid; `data` is JSON without U+0000 and lone surrogates (checked at the door). */
export interface NewEvent {
  readonly id: string;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly metadata: Metadata;
}

/** An event as it stands in the store. Revisions of a stream count 0, 1, 2, … without gaps. */
export interface Recorded extends NewEvent {
  /** `<kind>-<id>`, such as `pairing-cartagena-malaga`; a kind holds no hyphen. */
  readonly stream: string;
  readonly revision: number;
  /** Strictly rising over the whole store, in the order in which events became visible; adapters may leave gaps. Never stored outside checkpoints, receipts and cursors. */
  readonly position: bigint;
  /** ISO 8601, UTC, milliseconds; never falls as positions rise. */
  readonly recordedAt: string;
}

/** What the caller takes to be the stream's state: it has no event yet, some event, anything, or exactly this last revision. */
export type Expected = 'none' | 'exists' | 'any' | number;

export interface Appended {
  /** Revision and position of the last event of this append. */
  readonly revision: number;
  readonly position: bigint;
  /** As the stored events have it: all of one append have the same. */
  readonly recordedAt: string;
}

/** Which events a reader wants; what is left out does not restrict. Kinds are the part of the stream name before the first hyphen. */
export interface Filter {
  readonly kinds?: readonly string[];
  readonly types?: readonly string[];
}

export interface Reading {
  /** First revision wanted (0 when left out). */
  readonly from?: number;
  /** At most so many events. */
  readonly limit?: number;
}

/** What a subscription yields: an event, or the news that everything recorded so far has been yielded. */
export type Delivery =
  | { readonly is: 'event'; readonly event: Recorded }
  /** Nothing that matches is left up to `position`; said again each time the subscription catches up, also past events that the filter leaves out. */
  | { readonly is: 'caught-up'; readonly position: bigint };

/**
 * Where events live. Streams are consistency boundaries; an append is one transaction.
 *
 * Repeating an append (same stream, same ids, same exact expected revision or `none`) answers what the first one answered and
 * writes nothing, as long as the stored ids at those revisions are the same.
 */
export interface EventStore {
  /** Changes when positions lose their meaning: on restore and on copying to another store. */
  epoch(): Promise<string>;
  /**
   * @throws WrongRevision when `expected` does not hold
   * @throws OutcomeUnknown when no answer came: it may have been written, or still will be; repeat it unchanged
   * @throws Unavailable when certainly nothing was written because the store cannot be reached
   * @throws BadAppend for an empty append, a stream name or event that cannot be stored
   */
  append(stream: string, events: readonly NewEvent[], expected: Expected): Promise<Appended>;
  /** The events of one stream in order; none for a stream that does not exist. */
  read(stream: string, reading?: Reading): Promise<readonly Recorded[]>;
  /** Up to `limit` events with positions above `after`, in order. Fewer than `limit` means that the end was reached. */
  readAll(after: bigint, limit: number, filter?: Filter): Promise<readonly Recorded[]>;
  /** Position of the newest visible event, 0 when there is none. */
  head(): Promise<bigint>;
  /** How many events match with positions above `after`: what a reader that stands there still has before it. */
  countAfter(after: bigint, filter?: Filter): Promise<number>;
  /** Everything after a position, then live, in order, each once. Ends when `signal` aborts; throws when the connection is lost. */
  subscribe(after: bigint, options: { readonly filter?: Filter; readonly signal: AbortSignal }): AsyncIterable<Delivery>;
  close(): Promise<void>;
}

export class WrongRevision extends Error {
  constructor(
    readonly stream: string,
    readonly expected: Expected,
    /** The stream's last revision, or `none`. */
    readonly actual: number | 'none',
  ) {
    super(`${stream} stands at ${actual}, not at ${expected}`);
  }
}

/** The append was sent and not answered. Only the same ids at the same exact revision are safe to send again. */
export class OutcomeUnknown extends Error {}

/** The store cannot be reached; nothing was written. */
export class Unavailable extends Error {}

/** The append cannot be stored as it is, however often it is tried. */
export class BadAppend extends Error {}

/** A position as text, in a regular expression: enough for any log, and too few digits to overflow a bigint of PostgreSQL. */
export const positionForm = String.raw`\d{1,18}`;

export const kindOf = (stream: string) => stream.slice(0, stream.indexOf('-'));
export const idOf = (stream: string) => stream.slice(stream.indexOf('-') + 1);
export const streamOf = (kind: string, id: string) => `${kind}-${id}`;
/** What an event is called outside the store. */
export const nameOf = ({ stream, revision }: Pick<Recorded, 'stream' | 'revision'>) => `${stream}@${revision}`;
