import { lastDay } from '../kernel/partial-date';
import type { ProgrammeSeen } from '../lifecycles/programme';
import type { IndicatorProgress } from '../monitoring/progress';
import type { Activity } from './iati-activity';
import { linked } from './iati-activity';
import { type Element, element, narratives, type Text, told } from './iati-elements';
import { sectorOf } from './iati-pairing';
import { says } from './iati-words';
import type { Publisher } from './publisher';

/** A programme, and what is below each of its components. */
export interface KnownProgramme extends ProgrammeSeen {
  readonly id: string;
  readonly updatedAt: string;
  readonly illustrative: boolean;
}
export interface Below {
  /** Ids of activities. */
  readonly pairings: readonly string[];
  readonly countries: readonly string[];
}

export const programmeId = (id: string) => `programme-${id}`;
export const componentId = (programme: string, component: string) => `programme-${programme}-${component.toLowerCase()}`;

const activityOf = ({ openedOn, updatedAt, illustrative }: KnownProgramme, { name, type }: Publisher) =>
  ({
    ...{ updatedAt, illustrative },
    organisations: [{ role: 'accountable', name, type: Number(type) }],
    status: 'implementation',
    dates: [{ is: 'actual-start', on: openedOn }],
    ...{ themes: [], budgets: [], transactions: [], documents: [] },
  }) as const;

/** A programme with its results, and each of its components. */
export const programmeActivities = (
  known: KnownProgramme,
  below: ReadonlyMap<string, Below>,
  results: readonly Element[],
  publisher: Publisher,
): readonly Activity[] => {
  const { id, name, components } = known;
  const countriesOf = (of: readonly string[]) =>
    [...new Set(of.flatMap((component) => below.get(componentId(id, component))?.countries ?? []))].toSorted();
  return [
    {
      ...activityOf(known, publisher),
      ...{ id: programmeId(id), hierarchy: 1, title: name, description: says.programme, sector: '43010' },
      countries: countriesOf(components),
      related: components.map((component) => ({ is: 'child', id: componentId(id, component) })),
      results,
    },
    ...components.map((component): Activity => ({
      ...activityOf(known, publisher),
      ...{ id: componentId(id, component), hierarchy: 2, title: `${name}: ${component}`, description: says.component(component) },
      ...{ sector: sectorOf(component), countries: countriesOf([component]) },
      related: [
        { is: 'parent', id: programmeId(id) },
        ...(below.get(componentId(id, component))?.pairings ?? []).map((pairing) => ({ is: 'child' as const, id: pairing })),
      ],
      results: [],
    })),
  ];
};

const levels: Readonly<Record<string, number>> = { output: 1, outcome: 2, impact: 3 };

/** An indicator in one of its periods, with its words in every language. */
export interface ResultInPeriod extends Omit<IndicatorProgress, 'label' | 'unit'> {
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

/** A result for each indicator of a framework, in the order in which they were added; `periods` are those of one indicator. */
export const resultElement = (periods: readonly [ResultInPeriod, ...ResultInPeriod[]], publisher: Publisher): Element => {
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
