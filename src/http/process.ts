import { applyDecorators, Controller, Get, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { roles } from '../kernel/fields';
import { processDimensions } from '../monitoring/process';
import { oneOf, parametersOf } from './addresses';
import { axes, questionIn } from './axes';
import { ApiForCallers } from './documented';
import { ApiAwaits, ApiAxes } from './documented-reads';
import { languageOf } from './language';
import { MayCall } from './may-call';
import { Reading } from './ports';
import { personal } from './things';

const by = oneOf(processDimensions);

/** Time spent in each phase of a pairing, and where pairings wait. */
@ApiTags('process')
@Controller('v1/process')
export class ProcessRoutes {
  constructor(private readonly reading: Reading) {}

  @Get()
  @MayCall(...roles)
  @ApiOperation({
    operationId: 'process',
    summary: 'How long pairings take from step to step (median, 90th percentile), and where they wait',
  })
  @ApiQuery({ name: 'by', required: false, schema: { type: 'string', enum: [...processDimensions] } })
  @applyDecorators(...ApiAxes(), ...ApiAwaits())
  @ApiResponse({
    status: 200,
    description: 'The phases in their order; the same question gives the same bytes',
    schema: { type: 'object', properties: { phases: { type: 'array', items: { type: 'object', additionalProperties: true } } } },
  })
  @ApiForCallers()
  async times(@Req() request: Request, @Res({ passthrough: true }) response: Response) {
    const { by: dimension, ...asked } = parametersOf(request, { ...axes, by });
    const question = await questionIn(this.reading, request, asked);
    const language = languageOf(request);
    response.setHeader('Content-Language', language);
    personal(response);
    return this.reading.process({ ...question, by: dimension, language });
  }
}
