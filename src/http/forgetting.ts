import { Controller, HttpCode, Post, Req } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { Texts } from '../vault/texts';
import { uuidIn } from './addresses';
import { ApiForCallers, ApiProblems } from './documented';
import { MayCall } from './may-call';
import { notFound } from './problems';

/** Protected texts: reasons, comments, names that events hold references to. */
@ApiTags('texts')
@Controller('v1/texts')
export class TextRoutes {
  constructor(private readonly texts: Texts) {}

  @Post(':id/forget')
  @MayCall('admin')
  @HttpCode(204)
  @ApiOperation({ operationId: 'textForget', summary: 'Forget a protected text, for good: its key is destroyed, the events stay' })
  @ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } })
  @ApiResponse({ status: 204, description: 'Forgotten' })
  @ApiForCallers()
  @ApiProblems(404)
  async forget(@Req() request: Request): Promise<void> {
    const id = uuidIn(request);
    if ((await this.texts.forget(id)) === 'unknown') throw notFound('text', id);
  }
}
