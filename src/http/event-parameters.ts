import type { Request } from 'express';
import { bareType, eventTypeOf, eventTypes } from '../delivery/contracts';
import { type Cursor, readCursor } from '../delivery/cursor';
import type { EventFilter } from '../delivery/event-filter';
import { isCountry } from '../kernel/fields';
import { streamName } from '../kernel/fields-events';
import { type AnyLifecycle, eventDimensions } from '../kernel/lifecycle';
import { lifecycles } from '../lifecycles/all';
import { closedDimensions } from '../lifecycles/event-dimensions';
import { oneOf, type Parameter, parameters } from './addresses';
import { nearest } from './nearest';
import { malformed, Problem } from './problems';
import type { Reading } from './ports';

/** In the order of their names. */
export const dimensions: readonly string[] = [...eventDimensions(Object.values<AnyLifecycle>(lifecycles))].sort();

const most = 60;
/** Several, with commas between. */
const listOf = (one: (text: string) => boolean): ((text: string) => readonly string[] | undefined) => {
  return (text) => {
    const words = text.split(',');
    return words.length <= most && words.every(one) ? words : undefined;
  };
};
const namesOfTypes = listOf((name) => eventTypeOf(name) !== undefined);
const type: Parameter<readonly string[]> = [
  (text) => namesOfTypes(text)?.map(bareType),
  'NOT_AN_EVENT_TYPE',
  (text) => {
    const unknown = text.split(',').find((name) => eventTypeOf(name) === undefined);
    return { near: nearest(bareType(unknown ?? ''), eventTypes)[0] ?? 'MissionHeld' };
  },
];
const value: Parameter<string> = [(text) => (/^[^\p{Cc},]{1,200}$/u.test(text) ? text : undefined), 'NOT_PLAIN', { max: 200 }];
const country: Parameter<string> = [(text) => (isCountry(text) ? text : undefined), 'NOT_A_COUNTRY'];
const valueOf = (dimension: string): Parameter<string> => {
  const words = closedDimensions[dimension];
  return words ? oneOf(words) : dimension === 'country' ? country : value;
};

type AfterAsked = Cursor | 'beginning' | 'now';
/** A stream takes the same as a page, without its limit. */
export const streamParameters = {
  after: [(text) => (text === 'beginning' || text === 'now' ? text : readCursor(text)), 'NOT_A_CURSOR'] as Parameter<AfterAsked>,
  lifecycle: [listOf((name) => Object.hasOwn(lifecycles, name)), 'NOT_LIFECYCLES', { allowed: Object.keys(lifecycles).join(', ') }],
  type,
  stream: [listOf((name) => streamName.test(name)), 'NOT_STREAMS'],
  ...(Object.fromEntries(dimensions.map((name) => [name, valueOf(name)])) as Readonly<Record<string, Parameter<string>>>),
} satisfies Record<string, Parameter<unknown>>;
export const eventParameters = { ...streamParameters, limit: parameters.limit };

export interface EventsAsked {
  readonly after?: AfterAsked | undefined;
  readonly lifecycle?: readonly string[] | undefined;
  readonly type?: readonly string[] | undefined;
  readonly stream?: readonly string[] | undefined;
  readonly limit?: number | undefined;
  readonly [dimension: string]: unknown;
}

/** What passes, by the parameters of an address. */
export const filterIn = ({ lifecycle, type, stream, ...asked }: EventsAsked): EventFilter => {
  const within = Object.fromEntries(dimensions.flatMap((name) => (typeof asked[name] === 'string' ? [[name, asked[name]] as const] : [])));
  return {
    ...(lifecycle && { lifecycles: lifecycle }),
    ...(type && { types: type }),
    ...(stream && { streams: stream }),
    ...(Object.keys(within).length > 0 && { dimensions: within }),
  };
};

/**
 * Where somebody goes on from.
 * @param unsaid where it begins when nobody says
 * @throws Problem OTHER_EPOCH for a cursor of before the store was restored or copied
 * @throws Problem MALFORMED for one that lies ahead of the log
 */
export const startOf = async (
  reading: Pick<Reading, 'epoch' | 'head'>,
  after: AfterAsked | undefined,
  unsaid: 'beginning' | 'now',
  named = 'after',
): Promise<Cursor> => {
  const [epoch, head] = await Promise.all([reading.epoch(), reading.head()]);
  const asked = after ?? unsaid;
  if (asked === 'beginning') return { epoch, position: 0n };
  if (asked === 'now') return { epoch, position: head };
  if (asked.epoch !== epoch) throw new Problem('OTHER_EPOCH');
  if (asked.position > head) throw malformed(named, 'AHEAD_OF_THE_LOG');
  return asked;
};

/** What a reader of server-sent events was last given. @throws Problem MALFORMED for what is no cursor */
export const lastEventIdOf = (request: Request): Cursor | undefined => {
  const given = request.get('last-event-id');
  if (given === undefined || given === '') return undefined;
  const cursor = readCursor(given);
  if (!cursor) throw malformed('Last-Event-ID', 'NOT_A_CURSOR');
  return cursor;
};
