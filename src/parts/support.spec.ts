import { given, words } from '../../test/given';
import { because, completed, formed, kickedOff, missionHeld, unformed } from '../../test/states';
import { factsOf } from '../kernel/lifecycle';
import { pairing } from '../lifecycles/pairing';
import { supportEndsOn } from './support';

const reason = 'Elections';
const suspended = kickedOff.does('SuspendPairing', { reason }, '2018-01-10');
const resumed = suspended.does('ResumePairing', {}, '2018-02-09');
const decided = { decidedBy: 'secretariat', reason: 'Floods' };
const extended = kickedOff.does('ExtendPairing', { months: 3, ...decided }, '2018-11');
const facts = (story: typeof suspended, before: typeof suspended) =>
  factsOf(pairing, story.standing.at(-1)!, story.state, before.state).map(({ measure, subject, quantity }) => [measure, subject, quantity]);

describe('suspending a pairing', () => {
  it('says why', () =>
    given(kickedOff)
      .when('SuspendPairing', { reason }, '2018-01-10')
      .then({ type: 'PairingSuspended', data: { reason: words(reason) } }));
  it('is done once', () => given(suspended).when('SuspendPairing', { reason }, '2018-01-10').thenNothing());
  it('is refused while it is suspended, for whatever reason', () => {
    given(suspended).when('SuspendPairing', { reason: 'Strike' }, '2018-01-10').thenRefused('ALREADY_SUSPENDED');
    given(suspended).when('SuspendPairing', { reason }, '2018-03').thenRefused('ALREADY_SUSPENDED');
    given(resumed).when('SuspendPairing', { reason }, '2018-01-20').thenRefused('ALREADY_SUSPENDED');
  });
  it('can follow after a resumption, also on its day', () =>
    expect(resumed.does('SuspendPairing', { reason }, '2018-02-09').state.support.suspensions).toHaveLength(2));
  it('can be recorded late, before a suspension that is known', () => {
    const late = suspended.does('SuspendPairing', { reason: 'Strike' }, '2017-11-01').does('ResumePairing', {}, '2017-12-01');
    expect(late.state.support.suspensions).toMatchObject([{ from: '2018-01-10' }, { from: '2017-11-01', to: '2017-12-01' }]);
    expect(late.does('ResumePairing', {}, '2018-02-09').state.support.suspensions[0]).toMatchObject({ to: '2018-02-09' });
  });
  it('needs the kick-off, and a day of the support', () => {
    given(formed).when('SuspendPairing', { reason }, '2018').thenRefused('GATE_CLOSED', 'within-support-period', 'KICK_OFF');
    given(kickedOff).when('SuspendPairing', { reason }, '2019-03-12').thenRefused('GATE_CLOSED', 'within-support-period', 'WITHIN_SUPPORT');
    given(unformed).when('SuspendPairing', { reason }).thenRefused('GATE_CLOSED', 'formed-first');
  });
  it('is refused after the end', () =>
    given(completed).when('SuspendPairing', { reason }, '2019-03-01').thenRefused('GATE_CLOSED', 'before-the-end', 'BEFORE_THE_END'));
});

describe('resuming a pairing', () => {
  it('ends the suspension', () => given(suspended).when('ResumePairing', {}, '2018-02-09').then({ type: 'PairingResumed', data: {} }));
  it('is done once', () => given(resumed).when('ResumePairing', {}, '2018-02-09').thenNothing());
  it('is refused where it was not suspended', () => {
    given(kickedOff).when('ResumePairing', {}, '2018-02').thenRefused('NOT_SUSPENDED');
    given(resumed).when('ResumePairing', {}, '2018-02-10').thenRefused('NOT_SUSPENDED');
    given(suspended).when('ResumePairing', {}, '2018-01-09').thenRefused('NOT_SUSPENDED');
  });
  it('may be known to the month or year only', () => {
    for (const date of ['2018-01', '2018']) expect(suspended.tries('ResumePairing', {}, date)).toHaveLength(1);
  });
  it('came before the next suspension', () =>
    given(resumed.does('SuspendPairing', { reason: 'Strike' }, '2017-11-01'))
      .when('ResumePairing', {}, '2018-01-20')
      .thenRefused('SUSPENDED_AGAIN'));
  it('is needed by nothing: without it the suspension lasts', () => {
    const undone = resumed.does('Correct', { retract: [{ revision: resumed.history.length - 1 }], ...because });
    expect(undone.state).toEqual(suspended.state);
  });
  it('did not come after work that is recorded', () => {
    const late = missionHeld.does('SuspendPairing', { reason }, '2018-01-10');
    given(late).when('ResumePairing', {}, '2018-02-11').thenRefused('GATE_CLOSED', 'resumed-before-the-rest', 'RESUMED_BEFORE');
    given(late).when('ResumePairing', {}, '2018-02-10').then({ type: 'PairingResumed', data: {} });
    given(late).when('ResumePairing', {}, '2018-02').then({ type: 'PairingResumed', data: {} });
  });
});

