import { randomBytes } from 'node:crypto';
import { Controller, Get, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { attemptsOf } from '../delivery/attempts';
import type { Delivery } from '../delivery/delivery';
import { isSuccess, wordsOf } from '../delivery/endpoint';
import { newSecret, publicOf, readSecret } from '../delivery/signing';
import { statusOf, tryAgain } from '../delivery/standing';
import { keptUnder } from '../delivery/subscriptions';
import { parse } from '../engine/parse';
import { roles } from '../kernel/fields';
import { namedEvent } from '../kernel/fields-events';
import { pageSize, type Parameter, parameters, parametersOf } from './addresses';
import { bodyOf } from './body';
import { ApiForCallers, ApiProblems, text } from './documented';
import { link } from './documented-reads';
import { MayCall } from './may-call';
import { malformed, Problem } from './problems';
import { answerPage } from './reads';
import { aSubscription, deliveryKey, mine, refuseResting } from './subscription-access';
import { RetryForm, SecretForm } from './subscription-forms';
import { personal } from './things';

const object = { type: 'object' as const, additionalProperties: true };
const event: Parameter<{ readonly stream: string; readonly revision: number }> = [namedEvent, 'NOT_AN_EVENT'];
const hour = 3_600_000;

/** How subscriptions fare, and what their deliveries are signed with. */
@ApiTags('subscriptions')
@Controller('v1/subscriptions')
export class SubscriptionCareRoutes {
  constructor(@Inject(deliveryKey) private readonly delivery: Delivery) {}

  @Get(':id/status')
  @MayCall(...roles)
  @ApiOperation({
    operationId: 'subscriptionStatus',
    summary: 'How far a subscription is: lag, what waits, what was set aside, what went wrong last',
  })
  @aSubscription
  @ApiResponse({ status: 200, description: 'How it fares', schema: object })
  @ApiForCallers()
  @ApiProblems(404)
  async status(@Req() request: Request, @Res({ passthrough: true }) response: Response) {
    parametersOf(request, {});
    const of = await mine(this.delivery, request);
    const { pool, store } = this.delivery;
    personal(response);
    const fares = await statusOf(pool, store, of);
    if (of.delivery === 'pull') return { id: of.id, is: of.is, delivery: of.delivery, ...fares };
    const { endpoints } = this.delivery;
    const ready = await endpoints.of(of);
    const endpoint = typeof ready === 'string' ? await endpoints.urlOf(of) : ready.url;
    const { id, is, delivery } = of;
    return { id, is, delivery, ...(endpoint !== undefined && { endpoint }), ...fares, ...(typeof ready === 'string' && { lacks: ready }) };
  }

  @Get(':id/deliveries')
  @MayCall(...roles)
  @ApiOperation({
    operationId: 'subscriptionDeliveries',
    summary: 'What was sent to the endpoint and what it answered, the newest first; of thirty days',
  })
  @aSubscription
  @ApiQuery({ name: 'event', required: false, ...text('Only attempts at this event, `stream@revision`') })
  @ApiQuery({ name: 'after', required: false, ...text('Cursor of the page before') })
  @ApiQuery({ name: 'limit', required: false, schema: { type: 'integer', minimum: 1, maximum: 200, default: 50 } })
  @ApiResponse({ status: 200, description: 'A page', headers: link, schema: object })
  @ApiForCallers()
  @ApiProblems(404, 409)
  async deliveries(@Req() request: Request, @Res({ passthrough: true }) response: Response) {
    const { event: named, after, limit } = parametersOf(request, { event, after: parameters.cursor, limit: parameters.limit });
    const of = await mine(this.delivery, request, 'webhook');
    return answerPage(await attemptsOf(this.delivery.pool, keptUnder(of), named, { after, limit: pageSize({ limit }) }), request, response);
  }

  @Post(':id/ping')
  @HttpCode(200)
  @MayCall(...roles)
  @ApiOperation({
    operationId: 'subscriptionPing',
    summary: 'Send a made-up event to the endpoint, and say what came of it',
    description:
      'An endpoint that was not spoken to yet is asked first whether it wants events. Where it answers well, what waited for it is sent at once.',
  })
  @aSubscription
  @ApiResponse({ status: 200, description: 'What came of it', schema: object })
  @ApiForCallers()
  @ApiProblems(404, 409)
  async ping(@Req() request: Request, @Res({ passthrough: true }) response: Response) {
    const of = await mine(this.delivery, request, 'webhook');
    const ready = await this.delivery.endpoints.of(of);
    if (typeof ready === 'string') throw new Problem('ENDPOINT_NOT_READY', { values: { why: ready } });
    const hands = await this.delivery.endpoints.shakeHands(of, ready);
    const came = hands.agreed ? await this.delivery.endpoints.ping(of, ready) : hands.came;
    if (hands.agreed && isSuccess(came)) await tryAgain(this.delivery.pool, of.id, undefined, 'waiting');
    personal(response);
    return {
      agreed: hands.agreed,
      arrived: hands.agreed && isSuccess(came),
      came: wordsOf(came),
      ms: came.ms,
      ...(came.is === 'answer' && { excerpt: came.excerpt }),
    };
  }

  @Post(':id/retry')
  @HttpCode(200)
  @MayCall(...roles)
  @ApiOperation({ operationId: 'subscriptionRetry', summary: 'Try at once what failed or was set aside' })
  @aSubscription
  @ApiBody({ type: RetryForm, required: false })
  @ApiResponse({ status: 200, description: 'How many events', schema: { type: 'object', properties: { events: { type: 'integer' } } } })
  @ApiForCallers()
  @ApiProblems(404, 409, 413, 415)
  async retry(@Req() request: Request) {
    const of = await mine(this.delivery, request);
    refuseResting(of);
    const { stream } = parse(RetryForm, bodyOf(request));
    return { events: await tryAgain(this.delivery.pool, of.id, stream, 'all') };
  }

  @Post(':id/secrets')
  @MayCall(...roles)
  @ApiOperation({
    operationId: 'subscriptionIssueSecret',
    summary: 'Issue what deliveries are signed with from now on; it is shown this once',
    description:
      'The one before signs too until it retires, so that none is missed meanwhile. With Ed25519 the private half never leaves; what receivers verify with is shown whenever it is asked for.',
  })
  @aSubscription
  @ApiBody({ type: SecretForm, required: false })
  @ApiResponse({
    status: 201,
    description: 'Issued',
    schema: {
      type: 'object',
      required: ['id', 'keptAt'],
      properties: {
        id: { type: 'string', format: 'uuid' },
        keptAt: { type: 'string', format: 'date-time' },
        secret: { type: 'string', description: '`whsec_…`, this once; left out with Ed25519' },
        publicKey: { type: 'string', description: '`whpk_…`, with Ed25519' },
      },
    },
  })
  @ApiForCallers()
  @ApiProblems(404, 409, 413, 415)
  async issueSecret(@Req() request: Request, @Res({ passthrough: true }) response: Response) {
    const of = await mine(this.delivery, request, 'webhook');
    const { secret: given, hours = 24 } = parse(SecretForm, bodyOf(request));
    if (given !== undefined && (of.signature !== 'hmac' || readSecret(given)?.kind !== 'hmac')) throw malformed('secret', 'NOT_A_SECRET');
    const secret = given ?? newSecret(of.signature, randomBytes);
    const kept = await this.delivery.secrets.rotate(keptUnder(of), secret, publicOf(readSecret(secret)!), hours * hour);
    personal(response);
    response.setHeader('Cache-Control', 'no-store');
    return { ...kept, ...(of.signature === 'hmac' && { secret }) };
  }

  @Get(':id/secrets')
  @MayCall(...roles)
  @ApiOperation({ operationId: 'subscriptionSecrets', summary: 'With what deliveries are signed now, without what is secret in it' })
  @aSubscription
  @ApiResponse({ status: 200, description: 'The newest first', schema: object })
  @ApiForCallers()
  @ApiProblems(404, 409)
  async secrets(@Req() request: Request, @Res({ passthrough: true }) response: Response) {
    parametersOf(request, {});
    const of = await mine(this.delivery, request, 'webhook');
    personal(response);
    return { items: await this.delivery.secrets.list(keptUnder(of)) };
  }
}
