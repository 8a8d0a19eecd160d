import { isDeepStrictEqual } from 'node:util';
import { Count, Item, Name, officers, OneOf, type Whole } from '../kernel/fields';
import { InThreeLanguages, type Worded, worded } from '../kernel/fields-worded';
import { command, part } from '../kernel/part';
import { vocabulary } from '../kernel/refusal';
import { type Counting, countingOf, CountingRule, countingSays } from './indicator-counting';
import { type ResultLevel, resultLevels } from './result-levels';

/** Stored for ever: add optional fields freely; never rename, remove or change a meaning. */
export interface IndicatorEvents {
  IndicatorDefined: { version: Whole; label: Worded; unit: Worded; level: ResultLevel; counting: Counting; rule: string; source: string };
}

export class DefineIndicator {
  @Count('Number of the version: one more than the latest', { min: 1, max: 999_999 }) version!: number;
  @Item(InThreeLanguages, 'What it is called') label!: InThreeLanguages;
  @Item(InThreeLanguages, 'What is counted') unit!: InThreeLanguages;
  @OneOf('What it tells of', resultLevels) level!: ResultLevel;
  @Item(CountingRule, 'How it is counted') counting!: CountingRule;
  @Name('That rule in words', { max: 500 }) rule!: string;
  @Name('The document the rule comes from, with its date', { max: 500 }) source!: string;
}

/** Every version as it was defined, by its number. */
export type IndicatorVersions = Readonly<Record<number, IndicatorEvents['IndicatorDefined']>>;

const says = vocabulary({
  ...countingSays.sentences,
  INDICATOR_VERSION_STANDS: 'Version {version} is defined otherwise; a version never changes: define version {next}',
  INDICATOR_VERSION_NOT_NEXT: 'The next version is {next}, not {version}',
});

const nextOf = (versions: IndicatorVersions) => Math.max(0, ...Object.keys(versions).map(Number)) + 1;

/** The versions of an indicator: alternative ways to count stand side by side as indicators of their own, a changed rule as a version. */
export const indicatorVersions = part<IndicatorEvents, IndicatorVersions>()({
  says,
  commands: { DefineIndicator: command(DefineIndicator, officers, ['IndicatorDefined']) },
  initial: {},
  offers: {
    DefineIndicator: (versions) => [
      { known: { version: nextOf(versions) }, such: { counting: { aggregation: 'sum' as const, measure: 'calls' } } },
    ],
  },

  decide: {
    DefineIndicator: ({ version, label, unit, level, counting, rule, source }, versions) => {
      const data = { version, label: worded(label), unit: worded(unit), level, counting: countingOf(counting), rule, source };
      return isDeepStrictEqual(versions[version], data) ? [] : [{ type: 'IndicatorDefined', data }];
    },
  },
  requires: {
    IndicatorDefined: (versions, { version }) => {
      const next = nextOf(versions);
      if (versions[version]) return [says.lack('INDICATOR_VERSION_STANDS', { version, next })];
      return version === next ? [] : [says.lack('INDICATOR_VERSION_NOT_NEXT', { version, next })];
    },
  },
  evolve: { IndicatorDefined: (versions, defined) => ({ ...versions, [defined.version]: defined }) },

  measures: { 'indicator-versions': { counts: 'versions of indicators defined', by: ['level'] } },
  facts: {
    IndicatorDefined: ({ version, level }) => [
      { measure: 'indicator-versions', subject: `version ${version}`, quantity: 1, by: { level } },
    ],
  },
});
