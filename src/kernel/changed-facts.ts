import type { Fact } from './part';

const same = (one: Fact, other: Fact) => JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
const sorted = ({ measure, subject, quantity, on, by = {} }: Fact) => [
  ...[measure, subject, quantity, on],
  Object.entries(by).toSorted(([a], [b]) => (a < b ? -1 : 1)),
];

/**
 * What a recorded fact changes where what counts follows from several together, whatever the order in which they were recorded: what
 * counts from now on, and the reverse of what no longer does, on the same day. Each states its date (`on`).
 */
export const changedFacts = <M extends string>(before: readonly Fact<M>[], after: readonly Fact<M>[]): readonly Fact<M>[] => [
  ...before.filter((each) => !after.some((other) => same(each, other))).map((each) => ({ ...each, quantity: -each.quantity })),
  ...after.filter((each) => !before.some((other) => same(each, other))),
];
