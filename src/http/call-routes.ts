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
import { answerPage, readersOfWords } from './reads';
import { nothingAt } from './things';
import { awaitPosition } from './waiting';

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

  @Get(':id/ranking')
  @MayCall(...readersOfWords)
  @ApiOperation({
    operationId: 'callRanking',
    summary: 'The applications of a call by the mean of their weighted scores; `unassessed` counts those that have none',
    description:
      'Equal scores are placed by the score on the criterion of greatest weight (the first of several), then by the earlier submission (one known roughly by its last day); what is tied in all has one rank. Assessments of who declared a conflict of interest do not count; what was withdrawn is left out.',
  })
  @ApiQuery({ name: 'side', required: false, schema: { type: 'string', enum: ['european', 'latin-american'] } })
  @ApiQuery({
    name: 'unassessed',
    required: false,
    description: 'Those without a score, by id',
    schema: { type: 'boolean', default: false },
  })
  @applyDecorators(...documentPageOf(call))
  async ranking(@Req() request: Request, @Res({ passthrough: true }) response: Response) {
    const id = thingIn(request);
    const { cursor: after, limit, side, truth: unassessed } = parameters;
    const asked = parametersOf(request, { after, limit, side, unassessed });
    await this.standing(request, id);
    const page = await this.reading.ranking(id, { ...asked, limit: pageSize(asked), language: languageOf(request) });
    return { ...answerPage(page, request, response), unassessed: page.unassessed };
  }

  @Get(':id/candidates')
  @MayCall(...readersOfWords)
  @ApiOperation({
    operationId: 'callCandidates',
    summary: 'Pairs of selected applications to a call, one of each side, by how many themes they share: most first',
  })
  @ApiQuery({
    name: 'free',
    required: false,
    description: 'Only those of which both may serve one more pairing',
    schema: { type: 'boolean', default: false },
  })
  @applyDecorators(...documentPageOf(call))
  async candidates(@Req() request: Request, @Res({ passthrough: true }) response: Response) {
    const id = thingIn(request);
    const asked = parametersOf(request, { after: parameters.cursor, limit: parameters.limit, free: parameters.truth });
    await this.standing(request, id);
    const page = await this.reading.candidates(id, { ...asked, limit: pageSize(asked), language: languageOf(request) });
    return answerPage(page, request, response);
  }

  /** @throws Problem NOT_FOUND, OTHER_EPOCH, NOT_CAUGHT_UP */
  private async standing(request: Request, id: string): Promise<void> {
    await awaitPosition(this.reading, request);
    if ((await this.reading.load(call, id)).revision < 0) throw nothingAt(call, id);
  }
}
