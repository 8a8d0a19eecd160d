import {
  createRemoteJWKSet,
  decodeJwt,
  decodeProtectedHeader,
  errors,
  type JWTPayload,
  type JWTVerifyGetKey,
  type JWTVerifyOptions,
  jwtVerify,
} from 'jose';
import { type Role, roles } from '../kernel/fields';
import { Problem } from './problems';

/** Whom a token was given to and what they are here. */
export interface Identity {
  readonly issuer: string;
  readonly subject: string;
  /** Of the claim `roles`; those unknown here are left out. */
  readonly roles: readonly Role[];
}

/** Says whose a token is. */
export abstract class Tokens {
  /** @throws Problem TOKEN_NOT_GOOD, TOKEN_NOT_OF_THIS_ISSUER, TOKEN_EXPIRED for a token that is not taken; UNAVAILABLE where its issuer's keys cannot be had */
  abstract check(token: string): Promise<Identity>;
}

export const algorithms = ['ES256', 'ES384', 'ES512', 'RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'EdDSA', 'Ed25519'];
const types = ['at+jwt', 'jwt'];
const longestToken = 16_384;
export const longestSubject = 1000;
const clockTolerance = 5;

const rolesOf = ({ roles: claimed }: JWTPayload & { roles?: unknown }): readonly Role[] => {
  const named: readonly unknown[] = Array.isArray(claimed) ? claimed : [claimed];
  return roles.filter((role) => named.includes(role));
};

/**
 * Signature, issuer, audience, expiry, algorithm and type; all of them must be there.
 * @throws Problem TOKEN_NOT_GOOD, TOKEN_NOT_OF_THIS_ISSUER, TOKEN_EXPIRED; and whatever `key` throws besides errors of jose
 */
export const verify = async (
  token: string,
  key: JWTVerifyGetKey,
  { issuer, audience, now }: { issuer: string; audience: string; now: () => Date },
): Promise<Identity> => {
  try {
    if (token.length > longestToken) throw new errors.JWTInvalid('too long');
    const { typ } = decodeProtectedHeader(token);
    // jose compares with one type only; ID tokens of some issuers say JWT too, and are kept out by their audience.
    if (!types.includes((typeof typ === 'string' ? typ : '').toLowerCase().replace(/^application\//, '')))
      throw new errors.JWTInvalid('not an access token');
    const checks: JWTVerifyOptions = {
      issuer,
      audience,
      algorithms,
      clockTolerance,
      currentDate: now(),
      requiredClaims: ['exp', 'sub', 'iss', 'aud'],
    };
    // Only to say what is wrong: what the token says of itself is believed once its signature is checked.
    if (decodeJwt(token).iss !== issuer) throw new errors.JWKSNoMatchingKey();
    const { payload } = await jwtVerify(token, key, checks);
    if (typeof payload.sub !== 'string' || payload.sub === '' || payload.sub.length > longestSubject)
      throw new errors.JWTInvalid('no subject');
    return { issuer, subject: payload.sub, roles: rolesOf(payload) };
  } catch (error) {
    if (error instanceof errors.JWTExpired) throw refused('TOKEN_EXPIRED');
    if (error instanceof Problem || (error instanceof errors.JOSEError && isTrouble(error)))
      throw error instanceof Problem ? error : unreachable(error);
    if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWSSignatureVerificationFailed)
      throw refused('TOKEN_NOT_OF_THIS_ISSUER');
    if (error instanceof errors.JOSEError || error instanceof TypeError) throw refused('TOKEN_NOT_GOOD');
    throw error;
  }
};

const refused = (code: 'TOKEN_EXPIRED' | 'TOKEN_NOT_GOOD' | 'TOKEN_NOT_OF_THIS_ISSUER') =>
  new Problem(code, { headers: { 'WWW-Authenticate': challenge('invalid_token') } });

/** The keys could not be had: not the caller's fault. Any other error of jose is about the token. */
const isTrouble = (error: errors.JOSEError) =>
  error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid || error.code === 'ERR_JOSE_GENERIC';
const unreachable = (cause: unknown) => Object.assign(new Problem('UNAVAILABLE', { headers: { 'Retry-After': '5' } }), { cause });

export const challenge = (error?: 'invalid_token' | 'insufficient_scope') =>
  `Bearer realm="puente"${error === undefined ? '' : `, error="${error}"`}`;

const discoveryPatience = 5_000;
const discoveryLife = 3_600_000;

/** Tokens of an OpenID provider, whose keys are found through its discovery document and kept for a while. */
export class OidcTokens extends Tokens {
  private discovered: { readonly keys: Promise<JWTVerifyGetKey>; readonly until: number } | undefined;

  constructor(
    private readonly issuer: string,
    private readonly audience: string,
    private readonly now: () => Date,
  ) {
    super();
  }

  override async check(token: string): Promise<Identity> {
    const keys = await this.keys();
    const remote: JWTVerifyGetKey = async (header, input) => {
      try {
        return await keys(header, input);
      } catch (error) {
        // What fetch throws is a TypeError, as what a bad token makes jose throw.
        throw error instanceof errors.JOSEError ? error : unreachable(error);
      }
    };
    return verify(token, remote, { issuer: this.issuer, audience: this.audience, now: this.now });
  }

  private keys(): Promise<JWTVerifyGetKey> {
    const at = this.now().getTime();
    if (this.discovered && at < this.discovered.until) return this.discovered.keys;
    const keys = this.discover();
    const discovered = { keys, until: at + discoveryLife };
    this.discovered = discovered;
    keys.catch(() => {
      if (this.discovered === discovered) this.discovered = undefined;
    });
    return keys;
  }

  private async discover(): Promise<JWTVerifyGetKey> {
    const address = `${this.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
    try {
      const answer = await fetch(address, { redirect: 'error', signal: AbortSignal.timeout(discoveryPatience) });
      if (!answer.ok) throw new Error(`${address} answered ${answer.status}`);
      const { issuer, jwks_uri: jwks } = (await answer.json()) as { issuer?: unknown; jwks_uri?: unknown };
      if (issuer !== this.issuer) throw new Error(`${address} speaks for another issuer`);
      if (typeof jwks !== 'string' || !mayAsk(jwks)) throw new Error(`${address} names no keys behind https`);
      return createRemoteJWKSet(new URL(jwks), { timeoutDuration: discoveryPatience });
    } catch (error) {
      throw unreachable(error);
    }
  }
}

export const isLoopback = (host: string) => /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/.test(host);

/** Keys and their addresses are fetched over https, or from this machine. */
export const mayAsk = (address: string): boolean => {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  return url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname));
};
