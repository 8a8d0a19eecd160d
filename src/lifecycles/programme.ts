import { lifecycle } from '../kernel/lifecycle';
import { certainlyBefore, type PartialDate } from '../kernel/partial-date';
import { vocabulary } from '../kernel/refusal';
import type { Component } from '../parts/components';
import { neverOpened, programmeCourse } from '../parts/programme-course';
import { responsibility } from '../parts/responsibility';
import { assigned } from '../parts/responsibility-terms';
import { future, notInTheFuture } from './not-in-the-future';

const says = vocabulary({
  ...future.sentences,
  PROGRAMME_OPENED_FIRST: 'a date from {openedOn} on, when the programme opened',
});

export interface ProgrammeSeen {
  readonly name: string;
  readonly components: readonly Component[];
  readonly openedOn: PartialDate;
}

/** A programme: its officers are responsible for every call that names it, and for what follows from those. */
export const programme = lifecycle(
  'programme',
  { programme: programmeCourse, responsibility },
  {
    plural: 'programmes',
    says,
    gates: {
      'not-in-the-future': notInTheFuture,
      'not-before-programme': {
        rule: 'No fact of a programme happened before it opened.',
        source: 'follows from what a programme is',
        firm: true,
        guardsAllBut: ['ProgrammeOpened'],
        missing: ({ programme }, _, { occurredOn }) =>
          programme.phase !== 'absent' && certainlyBefore(occurredOn, programme.openedOn)
            ? [says.lack('PROGRAMME_OPENED_FIRST', { openedOn: programme.openedOn })]
            : [],
      },
    },
    supply: { responsibility: ({ programme }) => ({ lacks: neverOpened(programme) }) },
    responsible: ({ responsibility }) => ({ officers: assigned(responsibility) }),
    dimensions: {},
    rules: () => undefined,
    seen: ({ programme }): ProgrammeSeen | undefined =>
      programme.phase === 'absent' ? undefined : { ...programme.opening, openedOn: programme.openedOn },
  },
);
