import { type Aim, aimsBy, judge, periodAt } from './progress-rule';

const aim: Aim = {
  direction: 'rising',
  baseline: { value: 0, on: '2016-12-31' },
  periods: {
    second: { from: '2018-01-01', to: '2018-12-31', targets: [{ target: 20 }, { target: 30, on: '2018-07-01' }] },
    first: { from: '2017-01-01', to: '2017-12-31', targets: [{ target: 10 }] },
  },
};
const statusOf = (asOf: string, value?: number, of = aim) => {
  const aims = aimsBy(of, asOf);
  return judge(of, aims, periodAt(aims, asOf), value === undefined ? undefined : { value, asOf });
};

describe('how an indicator stands', () => {
  it('is achieved where it reaches the target of the period that runs', () => {
    expect(statusOf('2017-03-01', 10).status).toBe('achieved');
    expect(statusOf('2018-03-01', 10).status).not.toBe('achieved');
  });
  it('is on track where it reaches the straight line from the target before to this one, and behind where it does not', () => {
    expect(statusOf('2017-07-02', 5.1)).toMatchObject({ status: 'on-track' });
    expect(statusOf('2017-07-02', 5)).toEqual({ expected: 5.013699, status: 'behind' });
    expect(statusOf('2018-03-31', 12)).toMatchObject({ status: 'behind' });
    expect(statusOf('2018-03-31', 12.5)).toMatchObject({ status: 'on-track' });
  });
  it('has no data without a value, or before the first period', () => {
    expect(statusOf('2017-07-02')).toEqual({ expected: null, status: 'no-data' });
    expect(statusOf('2016-07-02', 3)).toEqual({ expected: null, status: 'no-data' });
  });
  it('is judged by the last period once all are over', () =>
    expect([statusOf('2020-01-01', 29).status, statusOf('2020-01-01', 30).status]).toEqual(['behind', 'achieved']));
  it('is judged by the target as it had been revised by then', () => {
    expect(aimsBy(aim, '2018-06-30')[1]).toMatchObject({ target: 20, revisedFrom: [] });
    expect(aimsBy(aim, '2018-07-01')[1]).toMatchObject({ target: 30, revisedFrom: [20] });
  });
  it('is better with less where it is to fall', () => {
    const falling: Aim = { ...aim, direction: 'falling', baseline: { value: 40, on: '2016-12-31' } };
    expect([9, 24, 26].map((value) => statusOf('2017-07-02', value, falling).status)).toEqual(['achieved', 'on-track', 'behind']);
  });
});
