import type { Pool } from 'pg';
import type { AnyLifecycle } from '../kernel/lifecycle';
import type { RuleBook } from '../kernel/rules';
import type { EventStore } from '../store/port';
import type { ReadModel } from './read-model';
import type { Listener, Timing } from './runner-tail';

export interface RunnerOptions {
  /** Of the database that holds the read models. */
  readonly pool: Pool;
  /** Of the same database, for batches alone: those of all read models wait for one of its connections. `pool` where left out. */
  readonly writing?: Pool;
  readonly store: EventStore;
  readonly lifecycles: readonly AnyLifecycle[];
  readonly rules: { load(names: Iterable<string>): Promise<RuleBook> };
  readonly readModels: readonly ReadModel[];
  /** Random name of this process. */
  readonly owner: string;
  readonly timing: Timing;
  /** Milliseconds a lease lasts (10,000); a heartbeat comes at a third of it. */
  readonly leaseLife?: number;
  /** Told of every event while the runner follows the store. */
  readonly listener?: Listener;
  /** Most events of a batch (1,000); one that would end inside a command goes on to its end. */
  readonly batch?: number;
  /** Told of what went wrong and is tried again: lost connections, lost leases, a store of another epoch; and of every stream that is set aside. */
  readonly report?: (readModel: string | undefined, error: unknown) => void;
}
