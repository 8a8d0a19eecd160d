import { given, story } from '../../test/given';
import { dueOf } from '../kernel/lifecycle';
import { standingFacts } from '../monitoring/standing-facts';
import { deadlineId } from '../parts/deadline-course';
import { deadline } from './deadline';

const set = { of: 'pairing-p', key: 'support-end', what: 'support-end', on: '2026-06-30' } as const;
const id = deadlineId(set.of, set.key);
const world = { book: () => undefined, id, roles: ['service'] };
const at = (day: string) => ({ now: `${day}T06:00:00.000Z` });
const none = story(deadline, { ...world, ...at('2026-01-01') });
const open = none.does('SetDeadline', set, '2026-01-01');
const calendar = (told: typeof open) => dueOf(deadline, told.state).map(({ on, name }) => [on, name]);
const reminded = open.in(at('2026-05-31')).does('GiveReminder', { on: set.on, before: 30 }, '2026-05-31');
const twice = reminded.in(at('2026-06-23')).does('GiveReminder', { on: set.on, before: 7 }, '2026-06-23');
const missed = twice.in(at('2026-07-01')).does('MissDeadline', { on: set.on }, '2026-07-01');

describe('a deadline', () => {
  it('is set once, under the id that follows from what it is of, and moved', () => {
    given(none).when('SetDeadline', set, '2026-01-01').then({ type: 'DeadlineSet', data: set });
    given(open).when('SetDeadline', set, '2026-02-01').thenNothing();
    given(open.in(at('2026-02-02')))
      .when('SetDeadline', { ...set, on: '2026-07-31' }, '2026-02')
      .then({ type: 'DeadlineSet', data: { ...set, on: '2026-07-31' } });
    given(none)
      .when('SetDeadline', { ...set, of: 'pairing-q' }, '2026-01-01')
      .thenRefused('DEADLINE_OF_ANOTHER_STREAM');
  });
  it('has a reminder thirty days before, one a week before, and is missed on the day after', () => {
    expect(calendar(open)).toEqual([['2026-05-31', 'GiveReminder']]);
    expect(calendar(reminded)).toEqual([['2026-06-23', 'GiveReminder']]);
    expect(calendar(twice)).toEqual([['2026-07-01', 'MissDeadline']]);
    expect(calendar(missed)).toEqual([]);
    expect(missed.standing.map(({ type }) => type)).toEqual(['DeadlineSet', 'ReminderGiven', 'ReminderGiven', 'DeadlineMissed']);
  });
  it('says each of that once', () => {
    given(twice).when('GiveReminder', { on: set.on, before: 30 }).thenNothing();
    given(missed).when('MissDeadline', { on: set.on }).thenNothing();
  });
  it('passes over a reminder whose time had gone by when it could be given', () => {
    const down = open.in(at('2026-06-25'));
    given(down)
      .when('GiveReminder', { on: set.on, before: 30 }, '2026-05-31')
      .then({ type: 'ReminderPassedOver', data: { ...set, before: 30 } });
    const passed = down.does('GiveReminder', { on: set.on, before: 30 }, '2026-05-31');
    given(passed)
      .when('GiveReminder', { on: set.on, before: 7 }, '2026-06-23')
      .then({ type: 'ReminderGiven', data: { ...set, before: 7 } });
  });
  it('that is set late has no reminders that nobody could have given', () => {
    expect(calendar(none.in(at('2026-06-24')).does('SetDeadline', set, '2026-01-01'))).toEqual([['2026-06-23', 'GiveReminder']]);
    expect(calendar(none.in(at('2026-08-01')).does('SetDeadline', set, '2026-01-01'))).toEqual([['2026-07-01', 'MissDeadline']]);
  });
  it('begins anew when it is moved', () => {
    const moved = twice.in(at('2026-06-24')).does('SetDeadline', { ...set, on: '2026-12-31' }, '2026-06-24');
    expect(calendar(moved)).toEqual([['2026-12-01', 'GiveReminder']]);
    given(moved.in(at('2026-07-01')))
      .when('MissDeadline', { on: set.on }, '2026-07-01')
      .thenRefused('DEADLINE_ON_ANOTHER_DAY');
  });
  it('waits for nothing once it is met or lifted, until it is set again', () => {
    for (const command of ['MeetDeadline', 'LiftDeadline'] as const) {
      const over = reminded.in(at('2026-06-02')).does(command, {}, '2026-06-01');
      expect(calendar(over)).toEqual([]);
      given(over).when(command, {}, '2026-06-01').thenNothing();
      given(over.in(at('2026-07-01')))
        .when('MissDeadline', { on: set.on }, '2026-07-01')
        .thenRefused('DEADLINE_NOT_OPEN');
      expect(calendar(over.does('SetDeadline', set, '2026-06-02'))).toEqual([['2026-06-23', 'GiveReminder']]);
    }
    given(none).when('LiftDeadline', {}, '2026-06-01').thenNothing();
    given(none).when('MeetDeadline', {}, '2026-06-01').thenRefused('NO_SUCH_DEADLINE');
  });
  it('that turns out to have been met, moved or lifted in time was not missed', () => {
    const types = (told: typeof open) => told.standing.map(({ type }) => type).slice(3);
    expect(types(missed.does('MeetDeadline', {}, '2026-06-30'))).toEqual(['DeadlineMet']);
    expect(types(missed.in(at('2026-07-03')).does('MeetDeadline', {}, '2026-07-02'))).toEqual(['DeadlineMissed', 'DeadlineMet']);
    expect(types(missed.does('SetDeadline', { ...set, on: '2026-12-31' }, '2026-06-15'))).toEqual(['DeadlineSet']);
    expect(types(missed.does('LiftDeadline', {}, '2026-06-15'))).toEqual(['DeadlineLifted']);
  });
  it('that was moved to an earlier day in time was not missed on the later one', () => {
    const earlier = missed.does('SetDeadline', { ...set, on: '2026-05-31' }, '2026-02-01');
    expect(earlier.state.deadline).toMatchObject({ is: 'open', missed: [] });
    expect(missed.does('SetDeadline', { ...set, on: '2026-12-31' }, '2026-07-01').state.deadline).toMatchObject({ missed: [set.on] });
  });
  it('that was met certainly after its day was missed, though nothing counted the days in between', () => {
    const late = open.in(at('2026-09-01'));
    const [DeadlineMissed, DeadlineMet] = (['DeadlineMissed', 'DeadlineMet'] as const).map((type) => ({ type, data: set }));
    given(late).when('MeetDeadline', {}, '2026-07-02').then(DeadlineMissed!, DeadlineMet!);
    given(late).when('MeetDeadline', {}, '2026-06-30').then(DeadlineMet!);
    given(late).when('MeetDeadline', {}, '2026-06').then(DeadlineMet!);
    given(late.does('MeetDeadline', {}, '2026-06-30'))
      .when('MeetDeadline', {}, '2026-07-02')
      .then(DeadlineMissed!, DeadlineMet!);
    given(late.does('LiftDeadline', {}, '2026-06-01'))
      .when('MeetDeadline', {}, '2026-07-02')
      .then(DeadlineMet!);
    const met = late.does('MeetDeadline', {}, '2026-07-02');
    expect(met.does('MeetDeadline', {}, '2026-06-29').standing.map(({ type }) => type)).not.toContain('DeadlineMissed');
    expect(
      standingFacts(deadline, `deadline-${id}`, met.history, () => undefined).map(({ measure, occurredFrom }) => [measure, occurredFrom]),
    ).toEqual([['deadlines-missed', '2026-07-01']]);
  });
});
