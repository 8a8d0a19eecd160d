import type { Standing } from '../kernel/history';
import { type Day, firstDay, lastDay } from '../kernel/partial-date';
import type { BudgetEvents } from '../parts/budget';
import { type Budget, type Line, linesOf, totalsOf } from '../parts/budget-lines';

/** What the facts that are kept say of a line. */
export interface KeptLine {
  readonly measure: string;
  readonly line: string;
  readonly currency: string;
  readonly sum: bigint;
}

/** What moved a line: positive where it came, negative where it went. */
interface Move {
  readonly is: 'allocated' | 'moved in' | 'moved out' | 'spent';
  readonly line: string;
  readonly currency: string;
  readonly minor: bigint;
  /** What came counts from the first day its date may mean, what went from the last. */
  readonly day: Day;
}

type Moved<E extends keyof BudgetEvents> = (data: BudgetEvents[E], on: string) => readonly Move[];
const moves: { readonly [E in keyof BudgetEvents]: Moved<E> } = {
  BudgetAllocated: ({ line, currency, amountMinor }, on) => [
    { is: 'allocated', line, currency, minor: BigInt(amountMinor), day: firstDay(on) },
  ],
  BudgetSpent: ({ line, currency, amountMinor }, on) => [{ is: 'spent', line, currency, minor: -BigInt(amountMinor), day: lastDay(on) }],
  BudgetReallocated: ({ from, to, currency, amountMinor }, on) => [
    { is: 'moved out', line: from, currency, minor: -BigInt(amountMinor), day: lastDay(on) },
    { is: 'moved in', line: to, currency, minor: BigInt(amountMinor), day: firstDay(on) },
  ],
  ExchangeRateRecorded: () => [],
};
const movesIn = (standing: readonly Standing[]): readonly Move[] =>
  standing.flatMap(({ type, data, occurredOn }) =>
    type in moves ? (moves[type as keyof BudgetEvents] as (data: unknown, on: string) => readonly Move[])(data, occurredOn) : [],
  );

const sum = (those: readonly Move[]) => those.reduce((total, { minor }) => total + minor, 0n);
const grouped = (those: readonly Move[], by: (move: Move) => string): ReadonlyMap<string, readonly Move[]> => {
  const found = new Map<string, Move[]>();
  for (const move of those) {
    const key = by(move);
    const own = found.get(key);
    if (own) own.push(move);
    else found.set(key, [move]);
  }
  return found;
};

const amounts = {
  allocated: 'allocatedMinor',
  'moved in': 'reallocatedInMinor',
  'moved out': 'reallocatedOutMinor',
  spent: 'spentMinor',
} as const satisfies Readonly<Record<Move['is'], keyof Line>>;

/** The first day on which more had gone from a line than had come to it. */
const shortOn = (own: readonly Move[]): Day | undefined => {
  const order = own.toSorted((one, other) =>
    one.day === other.day ? Number(other.minor > 0n) - Number(one.minor > 0n) : one.day < other.day ? -1 : 1,
  );
  let left = 0n;
  return order.find(({ minor }) => (left += minor) < 0n)?.day;
};

const lineProblems = (line: string, own: readonly Move[], told: Line | undefined): readonly string[] => {
  if (!told) return [`line ${line} is not told`];
  const of = (is: Move['is']) => own.filter((move) => move.is === is);
  const short = shortOn(own);
  return [
    ...(Object.keys(amounts) as Move['is'][]).flatMap((is) => {
      const due = is === 'spent' || is === 'moved out' ? -sum(of(is)) : sum(of(is));
      return BigInt(told[amounts[is]]) === due ? [] : [`line ${line} has ${told[amounts[is]]} ${is}, its events say ${due}`];
    }),
    ...(BigInt(told.leftMinor) === sum(own) ? [] : [`line ${line} has ${told.leftMinor} left, its events say ${sum(own)}`]),
    ...(own.every(({ currency }) => currency === told.currency) ? [] : [`line ${line} is kept in more than one currency`]),
    ...(short === undefined ? [] : [`line ${line} is below zero on ${short}`]),
  ];
};

const currencyProblems = (all: readonly Move[], told: Budget): readonly string[] => {
  const totals = totalsOf(linesOf(told));
  return [...grouped(all, ({ currency }) => currency)].flatMap(([currency, own]) => {
    const total = totals.find((each) => each.currency === currency);
    const [allocated, spent] = [sum(own.filter(({ is }) => is === 'allocated')), -sum(own.filter(({ is }) => is === 'spent'))];
    const moved = sum(own.filter(({ is }) => is === 'moved in' || is === 'moved out'));
    return [
      ...(moved === 0n ? [] : [`what was moved between lines in ${currency} does not add up to nothing but to ${moved}`]),
      ...(total &&
      BigInt(total.allocatedMinor) === allocated &&
      BigInt(total.spentMinor) === spent &&
      BigInt(total.leftMinor) === allocated - spent
        ? []
        : [`the total in ${currency} is not what its lines have: allocated ${allocated}, spent ${spent}, left ${allocated - spent}`]),
    ];
  });
};

/** What the events say a fact of this line has to add up to. */
const dueIn = (all: readonly Move[]): ReadonlyMap<string, bigint> => {
  const due = new Map<string, bigint>();
  for (const { is, line, currency, minor } of all) {
    const measure = is === 'allocated' ? 'budget-allocated' : is === 'spent' ? 'budget-spent' : 'budget-reallocated';
    const key = `${measure} ${line} ${currency}`;
    due.set(key, (due.get(key) ?? 0n) + (is === 'spent' ? -minor : minor));
  }
  return due;
};
const keptProblems = (all: readonly Move[], kept: readonly KeptLine[]): readonly string[] => {
  const due = dueIn(all);
  const are = new Map(kept.map(({ measure, line, currency, sum }) => [`${measure} ${line} ${currency}`, sum]));
  return [...new Set([...due.keys(), ...are.keys()])]
    .filter((key) => (due.get(key) ?? 0n) !== (are.get(key) ?? 0n))
    .map((key) => `the facts of ${key} add up to ${are.get(key) ?? 0n}, the events to ${due.get(key) ?? 0n}`);
};

/**
 * Why a budget does not balance: by line and by currency, what was allocated and moved in less what was moved out and spent is what is left,
 * on no day below nothing; what is told of it, and the facts that are kept of it, say the same. Amounts in minor units.
 * @param standing the events in force
 * @param told the budget as it is told
 * @param kept sums of the facts that stand; undefined where they are not to be compared
 */
export const imbalances = (standing: readonly Standing[], told: Budget, kept: readonly KeptLine[] | undefined): readonly string[] => {
  const all = movesIn(standing);
  const lines = new Map(linesOf(told).map((line) => [line.line, line]));
  const own = grouped(all, ({ line }) => line);
  return [
    ...[...own].flatMap(([line, its]) => lineProblems(line, its, lines.get(line))),
    ...[...lines.keys()].filter((line) => !own.has(line)).map((line) => `line ${line} is told, and no event made it`),
    ...currencyProblems(all, told),
    ...(kept ? keptProblems(all, kept) : []),
  ];
};
