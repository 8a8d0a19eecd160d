import { createPublicKey, generateKeyPairSync, randomBytes, verify } from 'node:crypto';
import { inspect } from 'node:util';
import { Webhook } from 'standardwebhooks';
import { Webhook as SvixWebhook } from 'svix';
import { newSecret, publicOf, readSecret, type Secret, signatures, webhookHeaders } from './signing';

const now = new Date('2026-03-01T12:00:00Z');
const seconds = now.getTime() / 1_000;
const id = 'pairing-porto-1@7';
const body = JSON.stringify({ type: 'eu.puente.MissionHeld', subject: 'pairing/são-paulo', note: '🏙 …' });

const made = (kind: 'hmac' | 'ed25519') => {
  const text = newSecret(kind, randomBytes);
  return { text, secret: readSecret(text)! };
};

/** As a receiver does it that knows nothing but the text of the public key. */
const verifiesWith = (publicText: string, header: string, signed: string): boolean => {
  const x = Buffer.from(publicText.slice('whpk_'.length), 'base64').toString('base64url');
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  return header
    .split(' ')
    .filter((each) => each.startsWith('v1a,'))
    .some((each) => verify(null, Buffer.from(signed), key, Buffer.from(each.slice('v1a,'.length), 'base64')));
};

describe('a delivery', () => {
  beforeEach(() => jest.useFakeTimers({ now }));
  afterEach(() => jest.useRealTimers());

  it('signed with a shared secret is verified by the libraries receivers use', () => {
    const { text, secret } = made('hmac');
    const headers = { ...webhookHeaders([secret], id, seconds, body) };
    expect(headers).toMatchObject({ 'webhook-id': id, 'webhook-timestamp': String(seconds) });
    expect(new Webhook(text).verify(body, headers)).toEqual(JSON.parse(body));
    expect(new SvixWebhook(text).verify(body, headers)).toEqual(JSON.parse(body));
    for (const [forgedBody, forged] of [
      [`${body} `, headers],
      [body, { ...headers, 'webhook-id': 'pairing-porto-1@8' }],
      [body, { ...headers, 'webhook-timestamp': String(seconds + 1) }],
    ] as const) {
      expect(() => new Webhook(text).verify(forgedBody, forged)).toThrow('No matching signature');
      expect(() => new SvixWebhook(text).verify(forgedBody, forged)).toThrow('No matching signature');
    }
  });

  it.each([24, 33, 64])('is signed with a secret of %d bytes that the receiver chose', (size) => {
    const text = `whsec_${randomBytes(size).toString('base64')}`;
    const headers = { ...webhookHeaders([readSecret(text)!], id, seconds, body) };
    expect(new Webhook(text).verify(body, headers)).toEqual(JSON.parse(body));
  });

  it('signed with a key pair is verified with its public key', () => {
    const { secret } = made('ed25519');
    const publicText = publicOf(secret)!;
    expect(publicText).toMatch(/^whpk_[A-Za-z0-9+/]{43}=$/);
    const header = signatures([secret], id, seconds, body);
    expect(header).toMatch(/^v1a,[A-Za-z0-9+/]{86}==$/);
    expect(verifiesWith(publicText, header, `${id}.${seconds}.${body}`)).toBe(true);
    expect(verifiesWith(publicText, header, `${id}.${seconds}.${body} `)).toBe(false);
    expect(verifiesWith(publicOf(made('ed25519').secret)!, header, `${id}.${seconds}.${body}`)).toBe(false);
  });

  it('signed as others sign it: the same secret, the same signature', () => {
    const { text, secret } = made('hmac');
    expect(signatures([secret], id, seconds, body)).toBe(new Webhook(text).sign(id, now, body));
    expect(signatures([secret], id, seconds, body)).toBe(new SvixWebhook(text).sign(id, now, body));
  });

  it('is signed with the old and the new secret while one replaces the other, of whatever kind', () => {
    const [old, renewed, pair] = [made('hmac'), made('hmac'), made('ed25519')];
    const headers = { ...webhookHeaders([old.secret, renewed.secret, pair.secret], id, seconds, body) };
    expect(headers['webhook-signature'].split(' ').map((each) => each.split(',')[0])).toEqual(['v1', 'v1', 'v1a']);
    for (const { text } of [old, renewed]) {
      expect(new Webhook(text).verify(body, headers)).toEqual(JSON.parse(body));
      expect(new SvixWebhook(text).verify(body, headers)).toEqual(JSON.parse(body));
    }
    expect(verifiesWith(publicOf(pair.secret)!, headers['webhook-signature'], `${id}.${seconds}.${body}`)).toBe(true);
    expect(() => new Webhook(made('hmac').text).verify(body, headers)).toThrow('No matching signature');
  });

  it.each<[string, () => string]>([
    ['without a secret', () => signatures([], id, seconds, body)],
    ['with an id in which a time could hide', () => signatures([made('hmac').secret], '7.1700000000', seconds, body)],
    ['with an id that is no header', () => signatures([made('hmac').secret], 'a\r\nb', seconds, body)],
    ['with an empty id', () => signatures([made('hmac').secret], '', seconds, body)],
    ['at no whole second', () => signatures([made('hmac').secret], id, 1.5, body)],
    ['at no time', () => signatures([made('hmac').secret], id, NaN, body)],
  ])('is not signed %s', (_, signing) => expect(signing).toThrow(RangeError));
});

