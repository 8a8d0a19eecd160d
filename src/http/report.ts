import { applyDecorators, Controller, Get, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { roles } from '../kernel/fields';
import { parameters, parametersOf } from './addresses';
import { ApiForCallers, ApiProblems, text } from './documented';
import { ApiAwaits } from './documented-reads';
import { languageOf } from './language';
import { MayCall } from './may-call';
import { Reading } from './ports';
import { position } from './positions';
import { Problem } from './problems';
import { awaitPosition, personal } from './reads';

/** The figures of the programme, on two time axes. */
@ApiTags('report')
@Controller('v1/report')
export class ReportRoutes {
  constructor(private readonly reading: Reading) {}

  @Get()
  @MayCall(...roles)
  @ApiOperation({ operationId: 'report', summary: 'The figures: of what had happened by a day, as it was known at an instant' })
  @ApiQuery({ name: 'asOf', required: false, ...text('Day, YYYY-MM-DD; the day of knownAt when left out', { format: 'date' }) })
  @ApiQuery({ name: 'knownAt', required: false, ...text('Instant with its offset; now when left out', { format: 'date-time' }) })
  @ApiQuery({
    name: 'position',
    required: false,
    ...text('`<position>.<epoch>` that an answer named, in place of knownAt: gives that answer again'),
  })
  @applyDecorators(...ApiAwaits())
  @ApiResponse({ status: 200, description: 'The report; the same question gives the same bytes' })
  @ApiForCallers()
  @ApiProblems(409)
  async make(@Req() request: Request, @Res({ passthrough: true }) response: Response) {
    const asked = parametersOf(request, { asOf: parameters.text, knownAt: parameters.text, position });
    const { position: named, ...axes } = asked;
    if (named && named.epoch !== (await this.reading.epoch())) throw new Problem('OTHER_EPOCH');
    await awaitPosition(this.reading, request);
    const language = languageOf(request);
    response.setHeader('Content-Language', language);
    personal(response);
    return this.reading.report({ ...axes, ...(named && { position: named.position }), language });
  }
}
