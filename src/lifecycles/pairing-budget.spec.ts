import { given, type Story } from '../../test/given';
import { because, completed, formed, kickedOff, missionPlanned, pilotDesigned, planApproved } from '../../test/states';
import { factsOf } from '../kernel/lifecycle';
import { pairing } from './pairing';

type Told = Story<typeof pairing.parts>;
const visits = { allocation: 'visits', line: 'missions', amountMinor: 100_00, currency: 'EUR' } as const;
const flights = { expense: 'flights', line: 'missions', amountMinor: 40_00, currency: 'EUR' } as const;
const seed = {
  ...{ reallocation: 'seed', from: 'missions', to: 'pilot', newLine: true, amountMinor: 60_00, currency: 'EUR' },
  ...{ approvedBy: 'secretariat', reason: 'Nobody could travel' },
} as const;
const rate = { from: 'EUR', to: 'COP', rate: '4312.57', source: 'InforEuro' } as const;
const budgeted = (story: Told) => story.does('AllocateBudget', visits, '2017-10');
const spend = (story: Told, date: string, more: { mission?: number; pilot?: string } = {}) =>
  given(story).when('SpendBudget', { ...flights, ...more }, date);
const stands = (story: Told, date: string, more: { mission?: number; pilot?: string } = {}) =>
  expect(story.tries('SpendBudget', { ...flights, ...more }, date)).toHaveLength(1);
const latest = (story: Told, type: string) => story.standing.findLast((fact) => fact.type === type)!.revision;

describe('the money of a pairing', () => {
  it('is allocated before the kick-off, and spent after it', () => {
    const early = formed.does('AllocateBudget', visits, '2017-07');
    expect(early.tries('ReallocateBudget', seed, '2017-08')).toHaveLength(1);
    spend(early, '2017-08').thenRefused('GATE_CLOSED', 'within-support-period', 'KICK_OFF');
    stands(early.does('KickOff', {}, '2017-09-11'), '2017-09-11');
  });
  it('is spent within the support, unless an authority waives it', () => {
    stands(budgeted(kickedOff), '2019-03-11');
    spend(budgeted(kickedOff), '2019-03-12').thenRefused('GATE_CLOSED', 'within-support-period', 'WITHIN_SUPPORT');
    const waived = budgeted(kickedOff).does('WaiveGate', { gate: 'within-support-period', scope: 'next-fact', ...because });
    expect(waived.does('SpendBudget', flights, '2019-03-12').history.at(-1)?.waived).toEqual(['within-support-period']);
  });
  it('holds the kick-off to where its expenses left it', () => {
    const paid = budgeted(kickedOff).does('SpendBudget', flights, '2018-02-01');
    given(paid)
      .when('Correct', { replace: [{ revision: latest(paid, 'PairingKickedOff'), occurredOn: '2018-02-02' }], ...because })
      .thenNeededBy('BudgetSpent', 'WITHIN_SUPPORT');
  });
  it('is recorded after the end with its earlier date, and not with a later one', () => {
    const ended = completed.does('AllocateBudget', visits, '2017-10');
    stands(ended, '2019-02-28');
    stands(ended, '2019-02');
    spend(ended, '2019-03-01').thenRefused('GATE_CLOSED', 'before-the-end', 'BEFORE_THE_END');
    given(ended).when('ReallocateBudget', seed, '2019-03-01').thenRefused('GATE_CLOSED', 'before-the-end', 'BEFORE_THE_END');
    given(completed).when('AllocateBudget', visits, '2019-03-01').thenRefused('GATE_CLOSED', 'before-the-end', 'BEFORE_THE_END');
  });
  it('keeps the pairing from ending before its latest expense', () => {
    const paid = budgeted(kickedOff).does('SpendBudget', flights, '2018-05-02');
    const end = { decidedBy: 'secretariat', reason: 'Silence' };
    given(paid).when('TerminatePairing', end, '2018-05-01').thenRefused('GATE_CLOSED', 'end-after-the-rest', 'NOTHING_LATER');
    expect(paid.tries('TerminatePairing', end, '2018-05-02')).toHaveLength(1);
  });
  it('waits while the pairing is suspended', () => {
    const suspended = budgeted(kickedOff).does('SuspendPairing', { reason: 'Elections' }, '2018-03-01');
    const refused = ['GATE_CLOSED', 'not-while-suspended', 'OUTSIDE_SUSPENSION'] as const;
    spend(suspended, '2018-03-02').thenRefused(...refused);
    given(suspended)
      .when('ReallocateBudget', seed, '2018-03-02')
      .thenRefused(...refused);
    given(suspended)
      .when('AllocateBudget', { ...visits, allocation: 'more' }, '2018-03-02')
      .thenRefused(...refused);
    stands(suspended, '2018-02-28');
  });
  it('keeps a suspension from reaching over a day on which it was spent', () => {
    const paid = budgeted(kickedOff)
      .does('SpendBudget', flights, '2018-05-02')
      .does('SuspendPairing', { reason: 'Elections' }, '2018-03-01');
    given(paid).when('ResumePairing', {}, '2018-06-01').thenRefused('GATE_CLOSED', 'resumed-before-the-rest', 'RESUMED_BEFORE');
    expect(paid.tries('ResumePairing', {}, '2018-05-02')).toHaveLength(1);
  });
  it('is converted by rates of any day, since these are no work of the pairing', () => {
    const suspended = kickedOff.does('SuspendPairing', { reason: 'Elections' }, '2018-03-01');
    expect(suspended.tries('RecordExchangeRate', rate, '2018-04')).toHaveLength(1);
    expect(completed.tries('RecordExchangeRate', rate, '2019-06')).toHaveLength(1);
    given(formed).when('RecordExchangeRate', rate, '2022-01').thenRefused('GATE_CLOSED', 'not-in-the-future');
  });
});

