import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import type { Role } from '../kernel/fields';
import { Actors } from '../vault/actors';
import { DevTokens } from './dev-issuer';
import { type Callers, callersKey } from './may-call';
import { Problem } from './problems';
import { challenge, isLoopback, mayAsk, OidcTokens, Tokens } from './tokens';

/** Who calls, as events will name them. */
export interface Caller {
  readonly actor: string;
  readonly roles: readonly Role[];
}

const callers = new WeakMap<Request, Caller>();
/** Who calls a route that is not open to everybody. */
export const callerOf = (request: Request): Caller => {
  const caller = callers.get(request);
  if (!caller) throw new Error(`${request.path} is open to everybody and asked who calls`);
  return caller;
};
/** For limits: also where nobody was recognised. */
export const actorOf = (request: Request): string | undefined => callers.get(request)?.actor;

/** Lets past who may call the route: nobody, where it does not say. */
@Injectable()
export class AuthGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly tokens: Tokens,
    private readonly actors: Actors,
  ) {}

  /** @throws Problem UNAUTHENTICATED, TOKEN_NOT_GOOD, TOKEN_NOT_OF_THIS_ISSUER, TOKEN_EXPIRED, NO_ROLE, FORBIDDEN, UNAVAILABLE */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const may = this.reflector.getAllAndOverride<Callers | undefined>(callersKey, [context.getHandler(), context.getClass()]);
    if (may === 'everybody') return true;
    const request = context.switchToHttp().getRequest<Request>();
    const token = /^Bearer +([A-Za-z0-9._~+/=-]+) *$/i.exec(request.get('authorization') ?? '')?.[1];
    if (token === undefined) throw new Problem('UNAUTHENTICATED', { headers: { 'WWW-Authenticate': challenge() } });
    const { issuer, subject, roles } = await this.tokens.check(token);
    if (may !== 'signed-in') this.checkRoles(may ?? [], roles);
    callers.set(request, { actor: await this.actors.actorFor(issuer, subject), roles });
    return true;
  }

  /** @throws Problem NO_ROLE, FORBIDDEN */
  private checkRoles(may: readonly Role[], roles: readonly Role[]): void {
    const refused = { 'WWW-Authenticate': challenge('insufficient_scope') };
    if (roles.length === 0) throw new Problem('NO_ROLE', { headers: refused });
    if (!may.some((role) => roles.includes(role))) throw new Problem('FORBIDDEN', { values: { roles: may.join(', ') }, headers: refused });
  }
}

/** The server was asked to run in a way it must not; the message names the remedy. Ends the process with 2. */
export class AskedWrongly extends Error {}

/**
 * Which tokens a server takes: those of `issuer`, or, on this machine only, those of its own development issuer.
 * @throws AskedWrongly where others could reach a server that takes development tokens, or the issuer cannot be trusted
 */
export const tokensFor = async (given: {
  host: string;
  home: string;
  issuer?: string | undefined;
  audience?: string | undefined;
  now: () => Date;
}): Promise<Tokens> => {
  const { host, home, issuer, audience, now } = given;
  if (issuer !== undefined) {
    if (!mayAsk(issuer)) throw new AskedWrongly('OIDC_ISSUER must be an https address, as the issuer writes itself in its tokens');
    if (audience === undefined)
      throw new AskedWrongly('OIDC_ISSUER needs OIDC_AUDIENCE: without it, tokens given for other services would be taken');
    return new OidcTokens(issuer, audience, now);
  }
  if (!isLoopback(host)) {
    throw new AskedWrongly(
      `HOST=${host} can be reached from elsewhere, where development tokens are not taken: set OIDC_ISSUER and OIDC_AUDIENCE, or HOST=127.0.0.1`,
    );
  }
  return DevTokens.of(home, now);
};
