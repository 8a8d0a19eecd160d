import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { base64url, exportJWK, generateKeyPair, SignJWT, UnsecuredJWT, type CryptoKey } from 'jose';
import supertest, { type Response } from 'supertest';
import { mintDevToken } from '../../src/http/dev-issuer';
import type { Callers } from '../../src/http/may-call';
import { RouteAudit } from '../../src/http/route-audit';
import { OidcTokens } from '../../src/http/tokens';
import { commandsOf } from '../../src/http/routes';
import { type Role, roles } from '../../src/kernel/fields';
import { pairing } from '../../src/lifecycles/pairing';
import { boot, type Booted, declared } from './booted';

const refused = (answer: Response, status: number, code: string) => {
  expect(answer.body).toMatchObject({ status, code });
  expect(answer.status).toBe(status);
  expect(answer.headers['www-authenticate']).toMatch(/^Bearer realm="puente"/);
};

describe('who may call', () => {
  let booted: Booted;
  beforeAll(async () => {
    booted = await boot();
  });
  afterAll(() => booted.close());

  const routes = () => booted.app.get(RouteAudit).routes();
  const address = (path: string) => path.replace(':id', 'a1b2c3d4-0000-4000-8000-000000000000').replace(':type', 'MissionHeld');
  const call = ({ method, path }: { method: string; path: string }, token?: string) => {
    const request = supertest(booted.server)[method.toLowerCase() as 'get' | 'post'](address(path));
    return token === undefined ? request : request.set('Authorization', `Bearer ${token}`);
  };

  it('is said by every route there is', () => {
    expect(routes().length).toBeGreaterThan(20);
    for (const { controller, name, callers } of routes())
      expect([controller, name, callers?.length ?? 0]).not.toEqual([controller, name, 0]);
    expect(
      routes()
        .filter(({ callers }) => callers === 'everybody')
        .map(({ path }) => path),
    ).toEqual(['/v1/schemas', '/v1/schemas/:type', '/health/live', '/health/ready', '/metrics', '/openapi.json']);
  });

  it('is, for commands, whom their tables name', () => {
    const said = new Map(
      routes()
        .filter(({ controller }) => controller === 'pairingRoutes')
        .map(({ name, callers }) => [name, callers] as readonly [string, Callers | undefined]),
    );
    for (const [name, { by }] of commandsOf(pairing)) expect([name, said.get(name)]).toEqual([name, by]);
  });

  it('is nobody without a token, on any route that is not open', async () => {
    for (const route of routes()) {
      const answer = await call(route);
      if (route.callers === 'everybody') expect([route.path, answer.status]).toEqual([route.path, 200]);
      else refused(answer, 401, 'UNAUTHENTICATED');
    }
  });

  it.each(roles)('is for %s exactly what its routes say', async (role) => {
    for (const route of routes()) {
      // A stream has no end: asked wrongly, it is refused once it is known who asks.
      const asked = route.path === '/v1/events/stream' ? { ...route, path: `${route.path}?after=nothing` } : route;
      const { status } = await call(asked, booted.tokens[role]);
      const let_in = route.callers === 'everybody' || route.callers === 'signed-in' || route.callers?.includes(role) === true;
      expect([route.method, route.path, status === 403]).toEqual([route.method, route.path, !let_in]);
      expect(status).toBeLessThan(500);
    }
  });

  it('is nobody whose token names no role that is known', async () => {
    for (const role of ['janitor', '__proto__', 'Admin']) {
      const token = await mintDevToken({ home: booted.home, role: role as Role });
      refused(await call({ method: 'GET', path: '/v1/data-sets' }, token), 403, 'NO_ROLE');
    }
    expect(await booted.recorded()).toBe(0);
  });

  it('gives one subject one random id, which events carry in place of it', async () => {
    const declare = (id: string, token: string) =>
      call({ method: 'POST', path: `/v1/data-sets/${id}/declare-data-set` }, token)
        .send(declared)
        .expect(201);
    const maria = await mintDevToken({ home: booted.home, role: 'programme-officer', subject: 'maria@example.org' });
    await declare('one', maria);
    await declare('two', maria);
    await declare('three', booted.tokens['programme-officer']);
    const actors = (await booted.store.readAll(0n, 10)).map(({ metadata }) => metadata.actor);
    expect(actors[0]).toMatch(/^[0-9a-f-]{36}$/);
    expect([actors[0] === actors[1], actors[1] === actors[2]]).toEqual([true, false]);
    expect(
      JSON.stringify(await booted.store.readAll(0n, 10), (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value)),
    ).not.toContain('maria');
  });
});

