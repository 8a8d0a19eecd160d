import type { Whole } from '../kernel/fields';
import type { Refs } from '../kernel/part';
import type { PartialDate } from '../kernel/partial-date';
import { vocabulary } from '../kernel/refusal';
import type { RuleSet } from '../kernel/rules';

export const eligibilityRules = ['population', 'kind', 'countries'] as const;
export type EligibilityRule = (typeof eligibilityRules)[number];

interface Counted {
  /** Inhabitants asked for. */
  required: Whole;
  population: Whole;
  /** The year they were counted in, the earliest of several counts. */
  year: Whole;
  /** The smallest municipality, where each is judged on its own. */
  city?: string;
}
interface Uncounted {
  required: Whole;
  /** Municipalities whose population is not recorded. */
  uncounted?: string[];
}
type OfPopulation = { rule: 'population' } & (
  | ({ outcome: 'passed'; reason: 'POPULATION_REACHED' } & Counted)
  | ({ outcome: 'failed'; reason: 'POPULATION_TOO_SMALL' } & Counted)
  | ({ outcome: 'unknown'; reason: 'POPULATION_NOT_RECORDED' } & Uncounted)
  | { outcome: 'passed'; reason: 'POPULATION_NOT_ASKED'; kind: string }
);
type OfKind = { rule: 'kind'; kind: string } & (
  { outcome: 'passed'; reason: 'KIND_MAY_APPLY' } | { outcome: 'failed'; reason: 'KIND_EXCLUDED' }
);
type OfCountries = { rule: 'countries' } & (
  | { outcome: 'passed'; reason: 'COUNTRIES_OF_THE_SIDE'; countries: string[] }
  | { outcome: 'failed'; reason: 'COUNTRIES_OUTSIDE'; countries: string[] }
  | { outcome: 'unknown'; reason: 'COUNTRIES_NOT_RECORDED' | 'COUNTRIES_NOT_RULED' }
);
/** What a rule answers (unknown: what it asks about was never recorded), with the code of its reason and what fills the sentence of that code. */
export type EligibilityAnswer = OfPopulation | OfKind | OfCountries;

/** Who applies for what. */
export interface Applicant {
  readonly party: string;
  readonly side: 'european' | 'latin-american';
  readonly component: string;
}
/** What is judged of a party. */
export interface JudgedParty {
  readonly kind: string;
  readonly countries: readonly string[];
  readonly members: readonly { readonly municipality: string; readonly name: string }[];
  /** One for each year, the latest last. */
  readonly populations: readonly { readonly population: number; readonly year: number }[];
  /** The party that it is a second registration of. */
  readonly mergedInto?: string;
}
export type FindParty = Refs<{ party: JudgedParty }>['party'];

/** Why a rule answers as it does. */
export const reasons = vocabulary({
  POPULATION_REACHED:
    '{city, select, _ {} other {{city}: }}{population, number} inhabitants ({year}) where at least {required, number} are asked for',
  POPULATION_TOO_SMALL:
    '{city, select, _ {} other {{city}: }}only {population, number} inhabitants ({year}) where at least {required, number} are asked for',
  POPULATION_NOT_RECORDED:
    'no population recorded{uncounted, select, _ {} other { for {uncounted}}} where at least {required, number} inhabitants are asked for',
  POPULATION_NOT_ASKED: 'no number of inhabitants asked of this kind of party ({kind})',
  KIND_MAY_APPLY: 'this kind of party ({kind}) may apply',
  KIND_EXCLUDED: 'this kind of party ({kind}) may not apply',
  COUNTRIES_OF_THE_SIDE: '{countries} among the countries that the rules admit',
  COUNTRIES_OUTSIDE: '{countries} outside the countries that the rules admit',
  COUNTRIES_NOT_RECORDED: 'no country recorded',
  COUNTRIES_NOT_RULED: 'no countries named by the rules for the component',
});

/** The latest count up to the year of the date or, where all are later, the earliest of them. */
const countedBy = (date: PartialDate, populations: JudgedParty['populations'] = []) =>
  populations.findLast(({ year }) => year <= Number(date.slice(0, 4))) ?? populations[0];

