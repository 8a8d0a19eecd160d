import { around, endedBy, endOn, inTheWay, lasting, nextAfter } from './spans';

const spring = { from: '2018-03-01', to: '2018-05-31' };
const autumn = { from: '2018-09' };

describe('what lasts from one date to another', () => {
  it('keeps another from beginning in it, and from its beginning on where it lasts', () => {
    for (const date of ['2018-03-01', '2018-04', '2018-05-30']) expect(inTheWay([spring], date)).toBe(spring);
    for (const date of ['2018-02', '2018-03', '2018-05-31', '2018-06']) expect(inTheWay([spring], date)).toBeUndefined();
    for (const date of ['2018-09', '2018-09-15', '2018', '2019']) expect(inTheWay([autumn], date)).toBe(autumn);
    expect(inTheWay([autumn], '2018-08-31')).toBeUndefined();
  });
  it('is ended by the end after its beginning, in whatever order they were recorded', () => {
    const [summer, winter] = [{ from: '2018-07-01' }, { from: '2018-12-01' }];
    expect(endedBy([winter, summer], '2018-08')).toBe(summer);
    expect(endedBy([winter, summer], '2019')).toBe(winter);
    expect(endedBy([spring], '2018-06')).toBeUndefined();
    expect(endOn([winter, summer], '2018-08')).toEqual([winter, { from: '2018-07-01', to: '2018-08' }]);
    expect(endOn([winter], '2018-08')).toEqual([winter]);
  });
  it('surrounds the dates that certainly lie in it', () => {
    expect(around([spring, autumn], '2018-04')).toBe(spring);
    for (const date of ['2018-03', '2018-05-31', '2018-08', '2018-09-30', '2018']) expect(around([spring, autumn], date)).toBeUndefined();
    expect(around([spring, autumn], '2018-10-01')).toBe(autumn);
  });
  it('lasts at the most until the next begins', () => {
    const early = { from: '2018-01-01' };
    expect(nextAfter([autumn, spring, early], early)).toBe(spring);
    expect(around([early, spring], '2018-06')).toBeUndefined();
    expect(around([early, spring], '2018-02')).toBe(early);
    expect(lasting([autumn, early])).toBe(autumn);
    expect(lasting([spring, early])).toBeUndefined();
  });
});
