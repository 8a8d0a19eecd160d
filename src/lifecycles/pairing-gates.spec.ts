import { given, type Story } from '../../test/given';
import {
  actions,
  agreementConcluded,
  because,
  completed,
  formed,
  kickedOff,
  mission1,
  missionPlanned,
  pilotDesigned,
  planApproved,
  planDrafted,
  planSubmitted,
  signatories,
  signedByOne,
  unformed,
} from '../../test/states';
import { pairing } from './pairing';

type Told = Story<typeof pairing.parts>;
interface Case {
  readonly gate: string;
  readonly lack: string;
  readonly act: (story: Told, occurredOn: string) => Told;
  readonly closed: readonly [Told, string];
  readonly open: readonly [Told, string];
  /** The revision without which the recorded fact would not stand; none where it is a matter of its own date. */
  readonly retract?: (recorded: Told) => number;
}
const latest = (story: Told, type: string) => story.standing.findLast((fact) => fact.type === type)!.revision;
const unprepared = kickedOff
  .does('DraftAgreement', { agreement: 'cooperation', kind: 'cooperation', signatories, languages: ['es'] }, '2018')
  .does('SignAgreement', { agreement: 'cooperation', party: 'malaga', language: 'es' }, '2018');
const lastSignature = (story: Told, date: string) =>
  story.does('SignAgreement', { agreement: 'cooperation', party: 'cartagena', language: 'es' }, date);
const endedWithout = signedByOne.does('EndWithoutAgreement', { reason: 'Out of time' }, '2018-12');

const cases: readonly Case[] = [
  {
    gate: 'within-support-period',
    lack: 'WITHIN_SUPPORT',
    act: (story, date) =>
      story.does('FundPilot', { pilot: 'fountains', payment: 'first', funder: 'party', amountMinor: 1, currency: 'EUR' }, date),
    closed: [pilotDesigned, '2019-03-12'],
    open: [pilotDesigned, '2019-03-11'],
  },
  {
    gate: 'within-support-period',
    lack: 'KICK_OFF',
    act: (story, date) => story.does('DraftPlan', { version: 1, actions }, date),
    closed: [formed, '2017-10'],
    open: [kickedOff, '2017-10'],
    retract: (story) => latest(story, 'PairingKickedOff'),
  },
  {
    gate: 'formed-before-kick-off',
    lack: 'FORMED_FIRST',
    act: (story, date) => story.does('KickOff', {}, date),
    closed: [formed, '2017-06-19'],
    open: [formed, '2017-06-20'],
  },
  {
    gate: 'before-the-end',
    lack: 'BEFORE_THE_END',
    act: (story, date) => story.does('AgreeTheme', { theme: 'housing' }, date),
    closed: [completed, '2019-03-01'],
    open: [completed, '2019-02'],
  },
  {
    gate: 'end-after-the-rest',
    lack: 'NOTHING_LATER',
    act: (story, date) => story.does('TerminatePairing', { decidedBy: 'secretariat', reason: 'Silence' }, date),
    closed: [agreementConcluded, '2018-10-11'],
    open: [agreementConcluded, '2018-10'],
  },
  {
    gate: 'first-visitor',
    lack: 'FIRST_VISITOR',
    act: (story, date) => story.does('PlanMission', { mission: 2, visitor: 'latin-american', from: '2018-06', to: '2018-06' }, date),
    closed: [kickedOff, '2018-01'],
    open: [missionPlanned, '2018-01'],
    retract: (story) => latest(story, 'MissionPlanned') - 1,
  },
  {
    gate: 'mission-before-plan',
    lack: 'MISSION_HELD',
    act: (story, date) => story.does('SubmitPlan', { version: 1 }, date),
    closed: [kickedOff.does('DraftPlan', { version: 1, actions }, '2018'), '2018-04'],
    open: [planDrafted, '2018-04'],
    retract: (story) => latest(story, 'MissionHeld'),
  },
  {
    gate: 'pilot-implements-plan',
    lack: 'APPROVED_PLAN',
    act: (story, date) => story.does('DesignPilot', { pilot: 'ways', action: 'old-town', title: 'Ways' }, date),
    closed: [planSubmitted, '2018-06'],
    open: [planApproved, '2018-06'],
    retract: (story) => latest(story, 'PlanApproved'),
  },
  {
    gate: 'work-before-agreement',
    lack: 'MISSIONS_HELD',
    act: lastSignature,
    closed: [unprepared, '2018-10'],
    open: [signedByOne, '2018-10'],
    retract: (story) => latest(story, 'MissionHeld'),
  },
  {
    gate: 'agreement-before-completion',
    lack: 'CONCLUDED_AGREEMENT',
    act: (story, date) => story.does('CompletePairing', {}, date),
    closed: [signedByOne, '2018-12'],
    open: [agreementConcluded, '2018-12'],
    retract: (story) => latest(story, 'AgreementConcluded'),
  },
  {
    gate: 'agreement-before-completion',
    lack: 'OTHER_END',
    act: lastSignature,
    closed: [endedWithout, '2018-10'],
    open: [signedByOne, '2018-10'],
  },
];