const ofPopulation = (
  { minPopulation: required, setOfCitiesCountsTogether: together }: RuleSet,
  { kind, members, populations }: JudgedParty,
  date: PartialDate,
  find: FindParty,
): OfPopulation => {
  const rule = 'population';
  if (!['city', 'city-set', 'consortium'].includes(kind)) return { rule, outcome: 'passed', reason: 'POPULATION_NOT_ASKED', kind };
  const judged = (population: number, year: number, city?: string): OfPopulation =>
    population >= required
      ? { rule, outcome: 'passed', reason: 'POPULATION_REACHED', required, population, year, ...(city && { city }) }
      : { rule, outcome: 'failed', reason: 'POPULATION_TOO_SMALL', required, population, year, ...(city && { city }) };
  const whole = countedBy(date, populations);
  if (whole && (together || members.length === 0)) return judged(whole.population, whole.year);
  const counts = members.map(({ municipality, name }) => ({ name, ...countedBy(date, find(municipality)?.populations) }));
  const counted = counts.flatMap(({ name, population, year }) =>
    population === undefined || year === undefined ? [] : [{ name, population, year }],
  );
  const smallest = counted.toSorted((one, other) => one.population - other.population)[0];
  if (!together && smallest && smallest.population < required) return judged(smallest.population, smallest.year, smallest.name);
  const uncounted = counts.filter(({ population }) => population === undefined).map(({ name }) => name);
  if (!smallest || uncounted.length > 0)
    return { rule, outcome: 'unknown', reason: 'POPULATION_NOT_RECORDED', required, ...(uncounted.length > 0 && { uncounted }) };
  if (!together) return judged(smallest.population, smallest.year, smallest.name);
  return judged(
    counted.reduce((sum, { population }) => sum + population, 0),
    Math.min(...counted.map(({ year }) => year)),
  );
};

const ofCountries = (named: RuleSet['countries'], { side, component }: Applicant, { countries }: JudgedParty): OfCountries => {
  const rule = 'countries';
  const allowed = named[component]?.[side === 'european' ? 'european' : 'latinAmerican'];
  if (!allowed) return { rule, outcome: 'unknown', reason: 'COUNTRIES_NOT_RULED' };
  if (countries.length === 0) return { rule, outcome: 'unknown', reason: 'COUNTRIES_NOT_RECORDED' };
  const outside = countries.filter((country) => !allowed.includes(country));
  return outside.length > 0
    ? { rule, outcome: 'failed', reason: 'COUNTRIES_OUTSIDE', countries: outside }
    : { rule, outcome: 'passed', reason: 'COUNTRIES_OF_THE_SIDE', countries: [...countries] };
};

/** A party and those it was merged into, one after the other: the last is the one that counts. */
const registrations = (id: string, find: FindParty, before: readonly string[] = []): readonly string[] => {
  const into = find(id)?.mergedInto;
  const known = [...before, id];
  return into === undefined || known.includes(into) ? known : registrations(into, find, known);
};
const counting =
  (find: FindParty): FindParty =>
  (id) =>
    find(registrations(id, find).at(-1)!);

/** The parties that a judgement looks at: the applicant and, once that is known, its municipalities; each with what it was merged into. */
export const partiesJudged = ({ party }: Pick<Applicant, 'party'>, find: FindParty): readonly string[] =>
  [party, ...(counting(find)(party)?.members ?? []).map(({ municipality }) => municipality)].flatMap((id) => registrations(id, find));

/**
 * What a rule set answers of an applicant, rule by rule, as of a date; undefined where there is no such party. Municipalities of a set
 * or consortium count together where the rules say so: by its own recorded population, else by the sum of theirs (IUC presentation in
 * Spanish, 2019: cities of more than 100,000 inhabitants, or sets of them).
 */
export const judge = (
  under: RuleSet,
  applicant: Applicant,
  date: PartialDate,
  find: FindParty,
): readonly EligibilityAnswer[] | undefined => {
  const counted = counting(find);
  const party = counted(applicant.party);
  if (!party) return undefined;
  const { kind } = party;
  return [
    ofPopulation(under, party, date, counted),
    under.excludedPartyKinds.includes(kind)
      ? { rule: 'kind', outcome: 'failed', reason: 'KIND_EXCLUDED', kind }
      : { rule: 'kind', outcome: 'passed', reason: 'KIND_MAY_APPLY', kind },
    ofCountries(under.countries, applicant, party),
  ];
};
