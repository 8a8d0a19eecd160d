import type { ReadModel } from '../../src/engine/read-model';
import type { Runner } from '../../src/engine/runner';
import { MemoryStore } from '../../src/store/memory';
import { type Database, freshDatabase } from '../cluster/database';
import { formed, oneMission, record, runnerOver } from '../reading/recording';

let database: Database;
let store: MemoryStore;
let poisoned: boolean;
let hits: number;
let stands: () => void;
let wake: () => void;
let woken: Promise<void>;
beforeEach(async () => {
  database = await freshDatabase();
  await database.pool.query('create table seen (stream text, revision int, primary key (stream, revision))');
  store = new MemoryStore({ now: () => new Date('2021-01-01T12:00:00Z') });
  for (const id of ['a', 'b', 'c']) await record(store, `pairing-${id}`, formed);
  await record(store, 'pairing-a', oneMission, formed.length);
  poisoned = true;
  hits = 0;
  woken = new Promise((resolve) => (wake = resolve));
});
afterEach(async () => {
  wake();
  await database.drop();
});

/** Where it is poisoned, nothing comes of it: the process stands still, for ever as far as others know. */
const readModel: ReadModel = {
  name: 'seen',
  filter: {},
  tables: ['public.seen'],
  apply: async ({ touched, table }, transaction) => {
    for (const { stream, events } of touched) {
      if (poisoned && stream === 'pairing-b') {
        hits += 1;
        stands();
        await woken;
      }
      for (const { revision } of events) await transaction.query(`insert into ${table('public.seen')} values ($1, $2)`, [stream, revision]);
    }
  },
};
const process = () => runnerOver({ pool: database.pool, store, readModels: [readModel], leaseLife: 100 });
const rows = async () =>
  (await database.pool.query<{ row: string }>(`select stream || '@' || revision as row from seen order by 1`)).rows.map(({ row }) => row);
/** It comes to the poisoned stream, and its session to an end: as far as the database can tell, it is dead. */
const dies = async (runner: Runner): Promise<{ readonly running: Promise<unknown> }> => {
  const standing = new Promise<void>((resolve) => (stands = resolve));
  const running = runner.catchUp().catch((error: unknown) => error);
  await standing;
  await database.pool.query(`update engine.lease set until = now() - interval '1 s'`);
  return { running };
};
const setAside = {
  ...{ stream: 'pairing-b', revision: 0, attempts: 3, unfinished: true },
  error: 'the process ended, or stood still, each of the 3 times that it was tried',
};
const others = [...oneMission.map((_, revision) => `pairing-a@${revision}`), 'pairing-c@0'];

describe('a stream that ends whatever process handles it', () => {
  it('is found after it ended four, and set aside by the fifth, which goes on with the others', async () => {
    for (let processes = 1; processes <= 4; processes += 1) await dies(process());
    await process().catchUp();
    expect(hits).toBe(4);
    expect(await process().parked()).toMatchObject([setAside]);
    expect(await rows()).toEqual(others);
    expect(await process().status()).toMatchObject([{ lag: 0, parked: 1 }]);
  });

  it('is tried again by nobody but who asks for it, once each time', async () => {
    for (let processes = 1; processes <= 4; processes += 1) await dies(process());
    await process().catchUp();
    await process().catchUp();
    expect(hits).toBe(4);
    const asked = process();
    await asked.retry('seen', 'pairing-b');
    await dies(asked);
    expect(hits).toBe(5);
    await process().catchUp();
    expect(hits).toBe(5);
    expect(await process().parked()).toMatchObject([{ ...setAside, attempts: 4 }]);
    poisoned = false;
    const mended = process();
    await mended.retry('seen', 'pairing-b');
    await mended.catchUp();
    expect(await mended.parked()).toEqual([]);
    expect(await rows()).toEqual([...others, 'pairing-b@0'].toSorted());
  });

  it('is found by one process too that stands still of it too long, and wakes', async () => {
    const runner = process();
    for (let times = 1; times <= 4; times += 1) {
      const { running } = await dies(runner);
      wake();
      expect(await running).toMatchObject({ code: '25P03' });
      woken = new Promise((resolve) => (wake = resolve));
    }
    await runner.catchUp();
    expect(await runner.parked()).toMatchObject([setAside]);
    expect(await rows()).toEqual(others);
  });
});

describe('what others did not die of', () => {
  it('is tried by itself after a process died, and is not held against its stream', async () => {
    await dies(process());
    poisoned = false;
    await process().catchUp();
    expect(hits).toBe(1);
    expect(await process().parked()).toEqual([]);
    expect(await rows()).toEqual([...others, 'pairing-b@0'].toSorted());
  });
});
