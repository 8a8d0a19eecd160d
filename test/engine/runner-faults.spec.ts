import { setImmediate } from 'node:timers/promises';
import type { ReadModel } from '../../src/engine/read-model';
import type { Runner } from '../../src/engine/runner';
import { MemoryStore } from '../../src/store/memory';
import { type Database, freshDatabase } from '../cluster/database';
import { formed, oneMission, record, runnerOver, TestTiming } from '../reading/recording';
import { type Fate, Fault, poolUnder, storeUnder } from './faults';

const told = oneMission.slice(0, 2);
let database: Database;
const store = new MemoryStore({ now: () => new Date('2021-01-01T12:00:00Z') });
beforeAll(async () => {
  database = await freshDatabase();
  await database.pool.query('create table seen (stream text, revision int, times int, owner text, primary key (stream, revision))');
  await record(store, 'pairing-a', told);
  await record(store, 'pairing-b', formed);
  await record(store, 'party-c', formed);
  await record(store, 'pairing-b', told, formed.length);
  await record(store, 'party-c', told, formed.length);
});
afterAll(() => database.drop());
beforeEach(clean);

async function clean() {
  await database.pool.query('delete from engine.checkpoint; delete from engine.lease; delete from engine.parked; delete from seen');
}

/** Counts how often each event was taken in; one stream cannot be read until it is mended. */
const seen = (owner: string, isMended: () => boolean): ReadModel => ({
  name: 'seen',
  filter: { kinds: ['pairing'] },
  tables: ['public.seen'],
  apply: async ({ touched, table }, transaction) => {
    for (const { stream, events } of touched) {
      for (const { revision } of events)
        await transaction.query(
          `insert into ${table('public.seen')} as s values ($1, $2, 1, $3) on conflict (stream, revision) do update set times = s.times + 1`,
          [stream, revision, owner],
        );
      if (stream === 'pairing-b' && !isMended()) throw new Error('cannot read it');
    }
  },
});
const rows = async () =>
  (await database.pool.query<{ row: string }>(`select stream || '@' || revision || ' ' || times as row from seen order by 1`)).rows.map(
    ({ row }) => row,
  );
const positions = async () =>
  (await database.pool.query<{ row: string }>(`select name || ' ' || position as row from engine.checkpoint order by 1`)).rows.map(
    ({ row }) => row,
  );
const everything = ['a', 'b'].flatMap((id) => told.map((_, revision) => `pairing-${id}@${revision} 1`));

let mended: boolean;
const over = (fate: Fate, timing = new TestTiming(), owner = 'faulty', leaseLife = 10_000) =>
  runnerOver({
    ...{ pool: poolUnder(database.pool, fate), store: storeUnder(store, fate), readModels: [seen(owner, () => mended)] },
    ...{ batch: 2, timing, owner, leaseLife },
  });
const calm: Fate = (call) => call();
/** Whoever tries again after a fault: the same process, or one that comes after it. */
type Next = (runner: Runner, fault: Fault) => Runner;
const trying = async (runner: Runner, then: () => Runner, work: (runner: Runner) => Promise<unknown>): Promise<Runner> => {
  try {
    await work(runner);
    return runner;
  } catch (error) {
    expect(String(error)).toMatch(/Connection terminated/);
    const other = then();
    await database.pool.query(`update engine.lease set until = now() - interval '1 s'`);
    await work(other);
    return other;
  }
};
/** Runs it with a fault at each call there is, until there are no more. @returns how many */
const atEachCall = async (when: 'before' | 'after', work: (fault: Fault) => Promise<void>): Promise<number> => {
  for (let at = 1; ; at += 1) {
    await clean();
    mended = false;
    const fault = new Fault(at, when);
    await work(fault);
    if (fault.isOver) return at - 1;
  }
};