describe('what money is spent for', () => {
  it('is a mission that was planned, also one that was cancelled', () => {
    const planned = budgeted(missionPlanned);
    spend(budgeted(kickedOff), '2018-01', { mission: 1 }).thenRefused('GATE_CLOSED', 'purpose-of-expense', 'MISSION_OF_EXPENSE');
    stands(planned, '2018-01', { mission: 1 });
    stands(planned.does('CancelMission', { mission: 1, reason: 'Elections' }, '2018-01'), '2018-01', { mission: 1 });
    const paid = planned.does('SpendBudget', { ...flights, mission: 1 }, '2018-01');
    given(paid)
      .when('Correct', { retract: [{ revision: latest(paid, 'MissionPlanned') }], ...because })
      .thenNeededBy('BudgetSpent', 'MISSION_OF_EXPENSE');
  });
  it('is a pilot that was designed', () => {
    const designed = budgeted(pilotDesigned);
    spend(budgeted(planApproved), '2018-07', { pilot: 'fountains' }).thenRefused('GATE_CLOSED', 'purpose-of-expense', 'PILOT_OF_EXPENSE');
    stands(designed, '2018-07', { pilot: 'fountains' });
    const paid = designed.does('SpendBudget', { ...flights, pilot: 'fountains' }, '2018-07');
    given(paid)
      .when('Correct', { retract: [{ revision: latest(paid, 'PilotDesigned') }], ...because })
      .thenNeededBy('BudgetSpent', 'PILOT_OF_EXPENSE');
  });
});

it('money counts by line and currency, and a reallocation leaves the total as it was', () => {
  const steps = [kickedOff, budgeted(kickedOff)];
  steps.push(steps.at(-1)!.does('SpendBudget', flights, '2018-01'));
  steps.push(steps.at(-1)!.does('ReallocateBudget', seed, '2018-02'));
  const facts = steps.slice(1).flatMap((after, i) => factsOf(pairing, after.history.at(-1)!, after.state, steps[i]!.state));
  const missions = { line: 'missions', currency: 'EUR' };
  expect(facts).toEqual([
    { measure: 'budget-allocated', subject: 'budget line missions', quantity: 100_00, by: missions },
    { measure: 'budget-spent', subject: 'budget line missions', quantity: 40_00, by: missions },
    { measure: 'budget-reallocated', subject: 'budget', quantity: -60_00, by: missions },
    { measure: 'budget-reallocated', subject: 'budget', quantity: 60_00, by: { line: 'pilot', currency: 'EUR' } },
  ]);
});
