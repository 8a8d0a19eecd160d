import { given, story, words } from '../../test/given';
import { dimensionsOf, factsOf } from '../kernel/lifecycle';
import type { RuleSet } from '../kernel/rules';
import type { CallEvents } from '../parts/call-course';
import { call } from './call';

const rules: RuleSet = {
  name: 'iuc-lac@2',
  minPopulation: 100_000,
  setOfCitiesCountsTogether: true,
  excludedPartyKinds: [],
  countries: { C1: { european: ['ES'], latinAmerican: ['AR'] }, C3: { european: ['ES'], latinAmerican: ['MX'] } },
  maxFundedTravellers: 5,
  missionsRequired: 2,
  missionsAllowed: 3,
  firstVisitor: { C1: 'european' },
  commitmentMonths: 18,
  supportMonths: 18,
};
const aCall: CallEvents['CallOpened'] = {
  title: 'Third call for cities',
  component: 'C1',
  round: 3,
  rules: 'iuc-lac@2',
  deadline: '2019-03-04T23:59',
  timeZone: 'Europe/Brussels',
};
const later = { deadline: '2019-03-18T23:59', reason: 'Many cities asked for it' };

const unopened = story(call, { book: (name) => (name === rules.name ? rules : undefined) });
const openCall = unopened.does('OpenCall', aCall, '2019-01-15');
const extended = openCall.does('ExtendDeadline', later, '2019-03-01');
const closed = extended.does('CloseCall', {}, '2019-03-19');
const cancelled = openCall.does('CancelCall', { reason: 'No budget' }, '2019-02');

describe('opening a call', () => {
  it('names its component, round, rule set and deadline in a time zone', () =>
    given(unopened).when('OpenCall', aCall, '2019-01-15').then({ type: 'CallOpened', data: aCall }));
  it('may name the themes it asks for', () => {
    const themed = { ...aCall, themes: ['housing', 'urban-mobility'] };
    given(unopened).when('OpenCall', themed, '2019-01').then({ type: 'CallOpened', data: themed });
  });
  it('is done once, also after the deadline was extended', () => given(extended).when('OpenCall', aCall, '2019-01-15').thenNothing());
  it('is refused where the call was opened otherwise', () =>
    given(openCall)
      .when('OpenCall', { ...aCall, round: 2 }, '2019-01-15')
      .thenRefused('CALL_OPENED_OTHERWISE'));
  it('is refused with a rule set that nobody published', () =>
    given(unopened)
      .when('OpenCall', { ...aCall, rules: 'iuc-lac@9' }, '2019-01-15')
      .thenRefused('NO_RULE_SET'));
  it('is refused for a component that the rule set says nothing of', () =>
    given(unopened)
      .when('OpenCall', { ...aCall, component: 'C2' }, '2019-01-15')
      .thenRefused('COMPONENT_WITHOUT_RULES'));
  it('is refused for cities on a theme that is none of theirs, and free for regions', () => {
    const themes = ['smart-specialisation'];
    given(unopened)
      .when('OpenCall', { ...aCall, themes }, '2019-01-15')
      .thenRefused('NOT_A_THEME_OF_C1');
    given(unopened)
      .when('OpenCall', { ...aCall, component: 'C3', themes }, '2019-01-15')
      .then({ type: 'CallOpened', data: { ...aCall, component: 'C3', themes } });
  });
  it('comes before its deadline, as far as the date is known', () => {
    given(unopened).when('OpenCall', aCall, '2019-03-05').thenRefused('DEADLINE_BEFORE_OPENING');
    given(unopened).when('OpenCall', aCall, '2019').then({ type: 'CallOpened', data: aCall });
  });
});

describe('extending the deadline', () => {
  it('moves it to a later time, with the reason', () => {
    given(openCall)
      .when('ExtendDeadline', later, '2019-03-01')
      .then({ type: 'CallDeadlineExtended', data: { deadline: later.deadline, reason: words(later.reason) } });
    expect(call.seen(extended.state)).toMatchObject({
      deadline: '2019-03-18T23:59',
      deadlines: [
        { deadline: '2019-03-04T23:59', on: '2019-01-15' },
        { deadline: '2019-03-18T23:59', on: '2019-03-01' },
      ],
    });
  });
  it('is done once', () => given(extended).when('ExtendDeadline', later, '2019-03-01').thenNothing());
  it('never moves it to an earlier time', () =>
    given(extended)
      .when('ExtendDeadline', { ...later, deadline: '2019-03-11T23:59' }, '2019-03-01')
      .thenRefused('DEADLINE_NOT_LATER'));
  it('can be recorded late: the latest deadline still stands', () => {
    const recordedLate = extended.does('ExtendDeadline', { ...later, deadline: '2019-03-11T23:59' }, '2019-02-20');
    expect(call.seen(recordedLate.state)?.deadline).toBe('2019-03-18T23:59');
  });
  it('is refused after the call was closed or cancelled', () => {
    const further = { ...later, deadline: '2019-04-01T12:00' };
    given(closed).when('ExtendDeadline', further, '2019-03-20').thenRefused('CALL_HAS_ENDED');
    given(closed).when('ExtendDeadline', further, '2019-03-19').thenRefused('CALL_HAS_ENDED');
    given(cancelled).when('ExtendDeadline', further, '2019-03-20').thenRefused('CALL_HAS_ENDED');
  });
  it('of a call now closed is recorded late where it happened before the closing', () => {
    const recordedLate = closed.does('ExtendDeadline', { ...later, deadline: '2019-03-19T12:00' }, '2019-03-15');
    expect(call.seen(recordedLate.state)).toMatchObject({ phase: 'closed', deadline: '2019-03-19T12:00' });
  });
  it('needs an open call', () => given(unopened).when('ExtendDeadline', later).thenRefused('NO_SUCH_CALL'));
});