describe.each(['before', 'after'] as const)('with a connection that is lost %s any one call takes effect', (when) => {
  const followers: readonly (readonly [string, Next])[] = [
    ['the same process', (runner) => runner],
    ['the next process', (_, fault) => over(fault.fate, new TestTiming(), 'next')],
  ];

  it.each(followers)('%s takes in every event once, sets aside what cannot be read, and takes that in once it can', async (_, next) => {
    const calls = await atEachCall(when, async (fault) => {
      let runner = over(fault.fate);
      const then = () => next(runner, fault);
      runner = await trying(runner, then, (each) => each.catchUp());
      expect(await rows()).toEqual(everything.filter((row) => row.startsWith('pairing-a')));
      expect(await over(calm).parked()).toMatchObject([{ stream: 'pairing-b', revision: 0 }]);
      mended = true;
      runner = await trying(runner, then, async (each) => {
        await each.retry('seen');
        await each.catchUp();
      });
      expect(await rows()).toEqual(everything);
      expect(await over(calm).parked()).toEqual([]);
      expect(await positions()).toEqual([`read-model seen ${String(await store.head())}`]);
    });
    expect(calls).toBeGreaterThan(40);
  });

  it.each(followers)('%s puts what was filled anew in place, whole, and nothing is left beside it', async (_, next) => {
    const calls = await atEachCall(when, async (fault) => {
      mended = true;
      await over(calm).catchUp();
      await database.pool.query(`update seen set owner = 'old'`);
      const runner = over(fault.fate);
      await trying(
        runner,
        () => next(runner, fault),
        (each) => each.rebuild('seen'),
      );
      expect(await rows()).toEqual(everything);
      expect((await database.pool.query(`select from seen where owner = 'old'`)).rowCount).toBe(0);
      expect(await positions()).toEqual([`read-model seen ${String(await store.head())}`]);
      expect((await database.pool.query(`select to_regclass('public_next.seen') as left`)).rows).toEqual([{ left: null }]);
    });
    expect(calls).toBeGreaterThan(30);
  });

  it('a server that runs goes on by itself', async () => {
    // It goes on calling for ever; by the last of these it stands at the head.
    for (let at = 1; at <= 20; at += 1) {
      await clean();
      mended = true;
      const timing = new TestTiming();
      const fault = new Fault(at, when);
      // A lease that was taken without an answer has to run out.
      const runner = over(fault.fate, timing, 'server', 500);
      runner.start();
      while ((await positions())[0] !== `read-model seen ${String(await store.head())}` || !fault.isPast) {
        timing.pass();
        await setImmediate();
      }
      await runner.stop();
      expect(await rows()).toEqual(everything);
    }
  });
});

it('an owner that stands still at any one call, beyond its lease, writes nothing more when it wakes', async () => {
  let calls = 0;
  for (let at = 1; calls >= at - 1; at += 1) {
    await clean();
    mended = true;
    calls = 0;
    let wake: () => void = () => undefined;
    const woken = new Promise<void>((resolve) => (wake = resolve));
    let stands: () => void = () => undefined;
    const standing = new Promise<void>((resolve) => (stands = resolve));
    const underWay: Promise<unknown>[] = [];
    const freezing: Fate = async (call) => {
      calls += 1;
      if (calls >= at) {
        stands();
        await woken;
      }
      const answer = call();
      underWay.push(answer);
      return answer;
    };
    const brief = { pool: poolUnder(database.pool, freezing), store: storeUnder(store, freezing), batch: 2 };
    const old = runnerOver({ ...brief, readModels: [seen('old', () => true)], owner: 'old', leaseLife: 100 });
    const running = old.catchUp().catch((error: unknown) => error);
    await Promise.race([standing, running]);
    if (calls < at) break;
    // What was sent before it froze is done all the same.
    await Promise.allSettled(underWay);
    // Waits until the server has ended the session that holds it, where there is one.
    await database.pool.query(`update engine.lease set until = now() - interval '1 s'`);
    const before = await rows();
    await over(calm, new TestTiming(), 'new').catchUp();
    wake();
    await running;
    expect(await rows()).toEqual(everything);
    const { rowCount } = await database.pool.query(`select from seen where owner = 'old'`);
    expect(rowCount).toBe(before.length);
    expect(await positions()).toEqual([`read-model seen ${String(await store.head())}`]);
  }
  expect(calls).toBeGreaterThan(15);
});
