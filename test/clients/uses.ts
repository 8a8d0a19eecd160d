/** What a subscriber and a caller write: compiled by the test beside it, with the settings of the client alone. */
import { createClient, type PuenteClient, type PuenteEvent, readEvent } from '../../clients/typescript/src/index';

/** By its type it is known what an event says. */
export const told = (text: string): string => {
  const event = readEvent(text);
  if (event.type === 'eu.puente.MissionHeld') return event.data ? `${event.data.delegates} delegates by ${event.occurredon}` : 'reserved';
  if (event.type === 'eu.puente.ThemeAgreed') return event.reserved ? 'reserved' : event.data.theme;
  return event.type;
};

type FieldOf<Type extends PuenteEvent['type']> = keyof NonNullable<Extract<PuenteEvent, { type: Type }>['data']>;
export const theme: FieldOf<'eu.puente.ThemeAgreed'> = 'theme';
// @ts-expect-error -- a theme has no delegates
export const delegates: FieldOf<'eu.puente.ThemeAgreed'> = 'delegates';
// @ts-expect-error -- there is no such event
export const imagined: PuenteEvent['type'] = 'eu.puente.Imagined';

export const clientOf = (baseUrl: string, token: string): PuenteClient => createClient({ baseUrl, token: () => token });

export const declare = async (client: PuenteClient, id: string): Promise<readonly string[]> => {
  const { data, error } = await client.POST('/v1/data-sets/{id}/declare-data-set', {
    params: { path: { id }, header: { 'Idempotency-Key': id } },
    body: { title: 'Pairings', source: 'A newsletter', illustrative: false, measures: [], note: 'María counted twice', occurredOn: '2020' },
  });
  return data ? [data.stream, ...data.events.map(({ type }) => type)] : [error.code];
};

export const show = async (client: PuenteClient, id: string): Promise<number | string> => {
  const { data, error } = await client.GET('/v1/data-sets/{id}', { params: { path: { id } } });
  return data ? data.revision : error.code;
};

/** The titles of the data sets that were declared. */
export const recorded = async (client: PuenteClient): Promise<readonly string[]> => {
  const { data, error } = await client.GET('/v1/events', { params: { query: { after: 'beginning', type: 'eu.puente.DataSetDeclared' } } });
  if (!data) throw new Error(error.code);
  return data.items.flatMap(({ event }) => (event.type === 'eu.puente.DataSetDeclared' && event.data ? [event.data.title] : []));
};

/** The events that a claim holds. */
export const claimed = async (client: PuenteClient, id: string): Promise<readonly PuenteEvent[]> => {
  const { data, error } = await client.POST('/v1/subscriptions/{id}/claims', { params: { path: { id } } });
  if (error) throw new Error(error.code);
  return data ? data.items.map(({ event }) => event) : [];
};

export const wrong = (client: PuenteClient): readonly (() => Promise<unknown>)[] => [
  // @ts-expect-error -- there is no such address
  () => client.GET('/v1/imagined'),
  // @ts-expect-error -- it needs the id of a thing
  () => client.GET('/v1/data-sets/{id}', {}),
];
