import { given, story } from '../../test/given';
import { rulesOf2017 } from '../../test/rules';
import { call } from '../lifecycles/call';

const opening = {
  title: 'Call of 2017',
  component: 'C1',
  round: 1,
  rules: rulesOf2017.name,
  deadline: '2017-09-21T23:59',
  timeZone: 'Europe/Brussels',
} as const;
const unopened = story(call, { book: () => rulesOf2017 });
const opened = unopened.does('OpenCall', opening, '2017-07-01');

const impact = { criterion: 'impact', weight: 60, lowest: 0, highest: 5 };
const capacity = { criterion: 'capacity', weight: 40, lowest: 1, highest: 10 };
const criteria = [impact, capacity];
const others = [
  { ...impact, weight: 50 },
  { ...capacity, weight: 50 },
];
const set = opened.does('SetCriteria', { criteria }, '2017-07-10');

describe('setting the criteria of a call', () => {
  it('makes their first version', () =>
    given(opened)
      .when('SetCriteria', { criteria }, '2017-07-10')
      .then({ type: 'CriteriaSet', data: { version: 1, criteria } }));
  it('is done once', () => given(set).when('SetCriteria', { criteria }, '2017-07-12').thenNothing());
  it('makes a new version where they are others, also after the call closed', () =>
    given(set.does('CloseCall', {}, '2017-09-22'))
      .when('SetCriteria', { criteria: others }, '2017-09-25')
      .then({ type: 'CriteriaSet', data: { version: 2, criteria: others } }));
  it('is refused where the weights do not add up to 100', () =>
    given(opened)
      .when('SetCriteria', { criteria: [impact, { ...capacity, weight: 39 }] })
      .thenRefused('WEIGHTS_NOT_A_HUNDRED'));
  it('is refused where a criterion occurs twice, or its scale is upside down', () => {
    given(opened)
      .when('SetCriteria', { criteria: [impact, { ...impact, weight: 40 }] })
      .thenRefused('CRITERION_TWICE');
    given(opened)
      .when('SetCriteria', { criteria: [impact, { ...capacity, lowest: 10 }] })
      .thenRefused('SCALE_UPSIDE_DOWN');
  });
  it('needs a call that was not cancelled by then', () => {
    given(unopened).when('SetCriteria', { criteria }).thenRefused('NO_SUCH_CALL');
    given(opened).when('SetCriteria', { criteria }, '2017-06').thenRefused('GATE_CLOSED', 'not-before-call');
    const cancelled = opened.does('CancelCall', { reason: 'No budget' }, '2017-08-01');
    given(cancelled).when('SetCriteria', { criteria }, '2017-08-02').thenRefused('CALL_HAS_ENDED');
    expect(cancelled.tries('SetCriteria', { criteria }, '2017-07-10')).toHaveLength(1);
  });
});

it('shows assessments every version with its date', () =>
  expect(call.seen(set.does('SetCriteria', { criteria: others }, '2017-08').state)?.criteria).toEqual([
    { version: 1, on: '2017-07-10', criteria },
    { version: 2, on: '2017-08', criteria: others },
  ]));
