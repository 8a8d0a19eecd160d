import { Get, type Type } from '@nestjs/common';
import { ApiOperation, ApiQuery, ApiResponse } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { isCurrency } from '../kernel/currencies';
import { roles } from '../kernel/fields';
import type { Standing } from '../kernel/history';
import type { AnyLifecycle } from '../kernel/lifecycle';
import type { BudgetEvents } from '../parts/budget';
import { type Budget, linesOf, type Rate, totalsOf } from '../parts/budget-lines';
import { totalIn } from '../parts/budget-totals';
import { streamOf } from '../store/port';
import { type Parameter, parametersOf, thingIn } from './addresses';
import { attach } from './attach';
import { axes, momentIn, named } from './axes';
import { ApiForCallers, ApiProblems } from './documented';
import { thingParameter } from './documented-commands';
import { ApiAxesOfThing, ApiOfThisEpoch, standsOnFields } from './documented-reads';
import { MayCall } from './may-call';
import type { Routes } from './routes';
import { standingAt, thingAt } from './things';
import { ofThisEpoch } from './waiting';

const currency: Parameter<string> = [(text) => (isCurrency(text) ? text : undefined), 'NOT_A_CURRENCY'];

/** `GET /v1/pairings/{id}/budget`, of every lifecycle that has such a part. */
export const attachBudget = (of: AnyLifecycle, controller: Type<Routes>): void => {
  if (!Object.hasOwn(of.parts as object, 'budget')) return;
  attach(controller, 'budget', (routes, request, response) => answer(routes, of, request, response), [
    Get(':id/budget'),
    MayCall(...roles),
    ApiOperation({
      operationId: `${of.name}Budget`,
      summary: 'How each budget line stands, and what there is of each currency',
      description:
        'Read from the events themselves: it covers every receipt. Amounts are whole minor units (cents), never added up across currencies. In one currency, where it is named: by the latest recorded rate of each pair, each sum exact and rounded once at its end, a half up; refused where a rate is missing.',
    }),
    thingParameter(of),
    ApiQuery({ name: 'in', required: false, description: 'One total in this currency too', schema: { type: 'string', example: 'EUR' } }),
    ...ApiAxesOfThing(),
    ...ApiOfThisEpoch(),
    ApiResponse({
      status: 200,
      headers: { ETag: { description: 'The revision it stands at; not of an answer as of a day or as known then', schema: text } },
      description: 'By line, by currency, and in the currency asked for',
      schema: {
        type: 'object',
        required: ['id', 'revision', 'lines', 'totals'],
        properties: {
          id: { type: 'string' },
          revision: { type: 'integer' },
          ...standsOnFields,
          illustrative: { type: 'boolean', description: 'Something in force came with a data set that is declared illustrative' },
          lines: { type: 'array', items: amounts({ line: text }, 'reallocatedInMinor', 'reallocatedOutMinor') },
          totals: { type: 'array', items: amounts({}) },
          total: amounts({ rates: { type: 'array', items: rate } }),
        },
      },
    }),
    ApiForCallers(),
    ApiProblems(404, 409),
  ]);
};
const text = { type: 'string' } as const;
const amounts = <More extends object>(more: More, ...others: readonly string[]) => {
  const minor = ['allocatedMinor', ...others, 'spentMinor', 'leftMinor'].map((name) => [name, { type: 'integer' }] as const);
  return {
    type: 'object' as const,
    required: [...Object.keys(more), 'currency', ...minor.map(([name]) => name)],
    properties: { ...more, currency: text, ...(Object.fromEntries(minor) as Record<string, { type: 'integer' }>) },
  };
};
const rate = {
  type: 'object' as const,
  required: ['from', 'to', 'rate', 'source', 'on', 'event'],
  properties: {
    from: text,
    to: text,
    rate: { type: 'string' as const, example: '4312.57', description: 'One of `from` is so many of `to`' },
    source: text,
    on: { type: 'string' as const, example: '2018-05' },
    event: { type: 'string' as const, example: 'pairing-cartagena-malaga@7', description: 'Where it was recorded' },
  },
};

const answer = async ({ reading }: Routes, of: AnyLifecycle, request: Request, response: Response) => {
  const id = thingIn(request);
  const { in: wanted, ...asked } = parametersOf(request, { in: currency, ...axes });
  const at = await momentIn(reading, request, asked);
  if (!at) await ofThisEpoch(reading, request);
  const thing = await thingAt(reading, of, id, at);
  const { state, revision } = thing;
  const stream = streamOf(of.name, id);
  const lines = linesOf(state['budget'] as Budget);
  const totals = totalsOf(lines);
  const total = wanted === undefined ? undefined : totalIn(wanted, totals, ratesIn(stream, await thing.standing()));
  const illustrative = await thing.illustrative();
  standingAt(at ? undefined : revision, request, response);
  return { id, revision, ...(at && named(at)), ...(illustrative && { illustrative }), lines, totals, ...(total && { total }) };
};

/** The rates in force, each with the event that says it. */
const ratesIn = (stream: string, standing: readonly Standing[]): readonly (Rate & { readonly event: string })[] =>
  standing
    .filter(({ type }) => type === ('ExchangeRateRecorded' satisfies keyof BudgetEvents))
    .map(({ data, occurredOn, revision, correctedBy = revision }) => {
      const { from, to, rate, source } = data as BudgetEvents['ExchangeRateRecorded'];
      return { from, to, rate, source, on: occurredOn, event: `${stream}@${correctedBy}` };
    });
