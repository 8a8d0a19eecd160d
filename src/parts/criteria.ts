import { isDeepStrictEqual } from 'node:util';
import { Count, Items, officers, Slug, type Whole } from '../kernel/fields';
import { command, part } from '../kernel/part';
import { currentOn, type PartialDate } from '../kernel/partial-date';
import { type Said, vocabulary } from '../kernel/refusal';

/** What applications are scored on: its weight in whole percent, and the lowest and highest score. */
export interface Criterion {
  criterion: string;
  weight: Whole;
  lowest: Whole;
  highest: Whole;
}
/** Stored for ever: add optional fields freely; never rename, remove or change a meaning. */
export interface CriteriaEvents {
  CriteriaSet: {
    version: Whole;
    criteria: Criterion[];
  };
}

export class CriterionForm {
  @Slug('The criterion') criterion!: string;
  @Count('Its weight in whole percent; all weights add up to 100', { min: 1, max: 100 }) weight!: number;
  @Count('The lowest score', { max: 99 }) lowest!: number;
  @Count('The highest score', { min: 1, max: 100 }) highest!: number;
}
export class SetCriteria {
  @Items(CriterionForm, 'What applications are scored on; of criteria with one weight the first decides ties', { min: 1, max: 20 })
  criteria!: CriterionForm[];
}

/** Every version, in the order of recording; an assessment keeps the one it was made by. */
export type CriteriaVersions = readonly (Readonly<CriteriaEvents['CriteriaSet']> & { readonly on: PartialDate })[];
interface Needs {
  /** Why nothing can be set on that date; nothing where the call stands. */
  readonly outside: (occurredOn: PartialDate) => readonly Said[];
}

const says = vocabulary({
  WEIGHTS_NOT_A_HUNDRED: 'The weights of the criteria add up to {sum}, not to 100',
  CRITERION_TWICE: 'Criterion {criterion} occurs twice',
  SCALE_UPSIDE_DOWN: 'The highest score of {criterion} ({highest}) is not above its lowest ({lowest})',
});

/** What a call's applications are scored on; set again, the criteria get a new version and assessments keep the one they were made by. */
export const criteria = part<CriteriaEvents, CriteriaVersions, Needs>()({
  says,
  commands: { SetCriteria: command(SetCriteria, officers, ['CriteriaSet']) },
  initial: [],
  offers: {
    SetCriteria: () => [{ such: { criteria: [{ criterion: 'new', weight: 100, lowest: 0, highest: 10 }] } }],
  },

  decide: {
    SetCriteria: ({ criteria }, versions, { occurredOn }) => {
      const set = criteria.map(({ criterion, weight, lowest, highest }) => ({ criterion, weight, lowest, highest }));
      if (isDeepStrictEqual(currentOn(versions, occurredOn)?.criteria, set)) return [];
      const version = Math.max(0, ...versions.map((each) => each.version)) + 1;
      return [{ type: 'CriteriaSet', data: { version, criteria: set } }];
    },
  },

  requires: {
    CriteriaSet: (_, { criteria }, { occurredOn }, { outside }) => {
      const sum = criteria.reduce((total, { weight }) => total + weight, 0);
      const names = criteria.map(({ criterion }) => criterion);
      return [
        ...outside(occurredOn),
        ...(sum === 100 ? [] : [says.lack('WEIGHTS_NOT_A_HUNDRED', { sum })]),
        ...names.filter((each, i) => names.indexOf(each) < i).map((criterion) => says.lack('CRITERION_TWICE', { criterion })),
        ...criteria
          .filter(({ lowest, highest }) => highest <= lowest)
          .map(({ criterion, lowest, highest }) => says.lack('SCALE_UPSIDE_DOWN', { criterion, lowest, highest })),
      ];
    },
  },

  evolve: {
    CriteriaSet: (versions, { version, criteria }, { occurredOn: on }) => [...versions, { version, criteria, on }],
  },

  measures: { 'criteria-versions': { counts: 'versions of criteria set' } },
  facts: { CriteriaSet: ({ version }) => [{ measure: 'criteria-versions', subject: `version ${version}`, quantity: 1 }] },
});
