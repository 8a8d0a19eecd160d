import { isDeepStrictEqual } from 'node:util';
import { inUnits } from '../kernel/currencies';
import { Count, Name, officers, ProtectedText, Ref, Slug, type TextRef, type Whole, YesNo } from '../kernel/fields';
import { Currency, Minor, Rate } from '../kernel/fields-money';
import { command, type Fact, part } from '../kernel/part';
import type { PartialDate } from '../kernel/partial-date';
import type { Said } from '../kernel/refusal';
import { type Budget, isExact, lineOf, linesOf, shortageOf } from './budget-lines';
import { says } from './budget-says';

/** Stored for ever: add optional fields freely; never rename, remove or change a meaning. */
export interface BudgetEvents {
  BudgetAllocated: { allocation: string; line: string; amountMinor: Whole; currency: string };
  /** `mission`, `pilot`: what it was spent for. */
  BudgetSpent: {
    expense: string;
    line: string;
    amountMinor: Whole;
    currency: string;
    mission?: Whole;
    pilot?: string;
  };
  /** `newLine`: the line it goes to had nothing before. */
  BudgetReallocated: {
    reallocation: string;
    from: string;
    to: string;
    newLine: boolean;
    amountMinor: Whole;
    currency: string;
    approvedBy: string;
    reason: TextRef;
  };
  /** One of `from` is `rate` of `to`, a decimal as text, on the day it is dated to and until the next. */
  ExchangeRateRecorded: { from: string; to: string; rate: string; source: string };
}

export class AllocateBudget {
  @Slug('The allocation, which tells it from an equal one of the same day') allocation!: string;
  @Slug('The budget line: missions, pilot, training…') line!: string;
  @Minor('Amount', { min: 1 }) amountMinor!: number;
  @Currency('Currency of the amount, and of the line') currency!: string;
}
export class SpendBudget {
  @Slug('The expense, which tells it from an equal one of the same day') expense!: string;
  @Slug('The budget line it is paid from') line!: string;
  @Minor('Amount', { min: 1 }) amountMinor!: number;
  @Currency('Currency of the line') currency!: string;
  @Count('The mission it was spent for', { min: 1, max: 20, optional: true }) mission?: number;
  @Slug('The pilot project it was spent for', { optional: true }) pilot?: string;
}
export class ReallocateBudget {
  @Slug('The reallocation, which tells it from an equal one of the same day') reallocation!: string;
  @Slug('The budget line that gives') from!: string;
  @Slug('The budget line that receives') to!: string;
  @YesNo('The line that receives is a new one', { optional: true }) newLine?: boolean;
  @Minor('Amount', { min: 1 }) amountMinor!: number;
  @Currency('Currency of both lines') currency!: string;
  @Ref('party', 'The organisation that approved it') approvedBy!: string;
  @ProtectedText('Why') reason!: TextRef;
}
export class RecordExchangeRate {
  @Currency('The currency of which one is given') from!: string;
  @Currency('The currency in which it is paid') to!: string;
  @Rate('How many of the one are paid for one of the other') rate!: string;
  @Name('Who published the rate') source!: string;
}

/** Whether this very entry was recorded; of one id another never is. */
const stands = (entries: readonly object[], data: object, on: PartialDate): boolean =>
  entries.some((each) => isDeepStrictEqual(each, { ...data, on }));
const once = (is: 'allocation' | 'expense' | 'reallocation', known: readonly string[], entry: string): readonly Said[] =>
  known.includes(entry) ? [says.lack('BUDGET_ENTRY_RECORDED_OTHERWISE', { is, entry })] : [];

/** A line that is there, and in this currency. */
const keptIn = (budget: Budget, line: string, currency: string): readonly Said[] => {
  const now = lineOf(budget, line);
  if (!now) return [says.lack('NO_SUCH_BUDGET_LINE', { line })];
  return now.currency === currency ? [] : [says.lack('CURRENCY_OF_BUDGET_LINE', { line, currency: now.currency, other: currency })];
};
const isNew = (budget: Budget, line: string): readonly Said[] => (lineOf(budget, line) ? [says.lack('BUDGET_LINE_NOT_NEW', { line })] : []);

