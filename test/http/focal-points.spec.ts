import { lifecycles } from '../../src/lifecycles/all';
import { boot, type Booted } from './booted';
import { formPairing } from './formed-pairing';

describe('who answers for a side, over HTTP', () => {
  let booted: Booted;
  let ana: string;
  let bea: string;
  const officer = () => booted.as('programme-officer');
  const register = async (name: string) => ((await officer().post('/v1/persons').send({ name }).expect(201)).body as { id: string }).id;
  const address = '/v1/pairings/cartagena-malaga/focal-points';
  beforeAll(async () => {
    booted = await boot({ lifecycles });
    await formPairing(booted.store);
    [ana, bea] = [await register('Ana López'), await register('Bea')];
    const post = (command: string, body: object) => officer().post(`/v1/pairings/cartagena-malaga/${command}`).send(body).expect(201);
    await post('designate-focal-point', { side: 'european', person: ana, occurredOn: '2018-01-10' });
    await post('replace-focal-point', { side: 'european', leaving: ana, person: bea, occurredOn: '2019-06' });
  });
  afterAll(() => booted.close());
  const sides = async (query: string, role: 'evaluator' | 'programme-officer' = 'evaluator') =>
    (await booted.as(role).get(`${address}${query}`).expect(200)).body as unknown;

  it('tells all of them in order, from when to when', async () => {
    expect(await sides('')).toEqual({
      id: 'cartagena-malaga',
      revision: 2,
      sides: [
        {
          side: 'european',
          focalPoints: [
            { person: ana, from: '2018-01-10', to: '2019-06' },
            { person: bea, from: '2019-06' },
          ],
        },
        { side: 'latin-american', focalPoints: [] },
      ],
    });
  });
  it('tells who it was on a day, for certain or as far as is known', async () => {
    expect(await sides('?on=2018-05-01')).toMatchObject({
      on: '2018-05-01',
      sides: [{ focalPoints: [{ person: ana, is: 'certain' }] }, {}],
    });
    expect(await sides('?on=2019-06-15')).toMatchObject({
      sides: [
        {
          focalPoints: [
            { person: ana, is: 'possible' },
            { person: bea, is: 'possible' },
          ],
        },
        { focalPoints: [] },
      ],
    });
  });
  it('names persons to those who read the register, and nobody who is forgotten', async () => {
    expect(JSON.stringify(await sides('?on=2018-05-01'))).not.toContain('Ana');
    await booted.as('admin').delete(`/v1/persons/${bea}`).expect(204);
    expect(await sides('', 'programme-officer')).toMatchObject({
      sides: [{ focalPoints: [{ name: 'Ana López' }, { person: bea, forgotten: true }] }, {}],
    });
  });
  it('is nothing of a pairing that is not there, and no answer for a day that is none', async () => {
    await booted.as('evaluator').get('/v1/pairings/none/focal-points').expect(404);
    await booted.as('evaluator').get(address).set('Puente-Position', '1.another').expect(410);
    for (const query of ['on=2019-02-30', 'on=2019-02', 'on=', 'until=2019-01-01'])
      await booted
        .as('evaluator')
        .get(`${address}?${query}`)
        .expect(400, /MALFORMED/);
    await booted
      .as('evaluator')
      .get('/v1/data-sets/none/focal-points')
      .expect(404, /NO_SUCH_ROUTE/);
  });
});
