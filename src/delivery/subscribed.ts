import type { EventFilter } from './event-filter';

/** Where a subscription begins, or begins again: events and instants, since positions are never recorded. */
export interface Start {
  readonly from?: 'beginning' | 'now' | undefined;
  /** `stream@revision`: with what was recorded after it. */
  readonly after?: string | undefined;
  /** With what was recorded at or after an instant. */
  readonly since?: string | undefined;
}

/** Events that are to be delivered once more. */
export interface Replay {
  /** Counts the orders that the subscription ever had, from 1. */
  readonly replay: number;
  /** `stream@revision` of each; or a range. */
  readonly events?: readonly string[] | undefined;
  readonly since?: string | undefined;
  readonly until?: string | undefined;
}

/** A subscription as what was recorded of it says. */
export interface Subscribed {
  readonly id: string;
  readonly filter: EventFilter;
  /** How often a start was named, and the last one; counted from 1. */
  readonly starts: number;
  readonly start: Start;
  /** How many orders to replay it ever had, and those that may not be taken in yet. */
  readonly replays: number;
  readonly replayed: readonly Replay[];
}

/** Where events and instants are in the store as it is now. */
export interface Places {
  epoch(): Promise<string>;
  head(): Promise<bigint>;
  /** Undefined where there is no such event. */
  positionOf(stream: string, revision: number): Promise<bigint | undefined>;
  /** Reading on from there misses nothing recorded at or after an instant. */
  positionBefore(instant: string): Promise<bigint>;
  /** Where the last naming of a start was recorded. */
  namedAt(subscription: string): Promise<bigint>;
}

/** What it counts from is not to be found in this store: it was restored, or copied without it. Whoever owns it says where it goes on. */
export class LostPlace extends Error {
  constructor(readonly subscription: string) {
    super(`where ${subscription} was is not in this store: move it`);
  }
}
