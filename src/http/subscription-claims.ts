import { randomUUID } from 'node:crypto';
import { Controller, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiBody, ApiHeader, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { type Claim, NoSuchClaim, NotInClaim } from '../delivery/claims';
import type { Delivery } from '../delivery/delivery';
import { cloudEvent } from '../delivery/envelope';
import { LostPlace } from '../delivery/subscribed';
import type { Standing } from '../delivery/subscriptions';
import { parse } from '../engine/parse';
import { roles } from '../kernel/fields';
import { namedEvent } from '../kernel/fields-events';
import { nameOf } from '../store/port';
import { uuidAt } from './addresses';
import { callerOf } from './auth';
import { bodyOf } from './body';
import { anEvent, ApiForCallers, ApiProblems, text } from './documented';
import { waitOf } from './headers';
import { MayCall } from './may-call';
import { malformed, Problem } from './problems';
import { aSubscription, deliveryKey, mine, refuseResting } from './subscription-access';
import { AcknowledgeForm, ClaimForm, ExtendForm, usualClaim } from './subscription-forms';
import { personal } from './things';

const aClaim = ApiParam({ name: 'claim', description: 'The claim', schema: { type: 'string', format: 'uuid' } });

/** Events of pull subscriptions, for workers who take them in hand. */
@ApiTags('subscriptions')
@Controller('v1/subscriptions')
export class SubscriptionClaimRoutes {
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
              event: anEvent,
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
    const of = await mine(this.delivery, request, 'pull');
    const { limit = usualClaim.limit, seconds = usualClaim.seconds } = parse(ClaimForm, bodyOf(request));
    refuseResting(of);
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
    description:
      'What failed is handed out again later, and what is behind it in its stream after it; what failed as often as the schedule has attempts, ten where nobody set another, is set aside.',
  })
  @aSubscription
  @aClaim
  @ApiBody({ type: AcknowledgeForm, required: false })
  @ApiResponse({ status: 204, description: 'Done' })
  @ApiForCallers()
  @ApiProblems(404, 409, 410, 413, 415)
  async acknowledge(@Req() request: Request): Promise<void> {
    const of = await mine(this.delivery, request, 'pull');
    const claim = uuidAt(request, 'claim');
    const { failed = [] } = parse(AcknowledgeForm, bodyOf(request));
    const events = failed.map(({ event, error, seconds }) => ({ ...namedEvent(event)!, error, seconds }));
    if (new Set(events.map(nameOf)).size < events.length) throw malformed('failed', 'REPEATED');
    await told(of, () => this.delivery.pulling.acknowledge(of, claim, events));
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
    const of = await mine(this.delivery, request, 'pull');
    const { seconds } = parse(ExtendForm, bodyOf(request));
    await told(of, () => this.delivery.claims.extend(of, uuidAt(request, 'claim'), seconds * 1_000));
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

/** What goes wrong with a claim, as a problem. @throws Problem CLAIM_NOT_HELD, NOT_IN_CLAIM, PLACE_LOST */
const told = async <Result>({ id }: Standing, work: () => Promise<Result>): Promise<Result> => {
  try {
    return await work();
  } catch (error) {
    if (error instanceof NoSuchClaim) throw new Problem('CLAIM_NOT_HELD', { values: { claim: error.claim } });
    if (error instanceof NotInClaim) throw new Problem('NOT_IN_CLAIM', { values: { claim: error.claim, event: error.event } });
    if (error instanceof LostPlace) throw new Problem('PLACE_LOST', { values: { id } });
    throw error;
  }
};
