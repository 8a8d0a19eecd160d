import { Get, type Type } from '@nestjs/common';
import { ApiOperation, ApiQuery, ApiResponse } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { type Role, roles } from '../kernel/fields';
import type { AnyLifecycle } from '../kernel/lifecycle';
import { isDay } from '../kernel/partial-date';
import { type FocalPoints, responsibleOn, type Term, termsOf } from '../parts/focal-points';
import type { People } from '../vault/people';
import { type Parameter, parametersOf, thingIn } from './addresses';
import { attach } from './attach';
import { callerOf } from './auth';
import { axes, momentIn, named } from './axes';
import { ApiForCallers, ApiProblems } from './documented';
import { thingParameter } from './documented-commands';
import { ApiAxesOfThing, ApiOfThisEpoch, standsOnFields } from './documented-reads';
import { MayCall } from './may-call';
import type { Routes } from './routes';
import { standingAt, thingAt } from './things';
import { ofThisEpoch } from './waiting';

/** Who reads the register of persons. */
const readersOfNames: readonly Role[] = ['programme-officer', 'admin'];
const day: Parameter<string> = [(text) => (isDay(text) ? text : undefined), 'NOT_A_DAY'];

/** `GET /v1/pairings/{id}/focal-points`, of every lifecycle that has such a part. */
export const attachFocalPoints = (of: AnyLifecycle, controller: Type<Routes>): void => {
  if (!Object.hasOwn(of.parts as object, 'focalPoints')) return;
  attach(controller, 'focalPoints', (routes, request, response) => answer(routes, of, request, response), [
    Get(':id/focal-points'),
    MayCall(...roles),
    ApiOperation({
      operationId: `${of.name}FocalPoints`,
      summary: 'Who answers for each side, from when to when',
      description:
        'Read from the events themselves: it covers every receipt. On a day: who certainly answered for a side, or all who may have, as far as dates known roughly tell. Persons come by their ids; with their names for those who read the register.',
    }),
    thingParameter(of),
    ApiQuery({ name: 'on', required: false, description: 'Only who answered on this day', schema: { type: 'string', format: 'date' } }),
    ApiResponse({
      status: 200,
      description: 'By side, in the order in which they began',
      headers: { ETag: { description: 'The revision it stands at; not of an answer as of a day or as known then', schema: text } },
      schema: {
        type: 'object',
        required: ['id', 'revision', 'sides'],
        properties: {
          id: { type: 'string' },
          revision: { type: 'integer' },
          ...standsOnFields,
          on: { type: 'string', format: 'date' },
          sides: {
            type: 'array',
            items: {
              type: 'object',
              required: ['side', 'focalPoints'],
              properties: { side: { type: 'string' }, focalPoints: { type: 'array', items: focalPoint } },
            },
          },
        },
      },
    }),
    ...ApiAxesOfThing(),
    ...ApiOfThisEpoch(),
    ApiForCallers(),
    ApiProblems(404),
  ]);
};
const text = { type: 'string' } as const;
const focalPoint = {
  type: 'object' as const,
  required: ['person', 'from'],
  properties: {
    person: { type: 'string' as const, format: 'uuid' },
    from: { type: 'string' as const, example: '2018-04' },
    to: { type: 'string' as const, description: 'When the person left, or somebody else began', example: '2019-05-02' },
    is: { type: 'string' as const, enum: ['certain', 'possible'], description: 'On the day asked about' },
    name: text,
    forgotten: { type: 'boolean' as const },
  },
};

const answer = async ({ reading, people }: Routes, of: AnyLifecycle, request: Request, response: Response) => {
  const id = thingIn(request);
  const { on, ...asked } = parametersOf(request, { on: day, ...axes });
  const at = await momentIn(reading, request, asked);
  if (!at) await ofThisEpoch(reading, request);
  const { state, revision } = await thingAt(reading, of, id, at);
  const focalPoints = state['focalPoints'] as FocalPoints;
  const found = sidesOf(of, state).map((side) => ({
    side,
    terms: on === undefined ? termsOf(focalPoints, side) : responsibleOn(focalPoints, side, on),
  }));
  const names = await namesOf(
    people,
    request,
    found.flatMap(({ terms }) => terms.map(({ person }) => person)),
  );
  standingAt(at ? undefined : revision, request, response);
  const shown = ({ person, from, to, is }: Term & { is?: string }) => ({
    person,
    from,
    ...(to !== undefined && { to }),
    ...(is !== undefined && { is }),
    ...names(person),
  });
  return {
    id,
    revision,
    ...(at && named(at)),
    ...(on !== undefined && { on }),
    sides: found.map(({ side, terms }) => ({ side, focalPoints: terms.map(shown) })),
  };
};

const sidesOf = (of: AnyLifecycle, state: Readonly<Record<string, unknown>>): readonly string[] =>
  (of.supply as { focalPoints: (state: unknown) => { readonly sides: readonly string[] } }).focalPoints(state).sides;

/** What is said of a person besides its id. */
const namesOf = async (people: People, request: Request, ids: readonly string[]): Promise<(id: string) => object> => {
  if (!callerOf(request).roles.some((role) => readersOfNames.includes(role))) return () => ({});
  const found = await people.find([...new Set(ids)]);
  return (id) => {
    const person = found.get(id);
    return person === undefined ? {} : person.is === 'forgotten' ? { forgotten: true } : { name: person.name };
  };
};
