import type { Moment } from '../kernel/part';
import { certainlyBefore, type Day, type PartialDate } from '../kernel/partial-date';
import { around, lasting } from '../kernel/spans';
import type { MissionEvents } from '../parts/missions';
import { supportEndsOn, type Suspension } from '../parts/support';
import type { Pairing } from './pairing-parts';

/** What a fact says of when it happened: its date and, of a mission that was held, the first and last day. A planned one lies ahead. */
export const datesOf = (data: unknown, occurredOn: PartialDate): readonly PartialDate[] => {
  const { from, to, place } = (data ?? {}) as Partial<MissionEvents['MissionHeld']>;
  return place === undefined || from === undefined || to === undefined ? [occurredOn] : [occurredOn, from, to];
};

/** From the kick-off to the last day of support, which is not known while a suspension lasts; undefined before the kick-off. */
export const supportPeriod = (
  { course, support }: Pairing,
  moment: Pick<Moment, 'rules'>,
): { readonly from: PartialDate; readonly to: Day | undefined } | undefined =>
  course.phase === 'absent' || course.kickedOffOn === undefined
    ? undefined
    : { from: course.kickedOffOn, to: supportEndsOn(support, course.kickedOffOn, moment.rules.supportMonths) };

/** The suspension that a fact of these dates certainly lies in; one that was never ended lasts until the pairing ends. */
export const suspendedOn = ({ course, support }: Pairing, dates: readonly PartialDate[]): Suspension | undefined =>
  dates
    .filter((date) => !('endedOn' in course) || certainlyBefore(date, course.endedOn))
    .map((date) => around(support.suspensions, date))
    .find((suspension) => suspension !== undefined);

/** The suspension that lasts today. */
export const suspendedNow = ({ course, support }: Pairing): Suspension | undefined =>
  'endedOn' in course ? undefined : lasting(support.suspensions);

/** The days on which the work of a pairing is known to have gone on. */
export const workedOn = ({ missions, plan, pilots, budget, agreements }: Pairing): readonly PartialDate[] =>
  [
    ...Object.values(missions).map((mission) => (mission.is === 'held' ? mission.from : undefined)),
    ...Object.values(plan.versions).map(({ approvedOn }) => approvedOn),
    ...Object.values(pilots).flatMap(({ designedOn, startedOn, funding }) => [designedOn, startedOn, ...funding.map(({ on }) => on)]),
    ...budget.expenses.map(({ on }) => on),
    ...Object.values(agreements).flatMap(({ concludedOn, signed }) => [concludedOn, ...signed.map(({ on }) => on)]),
  ].filter((date) => date !== undefined);

/** The days on which a pairing is known to have been alive. */
export const aliveOn = (pairing: Pairing): readonly PartialDate[] => {
  const { course, support } = pairing;
  return [
    ...(course.phase === 'absent' ? [] : [course.formedOn, course.kickedOffOn]),
    ...support.suspensions.flatMap(({ from, to }) => [from, to]),
    ...support.extensions.map(({ on }) => on),
    ...workedOn(pairing),
  ].filter((date) => date !== undefined);
};
