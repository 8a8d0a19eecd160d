import { type CanActivate, type ExecutionContext, Injectable, SetMetadata } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { dryRunOf } from './headers';
import { malformed } from './problems';

const triedKey = 'puente:tried';

/** A route that can be tried with `Puente-Dry-Run: true`: it answers what it would do, and does nothing. */
export const CanBeTried = () => SetMetadata(triedKey, true);

/** A dry run is asked of what can be tried, or of what changes nothing anyway. */
@Injectable()
export class DryRunGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  /** @throws Problem MALFORMED for a dry run of what would be done for real */
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<Request>();
    if (request.method === 'GET' || request.method === 'HEAD' || !dryRunOf(request)) return true;
    if (this.reflector.get<true | undefined>(triedKey, context.getHandler())) return true;
    throw malformed('Puente-Dry-Run', 'CANNOT_BE_TRIED');
  }
}
