import type { TextRef } from '../kernel/fields';
import { type Day, firstDay, lastDay, type PartialDate } from '../kernel/partial-date';

interface Entry {
  readonly amountMinor: number;
  readonly currency: string;
  readonly on: PartialDate;
}
export interface Allocation extends Entry {
  readonly allocation: string;
  readonly line: string;
}
export interface Expense extends Entry {
  readonly expense: string;
  readonly line: string;
  readonly mission?: number;
  readonly pilot?: string;
}
export interface Reallocation extends Entry {
  readonly reallocation: string;
  readonly from: string;
  readonly to: string;
  readonly newLine: boolean;
  readonly approvedBy: string;
  readonly reason: TextRef;
}
/** So many of one currency for one of the other, from a day on. */
export interface Rate {
  readonly from: string;
  readonly to: string;
  readonly rate: string;
  readonly source: string;
  readonly on: PartialDate;
}
/** Each in the order of recording. */
export interface Budget {
  readonly allocations: readonly Allocation[];
  readonly expenses: readonly Expense[];
  readonly reallocations: readonly Reallocation[];
  readonly rates: readonly Rate[];
}

/** How one line stands, in minor units: `left` is what was allocated and moved in, less what was moved out and spent. */
export interface Line {
  readonly line: string;
  readonly currency: string;
  readonly allocatedMinor: number;
  readonly reallocatedInMinor: number;
  readonly reallocatedOutMinor: number;
  readonly spentMinor: number;
  readonly leftMinor: number;
}

const sum = (entries: readonly Entry[]) => entries.reduce((total, { amountMinor }) => total + amountMinor, 0);
/** What came to a line and what went from it. */
const movesOf = ({ allocations, expenses, reallocations }: Budget, line: string) => ({
  allocated: allocations.filter((each) => each.line === line),
  movedIn: reallocations.filter(({ to }) => to === line),
  movedOut: reallocations.filter(({ from }) => from === line),
  spent: expenses.filter((each) => each.line === line),
});

/** How a line stands; undefined where nothing came to it yet. */
export const lineOf = (budget: Budget, line: string): Line | undefined => {
  const { allocated, movedIn, movedOut, spent } = movesOf(budget, line);
  const [first] = [...allocated, ...movedIn];
  if (!first) return undefined;
  const [allocatedMinor, reallocatedInMinor, reallocatedOutMinor, spentMinor] = [sum(allocated), sum(movedIn), sum(movedOut), sum(spent)];
  const leftMinor = allocatedMinor + reallocatedInMinor - reallocatedOutMinor - spentMinor;
  return { line, currency: first.currency, allocatedMinor, reallocatedInMinor, reallocatedOutMinor, spentMinor, leftMinor };
};

/** Every line, by its name. */
export const linesOf = (budget: Budget): readonly Line[] =>
  [...new Set([...budget.allocations.map(({ line }) => line), ...budget.reallocations.map(({ to }) => to)])]
    .toSorted()
    .flatMap((line) => lineOf(budget, line) ?? []);

/** What the lines of one currency have together; no reallocation changes it. */
export interface Total {
  readonly currency: string;
  readonly allocatedMinor: number;
  readonly spentMinor: number;
  readonly leftMinor: number;
}
export const totalsOf = (lines: readonly Line[]): readonly Total[] =>
  [...new Set(lines.map(({ currency }) => currency))].toSorted().map((currency) => {
    const of = lines.filter((line) => line.currency === currency);
    const all = (amount: 'allocatedMinor' | 'spentMinor' | 'leftMinor') => of.reduce((total, line) => total + line[amount], 0);
    return { currency, allocatedMinor: all('allocatedMinor'), spentMinor: all('spentMinor'), leftMinor: all('leftMinor') };
  });

/** Whether every sum of a line, and of all lines of its currency, is a whole number that JSON carries exactly. */
export const isExact = (budget: Budget, line: string): boolean => {
  const now = lineOf(budget, line);
  if (!now) return true;
  const { allocatedMinor, reallocatedInMinor, reallocatedOutMinor, spentMinor, currency } = now;
  const allocated = sum(budget.allocations.filter((each) => each.currency === currency));
  return [allocatedMinor + reallocatedInMinor, reallocatedOutMinor, spentMinor, allocated].every(Number.isSafeInteger);
};

/**
 * The first day on which more had certainly gone from a line than may have come to it, and by how much: what came counts from the first
 * day that its date may mean, what went from the last. The last of all days has what is left now, so that the order of recording is held too.
 */
export const shortageOf = (budget: Budget, line: string): { readonly on: Day; readonly byMinor: number } | undefined => {
  const { allocated, movedIn, movedOut, spent } = movesOf(budget, line);
  const moves = [
    ...[...allocated, ...movedIn].map(({ on, amountMinor }) => ({ day: firstDay(on), minor: amountMinor })),
    ...[...movedOut, ...spent].map(({ on, amountMinor }) => ({ day: lastDay(on), minor: -amountMinor })),
  ].toSorted((one, other) => (one.day === other.day ? other.minor - one.minor : one.day < other.day ? -1 : 1));
  let left = 0;
  for (const { day, minor } of moves) {
    left += minor;
    if (left < 0) return { on: day, byMinor: -left };
  }
  return undefined;
};
