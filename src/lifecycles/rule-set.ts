import { lifecycle, type State } from '../kernel/lifecycle';
import type { RuleParameters, RuleSet } from '../kernel/rules';
import { ruleSetVersions } from '../parts/rule-set-versions';
import { future, notInTheFuture } from './not-in-the-future';

const parts = { versions: ruleSetVersions };
export interface RuleSetSeen {
  readonly versions: readonly number[];
}

/** A published version as the rules of other lifecycles read it; `id@version` names it. */
export const ruleSetOf = ({ versions }: State<typeof parts>, version: number): RuleParameters | undefined => {
  const published = versions[version];
  if (!published) return undefined;
  return {
    minPopulation: published.minPopulation,
    setOfCitiesCountsTogether: published.setOfCitiesCountsTogether,
    excludedPartyKinds: published.excludedPartyKinds,
    countries: Object.fromEntries(
      published.countries.map(({ component, european, latinAmerican }) => [component, { european, latinAmerican }]),
    ),
    maxFundedTravellers: published.maxFundedTravellers,
    missionsRequired: published.missionsRequired,
    missionsAllowed: published.missionsAllowed,
    firstVisitor: Object.fromEntries(published.firstVisitor.map(({ component, side }) => [component, side])),
    commitmentMonths: published.commitmentMonths,
    supportMonths: published.supportMonths,
  };
};

/** What the rule book answers to `id@version`. */
export const ruleSetNamed = (id: string, state: State<typeof parts>, version: number): RuleSet | undefined => {
  const rules = ruleSetOf(state, version);
  return rules && { ...rules, name: `${id}@${version}` };
};

/** The rules of a programme as data: calls name a version, and every decision says which one it was taken under. */
export const ruleSet = lifecycle('ruleSet', parts, {
  plural: 'rule-sets',
  says: future,
  unchangeable: ['RuleSetPublished'],
  gates: {
    'not-in-the-future': notInTheFuture,
  },
  supply: {},
  responsible: 'every-officer',
  dimensions: {},
  rules: () => undefined,
  seen: ({ versions }): RuleSetSeen => ({ versions: Object.keys(versions).map(Number) }),
});
