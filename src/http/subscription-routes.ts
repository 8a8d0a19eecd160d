import { randomBytes, randomUUID } from 'node:crypto';
import { Controller, Get, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiBody, ApiHeader, ApiOperation, ApiParam, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { attemptsOf } from '../delivery/attempts';
import { type Claim, NoSuchClaim } from '../delivery/claims';
import type { Delivery } from '../delivery/delivery';
import { isSuccess, wordsOf } from '../delivery/endpoint';
import { cloudEvent } from '../delivery/envelope';
import { nextAttempt, usualSchedule } from '../delivery/schedule';
import { newSecret, publicOf, readSecret } from '../delivery/signing';
import { statusOf, tryAgain } from '../delivery/standing';
import { LostPlace } from '../delivery/subscribed';
import type { Standing } from '../delivery/subscriptions';
import { parse } from '../engine/parse';
import { roles } from '../kernel/fields';
import { namedEvent } from '../kernel/fields-events';
import { pageSize, type Parameter, parameters, parametersOf, thingIn, uuidAt } from './addresses';
import { callerOf } from './auth';
import { bodyOf } from './body';
import { ApiForCallers, ApiProblems, text } from './documented';
import { link } from './documented-reads';
import { waitOf } from './headers';
import { MayCall } from './may-call';
import { malformed, notFound, Problem } from './problems';
import { answerPage } from './reads';
import { AcknowledgeForm, ClaimForm, ExtendForm, RetryForm, SecretForm, usualClaim } from './subscription-forms';
import { personal } from './things';

export const deliveryKey = Symbol('delivery of events');
const aSubscription = ApiParam({ name: 'id', description: 'The subscription', schema: { type: 'string' } });
const aClaim = ApiParam({ name: 'claim', description: 'The claim', schema: { type: 'string', format: 'uuid' } });
const object = { type: 'object' as const, additionalProperties: true };
const event: Parameter<{ readonly stream: string; readonly revision: number }> = [namedEvent, 'NOT_AN_EVENT'];
const hour = 3_600_000;

/** What is done with a subscription besides recording what becomes of it: its events, its secrets, how it fares. */
@ApiTags('subscriptions')
@Controller('v1/subscriptions')
export class SubscriptionRoutes {
  constructor(@Inject(deliveryKey) private readonly delivery: Delivery) {}

  @Post(':id/claims')
  @HttpCode(200)
  @MayCall(...roles)
  @ApiOperation({
    operationId: 'subscriptionClaim',
    summary: 'Take the next events of a pull subscription in hand',
    description:
      'Events of one stream are in the hands of one worker at a time, in their order; several workers share the others. What is not acknowledged in time goes to another worker, with `attempts` one higher.',
  })
  @aSubscription
  @ApiBody({ type: ClaimForm, required: false })
  @ApiHeader({
    name: 'Prefer',
    required: false,
    ...text('`wait=n`: how many seconds to wait for something, at most 30; none when not said'),
  })
  @ApiResponse({
    status: 200,
    description: 'A claim and its events',
    schema: {
      type: 'object',
      required: ['claim', 'items'],
      properties: {
        claim: { type: 'string', format: 'uuid' },
        items: {
          type: 'array',
          items: {
            type: 'object',
            required: ['event', 'attempts'],
            properties: {
              event: { ...object, description: 'CloudEvents 1.0, see docs/contracts/cloudevent.schema.json' },
              attempts: { type: 'integer', description: 'How often it was handed out before' },
              replay: {
                type: 'boolean',
                enum: [true],
                description: 'It was delivered before, and was ordered once more; left out otherwise',
              },
            },
          },
        },
      },
    },
  })
  @ApiResponse({ status: 204, description: 'Nothing to do now' })
  @ApiForCallers()
  @ApiProblems(404, 409, 410, 413, 415)
  async claim(@Req() request: Request, @Res({ passthrough: true }) response: Response) {
    const of = await this.mine(request, 'pull');
    const { limit = usualClaim.limit, seconds = usualClaim.seconds } = parse(ClaimForm, bodyOf(request));
    if (of.is !== 'active') throw new Problem('SUBSCRIPTION_RESTS', { values: { id: of.id, is: of.is } });
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    const asked = { claim: randomUUID(), worker: callerOf(request).actor, limit, life: seconds * 1_000 };
    personal(response);
    const claim = await told(of, () => this.delivery.pulling.claim(of, asked, waitOf(request, 0) * 1_000, gone.signal));
    if (!claim) {
      response.status(204);
      return undefined;
    }
    return this.shown(of, claim);
  }

  @Post(':id/claims/:claim/acknowledge')
  @HttpCode(204)
  @MayCall(...roles)
  @ApiOperation({
    operationId: 'subscriptionAcknowledge',
    summary: 'Say that the events of a claim are done, but for those that failed',
    description: 'What failed is handed out again later, and what is behind it in its stream after it; what failed ten times is set aside.',
  })
  @aSubscription
  @aClaim
  @ApiBody({ type: AcknowledgeForm, required: false })
  @ApiResponse({ status: 204, description: 'Done' })
  @ApiForCallers()
  @ApiProblems(404, 409, 410, 413, 415)
  async acknowledge(@Req() request: Request): Promise<void> {
    const of = await this.mine(request, 'pull');
    const claim = uuidAt(request, 'claim');
    const { failed = [] } = parse(AcknowledgeForm, bodyOf(request));
    const settled = failed.map(({ event, error, seconds }) => {
      const { stream, revision } = namedEvent(event)!;
      const now = new Date();
      const again = (attempts: number) =>
        seconds === undefined ? nextAttempt(usualSchedule, attempts, now, Math.random()) : new Date(now.getTime() + seconds * 1_000);
      return { stream, revision, outcome: { is: 'failed' as const, error, again } };
    });
    await told(of, () =>
      settled.length === 0 ? this.delivery.claims.finish(of, claim) : this.delivery.claims.settle(of, claim, settled, undefined, 'done'),
    );
  }

  @Post(':id/claims/:claim/extend')
  @HttpCode(204)
  @MayCall(...roles)
  @ApiOperation({ operationId: 'subscriptionExtend', summary: 'Keep the events of a claim in hand for longer' })
  @aSubscription
  @aClaim
  @ApiBody({ type: ExtendForm })
  @ApiResponse({ status: 204, description: 'Extended' })
  @ApiForCallers()
  @ApiProblems(404, 409, 413, 415)
  async extend(@Req() request: Request): Promise<void> {
    const of = await this.mine(request, 'pull');
    const { seconds } = parse(ExtendForm, bodyOf(request));
    await told(of, () => this.delivery.claims.extend(of, uuidAt(request, 'claim'), seconds * 1_000));
  }

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
    const of = await this.mine(request);
    const { pool, store } = this.delivery;
    personal(response);
    const fares = await statusOf(pool, store, of);
    if (of.delivery === 'pull') return { id: of.id, is: of.is, delivery: of.delivery, ...fares };
    const ready = await this.delivery.endpoints.of(of);
    return { id: of.id, is: of.is, delivery: of.delivery, ...fares, ...(typeof ready === 'string' && { lacks: ready }) };
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
    const of = await this.mine(request, 'webhook');
    const { event: named, after, limit } = parametersOf(request, { event, after: parameters.cursor, limit: parameters.limit });
    return answerPage(await attemptsOf(this.delivery.pool, of.id, named, { after, limit: pageSize({ limit }) }), request, response);
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
    const of = await this.mine(request, 'webhook');
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
  @ApiProblems(404, 413, 415)
  async retry(@Req() request: Request) {
    const of = await this.mine(request);
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
    const of = await this.mine(request, 'webhook');
    const { secret: given, hours = 24 } = parse(SecretForm, bodyOf(request));
    if (given !== undefined && (of.signature !== 'hmac' || readSecret(given)?.kind !== 'hmac')) throw malformed('secret', 'NOT_A_SECRET');
    const secret = given ?? newSecret(of.signature, randomBytes);
    const kept = await this.delivery.secrets.rotate(of.id, secret, publicOf(readSecret(secret)!), hours * hour);
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
    const of = await this.mine(request, 'webhook');
    personal(response);
    return { items: await this.delivery.secrets.list(of.id) };
  }

  /** @throws Problem NOT_FOUND, NOT_YOUR_SUBSCRIPTION, DELIVERED_OTHERWISE */
  private async mine(request: Request, delivered?: Standing['delivery']): Promise<Standing> {
    const id = thingIn(request);
    const of = await this.delivery.subscriptions.find(id, 'stored');
    if (!of) throw notFound('subscription', id);
    const { actor, roles: given } = callerOf(request);
    const isOwner = actor === of.owner && given.some((role) => of.reader.roles.includes(role));
    if (!isOwner && !given.includes('admin')) throw new Problem('NOT_YOUR_SUBSCRIPTION', { values: { id } });
    if (delivered !== undefined && of.delivery !== delivered) throw new Problem('DELIVERED_OTHERWISE', { values: { id, is: of.delivery } });
    return of;
  }

  private shown(of: Standing, { id, events }: Claim) {
    return {
      claim: id,
      items: events.map(({ event, attempts, replay }) => ({
        event: cloudEvent(event, of.reader, this.delivery.origin),
        attempts,
        ...(replay && { replay }),
      })),
    };
  }
}

/** What goes wrong with a claim, as a problem. @throws Problem CLAIM_NOT_HELD, PLACE_LOST */
const told = async <Result>({ id }: Standing, work: () => Promise<Result>): Promise<Result> => {
  try {
    return await work();
  } catch (error) {
    if (error instanceof NoSuchClaim) throw new Problem('CLAIM_NOT_HELD', { values: { claim: error.claim } });
    if (error instanceof LostPlace) throw new Problem('PLACE_LOST', { values: { id } });
    throw error;
  }
};
