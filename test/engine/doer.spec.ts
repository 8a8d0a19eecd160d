import { randomUUID } from 'node:crypto';
import { Doer } from '../../src/engine/doer';
import { demandNamed, stuck } from '../../src/engine/doer-status';
import { dropDemand, retryAllDemands, retryDemand } from '../../src/engine/doer-stuck';
import { Execute, type Receipt } from '../../src/engine/execute';
import { policyModel, putDown } from '../../src/engine/policies';
import { UnknownReference } from '../../src/engine/refused';
import { timersModel } from '../../src/engine/timers';
import { lifecycles } from '../../src/lifecycles/all';
import { policies } from '../../src/lifecycles/policies';
import { PostgresStore } from '../../src/store/postgres';
import { type Database, freshDatabase } from '../cluster/database';
import { formed, oneMission, record, runnerOver, TestTiming } from '../reading/recording';

const receipt = {} as Receipt;
const now = () => new Date('2026-03-01T12:00:00Z');
const [policy] = policies;
let database: Database;
let store: PostgresStore;
let given: string[];
beforeEach(async () => {
  database = await freshDatabase();
  store = new PostgresStore({ url: database.url });
  given = [];
});
afterEach(async () => {
  await store.close();
  await database.drop();
});

type Give = (command: Execute) => Promise<Receipt>;
const gives: Give = ({ id, name }) => {
  given.push(`${name} ${id}`);
  return Promise.resolve(receipt);
};
const refuses: Give = () => Promise.reject(new UnknownReference('party', 'p'));
const doer = (execute: Give, leaseLife?: number) =>
  new Doer({
    ...{ pool: database.pool, lifecycles, policies, now, timing: new TestTiming(), execute, owner: randomUUID(), actor: randomUUID() },
    ...(leaseLife === undefined ? {} : { leaseLife }),
  });
const round = async (execute: Give) => {
  const one = doer(execute);
  await one.round();
  await one.stop();
};
const runner = () =>
  runnerOver({
    ...{ pool: database.pool, store, lifecycles: Object.values(lifecycles) },
    readModels: [policyModel(policy!), timersModel(Object.values(lifecycles))],
  });
const task = async (id: string, position = 1) => {
  const client = await database.pool.connect();
  const cause = `pairing-p@${position}`;
  await putDown(client, [
    {
      ...{ policy: policy!.name, cause, path: [0], position: String(position), stream: `application-${id}`, command: 'PairApplication' },
      ...{ body: {}, occurred_on: '2026-02', correlation_id: randomUUID() },
    },
  ]);
  client.release();
  return demandNamed(`${policy!.name}/${cause}/0`)!;
};
const states = async () =>
  (await database.pool.query<{ row: string }>(`select stream || ' ' || state as row from engine.task order by position, path`)).rows.map(
    ({ row }) => row,
  );
const expire = () => database.pool.query(`update engine.lease set until = now() - interval '1 s'`);

describe('what a policy ordered and was refused', () => {
  it('is done when somebody has it tried again, by its name or with all others', async () => {
    const almada = await task('almada');
    await task('vina', 2);
    await round(refuses);
    expect(await states()).toEqual(['application-almada refused', 'application-vina refused']);
    await round(gives);
    expect(given).toEqual([]);
    expect(await retryDemand(database.pool, almada)).toBe(true);
    await round(gives);
    expect(given).toEqual(['PairApplication almada']);
    expect(await retryDemand(database.pool, almada)).toBe(false);
    expect(await retryAllDemands(database.pool, '2026-03-01')).toBe(1);
    await round(gives);
    expect(await states()).toEqual(['application-almada done', 'application-vina done']);
  });

  it('is given up with a reason that stays on record, until somebody has it tried all the same', async () => {
    const almada = await task('almada');
    await round(refuses);
    expect(await dropDemand(database.pool, almada, 'settled by letter')).toBe(true);
    await round(gives);
    expect(given).toEqual([]);
    expect(await retryAllDemands(database.pool, '2026-03-01')).toBe(0);
    expect(await stuck(database.pool, now())).toMatchObject([{ is: 'dropped', because: 'settled by letter', cause: 'pairing-p@1' }]);
    expect(await retryDemand(database.pool, almada)).toBe(true);
    await round(gives);
    expect(await states()).toEqual(['application-almada done']);
    expect(await dropDemand(database.pool, almada, 'too late')).toBe(false);
  });

  it('stays given up where it was being tried in that moment, unless it was done', async () => {
    const almada = await task('almada');
    await round(async () => {
      await dropDemand(database.pool, almada, 'settled by letter');
      throw new UnknownReference('party', 'p');
    });
    expect(await states()).toEqual(['application-almada dropped']);
  });

  it('is tried without a trace', async () => {
    const almada = await task('almada');
    await round(refuses);
    expect(await doer(refuses).wouldGive(almada)).toMatchObject({ is: 'refused', problem: { code: 'UNKNOWN_REFERENCE' } });
    expect(await doer(gives).wouldGive(almada)).toEqual({ is: 'done' });
    expect(await doer(gives).wouldGive({ ...almada, path: [7] })).toBeUndefined();
    expect(await states()).toEqual(['application-almada refused']);
  });
});

