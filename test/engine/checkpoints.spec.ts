import { CheckpointMoved, checkpointOf, moveCheckpoint, skipAhead } from '../../src/engine/checkpoints';
import { LeaseLost, Leases } from '../../src/engine/leases';
import { type Database, freshDatabase } from '../cluster/database';

const counted = { name: 'read-model seen', epoch: 'one', version: 1 };
let database: Database;
beforeEach(async () => {
  database = await freshDatabase();
});
afterEach(() => database.drop());

const position = async () =>
  (await database.pool.query<{ position: string }>('select position::text from engine.checkpoint')).rows.map((row) => row.position);
const held = async () => {
  const leases = new Leases(database.pool, 'here');
  const [lease] = await leases.take([counted.name]);
  await leases.whileHolding(lease!, (transaction) => checkpointOf(transaction, counted));
  return { leases, lease: lease! };
};

describe('a checkpoint', () => {
  it('is moved from where it was left only, by the definition and in the epoch that it counts', async () => {
    const { leases, lease } = await held();
    const move = (from: bigint, to: bigint, what = counted) =>
      leases.whileHolding(lease, (transaction) => moveCheckpoint(transaction, what, from, to));
    await move(0n, 5n);
    await expect(move(0n, 7n)).rejects.toThrow(CheckpointMoved);
    await expect(move(5n, 7n, { ...counted, epoch: 'another' })).rejects.toThrow(CheckpointMoved);
    await expect(move(5n, 7n, { ...counted, version: 2 })).rejects.toThrow(CheckpointMoved);
    expect(await position()).toEqual(['5']);
  });

  it('passes what does not concern it from where it was left only, and only under the lease', async () => {
    const { lease } = await held();
    const skip = (from: bigint, to: bigint, token = lease.token) => skipAhead(database.pool, { ...lease, token }, counted, from, to);
    await skip(0n, 5n);
    await expect(skip(0n, 7n)).rejects.toThrow(CheckpointMoved);
    await expect(skip(5n, 7n, '77')).rejects.toThrow(LeaseLost);
    expect(await position()).toEqual(['5']);
  });
});
