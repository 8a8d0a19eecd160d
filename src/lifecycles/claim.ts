import { lifecycle } from '../kernel/lifecycle';
import { claimCourse } from '../parts/claim-course';
import { future, notInTheFuture } from './not-in-the-future';

/** A figure that somebody published, held against the recount (closing newsletter, 2020: 79 planned climate plans, and a list of 80). */
export const claim = lifecycle(
  'claim',
  { claim: claimCourse },
  {
    plural: 'claims',
    says: future,
    gates: { 'not-in-the-future': notInTheFuture },
    supply: {},
    responsible: 'every-officer',
    dimensions: {},
    rules: () => undefined,
    seen: ({ claim }) => (claim.is === 'absent' ? undefined : { published: claim.is === 'published' }),
  },
);
