import { createHmac, createPrivateKey, createPublicKey, createSecretKey, sign, type KeyObject } from 'node:crypto';

/** Standard Webhooks knows two: one secret that both sides hold, or a key pair of which the receiver holds the public half. */
export type SecretKind = 'hmac' | 'ed25519';

/** What deliveries are signed with. It prints as no more than its kind: its text is kept wherever secrets are kept. */
export interface Secret {
  readonly kind: SecretKind;
  readonly key: KeyObject;
}

/** What a receiver needs to tell a delivery from anything else. */
export interface WebhookHeaders {
  readonly 'webhook-id': string;
  readonly 'webhook-timestamp': string;
  readonly 'webhook-signature': string;
}

const newHmacBytes = 32;
const fewestHmacBytes = 24;
const mostHmacBytes = 64;
const seedBytes = 32;
const keyPairBytes = 64;

// A private key of Ed25519 in DER (PKCS #8) is these bytes and its seed.
const pkcs8Head = Buffer.from('302e020100300506032b657004220420', 'hex');

const privateKeyOf = (seed: Buffer): KeyObject => createPrivateKey({ key: Buffer.concat([pkcs8Head, seed]), format: 'der', type: 'pkcs8' });

const publicBytesOf = (key: KeyObject): Buffer => Buffer.from(createPublicKey(key).export({ format: 'jwk' }).x!, 'base64url');

/** Undefined where it is not base64 as it is written: with padding, and nothing else besides. */
const bytesOf = (text: string): Buffer | undefined => {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : undefined;
};

/**
 * A new secret as text, the only time it is seen: `whsec_` and base64 of 32 bytes, or `whsk_` and base64 of 64 (the seed, then the public
 * key).
 */
export const newSecret = (kind: SecretKind, randomBytes: (size: number) => Buffer): string => {
  switch (kind) {
    case 'hmac':
      return `whsec_${randomBytes(newHmacBytes).toString('base64')}`;
    case 'ed25519': {
      const seed = randomBytes(seedBytes);
      return `whsk_${Buffer.concat([seed, publicBytesOf(privateKeyOf(seed))]).toString('base64')}`;
    }
  }
};

const hmacSecret = (bytes: Buffer): Secret | undefined =>
  bytes.length >= fewestHmacBytes && bytes.length <= mostHmacBytes ? { kind: 'hmac', key: createSecretKey(bytes) } : undefined;

const keyPairSecret = (bytes: Buffer): Secret | undefined => {
  if (bytes.length !== keyPairBytes) return undefined;
  const key = privateKeyOf(bytes.subarray(0, seedBytes));
  return publicBytesOf(key).equals(bytes.subarray(seedBytes)) ? { kind: 'ed25519', key } : undefined;
};

/**
 * `whsec_` and base64 of 24 to 64 bytes, or `whsk_` and base64 of the 64 bytes of a key pair whose halves belong together; undefined for
 * anything else.
 */
export const readSecret = (text: string): Secret | undefined => {
  const [, prefix, encoded = ''] = /^(whsec|whsk)_([A-Za-z0-9+/]{32,88}={0,2})$/.exec(text) ?? [];
  const bytes = bytesOf(encoded);
  if (prefix === undefined || bytes === undefined) return undefined;
  return prefix === 'whsec' ? hmacSecret(bytes) : keyPairSecret(bytes);
};

/** What receivers verify with, for anybody to see: `whpk_` and base64 of 32 bytes. Undefined where both sides hold one secret. */
export const publicOf = ({ kind, key }: Secret): string | undefined =>
  kind === 'ed25519' ? `whpk_${publicBytesOf(key).toString('base64')}` : undefined;

const signatureBy = ({ kind, key }: Secret, signed: Buffer): string => {
  switch (kind) {
    case 'hmac':
      return `v1,${createHmac('sha256', key).update(signed).digest('base64')}`;
    case 'ed25519':
      return `v1a,${sign(null, signed, key).toString('base64')}`;
  }
};

/**
 * One signature per secret, separated by spaces: while a secret is replaced, the old one and the new one sign, and a receiver finds its
 * own among them.
 *
 * @param id the delivery's, the same at every attempt
 * @param seconds of this attempt, since 1970
 * @throws RangeError when there is nothing to sign with, or when id and time could be read in two ways
 */
export const signatures = (secrets: readonly Secret[], id: string, seconds: number, body: string): string => {
  if (secrets.length === 0) throw new RangeError('nothing is delivered unsigned');
  // The parts are joined by dots: one within the id would let the same signature stand for another time and body.
  if (!/^[!-~]+$/.test(id) || id.includes('.')) throw new RangeError(`${JSON.stringify(id)} cannot be the id of a delivery`);
  if (!Number.isSafeInteger(seconds) || seconds < 0) throw new RangeError(`${seconds} is no number of seconds since 1970`);
  const signed = Buffer.from(`${id}.${seconds}.${body}`);
  return secrets.map((secret) => signatureBy(secret, signed)).join(' ');
};

/** The headers of Standard Webhooks for one attempt; parameters and errors as `signatures`. */
export const webhookHeaders = (secrets: readonly Secret[], id: string, seconds: number, body: string): WebhookHeaders => ({
  'webhook-id': id,
  'webhook-timestamp': String(seconds),
  'webhook-signature': signatures(secrets, id, seconds, body),
});
