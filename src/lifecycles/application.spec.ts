import { given, story, words } from '../../test/given';
import { rulesOf2017 } from '../../test/rules';
import { factsOf } from '../kernel/lifecycle';
import { application } from './application';
import type { CallSeen } from './call';

const openCall: CallSeen = {
  phase: 'open',
  component: 'C1',
  round: 3,
  openedOn: '2019-01-15',
  rules: 'iuc-lac@2',
  deadline: '2019-03-18T23:59',
  timeZone: 'Europe/Brussels',
  deadlines: [],
  criteria: [],
};
const rules = { ...rulesOf2017, name: 'iuc-lac@2' };
const elsewhere = {
  party: { almeria: { kind: 'city', countries: ['ES'], members: [], populations: [{ population: 196_851, year: 2018 }] } },
  call: {
    'iuc-2019': openCall,
    'iuc-2020': { ...openCall, phase: 'cancelled', endedOn: '2019-03-01' },
    'iuc-regions': { ...openCall, component: 'C3' },
  },
};

const anApplication = {
  call: 'iuc-2019',
  party: 'almeria',
  side: 'european',
  themes: ['urban-mobility', 'circular-economy'],
  evidence: [{ kind: 'other-programmes', note: 'URBACT since 2015' }],
} as const;
const late = '2019-03-19';
const authority = { decidedBy: 'brussels-unit', reason: 'Shared challenges with Armenia' };
const other = { decidedBy: 'brussels-unit', reason: 'No budget for it' };

const nothing = story(application, { book: () => rules, elsewhere });
const submitted = nothing.does('SubmitApplication', anApplication, '2019-03-04');
const checked = submitted.does('CheckEligibility', {}, '2019-03-20');
const selected = checked.does('SelectApplication', authority, '2019-05');
const onReserveList = checked.does('PutOnReserveList', authority, '2019-05');
const rejected = submitted.does('RejectApplication', authority, '2019-05');
const revoked = selected.does('RevokeDecision', other, '2019-06');
const withdrawn = submitted.does('WithdrawApplication', { reason: 'A new mayor' }, '2019-04-10');

const decision = { decidedBy: authority.decidedBy, reason: words(authority.reason) };

describe('submitting an application', () => {
  it('keeps what it is judged by: the rules, opening and deadline of its call', () => {
    given(nothing)
      .when('SubmitApplication', anApplication, '2019-03-04')
      .then({
        type: 'ApplicationSubmitted',
        data: {
          call: 'iuc-2019',
          party: 'almeria',
          side: 'european',
          themes: ['urban-mobility', 'circular-economy'],
          evidence: [{ kind: 'other-programmes', note: words('URBACT since 2015') }],
          component: 'C1',
          rules: 'iuc-lac@2',
          callOpenedOn: '2019-01-15',
          deadlineDay: '2019-03-18',
        },
      });
    expect(submitted.history[0]!.rules).toBe('iuc-lac@2');
  });
  it('is done once, also when the deadline moved since and after it was decided on', () => {
    const extended = { call: { 'iuc-2019': { ...openCall, deadline: '2019-04-01T12:00' } } };
    given(selected.in({ elsewhere: extended }))
      .when('SubmitApplication', anApplication, '2019-03-04')
      .thenNothing();
  });
  it('is refused where it was submitted otherwise', () =>
    given(submitted)
      .when('SubmitApplication', { ...anApplication, party: 'granada' }, '2019-03-04')
      .thenRefused('ALREADY_SUBMITTED'));
  it('is refused for a call that does not exist or was cancelled', () => {
    given(nothing)
      .when('SubmitApplication', { ...anApplication, call: 'iuc-2031' }, '2019-03-04')
      .thenRefused('NO_CALL_TO_ANSWER');
    given(nothing)
      .when('SubmitApplication', { ...anApplication, call: 'iuc-2020' }, '2019-03-04')
      .thenRefused('CALL_CANCELLED');
  });
  it('of a cancelled call is recorded late where it was made before the cancellation', () =>
    expect(nothing.tries('SubmitApplication', { ...anApplication, call: 'iuc-2020' }, '2019-02-28')).toHaveLength(1));
  it('is refused after the call was closed, and recorded late where it was made before', () => {
    const closed = nothing.in({ elsewhere: { call: { 'iuc-2019': { ...openCall, phase: 'closed', endedOn: '2019-03-10' } } } });
    given(closed).when('SubmitApplication', anApplication, '2019-03-11').thenRefused('CALL_CLOSED');
    for (const date of ['2019-03-10', '2019-03']) expect(closed.tries('SubmitApplication', anApplication, date)).toHaveLength(1);
  });
  it('is refused certainly before the call opened', () => {
    given(nothing).when('SubmitApplication', anApplication, '2019-01-14').thenRefused('CALL_NOT_YET_OPEN');
    expect(nothing.tries('SubmitApplication', anApplication, '2019-01')).toHaveLength(1);
  });
  it('is refused for a city with a theme that is none of theirs, and free for a region', () => {
    given(nothing)
      .when('SubmitApplication', { ...anApplication, themes: ['smart-specialisation'] }, '2019-03-04')
      .thenRefused('NOT_A_THEME_OF_C1');
    expect(
      nothing.tries('SubmitApplication', { ...anApplication, call: 'iuc-regions', themes: ['smart-specialisation'] }, '2019-03-04'),
    ).toHaveLength(1);
  });
});

