import { ApiHeader, ApiOperation, ApiQuery, ApiResponse } from '@nestjs/swagger';
import type { AnyLifecycle } from '../kernel/lifecycle';
import { ApiForCallers, ApiProblems, aThing, called, text } from './documented';
import { filters, itemFields } from './lists';
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

/** A read that can wait for what the caller wrote. */
export const ApiAwaits = (): readonly MethodDecorator[] => [
  ApiHeader({
    name: 'Puente-Position',
    required: false,
    ...text('Answer only once this position of a receipt is covered', { pattern: '^\\d+\\.[A-Za-z0-9-]+$' }),
  }),
  ApiHeader({ name: 'Prefer', required: false, ...text('`wait=n`: how many seconds to wait for it, at most 30; 5 when not said') }),
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

const aPage = (item: object = listed()): readonly MethodDecorator[] => [
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
  ApiOperation({ operationId: `${of.name}List`, summary: `All ${of.plural}, page by page` }),
  ...Object.entries(filters[of.name] ?? {}).map(([name, { about, schema }]) =>
    ApiQuery({ name, required: false, description: about, schema }),
  ),
  ...aPage(listed(itemFields[of.name])),
];

/** A list that belongs to one thing. */
export const documentPageOf = (of: AnyLifecycle): readonly MethodDecorator[] => [thingParameter(of), ...aPage(), ApiProblems(404)];

export const documentThing = (of: AnyLifecycle): readonly MethodDecorator[] => [
  ApiOperation({
    operationId: `${of.name}Show`,
    summary: `One ${called(of)}: what is in force`,
    description:
      'Read from the events themselves: it covers every receipt. Protected texts come with their words for those who may read them.',
  }),
  thingParameter(of),
  ...ApiOfThisEpoch(),
  ApiResponse({
    status: 200,
    description: 'What is in force',
    headers: { ETag: text('The revision it stands at') },
    schema: {
      type: 'object',
      required: ['id', 'revision', 'dimensions', 'state'],
      properties: {
        id: { type: 'string' },
        revision: { type: 'integer' },
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
  ApiOperation({ operationId: `${of.name}Timeline`, summary: `All that was recorded of ${aThing(of)}, in order, with corrections` }),
  thingParameter(of),
  ...pages('Cursor of the page before'),
  ApiQuery({
    name: 'order',
    required: false,
    description: 'As it was recorded, or as it happened',
    schema: { type: 'string', enum: ['recorded', 'occurred'], default: 'recorded' },
  }),
  ...ApiAwaits(),
  ApiResponse({
    status: 200,
    description: 'A page',
    headers: link,
    schema: {
      type: 'object',
      required: ['items', 'revision', 'stale'],
      properties: {
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
