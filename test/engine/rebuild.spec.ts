import { everyReadModel } from '../../src/puente';
import type { ReadModel } from '../../src/engine/read-model';
import { moveCheckpoint } from '../../src/engine/checkpoints';
import { Leases } from '../../src/engine/leases';
import { besideIt, shapeOf } from '../../src/engine/runner-tables';
import { timersModel } from '../../src/engine/timers';
import { lifecycles } from '../../src/lifecycles/all';
import { PostgresStore } from '../../src/store/postgres';
import { type Database, freshDatabase } from '../cluster/database';
import { formed, oneMission, record, runnerOver } from '../reading/recording';
import { poolUnder, storeUnder } from './faults';

let database: Database;
let store: PostgresStore;
beforeEach(async () => {
  database = await freshDatabase();
  store = new PostgresStore({ url: database.url });
  await database.pool.query('create table seen (stream text, revision int, by text, primary key (stream, revision))');
});
afterEach(async () => {
  await store.close();
  await database.drop();
});

/** Writes down each event, and by which version; may do something before each batch. */
const seen = (by: string, before: (streams: readonly string[]) => Promise<unknown> = () => Promise.resolve()): ReadModel => ({
  name: 'seen',
  filter: { kinds: ['pairing'] },
  tables: ['public.seen'],
  apply: async ({ touched, table }, transaction) => {
    await before(touched.map(({ stream }) => stream));
    for (const { stream, events } of touched)
      for (const { revision } of events)
        await transaction.query(`insert into ${table('public.seen')} values ($1, $2, $3)`, [stream, revision, by]);
  },
});
const runner = (readModel: ReadModel, options: Partial<Parameters<typeof runnerOver>[0]> = {}) =>
  runnerOver({ pool: database.pool, store, readModels: [readModel], ...options });
const rows = async () =>
  (await database.pool.query<{ row: string }>(`select stream || '@' || revision || ' ' || by as row from seen order by 1`)).rows.map(
    ({ row }) => row,
  );
const of = (id: string, by: string, revisions = oneMission.length) =>
  Array.from({ length: revisions }, (_, revision) => `pairing-${id}@${revision} ${by}`);

