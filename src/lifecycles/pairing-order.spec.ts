import { given, type Story } from '../../test/given';
import {
  actions,
  agreementConcluded,
  agreementDrafted,
  because,
  kickedOff,
  mission1,
  missionHeld,
  missionPlanned,
  pilotDesigned,
  planApproved,
  secondMissionHeld,
  signatories,
  signedByOne,
  world,
} from '../../test/states';
import type { pairing } from './pairing';

const lastOf = (story: Story<typeof pairing.parts>, type: string) => story.history.findLast((fact) => fact.type === type)!.revision;
const sign = { agreement: 'cooperation', party: 'cartagena', language: 'es' };
const opening = { agreement: 'opening', kind: 'opening', signatories, languages: ['es'] } as const;
const elections = { side: 'european', reason: 'Elections' } as const;

describe('the first visitor', () => {
  const plan = { mission: 2, visitor: 'latin-american', from: '2018-06', to: '2018-06' } as const;
  it('still comes first after a mission was cancelled', () =>
    given(missionPlanned.does('CancelMission', { mission: 1, reason: 'Storm' }, '2017-12'))
      .when('PlanMission', plan, '2018-01')
      .thenRefused('GATE_CLOSED', 'first-visitor', 'FIRST_VISITOR'));
  it('is whoever likes where the rules name none', () => {
    const free = kickedOff.in({ book: (name) => ({ ...world.book(name)!, firstVisitor: {} }) });
    given(free).when('PlanMission', plan, '2018-01').then({ type: 'MissionPlanned', data: plan });
  });
});

describe('a plan', () => {
  const submittedOn = (day: string, second: { from: string; to: string }) =>
    given(
      missionHeld
        .does('PlanMission', { mission: 2, visitor: 'latin-american', ...second }, '2017-11-06')
        .does('HoldMission', { ...mission1, mission: 2, ...second }, second.to)
        .does('DraftPlan', { version: 1, actions }, '2017-10'),
    ).when('SubmitPlan', { version: 1 }, day);
  const submitted = { type: 'PlanSubmitted' as const, data: { version: 1, approvalBy: ['european', 'latin-american'] } };
  it('is submitted after the first mission by date, whichever has the first number', () => {
    submittedOn('2017-12-20', { from: '2017-12-04', to: '2017-12-08' }).then(submitted);
    submittedOn('2018-03-01', { from: '2018-06-04', to: '2018-06-08' }).then(submitted);
  });
  it('is not submitted on a mission that is only planned', () =>
    given(missionPlanned.does('DraftPlan', { version: 1, actions }, '2018-03'))
      .when('SubmitPlan', { version: 1 }, '2018-04')
      .thenRefused('GATE_CLOSED', 'mission-before-plan', 'MISSION_HELD'));
  it('that was approved carries pilots while it is amended', () => {
    const amended = planApproved.does('AmendPlan', { version: 2, actions: actions.slice(0, 1), reason: 'Less money' }, '2018-07');
    expect(amended.tries('DesignPilot', { pilot: 'ways', action: 'old-town', title: 'Ways' }, '2018-08')).toHaveLength(1);
  });
});

describe('a pilot', () => {
  const design = (action: string) => ({ pilot: 'ways', action, title: 'Ways' });
  it('is designed once the plan was approved, by its date', () => {
    given(planApproved)
      .when('DesignPilot', design('old-town'), '2018-05-01')
      .thenRefused('GATE_CLOSED', 'pilot-implements-plan', 'PLAN_APPROVED_FIRST');
    for (const date of ['2018-05-02', '2018-05', '2018'])
      expect(planApproved.tries('DesignPilot', design('old-town'), date)).toHaveLength(1);
  });
  it('implements an action from the approval of the first version that holds it', () => {
    const more = [...actions, { action: 'trams', title: 'Trams', theme: 'urban-mobility' }];
    const both = planApproved
      .does('AmendPlan', { version: 2, actions: more, reason: 'More money' }, '2018-06-01')
      .does('SubmitPlan', { version: 2 }, '2018-06-02')
      .does('ApprovePlan', { version: 2, side: 'european' }, '2018-06-10')
      .does('ApprovePlan', { version: 2, side: 'latin-american' }, '2018-06-11');
    expect(both.tries('DesignPilot', design('old-town'), '2018-05-02')).toHaveLength(1);
    given(both)
      .when('DesignPilot', design('trams'), '2018-06-10')
      .thenRefused('GATE_CLOSED', 'pilot-implements-plan', 'PLAN_APPROVED_FIRST');
  });
  it('keeps the approval of its plan from being dated after it', () =>
    given(pilotDesigned)
      .when('Correct', { replace: [{ revision: lastOf(pilotDesigned, 'PlanApproved'), occurredOn: '2018-06-01' }], ...because })
      .thenNeededBy('PilotDesigned', 'PLAN_APPROVED_FIRST'));
});

