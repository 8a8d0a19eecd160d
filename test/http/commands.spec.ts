import { randomUUID } from 'node:crypto';
import { correlationOf } from '../../src/http/headers';
import { boot, type Booted, declared } from './booted';

describe('a command over HTTP', () => {
  let booted: Booted;
  beforeAll(async () => {
    booted = await boot();
  });
  afterAll(() => booted.close());
  const officer = () => booted.as('programme-officer');
  const declare = (id: string) => officer().post(`/v1/data-sets/${id}/declare-data-set`);

  it('is recorded: 201, with a receipt, the revision and where to read it', async () => {
    const answer = await declare('first')
      .send({ ...declared, occurredOn: '2020-12' })
      .expect(201);
    expect(answer.body).toMatchObject({ stream: 'dataSet-first', revision: 0, events: [{ type: 'DataSetDeclared', revision: 0 }] });
    const { position, epoch } = answer.body as { position: string; epoch: string };
    expect(answer.headers).toMatchObject({ etag: '"0"', 'puente-position': `${position}.${epoch}`, location: '/v1/data-sets/first' });
    expect((await booted.store.read('dataSet-first'))[0]!.metadata).toMatchObject({
      occurredOn: '2020-12',
      roles: ['programme-officer'],
      correlationId: correlationOf(answer.headers['x-request-id']!),
    });
  });

  it('answers 200 where the same already stands', async () => {
    await declare('standing').send(declared).expect(201);
    const again = await declare('standing').send(declared).expect(200);
    expect(again.body).toMatchObject({ revision: 0, events: [] });
  });

  it('is recognised by its key: the first receipt again, and 422 for another body', async () => {
    const first = await declare('keyed').set('Idempotency-Key', 'k-1').send(declared).expect(201);
    const again = await declare('keyed').set('Idempotency-Key', 'k-1').send(declared).expect(200);
    expect(again.body).toEqual({ ...(first.body as object), repeated: true });
    const other = await declare('keyed')
      .set('Idempotency-Key', 'k-1')
      .send({ ...declared, illustrative: true })
      .expect(422);
    expect(other.body).toMatchObject({ code: 'KEY_REUSED' });
  });

  it('is correlated by the id of the request, where that is a uuid, and never with an import of that id', async () => {
    const id = randomUUID();
    await declare('correlated').set('X-Request-Id', id).send(declared).expect('X-Request-Id', id);
    expect((await booted.store.read('dataSet-correlated'))[0]!.metadata.correlationId).toBe(correlationOf(id));
    expect(correlationOf(id)).not.toBe(id);
    const made = await declare('correlated').set('X-Request-Id', 'not a uuid').send(declared);
    expect(made.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  });

  describe('with If-Match', () => {
    it('is refused with 412 where the thing has moved on, and recorded where it has not', async () => {
      await declare('matched')
        .set('If-Match', '"3"')
        .send(declared)
        .expect(412, /STALE_REVISION/);
      await declare('matched').set('If-Match', '*').send(declared).expect(412);
      await declare('matched').send(declared).expect(201);
      await declare('matched').set('If-Match', '*').send(declared).expect(200);
      await declare('matched').set('If-Match', '"0"').send(declared).expect(200);
    });
    it.each(['0', 'W/"0"', '"0", "1"', '"-1"', '"x"', ''])('%j is malformed', (given) =>
      declare('matched')
        .set('If-Match', given)
        .send(declared)
        .expect(400, /MALFORMED/),
    );

    const correction = { retract: [{ revision: 0 }], authority: 'nobody', reason: 'wrong' };
    it('is required for corrections', () =>
      officer()
        .post('/v1/data-sets/matched/correct')
        .send(correction)
        .expect(428, /PRECONDITION_REQUIRED/));
  });

  it('tried with Puente-Dry-Run answers what it would record, and records nothing', async () => {
    const answer = await declare('dry').set('Puente-Dry-Run', 'true').send(declared).expect(200);
    expect(answer.body).toMatchObject({ events: [{ type: 'DataSetDeclared', revision: 0 }] });
    expect(answer.headers).not.toHaveProperty('etag');
    expect(await booted.store.read('dataSet-dry')).toEqual([]);
    await declare('dry')
      .set('Puente-Dry-Run', 'perhaps')
      .send(declared)
      .expect(400, /Puente-Dry-Run/);
  });

  it('refused by a rule says what is missing, in the language asked for', async () => {
    const answer = await officer()
      .post('/v1/pairings/cartagena-malaga/kick-off')
      .set('Accept-Language', 'es-CO, en;q=0.5')
      .send({})
      .expect(409);
    expect(answer.headers).toMatchObject({ 'content-type': 'application/problem+json', 'content-language': 'es' });
    expect(answer.headers['vary']).toContain('Accept-Language');
    expect(answer.body).toMatchObject({
      title: 'Rechazado por una regla',
      status: 409,
      instance: `urn:uuid:${answer.headers['x-request-id']!}`,
    });
    const body = answer.body as { code: string; missing?: object[]; gates?: object[] };
    expect(body.missing ?? body.gates).not.toHaveLength(0);
    const english = await officer().post('/v1/pairings/cartagena-malaga/kick-off').send({}).expect(409);
    const details = (each: unknown) => [...JSON.stringify(each).matchAll(/"(?:detail|sentence)":"([^"]+)"/g)].map(([, detail]) => detail);
    expect(details(body).length).toBeGreaterThan(1);
    details(body).forEach((detail, i) => expect(detail).not.toBe(details(english.body)[i]));
  });

  it.each([
    ['es', 'Mal formada'],
    ['pt-BR', 'Malformado'],
    ['fr, *;q=0.1', 'Malformed'],
    ['nonsense;;;q=x', 'Malformed'],
  ])('speaks %s', async (language, title) => {
    const answer = await declare('UPPER').set('Accept-Language', language).send(declared).expect(400);
    expect(answer.body).toMatchObject({ title });
  });
});
