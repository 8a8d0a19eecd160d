import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import supertest from 'supertest';
import { AskedWrongly, tokensFor } from '../../src/http/auth';
import { mintDevToken } from '../../src/http/dev-issuer';
import { languages } from '../../src/words/say';
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

  it('on this machine: none of another folder, and it says in the language of the reader that it lies with the issuer', async () => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'puente-elsewhere-'));
    const said: string[] = [];
    const mint = () => mintDevToken({ home: elsewhere, role: 'evaluator', log: (line) => void said.push(line) });
    try {
      const token = await mint();
      await mint();
      expect(said).toEqual([`a new development issuer was made in ${elsewhere}: its tokens are taken by a server with this PUENTE_HOME`]);
      const details = [];
      for (const language of languages) {
        const asked = supertest(booted.server).get('/v1/data-sets').set('Accept-Language', language).auth(token, { type: 'bearer' });
        const { body } = (await asked.expect(401)) as { body: { code: string; detail: string } };
        expect(body).toMatchObject({ code: 'TOKEN_NOT_OF_THIS_ISSUER', detail: expect.stringContaining('PUENTE_HOME') as string });
        details.push(body.detail);
      }
      expect(new Set(details).size).toBe(languages.length);
    } finally {
      rmSync(elsewhere, { recursive: true });
    }
  });
});
