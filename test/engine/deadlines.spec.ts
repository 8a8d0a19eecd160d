import { Doer, settle } from '../../src/engine/doer';
import { policyModel } from '../../src/engine/policies';
import { rulesIn } from '../../src/engine/published-rules';
import { timersModel } from '../../src/engine/timers';
import { lifecycles } from '../../src/lifecycles/all';
import { addDays } from '../../src/kernel/partial-date';
import { policies } from '../../src/lifecycles/policies';
import { deadlineId } from '../../src/parts/deadline-course';
import { PostgresStore } from '../../src/store/postgres';
import { ruleSet } from '../../data/iuc-lac/sources';
import { type Database, freshDatabase } from '../cluster/database';
import { runnerOver, TestTiming } from '../reading/recording';
import { type Engine, engineOn } from './engine';

/** The database says when something is recorded, so that days are counted from its own; the clock of whoever acts goes ahead of it. */
const day = (days: number) => addDays(new Date().toISOString().slice(0, 10), days);

let database: Database;
let store: PostgresStore;
let engine: Engine;
let now: Date;
beforeEach(async () => {
  database = await freshDatabase();
  store = new PostgresStore({ url: database.url });
  now = new Date(`${day(0)}T12:00:00Z`);
  engine = await engineOn(store, database, () => now);
  await engine.give('ruleSet/r', 'PublishRuleSet', ruleSet(50_000, 'a test'));
  await engine.give('call/c', 'OpenCall', {
    ...{ title: 'A call', component: 'C1', round: 1, rules: 'r@1', deadline: `${day(92)}T12:00`, timeZone: 'Europe/Brussels' },
  });
});
afterEach(async () => {
  await engine.close();
  await store.close();
  await database.drop();
});

/** A process that starts on a day, does what is to be done, and ends. */
const on = async (today: string) => {
  now = new Date(`${today}T12:00:00Z`);
  const runner = runnerOver({
    ...{ pool: database.pool, store, lifecycles: Object.values(lifecycles), rules: rulesIn(store) },
    readModels: [...policies.map(policyModel), timersModel(Object.values(lifecycles))],
  });
  const doer = new Doer({
    ...{ pool: database.pool, lifecycles, policies, execute: engine.execute, now: () => now, timing: new TestTiming(), owner: 'a process' },
    actor: '00000000-0000-4000-8000-000000000000',
  });
  await settle(runner, doer).finally(() => doer.stop());
};
const stream = `deadline-${deadlineId('call-c', 'call-closing')}`;
const told = async () =>
  (await store.read(stream)).map(({ type, data, metadata }) => {
    const { before } = data as { before?: number };
    return [type, metadata.occurredOn, ...(before === undefined ? [] : [before])];
  });
const set = ['DeadlineSet', day(0)];
const monthBefore = ['ReminderGiven', day(62), 30];
const weekBefore = ['ReminderGiven', day(85), 7];
const missed = ['DeadlineMissed', day(93)];

describe('the deadline of a call', () => {
  it('is reminded of and missed on its days, beside the call, which stays at its revision', async () => {
    await on(day(61));
    expect(await told()).toEqual([set]);
    for (const each of [day(62), day(85), day(92), day(93), day(94)]) await on(each);
    expect(await told()).toEqual([set, monthBefore, weekBefore, missed]);
    expect(await store.read('call-c')).toHaveLength(1);
  });

  it('is caught up with after a time in which nobody did anything: the latest reminder alone, once', async () => {
    await on(day(0));
    for (const each of [day(88), day(88), day(89)]) await on(each);
    const caughtUp = [set, ['ReminderPassedOver', day(62), 30], weekBefore];
    expect(await told()).toEqual(caughtUp);
    await on(day(122));
    expect(await told()).toEqual([...caughtUp, missed]);
  });

  it('is told once, though all that is known of it is derived and ordered again', async () => {
    await on(day(0));
    await on(day(62));
    await database.pool.query('delete from engine.task; delete from engine.timer; delete from engine.checkpoint');
    await on(day(63));
    expect(await told()).toEqual([set, monthBefore]);
  });

  it('that was met in time and recorded late was not missed', async () => {
    await on(day(0));
    await on(day(101));
    await engine.give('call/c', 'CloseCall', {}, { occurredOn: day(92) });
    await on(day(102));
    expect((await told()).map(([type]) => type)).toEqual([
      ...['DeadlineSet', 'ReminderPassedOver', 'ReminderPassedOver', 'DeadlineMissed', 'FactRetracted', 'DeadlineMet'],
    ]);
  });

  it('moves with the call, and is lifted with it', async () => {
    await on(day(0));
    await engine.give('call/c', 'ExtendDeadline', { deadline: `${day(121)}T12:00`, reason: 'Asked for' });
    await on(day(62));
    expect((await told()).map(([type]) => type)).toEqual(['DeadlineSet', 'DeadlineSet']);
    await engine.give('call/c', 'CancelCall', { reason: 'No money' });
    await on(day(123));
    expect((await told()).map(([type]) => type)).toEqual(['DeadlineSet', 'DeadlineSet', 'DeadlineLifted']);
  });

  it('that a correction sets to a later day was not missed, and one that was extended too late was', async () => {
    await on(day(0));
    await on(day(93));
    await engine.give('party/unit', 'RegisterParty', { name: 'Unit', kind: 'organisation', countries: [] });
    const correction = { authority: 'unit', reason: 'A slip' };
    const [opened] = await store.read('call-c');
    const data = { ...(opened!.data as object), deadline: `${day(121)}T12:00` };
    await engine.give('call/c', 'Correct', { replace: [{ revision: 0, data }], ...correction });
    await on(day(94));
    expect((await told()).map(([type]) => type).slice(3)).toEqual(['DeadlineMissed', 'FactRetracted', 'DeadlineSet', 'ReminderGiven']);
    await on(day(122));
    await engine.give('call/c', 'ExtendDeadline', { deadline: `${day(150)}T12:00`, reason: 'Asked for' });
    await on(day(123));
    const after = (await told()).slice(7).map(([type]) => type);
    expect(after.filter((type) => type !== 'ReminderGiven' && type !== 'ReminderPassedOver')).toEqual(['DeadlineMissed', 'DeadlineSet']);
  });
});
