import { lifecycle } from '../kernel/lifecycle';
import { vocabulary } from '../kernel/refusal';
import { provenance } from '../parts/provenance';

/** An imported body of data, so that what is printed from it can say where it comes from. */
export const dataSet = lifecycle(
  'dataSet',
  { provenance },
  {
    plural: 'data-sets',
    says: vocabulary({}),
    gates: {},
    supply: {},
    dimensions: () => ({}),
    rules: () => undefined,
    seen: ({ provenance }) => ({ illustrative: provenance.declared?.illustrative ?? false }),
  },
);
