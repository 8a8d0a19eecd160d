import { ApiHeader, ApiOperation, ApiQuery, ApiResponse } from '@nestjs/swagger';
import type { AnyLifecycle } from '../kernel/lifecycle';
import { ApiForCallers, ApiProblems, aThing, called, text } from './documented';
import { filters, itemFields, listedAsOf } from './lists';
import { thingParameter } from './documented-commands';

const pages = (after: string): readonly MethodDecorator[] => [
  ApiQuery({ name: 'after', required: false, ...text(after) }),
  ApiQuery({ name: 'limit', required: false, schema: { type: 'integer', minimum: 1, maximum: 200, default: 50 } }),
];
const object = { type: 'object', additionalProperties: true } as const;
const illustrative = {
  type: 'boolean' as const,
  enum: [true],
  description: 'Came, in whole or in part, with a data set that is declared illustrative; left out otherwise',
};
const reserved = {
  type: 'boolean' as const,
  enum: [true],
  description: 'What it says is not for this reader; left out otherwise',
};
const stale = {
  type: 'boolean' as const,
  enum: [true],
  description: 'Something recorded of it waits for repair and is not shown; left out otherwise',
};
const listed = (more: Readonly<Record<string, object>> = {}) => ({ ...object, properties: { illustrative, stale, ...more } });
export const link = { Link: text('`rel="next"`: the next page, where there is one') };

const wait = ApiHeader({
  name: 'Prefer',
  required: false,
  ...text('`wait=n`: how many seconds to wait for it, at most 30; 5 when not said'),
});
/** A read that can wait for what the caller wrote. */
export const ApiAwaits = (): readonly MethodDecorator[] => [
  ApiHeader({
    name: 'Puente-Position',
    required: false,
    ...text('Answer only once this position of a receipt is covered', { pattern: '^\\d+\\.[A-Za-z0-9-]+$' }),
  }),
  wait,
  ApiProblems(410),
];

/** A read that covers every receipt, and refuses one of another store. */
export const ApiOfThisEpoch = (): readonly MethodDecorator[] => [
  ApiHeader({
    name: 'Puente-Position',
    required: false,
    ...text('Covered whatever it is, unless it is of another store', { pattern: '^\\d+\\.[A-Za-z0-9-]+$' }),
  }),
  ApiProblems(410),
];

/** An answer that can be asked for as of a day, as known at an instant or a position. */
export const ApiAxes = (): readonly MethodDecorator[] => [
  ApiQuery({
    name: 'asOf',
    required: false,
    ...text('Day, YYYY-MM-DD: of what had certainly happened by then; the day of knownAt when left out', { format: 'date' }),
  }),
  ApiQuery({
    name: 'knownAt',
    required: false,
    ...text('Instant with its offset: as was recorded by then; now when left out', { format: 'date-time' }),
  }),
  ApiQuery({
    name: 'position',
    required: false,
    ...text('`<position>.<epoch>` that an answer named, in place of knownAt: gives that answer again'),
  }),
  ApiProblems(409, 410),
];
/** The same of a thing, which otherwise answers of now without waiting for anything. */
export const ApiAxesOfThing = (): readonly MethodDecorator[] => [...ApiAxes(), wait];

/** What an answer names that was asked for on an axis of time. */
export const standsOnFields = {
  asOf: {
    type: 'string' as const,
    format: 'date',
    description: 'This and what follows only where asOf, knownAt or position was asked for',
  },
  knownAt: { type: ['string', 'null'], format: 'date-time', description: 'As asked; otherwise that of the last event known' } as never,
  position: { type: 'string' as const, description: 'With the epoch as `<position>.<epoch>`: gives this answer again' },
  epoch: { type: 'string' as const },
};

const aPage = (item: object = listed(), more: object = {}): readonly MethodDecorator[] => [
  ...pages('Cursor of the page before'),
  ...ApiAwaits(),
  ApiResponse({
    status: 200,
    description: 'A page',
    headers: link,
    schema: {
      type: 'object',
      required: ['items'],
      properties: {
        ...more,
        items: { type: 'array', items: item },
        next: { type: 'string', description: 'Cursor of the next page, for `after`; left out on the last' },
        stale: {
          ...stale,
          description: 'Something recorded waits for repair: items that rest on it say so, or are missing; left out otherwise',
        },
      },
    },
  }),
  ApiForCallers(),
];

