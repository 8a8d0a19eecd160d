import type { Pool } from 'pg';
import type { EventStore } from '../store/port';
import { checkpoints } from './checkpoints';
import { signsOfLife } from './signs-of-life';
import { parked } from './runner-parking';
import type { Worker } from './runner-worker';

export interface ReadModelStatus {
  readonly name: string;
  /** How far it has come, whoever brings it forward; undefined before it began in this epoch. */
  readonly position: string | undefined;
  /** Events it still has before it, by the head of the store. */
  readonly lag: number;
  /** This process brings it forward. */
  readonly here: boolean;
  readonly parked: number;
  /** Milliseconds since whoever brings it forward gave a sign of life; undefined where nobody does. */
  readonly heartbeat: number | undefined;
  /** What keeps it from going on. */
  readonly trouble?: string;
}

/** How each read model stands, whoever brings it forward. */
export async function statusOf(
  pool: Pool,
  store: EventStore,
  workers: readonly Worker[],
  troubles: ReadonlyMap<string, string>,
  leaseLife: number,
): Promise<readonly ReadModelStatus[]> {
  const keys = workers.map(({ key }) => key);
  const [positions, aside, signs, head] = await Promise.all([
    checkpoints(pool, keys, await store.epoch()),
    parked(pool),
    signsOfLife(pool, leaseLife),
    store.head(),
  ]);
  return Promise.all(
    workers.map(async ({ key, readModel: { name, filter }, held }): Promise<ReadModelStatus> => {
      const position = positions.get(key);
      const trouble = troubles.get(name);
      return {
        name,
        position: position === undefined ? undefined : String(position),
        // Counting reads what it counts in some stores.
        lag: (position ?? 0n) >= head ? 0 : await store.countAfter(position ?? 0n, filter),
        here: held !== undefined,
        heartbeat: signs.get(key)?.age,
        parked: aside.filter(({ readModel }) => readModel === name).length,
        ...(trouble === undefined ? {} : { trouble }),
      };
    }),
  );
}
