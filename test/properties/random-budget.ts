import { lineOf } from '../../src/parts/budget-lines';
import type { Dice, Seen, Sent } from './random-commands';

/** Some command about money, sensible or not; few lines, few ids and small amounts, so that they meet. */
export const budgetCommand = ({ state: { budget } }: Seen, { a, b, c }: Dice): Omit<Sent, 'occurredOn'> => {
  const lines = ['missions', 'pilot', 'training'] as const;
  const [line, other] = [lines[b % 3]!, lines[(b + (c % 5 === 0 ? c : 1)) % 3]!];
  const currency = line === 'training' && c % 2 === 0 ? 'COP' : 'EUR';
  const [much, little] = [
    { amountMinor: 10 + (c % 40), currency },
    { amountMinor: 1 + (c % 12), currency },
  ];
  const isNew = lineOf(budget, other) === undefined;
  const commands: readonly Omit<Sent, 'occurredOn'>[] = [
    { name: 'AllocateBudget', body: { allocation: `a${c % 19}`, line, ...much } },
    { name: 'SpendBudget', body: { expense: `e${c % 24}`, line, ...little, ...(b % 9 === 0 && { mission: 1 + (c % 3) }) } },
    { name: 'SpendBudget', body: { expense: `f${c % 24}`, line, ...much, ...(b % 9 === 1 && { pilot: `p${c % 2}` }) } },
    {
      name: 'ReallocateBudget',
      body: {
        ...{
          reallocation: `r${c % 19}`,
          from: line,
          to: other,
          ...little,
          approvedBy: 'secretariat',
          reason: c % 2 ? 'Virus' : 'Elections',
        },
        ...(isNew !== (c % 7 === 0) && { newLine: true }),
      },
    },
    { name: 'RecordExchangeRate', body: { from: 'EUR', to: c % 3 ? 'COP' : 'USD', rate: `${1 + (b % 4)}.5`, source: 'InforEuro' } },
  ];
  return commands[a % commands.length]!;
};
