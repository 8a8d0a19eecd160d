/** Who is assigned to a stream now, and the stream it belongs to, whose officers have the same rights on it. */
export interface Responsible {
  /** Accounts that are assigned to it and were not released since. */
  readonly officers: readonly string[];
  readonly under?: { readonly kind: string; readonly id: string };
}

/** Whose the streams of a lifecycle are: every officer's, or of those whom the state names. */
export type Responsibility<State> = 'every-officer' | ((state: State) => Responsible);
