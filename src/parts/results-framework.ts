import { isDeepStrictEqual } from 'node:util';
import { officers, type TextRef } from '../kernel/fields';
import { worded } from '../kernel/fields-worded';
import { command, type Fact, part } from '../kernel/part';
import { addDays, certainlyBefore, type Day, lastDay, type PartialDate } from '../kernel/partial-date';
import { type Said, vocabulary } from '../kernel/refusal';
import { conditionsOf } from '../kernel/conditions';
import {
  AddResultIndicator,
  AddResultPeriod,
  type Direction,
  type FrameworkEvents,
  OpenFramework,
  type PeriodTarget,
  ReviseTarget,
  type TargetForm,
} from './results-framework-forms';
import type { ResultLevel } from './result-levels';

/** `on` and `reason` of those it was revised to; the first is the one it was set with. */
export interface Target {
  readonly target: number;
  readonly on?: PartialDate;
  readonly reason?: TextRef;
}
export interface ResultPeriod {
  readonly from: Day;
  readonly to: Day;
  /** In the order of recording: what was revised stays on record. */
  readonly targets: readonly [Target, ...Target[]];
}
export interface ResultIndicator {
  readonly added: FrameworkEvents['ResultIndicatorAdded'];
  readonly periods: Readonly<Record<string, ResultPeriod>>;
}
export type Framework =
  | { readonly is: 'absent' }
  | {
      readonly is: 'open';
      readonly opened: FrameworkEvents['FrameworkOpened'];
      readonly indicators: Readonly<Record<string, ResultIndicator>>;
    };

const says = vocabulary({
  NO_SUCH_FRAMEWORK: 'The results framework was never opened',
  FRAMEWORK_OPENED_OTHERWISE: 'The results framework was opened already, otherwise',
  FRAMEWORK_OF_NOTHING: 'Say whose results it holds: name the programme or the PIPA, the one or the other',
  RESULT_INDICATOR_STANDS: 'The indicator {indicator} was added already, otherwise',
  NO_SUCH_RESULT_INDICATOR: 'The framework has no indicator {indicator}',
  NO_SUCH_PERIOD: 'The indicator {indicator} has no period {period}',
  PERIOD_TWICE: 'The period {period} occurs twice',
  PERIOD_ENDS_FIRST: 'The period {period} ends before it begins',
  PERIODS_OVERLAP: 'The periods {period} and {other} overlap',
  PERIOD_BEFORE_BASELINE: 'The period {period} begins before the baseline of {on}',
  TARGET_BELOW_BASELINE: 'The target of {period} lies below the baseline of an indicator that is to rise: {target} is less than {baseline}',
  TARGET_ABOVE_BASELINE: 'The target of {period} lies above the baseline of an indicator that is to fall: {target} is more than {baseline}',
});

type Aim = Pick<FrameworkEvents['ResultIndicatorAdded'], 'baseline' | 'direction'>;
const beyondBaseline = ({ baseline, direction }: Aim, { period, target }: Pick<PeriodTarget, 'period' | 'target'>): readonly Said[] => {
  const values = { period, target, baseline: baseline.value };
  const wrong: Readonly<Record<Direction, readonly Said[]>> = {
    rising: target < baseline.value ? [says.lack('TARGET_BELOW_BASELINE', values)] : [],
    falling: target > baseline.value ? [says.lack('TARGET_ABOVE_BASELINE', values)] : [],
  };
  return wrong[direction];
};

type Named = Pick<PeriodTarget, 'period' | 'from' | 'to'>;
/** What is wrong with periods, each beside those before it. */
const misplaced = (aim: Aim, periods: readonly PeriodTarget[], standing: readonly Named[] = []): readonly Said[] =>
  periods.flatMap(({ period, from, to, target }, i) => {
    const others = [...standing, ...periods.slice(0, i)];
    if (others.some((other) => other.period === period)) return [says.lack('PERIOD_TWICE', { period })];
    if (to < from) return [says.lack('PERIOD_ENDS_FIRST', { period })];
    const overlapping = others.find((other) => from <= other.to && other.from <= to);
    return [
      ...(overlapping ? [says.lack('PERIODS_OVERLAP', { period: overlapping.period, other: period })] : []),
      ...(certainlyBefore(from, aim.baseline.on) ? [says.lack('PERIOD_BEFORE_BASELINE', { period, on: aim.baseline.on })] : []),
      ...beyondBaseline(aim, { period, target }),
    ];
  });

