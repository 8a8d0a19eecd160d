/** A stream by its kind and id. */
export interface StreamId {
  readonly kind: string;
  readonly id: string;
}

/** Who is assigned to a stream now, and the stream it belongs to, whose officers have the same rights on it. */
export interface Responsible {
  /** Accounts that are assigned to it and were not released since. */
  readonly officers: readonly string[];
  readonly under?: StreamId;
  /** Streams that it is formed from: whoever brings one into it needs the right on that, and its officers get none on this one. */
  readonly takes?: readonly StreamId[];
}

/** Whose the streams of a lifecycle are: every officer's, or of those whom the state names. */
export type Responsibility<State> = 'every-officer' | ((state: State) => Responsible);
