import { statSync } from 'node:fs';
import { join } from 'node:path';
import { AskedWrongly, tokensFor } from '../../src/http/auth';
import { mintDevToken } from '../../src/http/dev-issuer';
import { boot, type Booted } from './booted';

describe('which tokens a server takes', () => {
  const now = () => new Date();
  let booted: Booted;
  beforeAll(async () => {
    booted = await boot();
  });
  afterAll(() => booted.close());

  it.each([
    ['bound elsewhere without an issuer', { host: '0.0.0.0' }, 'set OIDC_ISSUER'],
    ['with an issuer and no audience', { host: '127.0.0.1', issuer: 'https://id.example' }, 'OIDC_AUDIENCE'],
    ['with an issuer that anybody could play', { host: '127.0.0.1', issuer: 'http://id.example', audience: 'x' }, 'https'],
  ])('%s: none, and it says what to do', async (_, given, said) => {
    const asked = tokensFor({ home: booted.home, now, ...given });
    await expect(asked).rejects.toBeInstanceOf(AskedWrongly);
    await expect(asked).rejects.toThrow(said);
  });

  it('on this machine: its own, made with a key that only its owner reads', async () => {
    const tokens = await tokensFor({ host: '127.0.0.1', home: booted.home, now });
    expect(await tokens.check(await mintDevToken({ home: booted.home, role: 'evaluator', subject: 'eva' }))).toMatchObject({
      subject: 'eva',
      roles: ['evaluator'],
    });
    expect(statSync(join(booted.home, 'dev-issuer.json')).mode & 0o777).toBe(0o600);
    await expect(
      tokens.check(await mintDevToken({ home: booted.home, role: 'evaluator', expiresIn: 1_500_000_000 })),
    ).rejects.toMatchObject({ code: 'TOKEN_EXPIRED' });
  });
});