describe('a cooperation agreement', () => {
  it.each([
    ['2018-06-09', 'MISSIONS_HELD_FIRST'],
    ['2018-05-29', 'PILOT_DESIGNED_FIRST'],
    ['2018-05-01', 'PLAN_APPROVED_FIRST'],
  ])('is not concluded on %s: it comes after the work by its date (%s)', (date, lack) =>
    given(agreementDrafted.does('SignAgreement', { ...sign, party: 'malaga' }, '2018-05-01'))
      .when('SignAgreement', sign, date)
      .thenRefused('GATE_CLOSED', 'work-before-agreement', lack),
  );
  it('is concluded from the day on which the last of that work began, or in a month in which it may have', () => {
    for (const date of ['2018-06-10', '2018-06', '2018'])
      expect(
        agreementDrafted.does('SignAgreement', { ...sign, party: 'malaga' }, '2018-05-01').tries('SignAgreement', sign, date),
      ).toHaveLength(2);
  });
  it('is dated by its last signature, whichever was recorded last', () =>
    expect(signedByOne.tries('SignAgreement', sign, '2018-01')).toHaveLength(2));
  it('counts as many missions as the rules require, the earliest of them', () => {
    const one = signedByOne.in({ book: (name) => ({ ...world.book(name)!, missionsRequired: 1 }) });
    const early = one.does('Correct', { replace: [{ revision: lastOf(one, 'AgreementSigned'), occurredOn: '2018-06-01' }], ...because });
    expect(early.tries('SignAgreement', sign, '2018-06-01')).toHaveLength(2);
  });
  it('keeps the design of its only pilot from being dated after it', () =>
    given(agreementConcluded)
      .when('Correct', { replace: [{ revision: lastOf(agreementConcluded, 'PilotDesigned'), occurredOn: '2018-10-13' }], ...because })
      .thenNeededBy('AgreementConcluded', 'PILOT_DESIGNED_FIRST'));
  it('counts missions that were held, not those planned', () => {
    const onlyPlanned = pilotDesigned
      .does('PlanMission', { mission: 2, visitor: 'latin-american', from: '2018-06', to: '2018-06' }, '2018-06-01')
      .does('DraftAgreement', { agreement: 'cooperation', kind: 'cooperation', signatories, languages: ['es'] }, '2018-09')
      .does('SignAgreement', { ...sign, party: 'malaga' }, '2018-10');
    given(onlyPlanned).when('SignAgreement', sign, '2018-10').thenRefused('GATE_CLOSED', 'work-before-agreement', 'MISSIONS_HELD');
  });
  it('is what completes a pairing, not an opening one', () =>
    given(
      secondMissionHeld
        .does('DraftAgreement', opening, '2017-10')
        .does('SignAgreement', { ...sign, agreement: 'opening', party: 'malaga' }, '2017-10')
        .does('SignAgreement', { ...sign, agreement: 'opening' }, '2017-10'),
    )
      .when('CompletePairing', {}, '2018-12')
      .thenRefused('GATE_CLOSED', 'agreement-before-completion', 'CONCLUDED_AGREEMENT'));
  it('completes a pairing also where it was terminated since', () =>
    expect(
      agreementConcluded
        .does('TerminateAgreement', { agreement: 'cooperation', reason: 'New mayors' }, '2018-11')
        .tries('CompletePairing', {}, '2018-12'),
    ).toHaveLength(1));
  it('concluded before a withdrawal is recorded late', () =>
    expect(signedByOne.does('WithdrawPairing', elections, '2018-12').tries('SignAgreement', sign, '2018-10')).toHaveLength(2));
});

it('an opening agreement is recorded late of a pairing that ended without an agreement', () => {
  const ended = kickedOff
    .does('DraftAgreement', opening, '2017-10')
    .does('SignAgreement', { ...sign, agreement: 'opening', party: 'malaga' }, '2017-10')
    .does('EndWithoutAgreement', { reason: 'Out of time' }, '2018-12');
  expect(ended.tries('SignAgreement', { ...sign, agreement: 'opening' }, '2017-10')).toHaveLength(2);
});
it('days of a mission that have not come are told once', () =>
  expect(() => missionPlanned.does('HoldMission', { ...mission1, from: '2199-01-02', to: '2199-01-05' }, '2199-01-05')).toThrow(
    expect.objectContaining({
      detail: {
        gates: expect.arrayContaining([
          { gate: 'not-in-the-future', missing: [expect.objectContaining({ code: 'ITS_DAY_TO_COME' })] },
        ]) as unknown,
      },
    }) as Error,
  ));