describe('tokens of an issuer', () => {
  const audience = 'puente-api';
  const kinds = new Map<string, { privateKey: CryptoKey }>();
  let issuer: string;
  let provider: Server;
  let asked = 0;
  let booted: Booted;
  let down = false;

  beforeAll(async () => {
    const good = await generateKeyPair('ES256', { extractable: true });
    kinds.set('good', good).set('stranger', await generateKeyPair('ES256', { extractable: true }));
    const keys = [{ ...(await exportJWK(good.publicKey)), kid: 'k1', alg: 'ES256', use: 'sig' }];
    provider = createServer((request, response) => {
      if (down) response.writeHead(500).end();
      else if (request.url === '/.well-known/openid-configuration') {
        asked += 1;
        response.end(JSON.stringify({ issuer, jwks_uri: `${issuer}/keys` }));
      } else response.end(JSON.stringify({ keys }));
    });
    await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve));
    issuer = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`;
    booted = await boot({ tokens: new OidcTokens(issuer, audience, () => new Date()) });
  });
  afterAll(async () => {
    await booted.close();
    provider.close();
  });

  interface Made {
    key?: string;
    typ?: string;
    iss?: string;
    aud?: string;
    exp?: string | number;
    sub?: string;
    roles?: unknown;
  }
  const make = ({
    key = 'good',
    typ = 'at+jwt',
    iss = issuer,
    aud = audience,
    exp = '5m',
    sub = 'maria',
    roles: claimed = ['evaluator'],
  }: Made) =>
    new SignJWT({ roles: claimed })
      .setProtectedHeader({ alg: 'ES256', kid: 'k1', typ })
      .setIssuer(iss)
      .setAudience(aud)
      .setExpirationTime(exp)
      .setSubject(sub)
      .sign(kinds.get(key)!.privateKey);
  const show = (token: string) => supertest(booted.server).get('/v1/data-sets').set('Authorization', `Bearer ${token}`);

  it.each<[string, Made]>([
    ['as they should be', {}],
    ['typed JWT', { typ: 'JWT' }],
    ['with roles unknown here among them', { roles: ['janitor', 'service', 7, null] }],
    ['with one role that is no list', { roles: 'admin' }],
  ])('are taken %s', async (_, made) => {
    await show(await make(made)).expect(200);
    expect(asked).toBe(1);
  });

  it.each<[string, Made, string]>([
    ['expired', { exp: 1_500_000_000 }, 'TOKEN_EXPIRED'],
    ['of another issuer', { iss: 'https://elsewhere.example' }, 'TOKEN_NOT_OF_THIS_ISSUER'],
    ['for another service', { aud: 'somebody-else' }, 'TOKEN_NOT_GOOD'],
    ['signed with another key', { key: 'stranger' }, 'TOKEN_NOT_OF_THIS_ISSUER'],
    ['of another type', { typ: 'logout+jwt' }, 'TOKEN_NOT_GOOD'],
    ['of nobody', { sub: '' }, 'TOKEN_NOT_GOOD'],
  ])('are refused when %s', async (_, made, code) => {
    const answer = await show(await make(made));
    refused(answer, 401, code);
    expect(answer.headers['www-authenticate']).toContain('error="invalid_token"');
  });

  it('are refused unsigned, signed with the public key as a secret, without expiry, or when they are no tokens', async () => {
    const claims = { roles: ['admin'] };
    const unsigned = new UnsecuredJWT(claims).setIssuer(issuer).setAudience(audience).setSubject('maria').setExpirationTime('5m').encode();
    refused(await show(unsigned), 401, 'TOKEN_NOT_GOOD');
    const part = (value: object) => base64url.encode(JSON.stringify(value));
    const body = part({ ...claims, iss: issuer, aud: audience, sub: 'maria', exp: 4_000_000_000 });
    refused(await show(`${part({ alg: 'none', typ: 'at+jwt' })}.${body}.`), 401, 'TOKEN_NOT_GOOD');
    const confused = `${part({ alg: 'HS256', typ: 'at+jwt', kid: 'k1' })}.${body}`;
    refused(
      await show(`${confused}.${createHmac('sha256', 'the public key').update(confused).digest('base64url')}`),
      401,
      'TOKEN_NOT_GOOD',
    );
    const endless = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'ES256', kid: 'k1', typ: 'at+jwt' })
      .setIssuer(issuer)
      .setAudience(audience)
      .setSubject('maria')
      .sign(kinds.get('good')!.privateKey);
    refused(await show(endless), 401, 'TOKEN_NOT_GOOD');
    for (const nonsense of [
      'x',
      '..',
      'a.b.c',
      `${'a'.repeat(10_000)}.b.c`,
      `${part({ alg: 'ES256', typ: 'JWT', crit: ['x'], x: 1 })}.${body}.AAAA`,
      'e30.e30.e30',
    ])
      refused(await show(nonsense), 401, 'TOKEN_NOT_GOOD');
    refused(await supertest(booted.server).get('/v1/data-sets').set('Authorization', 'Basic bWFyaWE6cA=='), 401, 'UNAUTHENTICATED');
  });

  it('are not those of the development issuer', async () => refused(await show(booted.tokens.admin), 401, 'TOKEN_NOT_OF_THIS_ISSUER'));

  it('wait for an issuer that does not answer: 503', async () => {
    down = true;
    const other = new OidcTokens(issuer, audience, () => new Date());
    await expect(other.check(await make({}))).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    down = false;
    expect(await other.check(await make({}))).toEqual({ issuer, subject: 'maria', roles: ['evaluator'] });
  });
});
