import { lifecycle } from '../kernel/lifecycle';
import { deadlineCourse } from '../parts/deadline-course';
import { future, notInTheFuture } from './not-in-the-future';

/** A day by which something of another stream is to be done, with the reminders, and whether it was met. */
export const deadline = lifecycle(
  'deadline',
  { deadline: deadlineCourse },
  {
    plural: 'deadlines',
    says: future,
    gates: { 'not-in-the-future': notInTheFuture },
    supply: {},
    responsible: 'every-officer',
    dimensions: { what: ({ deadline }) => (deadline.is === 'absent' ? undefined : deadline.set.what) },
    rules: () => undefined,
    seen: ({ deadline }) => (deadline.is === 'absent' ? undefined : { ...deadline.set, is: deadline.is }),
  },
);
