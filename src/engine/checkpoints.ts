import type { Pool, PoolClient } from 'pg';

/** The positions that were counted so far belong to another store, or to this one before it was restored. */
export class EpochChanged extends Error {
  constructor(
    readonly of: string,
    readonly known: string,
    readonly actual: string,
  ) {
    super(`${of} was made from epoch ${known} of the store, which is now at epoch ${actual} (restored, or another store): rebuild it`);
  }
}

/**
 * How far `name` has come; 0 where it never began.
 *
 * @throws EpochChanged
 */
export async function checkpointOf(pool: Pool, name: string, epoch: string): Promise<bigint> {
  await pool.query('insert into engine.checkpoint (name, epoch, position) values ($1, $2, 0) on conflict do nothing', [name, epoch]);
  const { rows } = await pool.query<{ epoch: string; position: string }>('select epoch, position from engine.checkpoint where name = $1', [
    name,
  ]);
  const row = rows[0]!;
  if (row.epoch !== epoch) throw new EpochChanged(name, row.epoch, epoch);
  return BigInt(row.position);
}

/** How far each of the names has come, whoever brings them forward; those that never began are absent. */
export async function checkpoints(pool: Pool, names: readonly string[], epoch: string): Promise<ReadonlyMap<string, bigint>> {
  const { rows } = await pool.query<{ name: string; position: string }>(
    'select name, position from engine.checkpoint where name = any($1) and epoch = $2',
    [names, epoch],
  );
  return new Map(rows.map(({ name, position }) => [name, BigInt(position)]));
}

/** Inside the transaction that writes what the events up to `position` gave. */
export async function moveCheckpoint(transaction: PoolClient, name: string, position: bigint): Promise<void> {
  await transaction.query('update engine.checkpoint set position = $2 where name = $1', [name, String(position)]);
}

/**
 * Where nothing matched between two positions there is nothing to write but that, and it is true whoever writes it.
 *
 * @returns whether the checkpoint stood at `from`
 */
export async function skipAhead(pool: Pool, name: string, from: bigint, to: bigint): Promise<boolean> {
  const { rowCount } = await pool.query(
    `with unhurried as materialized (select set_config('synchronous_commit', 'off', true))
     update engine.checkpoint set position = $3 from unhurried where name = $1 and position = $2`,
    [name, String(from), String(to)],
  );
  return rowCount === 1;
}

/** Back to the beginning, in the store's present epoch. */
export async function resetCheckpoint(transaction: PoolClient, name: string, epoch: string): Promise<void> {
  await transaction.query(
    `insert into engine.checkpoint (name, epoch, position) values ($1, $2, 0)
     on conflict (name) do update set epoch = excluded.epoch, position = 0`,
    [name, epoch],
  );
}
