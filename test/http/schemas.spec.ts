import Ajv from 'ajv';
import supertest from 'supertest';
import { cloudEvent, originAt } from '../../src/delivery/envelope';
import { eventTypes, publishedSchema } from '../../src/delivery/contracts';
import { problemWith } from '../../src/engine/shapes';
import { boot, type Booted, declared } from './booted';

describe('the schemas of events', () => {
  let booted: Booted;
  beforeAll(async () => {
    booted = await boot();
  });
  afterAll(() => booted.close());
  const get = (address: string) => supertest(booted.server).get(address);

  it('are listed, each with what it says and where it is', async () => {
    const { body } = (await get('/v1/schemas').expect(200)) as { body: { items: { type: string; description: string; links: object }[] } };
    expect(body.items.map(({ type }) => type)).toEqual(eventTypes);
    expect(body.items.find(({ type }) => type === 'ThemeAgreed')).toEqual({
      type: 'ThemeAgreed',
      description: 'Theme agreed: {theme}.',
      links: { schema: '/v1/schemas/ThemeAgreed' },
    });
  });

  it('are shown without a token, and again only when they have changed', async () => {
    const answer = await get('/v1/schemas/MissionHeld').expect(200);
    expect(answer.headers['content-type']).toBe('application/schema+json; charset=utf-8');
    expect(answer.headers['cache-control']).toBe('public, max-age=3600');
    expect(JSON.parse(answer.text)).toEqual(JSON.parse(JSON.stringify(publishedSchema('MissionHeld'))));
    await get('/v1/schemas/MissionHeld').set('If-None-Match', answer.headers['etag']!).expect(304);
    await get('/v1/schemas/MissionPlanned').set('If-None-Match', answer.headers['etag']!).expect(200);
  });

  it.each(['eu.puente.MissionHeld', 'urn:puente:schema:MissionHeld'])('are shown by the type as events have it: %s', async (type) => {
    const { body } = (await get(`/v1/schemas/${type}`).expect(200)) as { body: object };
    expect(body).toMatchObject({ title: 'MissionHeld' });
  });

  it.each(['MisionHeld', 'eu.puente.missionheld'])('suggest what may have been meant by %s', async (type) => {
    const { body } = (await get(`/v1/schemas/${type}`).expect(404)) as { body: object };
    expect(body).toMatchObject({ code: 'NOT_FOUND', detail: expect.stringContaining('Near it: MissionHeld') as string });
  });

  it.each(['Imagined', 'ProductEvents', 'TextRef', 'constructor'])('of what is no event are not there: %s', async (type) => {
    const { body, headers } = (await get(`/v1/schemas/${type}`).expect(404)) as { body: object; headers: Record<string, string> };
    expect(body).toMatchObject({ code: 'NOT_FOUND', detail: `There is no schema ${type}.` });
    expect(headers['etag']).toBeUndefined();
  });

  it('take no parameters', async () => {
    await get('/v1/schemas?type=MissionHeld').expect(400);
    await get('/v1/schemas/MissionHeld?asOf=2018-01-01').expect(400);
  });

  it('are where events say, and hold of what is recorded', async () => {
    await booted.as('programme-officer').post('/v1/data-sets/first/declare-data-set').send(declared).expect(201);
    const [recorded] = await booted.store.readAll(0n, 1);
    const { type, dataschema, data } = cloudEvent(recorded!, { actor: 'reader', roles: [] }, originAt('https://puente.example.org'));
    expect([type, dataschema]).toEqual(['eu.puente.DataSetDeclared', 'https://puente.example.org/v1/schemas/DataSetDeclared']);
    const { body } = (await get(new URL(dataschema).pathname)) as { body: object };
    expect(new Ajv({ strict: false }).compile(body)(data)).toBe(true);
  });

  it('let pass fields that they do not name; what is recorded has none', () => {
    const check = new Ajv({ strict: false }).compile(publishedSchema('ThemeAgreed')!);
    expect([{ theme: 'housing', since: '2018' }, { theme: 1 }, {}].map((data) => check(data))).toEqual([true, false, false]);
    expect(problemWith('ThemeAgreed', { theme: 'housing', since: '2018' })).toBeDefined();
    for (const type of eventTypes) expect(JSON.stringify(publishedSchema(type))).not.toMatch(/"additionalProperties":(false|\{"not")/);
  });

  it('each say what the event says', () => {
    for (const type of eventTypes) {
      const { title, description } = publishedSchema(type)!;
      expect([title, description]).toEqual([type, expect.stringMatching(/^\S.*\.$/)]);
      expect(description).not.toMatch(/select|plural|\bundefined\b|#/);
    }
    expect(publishedSchema('MissionHeld')!.description).toBe(
      'Mission {mission} held ({mode}) online / in {place}, {period}, {delegates} delegates.',
    );
  });
});