describe('a secret', () => {
  it('is made of what chance gives', () => {
    const counted = (size: number) => Buffer.from(Array.from({ length: size }, (_, index) => index));
    expect(newSecret('hmac', counted)).toBe('whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=');
    // The public key of this seed, as RFC 8032 computes it.
    expect(publicOf(readSecret(newSecret('ed25519', counted))!)).toBe('whpk_A6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg=');
  });

  it('of the first test of RFC 8032 signs as it says', () => {
    const seed = Buffer.from('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60', 'hex');
    expect(publicOf(readSecret(newSecret('ed25519', () => seed))!)).toBe(
      `whpk_${Buffer.from('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a', 'hex').toString('base64')}`,
    );
  });

  it('is read back, and shows nothing of itself when it is printed', () => {
    for (const kind of ['hmac', 'ed25519'] as const) {
      const { text, secret } = made(kind);
      expect(secret.kind).toBe(kind);
      const hidden = text.slice(text.indexOf('_') + 1, -4);
      expect(`${inspect(secret, { depth: 9, showHidden: true })}${JSON.stringify(secret)}`).not.toContain(hidden);
    }
    expect(publicOf(made('hmac').secret)).toBeUndefined();
  });

  const bytes = (size: number) => Buffer.alloc(size, 7).toString('base64');
  const { privateKey } = generateKeyPairSync('ed25519');
  const whsk = made('ed25519').text;
  it.each<[string, string]>([
    ['nothing', ''],
    ['no prefix', bytes(32)],
    ['a prefix alone', 'whsec_'],
    ['another prefix', `whsek_${bytes(32)}`],
    ['a prefix in capitals', `WHSEC_${bytes(32)}`],
    ['a public key', publicOf(made('ed25519').secret)!],
    ['23 bytes', `whsec_${bytes(23)}`],
    ['65 bytes', `whsec_${bytes(65)}`],
    ['a thousand bytes', `whsec_${bytes(1_000)}`],
    ['padding left out', `whsec_${bytes(32).replace(/=+$/, '')}`],
    ['padding too much', `whsec_${bytes(32)}=`],
    ['padding in the middle', `whsec_${bytes(32)}${bytes(8)}`],
    ['the alphabet of URLs', `whsec_${Buffer.alloc(33, 0xff).toString('base64url')}`],
    ['bits that mean nothing', `whsec_${Buffer.alloc(32, 7).toString('base64').slice(0, -2)}d=`],
    ['a space before', ` whsec_${bytes(32)}`],
    ['a line end after', `whsec_${bytes(32)}\n`],
    ['a space within', `whsec_${bytes(32).slice(0, 9)} ${bytes(32).slice(9)}`],
    ['U+0000 after', `whsec_${bytes(32)}\0`],
    ['hexadecimal', `whsec_${Buffer.alloc(31, 0xab).toString('hex')}!`],
    ['a seed alone', `whsk_${bytes(32)}`],
    ['63 bytes of a key pair', `whsk_${Buffer.from(whsk.slice(5), 'base64').subarray(0, 63).toString('base64')}`],
    ['halves that do not belong together', `whsk_${bytes(64)}`],
    [
      'halves the other way round',
      `whsk_${Buffer.concat([Buffer.from(whsk.slice(5), 'base64').subarray(32), Buffer.from(whsk.slice(5), 'base64').subarray(0, 32)]).toString('base64')}`,
    ],
    ['a key pair in PKCS #8', `whsk_${privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64')}`],
    ['a key in PEM', privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()],
  ])('is not %s', (_, text) => expect<Secret | undefined>(readSecret(text)).toBeUndefined());
});
