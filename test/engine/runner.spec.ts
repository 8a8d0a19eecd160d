import { freshDatabase, type Database } from '../cluster/database';
import type { ReadModel } from '../../src/engine/read-model';
import { CheckpointMoved, skipAhead } from '../../src/engine/checkpoints';
import { LeaseLost, Leases } from '../../src/engine/leases';
import { PostgresStore } from '../../src/store/postgres';
import { formed, oneMission, record, runnerOver, TestTiming, type Told } from '../reading/recording';

const virtual: Told = [
  'MissionMadeVirtual',
  { mission: 2, reason: { text: '00000000-0000-4000-8000-000000000001', digest: 'd'.repeat(64) } },
  '2018-03',
];

let database: Database;
let store: PostgresStore;
beforeEach(async () => {
  database = await freshDatabase();
  store = new PostgresStore({ url: database.url });
  await database.pool.query('create table seen (stream text, revision int, owner text, primary key (stream, revision))');
});
afterEach(async () => {
  await store.close();
  await database.drop();
});

/** Writes down every event it is given, and fails where `stumbles` says so, after it has written. */
const seenBy = (
  owner: string,
  stumbles: (stream: string) => boolean = () => false,
  before: () => Promise<void> = () => Promise.resolve(),
): ReadModel => ({
  name: 'seen',
  filter: { kinds: ['pairing'] },
  tables: ['public.seen'],
  apply: async ({ touched, table }, transaction) => {
    await before();
    for (const { stream, events } of touched) {
      for (const { revision } of events)
        await transaction.query(`insert into ${table('public.seen')} values ($1, $2, $3)`, [stream, revision, owner]);
    }
    const stumbled = touched.find(({ stream }) => stumbles(stream));
    if (stumbled) throw new Error(`cannot read ${stumbled.stream}`);
  },
});
const rows = async () =>
  (await database.pool.query<{ stream: string; revision: number; owner: string }>('select * from seen order by stream, revision')).rows;
const revisions = async (stream: string) => (await rows()).filter((row) => row.stream === stream).map(({ revision }) => revision);
const runner = (readModel: ReadModel, options: Partial<Parameters<typeof runnerOver>[0]> = {}) =>
  runnerOver({ pool: database.pool, store, readModels: [readModel], ...options });
const position = async () =>
  BigInt((await database.pool.query<{ position: string }>('select position from engine.checkpoint')).rows[0]?.position ?? 0);

describe('a read model', () => {
  it('takes in every event once, in batches of any size, and says how far it has come', async () => {
    for (const id of ['a', 'b', 'c']) await record(store, `pairing-${id}`, oneMission);
    const small = runner(seenBy('one'), { batch: 2 });
    await small.catchUp();
    await record(store, 'pairing-a', [...oneMission, virtual], oneMission.length);
    await runner(seenBy('two')).catchUp();
    expect(await revisions('pairing-a')).toEqual([0, 1, 2, 3, 4, 5]);
    expect((await rows()).map(({ owner }) => owner).filter((owner) => owner === 'two')).toHaveLength(1);
    expect(await small.status()).toEqual([
      { name: 'seen', position: String(await store.head()), lag: 0, here: false, heartbeat: undefined, parked: 0 },
    ]);
  });

  it('catches up, and is filled anew, in a process that follows the log and has yet to hear what another recorded', async () => {
    const other = new PostgresStore({ url: database.url });
    const following = runner(seenBy('one'));
    following.start();
    for (let nth = 0; nth < 10; nth += 1) {
      await record(other, `pairing-${nth}`, formed);
      await (nth % 2 === 0 ? following.catchUp() : following.rebuild('seen'));
      expect(await rows()).toHaveLength(formed.length * (nth + 1));
    }
    await following.stop();
    await other.close();
  });

  it('gets each stream with its whole history, also what an earlier process read', async () => {
    await record(store, 'pairing-a', formed);
    await runner(seenBy('one')).catchUp();
    await record(store, 'pairing-a', oneMission, formed.length);
    const histories: number[][] = [];
    await runner({
      ...seenBy('two'),
      apply: ({ touched }) =>
        Promise.resolve(void histories.push(...touched.map(({ history, events }) => [history.length, events.length]))),
    }).catchUp();
    expect(histories).toEqual([[5, 4]]);
  });

  it('is left without rows and without progress when the transaction does not come to its end', async () => {
    await record(store, 'pairing-a', oneMission);
    const lost = Object.assign(new Error('terminated'), { code: '57P01' });
    const failing = {
      ...seenBy('one'),
      apply: async (...given: Parameters<ReadModel['apply']>) =>
        seenBy('one')
          .apply(...given)
          .then(() => Promise.reject(lost)),
    };
    await expect(runner(failing).catchUp()).rejects.toBe(lost);
    expect(await rows()).toEqual([]);
    expect(await position()).toBe(0n);
  });

  it('is refused when the store has another epoch, until it is rebuilt', async () => {
    await record(store, 'pairing-a', formed);
    await runner(seenBy('one')).catchUp();
    await database.pool.query('update store.epoch set id = gen_random_uuid()');
    const restored = new PostgresStore({ url: database.url });
    const after = runnerOver({ pool: database.pool, store: restored, readModels: [seenBy('two')] });
    await expect(after.catchUp()).rejects.toThrow('rebuild it');
    await after.rebuild('seen');
    expect((await rows()).map(({ owner }) => owner)).toEqual(['two']);
    await restored.close();
  });

  it('is filled anew by a rebuild, also while another process holds its lease', async () => {
    await record(store, 'pairing-a', oneMission);
    const serving = runner(seenBy('serving'));
    serving.start();
    expect(await serving.caughtUp(await store.head(), 60_000)).toBe(true);
    await runner(seenBy('rebuilt')).rebuild('seen');
    expect(new Set((await rows()).map(({ owner }) => owner))).toEqual(new Set(['rebuilt']));
    await serving.stop();
  });
});

