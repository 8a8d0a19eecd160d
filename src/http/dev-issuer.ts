import { randomBytes, randomUUID } from 'node:crypto';
import { link, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type CryptoKey, exportJWK, generateKeyPair, importJWK, type JWK, SignJWT } from 'jose';
import type { Role } from '../kernel/fields';
import { makeHome } from '../store/folders';
import { type Identity, Tokens, verify } from './tokens';

export const devIssuer = 'urn:puente:dev-issuer';
export const devAudience = 'puente';
const algorithm = 'ES256';

/** The private key of this installation's own issuer, made on first use; processes that start at once end with one. */
const privateKey = async (home: string, made: () => void = () => undefined): Promise<JWK> => {
  const path = join(home, 'dev-issuer.json');
  const read = async () => JSON.parse(await readFile(path, 'utf8')) as JWK;
  return read().catch(async (error: unknown) => {
    // Where the folder itself is in the way, making it says so.
    if (!['ENOENT', 'ENOTDIR', 'EACCES'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    await makeKey(home, path);
    made();
    return read();
  });
};

const makeKey = async (home: string, path: string): Promise<void> => {
  const pair = await generateKeyPair(algorithm, { extractable: true });
  await makeHome(home);
  const draft = join(home, `.dev-issuer-${randomBytes(8).toString('hex')}`);
  const file = await open(draft, 'wx', 0o600);
  try {
    await file.writeFile(`${JSON.stringify({ ...(await exportJWK(pair.privateKey)), kid: randomUUID(), alg: algorithm })}\n`);
    // A link appears whole or not at all, and never in place of a key that another process made meanwhile.
    await link(draft, path).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    });
  } finally {
    await file.close();
    await rm(draft, { force: true });
  }
};

/**
 * A token for trying things out, which only a server on this machine takes, and only while no OIDC_ISSUER is set.
 * @param given.subject whose it is (default `dev-<role>`)
 * @param given.log gets a line when the issuer was made for it
 * @param given.expiresIn as `8h`, `15m`, or seconds since 1970 (default eight hours)
 */
export const mintDevToken = async (given: {
  home: string;
  role: Role;
  subject?: string;
  expiresIn?: string | number;
  log?: (line: string) => void;
}): Promise<string> => {
  const key = await privateKey(given.home, () =>
    given.log?.(`a new development issuer was made in ${given.home}: its tokens are taken by a server with this PUENTE_HOME`),
  );
  return new SignJWT({ roles: [given.role] })
    .setProtectedHeader({ alg: algorithm, typ: 'at+jwt', ...(key.kid === undefined ? {} : { kid: key.kid }) })
    .setIssuer(devIssuer)
    .setAudience(devAudience)
    .setSubject(given.subject ?? `dev-${given.role}`)
    .setIssuedAt()
    .setExpirationTime(given.expiresIn ?? '8h')
    .sign(await importJWK(key, algorithm));
};

/** Takes the tokens that `mintDevToken` gives. Never for a server that others can reach. */
export class DevTokens extends Tokens {
  private constructor(
    private readonly key: CryptoKey | Uint8Array,
    private readonly now: () => Date,
  ) {
    super();
  }

  static async of(home: string, now: () => Date): Promise<DevTokens> {
    const { kty, crv, x, y } = await privateKey(home);
    return new DevTokens(await importJWK({ kty, crv, x, y } as JWK, algorithm), now);
  }

  override check(token: string): Promise<Identity> {
    return verify(token, () => Promise.resolve(this.key), { issuer: devIssuer, audience: devAudience, now: this.now });
  }
}
