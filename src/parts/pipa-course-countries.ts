import type { TextRef } from '../kernel/fields';
import { changedFacts } from '../kernel/changed-facts';
import type { Fact } from '../kernel/part';
import { byDate, certainlyAfter, certainlyBefore, firstDay, lastDay, type PartialDate } from '../kernel/partial-date';
import type { Span } from '../kernel/spans';

/** The countries of the Ibero-American conference. */
export const conference = [
  ...['AD', 'AR', 'BO', 'BR', 'CL', 'CO', 'CR', 'CU', 'DO', 'EC', 'ES', 'GT', 'HN', 'MX', 'NI', 'PA', 'PE', 'PT', 'PY', 'SV', 'UY', 'VE'],
] as const;

/** What was recorded of a country. */
export type CountryEntry = { readonly country: string; readonly on: PartialDate } & (
  | { readonly is: 'invited' | 'acceded' }
  | { readonly is: 'listed'; readonly source: string }
  | { readonly is: 'withdrew'; readonly inferred: boolean; readonly source?: string; readonly reason?: TextRef }
);

/** A country is a member from one date to another. */
export interface Membership extends Span {
  readonly country: string;
  /** `listed`: a list proves it from then on; it may have been a member before. */
  readonly since: 'acceded' | 'listed';
  /** That it withdrew is only inferred. */
  readonly inferred?: true;
}

const ranks = { acceded: 0, listed: 1, withdrew: 2, invited: 3 } as const;
const day = ({ is, on }: CountryEntry) => (is === 'withdrew' ? lastDay(on) : firstDay(on));
const inOrder = (one: CountryEntry, other: CountryEntry) => byDate(day(one), day(other)) || ranks[one.is] - ranks[other.is];

interface Told {
  readonly memberships: readonly Membership[];
  /** Accessions of who was a member already, withdrawals of who was none. */
  readonly idle: number;
}
/** What the entries of one country come to, in the order in which they happened as far as their dates tell. */
const told = (country: string, entries: readonly CountryEntry[]): Told => {
  const left = entries.filter((each) => each.country === country && each.is !== 'invited').toSorted(inOrder);
  const memberships: Membership[] = [];
  let idle = 0;
  for (let entry = left.shift(); entry; entry = left.shift()) {
    const last = memberships.at(-1);
    const member = last && last.to === undefined ? last : undefined;
    switch (entry.is) {
      case 'invited':
        break;
      case 'listed':
        if (!member) memberships.push({ country, since: 'listed', from: entry.on });
        break;
      case 'withdrew':
        if (member) memberships.splice(-1, 1, { ...member, to: entry.on, ...(entry.inferred && { inferred: true }) });
        else idle += 1;
        break;
      case 'acceded': {
        const { on } = entry;
        // It may have withdrawn, and acceded again, within a time of which only the whole is known.
        const withdrew = member ? left.findIndex((each) => each.is === 'withdrew' && !certainlyAfter(each.on, on)) : -1;
        if (withdrew >= 0) left.unshift(...left.splice(withdrew, 1), entry);
        else if (member?.since === 'listed' && !certainlyAfter(on, member.from))
          memberships.splice(-1, 1, { ...member, since: 'acceded', from: on });
        else if (member) idle += 1;
        else memberships.push({ country, since: 'acceded', from: on });
      }
    }
  }
  return { memberships, idle };
};

/** The memberships of a country, in the order in which they began. */
export const membershipsOf = (entries: readonly CountryEntry[], country: string): readonly Membership[] =>
  told(country, entries).memberships;

/** Whether an entry more tells nothing, or makes another tell nothing: acceded twice, withdrawn without having been a member. */
export const contradicts = (entries: readonly CountryEntry[], entry: CountryEntry): boolean =>
  told(entry.country, [...entries, entry]).idle > told(entry.country, entries).idle;

const countriesIn = (entries: readonly CountryEntry[]) => [...new Set(entries.map(({ country }) => country))];

/** The countries whose membership nothing ended. */
export const currentMembers = (entries: readonly CountryEntry[]): readonly string[] =>
  countriesIn(entries).filter(
    (country) => membershipsOf(entries, country).at(-1)?.to === undefined && membershipsOf(entries, country).length > 0,
  );

/** The countries that are members on a date, as far as dates known roughly tell. */
export const membersOn = (entries: readonly CountryEntry[], date: PartialDate): readonly string[] =>
  countriesIn(entries).filter((country) =>
    membershipsOf(entries, country).some(({ from, to }) => !certainlyAfter(from, date) && (to === undefined || certainlyBefore(date, to))),
  );

/** Countries that were invited and have neither acceded nor been listed since. */
export const invitedOnly = (entries: readonly CountryEntry[]): readonly string[] =>
  countriesIn(entries).filter(
    (country) => entries.some((each) => each.country === country && each.is === 'invited') && membershipsOf(entries, country).length === 0,
  );

const counted = (entries: readonly CountryEntry[], country: string): readonly Fact<'pipa-members'>[] =>
  membershipsOf(entries, country).flatMap(({ from, to }) => {
    const of = { measure: 'pipa-members' as const, subject: { ref: `country/${country}` }, by: { country } };
    return [{ ...of, quantity: 1, on: from }, ...(to === undefined ? [] : [{ ...of, quantity: -1, on: to }])];
  });
/** How memberships of a country count otherwise after an entry more. */
export const countryFacts = (
  before: readonly CountryEntry[],
  after: readonly CountryEntry[],
  country: string,
): readonly Fact<'pipa-members'>[] => changedFacts(counted(before, country), counted(after, country));
