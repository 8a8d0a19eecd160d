import { given } from '../../test/given';
import {
  actions,
  because,
  kickedOff,
  mission1,
  missionHeld,
  missionPlanned,
  pilotDesigned,
  planSubmitted,
  signedByOne,
} from '../../test/states';

const reason = 'Elections';
/** Suspended from 2018-03-01. */
const suspended = missionHeld.does('SuspendPairing', { reason }, '2018-03-01');
const resumed = suspended.does('ResumePairing', {}, '2018-05-31');

describe('while a pairing is suspended', () => {
  const draft = (story: typeof suspended, on: string) => given(story).when('DraftPlan', { version: 1, actions }, on);
  const refused = ['GATE_CLOSED', 'not-while-suspended', 'OUTSIDE_SUSPENSION'] as const;

  it('no work happens, as far as its date is certain', () => {
    draft(suspended, '2018-03-02').thenRefused(...refused);
    draft(suspended, '2018-04').thenRefused(...refused);
    for (const date of ['2018-02-20', '2018-03-01', '2018-03', '2018'])
      expect(suspended.tries('DraftPlan', { version: 1, actions }, date)).toHaveLength(1);
  });
  it('nothing is dated into it afterwards', () => {
    draft(resumed, '2018-04').thenRefused(...refused);
    draft(resumed, '2018-05-30').thenRefused(...refused);
    for (const date of ['2018-05-31', '2018-05', '2018-06-02'])
      expect(resumed.tries('DraftPlan', { version: 1, actions }, date)).toHaveLength(1);
  });
  it('a mission was not held on a day of it', () =>
    given(missionPlanned.does('SuspendPairing', { reason }, '2018-02-09'))
      .when('HoldMission', mission1, '2018-02')
      .thenRefused(...refused));
  it('people change, it is extended, and it ends', () => {
    const on = '2018-04-01';
    expect(suspended.tries('EngageActor', { actor: 'university', sector: 'academia', side: 'european' }, on)).toHaveLength(1);
    expect(suspended.tries('ExtendPairing', { months: 3, decidedBy: 'secretariat', reason }, on)).toHaveLength(1);
    expect(suspended.tries('EndWithoutAgreement', { reason }, on)).toHaveLength(1);
    expect(suspended.tries('WithdrawPairing', { side: 'european', reason }, on)).toHaveLength(1);
    expect(suspended.tries('TerminatePairing', { decidedBy: 'secretariat', reason }, on)).toHaveLength(1);
  });
  it('what was recorded wrongly is corrected, but not into the suspension', () => {
    const kickOff = 1;
    expect(suspended.tries('Correct', { replace: [{ revision: kickOff, occurredOn: '2017-09-12' }], ...because })).toHaveLength(1);
    const drafted = suspended.does('DraftPlan', { version: 1, actions }, '2018-02-20');
    given(drafted)
      .when('Correct', { replace: [{ revision: drafted.history.length - 1, occurredOn: '2018-03-20' }], ...because })
      .thenNeededBy('PlanDrafted', 'OUTSIDE_SUSPENSION');
  });
  it('it is not resumed after a signature, or the start of a pilot, that is recorded to have followed', () => {
    const started = pilotDesigned.does('StartPilot', { pilot: 'fountains' }, '2018-06-10').does('SuspendPairing', { reason }, '2018-06-05');
    const signed = signedByOne.does('SuspendPairing', { reason }, '2018-09-20');
    for (const [story, until, tooLate] of [
      [started, '2018-06-10', '2018-06-11'],
      [signed, '2018-10-01', '2018-10-02'],
    ] as const) {
      given(story).when('ResumePairing', {}, tooLate).thenRefused('GATE_CLOSED', 'resumed-before-the-rest', 'RESUMED_BEFORE');
      expect(story.tries('ResumePairing', {}, until)).toHaveLength(1);
    }
  });
  it('an authority can let a fact stand', () => {
    const waived = suspended.does('WaiveGate', { gate: 'not-while-suspended', scope: 'next-fact', ...because });
    expect(waived.does('DraftPlan', { version: 1, actions }, '2018-04').history.at(-1)?.waived).toEqual(['not-while-suspended']);
  });
  it('the end of the pairing ends it: reports come after that', () => {
    const ended = suspended.does('EndWithoutAgreement', { reason }, '2018-04-01');
    expect(ended.tries('ReportMission', { mission: 1, outputs: 'Two routes' }, '2018-05')).toHaveLength(1);
    given(ended)
      .when('ReportMission', { mission: 1, outputs: 'Two routes' }, '2018-03-15')
      .thenRefused(...refused);
  });
});

describe('the support of a pairing that was suspended', () => {
  const long = planSubmitted.does('SuspendPairing', { reason }, '2018-05-01');
  const approve = (story: typeof long, on: string) => given(story).when('ApprovePlan', { version: 1, side: 'european' }, on);
  it('lasts longer by the days of the suspension', () => {
    const went = long.does('ResumePairing', {}, '2018-05-31');
    expect(went.tries('ApprovePlan', { version: 1, side: 'european' }, '2019-04-10')).toHaveLength(1);
    approve(went, '2019-04-11').thenRefused('GATE_CLOSED', 'within-support-period', 'WITHIN_SUPPORT');
  });
  it('is open while the suspension lasts: the suspension is what stands in the way', () => {
    approve(long, '2020-06-01').thenRefused('GATE_CLOSED', 'not-while-suspended', 'OUTSIDE_SUSPENSION');
    const went = long.does('ResumePairing', {}, '2020-05-01');
    expect(went.tries('ApprovePlan', { version: 1, side: 'european' }, '2020-06-01')).toHaveLength(1);
  });
});

describe('the end of a pairing', () => {
  const withdraw = { side: 'european', reason } as const;
  it('comes after its suspensions and extensions', () => {
    const extended = kickedOff.does('ExtendPairing', { months: 3, decidedBy: 'secretariat', reason }, '2018-06-01');
    for (const [story, last] of [
      [suspended, '2018-03-01'],
      [resumed, '2018-05-31'],
      [extended, '2018-06-01'],
    ] as const) {
      expect(story.tries('WithdrawPairing', withdraw, last)).toHaveLength(1);
      given(story).when('WithdrawPairing', withdraw, '2018-02-28').thenRefused('GATE_CLOSED', 'end-after-the-rest', 'NOTHING_LATER');
    }
  });
});
