import { isDeepStrictEqual } from 'node:util';
import { Count, Country, Items, Name, officers, OneOf, type Whole, YesNo } from '../kernel/fields';
import { command, part } from '../kernel/part';
import { vocabulary } from '../kernel/refusal';
import { partyKinds } from './party-kinds';

const components = ['C1', 'C2', 'C3'] as const;
type Component = (typeof components)[number];
const sides = ['european', 'latin-american'] as const;
type Side = (typeof sides)[number];

/** Stored for ever: add optional fields freely; never rename, remove or change a meaning. */
export interface RuleSetEvents {
  RuleSetPublished: {
    version: Whole;
    minPopulation: Whole;
    setOfCitiesCountsTogether: boolean;
    excludedPartyKinds: string[];
    countries: { component: Component; european: string[]; latinAmerican: string[] }[];
    maxFundedTravellers: Whole;
    missionsRequired: Whole;
    missionsAllowed: Whole;
    firstVisitor: { component: Component; side: Side }[];
    commitmentMonths: Whole;
    supportMonths: Whole;
    source: string;
  };
}

export class ComponentCountries {
  @OneOf('The component', components) component!: Component;
  @Country('Countries of the European side', { many: [0, 250] }) european!: string[];
  @Country('Countries of the Latin American side', { many: [0, 250] }) latinAmerican!: string[];
}
export class ComponentVisitor {
  @OneOf('The component', components) component!: Component;
  @OneOf('The side that visits first', sides) side!: Side;
}
export class PublishRuleSet {
  @Count('Number of the version: one more than the latest', { min: 1, max: 999_999 }) version!: number;
  @Count('Inhabitants a city must have') minPopulation!: number;
  @YesNo('The cities of a set reach that number together') setOfCitiesCountsTogether!: boolean;
  @OneOf('Kinds of parties that cannot apply', partyKinds, { many: [0, partyKinds.length] })
  excludedPartyKinds!: (typeof partyKinds)[number][];
  @Items(ComponentCountries, 'Countries of each side, by component', { max: 3 }) countries!: ComponentCountries[];
  @Count('People of a delegation whose travel is funded', { max: 500 }) maxFundedTravellers!: number;
  @Count('Missions a pairing must hold', { max: 20 }) missionsRequired!: number;
  @Count('Missions a pairing may plan', { max: 20 }) missionsAllowed!: number;
  @Items(ComponentVisitor, 'Which side visits first, by component', { max: 3 }) firstVisitor!: ComponentVisitor[];
  @Count('Months a city commits itself to, at the least', { max: 600 }) commitmentMonths!: number;
  @Count('Months the programme supports a pairing, at the most', { max: 600 }) supportMonths!: number;
  @Name('The document it comes from, with its date', { max: 500 }) source!: string;
}

/** Every version as it was published, by its number. */
export type RuleSetVersions = Readonly<Record<number, RuleSetEvents['RuleSetPublished']>>;

const says = vocabulary({
  RULE_SET_VERSION_STANDS: 'Version {version} is published with other rules; a published version never changes: publish version {next}',
  RULE_SET_VERSION_NOT_NEXT: 'The next version is {next}, not {version}',
  COMPONENT_TWICE: 'Component {component} occurs twice in {list}',
  MORE_MISSIONS_REQUIRED_THAN_ALLOWED: '{required} missions cannot be required where {allowed} are allowed',
});

const nextOf = (versions: RuleSetVersions) => Math.max(0, ...Object.keys(versions).map(Number)) + 1;
const twice = (list: string, of: readonly { component: string }[]) => {
  const again = of.find(({ component }, i) => of.findIndex((each) => each.component === component) !== i);
  return again ? [says.lack('COMPONENT_TWICE', { component: again.component, list })] : [];
};

/** The versions of a rule set (the sources disagree over time: 50,000 inhabitants in 2017, 100,000 in the call of 2019). */
export const ruleSetVersions = part<RuleSetEvents, RuleSetVersions>()({
  says,
  commands: { PublishRuleSet: command(PublishRuleSet, officers, ['RuleSetPublished']) },
  initial: {},
  offers: {
    PublishRuleSet: (versions) => [{ known: { version: nextOf(versions) } }],
  },

  decide: {
    PublishRuleSet: (rules, versions) => {
      const data: RuleSetEvents['RuleSetPublished'] = {
        version: rules.version,
        minPopulation: rules.minPopulation,
        setOfCitiesCountsTogether: rules.setOfCitiesCountsTogether,
        excludedPartyKinds: rules.excludedPartyKinds,
        countries: rules.countries.map(({ component, european, latinAmerican }) => ({ component, european, latinAmerican })),
        maxFundedTravellers: rules.maxFundedTravellers,
        missionsRequired: rules.missionsRequired,
        missionsAllowed: rules.missionsAllowed,
        firstVisitor: rules.firstVisitor.map(({ component, side }) => ({ component, side })),
        commitmentMonths: rules.commitmentMonths,
        supportMonths: rules.supportMonths,
        source: rules.source,
      };
      return isDeepStrictEqual(versions[rules.version], data) ? [] : [{ type: 'RuleSetPublished', data }];
    },
  },

  requires: {
    RuleSetPublished: (versions, { version, countries, firstVisitor, missionsRequired: required, missionsAllowed: allowed }) => {
      const next = nextOf(versions);
      if (versions[version]) return [says.lack('RULE_SET_VERSION_STANDS', { version, next })];
      return [
        ...(version === next ? [] : [says.lack('RULE_SET_VERSION_NOT_NEXT', { version, next })]),
        ...twice('countries', countries),
        ...twice('firstVisitor', firstVisitor),
        ...(required > allowed ? [says.lack('MORE_MISSIONS_REQUIRED_THAN_ALLOWED', { required, allowed })] : []),
      ];
    },
  },

  evolve: { RuleSetPublished: (versions, rules) => ({ ...versions, [rules.version]: rules }) },

  measures: { 'rule-set-versions': { counts: 'versions of rule sets published' } },
  facts: { RuleSetPublished: ({ version }) => [{ measure: 'rule-set-versions', subject: `version ${version}`, quantity: 1 }] },
});
