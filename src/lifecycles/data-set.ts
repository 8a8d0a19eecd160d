import { lifecycle } from '../kernel/lifecycle';
import { provenance } from '../parts/provenance';
import { future, notInTheFuture } from './not-in-the-future';

/** An imported body of data, so that what is printed from it can say where it comes from. */
export const dataSet = lifecycle(
  'dataSet',
  { provenance },
  {
    plural: 'data-sets',
    says: future,
    gates: { 'not-in-the-future': notInTheFuture },
    supply: {},
    responsible: 'every-officer',
    dimensions: {},
    rules: () => undefined,
    seen: ({ provenance: { declared } }) => (declared ? { illustrative: declared.illustrative } : undefined),
  },
);
