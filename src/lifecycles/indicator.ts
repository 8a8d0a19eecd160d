import { lifecycle } from '../kernel/lifecycle';
import { indicatorVersions } from '../parts/indicator';
import { future, notInTheFuture } from './not-in-the-future';

export interface IndicatorSeen {
  readonly versions: readonly number[];
}

/** What is counted, and by which rule, as data: figures and claims name a version. */
export const indicator = lifecycle(
  'indicator',
  { versions: indicatorVersions },
  {
    plural: 'indicator-definitions',
    says: future,
    unchangeable: ['IndicatorDefined'],
    gates: { 'not-in-the-future': notInTheFuture },
    supply: {},
    responsible: 'every-officer',
    dimensions: {},
    rules: () => undefined,
    seen: ({ versions }): IndicatorSeen | undefined => {
      const numbers = Object.keys(versions).map(Number);
      return numbers.length === 0 ? undefined : { versions: numbers };
    },
  },
);
