import { CheckpointMoved, checkpointOf, moveCheckpoint, skipAhead } from '../../src/engine/checkpoints';
import { LeaseLost, Leases } from '../../src/engine/leases';
import { Skips } from '../../src/engine/skips';
import { type Database, freshDatabase } from '../cluster/database';

const counted = { name: 'read-model seen', epoch: 'one', version: 1 };
let database: Database;
beforeEach(async () => {
  database = await freshDatabase();
});
afterEach(() => database.drop());

const position = async () =>
  (await database.pool.query<{ position: string }>('select position::text from engine.checkpoint')).rows.map((row) => row.position);
const held = async (what = counted) => {
  const leases = new Leases(database.pool, 'here');
  const [lease] = await leases.take([what.name]);
  await leases.whileHolding(lease!, (transaction) => checkpointOf(transaction, what));
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

  it.each([
    ['by itself', skipAhead],
    ['with others', (pool, ...asked) => new Skips(pool).take(...asked)],
  ] satisfies [string, typeof skipAhead][])(
    'passes what does not concern it from where it was left only, and only under the lease, %s',
    async (_, passing) => {
      const { lease } = await held();
      const skip = (from: bigint, to: bigint, what = counted, token = lease.token) =>
        passing(database.pool, { ...lease, token }, what, from, to);
      await skip(0n, 5n);
      await expect(skip(0n, 7n)).rejects.toThrow(CheckpointMoved);
      await expect(skip(5n, 7n, { ...counted, epoch: 'another' })).rejects.toThrow(CheckpointMoved);
      await expect(skip(5n, 7n, { ...counted, version: 2 })).rejects.toThrow(CheckpointMoved);
      await expect(skip(5n, 7n, counted, '77')).rejects.toThrow(LeaseLost);
      expect(await position()).toEqual(['5']);
    },
  );

  it('waits alone where its lease is written under, while others pass', async () => {
    const [slow, quick] = [counted, { ...counted, name: 'read-model quick' }];
    const { leases, lease } = await held(slow);
    const { lease: free } = await held(quick);
    const skips = new Skips(database.pool);
    let waiting: Promise<void> | undefined;
    await leases.whileHolding(lease, async () => {
      waiting = skips.take(lease, slow, 0n, 5n);
      await skips.take(free, quick, 0n, 5n);
      await skips.take(free, quick, 5n, 7n);
      expect((await position()).toSorted()).toEqual(['0', '7']);
    });
    await waiting;
    expect((await position()).toSorted()).toEqual(['5', '7']);
  });
});