describe('several read models', () => {
  it('are rebuilt at once by one process without taking each other’s leases', async () => {
    for (const id of ['a', 'b', 'c', 'd']) await record(store, `pairing-${id}`, oneMission);
    await database.pool.query('create table seen_too (like seen including all)');
    const too: ReadModel = {
      ...seenBy('two'),
      name: 'seen-too',
      tables: ['public.seen_too'],
      apply: async ({ touched, table }, transaction) => {
        for (const { stream, events } of touched)
          await transaction.query(`insert into ${table('public.seen_too')} values ($1, $2)`, [stream, events[0]!.revision]);
      },
    };
    const both = runner(seenBy('one'), { readModels: [seenBy('one'), too], batch: 3 });
    await both.catchUp();
    await Promise.all([both.rebuild('seen'), both.rebuild('seen-too')]);
    expect(await rows()).toHaveLength(20);
    expect(await both.status()).toMatchObject([{ lag: 0 }, { lag: 0 }]);
  });
});

describe('a poisoned stream', () => {
  it('waits in order while the others go on, and is taken up from where it stopped', async () => {
    let poisoned = true;
    const readModel = seenBy('one', (stream) => poisoned && stream === 'pairing-b');
    const running = runner(readModel);
    for (const id of ['a', 'b', 'c']) await record(store, `pairing-${id}`, formed);
    await running.catchUp();
    for (const id of ['a', 'b', 'c']) await record(store, `pairing-${id}`, oneMission, formed.length);
    await running.catchUp();
    expect(await revisions('pairing-a')).toEqual([0, 1, 2, 3, 4]);
    expect(await revisions('pairing-b')).toEqual([]);
    expect(await running.isStale('seen', 'pairing-b')).toBe(true);
    expect(await running.isStale('seen', 'pairing-a')).toBe(false);
    expect(await running.parked()).toEqual([
      {
        readModel: 'seen',
        stream: 'pairing-b',
        revision: 0,
        error: 'cannot read pairing-b',
        attempts: 2,
        parkedAt: expect.any(String) as string,
      },
    ]);
    poisoned = false;
    await running.retry('seen', 'pairing-b');
    await running.catchUp();
    expect(await revisions('pairing-b')).toEqual([0, 1, 2, 3, 4]);
    expect(await running.isStale('seen', 'pairing-b')).toBe(false);
  });

  it('waits also when what comes next could be taken in, until it is tried from where it stopped', async () => {
    let poisoned = true;
    const running = runner(seenBy('one', (stream) => poisoned && stream === 'pairing-b'));
    running.start();
    expect(await running.caughtUp(await record(store, 'pairing-b', formed), 60_000)).toBe(true);
    poisoned = false;
    expect(await running.caughtUp(await record(store, 'pairing-b', oneMission, formed.length), 60_000)).toBe(true);
    expect(await revisions('pairing-b')).toEqual([]);
    await running.stop();
    await running.retry('seen', 'pairing-b');
    await running.catchUp();
    expect(await revisions('pairing-b')).toEqual([0, 1, 2, 3, 4]);
  });

  it('can be given up with a reason, and is taken up again with its next event', async () => {
    let poisoned = true;
    const running = runner(seenBy('one', (stream) => poisoned && stream === 'pairing-b'));
    await record(store, 'pairing-b', formed);
    await running.catchUp();
    await running.drop('seen', 'pairing-b', 'written by a trial');
    poisoned = false;
    await record(store, 'pairing-b', oneMission, formed.length);
    await running.catchUp();
    expect(await revisions('pairing-b')).toEqual([1, 2, 3, 4]);
    expect(await running.parked('seen')).toEqual([expect.objectContaining({ droppedBecause: 'written by a trial', revision: 0 })]);
  });

  it('lacks what was given up, also when it was set aside again and what came after is taken in', async () => {
    let poisoned = true;
    const running = runner(seenBy('one', (stream) => poisoned && stream === 'pairing-b'));
    await record(store, 'pairing-b', formed);
    await running.catchUp();
    await running.drop('seen', 'pairing-b', 'written by a trial');
    await record(store, 'pairing-b', oneMission, formed.length);
    await running.catchUp();
    expect(await running.parked('seen')).toMatchObject([{ revision: 1 }]);
    poisoned = false;
    await running.retry('seen');
    await running.catchUp();
    expect(await revisions('pairing-b')).toEqual([1, 2, 3, 4]);
    expect(await running.parked('seen')).toMatchObject([{ revision: 0, droppedBecause: 'written by a trial' }]);
    expect(await running.isStale('seen', 'pairing-b')).toBe(true);
    await running.rebuild('seen');
    expect(await running.parked('seen')).toEqual([]);
  });

  it('is also one of a kind that nothing here knows', async () => {
    await record(store, 'mystery-a', formed);
    await record(store, 'pairing-a', formed);
    const running = runner({ ...seenBy('one'), filter: {} });
    await running.catchUp();
    expect(await revisions('pairing-a')).toEqual([0]);
    expect(await running.parked()).toEqual([expect.objectContaining({ stream: 'mystery-a', error: 'no lifecycle is named mystery' })]);
  });
});

