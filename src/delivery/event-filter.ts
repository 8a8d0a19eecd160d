import { isCorrection } from '../kernel/history';
import { type EventStore, type Filter, kindOf, type Recorded } from '../store/port';

/** Which events somebody is interested in; what is left out does not restrict. */
export interface EventFilter {
  readonly lifecycles?: readonly string[] | undefined;
  readonly types?: readonly string[] | undefined;
  readonly streams?: readonly string[] | undefined;
  /** Where a stream was, in each of these dimensions, when the event was recorded. */
  readonly dimensions?: Readonly<Record<string, string>> | undefined;
}

const correcting = ['FactCorrected', 'FactRetracted'] as const;
/** Several values of one dimension stand in one word of the event's metadata, such as the countries of both sides. */
export const severalValues = ',';

/** What the store can leave out by itself; corrections are looked at, since they match as what they correct does. */
export const storeFilter = ({ lifecycles, types, streams }: EventFilter): Filter => {
  const kinds = streams ? streams.map(kindOf).filter((kind) => lifecycles === undefined || lifecycles.includes(kind)) : lifecycles;
  return {
    ...(kinds && { kinds: [...new Set(kinds)] }),
    ...(types && { types: [...new Set([...types, ...correcting])] }),
  };
};

/** As a key: two filters that let the same through by the same words are one. */
export const filterKey = ({ lifecycles, types, streams, dimensions }: EventFilter): string =>
  JSON.stringify([lifecycles?.toSorted(), types?.toSorted(), streams?.toSorted(), Object.entries(dimensions ?? {}).sort()]);

/** What an event is about: a correction, and what it corrects or takes back; a retraction of a correction, and so on. */
const lineOf = async (store: Pick<EventStore, 'read'>, event: Recorded): Promise<readonly Recorded[]> => {
  const line = [event];
  for (let last = event; isCorrection(last);) {
    const [target] = await store.read(last.stream, { from: (last.data as { revision: number }).revision, limit: 1 });
    if (!target) break;
    line.push((last = target));
  }
  return line;
};

const isWithin = ({ metadata }: Recorded, dimensions: Readonly<Record<string, string>>): boolean =>
  Object.entries(dimensions).every(([name, value]) => metadata.dimensions?.[name]?.split(severalValues).includes(value) === true);

/** Every dimension and value by which a filter lets one of some events pass, some of them several times. */
export const dimensionsOf = async (
  store: Pick<EventStore, 'read'>,
  events: readonly Recorded[],
): Promise<readonly { readonly name: string; readonly value: string }[]> => {
  const found: { readonly name: string; readonly value: string }[] = [];
  for (const event of events)
    for (const { metadata } of await lineOf(store, event))
      for (const [name, word] of Object.entries(metadata.dimensions ?? {}))
        for (const value of word.split(severalValues)) found.push({ name, value });
  return found;
};

/** Whether one event by itself passes, whatever it corrects. */
const passesAlone = (event: Recorded, { lifecycles, types, streams, dimensions }: EventFilter): boolean =>
  (lifecycles === undefined || lifecycles.includes(kindOf(event.stream))) &&
  (types === undefined || types.includes(event.type)) &&
  (streams === undefined || streams.includes(event.stream)) &&
  (dimensions === undefined || isWithin(event, dimensions));

/** Those of some events that pass a filter: a correction or a retraction passes whatever filter its target passes. */
export const passing = async (
  store: Pick<EventStore, 'read'>,
  events: readonly Recorded[],
  filter: EventFilter,
): Promise<readonly Recorded[]> => {
  const passed: Recorded[] = [];
  for (const event of events) {
    if (passesAlone(event, filter)) passed.push(event);
    else if (isCorrection(event) && (await lineOf(store, event)).some((each) => passesAlone(each, filter))) passed.push(event);
  }
  return passed;
};