describe('while a read model is filled anew', () => {
  beforeEach(async () => {
    await record(store, 'pairing-a', oneMission);
    await record(store, 'pairing-b', formed);
    await runner(seen('old')).catchUp();
  });

  it('the old rows are read, and brought forward, until the new ones take their place at once', async () => {
    const read: string[][] = [];
    let batches = 0;
    const anew = seen('new', async () => {
      if ((batches += 1) === 2) {
        await record(store, 'pairing-c', formed);
        await runner(seen('old')).catchUp();
      }
      read.push(await rows());
    });
    const told: object[] = [];
    await runner(anew, { batch: 3 }).rebuild('seen', (progress) => told.push(progress));
    const before = [...of('a', 'old'), ...of('b', 'old', 1)];
    expect(read).toEqual([before, ...read.slice(1).map(() => [...before, ...of('c', 'old', 1)])]);
    expect(read.length).toBeGreaterThan(2);
    expect(await rows()).toEqual([...of('a', 'new'), ...of('b', 'new', 1), ...of('c', 'new', 1)]);
    expect(told[0]).toEqual({ done: 3, total: 6 });
    expect(told.at(-1)).toEqual({ done: 6, total: 6 });
  });

  it('a process that is brought forward meanwhile goes on behind the new rows', async () => {
    const live = runner(seen('live'));
    live.start();
    expect(await live.caughtUp(await store.head(), 60_000)).toBe(true);
    await runner(seen('new')).rebuild('seen');
    expect(await live.caughtUp(await record(store, 'pairing-b', oneMission, formed.length), 60_000)).toBe(true);
    await live.stop();
    expect(await rows()).toEqual([...of('a', 'new'), 'pairing-b@0 new', ...of('b', 'live').slice(1)]);
  });

  it('a process that lay behind when they took their place takes in nothing twice', async () => {
    let paused: Promise<void> = Promise.resolve();
    const slow = runner(seen('live'), { store: storeUnder(store, (call) => paused.then(call)) });
    slow.start();
    expect(await slow.caughtUp(await store.head(), 60_000)).toBe(true);
    let goOn: () => void = () => undefined;
    paused = new Promise((resolve) => (goOn = resolve));
    await record(store, 'pairing-b', oneMission.slice(0, 3), formed.length);
    await runner(seen('new')).rebuild('seen');
    const last = await record(store, 'pairing-b', oneMission, 3);
    goOn();
    expect(await slow.caughtUp(last, 60_000)).toBe(true);
    await slow.stop();
    expect(await slow.parked()).toEqual([]);
    expect(await rows()).toEqual([...of('a', 'new'), ...of('b', 'new', 3), ...of('b', 'live').slice(3)]);
  });

  it('they wait until they have come as far as the rows that are read', async () => {
    const head = String(await store.head());
    let overtaken = false;
    const pool = poolUnder(database.pool, async (call) => {
      const answer = await call();
      const { rows: come } = await database.pool.query(`select from engine.checkpoint where name = 'rebuild seen' and position = $1`, [
        head,
      ]);
      if (come.length === 1 && !overtaken) {
        overtaken = true;
        await record(store, 'pairing-c', formed);
        await runner(seen('old')).catchUp();
      }
      return answer;
    });
    await runner(seen('new'), { pool }).rebuild('seen');
    expect(overtaken).toBe(true);
    expect(await rows()).toEqual([...of('a', 'new'), ...of('b', 'new', 1), ...of('c', 'new', 1)]);
  });

  it('nothing is lost where the process ends in the middle: the next one goes on where it stopped', async () => {
    const cutOff = new Error('killed');
    let batches = 0;
    const dying = seen('first', () =>
      (batches += 1) === 2 ? Promise.reject(Object.assign(cutOff, { code: '57P01' })) : Promise.resolve(),
    );
    await expect(runner(dying, { batch: 3 }).rebuild('seen')).rejects.toBe(cutOff);
    expect(await rows()).toEqual([...of('a', 'old'), ...of('b', 'old', 1)]);
    await runner(seen('second'), { batch: 3 }).rebuild('seen');
    expect(await rows()).toEqual([...of('a', 'first', 5), 'pairing-b@0 second'].map((row) => row.replace(/(a@[34]) first/, '$1 second')));
  });

  it('another cannot be begun, but by who waits until the first is dead', async () => {
    const first = new Leases(database.pool, 'first');
    const [held] = await first.take(['rebuild seen']);
    await expect(runner(seen('second')).rebuild('seen')).rejects.toThrow('seen is being filled anew by another process');
    await first.release([held!]);
    await runner(seen('second')).rebuild('seen');
    expect(await rows()).toEqual([...of('a', 'second'), ...of('b', 'second', 1)]);
  });

  it('who reads the table is waited for, and reads on', async () => {
    const reader = await database.pool.connect();
    await reader.query('begin; select from seen');
    let waited = 0;
    const timing = {
      sleep: async () => {
        if ((waited += 1) === 3) await reader.query('commit');
      },
    };
    await runner(seen('new'), { timing }).rebuild('seen');
    expect(waited).toBe(3);
    expect((await reader.query(`select from seen where by = 'new'`)).rowCount).toBe(oneMission.length + 1);
    reader.release();
  });

  it('a batch that is being committed in that moment is waited for, and taken in too', async () => {
    const live = new Leases(database.pool, 'live');
    const [lease] = await live.take(['read-model seen']);
    const [before, counted] = [await store.head(), { name: 'read-model seen', epoch: await store.epoch(), version: 1 }];
    let committed = Promise.resolve();
    const waits = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    const anew = seen('new', async () => {
      if (before < (await store.head())) return;
      const after = await record(store, 'pairing-c', formed);
      await new Promise<void>((begun) => {
        committed = live.whileHolding(lease!, async (transaction) => {
          await transaction.query(`insert into seen values ('pairing-c', 0, 'live')`);
          await moveCheckpoint(transaction, counted, before, after);
          begun();
          while ((await database.pool.query(waits)).rowCount === 0);
        });
      });
    });
    await runner(anew).rebuild('seen');
    await committed;
    expect(await rows()).toEqual([...of('a', 'new'), ...of('b', 'new', 1), ...of('c', 'new', 1)]);
  });

  it('what could not be taken in the first time may be the second, and the other way round', async () => {
    const poisoned = (by: string, stream: string) =>
      seen(by, (streams) => (streams.includes(stream) ? Promise.reject(new Error(`cannot read ${stream}`)) : Promise.resolve()));
    await runner(poisoned('new', 'pairing-a')).rebuild('seen');
    expect(await runner(seen('new')).parked()).toMatchObject([{ readModel: 'seen', stream: 'pairing-a' }]);
    expect(await rows()).toEqual(of('b', 'new', 1));
    await runner(poisoned('newer', 'pairing-b')).rebuild('seen');
    expect(await runner(seen('new')).parked()).toMatchObject([{ readModel: 'seen', stream: 'pairing-b' }]);
    expect(await rows()).toEqual(of('a', 'newer'));
  });
});

