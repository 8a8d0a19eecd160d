import { ThrottlerModule } from '@nestjs/throttler';
import type { Request } from 'express';
import { actorOf } from './auth';

export interface Limit {
  readonly requests: number;
  readonly milliseconds: number;
}
/** Enough for an import over HTTP; stops a loop that went wild. */
export const usualLimit: Limit = { requests: 6_000, milliseconds: 60_000 };

/** So many requests of one actor, over all routes; of one address where nobody is recognised. */
export const limited = ({ requests, milliseconds }: Limit) =>
  ThrottlerModule.forRoot({
    throttlers: [{ limit: requests, ttl: milliseconds }],
    getTracker: (request) => actorOf(request as unknown as Request) ?? String((request as unknown as Request).ip),
    generateKey: (_, tracker) => tracker,
  });