describe('the deadline', () => {
  const waiver = { gate: 'within-deadline', authority: 'brussels-unit', reason: 'The form was down' };
  it('closes the gate the day after it, in the time zone of the call', () => {
    expect(nothing.tries('SubmitApplication', anApplication, '2019-03-18')).toHaveLength(1);
    given(nothing).when('SubmitApplication', anApplication, late).thenRefused('GATE_CLOSED', 'within-deadline');
  });
  it('keeps nobody out whose date is not certainly after it', () =>
    expect(nothing.tries('SubmitApplication', anApplication, '2019-03')).toHaveLength(1));
  it('is the one that stands when the application is recorded', () => {
    const extended = { call: { 'iuc-2019': { ...openCall, deadline: '2019-04-01T12:00' } } };
    expect(nothing.in({ elsewhere: extended }).tries('SubmitApplication', anApplication, late)).toHaveLength(1);
  });
  it('can be waived by an authority, and the application says so', () => {
    const waived = nothing.does('WaiveGate', { ...waiver, scope: 'next-fact' }).does('SubmitApplication', anApplication, late);
    expect(waived.history[1]).toMatchObject({ type: 'ApplicationSubmitted', waived: ['within-deadline'] });
    given(waived)
      .when('Correct', { retract: [{ revision: 0 }], authority: 'brussels-unit', reason: 'Nobody allowed it' })
      .thenRefused('FACTS_REST_ON_IT');
  });
});

describe('withdrawing an application', () => {
  it('is possible as long as it is not paired, whatever was decided, with the reason', () => {
    const event = { type: 'ApplicationWithdrawn', data: { reason: words('A new mayor') } } as const;
    for (const before of [submitted, selected, onReserveList, rejected, revoked])
      given(before).when('WithdrawApplication', { reason: 'A new mayor' }).then(event);
  });
  it('is done once', () => given(withdrawn).when('WithdrawApplication', { reason: 'A new mayor' }).thenNothing());
  it('is refused with another reason', () =>
    given(withdrawn).when('WithdrawApplication', { reason: 'No staff' }).thenRefused('APPLICATION_WITHDRAWN'));
  it('needs an application', () => given(nothing).when('WithdrawApplication', { reason: 'A new mayor' }).thenRefused('NEVER_SUBMITTED'));
  it('leaves nothing to decide from then on', () => {
    given(withdrawn).when('SelectApplication', authority, '2019-05').thenRefused('APPLICATION_WITHDRAWN');
    given(withdrawn).when('RejectApplication', authority, '2019-04-10').thenRefused('APPLICATION_WITHDRAWN');
    given(selected.does('WithdrawApplication', { reason: 'No staff' }, '2019-06'))
      .when('RevokeDecision', other, '2019-07')
      .thenRefused('APPLICATION_WITHDRAWN');
  });
  it('leaves room for an earlier decision recorded late, which changes nothing now', () => {
    const recordedLate = checked
      .does('WithdrawApplication', { reason: 'A new mayor' }, '2019-04-10')
      .does('SelectApplication', authority, '2019-04-01');
    expect(recordedLate.state.application).toMatchObject({ phase: 'withdrawn', decisions: [{ outcome: 'selected', on: '2019-04-01' }] });
    expect(factsOf(application, recordedLate.history[3]!, recordedLate.state, withdrawn.state)).toEqual([]);
  });
});

