/** The parameters of a rule set, as the calls and guidelines of the programmes state them. Counts are whole numbers. */
export interface RuleParameters {
  /** Inhabitants a city must have (50,000 in 2017; 100,000 in the call of 2019). */
  readonly minPopulation: number;
  readonly setOfCitiesCountsTogether: boolean;
  readonly excludedPartyKinds: readonly string[];
  /** Countries of each side, ISO 3166-1 alpha-2, by component. */
  readonly countries: Readonly<Record<string, { readonly european: readonly string[]; readonly latinAmerican: readonly string[] }>>;
  readonly maxFundedTravellers: number;
  readonly missionsRequired: number;
  readonly missionsAllowed: number;
  /** Which side visits first, by component. */
  readonly firstVisitor: Readonly<Record<string, 'european' | 'latin-american'>>;
  /** The minimum a city commits itself to, in months. */
  readonly commitmentMonths: number;
  /** The maximum the programme supports a pairing for, in months. */
  readonly supportMonths: number;
}

/** A published version of a rule set; a version never changes. */
export interface RuleSet extends RuleParameters {
  /** `id@version`. */
  readonly name: string;
}

/** Finds a rule set by `id@version`. */
export type RuleBook = (name: string) => RuleSet | undefined;