describe('extending a pairing', () => {
  const extend = (body: object, on = '2018-11', story = kickedOff) => given(story).when('ExtendPairing', { ...decided, ...body }, on);
  const event = (more: object) =>
    ({ type: 'PairingExtended', data: { ...more, decidedBy: 'secretariat', reason: words('Floods') } }) as const;
  it('says by whom it was decided and why, and to which day or by how many months', () => {
    extend({ until: '2019-06-30' }).then(event({ until: '2019-06-30' }));
    extend({ months: 3 }).then(event({ months: 3 }));
  });
  it('is done once', () => extend({ months: 3 }, '2018-11', extended).thenNothing());
  it('is refused with neither a day nor months, and with both', () => {
    extend({}).thenRefused('EXTENSION_OF_WHAT');
    extend({ until: '2019-06-30', months: 3 }).thenRefused('EXTENSION_OF_WHAT');
  });
  it('is refused into the past: not later than the support lasts anyway', () => {
    extend({ until: '2019-03-11' }).thenRefused('EXTENSION_NOT_LATER');
    extend({ until: '2019-03-12' }).then(event({ until: '2019-03-12' }));
    extend({ until: '2019-06-11' }, '2018-12', extended).thenRefused('EXTENSION_NOT_LATER');
    extend({ until: '2019-03-30' }, '2018-12', resumed).thenRefused('EXTENSION_NOT_LATER');
  });
  it('is measured against what was decided before it, when it is recorded late', () =>
    extend({ until: '2019-03-31' }, '2018-10', extended).then(event({ until: '2019-03-31' })));
  it('is refused before the kick-off', () => extend({ months: 3 }, '2018', formed).thenRefused('NOT_KICKED_OFF'));
  it('may happen while the pairing is suspended', () => extend({ months: 3 }, '2018-11', suspended).then(event({ months: 3 })));
  it('cannot be taken back behind work that rests on it', () => {
    const worked = extended
      .does('PlanMission', { mission: 1, visitor: 'european', from: '2019-05', to: '2019-05' }, '2019-04')
      .does('HoldMission', { mission: 1, from: '2019-05-02', to: '2019-05-04', place: 'Cartagena', delegates: 4 }, '2019-05-04');
    given(worked)
      .when('Correct', { retract: [{ revision: extended.history.length - 1 }], ...because })
      .thenNeededBy('MissionHeld', 'WITHIN_SUPPORT');
  });
});

describe('the last day of support', () => {
  const ends = (story: typeof suspended, on?: string) => supportEndsOn(story.state.support, '2017-09-11', 18, on);
  it('is moved by every day suspended and by every extension', () => {
    expect(ends(kickedOff)).toBe('2019-03-11');
    expect(ends(resumed)).toBe('2019-04-10');
    expect(ends(resumed.does('ExtendPairing', { months: 2, ...decided }, '2018-12'))).toBe('2019-06-10');
    expect(ends(extended.does('ExtendPairing', { until: '2019-08-31', ...decided }, '2018-12'))).toBe('2019-08-31');
  });
  it('is moved by what happened after the extension, and not twice by what happened before', () => {
    const until = kickedOff.does('ExtendPairing', { until: '2019-06-30', ...decided }, '2018-06-01');
    const suspend = (from: string, to: string) => until.does('SuspendPairing', { reason }, from).does('ResumePairing', {}, to);
    expect(ends(suspend('2018-07-01', '2018-07-11'))).toBe('2019-07-10');
    expect(ends(suspend('2018-05-01', '2018-05-11'))).toBe('2019-06-30');
  });
  it('is open while a suspension lasts, and otherwise counted to a day', () => {
    expect(ends(suspended)).toBeUndefined();
    expect(ends(suspended, '2018-01-20')).toBe('2019-03-21');
    expect(ends(suspended, '2018-01-01')).toBe('2019-03-11');
  });
  it('gives dates known roughly the benefit of the doubt', () =>
    expect(ends(kickedOff.does('SuspendPairing', { reason }, '2018-01').does('ResumePairing', {}, '2018-02'))).toBe('2019-05-08'));
});

describe('what counts of a suspension', () => {
  it('begins with it, and ends with the resumption', () => {
    expect(facts(suspended, kickedOff)).toEqual([['pairings-suspended', 'suspension 1', 1]]);
    expect(facts(resumed, suspended)).toEqual([['pairings-suspended', 'suspension 1', -1]]);
    const again = resumed.does('SuspendPairing', { reason }, '2018-05');
    expect(facts(again, resumed)).toEqual([['pairings-suspended', 'suspension 2', 1]]);
  });
  it('ends with the pairing, where nothing resumed it', () => {
    const end = { side: 'european', reason: 'New mayor' } as const;
    const ended = suspended.does('WithdrawPairing', end, '2018-03');
    expect(facts(ended, suspended)).toContainEqual(['pairings-suspended', 'suspension 1', -1]);
    expect(facts(resumed.does('WithdrawPairing', end, '2018-03'), resumed).map(([measure]) => measure)).not.toContain('pairings-suspended');
  });
  it('counts each extension', () => expect(facts(extended, kickedOff)).toEqual([['pairings-extended', 'pairing', 1]]));
});
