import { applyDecorators, Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { parse } from '../engine/parse';
import { Name, roles } from '../kernel/fields';
import { Actors } from '../vault/actors';
import { bodyOf } from './body';
import { parametersOf } from './addresses';
import { type Caller, callerOf } from './auth';
import { ApiForCallers, ApiProblems } from './documented';
import { ApiAwaits } from './documented-reads';
import { MayCall, SignedIn } from './may-call';
import { type Assignment, Reading } from './ports';
import { personal } from './things';
import { awaitPosition } from './waiting';

class NewAccount {
  @Name('Who gives out the tokens, as the claim `iss` of one says', { max: 500 }) issuer!: string;
  @Name('Whom they are given to, as the claim `sub` of one says', { max: 1000 }) subject!: string;
}

const uuid = { type: 'string', format: 'uuid' } as const;

const assignment = {
  type: 'object' as const,
  required: ['as', 'lifecycle', 'id', 'since'],
  properties: {
    as: { type: 'string' as const, enum: ['officer', 'assessor'] },
    lifecycle: { type: 'string' as const, enum: ['programme', 'call', 'pairing'] },
    id: { type: 'string' as const },
    since: { type: 'string' as const, example: '2018-04' },
  },
};

/** The random ids by which commands name those who act: officers, assessors. */
@ApiTags('accounts')
@Controller('v1')
export class AccountRoutes {
  constructor(
    private readonly actors: Actors,
    private readonly reading: Reading,
  ) {}

  @Get('me')
  @SignedIn()
  @ApiOperation({
    operationId: 'accountMe',
    summary: 'The id of the caller, by which others name it, its roles, and what it is assigned to',
  })
  @ApiResponse({
    status: 200,
    description: 'The caller; also one whose token names no role that is known here',
    schema: {
      type: 'object',
      required: ['actor', 'roles', 'assigned'],
      properties: {
        actor: uuid,
        roles: { type: 'array', items: { type: 'string', enum: [...roles] } },
        assigned: { type: 'array', items: assignment, description: 'What it was not released from' },
      },
    },
  })
  @applyDecorators(...ApiAwaits())
  @ApiForCallers()
  async me(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Caller & { readonly assigned: readonly Assignment[] }> {
    parametersOf(request, {});
    const { actor, roles } = callerOf(request);
    await awaitPosition(this.reading, request);
    personal(response);
    return { actor, roles, assigned: await this.reading.assigned(actor) };
  }

  @Post('actors')
  @MayCall('admin')
  @HttpCode(200)
  @ApiOperation({ operationId: 'accountFor', summary: 'The id of an account, also of somebody who has not come yet' })
  @ApiBody({ type: NewAccount })
  @ApiResponse({
    status: 200,
    description: 'The id, the same each time',
    schema: { type: 'object', required: ['id'], properties: { id: uuid } },
  })
  @ApiForCallers()
  @ApiProblems(413, 415)
  async accountFor(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<{ readonly id: string }> {
    const { issuer, subject } = parse(NewAccount, bodyOf(request));
    personal(response);
    return { id: await this.actors.actorFor(issuer, subject) };
  }
}
