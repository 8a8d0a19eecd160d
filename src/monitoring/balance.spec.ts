import type { Standing } from '../kernel/history';
import { linesOf } from '../parts/budget-lines';
import type { Budget } from '../parts/budget-lines';
import { imbalances, type KeptLine } from './balance';

const reason = { text: 'id', digest: 'd' };
const facts: readonly (readonly [type: string, data: object, on: string])[] = [
  ['BudgetAllocated', { allocation: 'visits', line: 'missions', amountMinor: 900, currency: 'EUR' }, '2018-01'],
  [
    'BudgetReallocated',
    { reallocation: 'seed', from: 'missions', to: 'pilot', newLine: true, amountMinor: 300, currency: 'EUR', approvedBy: 'unit', reason },
    '2018-06',
  ],
  ['BudgetSpent', { expense: 'flights', line: 'missions', amountMinor: 500, currency: 'EUR' }, '2018-02'],
  ['ExchangeRateRecorded', { from: 'EUR', to: 'USD', rate: '1.1', source: 'a bank' }, '2018'],
];
const standing = (told: typeof facts = facts) =>
  told.map(([type, data, occurredOn], revision) => ({ type, data, occurredOn, revision }) as unknown as Standing);
const budgetOf = (told: typeof facts = facts): Budget => {
  const of = (wanted: string) => told.filter(([type]) => type === wanted).map(([, data, on]) => ({ ...data, on }));
  return {
    allocations: of('BudgetAllocated'),
    expenses: of('BudgetSpent'),
    reallocations: of('BudgetReallocated'),
    rates: [],
  } as unknown as Budget;
};
const line = (measure: string, line: string, sum: bigint): KeptLine => ({ measure, line, currency: 'EUR', sum });
const kept = [
  line('budget-allocated', 'missions', 900n),
  line('budget-reallocated', 'missions', -300n),
  line('budget-reallocated', 'pilot', 300n),
  line('budget-spent', 'missions', 500n),
];
const withOther = (number: number, data: object, on = facts[number]![2]) =>
  facts.map((fact, i): (typeof facts)[number] => (i === number ? [fact[0], { ...fact[1], ...data }, on] : fact));

describe('a budget balances', () => {
  it('where each line, each currency and the facts say what its events do', () => {
    expect(linesOf(budgetOf()).map(({ leftMinor }) => leftMinor)).toEqual([100, 300]);
    expect(imbalances(standing(), budgetOf(), kept)).toEqual([]);
    expect(imbalances(standing(), budgetOf(), undefined)).toEqual([]);
  });

  it('not where a line is told otherwise than its events have it', () => {
    expect(imbalances(standing(), budgetOf(withOther(2, { amountMinor: 499 })), kept)).toEqual([
      'line missions has 499 spent, its events say 500',
      'line missions has 101 left, its events say 100',
      'the total in EUR is not what its lines have: allocated 900, spent 500, left 400',
    ]);
    expect(imbalances(standing(), budgetOf(withOther(1, { to: 'training' })), undefined)).toEqual([
      'line pilot is not told',
      'line training is told, and no event made it',
    ]);
  });

  it('not where more had gone from a line than had come to it, on a day or in the end', () => {
    for (const told of [withOther(2, {}, '2017-12'), withOther(2, { amountMinor: 601 })])
      expect(imbalances(standing(told), budgetOf(told), undefined)).toEqual([
        expect.stringMatching(/^line missions is below zero on 201[78]/),
      ]);
  });

  it('not where facts are missing, or add up to something else', () => {
    expect(imbalances(standing(), budgetOf(), [...kept.slice(1), line('budget-allocated', 'other', 1n)])).toEqual([
      'the facts of budget-allocated missions EUR add up to 0, the events to 900',
      'the facts of budget-allocated other EUR add up to 1, the events to 0',
    ]);
  });

  it('not where a line is kept in two currencies', () => {
    const told = withOther(2, { currency: 'USD' });
    expect(imbalances(standing(told), budgetOf(told), undefined)).toContain('line missions is kept in more than one currency');
  });
});
