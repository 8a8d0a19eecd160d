import type { Pool } from 'pg';
import type { EventStore } from '../store/port';
import { checkpoints } from './checkpoints';
import { parked } from './runner-parking';
import type { Worker } from './runner-worker';

export interface ReadModelStatus {
  readonly name: string;
  /** How far it has come, whoever brings it forward; undefined before it began in this epoch. */
  readonly position: string | undefined;
  /** Events it still has before it. */
  readonly lag: number;
  /** This process brings it forward. */
  readonly here: boolean;
  readonly parked: number;
  /** What keeps it from going on. */
  readonly trouble?: string;
}

/** How each read model stands, whoever brings it forward. */
export async function statusOf(
  pool: Pool,
  store: EventStore,
  workers: readonly Worker[],
  troubles: ReadonlyMap<string, string>,
): Promise<readonly ReadModelStatus[]> {
  const [positions, aside] = await Promise.all([
    checkpoints(
      pool,
      workers.map(({ key }) => key),
      await store.epoch(),
    ),
    parked(pool),
  ]);
  return Promise.all(
    workers.map(async ({ key, readModel: { name, filter }, held }): Promise<ReadModelStatus> => {
      const position = positions.get(key);
      const trouble = troubles.get(name);
      return {
        name,
        position: position === undefined ? undefined : String(position),
        lag: await store.countAfter(position ?? 0n, filter),
        here: held !== undefined,
        parked: aside.filter(({ readModel }) => readModel === name).length,
        ...(trouble === undefined ? {} : { trouble }),
      };
    }),
  );
}
