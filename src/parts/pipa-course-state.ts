import { isDeepStrictEqual } from 'node:util';
import { byDate, certainlyAfter, certainlyBefore, currentOn, lastDay, latestOf, type PartialDate } from '../kernel/partial-date';
import { type Said, vocabulary } from '../kernel/refusal';
import { type CountryEntry, currentMembers } from './pipa-course-countries';
import type { Kind, PipaCourseEvents } from './pipa-course-forms';

/** In the order in which they happen; none is obligatory: what nobody recorded is left out. */
export const steps = [
  'profile',
  'formulation',
  'submitted',
  'agreed-by-heads-of-cooperation',
  'agreed-by-ministers',
  'approved',
  'constituted',
  'running',
  'concluded',
] as const;
export type Step = (typeof steps)[number];

interface Taken {
  readonly on: PartialDate;
  /** As its event told it. */
  readonly data: object;
}
export interface Alert {
  readonly minimum: number;
  readonly members: number;
  readonly on: PartialDate;
}
export interface RegisteredPipa {
  /** The furthest of its steps, in whatever order they were recorded. */
  readonly phase: 'registered' | Step;
  readonly registration: PipaCourseEvents['PipaRegistered'];
  readonly steps: Readonly<Partial<Record<Step, Taken>>>;
  /** In the order of recording. */
  readonly kinds: readonly { readonly becomes: Kind; readonly summit?: string; readonly on: PartialDate }[];
  /** In the order of recording. */
  readonly countries: readonly CountryEntry[];
  /** While it is open. */
  readonly alert?: Alert | undefined;
}
export type PipaCourse = { readonly phase: 'absent' } | RegisteredPipa;

export const says = vocabulary({
  NO_SUCH_PIPA: 'It was never registered',
  PIPA_REGISTERED_OTHERWISE: 'It was registered already, otherwise',
  PIPA_STEP_STANDS: 'This step was recorded already, dated {on}: correct that fact',
  PIPA_STEP_TOO_EARLY: 'A step that comes before this one happened on {on}, so this one did not happen on {occurredOn}',
  PIPA_STEP_TOO_LATE: 'A step that comes after this one happened on {on}, so this one did not happen on {occurredOn}',
  PIPA_KIND_STANDS: 'It is of that kind already on {occurredOn}',
  COUNTRY_IN_ALREADY: 'The country {country} is a member on {occurredOn}, or acceded later without having withdrawn in between',
  COUNTRY_NOT_IN: 'The country {country} is not a member on {occurredOn}, or withdrew already',
});

export const take = (course: PipaCourse, step: Step, data: object, on: PartialDate): PipaCourse => {
  if (course.phase === 'absent') return course;
  const taken = { ...course.steps, [step]: { on, data } };
  return { ...course, steps: taken, phase: steps.findLast((each) => taken[each] !== undefined) ?? 'registered' };
};
/** Whether the very same step stands. */
export const tookStep = (course: PipaCourse, step: Step, data: object, on: PartialDate): boolean =>
  course.phase !== 'absent' && isDeepStrictEqual(course.steps[step], { on, data });
/** A step is recorded once, and neither certainly before one that precedes it nor certainly after one that follows. */
export const stepLacks = (course: PipaCourse, step: Step, occurredOn: PartialDate): readonly Said[] => {
  if (course.phase === 'absent') return [];
  const standing = course.steps[step];
  if (standing) return [says.lack('PIPA_STEP_STANDS', { on: standing.on })];
  const dates = (which: readonly Step[]) => which.flatMap((each) => course.steps[each]?.on ?? []);
  const before = dates(steps.slice(0, steps.indexOf(step))).find((on) => certainlyBefore(occurredOn, on));
  if (before !== undefined) return [says.lack('PIPA_STEP_TOO_EARLY', { on: before, occurredOn })];
  const after = dates(steps.slice(steps.indexOf(step) + 1)).find((on) => certainlyAfter(occurredOn, on));
  return after === undefined ? [] : [says.lack('PIPA_STEP_TOO_LATE', { on: after, occurredOn })];
};

/** What it is by now. */
export const kindOf = ({ kinds, registration }: RegisteredPipa): Kind => latestOf(kinds)?.becomes ?? registration.kind;
/** What it is on a date. */
export const kindOn = ({ kinds, registration }: RegisteredPipa, date: PartialDate): Kind =>
  currentOn(kinds, date)?.becomes ?? registration.kind;

/** What it became after a date, in the order in which that happened. */
export const kindsSince = ({ kinds }: RegisteredPipa, date: PartialDate): RegisteredPipa['kinds'] => {
  const then = currentOn(kinds, date);
  const inOrder = kinds.toSorted((one, other) => byDate(lastDay(one.on), lastDay(other.on)));
  return inOrder.slice(then ? inOrder.indexOf(then) + 1 : 0);
};

/**
 * At least 7 countries take part in a programme and 3 in an initiative (page of the Ibero-American General Secretariat on its
 * cooperation, undated); an affiliated project is not of governments.
 */
export const minimums: Readonly<Record<Kind, number | undefined>> = { programme: 7, initiative: 3, 'affiliated-project': undefined };

/** From its approval to its conclusion, once anything is known of its countries: where nobody recorded a member, none is known to be missing. */
const isWatched = ({ steps: taken, countries }: RegisteredPipa): boolean =>
  (taken.approved ?? taken.constituted ?? taken.running) !== undefined &&
  taken.concluded === undefined &&
  countries.some(({ is }) => is !== 'invited');

type AlertEvent =
  | { readonly type: 'MinimumAlertOpened'; readonly data: PipaCourseEvents['MinimumAlertOpened'] }
  | { readonly type: 'MinimumAlertClosed'; readonly data: PipaCourseEvents['MinimumAlertClosed'] };
/** What the alert must do for the members to be as they are; nothing where it stands as it should. */
export const alertsOf = (course: PipaCourse): readonly AlertEvent[] => {
  if (course.phase === 'absent') return [];
  const { alert } = course;
  const members = currentMembers(course.countries).length;
  const minimum = isWatched(course) ? minimums[kindOf(course)] : undefined;
  const below = minimum !== undefined && members < minimum;
  if (below && alert?.minimum === minimum) return [];
  return [
    ...(alert ? [{ type: 'MinimumAlertClosed' as const, data: { ...(minimum !== undefined && { minimum }), members } }] : []),
    ...(below ? [{ type: 'MinimumAlertOpened' as const, data: { minimum, members } }] : []),
  ];
};
