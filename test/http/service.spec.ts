import { Controller, Get } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { DiscoveryModule } from '@nestjs/core';
import supertest from 'supertest';
import { MayCall } from '../../src/http/may-call';
import { RouteAudit } from '../../src/http/route-audit';
import { boot, type Booted } from './booted';

describe('the service', () => {
  let booted: Booted;
  let database: 'up' | 'down' | 'silent' = 'up';
  beforeAll(async () => {
    booted = await boot({
      limit: { requests: 20, milliseconds: 60_000 },
      ready: () =>
        database === 'up'
          ? Promise.resolve()
          : database === 'down'
            ? Promise.reject(new Error('down at 10.0.0.7'))
            : new Promise(() => undefined),
    });
  });
  afterAll(() => booted.close());

  it('says whether it runs and whether it can work, to everybody', async () => {
    await supertest(booted.server).get('/health/live').expect(200, { status: 'ok' });
    await supertest(booted.server)
      .get('/health/ready')
      .expect(200, /"database":\{"status":"up"/);
    for (database of ['down', 'silent'] as const) {
      const answer = await supertest(booted.server)
        .get('/health/ready')
        .expect(503)
        .expect('Content-Type', 'application/problem+json')
        .expect('Retry-After', /\d/);
      expect(answer.text).not.toContain('10.0.0.7');
      await supertest(booted.server).get('/health/live').expect(200);
    }
    database = 'up';
  });

  it('wears a helmet, and gives no ETag of its own making', async () => {
    const { headers } = await supertest(booted.server).get('/openapi.json').expect(200);
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringContaining("default-src 'self'") as string,
    });
    expect(headers).not.toHaveProperty('x-powered-by');
    expect(headers).not.toHaveProperty('etag');
  });

  it('limits each actor on its own, and says for how long', async () => {
    for (let i = 0; i < 20; i++) await booted.as('service').get('/v1/data-sets').expect(200);
    const answer = await booted.as('service').get('/v1/data-sets').set('Accept-Language', 'es').expect(429);
    expect(answer.headers['content-type']).toBe('application/problem+json');
    expect(answer.headers['retry-after']).toMatch(/^\d+$/);
    expect(answer.body).toMatchObject({ code: 'TOO_MANY_REQUESTS', detail: expect.stringMatching(/^Espere \d+ segundos/) as string });
    await booted.as('evaluator').get('/v1/data-sets').expect(200);
  });

  it('lets workers of a subscription claim and acknowledge ten times as often, beside all else', async () => {
    const claim = () => booted.as('admin').post('/v1/subscriptions/nobody/claims').send({});
    for (let i = 0; i < 200; i++) await claim().expect(404);
    expect((await claim().expect(429)).headers['retry-after']).toMatch(/^\d+$/);
    await booted.as('admin').get('/v1/data-sets').expect(200);
  });

  it('answers OPTIONS and whatever else there is without failing', async () => {
    for (const method of ['options', 'trace', 'propfind', 'search'] as const)
      expect((await supertest(booted.server)[method]('/v1/data-sets')).status).toBeLessThan(500);
  });
});

describe('a route that does not say who may call it', () => {
  @Controller('open')
  class Forgetful {
    @Get('one')
    @MayCall('admin')
    said() {
      return 1;
    }
    @Get('two')
    unsaid() {
      return 2;
    }
  }

  it('keeps the app from starting', async () => {
    const module = await Test.createTestingModule({
      imports: [DiscoveryModule],
      controllers: [Forgetful],
      providers: [RouteAudit],
    }).compile();
    await expect(module.createNestApplication().init()).rejects.toThrow('Forgetful.unsaid');
  });
});
