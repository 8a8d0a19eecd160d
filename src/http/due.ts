import { applyDecorators, Controller, Get, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { roles } from '../kernel/fields';
import { pageSize, type Parameter, parameters, parametersOf } from './addresses';
import { text } from './documented';
import { documentDue } from './documented-reads';
import { languageOf } from './language';
import { MayCall } from './may-call';
import { Reading } from './ports';
import { answerPage } from './reads';
import { awaitPosition } from './waiting';

const usual = 30;
const most = 3_660;
const days: Parameter<number> = [
  (text) => (/^\d{1,4}d$/.test(text) && Number(text.slice(0, -1)) <= most ? Number(text.slice(0, -1)) : undefined),
  'NOT_DAYS',
  { min: 0, max: most },
];

/** What is to be done by when, of everything. */
@ApiTags('due')
@Controller('v1/due')
export class DueRoutes {
  constructor(private readonly reading: Reading) {}

  @Get()
  @MayCall(...roles)
  @ApiOperation({
    operationId: 'dueList',
    summary: 'What is to be done by when: what is overdue, and every deadline within so many days, also those that are met',
    description:
      'In the order of the days, counted from today (UTC). The deadlines follow from what is in force: one that no longer stands is not shown.',
  })
  @ApiQuery({
    name: 'within',
    required: false,
    ...text(`How many days ahead, 0d to ${most}d; ${usual}d when left out`, { pattern: '^\\d{1,4}d$', example: '30d' }),
  })
  @ApiQuery({
    name: 'by',
    required: false,
    ...text('The id of an account: only what it answers for, assigned to the thing, to its call or to its programme', { format: 'uuid' }),
  })
  @applyDecorators(...documentDue())
  async list(@Req() request: Request, @Res({ passthrough: true }) response: Response) {
    const { cursor: after, limit, uuid: by } = parameters;
    const { within = usual, ...asked } = parametersOf(request, { within: days, by, after, limit });
    await awaitPosition(this.reading, request);
    return answerPage(
      await this.reading.due({ ...asked, within, limit: pageSize(asked), language: languageOf(request) }),
      request,
      response,
    );
  }
}
