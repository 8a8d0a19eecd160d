import type { Counting } from './indicators';
import { indicators, mustNotMixCurrencies } from './indicators';

const refuses = (counting: Counting) => expect(() => mustNotMixCurrencies({ code: 'money', counting })).toThrow(/several currencies/);
const takes = (counting: Counting) => expect(() => mustNotMixCurrencies({ code: 'money', counting })).not.toThrow();

describe('an indicator about money', () => {
  it.each(['pilot-funding', 'budget-allocated', 'budget-spent', 'budget-reallocated'])('sums %s of one currency only', (measure) => {
    refuses({ aggregation: 'sum', measure });
    refuses({ aggregation: 'sum', measure, where: { line: 'pilot' } });
    takes({ aggregation: 'sum', measure, where: { currency: 'EUR' } });
  });
  it('may count what had money, of whatever currency', () =>
    takes({ aggregation: 'distinct', of: 'stream', measure: 'budget-reallocated', where: { line: 'pilot' } }));
});

it('sums of other things need no currency', () => takes({ aggregation: 'sum', measure: 'pilot-designs' }));
it('no indicator of the programme mixes currencies', () => expect(() => indicators().forEach(mustNotMixCurrencies)).not.toThrow());