describe('a pairing', () => {
  const applications = { applications: ['malaga', 'cartagena'] };
  it('is not formed before its call opened, whoever allows it', () => {
    given(unformed).when('FormPairing', applications, '2017-02').thenRefused('GATE_CLOSED', 'formed-after-call', 'CALL_OPENED_FIRST');
    given(unformed)
      .when('WaiveGate', { gate: 'formed-after-call', scope: 'next-fact', ...because })
      .thenRefused('GATE_CANNOT_BE_WAIVED');
  });
  it('is formed in a year in which its call opened', () =>
    expect(unformed.does('FormPairing', applications, '2017').history).toHaveLength(1));
});

describe.each(cases)('the gate $gate ($lack)', ({ gate, lack, act, closed, open, retract }) => {
  const waive = (story: Told, scope: 'next-fact' | 'rest') => story.does('WaiveGate', { gate, scope, ...because });

  it('refuses what it guards while it is closed, and says what is missing', () => {
    const told = {
      code: 'GATE_CLOSED',
      detail: { gates: [{ gate, missing: expect.arrayContaining([expect.objectContaining({ code: lack })]) as object }] },
    };
    expect(() => act(...closed)).toThrow(expect.objectContaining(told) as Error);
  });
  it('lets it pass once it is open, without a waiver', () => {
    const recorded = act(...open);
    expect(recorded.history.length).toBeGreaterThan(open[0].history.length);
    expect(recorded.history.some(({ waived }) => waived)).toBe(false);
  });
  it.each(['next-fact', 'rest'] as const)('can be waived (%s), and the fact that passes says so', (scope) => {
    const recorded = act(waive(closed[0], scope), closed[1]);
    expect(recorded.history.at(-1)?.waived).toEqual([gate]);
    expect(recorded.unsupported).toEqual([]);
  });
  it('keeps the waiver from being taken back once a fact has passed by it', () => {
    const recorded = act(waive(closed[0], 'rest'), closed[1]);
    given(recorded)
      .when('Correct', { retract: [{ revision: latest(recorded, 'GateWaived') }], ...because })
      .thenNeededBy(recorded.history.at(-1)!.type, lack);
  });
  if (lack !== 'OTHER_END')
    it('holds for what is recorded, unless it is waived for that fact', () => {
      const recorded = act(...open);
      const { revision, type } = recorded.history.at(-1)!;
      const correction = {
        ...(retract ? { retract: [{ revision: retract(recorded), only: true }] } : { replace: [{ revision, occurredOn: closed[1] }] }),
        ...because,
      };
      given(recorded).when('Correct', correction).thenNeededBy(type, lack);
      const waived = recorded.does('WaiveGate', { gate, scope: 'fact', revision, ...because });
      expect(waived.does('Correct', correction).unsupported).toEqual([]);
    });
});

describe('gates that nobody can waive', () => {
  it('nothing is recorded of a pairing before it is formed', () =>
    given(unformed).when('AgreeTheme', { theme: 'housing' }).thenRefused('GATE_CLOSED', 'formed-first', 'PAIRING_FORMED_FIRST'));
  it('only what has happened is recorded, wherever on Earth it is noted', () => {
    const agree = (date: string) => given(formed.in({ now: '2018-03-31T09:00:00.000Z' })).when('AgreeTheme', { theme: 'housing' }, date);
    agree('2018-03-31').then({ type: 'ThemeAgreed', data: { theme: 'housing' } });
    agree('2018-04-01').thenRefused('GATE_CLOSED', 'not-in-the-future', 'ITS_DAY_TO_COME');
    agree('2018').then({ type: 'ThemeAgreed', data: { theme: 'housing' } });
  });
  it('nothing happened to a pairing before its call opened', () => {
    given(formed).when('AgreeTheme', { theme: 'housing' }, '2017-02').thenRefused('GATE_CLOSED', 'not-before-call', 'CALL_OPENED_FIRST');
    given(formed)
      .when('AgreeTheme', { theme: 'housing' }, '2017-03')
      .then({ type: 'ThemeAgreed', data: { theme: 'housing' } });
  });
  it.each(['formed-first', 'not-in-the-future', 'not-before-call'])('%s is not waived by any authority', (gate) =>
    given(formed)
      .when('WaiveGate', { gate, scope: 'rest', ...because })
      .thenRefused('GATE_CANNOT_BE_WAIVED'),
  );
});

