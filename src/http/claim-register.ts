import { applyDecorators, Controller, Get, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { roles } from '../kernel/fields';
import { Texts } from '../vault/texts';
import { parameters, parametersOf } from './addresses';
import { axes, questionIn } from './axes';
import { ApiForCallers } from './documented';
import { ApiAwaits, ApiAxes } from './documented-reads';
import { languageOf } from './language';
import { MayCall } from './may-call';
import { Reading } from './ports';
import { mayReadWords } from './reads';
import { withWords } from './revealed';
import { personal } from './things';

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
  @ApiQuery({
    name: 'differing',
    required: false,
    description: '`true`: only those that a recount or another claim contradicts',
    schema: { type: 'boolean' },
  })
  @applyDecorators(...ApiAxes(), ...ApiAwaits())
  @ApiResponse({
    status: 200,
    description: 'The claims, each with its recounts; those that speak of no day are held against that of the question',
    schema: { type: 'object', properties: { claims: { type: 'array', items: { type: 'object', additionalProperties: true } } } },
  })
  @ApiForCallers()
  async list(@Req() request: Request, @Res({ passthrough: true }) response: Response) {
    const { differing = false, ...asked } = parametersOf(request, { ...axes, differing: parameters.truth });
    const question = await questionIn(this.reading, request, asked);
    const language = languageOf(request);
    response.setHeader('Content-Language', language);
    personal(response);
    const register = await this.reading.register({ ...question, language });
    const claims = register.claims.filter(({ differs }) => differs || !differing);
    return { ...register, claims: mayReadWords(request) ? await withWords(claims, this.texts) : claims };
  }
}
