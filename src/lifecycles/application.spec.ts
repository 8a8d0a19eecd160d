import {
  anApplication,
  authority,
  checked,
  late,
  nothing,
  onReserveList,
  other,
  rejected,
  revoked,
  selected,
  submitted,
  withdrawn,
} from '../../test/applications';
import { given, words } from '../../test/given';
import { dimensionsOf, factsOf } from '../kernel/lifecycle';
import { application } from './application';

const decision = { decidedBy: authority.decidedBy, reason: words(authority.reason) };

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
    expect(dimensionsOf(application, submitted.state, 'any')).toEqual({ component: 'C1', call: 'iuc-2019', side: 'european' }));
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

describe('an application that serves a pairing', () => {
  const pairing = { pairing: 'armenia-almeria' };
  it('is not freed of it before its call opened', () =>
    given(selected.does('MarkPaired', pairing, '2019-06'))
      .when('FreeApplication', pairing, '2018')
      .thenRefused('GATE_CLOSED', 'not-before-call', 'CALL_OPENED_FIRST'));
});