interface Money {
  readonly amountMinor: number;
  readonly currency: string;
}
/** The budget with an entry more keeps exact sums. */
const exact = (after: Budget, { currency }: Money, ...lines: readonly string[]): readonly Said[] =>
  lines.every((line) => isExact(after, line)) ? [] : [says.lack('BUDGET_TOO_LARGE', { currency })];
/** The budget with this amount gone from a line leaves enough on it, whatever day it is looked at. */
const enough = (after: Budget, line: string, { amountMinor, currency }: Money): readonly Said[] => {
  const short = shortageOf(after, line);
  if (!short) return [];
  const left = inUnits(amountMinor - short.byMinor, currency);
  return [says.lack('BUDGET_LINE_TOO_SHORT', { line, left, currency, on: short.on, amount: inUnits(amountMinor, currency) })];
};

const allocated = (now: Budget, data: BudgetEvents['BudgetAllocated'], on: PartialDate): Budget => ({
  ...now,
  allocations: [...now.allocations, { ...data, on }],
});
const spent = (now: Budget, data: BudgetEvents['BudgetSpent'], on: PartialDate): Budget => ({
  ...now,
  expenses: [...now.expenses, { ...data, on }],
});
const reallocated = (now: Budget, data: BudgetEvents['BudgetReallocated'], on: PartialDate): Budget => ({
  ...now,
  reallocations: [...now.reallocations, { ...data, on }],
});

const filled = (now: Budget) => linesOf(now).filter(({ leftMinor }) => leftMinor > 0);

/** What one line gained or lost by a reallocation: of one subject, so that all lines together neither gained nor lost. */
const moved = (line: string, quantity: number, currency: string): Fact<'budget-reallocated'> => ({
  measure: 'budget-reallocated',
  subject: 'budget',
  quantity,
  by: { line, currency },
});

