import type { Pool, PoolClient } from 'pg';
import { type Lease, LeaseLost } from './leases';

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

/** The rows were made by another definition than this process has. */
export class OtherVersion extends Error {
  constructor(
    readonly of: string,
    readonly known: number,
    readonly actual: number,
  ) {
    super(`${of} has rows of version ${known}, and this process makes those of version ${actual}`);
  }
  /** Those of a newer release: an older one leaves them alone. */
  get isNewer(): boolean {
    return this.known > this.actual;
  }
}

/** Somebody else, a rebuild most likely, put the checkpoint elsewhere; nothing of the transaction was written. */
export class CheckpointMoved extends Error {
  constructor(readonly of: string) {
    super(`${of} does not stand where it was left`);
  }
}

/** What a checkpoint counts: positions of a store, taken in by a definition. */
export interface Counted {
  readonly name: string;
  readonly epoch: string;
  readonly version: number;
}
interface Row {
  readonly epoch: string;
  readonly position: string;
  readonly version: number;
}

/**
 * How far `name` has come; 0 where it never began.
 *
 * @throws EpochChanged, OtherVersion
 */
export async function checkpointOf(transaction: PoolClient, { name, epoch, version }: Counted): Promise<bigint> {
  await transaction.query('insert into engine.checkpoint (name, epoch, position, version) values ($1, $2, 0, $3) on conflict do nothing', [
    name,
    epoch,
    version,
  ]);
  const row = (await storedCheckpoint(transaction, name))!;
  if (row.version !== version) throw new OtherVersion(name, row.version, version);
  if (row.epoch !== epoch) throw new EpochChanged(name, row.epoch, epoch);
  return row.position;
}

/** As it stands, whatever it counts. */
export async function storedCheckpoint(
  transaction: PoolClient,
  name: string,
): Promise<(Omit<Row, 'position'> & { readonly position: bigint }) | undefined> {
  const { rows } = await transaction.query<Row>('select epoch, position, version from engine.checkpoint where name = $1', [name]);
  return rows[0] && { ...rows[0], position: BigInt(rows[0].position) };
}

/** How far each of the names has come, whoever brings them forward; those that never began are absent. */
export async function checkpoints(pool: Pool, names: readonly string[], epoch: string): Promise<ReadonlyMap<string, bigint>> {
  const { rows } = await pool.query<{ name: string; position: string }>(
    'select name, position from engine.checkpoint where name = any($1) and epoch = $2',
    [names, epoch],
  );
  return new Map(rows.map(({ name, position }) => [name, BigInt(position)]));
}

/**
 * Inside the transaction that writes what the events between the two positions gave.
 *
 * @throws CheckpointMoved
 */
export async function moveCheckpoint(transaction: PoolClient, { name, epoch, version }: Counted, from: bigint, to: bigint): Promise<void> {
  const { rowCount } = await transaction.query(
    'update engine.checkpoint set position = $5 where name = $1 and epoch = $2 and version = $3 and position = $4',
    [name, epoch, version, String(from), String(to)],
  );
  if (rowCount !== 1) throw new CheckpointMoved(name);
}

/**
 * Where nothing matched between two positions there is nothing to write but that.
 *
 * @throws LeaseLost, CheckpointMoved
 */
export async function skipAhead(pool: Pool, lease: Lease, { name, epoch, version }: Counted, from: bigint, to: bigint): Promise<void> {
  const { rows } = await pool.query<{ held: boolean; moved: boolean }>(
    `with unhurried as materialized (select set_config('synchronous_commit', 'off', true)),
     held as materialized (select name from unhurried, engine.lease where name = $6 and token = $7 for no key update of lease),
     moved as (
       update engine.checkpoint c set position = $5 from held
       where c.name = $1 and c.epoch = $2 and c.version = $3 and c.position = $4 returning c.name)
     select exists (select from held) as held, exists (select from moved) as moved`,
    [name, epoch, version, String(from), String(to), lease.name, lease.token],
  );
  if (!rows[0]!.held) throw new LeaseLost(lease.name);
  if (!rows[0]!.moved) throw new CheckpointMoved(name);
}

/** Back to the beginning, in the store's present epoch. */
export async function resetCheckpoint(transaction: PoolClient, { name, epoch, version }: Counted): Promise<void> {
  await transaction.query(
    `insert into engine.checkpoint (name, epoch, position, version) values ($1, $2, 0, $3)
     on conflict (name) do update set epoch = excluded.epoch, version = excluded.version, position = 0`,
    [name, epoch, version],
  );
}

/** What one name counted so far is counted under another from now on. */
export async function renameCheckpoint(transaction: PoolClient, from: string, to: string): Promise<void> {
  await transaction.query('delete from engine.checkpoint where name = $1', [to]);
  await transaction.query('update engine.checkpoint set name = $2 where name = $1', [from, to]);
}
