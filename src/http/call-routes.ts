import { applyDecorators, Controller, Get, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { call } from '../lifecycles/call';
import { pageSize, parameters, parametersOf, thingIn } from './addresses';
import { text } from './documented';
import { documentPageOf } from './documented-reads';
import { languageOf } from './language';
import { MayCall } from './may-call';
import { Reading } from './ports';
import { answerPage, awaitPosition, nothingAt, readersOfWords } from './reads';

/** What officers and evaluators ask of a call as a whole. */
@ApiTags(call.plural)
@Controller(`v1/${call.plural}`)
export class CallRoutes {
  constructor(private readonly reading: Reading) {}

  @Get(':id/eligibility')
  @MayCall(...readersOfWords)
  @ApiOperation({
    operationId: 'callEligibility',
    summary: 'Every application of a call as a rule set judges it, beside the check that stands; nothing is recorded',
  })
  @ApiQuery({ name: 'rules', required: false, ...text('A rule set as id@version; that of the call when left out') })
  @applyDecorators(...documentPageOf(call))
  async eligibility(@Req() request: Request, @Res({ passthrough: true }) response: Response) {
    const id = thingIn(request);
    const asked = parametersOf(request, { after: parameters.cursor, limit: parameters.limit, rules: parameters.ruleSet });
    await this.standing(request, id);
    return answerPage(
      await this.reading.eligibility(id, { ...asked, limit: pageSize(asked), language: languageOf(request) }),
      request,
      response,
    );
  }

  /** @throws Problem NOT_FOUND, OTHER_EPOCH, NOT_CAUGHT_UP */
  private async standing(request: Request, id: string): Promise<void> {
    await awaitPosition(this.reading, request);
    if ((await this.reading.load(call, id)).revision < 0) throw nothingAt(call, id);
  }
}
