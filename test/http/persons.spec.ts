import { boot, type Booted } from './booted';

describe('the register of persons', () => {
  let booted: Booted;
  beforeAll(async () => {
    booted = await boot();
  });
  afterAll(() => booted.close());
  const officer = () => booted.as('programme-officer');
  const register = async (body: object) => ((await officer().post('/v1/persons').send(body).expect(201)).body as { id: string }).id;

  it('gives each a random id, tells who it is, and changes what is known', async () => {
    const id = await register({ name: 'Ana López', contact: 'ana@example.org' });
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    await officer().get(`/v1/persons/${id}`).expect(200, { id, name: 'Ana López', contact: 'ana@example.org' });
    await officer()
      .patch(`/v1/persons/${id}`)
      .send({ name: 'Ana López Ruiz' })
      .expect(200, { id, name: 'Ana López Ruiz', contact: 'ana@example.org' });
    await officer().patch(`/v1/persons/${id}`).send({ contact: null }).expect(200, { id, name: 'Ana López Ruiz' });
    await officer().get(`/v1/persons/${id}`).expect(200, { id, name: 'Ana López Ruiz' });
  });

  it('forgets at the word of an admin, for good', async () => {
    const id = await register({ name: 'Luis' });
    await officer().delete(`/v1/persons/${id}`).expect(403);
    await booted.as('admin').delete(`/v1/persons/${id}`).expect(204, '');
    await booted.as('admin').delete(`/v1/persons/${id}`).expect(204);
    await officer()
      .get(`/v1/persons/${id}`)
      .expect(410, /FORGOTTEN/);
    await officer().patch(`/v1/persons/${id}`).send({ name: 'Luis' }).expect(410);
    expect((await officer().get('/v1/persons').expect(200)).text).not.toContain('Luis');
  });

  it('forgets and registers nobody by a dry run, which is for commands alone', async () => {
    const id = await register({ name: 'Eva' });
    const tried = await booted
      .as('admin')
      .delete(`/v1/persons/${id}`)
      .set('Puente-Dry-Run', 'true')
      .set('Accept-Language', 'es')
      .expect(400);
    expect(tried.body).toMatchObject({ code: 'MALFORMED', errors: [{ path: 'Puente-Dry-Run', code: 'CANNOT_BE_TRIED' }] });
    await officer().post('/v1/persons').set('Puente-Dry-Run', 'true').send({ name: 'Nobody' }).expect(400);
    await officer().get('/v1/persons').set('Puente-Dry-Run', 'true').expect(200);
    expect((await officer().get(`/v1/persons/${id}`).expect(200)).body).toEqual({ id, name: 'Eva' });
    await booted.as('admin').delete(`/v1/persons/${id}`).set('Puente-Dry-Run', 'false').expect(204);
  });

  it('goes page by page', async () => {
    for (let i = 0; i < 3; i++) await register({ name: `Person ${i}` });
    const first = await officer().get('/v1/persons?limit=2').expect(200);
    const { items, next } = first.body as { items: { id: string }[]; next: string };
    expect(items).toHaveLength(2);
    expect(first.headers['link']).toBe(`</v1/persons?limit=2&after=${next}>; rel="next"`);
    const second = await officer().get(`/v1/persons?limit=2&after=${next}`).expect(200);
    expect((second.body as { items: { id: string }[] }).items.every(({ id }) => id > next)).toBe(true);
  });

  it.each([{}, { name: '' }, { name: 'a\0b' }, { name: 'a', age: 7 }, { name: 7 }, { name: 'a', contact: { at: 1 } }])(
    'refuses %j',
    (body) =>
      officer()
        .post('/v1/persons')
        .send(body)
        .expect(400, /MALFORMED/),
  );

  it('knows nobody by an id it never gave', async () => {
    const nobody = 'a1b2c3d4-0000-4000-8000-000000000000';
    await officer()
      .get(`/v1/persons/${nobody}`)
      .expect(404, /NOT_FOUND/);
    await officer().patch(`/v1/persons/${nobody}`).send({ name: 'x' }).expect(404);
    await booted.as('admin').delete(`/v1/persons/${nobody}`).expect(404);
    await officer().get('/v1/persons?after=x').expect(400);
  });
});
