import { Get, type Type } from '@nestjs/common';
import { ApiOperation, ApiQuery, ApiResponse } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { everywhere } from '../kernel/corrections';
import { roles } from '../kernel/fields';
import type { AnyLifecycle, Gate } from '../kernel/lifecycle';
import type { Next } from '../kernel/next';
import { isPartialDate } from '../kernel/partial-date';
import type { CommandName } from '../lifecycles/all';
import type { GateName } from '../words/dictionary';
import { type Language, say } from '../words/say';
import { kebab, type Parameter, parametersOf, thingIn } from './addresses';
import { attach } from './attach';
import { callerOf } from './auth';
import { ApiForCallers, aThing, text } from './documented';
import { thingParameter } from './documented-commands';
import { ApiOfThisEpoch } from './documented-reads';
import { languageOf } from './language';
import { MayCall } from './may-call';
import { standingAt } from './things';
import { ofThisEpoch } from './waiting';
import type { Routes } from './routes';

const date: Parameter<string> = [(given) => (isPartialDate(given) ? given : undefined), 'NOT_A_DATE'];

/** `GET /v1/pairings/{id}/next`, of every lifecycle. */
export const attachNext = (of: AnyLifecycle, controller: Type<Routes>): void =>
  attach(controller, 'next', (routes, request, response) => answer(routes, of, request, response), [
    Get(':id/next'),
    MayCall(...roles),
    ...documentNext(of),
  ]);

const answer = async ({ reading }: Routes, of: AnyLifecycle, request: Request, response: Response) => {
  const id = thingIn(request);
  const { on: asked } = parametersOf(request, { on: date });
  await ofThisEpoch(reading, request);
  const { revision, on, all, leftTo } = await reading.next(of, id, { ...callerOf(request), on: asked });
  const language = languageOf(request);
  response.setHeader('Content-Language', language);
  standingAt(revision, request, response);
  const told = (next: Next) => ({
    command: next.name,
    title: say(language, 'commands', next.name as CommandName),
    href: `/v1/${of.plural}/${id}/${kebab(next.name)}`,
    known: { ...next.known, ...(next.on === on ? {} : { occurredOn: next.on }) },
    fields: next.required,
    optional: next.optional,
  });
  return {
    id,
    revision,
    on,
    ...(leftTo.length > 0 && { leftTo }),
    can: all.flatMap((next) =>
      next.shut.length > 0
        ? []
        : {
            ...told(next),
            ...(next.chosen.length > 0 && { chosen: next.chosen }),
            ...(next.waived.length > 0 && { waived: next.waived.map((gate) => ({ gate, title: titleOf(language, gate) })) }),
          },
    ),
    waits: all.flatMap((next) =>
      next.shut.length === 0
        ? []
        : {
            ...told(next),
            gates: next.shut.map(({ gate, missing }) => ({
              gate,
              title: titleOf(language, gate),
              rule: say(language, 'gates', `${of.name}.${gate}`),
              ...waivableAt(of, gate),
              missing: missing.map(({ code, values }) => ({ code, values, sentence: say(language, 'refusals', code, values) })),
            })),
          },
    ),
  };
};

const titleOf = (language: Language, gate: string) => say(language, 'titles', gate as GateName);
/** Whether, and by whom, a gate can be waived. */
const waivableAt = (of: AnyLifecycle, gate: string) =>
  (of.gates as Readonly<Record<string, Gate<unknown>>>)[gate]!.firm
    ? { waivable: false }
    : { waivable: true, waivableBy: everywhere.WaiveGate.by };

const string = { type: 'string' } as const;
const list = (items: object) => ({ type: 'array' as const, items });
const titled = { gate: string, title: string };
const common = {
  command: string,
  title: { ...string, description: 'What the command does' },
  href: { ...string, description: 'Where to POST it' },
  known: { type: 'object', additionalProperties: true, description: 'The beginning of its body' },
  fields: { ...list(string), description: 'What must still be given' },
  optional: { ...list(string), description: 'What may be given besides' },
};
const inWords = {
  type: 'object',
  properties: { code: string, values: { type: 'object', additionalProperties: true }, sentence: string },
};
const object = (properties: object, ...optional: readonly string[]) => ({
  type: 'object' as const,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
  properties: properties as Record<string, object>,
});
const body = object(
  {
    id: string,
    revision: { type: 'integer', minimum: -1, description: '−1 where nothing is recorded yet' },
    on: { ...string, example: '2019-06', description: 'The date that was asked for' },
    leftTo: {
      ...list({ ...string, example: 'call/iuc-2019' }),
      description:
        'Where others are responsible: the things whose assigned officers give the commands of officers, which are left out here',
    },
    can: list(
      object(
        {
          ...common,
          chosen: {
            ...list(string),
            description: 'The kinds of other things that it reads and that are still to be chosen: whether they allow it, a dry run says',
          },
          waived: { ...list(object(titled)), description: 'The closed gates that a waiver in force opens' },
        },
        'chosen',
        'waived',
      ),
    ),
    waits: list(
      object({
        ...common,
        gates: list(
          object(
            {
              ...titled,
              rule: string,
              waivable: { type: 'boolean' },
              waivableBy: { ...list(string), description: 'Who records the waiver of a named authority' },
              missing: list(inWords),
            },
            'waivableBy',
          ),
        ),
      }),
    ),
  },
  'leftTo',
);

const documentNext = (of: AnyLifecycle): readonly MethodDecorator[] => [
  ApiOperation({
    operationId: `${of.name}Next`,
    summary: `What the caller can do now with ${aThing(of)}, and what waits for which gate`,
    description:
      'Read from the events themselves: it covers every receipt. Of each command that the roles of the caller may give: what it could be given for as things stand. What is impossible, or stands already, is left out; where nothing is recorded yet, there is what can begin it. Corrections and waivers can always be given and are not listed. It depends on the day, too: never 304.',
  }),
  thingParameter(of),
  ApiQuery({
    name: 'on',
    required: false,
    ...text('For something that happened then: YYYY, YYYY-MM or YYYY-MM-DD; today (UTC) when left out'),
  }),
  ...ApiOfThisEpoch(),
  ApiResponse({
    status: 200,
    description: 'What can be done, and what waits',
    headers: { ETag: text('The revision it stands at, for `If-Match`; left out where there is none') },
    schema: body,
  }),
  ApiForCallers(),
];
