import { given } from '../../test/given';
import { because, completed, kickedOff, mission1, missionHeld, missionPlanned } from '../../test/states';
import { factsOf } from '../kernel/lifecycle';
import { pairing } from '../lifecycles/pairing';
import { delegationOf } from './delegations';

const of = (sector: 'public' | 'academia' | 'private', gender: 'woman' | 'man', funded = true) => ({ sector, gender, funded }) as const;
const five = [of('public', 'woman'), of('public', 'woman'), of('public', 'man'), of('academia', 'woman'), of('private', 'man')];
const ana = 'aaaaaaaa-0000-4000-8000-000000000000';
const recorded = missionHeld.does('RecordDelegation', { mission: 1, members: five }, '2018-02-14');
const facts = (story: typeof recorded, before: typeof recorded) =>
  factsOf(pairing, story.standing.at(-1)!, story.state, before.state).map(({ measure, subject, quantity, by }) => [
    measure,
    subject,
    quantity,
    Object.values(by!).join(),
  ]);

describe('recording the delegation of a mission', () => {
  const record = (members: readonly object[], story = missionHeld) =>
    given(story).when('RecordDelegation', { mission: 1, members: members as typeof five }, '2018-02-14');
  it('says of each member where it comes from, its gender, and whether the programme paid the seat', () => {
    record(five).then({ type: 'DelegationRecorded', data: { mission: 1, members: five } });
    const named = [{ ...of('public', 'woman'), person: ana }];
    record(named).then({ type: 'DelegationRecorded', data: { mission: 1, members: named } });
  });
  it('is done once', () => record(five, recorded).thenNothing());
  it('has at most as many funded seats as the rules allow; the delegation may be larger', () => {
    const more = [...five, of('public', 'man', false), of('private', 'woman', false)];
    record(more).then({ type: 'DelegationRecorded', data: { mission: 1, members: more } });
    record([...five, of('public', 'man')]).thenRefused('TOO_MANY_FUNDED');
  });
  it('names nobody twice', () =>
    record([of('public', 'woman'), of('public', 'man')].map((each) => ({ ...each, person: ana }))).thenRefused('DELEGATE_TWICE'));
  it('belongs to a mission that was planned or held', () => {
    record(five, missionPlanned).then({ type: 'DelegationRecorded', data: { mission: 1, members: five } });
    record(five, kickedOff).thenRefused('GATE_CLOSED', 'mission-of-delegation', 'MISSION_OF_DELEGATION');
    const cancelled = missionPlanned.does('CancelMission', { mission: 1, reason: 'Strike' }, '2018-01');
    record(five, cancelled).thenRefused('GATE_CLOSED', 'mission-of-delegation', 'MISSION_OF_DELEGATION');
  });
  it('keeps the mission from being taken back', () =>
    given(missionPlanned.does('RecordDelegation', { mission: 1, members: five }, '2018-02'))
      .when('Correct', { retract: [{ revision: missionPlanned.history.length - 1 }], ...because })
      .thenNeededBy('DelegationRecorded', 'MISSION_OF_DELEGATION'));
  it('is not corrected into six funded seats', () =>
    given(recorded)
      .when('Correct', {
        replace: [{ revision: recorded.history.length - 1, data: { mission: 1, members: [...five, of('public', 'man')] } }],
        ...because,
      })
      .thenNeededBy('DelegationRecorded', 'TOO_MANY_FUNDED'));
  it('may come to light after the pairing has ended', () =>
    expect(completed.tries('RecordDelegation', { mission: 1, members: five }, '2020')).toHaveLength(1));
});

describe('a delegation recorded again', () => {
  const two = [of('public', 'woman'), of('academia', 'man', false)];
  const again = recorded.does('RecordDelegation', { mission: 1, members: two }, '2018-02-20');
  it('replaces what was recorded before', () => expect(delegationOf(again.state.delegations, 1)?.members).toEqual(two));
  it('does not replace what is of a later date, when it is recorded late', () => {
    const late = recorded.does('RecordDelegation', { mission: 1, members: two }, '2018-01');
    expect(delegationOf(late.state.delegations, 1)?.members).toEqual(five);
    expect(facts(late, recorded)).toEqual([]);
  });
  it('can go back to what it was', () => {
    const sameDay = recorded.does('RecordDelegation', { mission: 1, members: two }, '2018-02-14');
    expect(sameDay.tries('RecordDelegation', { mission: 1, members: five }, '2018-02-14')).toHaveLength(1);
  });
  it('counts members by kind of organisation, gender and seat, and takes the earlier count back', () => {
    const subject = 'mission 1';
    expect(facts(recorded, missionHeld)).toEqual([
      ['delegation-members', subject, 2, 'public,woman,yes'],
      ['delegation-members', subject, 1, 'public,man,yes'],
      ['delegation-members', subject, 1, 'academia,woman,yes'],
      ['delegation-members', subject, 1, 'private,man,yes'],
    ]);
    const summed = [...facts(recorded, missionHeld), ...facts(again, recorded)].reduce<Record<string, number>>(
      (sum, [, , quantity, by]) => ({ ...sum, [by as string]: (sum[by as string] ?? 0) + Number(quantity) }),
      {},
    );
    expect(Object.fromEntries(Object.entries(summed).filter(([, n]) => n !== 0))).toEqual({ 'public,woman,yes': 1, 'academia,man,no': 1 });
  });
});
it('a mission that is held keeps its delegation', () => {
  const planned = missionPlanned.does('RecordDelegation', { mission: 1, members: five }, '2018-01');
  expect(delegationOf(planned.does('HoldMission', mission1, '2018-02-14').state.delegations, 1)?.members).toEqual(five);
});
