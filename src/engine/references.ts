import { everywhere } from '../kernel/corrections';
import { marksOf } from '../kernel/fields';
import { namedEvent } from '../kernel/fields-events';
import { eventDimensions } from '../kernel/lifecycle';
import { type Countable, countable } from '../kernel/measures';
import { refusals } from '../kernel/refusal';
import { UnknownReference } from './refused';
import type { Look } from './streams';
import type { Writing } from './writing';

/** What a field names outside its own stream. */
type Reference =
  | { readonly is: 'ref'; readonly kind: string; readonly id: string; readonly gone: boolean }
  | { readonly is: 'rules'; readonly id: string }
  | { readonly is: 'person' | 'actor'; readonly id: string; readonly gone: boolean }
  | { readonly is: 'measure' | 'event' | 'lifecycle' | 'eventType' | 'eventDimension'; readonly id: string }
  | { readonly is: 'dimension'; readonly id: string; readonly of: string | undefined };

const list = (value: unknown): readonly unknown[] => (value === undefined ? [] : Array.isArray(value) ? (value as unknown[]) : [value]);

/** What the fields of a form name; also of a body that was not checked yet: what cannot be an id there names nothing. */
export const referencesIn = (form: new () => object, sent: object, countedBefore?: string): readonly Reference[] => {
  const marks = marksOf(form);
  const given = sent as Readonly<Record<string, unknown>>;
  const named = given[marks.find(({ is }) => is === 'measure')?.field ?? ''];
  const measure = typeof named === 'string' ? named : countedBefore;
  return marks.flatMap(({ field, is, kind, gone = false, form: smaller }) =>
    list(given[field]).flatMap((each): readonly Reference[] => {
      if (is === 'items') return typeof each === 'object' && each !== null ? referencesIn(smaller!, each, measure) : [];
      if (typeof each !== 'string') return [];
      if (is === 'ref') return [{ is, kind: kind!, id: each, gone }];
      if (is === 'rules' || is === 'measure' || is === 'lifecycle' || is === 'eventType' || is === 'eventDimension')
        return [{ is, id: each }];
      if (is === 'event') return namedEvent(each) ? [{ is, id: each }] : [];
      if (is === 'dimension') return [{ is, id: each, of: measure }];
      return is === 'person' || is === 'actor' ? [{ is, id: each, gone }] : [];
    }),
  );
};

const wasRecorded = async (on: Pick<Writing, 'streams' | 'lifecycles'>, name: string, look: Look): Promise<boolean> => {
  const { kind, id, revision } = namedEvent(name)!;
  const of = Object.hasOwn(on.lifecycles, kind) ? on.lifecycles[kind] : undefined;
  return of !== undefined && revision <= (await on.streams.look(of, id, look)).folded.revision;
};

/** Whether events of this type can be recorded: every stream takes corrections. */
const isKept = (lifecycles: Writing['lifecycles'], type: string): boolean =>
  Object.values(lifecycles).some(({ keeping }) => keeping.has(type)) ||
  Object.values(everywhere).some(({ yields }) => (yields as readonly string[]).includes(type));

const nameOf = (reference: Reference) =>
  `${reference.is === 'ref' ? reference.kind : reference.is} ${reference.id}${reference.is === 'dimension' ? ` of ${reference.of ?? ''}` : ''}`;

/** Of facts of its measure; of any, where the form names none. An unknown measure is told as that. */
const isDimension = ({ id, of }: Extract<Reference, { readonly is: 'dimension' }>, measures: ReadonlyMap<string, Countable>): boolean =>
  of === undefined ? [...measures.values()].some(({ dimensions }) => dimensions.has(id)) : measures.get(of)?.dimensions.has(id) !== false;

/**
 * What is named must be there as it stands now, unless it may be gone: a stream whose first fact was retracted is not.
 * @param standing what the fact that is corrected names already: that may be gone since
 * @throws UnknownReference for what is not there
 * @throws Rejected PERSON_FORGOTTEN, ACTOR_FORGOTTEN for somebody who was forgotten, unless they may be
 */
export const checkReferences = async (
  on: Pick<Writing, 'streams' | 'lifecycles' | 'people' | 'actors'>,
  named: readonly Reference[],
  look: Look,
  standing: readonly Reference[] = [],
): Promise<void> => {
  const passed = new Set(standing.map(nameOf));
  const fresh = named.filter((each) => !passed.has(nameOf(each)));
  const idsOf = (kind: Reference['is']) => [...new Set(fresh.flatMap(({ is, id }) => (is === kind ? [id] : [])))];
  const counts = fresh.some(({ is }) => is === 'measure' || is === 'dimension');
  const measures = counts ? countable(Object.values(on.lifecycles)) : undefined;
  const people = await on.people.find(idsOf('person'));
  const actors = await on.actors.find(idsOf('actor'));
  for (const each of fresh) {
    if (each.is === 'ref') {
      const other = on.lifecycles[each.kind]!;
      const { folded } = await on.streams.look(other, each.id, look);
      if (folded.revision < 0 || (!each.gone && other.seen(folded.state) === undefined)) throw new UnknownReference(each.kind, each.id);
    }
    if (each.is === 'rules' && !(await on.streams.rules.load([each.id]))(each.id)) throw new UnknownReference('ruleSet', each.id);
    if (each.is === 'event' && !(await wasRecorded(on, each.id, look))) throw new UnknownReference('event', each.id);
    if (each.is === 'lifecycle' && !Object.hasOwn(on.lifecycles, each.id)) throw new UnknownReference('lifecycle', each.id);
    if (each.is === 'eventType' && !isKept(on.lifecycles, each.id)) throw new UnknownReference('eventType', each.id);
    if (each.is === 'eventDimension' && !eventDimensions(Object.values(on.lifecycles)).has(each.id))
      throw new UnknownReference('dimension', each.id);
    if (each.is === 'measure' && !measures!.has(each.id)) throw new UnknownReference('measure', each.id);
    if (each.is === 'dimension' && !isDimension(each, measures!))
      throw new UnknownReference('dimension', each.of === undefined ? each.id : `${each.id} (${each.of})`);
    if (each.is === 'person') {
      const person = people.get(each.id);
      if (!person) throw new UnknownReference('person', each.id);
      if (person.is === 'forgotten' && !each.gone) throw refusals.no('PERSON_FORGOTTEN', { person: each.id });
    }
    if (each.is === 'actor') {
      const actor = actors.get(each.id);
      if (!actor) throw new UnknownReference('actor', each.id);
      if (actor.is === 'forgotten' && !each.gone) throw refusals.no('ACTOR_FORGOTTEN', { actor: each.id });
    }
  }
};