const targeted = ({ period, from, to, target }: TargetForm): PeriodTarget => ({ period, from, to, target });
const periodOf = ({ from, to, target }: PeriodTarget): ResultPeriod => ({ from, to, targets: [{ target }] });
const indicatorsOf = (framework: Framework) => (framework.is === 'absent' ? {} : framework.indicators);
const namesOf = (periods: ResultIndicator['periods']): readonly Named[] =>
  Object.entries(periods).map(([period, { from, to }]) => ({ period, from, to }));
const change = (framework: Framework, indicator: string, to: (now: ResultIndicator) => ResultIndicator): Framework =>
  framework.is === 'open' && framework.indicators[indicator]
    ? { ...framework, indicators: { ...framework.indicators, [indicator]: to(framework.indicators[indicator]) } }
    : framework;

const aTarget = (indicator: string, { period }: PeriodTarget, level: ResultLevel): Fact<'targets-set'> => ({
  measure: 'targets-set',
  subject: `target ${indicator} ${period}`,
  quantity: 1,
  by: { level },
});

/**
 * What a programme is to achieve: indicators with a baseline, periods and a target for each (IATI 2.03, `result/indicator`: `ascending`, `baseline`,
 * `period/target`). A target is revised, never overwritten.
 */
export const resultsFramework = part<FrameworkEvents, Framework>()({
  says,
  commands: {
    OpenFramework: command(OpenFramework, officers, ['FrameworkOpened']),
    AddResultIndicator: command(AddResultIndicator, officers, ['ResultIndicatorAdded']),
    AddResultPeriod: command(AddResultPeriod, officers, ['ResultPeriodAdded']),
    ReviseTarget: command(ReviseTarget, officers, ['TargetRevised']),
  },
  initial: { is: 'absent' },
  offers: {
    OpenFramework: () => [{ such: { programme: 'such' } }],
    AddResultIndicator: (framework) => (framework.is === 'open' ? [{}] : []),
    AddResultPeriod: (framework, _, __, on) =>
      Object.entries(indicatorsOf(framework)).map(([indicator, { added, periods }]) => {
        const last = namesOf(periods).reduce((latest, { to }) => (to > latest ? to : latest), lastDay(on));
        const from = addDays(last, 1);
        return { known: { indicator }, such: { added: { period: 'such', from, to: from, target: added.baseline.value } } };
      }),
    ReviseTarget: (framework) =>
      Object.entries(indicatorsOf(framework)).flatMap(([indicator, { added, periods }]) =>
        Object.keys(periods).map((period) => ({ known: { indicator, period }, such: { target: added.baseline.value } })),
      ),
  },

  decide: {
    OpenFramework: ({ name, programme, pipa }, framework) => {
      if ((programme === undefined) === (pipa === undefined)) throw says.no('FRAMEWORK_OF_NOTHING');
      const data = { name, ...(programme !== undefined && { programme }), ...(pipa !== undefined && { pipa }) };
      return framework.is === 'open' && isDeepStrictEqual(framework.opened, data) ? [] : [{ type: 'FrameworkOpened', data }];
    },
    AddResultIndicator: ({ indicator, label, unit, level, direction, baseline, periods, disaggregatedBy = [], computed }, framework) => {
      const data: FrameworkEvents['ResultIndicatorAdded'] = {
        ...{ indicator, label: worded(label), unit: worded(unit), level, direction },
        baseline: { value: baseline.value, on: baseline.on },
        periods: periods.map(targeted),
        disaggregatedBy: [...disaggregatedBy],
        ...(computed && {
          computed: { from: computed.from, where: conditionsOf(computed.where) },
        }),
      };
      return isDeepStrictEqual(indicatorsOf(framework)[indicator]?.added, data) ? [] : [{ type: 'ResultIndicatorAdded', data }];
    },
    AddResultPeriod: ({ indicator, added }, framework) => {
      const stands = indicatorsOf(framework)[indicator]?.periods[added.period];
      if (stands && isDeepStrictEqual(stands, periodOf(added))) return [];
      return [{ type: 'ResultPeriodAdded', data: { indicator, added: targeted(added) } }];
    },
    ReviseTarget: ({ indicator, period, target, reason }, framework) => {
      const latest = indicatorsOf(framework)[indicator]?.periods[period]?.targets.at(-1);
      return latest?.target === target && isDeepStrictEqual(latest.reason, reason)
        ? []
        : [{ type: 'TargetRevised', data: { indicator, period, target, reason } }];
    },
  },

  requires: {
    FrameworkOpened: ({ is }) => (is === 'absent' ? [] : [says.lack('FRAMEWORK_OPENED_OTHERWISE')]),
    ResultIndicatorAdded: (framework, { indicator, periods, ...aim }) => {
      if (framework.is === 'absent') return [says.lack('NO_SUCH_FRAMEWORK')];
      return framework.indicators[indicator] ? [says.lack('RESULT_INDICATOR_STANDS', { indicator })] : misplaced(aim, periods);
    },
    ResultPeriodAdded: (framework, { indicator, added }) => {
      const now = indicatorsOf(framework)[indicator];
      return now ? misplaced(now.added, [added], namesOf(now.periods)) : [says.lack('NO_SUCH_RESULT_INDICATOR', { indicator })];
    },
    TargetRevised: (framework, { indicator, period, target }) => {
      const now = indicatorsOf(framework)[indicator];
      if (!now) return [says.lack('NO_SUCH_RESULT_INDICATOR', { indicator })];
      return now.periods[period] ? beyondBaseline(now.added, { period, target }) : [says.lack('NO_SUCH_PERIOD', { indicator, period })];
    },
  },

  evolve: {
    FrameworkOpened: (_, opened) => ({ is: 'open', opened, indicators: {} }),
    ResultIndicatorAdded: (framework, added) => {
      if (framework.is === 'absent') return framework;
      const periods = Object.fromEntries(added.periods.map((each) => [each.period, periodOf(each)]));
      return { ...framework, indicators: { ...framework.indicators, [added.indicator]: { added, periods } } };
    },
    ResultPeriodAdded: (framework, { indicator, added }) =>
      change(framework, indicator, (now) => ({ ...now, periods: { ...now.periods, [added.period]: periodOf(added) } })),
    TargetRevised: (framework, { indicator, period, target, reason }, { occurredOn: on }) =>
      change(framework, indicator, (now) => {
        const was = now.periods[period];
        return was ? { ...now, periods: { ...now.periods, [period]: { ...was, targets: [...was.targets, { target, on, reason }] } } } : now;
      }),
  },

  measures: {
    'results-frameworks': { counts: 'results frameworks opened' },
    'result-indicators': { counts: 'indicators of results frameworks', by: ['level'] },
    'targets-set': { counts: 'targets set, one for each period of an indicator', by: ['level'] },
    'targets-revised': { counts: 'revisions of targets' },
  },
  facts: {
    FrameworkOpened: () => [{ measure: 'results-frameworks', subject: 'framework', quantity: 1 }],
    ResultIndicatorAdded: ({ indicator, level, periods }) => [
      { measure: 'result-indicators', subject: `indicator ${indicator}`, quantity: 1, by: { level } },
      ...periods.map((each) => aTarget(indicator, each, level)),
    ],
    ResultPeriodAdded: ({ indicator, added }, after) => [aTarget(indicator, added, indicatorsOf(after)[indicator]!.added.level)],
    TargetRevised: ({ indicator, period }) => [{ measure: 'targets-revised', subject: `target ${indicator} ${period}`, quantity: 1 }],
  },
});
