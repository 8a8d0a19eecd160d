import { lifecycles } from '../../src/lifecycles/all';
import { boot, type Booted } from './booted';
import { formPairing } from './formed-pairing';

describe('the budget of a pairing, over HTTP', () => {
  let booted: Booted;
  const address = '/v1/pairings/cartagena-malaga';
  const post = (command: string, body: object, language = 'en') =>
    booted.as('programme-officer').post(`${address}/${command}`).set('Accept-Language', language).send(body);
  const read = (query = '', language = 'en') => booted.as('evaluator').get(`${address}/budget${query}`).set('Accept-Language', language);
  const allocation = (allocation: string, line: string, amountMinor: number, currency: string) => ({
    ...{ allocation, line, amountMinor, currency, occurredOn: '2018-01' },
  });
  beforeAll(async () => {
    booted = await boot({ lifecycles });
    await formPairing(booted.store);
    await post('allocate-budget', allocation('visits', 'missions', 20_000_00, 'EUR')).expect(201);
    await post('allocate-budget', allocation('courses', 'training', 43_125_70, 'COP')).expect(201);
  });
  afterAll(() => booted.close());

  const visits = { line: 'missions', currency: 'EUR', allocatedMinor: 20_000_00, reallocatedInMinor: 0, reallocatedOutMinor: 0 };
  it('is told by line and by currency, never added up across currencies', async () => {
    const answer = await read().expect(200);
    expect(answer.headers['etag']).toBe('"2"');
    expect(answer.body).toEqual({
      id: 'cartagena-malaga',
      revision: 2,
      lines: [
        { ...visits, spentMinor: 0, leftMinor: 20_000_00 },
        expect.objectContaining({ line: 'training', currency: 'COP', leftMinor: 43_125_70 }),
      ],
      totals: [
        { currency: 'COP', allocatedMinor: 43_125_70, spentMinor: 0, leftMinor: 43_125_70 },
        { currency: 'EUR', allocatedMinor: 20_000_00, spentMinor: 0, leftMinor: 20_000_00 },
      ],
    });
  });
  it('is not told in one currency without the rate, in any language', async () => {
    for (const [language, detail] of [
      ['en', 'No exchange rate between COP and EUR is recorded'],
      ['es', 'No consta ningún tipo de cambio entre COP y EUR'],
      ['pt', 'Não consta nenhuma taxa de câmbio entre COP e EUR'],
    ] as const)
      expect((await read('?in=EUR', language).expect(409)).body).toMatchObject({
        code: 'NO_EXCHANGE_RATE',
        detail,
        missing: [{ code: 'NO_EXCHANGE_RATE', values: { from: 'COP', to: 'EUR' } }],
      });
  });
  it('is told in one currency by the latest rate, which it names with its source and its event', async () => {
    const rate = { from: 'EUR', to: 'COP', rate: '4312.57', source: 'InforEuro' };
    await post('record-exchange-rate', { ...rate, occurredOn: '2018-05' }).expect(201);
    await post('record-exchange-rate', { ...rate, rate: '1', occurredOn: '2018-04' }).expect(201);
    expect((await read('?in=EUR').expect(200)).body).toMatchObject({
      total: {
        ...{ currency: 'EUR', allocatedMinor: 20_010_00, spentMinor: 0, leftMinor: 20_010_00 },
        rates: [{ ...rate, on: '2018-05', event: 'pairing-cartagena-malaga@3' }],
      },
    });
  });
  it('is nothing of a pairing that is not there, nor in a currency that is none', async () => {
    await booted.as('evaluator').get('/v1/pairings/none/budget').expect(404);
    for (const query of ['?in=ZZZ', '?in=eur', '?in=', '?in=EUR&in=COP', '?on=2018']) await read(query).expect(400, /MALFORMED/);
    await booted
      .as('evaluator')
      .get('/v1/data-sets/none/budget')
      .expect(404, /NO_SUCH_ROUTE/);
  });

  const before = async () => (await booted.store.read('pairing-cartagena-malaga')).length;
  const move = {
    reallocation: 'seed',
    from: 'missions',
    to: 'training',
    amountMinor: 1,
    currency: 'EUR',
    reason: 'x',
    approvedBy: 'nobody',
  };
  it.each([
    ['an amount of nothing', 'allocate-budget', { ...allocation('odd', 'missions', 0, 'EUR') }, 'amountMinor', 'OUT_OF_RANGE'],
    [
      'a negative amount',
      'spend-budget',
      { expense: 'odd', line: 'missions', amountMinor: -5, currency: 'EUR' },
      'amountMinor',
      'OUT_OF_RANGE',
    ],
    ['an amount too large', 'reallocate-budget', { ...move, amountMinor: 2 ** 53 }, 'amountMinor', 'OUT_OF_RANGE'],
    ['a broken amount', 'allocate-budget', { ...allocation('odd', 'missions', 0.5, 'EUR') }, 'amountMinor', 'NOT_WHOLE'],
    ['a currency that is none', 'allocate-budget', { ...allocation('odd', 'missions', 1, 'ZZZ') }, 'currency', 'NOT_A_CURRENCY'],
    ['a rate of zero', 'record-exchange-rate', { from: 'EUR', to: 'COP', rate: '0.00', source: 'x' }, 'rate', 'NOT_A_RATE'],
    ['a rate that is a number', 'record-exchange-rate', { from: 'EUR', to: 'COP', rate: 4312.57, source: 'x' }, 'rate', 'NOT_A_RATE'],
    ['a line that is no slug', 'allocate-budget', { ...allocation('odd', '__proto__', 1, 'EUR') }, 'line', 'NOT_A_SLUG'],
  ])('takes nothing of %s, and says so in three languages', async (_, command, body, path, code) => {
    const recorded = await before();
    const told = new Set<string>();
    for (const language of ['en', 'es', 'pt']) {
      const answer = await post(command, body, language).expect(400);
      const { errors } = answer.body as { errors: { path: string; code: string; problem: string }[] };
      const error = errors.find((each) => each.path === path)!;
      expect(error.code).toBe(code);
      told.add(error.problem);
    }
    expect(told.size).toBe(3);
    expect(await before()).toBe(recorded);
  });
});