describe('a release that makes other rows', () => {
  const second = (by: string): ReadModel => ({ ...seen(by), version: 2 });

  it('fills them anew by itself, and one that makes the old ones leaves them alone', async () => {
    await record(store, 'pairing-a', oneMission);
    const old = runner(seen('old'));
    await old.catchUp();
    await runner(second('second')).catchUp();
    expect(await rows()).toEqual(of('a', 'second'));
    await record(store, 'pairing-b', formed);
    await expect(old.catchUp()).rejects.toThrow('seen has rows of version 2, and this process makes those of version 1');
    expect(await rows()).toEqual(of('a', 'second'));
    await runner(second('second')).catchUp();
    expect(await rows()).toEqual([...of('a', 'second'), 'pairing-b@0 second']);
  });

  it('begins again where an older one had begun', async () => {
    await record(store, 'pairing-a', oneMission);
    await runner(seen('old')).catchUp();
    let batches = 0;
    const dying = seen('cut off', () =>
      (batches += 1) === 2 ? Promise.reject(Object.assign(new Error('killed'), { code: '57P01' })) : Promise.resolve(),
    );
    await runner(dying, { batch: 3 })
      .rebuild('seen')
      .catch(() => undefined);
    await runner(second('second')).catchUp();
    expect(await rows()).toEqual(of('a', 'second'));
  });
});

it('every table of every read model has the same columns, indexes, constraints and rights after it, and after another', async () => {
  const tables = everyReadModel.flatMap((each) => each.tables);
  await database.pool.query('grant select on reading.board, engine.timer to public');
  const shapes = () => Promise.all(tables.map((table) => shapeOf(database.pool, table)));
  const before = await shapes();
  for (const shape of before) expect(shape.length).toBeGreaterThan(3);
  const all = runnerOver({ pool: database.pool, store, readModels: everyReadModel, lifecycles: Object.values(lifecycles) });
  for (let times = 1; times <= 2; times += 1) {
    for (const { name } of everyReadModel) await all.rebuild(name);
    expect(await shapes()).toEqual(before);
  }
  expect(await shapeOf(database.pool, besideIt('reading.board'))).toEqual([]);
});

it('timers that were tried are not tried again because they are derived again', async () => {
  const signatories = [{ party: 'malaga' }, { party: 'cartagena' }];
  await record(store, 'pairing-a', [
    ...formed,
    ['AgreementDrafted', { agreement: 'opening', kind: 'opening', signatories, languages: ['es'], validUntil: '2018-05-31' }, '2017-07'],
    ['AgreementSigned', { agreement: 'opening', party: 'malaga', language: 'es' }, '2017-07-01'],
    ['AgreementSigned', { agreement: 'opening', party: 'cartagena', language: 'es' }, '2017-07-01'],
    ['AgreementConcluded', { agreement: 'opening' }, '2017-07-01'],
  ]);
  const timers = runner(timersModel(Object.values(lifecycles)));
  await timers.catchUp();
  const tried = `update engine.timer set attempts = 2, again_at = '2030-01-01', problem = '{"code": "NO_SUCH_PAIRING", "values": {}}' returning *`;
  const { rows: before } = await database.pool.query(tried);
  expect(before).toHaveLength(1);
  await timers.rebuild('timers');
  expect((await database.pool.query('select * from engine.timer')).rows).toEqual(before);
});
