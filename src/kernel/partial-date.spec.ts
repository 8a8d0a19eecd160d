import {
  addDays,
  addMonths,
  byDate,
  certainlyAfter,
  certainlyBefore,
  certainlyBetween,
  daysBetween,
  firstDay,
  isDay,
  isInstant,
  isPartialDate,
  lastDay,
  latestDayAt,
  later,
  monthsBetween,
} from './partial-date';

describe('a date as far as it is known', () => {
  it.each(['2018', '2018-04', '2018-04-30', '2020-02-29', '1900-01-01', '2199-12-31'])('%s is one', (date) =>
    expect(isPartialDate(date)).toBe(true),
  );
  it.each([
    '2019-02-30',
    '2019-02-29',
    '2018-13',
    '2018-00',
    '2018-04-00',
    '2018-4',
    '18',
    '1899',
    '2200',
    '2018-04-30 ',
    '2018-04-30\n',
    '2018-04-30T12:00',
    '',
    '٢٠١٨',
  ])('%j is none', (date) => expect(isPartialDate(date)).toBe(false));
  it('is a moment only with a real day and an offset', () => {
    for (const moment of ['2018-04-30T09:00Z', '2018-04-30T09:00:00.123456+02:00']) expect(isInstant(moment)).toBe(true);
    for (const other of ['2018-02-30T09:00Z', '2018-04-30T09:00', '2018-04-30', '2018-04-30T25:00Z']) expect(isInstant(other)).toBe(false);
  });
  it('is a whole day only with its day', () => expect(['2018', '2018-04', '2018-04-30'].map(isDay)).toEqual([false, false, true]));
  it('spans its month or year', () => {
    expect(['2020', '2020-02', '2020-02-03'].map(firstDay)).toEqual(['2020-01-01', '2020-02-01', '2020-02-03']);
    expect(['2020', '2020-02', '2020-02-03'].map(lastDay)).toEqual(['2020-12-31', '2020-02-29', '2020-02-03']);
  });
});

describe('rules compare only what is certain', () => {
  it('a month is neither before nor after a day of its own', () => {
    expect(certainlyBefore('2018-04', '2018-04-15')).toBe(false);
    expect(certainlyAfter('2018-04', '2018-04-15')).toBe(false);
    expect(certainlyBefore('2018', '2018-12-31')).toBe(false);
  });
  it('a month is before the first day after it, and after the last day before it', () => {
    expect(certainlyBefore('2018-04', '2018-05-01')).toBe(true);
    expect(certainlyAfter('2018-04', '2018-03-31')).toBe(true);
    expect(certainlyAfter('2019', '2018')).toBe(true);
    expect(certainlyAfter('2018-04-01', '2018-04-01')).toBe(false);
  });
  it('a day is between two others when it is certainly neither of them nor outside', () => {
    expect(certainlyBetween('2018-04-02', '2018-04-01', '2018-04-03')).toBe(true);
    expect(certainlyBetween('2018-04-01', '2018-04-01', '2018-04-03')).toBe(false);
    expect(certainlyBetween('2018-04', '2018-03-31', '2018-04-30')).toBe(false);
    expect(certainlyBetween('2199', '2018', undefined)).toBe(true);
  });
  it('dates come in the order of their first days, and otherwise as they came', () =>
    expect(['2018-05', '2018', '2017-12', '2018-01-01'].toSorted(byDate)).toEqual(['2017-12', '2018', '2018-01-01', '2018-05']));
});

describe('counting from a day', () => {
  it.each([
    ['2018-04-01', '2018-03-31', '2018-04-01'],
    ['2018-04', '2018-04-29', '2018-04'],
    ['2018', '2018-12-31', '2018-12-31'],
    ['2018', '2018-12', '2018-12'],
  ])('of %s and %s, in either order, the later is %s', (one, other, latest) =>
    expect([later(one, other), later(other, one)]).toEqual([latest, latest]),
  );

  it('eighteen months later is the same day, or the last of a shorter month', () => {
    expect(addMonths('2017-09-11', 18)).toBe('2019-03-11');
    expect(addMonths('2017-08-31', 18)).toBe('2019-02-28');
    expect(addMonths('2018-08-31', 18)).toBe('2020-02-29');
    expect(addMonths('2018-01-31', -2)).toBe('2017-11-30');
  });
  it('whole months are those that are over', () => {
    expect(monthsBetween('2017-09-11', '2019-03-11')).toBe(18);
    expect(monthsBetween('2017-09-11', '2019-03-10')).toBe(17);
    expect(monthsBetween('2018-01-31', '2018-02-28')).toBe(1);
  });
  it('counts days across changes of the clock', () => {
    expect(daysBetween('2018-03-24', '2018-03-26')).toBe(2);
    expect(daysBetween('2020-03-01', '2020-02-28')).toBe(-2);
    expect(addDays('2020-02-28', 2)).toBe('2020-03-01');
  });
  it('a day has come once it has begun anywhere on Earth', () => {
    expect(latestDayAt('2018-03-31T09:59:59.999Z')).toBe('2018-03-31');
    expect(latestDayAt('2018-03-31T10:00:00.000Z')).toBe('2018-04-01');
  });
});