describe('deciding on an application', () => {
  it('selects it, puts it on the reserve list or rejects it, saying who decided and why', () => {
    given(checked).when('SelectApplication', authority).then({ type: 'ApplicationSelected', data: decision });
    given(submitted).when('PutOnReserveList', authority).then({ type: 'ApplicationPutOnReserveList', data: decision });
    given(submitted).when('RejectApplication', authority).then({ type: 'ApplicationRejected', data: decision });
  });
  it('is done once', () => {
    given(selected).when('SelectApplication', authority).thenNothing();
    given(onReserveList).when('PutOnReserveList', authority).thenNothing();
    given(rejected).when('RejectApplication', authority).thenNothing();
  });
  it('otherwise needs the decision that stands to be revoked first', () => {
    given(selected).when('SelectApplication', other).thenRefused('DECISION_STANDS');
    given(selected).when('PutOnReserveList', authority).thenRefused('DECISION_STANDS');
    given(selected).when('RejectApplication', authority).thenRefused('DECISION_STANDS');
    given(rejected).when('SelectApplication', authority).thenRefused('DECISION_STANDS');
    given(onReserveList).when('RejectApplication', authority).thenRefused('DECISION_STANDS');
  });
  it('is refused certainly before the application was submitted, as its withdrawal is', () => {
    for (const command of ['SelectApplication', 'PutOnReserveList', 'RejectApplication'] as const)
      given(submitted).when(command, authority, '2019-03-03').thenRefused('NOT_YET_SUBMITTED');
    given(submitted).when('WithdrawApplication', { reason: 'A new mayor' }, '2019-03-03').thenRefused('NOT_YET_SUBMITTED');
    given(checked).when('SelectApplication', authority, '2019-03').then({ type: 'ApplicationSelected', data: decision });
  });
  it('keeps the submission from being dated after it', () =>
    given(submitted.does('RejectApplication', authority, '2019-03-05'))
      .when('Correct', { replace: [{ revision: 0, occurredOn: '2019-03-06' }], authority: 'brussels-unit', reason: 'Misread' })
      .thenNeededBy('ApplicationRejected', 'NOT_YET_SUBMITTED'));
  it('selects from the reserve list', () => {
    given(onReserveList)
      .when('SelectApplication', other)
      .then({ type: 'ApplicationSelected', data: { decidedBy: 'brussels-unit', reason: words(other.reason) } });
  });
  it('needs an application', () => {
    given(nothing).when('SelectApplication', authority).thenRefused('NEVER_SUBMITTED');
    given(nothing).when('PutOnReserveList', authority).thenRefused('NEVER_SUBMITTED');
    given(nothing).when('RejectApplication', authority).thenRefused('NEVER_SUBMITTED');
  });
});

describe('revoking a decision', () => {
  it('brings the application back to where it was submitted, the decision staying on record', () => {
    given(selected)
      .when('RevokeDecision', other)
      .then({ type: 'ApplicationDecisionRevoked', data: { decidedBy: 'brussels-unit', reason: words(other.reason) } });
    expect(revoked.state.application).toMatchObject({
      phase: 'submitted',
      decisions: [{ outcome: 'selected', ...decision, revoked: { reason: words(other.reason), on: '2019-06' } }],
    });
  });
  it('is done once', () => given(revoked).when('RevokeDecision', other).thenNothing());
  it('makes way for another decision', () =>
    given(revoked).when('RejectApplication', authority).then({ type: 'ApplicationRejected', data: decision }));
  it('needs a decision that stands', () => {
    given(submitted).when('RevokeDecision', other).thenRefused('NO_DECISION');
    given(revoked).when('RevokeDecision', authority).thenRefused('NO_DECISION');
    given(nothing).when('RevokeDecision', other).thenRefused('NEVER_SUBMITTED');
  });
});