describe('filling anew', () => {
  it('orders nothing again that was done, refused or given up', async () => {
    await record(store, 'pairing-p', formed);
    const running = runner();
    await running.catchUp();
    const [first, second] = (await stuckOrOpen()).map(({ cause, path }) => ({ by: policy!.name, cause, path }));
    await dropDemand(database.pool, first!, 'settled by letter');
    await round(gives);
    const before = await states();
    expect(before.map((row) => row.split(' ')[1])).toEqual(['dropped', 'done']);
    given = [];
    await running.rebuild(`policy ${policy!.name}`);
    await round(gives);
    expect(await states()).toEqual(before);
    expect(given).toEqual([]);
    expect(second).toBeDefined();
  });

  it('leaves given up what the calendar demanded, also after its stream went on', async () => {
    const signatories = [{ party: 'malaga' }, { party: 'cartagena' }];
    const told = [
      ...formed,
      ['AgreementDrafted', { agreement: 'opening', kind: 'opening', signatories, languages: ['es'], validUntil: '2018-05-31' }, '2017-07'],
      ['AgreementConcluded', { agreement: 'opening' }, '2017-07-01'],
    ] as const;
    await record(store, 'pairing-p', told);
    const running = runner();
    await running.catchUp();
    await round(refuses);
    const [{ cause, path } = { cause: '', path: [] }] = await stuck(database.pool, now());
    expect(await dropDemand(database.pool, { by: 'timers', cause, path }, 'prolonged by letter')).toBe(true);
    await record(store, 'pairing-p', [...told, oneMission[1]!], told.length);
    await running.catchUp();
    await running.rebuild('timers');
    await round(gives);
    expect(given.filter((each) => each.startsWith('ExpireAgreement'))).toEqual([]);
    const [again] = await stuck(database.pool, now());
    expect(again).toMatchObject({ is: 'dropped', because: 'prolonged by letter' });
    expect(await retryDemand(database.pool, { by: 'timers', ...again! })).toBe(true);
    await round(gives);
    expect(given.filter((each) => each.startsWith('ExpireAgreement'))).toEqual(['ExpireAgreement p']);
  });
});
const stuckOrOpen = async () =>
  (await database.pool.query<{ cause: string; path: number[] }>('select cause, path from engine.task order by position, path')).rows;

describe('several processes', () => {
  it('that stand still in the middle of a command cannot say anything of it when they wake', async () => {
    await task('almada');
    let wake: () => void = () => undefined;
    const woken = new Promise<void>((resolve) => (wake = resolve));
    let stands: () => void = () => undefined;
    const standing = new Promise<void>((resolve) => (stands = resolve));
    const old = doer(async () => {
      stands();
      await woken;
      throw new Error('the answer was lost');
    });
    const running = old.round();
    await standing;
    expect(await doer(gives).round()).toBeUndefined();
    await expire();
    const next = doer(gives);
    expect(await next.round()).toBe(1);
    wake();
    expect(await running).toBeUndefined();
    expect(await states()).toEqual(['application-almada done']);
  });

  it('keep the lease while a command takes long', async () => {
    await task('almada');
    let stands: () => void = () => undefined;
    const standing = new Promise<void>((resolve) => (stands = resolve));
    let done: () => void = () => undefined;
    const long = new Promise<void>((resolve) => (done = resolve));
    const busy = doer(async () => {
      stands();
      await long;
      return receipt;
    }, 600);
    busy.start();
    await standing;
    const until = async () => (await database.pool.query<{ until: Date }>('select until from engine.lease')).rows[0]!.until.getTime();
    const before = await until();
    while ((await until()) === before);
    done();
    await busy.stop();
    expect(await states()).toEqual(['application-almada done']);
  });

  it('find the command that ends them, and give the others', async () => {
    await task('almada', 1);
    await task('vina', 2);
    const never = new Promise<Receipt>(() => undefined);
    let reached: () => void = () => undefined;
    const deadly: Give = (command) => {
      if (command.id !== 'almada') return gives(command);
      reached();
      return never;
    };
    for (let processes = 1; processes <= 4; processes += 1) {
      const dies = new Promise<void>((resolve) => (reached = resolve));
      void doer(deadly).round();
      await dies;
      await expire();
    }
    const last = doer(deadly);
    for (let rounds = 1; rounds <= 3; rounds += 1) await last.round();
    expect(await states()).toEqual(['application-almada refused', 'application-vina done']);
    expect(await stuck(database.pool, now())).toMatchObject([
      { problem: { code: 'FAILED', values: { error: expect.stringMatching(/each of the 3 times/) as string } } },
    ]);
  });
});