describe('closing a call', () => {
  it('ends it', () => given(extended).when('CloseCall', {}, '2019-03-19').then({ type: 'CallClosed', data: {} }));
  it('is done once, also after the closed call was cancelled', () => {
    given(closed).when('CloseCall', {}, '2019-03-19').thenNothing();
    given(closed.does('CancelCall', { reason: 'No budget' }))
      .when('CloseCall', {}, '2019-03-19')
      .thenNothing();
  });
  it('is refused on another day, and for a cancelled call', () => {
    given(closed).when('CloseCall', {}, '2019-03-20').thenRefused('CALL_HAS_ENDED');
    given(cancelled).when('CloseCall', {}, '2019-03-19').thenRefused('CALL_HAS_ENDED');
  });
  it('needs an open call', () => given(unopened).when('CloseCall', {}).thenRefused('NO_SUCH_CALL'));
});

describe('cancelling a call', () => {
  it('is possible while it is open and after it was closed, with the reason', () => {
    const event = { type: 'CallCancelled', data: { reason: words('No budget') } } as const;
    given(openCall).when('CancelCall', { reason: 'No budget' }).then(event);
    given(closed).when('CancelCall', { reason: 'No budget' }).then(event);
  });
  it('is done once', () => given(cancelled).when('CancelCall', { reason: 'No budget' }).thenNothing());
  it('is refused with another reason', () => given(cancelled).when('CancelCall', { reason: 'No interest' }).thenRefused('CALL_HAS_ENDED'));
  it('needs an open call', () => given(unopened).when('CancelCall', { reason: 'No budget' }).thenRefused('NO_SUCH_CALL'));
});

describe('the gates of a call', () => {
  it('let nothing happen in the future', () => {
    given(openCall).when('CloseCall', {}, '2021-01-03').thenRefused('GATE_CLOSED', 'not-in-the-future');
    given(openCall).when('CloseCall', {}, '2021').then({ type: 'CallClosed', data: {} });
  });
  it.each(['not-in-the-future', 'not-before-call'])('let nobody waive %s', (gate) =>
    given(openCall)
      .when('WaiveGate', { gate, scope: 'rest', authority: 'iuc-secretariat', reason: 'Haste' })
      .thenRefused('GATE_CANNOT_BE_WAIVED'),
  );
  it('let nothing happen before the call opened', () =>
    given(openCall).when('CancelCall', { reason: 'No budget' }, '2018').thenRefused('GATE_CLOSED', 'not-before-call'));
});

describe('corrections of a call', () => {
  const authority = { authority: 'iuc-secretariat', reason: 'Misread' };
  it('take an extension back: the deadline before it stands again', () => {
    const takenBack = extended.does('Correct', { retract: [{ revision: 1 }], ...authority });
    expect(call.seen(takenBack.state)?.deadline).toBe('2019-03-04T23:59');
  });
  it('leave the opening alone while facts rest on it', () =>
    given(extended)
      .when('Correct', { retract: [{ revision: 0 }], ...authority })
      .thenRefused('FACTS_REST_ON_IT'));
  it('do not date the opening after what followed', () =>
    given(closed)
      .when('Correct', { replace: [{ revision: 0, occurredOn: '2019-03-02' }], ...authority })
      .thenRefused('FACTS_REST_ON_IT'));
  it('leave nothing to be seen of a call opened in error', () => {
    const takenBack = openCall.does('Correct', { retract: [{ revision: 0 }], ...authority });
    expect(call.seen(takenBack.state)).toBeUndefined();
  });
});

describe('what a call tells others', () => {
  it('is its phase, component, round, rules and deadline', () =>
    expect(call.seen(closed.state)).toMatchObject({
      phase: 'closed',
      component: 'C1',
      round: 3,
      openedOn: '2019-01-15',
      rules: 'iuc-lac@2',
      timeZone: 'Europe/Brussels',
    }));
  it('is also from when on it takes no more applications', () => {
    expect(call.seen(extended.state)).not.toHaveProperty('endedOn');
    expect(call.seen(closed.state)).toMatchObject({ endedOn: '2019-03-19' });
    expect(call.seen(cancelled.state)).toMatchObject({ phase: 'cancelled', endedOn: '2019-02' });
    const both = closed.does('CancelCall', { reason: 'No budget' }, '2019-04');
    expect(call.seen(both.state)).toMatchObject({ phase: 'cancelled', endedOn: '2019-03-19' });
  });
  it('is counted among the calls until it is cancelled', () => {
    const facts = [
      ...factsOf(call, cancelled.history[0]!, openCall.state, unopened.state),
      ...factsOf(call, cancelled.history[1]!, cancelled.state, openCall.state),
    ];
    const sum = (wanted: string) => facts.filter(({ measure }) => measure === wanted).reduce((total, { quantity }) => total + quantity, 0);
    expect([sum('calls'), sum('calls-cancelled')]).toEqual([0, 1]);
    expect(dimensionsOf(call, openCall.state, 'any')).toEqual({ component: 'C1' });
  });
});