describe('the gates of an application', () => {
  it('let nothing happen in the future', () =>
    given(checked).when('SelectApplication', authority, '2021-01-03').thenRefused('GATE_CLOSED', 'not-in-the-future'));
  it('let nothing happen before the call opened', () => {
    const thatYear = nothing.does('SubmitApplication', anApplication, '2019');
    given(thatYear).when('SelectApplication', authority, '2019-01-14').thenRefused('GATE_CLOSED', 'not-before-call');
    given(thatYear.does('CheckEligibility', {}, '2019'))
      .when('SelectApplication', authority, '2019')
      .then({ type: 'ApplicationSelected', data: decision });
  });
  it('let nobody waive that', () =>
    given(submitted)
      .when('WaiveGate', { gate: 'not-before-call', scope: 'rest', authority: 'brussels-unit', reason: 'Haste' })
      .thenRefused('GATE_CANNOT_BE_WAIVED'));
});

describe('corrections of an application', () => {
  const by = { authority: 'brussels-unit', reason: 'Recorded by mistake' };
  it('take a selection back', () => {
    const takenBack = selected.does('Correct', { retract: [{ revision: 2 }], ...by });
    expect(takenBack.state.application).toMatchObject({ phase: 'submitted', decisions: [] });
  });
  it('leave a decision alone that was revoked since', () =>
    given(revoked)
      .when('Correct', { retract: [{ revision: 2 }], ...by })
      .thenRefused('FACTS_REST_ON_IT'));
  it('leave the submission alone under a decision', () =>
    given(selected)
      .when('Correct', { retract: [{ revision: 0 }], ...by })
      .thenRefused('FACTS_REST_ON_IT'));
  it('do not date the submission after the deadline', () =>
    given(submitted)
      .when('Correct', { replace: [{ revision: 0, occurredOn: late }], ...by })
      .thenRefused('FACTS_REST_ON_IT'));
  it('leave nothing to be seen of an application submitted in error', () =>
    expect(application.seen(submitted.does('Correct', { retract: [{ revision: 0 }], ...by }).state)).toBeUndefined());
});

describe('what an application tells others', () => {
  it('is its phase, party, side, call and themes, and the rules it goes by', () =>
    expect(application.seen(selected.state)).toEqual({
      phase: 'selected',
      pairings: [],
      places: 1,
      party: 'almeria',
      side: 'european',
      call: 'iuc-2019',
      component: 'C1',
      rules: 'iuc-lac@2',
      themes: ['urban-mobility', 'circular-economy'],
      callOpenedOn: '2019-01-15',
      decidedOn: '2019-05',
    }));
  it('is broken down by component, call and side', () =>
    expect(application.dimensions(submitted.state)).toEqual({ component: 'C1', call: 'iuc-2019', side: 'european' }));
  it('counts one decision at a time, and nothing once it is withdrawn', () => {
    const steps = [nothing, submitted, checked, onReserveList, onReserveList.does('SelectApplication', other)];
    steps.push(steps[4]!.does('WithdrawApplication', { reason: 'No staff' }));
    const facts = steps.slice(1).map((after, i) => factsOf(application, after.history.at(-1)!, after.state, steps[i]!.state));
    expect(facts.map((each) => each.map(({ measure, quantity }) => `${measure} ${quantity}`))).toEqual([
      ['applications 1'],
      ['applications-checked 1'],
      ['applications-on-reserve-list 1'],
      ['applications-on-reserve-list -1', 'applications-selected 1'],
      ['applications -1', 'applications-selected -1'],
    ]);
  });
});
