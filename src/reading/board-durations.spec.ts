import { completed, formed, kickedOff, world } from '../../test/states';
import { boardDurations, durationsOn } from './board-durations';

const rules = world.book('iuc-lac-2017@1')!;
const of = ({ state }: typeof formed) => boardDurations(state, rules);
const on = (story: typeof formed, day: string) => durationsOn(of(story), day);
const reason = 'Elections';
const suspended = kickedOff.does('SuspendPairing', { reason }, '2018-01-10');
const resumed = suspended.does('ResumePairing', {}, '2018-02-09');

describe('three things called eighteen months', () => {
  it('are shown apart: what a city commits to, what the programme supports, and how long it took', () => {
    expect(of(completed)).toMatchObject({ commitmentMonths: 18, supportMonths: 18 });
    expect(on(completed, '2020-01-01').lasted).toEqual({ days: 535, months: 17 });
  });
  it('say nothing of support and duration before the kick-off', () => expect(on(formed, '2018-01-01')).toEqual({}));
  it('say nothing of months where no rules are known', () =>
    expect(durationsOn(boardDurations(kickedOff.state, undefined), '2017-10-11')).toEqual({ lasted: { days: 30, months: 1 } }));
});

describe('the support of a pairing on a day', () => {
  it('has days left, none, and less than none', () => {
    expect(on(kickedOff, '2019-03-01')).toMatchObject({ supportEndsOn: '2019-03-11', daysLeft: 10 });
    expect(on(kickedOff, '2019-03-12').daysLeft).toBe(-1);
  });
  it('loses no days while it is suspended', () => {
    expect(of(suspended)).toMatchObject({ suspendedSince: '2018-01-10', suspensions: [{ from: '2018-01-10' }] });
    const left = on(suspended, '2018-01-10').daysLeft;
    expect(on(suspended, '2018-01-30')).toMatchObject({ supportEndsOn: '2019-03-31', daysLeft: left });
    expect(on(suspended, '2018-12-30').daysLeft).toBe(left);
  });
  it('gains the days suspended and the extensions', () => {
    expect(of(resumed)).not.toHaveProperty('suspendedSince');
    expect(on(resumed, '2018-03-01').supportEndsOn).toBe('2019-04-10');
    const extended = resumed.does('ExtendPairing', { months: 3, decidedBy: 'secretariat', reason }, '2018-12');
    expect(of(extended).extensions).toEqual([{ on: '2018-12', months: 3, decidedBy: 'secretariat' }]);
    expect(on(extended, '2019-07-01')).toMatchObject({ supportEndsOn: '2019-07-10', daysLeft: 9 });
  });
  it('has no days left after the end, which also ends a suspension', () => {
    expect(on(completed, '2019-03-01')).not.toHaveProperty('daysLeft');
    const ended = suspended.does('WithdrawPairing', { side: 'european', reason }, '2018-01-20');
    expect(of(ended)).not.toHaveProperty('suspendedSince');
    expect(on(ended, '2020-01-01')).toMatchObject({ supportEndsOn: '2019-03-21', lasted: { days: 131, months: 4 } });
  });
});

describe('how long a pairing really took', () => {
  it('is counted to the day asked about while it goes on, and before it ended', () => {
    expect(on(kickedOff, '2017-10-11').lasted).toEqual({ days: 30, months: 1 });
    expect(on(completed, '2017-10-10').lasted).toEqual({ days: 29, months: 0 });
    expect(on(kickedOff, '2017-09-10')).not.toHaveProperty('lasted');
  });
  it('is between the least and the most where dates are known roughly', () => {
    const rough = formed.does('KickOff', {}, '2017-09').does('WithdrawPairing', { side: 'european', reason }, '2017');
    expect(on(rough, '2018-01-01').lasted).toEqual({ days: 0, months: 0, upTo: { days: 121, months: 3 } });
    expect(on(formed.does('KickOff', {}, '2017-09'), '2017-12-15').lasted).toEqual({
      days: 76,
      months: 2,
      upTo: { days: 105, months: 3 },
    });
  });
});
