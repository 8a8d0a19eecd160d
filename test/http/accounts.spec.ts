import supertest from 'supertest';
import { mintDevToken } from '../../src/http/dev-issuer';
import type { Role } from '../../src/kernel/fields';
import { boot, type Booted } from './booted';

describe('accounts', () => {
  let booted: Booted;
  beforeAll(async () => {
    booted = await boot();
  });
  afterAll(() => booted.close());
  const me = async (role: Role) => (await booted.as(role).get('/v1/me').expect(200)).body as { actor: string; roles: string[] };

  it('tell their own id and roles, the same each time', async () => {
    const officer = await me('programme-officer');
    expect(officer).toEqual({ actor: expect.stringMatching(/^[0-9a-f-]{36}$/) as string, roles: ['programme-officer'], assigned: [] });
    expect(await me('programme-officer')).toEqual(officer);
    expect((await me('assessor')).actor).not.toBe(officer.actor);
  });
  it('tell it also to somebody who has no role yet, and to nobody without a token', async () => {
    const token = await mintDevToken({ home: booted.home, role: 'janitor' as Role });
    const answer = await supertest(booted.server).get('/v1/me').set('Authorization', `Bearer ${token}`).expect(200);
    expect(answer.body).toMatchObject({ roles: [] });
    await supertest(booted.server).get('/v1/me').expect(401);
  });
  it('have their id before somebody comes', async () => {
    const { actor } = await me('evaluator');
    const known = await booted.vault.actors.subjectOf(actor);
    if (known === 'unknown' || known.is === 'forgotten') throw new Error('the evaluator is known');
    const admin = booted.as('admin');
    await admin.post('/v1/actors').send({ issuer: known.issuer, subject: known.subject }).expect(200, { id: actor });
    const { id } = (await admin.post('/v1/actors').send({ issuer: known.issuer, subject: 'bea' }).expect(200)).body as { id: string };
    expect(await booted.vault.actors.actorFor(known.issuer, 'bea')).toBe(id);
    await admin
      .post('/v1/actors')
      .send({ subject: 'bea' })
      .expect(400, /MISSING/);
    await booted.as('programme-officer').post('/v1/actors').send({ issuer: known.issuer, subject: 'bea' }).expect(403);
  });
});
