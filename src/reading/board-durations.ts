import { certainlyAfter, type Day, daysBetween, firstDay, lastDay, monthsBetween, type PartialDate } from '../kernel/partial-date';
import type { RuleSet } from '../kernel/rules';
import type { Span } from '../kernel/spans';
import { suspendedNow } from '../lifecycles/pairing-dates';
import type { Pairing } from '../lifecycles/pairing-parts';
import { supportEndsOn } from '../parts/support';

/** What the durations of a pairing follow from, all but the day. Three of them are called 18 months, and are three different things. */
export interface BoardDurations {
  readonly kickedOffOn?: PartialDate;
  readonly endedOn?: PartialDate;
  /** The minimum a city commits to: of the rule set. */
  readonly commitmentMonths?: number;
  /** The maximum the programme supports: of the rule set, before suspensions and extensions. */
  readonly supportMonths?: number;
  readonly suspensions: readonly Span[];
  readonly extensions: readonly { readonly on: PartialDate; readonly until?: Day; readonly months?: number; readonly decidedBy: string }[];
  /** Left out where no suspension lasts. */
  readonly suspendedSince?: PartialDate;
}

/** What follows from them on a day. */
export interface DurationsOnADay {
  /** The last day of support; while a suspension lasts, as if the pairing were resumed on the day. */
  readonly supportEndsOn?: Day;
  /** Until the support ends; negative once it has ended; left out where it does not run. */
  readonly daysLeft?: number;
  /** From the kick-off to the end, or to the day: how long it really took. */
  readonly lasted?: Lasted;
}
interface Lasted {
  readonly days: number;
  /** Whole ones. */
  readonly months: number;
  /** Where dates are known only to the month or the year: at the most. */
  readonly upTo?: { readonly days: number; readonly months: number };
}

export const boardDurations = (state: Pairing, rules: RuleSet | undefined): BoardDurations => {
  const { course, support } = state;
  const suspension = suspendedNow(state);
  return {
    ...(course.phase !== 'absent' && course.kickedOffOn !== undefined && { kickedOffOn: course.kickedOffOn }),
    ...('endedOn' in course && { endedOn: course.endedOn }),
    ...(rules && { commitmentMonths: rules.commitmentMonths, supportMonths: rules.supportMonths }),
    suspensions: support.suspensions.map(({ from, to }) => ({ from, ...(to !== undefined && { to }) })),
    extensions: support.extensions.map(({ on, until, months, decidedBy }) => ({
      on,
      ...(until !== undefined && { until }),
      ...(months !== undefined && { months }),
      decidedBy,
    })),
    ...(suspension && { suspendedSince: suspension.from }),
  };
};

export const durationsOn = (of: BoardDurations, on: Day): DurationsOnADay => {
  const { kickedOffOn, endedOn, supportMonths } = of;
  if (kickedOffOn === undefined) return {};
  const until = endedOn !== undefined && !certainlyAfter(endedOn, on) ? endedOn : on;
  const ends = supportMonths === undefined ? undefined : supportEndsOn(of, kickedOffOn, supportMonths, until === on ? on : lastDay(until));
  return {
    ...(ends !== undefined && { supportEndsOn: ends }),
    ...(ends !== undefined && endedOn === undefined && { daysLeft: daysBetween(on, ends) }),
    ...(certainlyAfter(kickedOffOn, until) ? {} : { lasted: lasted(kickedOffOn, until) }),
  };
};

const lasted = (from: PartialDate, to: PartialDate): Lasted => {
  const most = { days: daysBetween(firstDay(from), lastDay(to)), months: monthsBetween(firstDay(from), lastDay(to)) };
  if (from.length === 10 && to.length === 10) return most;
  // The beginning of the one may lie after that of the other.
  const [begun, over] = [lastDay(from), firstDay(to)];
  const least = begun < over ? { days: daysBetween(begun, over), months: monthsBetween(begun, over) } : { days: 0, months: 0 };
  return { ...least, upTo: most };
};
