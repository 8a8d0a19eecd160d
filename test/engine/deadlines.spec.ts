import { Doer, settle } from '../../src/engine/doer';
import { policyModel } from '../../src/engine/policies';
import { rulesIn } from '../../src/engine/published-rules';
import { timersModel } from '../../src/engine/timers';
import { lifecycles } from '../../src/lifecycles/all';
import { policies } from '../../src/lifecycles/policies';
import { deadlineId } from '../../src/parts/deadline-course';
import { PostgresStore } from '../../src/store/postgres';
import { ruleSet } from '../../data/iuc-lac/sources';
import { type Database, freshDatabase } from '../cluster/database';
import { runnerOver, TestTiming } from '../reading/recording';
import { type Engine, engineOn } from './engine';

let database: Database;
let store: PostgresStore;
let engine: Engine;
let now: Date;
beforeEach(async () => {
  database = await freshDatabase();
  store = new PostgresStore({ url: database.url });
  now = new Date('2026-03-01T12:00:00Z');
  engine = await engineOn(store, database, () => now);
  await engine.give('ruleSet/r', 'PublishRuleSet', ruleSet(50_000, 'a test'));
  await engine.give('call/c', 'OpenCall', {
    ...{ title: 'A call', component: 'C1', round: 1, rules: 'r@1', deadline: '2026-06-01T12:00', timeZone: 'Europe/Brussels' },
  });
});
afterEach(async () => {
  await engine.close();
  await store.close();
  await database.drop();
});

/** A process that starts on a day, does what is to be done, and ends. */
const on = async (day: string) => {
  now = new Date(`${day}T12:00:00Z`);
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
const set = ['DeadlineSet', '2026-03-01'];
const monthBefore = ['ReminderGiven', '2026-05-02', 30];
const weekBefore = ['ReminderGiven', '2026-05-25', 7];
const missed = ['DeadlineMissed', '2026-06-02'];

describe('the deadline of a call', () => {
  it('is reminded of and missed on its days, beside the call, which stays at its revision', async () => {
    await on('2026-05-01');
    expect(await told()).toEqual([set]);
    for (const day of ['2026-05-02', '2026-05-25', '2026-06-01', '2026-06-02', '2026-06-03']) await on(day);
    expect(await told()).toEqual([set, monthBefore, weekBefore, missed]);
    expect(await store.read('call-c')).toHaveLength(1);
  });

  it('is caught up with after a time in which nobody did anything: the latest reminder alone, once', async () => {
    await on('2026-03-01');
    for (const day of ['2026-05-28', '2026-05-28', '2026-05-29']) await on(day);
    const caughtUp = [set, ['ReminderPassedOver', '2026-05-02', 30], weekBefore];
    expect(await told()).toEqual(caughtUp);
    await on('2026-07-01');
    expect(await told()).toEqual([...caughtUp, missed]);
  });

  it('is told once, though all that is known of it is derived and ordered again', async () => {
    await on('2026-03-01');
    await on('2026-05-02');
    await database.pool.query('delete from engine.task; delete from engine.timer; delete from engine.checkpoint');
    await on('2026-05-03');
    expect(await told()).toEqual([set, monthBefore]);
  });

  it('that was met in time and recorded late was not missed', async () => {
    await on('2026-03-01');
    await on('2026-06-10');
    await engine.give('call/c', 'CloseCall', {}, { occurredOn: '2026-06-01' });
    await on('2026-06-11');
    expect((await told()).map(([type]) => type)).toEqual([
      ...['DeadlineSet', 'ReminderPassedOver', 'ReminderPassedOver', 'DeadlineMissed', 'FactRetracted', 'DeadlineMet'],
    ]);
  });

  it('moves with the call, and is lifted with it', async () => {
    await on('2026-03-01');
    await engine.give('call/c', 'ExtendDeadline', { deadline: '2026-06-30T12:00', reason: 'Asked for' });
    await on('2026-05-02');
    expect((await told()).map(([type]) => type)).toEqual(['DeadlineSet', 'DeadlineSet']);
    await engine.give('call/c', 'CancelCall', { reason: 'No money' });
    await on('2026-07-02');
    expect((await told()).map(([type]) => type)).toEqual(['DeadlineSet', 'DeadlineSet', 'DeadlineLifted']);
  });
});