/** Money by line, each in one currency: allocated, spent, moved between lines with a reason and an approver; no line ever goes below zero (closing newsletter, 2020: unused money for study visits became seed money for pilots). */
export const budget = part<BudgetEvents, Budget>()({
  says,
  commands: {
    AllocateBudget: command(AllocateBudget, officers, ['BudgetAllocated']),
    SpendBudget: command(SpendBudget, officers, ['BudgetSpent']),
    ReallocateBudget: command(ReallocateBudget, officers, ['BudgetReallocated']),
    RecordExchangeRate: command(RecordExchangeRate, officers, ['ExchangeRateRecorded']),
  },
  initial: { allocations: [], expenses: [], reallocations: [], rates: [] },
  offers: {
    AllocateBudget: (now) => [{}, ...linesOf(now).map(({ line, currency }) => ({ known: { line, currency } }))],
    SpendBudget: (now) => filled(now).map(({ line, currency }) => ({ known: { line, currency } })),
    // To which of the others is for whoever moves it: one offer for each line, whatever their number.
    ReallocateBudget: (now) => {
      const lines = linesOf(now);
      return filled(now).map(({ line: from, currency }) => {
        const to = lines.find((other) => other.line !== from && other.currency === currency)?.line;
        return { known: { from, currency }, such: to === undefined ? { newLine: true } : { to } };
      });
    },
    RecordExchangeRate: () => [{ such: { from: 'EUR', to: 'USD' } }],
  },

  decide: {
    AllocateBudget: ({ allocation, line, amountMinor, currency }, { allocations }, { occurredOn }) => {
      const data = { allocation, line, amountMinor, currency };
      return stands(allocations, data, occurredOn) ? [] : [{ type: 'BudgetAllocated', data }];
    },
    SpendBudget: ({ expense, line, amountMinor, currency, mission, pilot }, { expenses }, { occurredOn }) => {
      const purpose = { ...(mission !== undefined && { mission }), ...(pilot !== undefined && { pilot }) };
      const data = { expense, line, amountMinor, currency, ...purpose };
      return stands(expenses, data, occurredOn) ? [] : [{ type: 'BudgetSpent', data }];
    },
    ReallocateBudget: (
      { reallocation, from, to, newLine = false, amountMinor, currency, approvedBy, reason },
      { reallocations },
      { occurredOn },
    ) => {
      const data = { reallocation, from, to, newLine, amountMinor, currency, approvedBy, reason };
      return stands(reallocations, data, occurredOn) ? [] : [{ type: 'BudgetReallocated', data }];
    },
    RecordExchangeRate: ({ from, to, rate, source }, { rates }, { occurredOn }) => {
      const data = { from, to, rate, source };
      return stands(rates, data, occurredOn) ? [] : [{ type: 'ExchangeRateRecorded', data }];
    },
  },

  requires: {
    BudgetAllocated: (now, data, { occurredOn }) => [
      ...once(
        'allocation',
        now.allocations.map(({ allocation }) => allocation),
        data.allocation,
      ),
      ...(lineOf(now, data.line) ? keptIn(now, data.line, data.currency) : []),
      ...exact(allocated(now, data, occurredOn), data, data.line),
    ],
    BudgetSpent: (now, data, { occurredOn }) => {
      const after = spent(now, data, occurredOn);
      const wrong = [
        ...once(
          'expense',
          now.expenses.map(({ expense }) => expense),
          data.expense,
        ),
        ...keptIn(now, data.line, data.currency),
      ];
      return wrong.length > 0 ? wrong : enough(after, data.line, data);
    },
    BudgetReallocated: (now, data, { occurredOn }) => {
      const { reallocation, from, to, newLine, currency } = data;
      const after = reallocated(now, data, occurredOn);
      const wrong = [
        ...once(
          'reallocation',
          now.reallocations.map((each) => each.reallocation),
          reallocation,
        ),
        ...(from === to ? [says.lack('SAME_BUDGET_LINE', { line: from })] : []),
        ...keptIn(now, from, currency),
        ...(newLine ? isNew(now, to) : keptIn(now, to, currency)),
      ];
      return wrong.length > 0 ? wrong : [...exact(after, data, from, to), ...enough(after, from, data)];
    },
    ExchangeRateRecorded: ({ rates }, { from, to }, { occurredOn }) => [
      ...(from === to ? [says.lack('SAME_CURRENCY', { currency: from })] : []),
      ...(rates.some((each) => each.from === from && each.to === to && each.on === occurredOn)
        ? [says.lack('RATE_RECORDED_OTHERWISE', { from, to, on: occurredOn })]
        : []),
    ],
  },

  evolve: {
    BudgetAllocated: (now, data, { occurredOn }) => allocated(now, data, occurredOn),
    BudgetSpent: (now, data, { occurredOn }) => spent(now, data, occurredOn),
    BudgetReallocated: (now, data, { occurredOn }) => reallocated(now, data, occurredOn),
    ExchangeRateRecorded: (now, { from, to, rate, source }, { occurredOn }) => ({
      ...now,
      rates: [...now.rates, { from, to, rate, source, on: occurredOn }],
    }),
  },

  measures: {
    'budget-allocated': { counts: 'amounts allocated', by: ['line', 'currency'], money: true },
    'budget-spent': { counts: 'amounts spent', by: ['line', 'currency'], money: true },
    'budget-reallocated': { counts: 'amounts moved: from the one line, to the other', by: ['line', 'currency'], money: true },
  },
  facts: {
    BudgetAllocated: ({ line, amountMinor, currency }) => [
      { measure: 'budget-allocated', subject: `budget line ${line}`, quantity: amountMinor, by: { line, currency } },
    ],
    BudgetSpent: ({ line, amountMinor, currency }) => [
      { measure: 'budget-spent', subject: `budget line ${line}`, quantity: amountMinor, by: { line, currency } },
    ],
    BudgetReallocated: ({ from, to, amountMinor, currency }) => [moved(from, -amountMinor, currency), moved(to, amountMinor, currency)],
  },
});
