import type { Pool } from 'pg';
import type { Stood } from '../engine/as-of';
import { illustrativeAsOf } from '../monitoring/known-at';

/** A thing as it stood. */
export interface StoodThing {
  readonly id: string;
  readonly stood: Pick<Stood, 'recorded' | 'standing'>;
}

/** The ids of those of which anything in force came with a data set that was known to be declared illustrative. */
export const illustrating = async (pool: Pool, things: readonly StoodThing[], position: bigint): Promise<ReadonlySet<string>> => {
  const imports = new Map(
    things.map(({ id, stood: { recorded, standing } }) => [
      id,
      standing.map(({ revision, correctedBy }) => recorded[correctedBy ?? revision]!.metadata.correlationId),
    ]),
  );
  const declared = await illustrativeAsOf(pool, [...imports.values()].flat(), position);
  return new Set([...imports].flatMap(([id, came]) => (came.some((each) => declared.has(each)) ? [id] : [])));
};
