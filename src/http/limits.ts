import type { ExecutionContext } from '@nestjs/common';
import { ThrottlerModule } from '@nestjs/throttler';
import type { Request } from 'express';
import { actorOf } from './auth';
import { SubscriptionClaimRoutes } from './subscription-claims';

export interface Limit {
  readonly requests: number;
  readonly milliseconds: number;
}
/** Enough for an import over HTTP; stops a loop that went wild. */
export const usualLimit: Limit = { requests: 6_000, milliseconds: 60_000 };
/** Workers of a subscription claim and acknowledge as often as something is recorded, counted by themselves. */
const timesForClaims = 10;

const isOfClaims = (context: ExecutionContext): boolean => context.getClass() === SubscriptionClaimRoutes;

/** So many requests of one actor, over all routes but those of claims; of one address where nobody is recognised. */
export const limited = ({ requests, milliseconds: ttl }: Limit) =>
  ThrottlerModule.forRoot({
    throttlers: [{ limit: (context) => (isOfClaims(context) ? timesForClaims * requests : requests), ttl }],
    getTracker: (request) => actorOf(request as unknown as Request) ?? String((request as unknown as Request).ip),
    generateKey: (context, tracker) => (isOfClaims(context) ? `claims ${tracker}` : tracker),
  });
