import type { ProgrammeSeen } from '../lifecycles/programme';
import type { Activity } from './iati-activity';
import { sectorOf } from './iati-pairing';
import { type Achieved, updatedAt } from './iati-results';
import { says } from './iati-words';
import type { KnownThing } from './known-things';
import type { Publisher } from './publisher';

/** A programme, and what is below each of its components. */
export interface KnownProgramme extends ProgrammeSeen {
  readonly id: string;
  readonly stood: KnownThing['stood'];
  readonly illustrative: boolean;
}
export interface Below {
  /** Ids of activities. */
  readonly pairings: readonly string[];
  readonly countries: readonly string[];
}

export const programmeId = (id: string) => `programme-${id}`;
export const componentId = (programme: string, component: string) => `component-${programme}-${component.toLowerCase()}`;

const activityOf = ({ openedOn, stood, illustrative }: KnownProgramme, { name, type }: Publisher) =>
  ({
    ...{ updatedAt: updatedAt(stood), illustrative },
    organisations: [{ role: 'accountable', name, type: Number(type) }],
    status: 'implementation',
    dates: [{ is: 'actual-start', on: openedOn }],
    ...{ themes: [], budgets: [], transactions: [], documents: [] },
  }) as const;

/** A programme with its results, and each of its components. */
export const programmeActivities = (
  known: KnownProgramme,
  below: ReadonlyMap<string, Below>,
  results: Achieved | undefined,
  publisher: Publisher,
): readonly Activity[] => {
  const { id, name, components } = known;
  const countriesOf = (of: readonly string[]) =>
    [...new Set(of.flatMap((component) => below.get(componentId(id, component))?.countries ?? []))].toSorted();
  return [
    {
      ...activityOf(known, publisher),
      ...{ id: programmeId(id), hierarchy: 1, title: name, description: says.programme, sector: '43010' },
      updatedAt: updatedAt(known.stood, results),
      countries: countriesOf(components),
      related: components.map((component) => ({ is: 'child', id: componentId(id, component) })),
      results: results?.elements ?? [],
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
