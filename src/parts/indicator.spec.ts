import { given, story } from '../../test/given';
import { indicator } from '../lifecycles/indicator';
import { countingOf, type CountingRule, selectionsOf } from './indicator-counting';

const three = (text: string) => ({ en: text, es: text, pt: text });
const rule = (counting: object, version = 1) => ({
  ...{ version, label: three('Plans'), unit: three('plans'), level: 'output' as const, counting: counting as CountingRule },
  ...{ rule: 'Plans approved.', source: 'This specification (2026)' },
});
const plans = { aggregation: 'sum' as const, measure: 'ucaps-approved' };
const undefined_ = story(indicator, { book: () => undefined });
const first = undefined_.does('DefineIndicator', rule(plans), '2020-12');

describe('defining an indicator', () => {
  it('keeps how it is counted, in words and as a rule', () =>
    given(undefined_)
      .when('DefineIndicator', rule(plans), '2020-12')
      .then({ type: 'IndicatorDefined', data: { ...rule(plans), counting: plans } }));
  it('is done once, and never otherwise: a changed rule is the next version', () => {
    given(first).when('DefineIndicator', rule(plans), '2020-12').thenNothing();
    given(first)
      .when('DefineIndicator', rule({ ...plans, aggregation: 'stock' }), '2021')
      .thenRefused('INDICATOR_VERSION_STANDS');
    given(first).when('DefineIndicator', rule(plans, 3), '2021').thenRefused('INDICATOR_VERSION_NOT_NEXT');
    given(first)
      .when('DefineIndicator', rule({ ...plans, aggregation: 'stock' }, 2), '2021')
      .then({ type: 'IndicatorDefined', data: { ...rule(plans, 2), counting: { ...plans, aggregation: 'stock' } } });
  });
});

const where = [{ dimension: 'component', is: 'C1' }];
describe('the rule of an indicator', () => {
  it.each([
    ['a sum', { ...plans, where }, { ...plans, where: { component: 'C1' } }],
    [
      'values of a dimension',
      { aggregation: 'distinct', measure: 'party-country', of: 'dimension', dimension: 'country' },
      { aggregation: 'distinct', measure: 'party-country', of: { dimension: 'country' } },
    ],
    [
      'one set without another',
      { aggregation: 'without', measure: 'pairings-formed', of: 'stream', less: { measure: 'ucaps-approved', where } },
      { aggregation: 'without', measure: 'pairings-formed', of: 'stream', less: { measure: 'ucaps-approved', where: { component: 'C1' } } },
    ],
    [
      'what others say of themselves',
      { aggregation: 'joined', measure: 'party-slots', through: { measure: 'municipality', of: 'subject' } },
      { aggregation: 'joined', measure: 'party-slots', through: { measure: 'municipality', of: 'subject' } },
    ],
    [
      'a ratio',
      { aggregation: 'ratio', numerator: plans, denominator: { aggregation: 'stock', measure: 'pairings-open' } },
      { aggregation: 'ratio', numerator: plans, denominator: { aggregation: 'stock', measure: 'pairings-open' } },
    ],
    [
      'a time',
      { aggregation: 'duration', measure: 'pairings-kicked-off', until: { measure: 'ucaps-approved' }, percentile: 50 },
      { aggregation: 'duration', measure: 'pairings-kicked-off', until: { measure: 'ucaps-approved' }, percentile: 50 },
    ],
  ])('says %s', (_, sent, kept) => expect(countingOf(sent as CountingRule)).toEqual(kept));

  it.each([
    ['COUNTING_LACKS', { aggregation: 'sum' }],
    ['COUNTING_LACKS', { aggregation: 'without', measure: 'calls', of: 'stream' }],
    ['COUNTING_LACKS', { aggregation: 'ratio', numerator: plans, denominator: { aggregation: 'joined', measure: 'calls' } }],
    ['COUNTING_HAS_TOO_MUCH', { ...plans, percentile: 50 }],
    ['COUNTING_HAS_TOO_MUCH', { ...plans, dimension: 'component' }],
    ['COUNTING_HAS_TOO_MUCH', { aggregation: 'ratio', numerator: plans, denominator: plans, where }],
    ['COUNTING_DIMENSION_TWICE', { ...plans, where: [...where, ...where] }],
    ['COUNTING_OF_DIMENSION', { aggregation: 'distinct', measure: 'calls', of: 'dimension' }],
    ['COUNTING_OF_DIMENSION', { aggregation: 'distinct', measure: 'calls', of: 'subject', dimension: 'component' }],
  ])('is refused (%s) where it is %o', (code, sent) =>
    expect(() => countingOf(sent as CountingRule)).toThrow(expect.objectContaining({ code }) as Error),
  );

  it('names every measure that it looks at', () => {
    const ratio = { aggregation: 'ratio', numerator: plans, denominator: { aggregation: 'sum', measure: 'pairings-formed' } };
    expect(selectionsOf(countingOf(ratio as CountingRule)).map(({ measure }) => measure)).toEqual(['ucaps-approved', 'pairings-formed']);
  });
});
