import type { Folded } from '../kernel/history';
import type { AnyLifecycle } from '../kernel/lifecycle';
import type { Language } from './language';

export interface TimelinePage {
  readonly entries: readonly object[];
  /** Revision after which the next page begins; absent on the last. */
  readonly next?: number | undefined;
  /** Last revision that is told; −1 where nothing is. */
  readonly revision: number;
  /** Something recorded is not told yet, and waits for repair. */
  readonly stale: boolean;
}
export interface ListPage {
  readonly items: readonly object[];
  /** Cursor of the next page; absent on the last. */
  readonly next?: string | undefined;
}

/** What the routes read; the composition binds it to the store and the read models. */
export abstract class Reading {
  /** What is in force of a thing, straight from its events; revision −1 where there are none. */
  abstract load(of: AnyLifecycle, id: string): Promise<Folded>;
  abstract timeline(stream: string, page: { after?: number; limit: number; language: Language }): Promise<TimelinePage>;
  abstract list(of: AnyLifecycle, page: { after?: string; limit: number; language: Language }): Promise<ListPage>;
  /** False where the read models have not come so far in time. */
  abstract waitFor(position: bigint, milliseconds: number): Promise<boolean>;
  abstract epoch(): Promise<string>;
  abstract report(question: { asOf?: string; knownAt?: string; position?: string; language: Language }): Promise<object>;
}

/** Whether what the service needs answers. */
export class Readiness {
  /** @param checks each by its name; the promise fails where it does not answer */
  constructor(readonly checks: Readonly<Record<string, () => Promise<unknown>>>) {}
}