describe('what gates what', () => {
  it('an agreement says at once all that it still needs', () => {
    for (const lack of ['MISSIONS_HELD', 'APPROVED_PLAN', 'PILOT_DESIGNED'])
      given(unprepared)
        .when('SignAgreement', { agreement: 'cooperation', party: 'cartagena', language: 'es' }, '2018')
        .thenRefused('GATE_CLOSED', 'work-before-agreement', lack);
  });
  it('an opening agreement needs no work and no kick-off', () => {
    const opening = formed
      .does('DraftAgreement', { agreement: 'opening', kind: 'opening', signatories, languages: ['es'] }, '2017-07')
      .does('SignAgreement', { agreement: 'opening', party: 'malaga', language: 'es' }, '2017-07');
    expect(
      opening.does('SignAgreement', { agreement: 'opening', party: 'cartagena', language: 'es' }, '2017-07').state.agreements['opening']
        ?.is,
    ).toBe('concluded');
  });
  it('a virtual mission counts for the submission of a plan', () => {
    const virtual = missionPlanned
      .does('MakeMissionVirtual', { mission: 1, reason: 'Pandemic' }, '2018-01')
      .does('HoldMission', { ...mission1, place: 'online' }, '2018-02-14');
    expect(
      virtual.does('DraftPlan', { version: 1, actions }, '2018-03').does('SubmitPlan', { version: 1 }, '2018-04').state.plan.versions[1]
        ?.is,
    ).toBe('submitted');
  });
  it('a mission was held on days that had come, within the support period and not before the call', () => {
    const hold = (from: string, to: string) => given(missionPlanned).when('HoldMission', { ...mission1, from, to }, '2018-02-14');
    hold('1900', '2018-02-14').thenRefused('GATE_CLOSED', 'not-before-call', 'CALL_OPENED_FIRST');
    hold('2017-09-10', '2018-02-14').thenRefused('GATE_CLOSED', 'within-support-period', 'WITHIN_SUPPORT');
    hold('2018-02-14', '2019-03-12').thenRefused('GATE_CLOSED', 'within-support-period', 'WITHIN_SUPPORT');
    hold('2018-02-14', '2199').thenRefused('GATE_CLOSED', 'not-in-the-future', 'ITS_DAY_TO_COME');
    hold('2017', '2019').then({ type: 'MissionHeld', data: { ...mission1, from: '2017', to: '2019', mode: 'in-person' } });
  });
  it('a mission may be planned for days to come', () =>
    expect(kickedOff.tries('PlanMission', { mission: 1, visitor: 'european', from: '2199-01', to: '2199-02' }, '2018-01')).toHaveLength(1));
  it('a plan is submitted after a mission by its date, not by the order of recording', () => {
    given(planDrafted)
      .when('SubmitPlan', { version: 1 }, '2018-02-09')
      .thenRefused('GATE_CLOSED', 'mission-before-plan', 'MISSION_HELD_FIRST');
    expect(planDrafted.tries('SubmitPlan', { version: 1 }, '2018-02')).toHaveLength(1);
  });
  it('a pilot implements an action that was approved, not any', () =>
    given(planApproved)
      .when('DesignPilot', { pilot: 'trams', action: 'trams', title: 'Trams' })
      .thenRefused('GATE_CLOSED', 'pilot-implements-plan', 'ACTION_IN_PLAN'));
  it('a pairing with an agreement does not end without one', () =>
    given(agreementConcluded)
      .when('EndWithoutAgreement', { reason: 'Out of time' })
      .thenRefused('GATE_CLOSED', 'agreement-before-completion', 'NO_CONCLUDED_AGREEMENT'));
});
