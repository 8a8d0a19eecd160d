import { given, story, words } from '../../test/given';
import { because } from '../../test/states';
import { factsOf } from '../kernel/lifecycle';
import { framework } from '../lifecycles/framework';

const inAll = (text: string) => ({ en: text, es: text, pt: text });
const year = (at: number, target: number) => ({ period: `y${at}`, from: `${at}-01-01`, to: `${at}-12-31`, target });
const plans = {
  ...{ indicator: 'plans', label: inAll('Plans approved'), unit: inAll('plans'), level: 'output' as const, direction: 'rising' as const },
  ...{ baseline: { value: 2, on: '2016' }, disaggregatedBy: ['country'] },
};
const unopened = story(framework, { book: () => undefined });
const opened = unopened.does('OpenFramework', { name: 'IUC results', programme: 'iuc' }, '2017');
const aimed = opened.does('AddResultIndicator', { ...plans, periods: [year(2017, 5), year(2018, 10)] }, '2017');

describe('a results framework', () => {
  it('is opened once, for a programme or for a PIPA', () => {
    given(unopened)
      .when('OpenFramework', { name: 'IUC results', programme: 'iuc' })
      .then({ type: 'FrameworkOpened', data: { name: 'IUC results', programme: 'iuc' } });
    given(unopened)
      .when('OpenFramework', { name: 'Results of Ibermuseos', pipa: 'ibermuseos' })
      .then({ type: 'FrameworkOpened', data: { name: 'Results of Ibermuseos', pipa: 'ibermuseos' } });
    given(unopened).when('OpenFramework', { name: 'IUC results' }).thenRefused('FRAMEWORK_OF_NOTHING');
    given(unopened)
      .when('OpenFramework', { name: 'IUC results', programme: 'iuc', pipa: 'ibermuseos' })
      .thenRefused('FRAMEWORK_OF_NOTHING');
    given(opened).when('OpenFramework', { name: 'IUC results', programme: 'iuc' }).thenNothing();
    given(opened).when('OpenFramework', { name: 'Others', programme: 'iuc' }).thenRefused('FRAMEWORK_OPENED_OTHERWISE');
  });
  it('takes indicators once it is opened', () => {
    given(unopened)
      .when('AddResultIndicator', { ...plans, periods: [year(2017, 5)] })
      .thenRefused('NO_SUCH_FRAMEWORK');
    given(aimed)
      .when('AddResultIndicator', { ...plans, periods: [year(2017, 5), year(2018, 10)] })
      .thenNothing();
    given(aimed)
      .when('AddResultIndicator', { ...plans, periods: [year(2017, 5)] })
      .thenRefused('RESULT_INDICATOR_STANDS');
  });
});

describe('the periods of an indicator', () => {
  const adding = (periods: ReturnType<typeof year>[], more: object = {}) =>
    given(opened).when('AddResultIndicator', { ...plans, ...more, periods });

  it('do not overlap', () => {
    adding([year(2017, 5), { ...year(2018, 10), from: '2017-12-31' }]).thenRefused('PERIODS_OVERLAP');
    given(aimed)
      .when('AddResultPeriod', { indicator: 'plans', added: { ...year(2019, 12), from: '2018-07-01' } })
      .thenRefused('PERIODS_OVERLAP');
  });
  it('occur once, end after they begin, and begin after the baseline', () => {
    adding([year(2017, 5), { ...year(2018, 10), period: 'y2017' }]).thenRefused('PERIOD_TWICE');
    adding([{ ...year(2017, 5), to: '2016-12-31' }]).thenRefused('PERIOD_ENDS_FIRST');
    adding([year(2015, 5)]).thenRefused('PERIOD_BEFORE_BASELINE');
  });
  it('aim above the baseline where more is better, and below it where less is', () => {
    adding([year(2017, 1)]).thenRefused('TARGET_BELOW_BASELINE');
    adding([year(2017, 3)], { direction: 'falling' }).thenRefused('TARGET_ABOVE_BASELINE');
    given(opened)
      .when('AddResultIndicator', { ...plans, direction: 'falling', periods: [year(2017, 1)] })
      .then({ type: 'ResultIndicatorAdded', data: { ...plans, direction: 'falling', periods: [year(2017, 1)] } });
  });
  it('are added later, too', () => {
    given(aimed)
      .when('AddResultPeriod', { indicator: 'plans', added: year(2019, 12) })
      .then({ type: 'ResultPeriodAdded', data: { indicator: 'plans', added: year(2019, 12) } });
    given(aimed)
      .when('AddResultPeriod', { indicator: 'trips', added: year(2019, 12) })
      .thenRefused('NO_SUCH_RESULT_INDICATOR');
  });
});

describe('a target', () => {
  const revision = { indicator: 'plans', period: 'y2018', target: 8, reason: 'Fewer cities' };
  const revised = aimed.does('ReviseTarget', revision, '2018-03');

  it('is revised with a reason, and the one before stays on record', () => {
    given(aimed)
      .when('ReviseTarget', revision)
      .then({ type: 'TargetRevised', data: { ...revision, reason: words('Fewer cities') } });
    given(revised).when('ReviseTarget', revision).thenNothing();
    const { framework } = revised.state;
    expect(framework.is === 'open' && framework.indicators['plans']!.periods['y2018']!.targets).toEqual([
      { target: 10 },
      { target: 8, on: '2018-03', reason: words('Fewer cities') },
    ]);
  });
  it('is of an indicator and a period that there are, and not below the baseline', () => {
    given(aimed)
      .when('ReviseTarget', { ...revision, indicator: 'trips' })
      .thenRefused('NO_SUCH_RESULT_INDICATOR');
    given(aimed)
      .when('ReviseTarget', { ...revision, period: 'y2020' })
      .thenRefused('NO_SUCH_PERIOD');
    given(aimed)
      .when('ReviseTarget', { ...revision, target: 1 })
      .thenRefused('TARGET_BELOW_BASELINE');
  });
  it('needs its indicator', () =>
    given(revised)
      .when('Correct', { retract: [{ revision: 1 }], ...because })
      .thenNeededBy('TargetRevised', 'NO_SUCH_RESULT_INDICATOR'));
  it('is counted once for each period', () => {
    const facts = factsOf(framework, aimed.standing.at(-1)!, aimed.state, opened.state);
    expect(facts.filter(({ measure }) => measure === 'targets-set').map(({ subject, by }) => [subject, by])).toEqual([
      ['target plans y2017', { level: 'output' }],
      ['target plans y2018', { level: 'output' }],
    ]);
  });
});
