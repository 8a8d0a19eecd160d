import { lifecycle, type State } from '../kernel/lifecycle';
import type { Moment } from '../kernel/part';
import { certainlyAfter, type PartialDate } from '../kernel/partial-date';
import { vocabulary } from '../kernel/refusal';
import { annualReports } from '../parts/pipa-reports';
import { pipaBodies } from '../parts/pipa-bodies';
import { pipaChanges } from '../parts/pipa-changes';
import { contributions } from '../parts/pipa-contributions';
import { pipaCourse } from '../parts/pipa-course';
import { currentMembers } from '../parts/pipa-course-countries';
import { kindOf, says as courseSays } from '../parts/pipa-course-state';
import { operatingPlans } from '../parts/pipa-operating-plans';
import { future, notInTheFuture } from './not-in-the-future';

const says = vocabulary({
  ...future.sentences,
  CONCLUSION_AFTER_THE_REST: 'a date from {on} on, when its countries or its kind changed last',
  BEFORE_ITS_CONCLUSION: 'a date up to {concludedOn}, when it was concluded',
});

const parts = {
  course: pipaCourse,
  changes: pipaChanges,
  bodies: pipaBodies,
  plans: operatingPlans,
  reports: annualReports,
  contributions,
};
export type Pipa = State<typeof parts>;

export interface PipaSeen {
  readonly name: string;
  readonly kind: string;
  readonly phase: string;
  /** By now, ISO 3166-1 alpha-2. */
  readonly members: readonly string[];
  readonly alert?: { readonly minimum: number; readonly members: number; readonly on: PartialDate };
}

const beforeConclusion = ({ course }: Pipa, _: unknown, { occurredOn }: Moment) => {
  const concludedOn = course.phase === 'absent' ? undefined : course.steps.concluded?.on;
  return concludedOn !== undefined && certainlyAfter(occurredOn, concludedOn) ? [says.lack('BEFORE_ITS_CONCLUSION', { concludedOn })] : [];
};

const afterTheRest = ({ course }: Pipa, _: unknown, { occurredOn }: Moment) => {
  if (course.phase === 'absent') return [];
  const later = [...course.countries, ...course.kinds].find(({ on }) => certainlyAfter(on, occurredOn));
  return later ? [says.lack('CONCLUSION_AFTER_THE_REST', { on: later.on })] : [];
};

/** A programme, an initiative or an affiliated project of Ibero-American cooperation, from its profile to its conclusion. */
export const pipa = lifecycle('pipa', parts, {
  plural: 'pipas',
  says,
  gates: {
    'not-in-the-future': notInTheFuture,
    'registered-first': {
      rule: 'Nothing is recorded of a programme, an initiative or an affiliated project before it is registered.',
      source: 'follows from what a record is',
      firm: true,
      guardsAllBut: ['PipaRegistered'],
      missing: ({ course }) => (course.phase === 'absent' ? [courseSays.lack('NO_SUCH_PIPA')] : []),
    },
    'before-its-conclusion': {
      rule: 'After its conclusion a programme, an initiative or an affiliated project has no other countries, kind, plan or extension.',
      source: 'follows from what a conclusion is',
      guards: {
        PipaConcluded: afterTheRest,
        CountryInvited: beforeConclusion,
        CountryAcceded: beforeConclusion,
        CountryListed: beforeConclusion,
        CountryWithdrew: beforeConclusion,
        PipaKindChanged: beforeConclusion,
        PipaModified: beforeConclusion,
        PipaExtended: beforeConclusion,
        OperatingPlanProposed: beforeConclusion,
        OperatingPlanApproved: beforeConclusion,
      },
    },
  },
  supply: {},
  responsible: 'every-officer',
  dimensions: {
    pipa: (_, id) => id,
    kind: ({ course }) => (course.phase === 'absent' ? undefined : kindOf(course)),
    area: ({ course }) => (course.phase === 'absent' ? undefined : course.registration.area),
  },
  countries: ({ course }) => (course.phase === 'absent' ? [] : currentMembers(course.countries)),
  rules: () => undefined,
  seen: ({ course }): PipaSeen | undefined =>
    course.phase === 'absent'
      ? undefined
      : {
          name: course.registration.name,
          kind: kindOf(course),
          phase: course.phase,
          members: currentMembers(course.countries),
          ...(course.alert && { alert: course.alert }),
        },
});
