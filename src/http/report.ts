import { applyDecorators, Controller, Get, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { roles } from '../kernel/fields';
import { parametersOf } from './addresses';
import { axes, questionIn } from './axes';
import { ApiForCallers } from './documented';
import { ApiAwaits, ApiAxes } from './documented-reads';
import { languageOf } from './language';
import { MayCall } from './may-call';
import { Reading } from './ports';
import { personal } from './things';

/** The figures of the programme, on two time axes. */
@ApiTags('report')
@Controller('v1/report')
export class ReportRoutes {
  constructor(private readonly reading: Reading) {}

  @Get()
  @MayCall(...roles)
  @ApiOperation({ operationId: 'report', summary: 'The figures: of what had happened by a day, as it was known at an instant' })
  @applyDecorators(...ApiAxes(), ...ApiAwaits())
  @ApiResponse({ status: 200, description: 'The report; the same question gives the same bytes' })
  @ApiForCallers()
  async make(@Req() request: Request, @Res({ passthrough: true }) response: Response) {
    const question = await questionIn(this.reading, request, parametersOf(request, axes));
    const language = languageOf(request);
    response.setHeader('Content-Language', language);
    personal(response);
    return this.reading.report({ ...question, language });
  }
}