export const documentList = (of: AnyLifecycle): readonly MethodDecorator[] => [
  ApiOperation({
    operationId: `${of.name}List`,
    summary: `All ${of.plural}, page by page`,
    ...(listedAsOf(of) && {
      description:
        'As of a day, or as known then, each is read from its own events as they stood, and filters apply to that. A page then looks at as many as its limit and holds those that were there and match: it may be shorter, or empty, and still have a next. Not together with `mine`.',
    }),
  }),
  ...Object.entries(filters[of.name] ?? {}).map(([name, { about, schema }]) =>
    ApiQuery({ name, required: false, description: about, schema }),
  ),
  ...(listedAsOf(of) ? ApiAxes() : []),
  ...aPage(listed(itemFields[of.name]), listedAsOf(of) ? standsOnFields : {}),
];

/** The list of what is due. */
export const documentDue = (): readonly MethodDecorator[] =>
  aPage({
    ...listed({
      lifecycle: { type: 'string' },
      id: { type: 'string' },
      links: { type: 'object', properties: { thing: { type: 'string' } } },
      key: { type: 'string', description: 'Names it within its thing' },
      what: { type: 'string' },
      label: { type: 'string', description: '`what` in words' },
      about: { type: 'string', description: 'Which one, where a thing may have several: an agreement, a year' },
      on: { type: 'string', format: 'date' },
      daysLeft: { type: 'integer', description: 'Negative once its day has passed' },
      state: { type: 'string', enum: ['open', 'overdue', 'met'] },
      metOn: { type: 'string', format: 'date' },
    }),
    required: ['lifecycle', 'id', 'links', 'key', 'what', 'label', 'on', 'daysLeft', 'state'],
  });

/** A list that belongs to one thing. */
export const documentPageOf = (of: AnyLifecycle): readonly MethodDecorator[] => [thingParameter(of), ...aPage(), ApiProblems(404)];

export const documentThing = (of: AnyLifecycle): readonly MethodDecorator[] => [
  ApiOperation({
    operationId: `${of.name}Show`,
    summary: `One ${called(of)}: what is in force`,
    description:
      'Read from the events themselves: it covers every receipt. Protected texts come with their words for those who may read them. As of a day it is what follows from the facts that had certainly happened by then, as recorded by then: what is dated to a month counts once the month is over, and corrections count from when they were recorded.',
  }),
  thingParameter(of),
  ...ApiAxesOfThing(),
  ...ApiOfThisEpoch(),
  ApiResponse({
    status: 200,
    description: 'What is in force',
    headers: { ETag: text('The revision it stands at; not of an answer as of a day or as known then') },
    schema: {
      type: 'object',
      required: ['id', 'revision', 'dimensions', 'state'],
      properties: {
        id: { type: 'string' },
        revision: { type: 'integer' },
        ...standsOnFields,
        illustrative,
        rules: { type: 'string' },
        ...(of.mergedInto && { mergedInto: { type: 'string', description: 'What it was merged into, by its own events' } }),
        dimensions: { type: 'object', additionalProperties: { type: 'string' } },
        state: object,
      },
    },
  }),
  ApiForCallers(),
  ApiProblems(404),
];

export const documentTimeline = (of: AnyLifecycle): readonly MethodDecorator[] => [
  ApiOperation({
    operationId: `${of.name}Timeline`,
    summary: `All that was recorded of ${aThing(of)}, in order, with corrections`,
    description:
      'As known at an instant, each entry stands as it stood then; as of a day, only those are told that had certainly happened by then, as they were dated then, with the corrections about them.',
  }),
  thingParameter(of),
  ...pages('Cursor of the page before'),
  ApiQuery({
    name: 'order',
    required: false,
    description: 'As it was recorded, or as it happened',
    schema: { type: 'string', enum: ['recorded', 'occurred'], default: 'recorded' },
  }),
  ...ApiAxes(),
  ...ApiAwaits(),
  ApiResponse({
    status: 200,
    description: 'A page',
    headers: link,
    schema: {
      type: 'object',
      required: ['items', 'revision', 'stale'],
      properties: {
        ...standsOnFields,
        items: { type: 'array', items: listed({ reserved }) },
        next: { type: 'string' },
        revision: { type: 'integer' },
        stale: { type: 'boolean' },
      },
    },
  }),
  ApiForCallers(),
  ApiProblems(404),
];
