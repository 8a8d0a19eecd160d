import { type AnyLifecycle, measuresOf } from './lifecycle';

export interface Countable {
  /** By what facts of the measure can be broken down: of their stream, and of themselves. */
  readonly dimensions: ReadonlySet<string>;
  readonly money: boolean;
}

/** Every measure that facts have. */
export const countable = (lifecycles: readonly AnyLifecycle[]): ReadonlyMap<string, Countable> => {
  const found = new Map<string, Countable>();
  for (const of of lifecycles)
    for (const [measure, { by = [], money = false }] of Object.entries(measuresOf(of))) {
      const before = found.get(measure)?.dimensions ?? [];
      found.set(measure, { dimensions: new Set([...before, ...Object.keys(of.dimensions as object), ...by]), money });
    }
  return found;
};
