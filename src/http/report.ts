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
import { pageAddresses, pagePolicy } from './page-addresses';
import { Reading } from './ports';
import { personal } from './things';

const page = 'text/html';

/** The figures of the programme, on two time axes. */
@ApiTags('report')
@Controller('v1/report')
export class ReportRoutes {
  constructor(private readonly reading: Reading) {}

  @Get()
  @MayCall(...roles)
  @ApiOperation({
    operationId: 'report',
    summary: 'The figures: of what had happened by a day, as it was known at an instant',
    description:
      'JSON, or with `Accept: text/html` a page to look at and to print, in one file without scripts: figures and their events, published figures and how the recount differs, progress against targets, time per phase, programmes and their countries.',
  })
  @applyDecorators(...ApiAxes(), ...ApiAwaits())
  @ApiResponse({
    status: 200,
    description: 'The report; the same question gives the same bytes',
    content: { 'application/json': { schema: { type: 'object', additionalProperties: true } }, [page]: { schema: { type: 'string' } } },
  })
  @ApiForCallers()
  async make(@Req() request: Request, @Res({ passthrough: true }) response: Response) {
    const question = await questionIn(this.reading, request, parametersOf(request, axes));
    const language = languageOf(request);
    response.setHeader('Content-Language', language);
    personal(response);
    response.vary('Accept');
    if (request.accepts('application/json', page) !== page) return this.reading.report({ ...question, language });
    const shown = await this.reading.reportPage({ ...question, language, addresses: pageAddresses });
    response.setHeader('Content-Type', `${page}; charset=utf-8`);
    response.setHeader('Content-Security-Policy', pagePolicy);
    return shown;
  }
}
