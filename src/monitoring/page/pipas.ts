import { foldOf, happenedBy, type Standing } from '../../kernel/history';
import { byDate, type Day, lastDay, type PartialDate } from '../../kernel/partial-date';
import { type Pipa, pipa } from '../../lifecycles/pipa';
import { type CountryEntry, currentMembers } from '../../parts/pipa-course-countries';
import type { Kind, PipaCourseEvents } from '../../parts/pipa-course-forms';
import { kindOf, minimums } from '../../parts/pipa-course-state';
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

/** The one whose countries a claim counts. */
const pipaOf = ({ where = [] }: Pick<RegisteredClaim, 'where'>): string | undefined =>
  where.find(({ dimension }) => dimension === 'pipa')?.is;

const statedOf = (claim: RegisteredClaim, asOf: Day): StatedCountries => {
  const { id, about, value, comparator, source, derived, recounts } = claim;
  const on = claim.asOf === undefined ? asOf : lastDay(claim.asOf);
  return {
    ...{ id, about, value, comparator, source, on, recount: recounts[0]?.recount ?? null, agrees: recounts[0]?.agrees ?? null },
    ...(claim.asOf !== undefined && { asOf: claim.asOf }),
    ...(derived !== undefined && { derived }),
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
  const { course } = foldOf(pipa, happenedBy(standing, asOf), -1, () => undefined).state as Pipa;
  if (course.phase === 'absent') return undefined;
  const registered = standing.find(({ type }) => type === ('PipaRegistered' satisfies keyof PipaCourseEvents))!;
  const [kind, approved] = [kindOf(course), course.steps.approved];
  const minimum = minimums[kind];
  const changes = course.kinds.map(({ becomes, on }) => ({ kind: becomes, on }));
  return {
    ...{ id, name: course.registration.name, kind, members: membersBy(course.countries, asOf) },
    kinds: [
      { kind: course.registration.kind, on: registered.occurredOn },
      ...changes.toSorted((a, b) => byDate(lastDay(a.on), lastDay(b.on))),
    ],
    ...(approved && { approvedOn: approved.on }),
    ...(minimum !== undefined && { minimum }),
    stated: claims.filter((claim) => claim.is === 'published' && pipaOf(claim) === id).map((claim) => statedOf(claim, asOf)),
  };
};
