import { happenedBy, type Standing } from '../../kernel/history';
import { type Day, lastDay, type PartialDate } from '../../kernel/partial-date';
import { type Pipa, pipa } from '../../lifecycles/pipa';
import { type CountryEntry, currentMembers } from '../../parts/pipa-course-countries';
import type { Kind, PipaCourseEvents } from '../../parts/pipa-course-forms';
import { kindOf, minimums } from '../../parts/pipa-course-state';
import { foldOf } from '../../kernel/history';
import { agrees } from '../claims';
import type { RegisteredClaim } from '../report';

/** What a page says of how many countries one has, beside those that lists and accessions prove by that day. */
export interface StatedCountries extends Pick<RegisteredClaim, 'id' | 'about' | 'value' | 'comparator' | 'asOf' | 'source' | 'derived'> {
  readonly on: Day;
  /** Null where nobody recorded a member by then. */
  readonly recount: number | null;
  readonly agrees: boolean | null;
}
/** A programme, an initiative or an affiliated project as it stood on the day of the page. */
export interface PipaStands {
  readonly id: string;
  readonly name: string;
  readonly kind: Kind;
  /** What it was, one after the other, each from when. */
  readonly kinds: readonly { readonly kind: Kind; readonly on: PartialDate }[];
  readonly approvedOn?: PartialDate;
  /** Null where nobody recorded one. */
  readonly members: number | null;
  /** How many it must have; none is asked of an affiliated project. */
  readonly minimum?: number;
  readonly stated: readonly StatedCountries[];
}

/** By a day as figures count it: what is known to the month once the month is over. */
const membersBy = (entries: readonly CountryEntry[], day: Day): number | null => {
  const told = entries.filter(({ on, is }) => is !== 'invited' && lastDay(on) <= day);
  return told.length === 0 ? null : currentMembers(told).length;
};

/** The one that a claim is about, where it says that it is counted there alone. */
export const pipaOf = ({ notCountable }: Pick<RegisteredClaim, 'notCountable'>): string | undefined =>
  /\/v1\/pipas\/([a-z0-9-]+)/.exec(notCountable ?? '')?.[1];

const statedOf = (claim: RegisteredClaim, entries: readonly CountryEntry[], asOf: Day): StatedCountries => {
  const { id, about, value, comparator, source, derived } = claim;
  const on = claim.asOf === undefined ? asOf : lastDay(claim.asOf);
  const recount = membersBy(entries, on);
  return {
    ...{ id, about, value, comparator, source, on, recount },
    ...(claim.asOf !== undefined && { asOf: claim.asOf }),
    ...(derived !== undefined && { derived }),
    agrees: recount === null ? null : agrees(claim, recount),
  };
};

/**
 * How one stood by a day, with what was published of its countries.
 * @param standing what is in force of it, whenever it happened
 * @returns nothing where it was not there yet
 */
export const pipaStood = (
  id: string,
  standing: readonly Standing[],
  asOf: Day,
  claims: readonly RegisteredClaim[],
): PipaStands | undefined => {
  const state = (events: readonly Standing[]) => (foldOf(pipa, events, -1, () => undefined).state as Pipa).course;
  const [course, whole] = [state(happenedBy(standing, asOf)), state(standing)];
  if (course.phase === 'absent' || whole.phase === 'absent') return undefined;
  const registered = standing.find(({ type }) => type === ('PipaRegistered' satisfies keyof PipaCourseEvents))!;
  const [kind, approved] = [kindOf(course), course.steps.approved];
  const minimum = minimums[kind];
  const changes = course.kinds.map(({ becomes, on }) => ({ kind: becomes, on }));
  return {
    ...{ id, name: course.registration.name, kind, members: membersBy(course.countries, asOf) },
    kinds: [
      { kind: course.registration.kind, on: registered.occurredOn },
      ...changes.toSorted((a, b) => (lastDay(a.on) < lastDay(b.on) ? -1 : 1)),
    ],
    ...(approved && { approvedOn: approved.on }),
    ...(minimum !== undefined && { minimum }),
    stated: claims
      .filter((claim) => claim.is === 'published' && pipaOf(claim) === id)
      .map((claim) => statedOf(claim, whole.countries, asOf)),
  };
};
