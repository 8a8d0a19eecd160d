import { applyDecorators, Controller, Get, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { roles } from '../kernel/fields';
import { namedEvent } from '../kernel/fields-events';
import { framework } from '../lifecycles/framework';
import { parametersOf, thingIn } from './addresses';
import { axes, questionIn } from './axes';
import { ApiForCallers, ApiProblems } from './documented';
import { thingParameter } from './documented-commands';
import { ApiAwaits, ApiAxes } from './documented-reads';
import { addressesOf, eventLinks } from './figure-addresses';
import { languageOf } from './language';
import { MayCall } from './may-call';
import { Reading } from './ports';
import { nothingAt, personal } from './things';

/** What was achieved of what a programme is to achieve. */
@ApiTags(framework.plural)
@Controller(`v1/${framework.plural}`)
export class FrameworkRoutes {
  constructor(private readonly reading: Reading) {}

  @Get(':id/progress')
  @MayCall(...roles)
  @ApiOperation({
    operationId: 'frameworkProgress',
    summary: 'Each indicator with its baseline, the target of the period and its value: achieved, on track, behind or no data',
    description:
      'Targets as they had been set or revised by `asOf`; the latest approved value of a day by then, or the figure computed from facts, with the address of its evidence. The answer states the rule by which the status is derived.',
  })
  @thingParameter(framework)
  @applyDecorators(...ApiAxes(), ...ApiAwaits())
  @ApiResponse({
    status: 200,
    description: 'How each indicator stands; the same question gives the same bytes',
    schema: { type: 'object', additionalProperties: true },
  })
  @ApiForCallers()
  @ApiProblems(404)
  async progress(@Req() request: Request, @Res({ passthrough: true }) response: Response) {
    const id = thingIn(request);
    const question = await questionIn(this.reading, request, parametersOf(request, axes));
    const language = languageOf(request);
    const found = await this.reading.progress(id, { ...question, language });
    if (!found) throw nothingAt(framework, id);
    response.setHeader('Content-Language', language);
    personal(response);
    return { ...found, indicators: found.indicators.map((each) => ({ ...each, actual: each.actual && withLinks(each.actual) })) };
  }
}

type Actual = NonNullable<NonNullable<Awaited<ReturnType<Reading['progress']>>>['indicators'][number]['actual']>;
/** With where it is from: the figure and its events, or the approval in its timeline. */
const withLinks = (actual: Actual): object => {
  const { code, version, where, asOf, position: at, epoch, approved } = actual;
  if (approved !== undefined) {
    const { stream, revision } = namedEvent(approved)!;
    return { ...actual, links: { approval: eventLinks(stream, revision).timeline } };
  }
  if (code === undefined || version === undefined || asOf === undefined || at === undefined || epoch === undefined) return actual;
  const address = addressesOf({ code, version, ...(where && { where }), asOf, position: at, epoch });
  return { ...actual, links: { figure: address(''), evidence: address('/evidence') } };
};
