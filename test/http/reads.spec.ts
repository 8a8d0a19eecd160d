import { boot, type Booted, declared } from './booted';

describe('reading over HTTP', () => {
  let booted: Booted;
  let position: string;
  beforeAll(async () => {
    booted = await boot();
    for (const id of ['one', 'two', 'three']) {
      const answer = await booted.as('programme-officer').post(`/v1/data-sets/${id}/declare-data-set`).send(declared).expect(201);
      position = answer.headers['puente-position']!;
    }
  });
  afterAll(() => booted.close());

  interface State {
    state: { provenance: { declared: { note: object } } };
  }
  const noteOf = (body: unknown) => (body as State).state.provenance.declared.note;

  it('gives what is in force, with its revision', async () => {
    const answer = await booted.as('evaluator').get('/v1/data-sets/one').expect(200);
    expect(answer.headers).toMatchObject({ etag: '"0"', 'cache-control': 'private, no-cache' });
    expect(answer.headers['vary']).toContain('Authorization');
    expect(answer.body).toMatchObject({ id: 'one', revision: 0, state: { provenance: { declared: { title: declared.title } } } });
    // What is forgotten must not live on in caches.
    await booted.as('evaluator').get('/v1/data-sets/one').set('If-None-Match', '"0"').expect(200);
    await booted.as('evaluator').head('/v1/data-sets/one').expect(200);
  });

  it('shows the words of protected texts to those who may read them, and that they are forgotten to all of those', async () => {
    for (const role of ['programme-officer', 'evaluator', 'admin'] as const) {
      const answer = await booted.as(role).get('/v1/data-sets/one').expect(200);
      expect(noteOf(answer.body)).toMatchObject({ words: declared.note });
    }
    for (const role of ['assessor', 'focal-point', 'service'] as const) {
      const answer = await booted.as(role).get('/v1/data-sets/one').expect(200);
      expect(answer.text).not.toContain('María');
      expect((await booted.as(role).get('/v1/data-sets/one/timeline').expect(200)).body).toMatchObject({ items: [{ words: false }] });
    }
    const { text } = noteOf((await booted.as('service').get('/v1/data-sets/two')).body) as { text: string };
    await booted.as('programme-officer').post(`/v1/texts/${text}/forget`).expect(403);
    await booted.as('admin').post(`/v1/texts/${text}/forget`).expect(204, '');
    await booted.as('admin').post(`/v1/texts/${text}/forget`).expect(204);
    const forgotten = await booted.as('evaluator').get('/v1/data-sets/two').expect(200);
    expect(noteOf(forgotten.body)).toMatchObject({ text, forgotten: true });
    await booted
      .as('admin')
      .post('/v1/texts/a1b2c3d4-0000-4000-8000-000000000000/forget')
      .expect(404, /NOT_FOUND/);
    await booted
      .as('admin')
      .post('/v1/texts/one/forget')
      .expect(400, /MALFORMED/);
  });

  it('of what is not there is 404, in the language asked for', async () => {
    await booted
      .as('service')
      .get('/v1/data-sets/none')
      .set('Accept-Language', 'pt')
      .expect(404, /"detail":"Não existe o conjunto de dados none\."/);
    await booted.as('service').get('/v1/data-sets/none/timeline').expect(404);
  });

  it('goes page by page along Link', async () => {
    const seen: string[] = [];
    let address: string | undefined = '/v1/data-sets?limit=2';
    while (address !== undefined) {
      const answer: { body: unknown; headers: Record<string, string> } = await booted.as('service').get(address).expect(200);
      seen.push(...(answer.body as { items: { id: string }[] }).items.map(({ id }) => id));
      address = /^<([^>]+)>; rel="next"$/.exec(answer.headers['link'] ?? '')?.[1];
    }
    expect(seen).toEqual(['one', 'three', 'two']);
  });

  it('tells the timeline in the language asked for', async () => {
    const answer = await booted
      .as('evaluator')
      .get('/v1/data-sets/one/timeline?order=occurred')
      .set('Accept-Language', 'es-MX')
      .expect(200);
    expect(answer.body).toEqual({
      items: [{ type: 'DataSetDeclared', revision: 0, language: 'es', words: true }],
      revision: 0,
      stale: false,
    });
    expect(answer.headers['content-language']).toBe('es');
    await booted.as('evaluator').get('/v1/data-sets/one/timeline?order=random').expect(400);
  });

  it('gives the report as it was asked for', async () => {
    const answer = await booted.as('evaluator').get('/v1/report?asOf=2019-12-31&knownAt=2020-01-01T00:00:00Z').expect(200);
    expect(answer.body).toEqual({ question: { asOf: '2019-12-31', knownAt: '2020-01-01T00:00:00Z', language: 'en' } });
    await booted.as('evaluator').get('/v1/report?until=2019').expect(400, /until/);
  });

  describe('with the position of a receipt', () => {
    const asks = (address: string) =>
      booted.as('service').get(address).set('Puente-Position', position).set('Prefer', 'respond-async, wait=1');
    afterEach(() => (booted.reading.caughtUp = true));

    it('waits until it is covered, and otherwise says to ask again', async () => {
      for (const address of ['/v1/data-sets', '/v1/data-sets/one/timeline', '/v1/report']) {
        booted.reading.caughtUp = true;
        await asks(address).expect(200);
        booted.reading.caughtUp = false;
        await asks(address)
          .expect(503, /NOT_CAUGHT_UP/)
          .expect('Retry-After', /^\d+$/);
      }
      await asks('/v1/data-sets/one').expect(200);
    });
    it('refuses one of another store for good', async () => {
      position = '1.00000000-aaaa-4000-8000-000000000000';
      for (const address of ['/v1/data-sets', '/v1/data-sets/one', '/v1/report']) await asks(address).expect(410, /OTHER_EPOCH/);
    });
  });
});