describe('several processes', () => {
  const expire = () => database.pool.query(`update engine.lease set until = '-infinity'`);

  it('let the one that holds the lease write, and the next one take over when it is gone', async () => {
    const first = runner(seenBy('first'));
    first.start();
    const position = await record(store, 'pairing-a', formed);
    expect(await first.caughtUp(position, 60_000)).toBe(true);
    const timing = new TestTiming();
    const second = runner(seenBy('second'), { timing });
    second.start();
    const next = await record(store, 'pairing-a', oneMission, formed.length);
    expect(await second.caughtUp(next, 60_000)).toBe(true);
    expect(new Set((await rows()).map(({ owner }) => owner))).toEqual(new Set(['first']));

    await first.stop();
    timing.pass();
    expect(await second.caughtUp(await record(store, 'pairing-b', formed), 60_000)).toBe(true);
    expect((await rows()).at(-1)).toEqual({ stream: 'pairing-b', revision: 0, owner: 'second' });
    await second.stop();
  });

  it('cannot commit a row under an outdated token, however late they wake', async () => {
    await record(store, 'pairing-a', formed);
    let awake: () => void = () => undefined;
    const frozen = new Promise<void>((resolve) => (awake = resolve));
    const slow = new Leases(database.pool, 'slow');
    const [old] = await slow.take(['read-model seen']);
    await expire();
    const running = runner(seenBy('new'));
    const late = frozen.then(() =>
      slow.whileHolding(old!, (transaction) => transaction.query(`insert into seen values ('pairing-a', 7, 'old')`)),
    );
    await running.catchUp();
    awake();
    await expect(late).rejects.toThrow(LeaseLost);
    expect((await rows()).map(({ owner }) => owner)).toEqual(['new']);
    expect(await slow.renew([old!])).toEqual([old]);
  });

  it('cannot move a checkpoint either, past events that it is not about', async () => {
    await runner(seenBy('first')).catchUp();
    await record(store, 'party-a', formed);
    const old = new Leases(database.pool, 'old');
    const [lease] = await old.take(['read-model seen']);
    await expire();
    const [next] = await new Leases(database.pool, 'next').take(['read-model seen']);
    const counted = { name: 'read-model seen', epoch: await store.epoch(), version: 1 };
    await expect(skipAhead(database.pool, lease!, counted, 0n, 1n)).rejects.toThrow(LeaseLost);
    expect(await position()).toBe(0n);
    await expect(skipAhead(database.pool, next!, { ...counted, version: 2 }, 0n, 1n)).rejects.toThrow(CheckpointMoved);
    await expect(skipAhead(database.pool, next!, counted, 1n, 2n)).rejects.toThrow(CheckpointMoved);
    expect(await position()).toBe(0n);
    await skipAhead(database.pool, next!, counted, 0n, 1n);
    expect(await position()).toBe(1n);
  });
});
