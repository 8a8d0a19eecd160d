import supertest from 'supertest';
import { AskedWrongly } from '../../src/http/auth';
import { mintDevToken } from '../../src/http/dev-issuer';
import { serve, serveOptions } from '../../src/http/server';
import type { Role } from '../../src/kernel/fields';
import { lifecycles } from '../../src/lifecycles/all';
import { until } from '../delivery/senders';
import { declared } from './booted';
import { options, served } from './served';

describe('the server, on a real database', () => {
  const { home, database, base, close, start } = served();
  const epoch = async () => (await database().pool.query<{ id: string }>('select id from store.epoch')).rows[0]!.id;
  const as = async (role: Role) => supertest.agent(base()).set('Authorization', `Bearer ${await mintDevToken({ home, role })}`);

  it('is ready, records a command, and tells of it to whoever waits for its position', async () => {
    await supertest(base()).get('/health/ready').expect(200);
    const answer = await (await as('programme-officer')).post('/v1/data-sets/iuc-lac/declare-data-set').send(declared).expect(201);
    const position = answer.headers['puente-position']!;
    const evaluator = await as('evaluator');
    const read = (address: string) =>
      evaluator.get(address).set('Puente-Position', position).set('Prefer', 'wait=20').set('Accept-Language', 'es').expect(200);
    expect((await read('/v1/data-sets')).body).toMatchObject({ items: [{ id: 'iuc-lac', revision: 0 }] });
    expect((await read('/v1/data-sets/iuc-lac')).text).toContain(declared.note);
    const timeline = await read('/v1/data-sets/iuc-lac/timeline');
    expect(timeline.body).toMatchObject({ revision: 0, stale: false, items: [{ type: 'DataSetDeclared', id: 'dataSet-iuc-lac@0' }] });
    expect(timeline.text).toContain(declared.note);
    expect((await (await as('service')).get('/v1/data-sets/iuc-lac/timeline').expect(200)).text).not.toContain(declared.note);
    expect((await read('/v1/report')).body).toMatchObject({ indicators: expect.any(Array) as unknown[] });
    await evaluator
      .get('/v1/report')
      .query({ knownAt: '2199-01-01T00:00:00Z' })
      .expect(409, /KNOWN_AT_IN_THE_FUTURE/);
    await evaluator.get('/v1/report').query({ asOf: '2019-02-30' }).expect(400, /asOf/);
    for (const knownAt of ['0000-01-01T00:00:00Z', '1899-12-31T23:59:59Z', '2019-02-30T00:00:00Z', '2019-13-01T00:00:00Z'])
      await evaluator
        .get('/v1/report')
        .query({ knownAt })
        .expect(400, /knownAt/);
    await evaluator.get('/v1/report').query({ knownAt: '1900-01-01T00:00:00+14:00' }).expect(200);
  });

  it('says in the language asked for why a report cannot be made', async () => {
    const detail = async (language: string, query: object) => {
      const answer = await (await as('evaluator')).get('/v1/report').query(query).set('Accept-Language', language).expect(409);
      return (answer.body as { detail: string }).detail;
    };
    expect(await detail('en', { knownAt: '2199-01-01T00:00:00Z' })).toMatch(/^Nobody knows yet what will be known at 2199-01-01T/);
    expect(await detail('es', { knownAt: '2199-01-01T00:00:00Z' })).toMatch(/^Nadie sabe todavía qué se sabrá en 2199-01-01T/);
    expect(await detail('pt', { position: `999999.${await epoch()}` })).toMatch(/^O que aqui se conta chega à posição \d+, não à 999999$/);
  });

  it('names the position to go on from after an event, or since an instant, in this epoch alone', async () => {
    const officer = await as('programme-officer');
    for (const id of ['positions-1', 'positions-2']) await officer.post(`/v1/data-sets/${id}/declare-data-set`).send(declared).expect(201);
    const service = await as('service');
    const at = async (query: object) =>
      (await service.get('/v1/position').query(query).expect(200)).body as { position: string; epoch: string };
    await service
      .get('/v1/report')
      .set('Puente-Position', `${(await at({ event: 'dataSet-positions-2@0' })).position}.${await epoch()}`)
      .set('Prefer', 'wait=20')
      .expect(200);
    const [first, later] = [await at({ event: 'dataSet-positions-1@0' }), await at({ event: 'dataSet-positions-2@0' })];
    expect(Number(later.position)).toBeGreaterThan(Number(first.position));
    expect(first.epoch).toBe(await epoch());
    expect(await at({ since: '2020-01-01T00:00:00Z' })).toEqual({ ...first, position: '0' });
    const whole = await at({ since: '2199-01-01T00:00:00+01:00' });
    expect(Number(whole.position)).toBeGreaterThanOrEqual(Number(later.position));
    await service.get('/v1/position').query({ event: 'dataSet-positions-1@99' }).expect(404);
    for (const query of [
      {},
      { event: 'dataSet-positions-1' },
      { event: 'nothing-a@0' },
      { since: 'yesterday' },
      { event: 'dataSet-positions-1@0', since: '2020-01-01T00:00:00Z' },
    ])
      await service
        .get('/v1/position')
        .query(query)
        .expect(400, /MALFORMED/);
  });

  it('takes the position of an answer only with its epoch, and none of another', async () => {
    const evaluator = await as('evaluator');
    const { position, epoch } = (await evaluator.get('/v1/report').expect(200)).body as { position: string; epoch: string };
    await evaluator
      .get('/v1/report')
      .query({ position: `${position}.${epoch}` })
      .expect(200);
    await evaluator
      .get('/v1/report')
      .query({ position })
      .expect(400, /NOT_OF_AN_ANSWER/);
    await evaluator
      .get('/v1/report')
      .query({ position: `${position}.00000000-aaaa-4000-8000-000000000000` })
      .expect(410, /OTHER_EPOCH/);
    // One more than PostgreSQL counts to.
    const beyond = `9223372036854775808.${epoch}`;
    await evaluator
      .get('/v1/report')
      .query({ position: beyond })
      .expect(400, /NOT_OF_AN_ANSWER/);
    await evaluator
      .get('/v1/report')
      .set('Puente-Position', beyond)
      .expect(400, /NOT_OF_A_RECEIPT/);
    await evaluator
      .get('/v1/events')
      .query({ after: beyond })
      .expect(400, /NOT_A_CURSOR/);
  });

  it('has a list and a timeline of everything, and takes no cursor or filter that is none', async () => {
    const evaluator = await as('evaluator');
    for (const { plural } of Object.values(lifecycles)) {
      await evaluator.get(`/v1/${plural}?limit=1`).expect(200);
      await evaluator.get(`/v1/${plural}/nothing-here/timeline`).expect(404);
      await evaluator.get(`/v1/${plural}?after=%7E%7E`).expect(200);
      await evaluator.get(`/v1/${plural}?phase=a%00b`).expect(400);
    }
    await evaluator.get('/v1/data-sets/iuc-lac/timeline?after=nonsense').expect(400, /"path":"after"/);
    await evaluator.get('/v1/parties').query({ search: 'Málaga' }).expect(200, { items: [] });
    await evaluator.get('/v1/parties').query({ merged: 'true' }).expect(200, { items: [] });
    await evaluator
      .get('/v1/parties')
      .query({ merged: 'perhaps' })
      .expect(400, /must be true or false/);
    await evaluator.get('/v1/pairings').query({ phase: 'running', call: 'x', party: 'y', nextStep: 'missions' }).expect(200, { items: [] });
  });

  it('has the index for filters of events follow its log', async () => {
    const of = async () => (await database().pool.query<{ epoch: string }>('select epoch from delivery.indexed')).rows[0]!.epoch;
    const own = await epoch();
    await until(async () => (await of()) === own);
  });

  it('lets go of everything when it is closed, and can be started again', async () => {
    await close();
    await expect(fetch(`${base()}/health/live`)).rejects.toThrow();
    await start();
    await (await as('evaluator')).get('/v1/data-sets/iuc-lac').expect(200);
  });

  it('opens nothing where others could reach it and no issuer is named', async () => {
    await expect(
      serve({ home, databaseUrl: 'postgresql://nowhere.invalid/', log: () => undefined }, { ...options, host: '0.0.0.0' }),
    ).rejects.toBeInstanceOf(AskedWrongly);
    expect(() => serveOptions({ PORT: '99999' })).toThrow(AskedWrongly);
    expect(serveOptions({ HOST: '', OIDC_ISSUER: '' })).toEqual({
      host: '127.0.0.1',
      port: 3000,
      issuer: undefined,
      audience: undefined,
      log: 'info',
    });
  });
});
