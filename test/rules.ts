import type { RuleSet } from '../src/kernel/rules';

/** The rules of 2017 in short: few countries, all that differs between components. */
export const rulesOf2017: RuleSet = {
  name: 'iuc-lac-2017@1',
  minPopulation: 50_000,
  setOfCitiesCountsTogether: true,
  excludedPartyKinds: ['provincial-council'],
  countries: {
    C1: { european: ['ES', 'IT'], latinAmerican: ['BR', 'CO'] },
    C3: { european: ['ES', 'IT'], latinAmerican: ['BR', 'CO', 'MX'] },
  },
  maxFundedTravellers: 5,
  missionsRequired: 2,
  missionsAllowed: 3,
  firstVisitor: { C1: 'european', C3: 'latin-american' },
  commitmentMonths: 18,
  supportMonths: 18,
};
export const rulesOf2019: RuleSet = { ...rulesOf2017, name: 'iuc-lac-2019@1', minPopulation: 100_000 };
