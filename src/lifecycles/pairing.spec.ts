import { dimensionsOf } from '../kernel/lifecycle';
import { given, type Story } from '../../test/given';
import {
  actions,
  agreementDrafted,
  because,
  completed,
  formed,
  mission2,
  missionHeld,
  planApproved,
  planDrafted,
  planSubmitted,
} from '../../test/states';
import { pairing } from './pairing';

type Told = Story<typeof pairing.parts>;

describe('recording late', () => {
  const visit = { ...mission2, mission: 3, from: '2019-01-20', to: '2019-01-24' };
  const late = completed.does('PlanMission', { mission: 3, visitor: 'european', from: '2019-01', to: '2019-01' }, '2018-12');
  it('a mission recorded after completion stands with its earlier date', () => {
    const held = late.does('HoldMission', visit, '2019-01-24');
    expect(held.state.missions[3]?.is).toBe('held');
    expect(held.state.course.phase).toBe('completed');
  });
  it('a mission dated after the end is refused', () =>
    given(late)
      .when('HoldMission', { ...visit, from: '2019-03-01', to: '2019-03-03' }, '2019-03-03')
      .thenRefused('GATE_CLOSED', 'before-the-end', 'BEFORE_THE_END'));
  it('a mission known only to the month or year of the end is not certainly after it', () => {
    for (const date of ['2019-02', '2019'])
      expect(late.does('HoldMission', { ...visit, from: date, to: date }, date).state.missions[3]?.is).toBe('held');
    given(late)
      .when('HoldMission', { ...visit, from: '2019-03', to: '2019-03' }, '2019-03')
      .thenRefused('GATE_CLOSED', 'before-the-end');
    given(late)
      .when('HoldMission', { ...visit, from: '2020', to: '2020' }, '2020')
      .thenRefused('GATE_CLOSED', 'before-the-end');
  });
});

describe('the support of eighteen months', () => {
  const hold = (story: Told, day: string) =>
    given(story.does('PlanMission', { mission: 2, visitor: 'european', from: '2017', to: '2019' }, '2018')).when(
      'HoldMission',
      { ...mission2, from: '2017', to: '2019' },
      day,
    );
  const mission = { type: 'MissionHeld', data: { ...mission2, from: '2017', to: '2019', mode: 'in-person' } } as const;
  it('counts from the kick-off, to the day', () => {
    hold(missionHeld, '2019-03-11').then(mission);
    hold(missionHeld, '2019-03-12').thenRefused('GATE_CLOSED', 'within-support-period', 'WITHIN_SUPPORT');
    hold(missionHeld, '2017-09-10').thenRefused('GATE_CLOSED', 'within-support-period', 'WITHIN_SUPPORT');
  });
  it.each<readonly [step: string, told: (day: string) => { thenRefused: (code: string, gate: string, lack: string) => void }]>([
    ['the draft', (day) => given(missionHeld).when('DraftPlan', { version: 1, actions }, day)],
    ['the submission', (day) => given(planDrafted).when('SubmitPlan', { version: 1 }, day)],
    ['the return', (day) => given(planSubmitted).when('ReturnPlan', { version: 1, by: 'programme', reason: 'Too long' }, day)],
    ['an approval', (day) => given(planSubmitted).when('ApprovePlan', { version: 1, side: 'european' }, day)],
    ['an amendment', (day) => given(planApproved).when('AmendPlan', { version: 2, actions, reason: 'Less money' }, day)],
  ])('holds every step of the plan: %s', (_, told) =>
    told('2019-03-12').thenRefused('GATE_CLOSED', 'within-support-period', 'WITHIN_SUPPORT'),
  );
  it('ends on the last day of a month that has no such day', () =>
    hold(formed.does('KickOff', {}, '2017-08-31'), '2019-03-01').thenRefused('GATE_CLOSED', 'within-support-period'));
  it('gives a kick-off known to the month or year the benefit of the doubt', () => {
    hold(formed.does('KickOff', {}, '2017-09'), '2019-03-30').then(mission);
    hold(formed.does('KickOff', {}, '2017-09'), '2019-03-31').thenRefused('GATE_CLOSED', 'within-support-period');
    hold(formed.does('KickOff', {}, '2017'), '2019-06-30').then(mission);
  });
  it('moves with the kick-off when that is corrected, and holds on to what was recorded', () => {
    const kickOff = 1;
    given(agreementDrafted)
      .when('Correct', { replace: [{ revision: kickOff, occurredOn: '2018-03-01' }], ...because })
      .thenNeededBy('MissionHeld', 'WITHIN_SUPPORT');
    const later = agreementDrafted.does('Correct', { replace: [{ revision: kickOff, occurredOn: '2017-12-31' }], ...because });
    const fund = (day: string) =>
      given(later).when('FundPilot', { pilot: 'fountains', payment: 'first', funder: 'party', amountMinor: 1, currency: 'EUR' }, day);
    fund('2019-06-30').then({
      type: 'PilotFunded',
      data: { pilot: 'fountains', payment: 'first', funder: 'party', amountMinor: 1, currency: 'EUR' },
    });
    fund('2019-07-01').thenRefused('GATE_CLOSED', 'within-support-period');
  });
});

describe('what a pairing tells others', () => {
  it('is the phase it is in', () =>
    expect([formed, missionHeld, completed].map(({ state }) => pairing.seen(state))).toEqual([
      { phase: 'formed' },
      { phase: 'running' },
      { phase: 'completed' },
    ]));
  it('is broken down by component and call', () =>
    expect(dimensionsOf(pairing, formed.state, 'any')).toEqual({ component: 'c1', call: 'c1-2017' }));
});
