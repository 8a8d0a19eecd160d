import { applyDecorators, Controller, Get, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { roles } from '../kernel/fields';
import { Texts } from '../vault/texts';
import { parameters, parametersOf } from './addresses';
import { ApiForCallers, ApiProblems, text } from './documented';
import { ApiAwaits } from './documented-reads';
import { languageOf } from './language';
import { MayCall } from './may-call';
import { Reading } from './ports';
import { position } from './positions';
import { Problem } from './problems';
import { awaitPosition, mayReadWords, personal } from './reads';
import { withWords } from './revealed';

/** What was published, held against the recount and against what others published. */
@ApiTags('claims')
@Controller('v1/claim-register')
export class ClaimRegisterRoutes {
  constructor(
    private readonly reading: Reading,
    private readonly texts: Texts,
  ) {}

  @Get()
  @MayCall(...roles)
  @ApiOperation({ operationId: 'claimRegister', summary: 'Every published figure beside its recounts, and the claims that contradict it' })
  @ApiQuery({ name: 'asOf', required: false, ...text('Day of claims that speak of none, YYYY-MM-DD', { format: 'date' }) })
  @ApiQuery({ name: 'knownAt', required: false, ...text('Instant with its offset; now when left out', { format: 'date-time' }) })
  @ApiQuery({ name: 'position', required: false, ...text('`<position>.<epoch>` that an answer named, in place of knownAt') })
  @ApiQuery({
    name: 'differing',
    required: false,
    description: '`true`: only those that a recount or another claim contradicts',
    schema: { type: 'boolean' },
  })
  @applyDecorators(...ApiAwaits())
  @ApiResponse({
    status: 200,
    description: 'The claims, each with its recounts',
    schema: { type: 'object', properties: { claims: { type: 'array', items: { type: 'object', additionalProperties: true } } } },
  })
  @ApiForCallers()
  @ApiProblems(409)
  async list(@Req() request: Request, @Res({ passthrough: true }) response: Response) {
    const { differing = false, ...asked } = parametersOf(request, {
      ...{ asOf: parameters.text, knownAt: parameters.text, position },
      differing: parameters.truth,
    });
    const { position: named, ...axes } = asked;
    if (named && named.epoch !== (await this.reading.epoch())) throw new Problem('OTHER_EPOCH');
    await awaitPosition(this.reading, request);
    const language = languageOf(request);
    response.setHeader('Content-Language', language);
    personal(response);
    const register = await this.reading.register({ ...axes, ...(named && { position: named.position }), language });
    const claims = register.claims.filter(({ differs }) => differs || !differing);
    return { ...register, claims: mayReadWords(request) ? await withWords(claims, this.texts) : claims };
  }
}
