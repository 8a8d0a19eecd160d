import { anApplication, late, nothing, openCall, selected, submitted } from '../../test/applications';
import { given, words } from '../../test/given';

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
