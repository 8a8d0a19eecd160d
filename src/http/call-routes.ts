import { applyDecorators, Controller, Get, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { call } from '../lifecycles/call';
import { pageSize, type Parameter, parameters, parametersOf, thingIn } from './addresses';
import { text } from './documented';
import { documentPageOf } from './documented-reads';
import { languageOf } from './language';
import { MayCall } from './may-call';
import { Reading } from './ports';
import { malformed } from './problems';
import { answerPage, readersOfWords } from './reads';
import { nothingAt } from './things';
import { awaitPosition } from './waiting';

const weights: Parameter<Readonly<Record<string, number>>> = [
  (given) => {
    const pairs = given.split(',').map((each) => /^([a-z0-9][a-z0-9-]{0,79}):(\d{1,3})$/.exec(each));
    const read = pairs.flatMap((pair) => (pair ? [[pair[1]!, Number(pair[2])] as const] : []));
    const distinct = new Set(read.map(([criterion]) => criterion));
    return read.length === pairs.length && distinct.size === read.length ? Object.fromEntries(read) : undefined;
  },
  'NOT_WEIGHTS',
];

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

  @Get(':id/what-if-ranking')
  @MayCall(...readersOfWords)
  @ApiOperation({
    operationId: 'callWhatIfRanking',
    summary: 'How the assessed applications of a call would rank by other weights; nothing is recorded',
  })
  @ApiQuery({ name: 'weights', required: true, ...text('`criterion:weight`, and others after a comma; they add up to 100') })
  @ApiQuery({ name: 'side', required: false, schema: { type: 'string', enum: ['european', 'latin-american'] } })
  @applyDecorators(...documentPageOf(call))
  async whatIfRanking(@Req() request: Request, @Res({ passthrough: true }) response: Response) {
    const id = thingIn(request);
    const { cursor: after, limit, side } = parameters;
    const { weights: given, ...asked } = parametersOf(request, { after, limit, side, weights });
    if (given === undefined) throw malformed('weights', 'MISSING');
    await this.standing(request, id);
    const page = await this.reading.whatIfRanking(id, { ...asked, weights: given, limit: pageSize(asked), language: languageOf(request) });
    return answerPage(page, request, response);
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
