import { lastDay } from '../kernel/partial-date';
import type { IndicatorProgress, ProgressAnswer } from '../monitoring/progress';
import type { Language } from '../words/say';
import { linked } from './iati-activity';
import { type Element, element, narratives, type Text, told } from './iati-elements';
import { says } from './iati-words';
import type { KnownThing } from './known-things';
import type { Publisher } from './publisher';

/** What the results frameworks of an activity tell. */
export interface Achieved {
  readonly updatedAt: string;
  readonly elements: readonly Element[];
}

/** When the last that was known of a thing, or of its results, was recorded. */
export const updatedAt = ({ recorded }: Pick<KnownThing['stood'], 'recorded'>, results?: Achieved): string => {
  const own = recorded.at(-1)!.recordedAt;
  return results && results.updatedAt > own ? results.updatedAt : own;
};

const levels: Readonly<Record<string, number>> = { output: 1, outcome: 2, impact: 3 };

/** An indicator in one of its periods, with its words in every language. */
interface ResultInPeriod extends Omit<IndicatorProgress, 'label' | 'unit'> {
  readonly label: Text;
  readonly unit: Text;
}

const actuals = ({ actual }: ResultInPeriod, publisher: Publisher): readonly Element[] => {
  if (!actual || actual.value === null) return [];
  const made = actual.is === 'computed' && actual.illustrative ? [told('comment', says.illustrative)] : [];
  const documents = actual.is === 'entered' ? actual.documents : [];
  const links = documents.flatMap(({ digest, mediaType }) =>
    linked({ document: { digest, mediaType, size: 0 }, title: says.evidence, category: 'results' }, publisher),
  );
  return [
    element('actual', { value: actual.value }, ...made, ...links),
    ...actual.parts.flatMap(({ dimension, is, value }) =>
      is === null || value === null ? [] : [element('actual', { value }, element('dimension', { name: dimension, value: is }), ...made)],
    ),
  ];
};
const periodOf = (result: ResultInPeriod, publisher: Publisher): readonly Element[] =>
  result.period === null
    ? []
    : [
        element(
          'period',
          {},
          element('period-start', { 'iso-date': result.period.from }),
          element('period-end', { 'iso-date': result.period.to }),
          element('target', { value: result.period.target }),
          ...actuals(result, publisher),
        ),
      ];

const resultElement = (periods: readonly [ResultInPeriod, ...ResultInPeriod[]], publisher: Publisher): Element => {
  const [{ label, unit, level, direction, baseline }] = periods;
  return element(
    'result',
    { type: levels[level], 'aggregation-status': 0 },
    told('title', label),
    element(
      'indicator',
      { measure: 1, ascending: direction === 'rising' ? 1 : 0 },
      told('title', label),
      element('description', {}, ...narratives(unit)),
      element('baseline', { year: baseline.on.slice(0, 4), 'iso-date': lastDay(baseline.on), value: baseline.value }),
      ...periods.flatMap((each) => periodOf(each, publisher)),
    ),
  );
};

/** A result for each indicator that a framework had, in the order in which they were added. */
export const resultElements = (
  had: readonly string[],
  { en, es, pt }: Readonly<Record<Language, ProgressAnswer>>,
  publisher: Publisher,
): readonly Element[] => {
  const inPeriods = en.indicators.map((each, i): ResultInPeriod => ({
    ...each,
    label: { en: each.label, es: es.indicators[i]!.label, pt: pt.indicators[i]!.label },
    unit: { en: each.unit, es: es.indicators[i]!.unit, pt: pt.indicators[i]!.unit },
  }));
  return had.flatMap((indicator) => {
    const [first, ...rest] = inPeriods.filter((each) => each.indicator === indicator);
    return first ? [resultElement([first, ...rest], publisher)] : [];
  });
};
