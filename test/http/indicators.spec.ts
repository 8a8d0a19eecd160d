import supertest from 'supertest';
import { mintDevToken } from '../../src/http/dev-issuer';
import type { Role } from '../../src/kernel/fields';
import { served } from './served';

interface Figure {
  readonly value: number | null;
  readonly noData?: string;
  readonly position: string;
  readonly epoch: string;
  readonly version: number;
  readonly groups?: readonly { readonly is: string | null; readonly value: number }[];
  readonly links: { readonly self: string; readonly evidence: string; readonly series: string };
}
interface Facts {
  readonly items: readonly {
    readonly event: string;
    readonly sentence: string;
    readonly change?: string;
    readonly by?: string;
    readonly links: { readonly timeline: string };
  }[];
  readonly next?: string;
  readonly change?: number;
}

describe('figures over HTTP', () => {
  const { home, base } = served();
  const as = async (role: Role) => supertest.agent(base()).set('Authorization', `Bearer ${await mintDevToken({ home, role })}`);
  let officer: Awaited<ReturnType<typeof as>>;
  let evaluator: Awaited<ReturnType<typeof as>>;
  let seen = '0.0';

  const give = async (address: string, body: object, status = 201) => {
    const answer = await officer.post(`/v1/${address}`).send(body).expect(status);
    seen = answer.headers['puente-position'] ?? seen;
    return answer.body as { readonly code?: string; readonly events: readonly { readonly revision: number }[] };
  };
  const read = async <Answer>(address: string, query: object = {}, status = 200) =>
    (await evaluator.get(address).query(query).set('Puente-Position', seen).set('Prefer', 'wait=20').expect(status)).body as Answer;

  const words = (text: string) => ({ en: text, es: text, pt: text });
  const indicator = (counting: object, version = 1) => ({
    ...{ version, label: words('Parties'), unit: words('parties'), level: 'output', counting },
    ...{ rule: 'Parties registered.', source: 'This specification (2026)', occurredOn: '2020' },
  });
  const party = (kind: string, occurredOn: string, country = 'ES') => ({ name: 'A party', kind, countries: [country], occurredOn });

  beforeAll(async () => {
    [officer, evaluator] = await Promise.all([as('programme-officer'), as('evaluator')]);
    await give('indicator-definitions/parties/define-indicator', indicator({ aggregation: 'sum', measure: 'party-registered' }));
    await give('parties/malaga/register-party', party('city', '2019-03-01'));
    await give('parties/lazio/register-party', party('region', '2019-06', 'IT'));
    await give('parties/almada/register-party', party('city', '2020-02-10', 'PT'));
  });

  it('answers a figure with its rule, the version of it, and what it stands on', async () => {
    const figure = await read<Figure>('/v1/indicators/parties', { asOf: '2020-12-31' });
    expect(figure).toMatchObject({
      ...{ code: 'parties', version: 1, value: 3, straddling: 0, illustrative: false, asOf: '2020-12-31' },
      ...{ rule: 'Parties registered.', source: 'This specification (2026)', level: 'output', dimensions: ['kind'] },
    });
    expect(await read<Figure>('/v1/indicators/parties', { asOf: '2019-06-15' })).toMatchObject({ value: 1, straddling: 1 });
  });

  it('breaks it down, narrows it, and gives the same bytes at the address it names, whatever is recorded since', async () => {
    const question = { asOf: '2020-12-31', by: 'kind' };
    const figure = await read<Figure>('/v1/indicators/parties', question);
    expect(figure.groups!.map(({ is, value }) => [is, value])).toEqual([
      ['city', 2],
      ['region', 1],
    ]);
    expect(await read<Figure>('/v1/indicators/parties', { asOf: '2020-12-31', where: 'kind:city' })).toMatchObject({ value: 2 });
    // What it counts already is narrowed further, never to something else.
    const cities = { aggregation: 'stock', measure: 'party-registered', where: [{ dimension: 'kind', is: 'city' }] };
    await give('indicator-definitions/cities/define-indicator', indicator(cities));
    const narrowed = (kind: string) => read<Figure>('/v1/indicators/cities', { asOf: '2020-12-31', where: `kind:${kind}` });
    expect([(await narrowed('city')).value, (await narrowed('region')).value]).toEqual([2, 0]);
    const before = (await evaluator.get(figure.links.self).expect(200)).text;
    await give('parties/zagreb/register-party', party('city', '2019-03-01', 'HR'));
    await give('indicator-definitions/parties/define-indicator', indicator({ aggregation: 'stock', measure: 'party-registered' }, 2));
    expect(await read<Figure>('/v1/indicators/parties', question)).toMatchObject({ value: 4, version: 2 });
    expect((await evaluator.get(figure.links.self).expect(200)).text).toBe(before);
  });

  it('names the events behind it page by page, each with its sentence and a place in its timeline', async () => {
    const figure = await read<Figure>('/v1/indicators/parties', { asOf: '2019-12-31' });
    const first = await read<Facts>(`${figure.links.evidence}&limit=2`);
    expect(first.items.map(({ event }) => event)).toEqual(['party-malaga@0', 'party-lazio@0']);
    const rest = await read<Facts>(`${figure.links.evidence}&limit=2&after=${first.next!}`);
    expect(rest.items.map(({ event }) => event)).toEqual(['party-zagreb@0']);
    expect(first.items.length + rest.items.length).toBe(figure.value);
    expect(first.items[0]!.sentence).toContain('A party registered as a city');
    const timeline = await read<{ items: readonly { id: string }[] }>(first.items[0]!.links.timeline);
    expect(timeline.items[0]!.id).toBe('party-malaga@0');
  });

  it('says which events made it change between two moments of knowledge', async () => {
    const before = await read<Figure>('/v1/indicators/parties', { asOf: '2020-12-31' });
    const corrected = await officer
      .post('/v1/parties/zagreb/correct')
      .set('If-Match', '"0"')
      .send({ authority: 'malaga', reason: 'Registered by mistake', retract: [{ revision: 0 }] })
      .expect(201);
    seen = corrected.headers['puente-position']!;
    const difference = await read<Facts>('/v1/indicators/parties/difference', {
      from: `${before.position}.${before.epoch}`,
      asOf: '2020-12-31',
    });
    expect(difference).toMatchObject({ from: { value: 4 }, to: { value: 3 }, change: -1 });
    expect(difference.items.map(({ change, event, by }) => [change, event, by])).toEqual([['went', 'party-zagreb@0', 'party-zagreb@1']]);
  });

  it('follows the figure through the months, as known at one moment', async () => {
    const series = await read<{ points: readonly { asOf: string; value: number }[] }>('/v1/indicators/parties/series', {
      ...{ every: 'quarter', asOf: '2020-03-31' },
    });
    expect(series.points.map(({ asOf, value }) => [asOf, value])).toEqual([
      ['2019-03-31', 1],
      ['2019-06-30', 2],
      ['2019-09-30', 2],
      ['2019-12-31', 2],
      ['2020-03-31', 3],
    ]);
  });

  it('says why there is no figure', async () => {
    const counted = { aggregation: 'sum', measure: 'calls' };
    await give(
      'indicator-definitions/none/define-indicator',
      indicator({ aggregation: 'ratio', numerator: counted, denominator: { aggregation: 'sum', measure: 'calls-cancelled' } }),
    );
    expect(await read<Figure>('/v1/indicators/none')).toMatchObject({ value: null, noData: 'DIVIDED_BY_ZERO' });
    await give('indicator-definitions/money/define-indicator', indicator({ aggregation: 'sum', measure: 'budget-spent' }));
    expect(await read<Figure>('/v1/indicators/money')).toMatchObject({ value: null, noData: 'SEVERAL_CURRENCIES' });
    expect(await read<Figure>('/v1/indicators/money', { where: 'currency:EUR' })).toMatchObject({ value: 0 });
    expect(await read<Figure>('/v1/indicators/parties', { knownAt: '1999-01-01T00:00:00Z' })).toMatchObject({ value: 0, position: '0' });
  });

  it.each([
    ['/v1/indicators/nothing', {}, 404, 'NOT_FOUND'],
    ['/v1/indicators/parties', { version: 99 }, 404, 'NOT_FOUND'],
    ['/v1/indicators/parties', { by: 'colour' }, 400, 'MALFORMED'],
    ['/v1/indicators/parties', { where: 'colour:red' }, 400, 'MALFORMED'],
    ['/v1/indicators/parties', { where: 'red' }, 400, 'MALFORMED'],
    ['/v1/indicators/parties', { asOf: '2019-02-30' }, 400, 'MALFORMED'],
    ['/v1/indicators/parties', { knownAt: '2199-01-01T00:00:00Z' }, 409, 'KNOWN_AT_IN_THE_FUTURE'],
    ['/v1/indicators/parties', { position: '1.other' }, 410, 'OTHER_EPOCH'],
    ['/v1/indicators/parties/difference', {}, 400, 'MALFORMED'],
    ['/v1/indicators/parties/difference', { from: '1.other' }, 410, 'OTHER_EPOCH'],
    ['/v1/indicators/parties/difference', { from: 'yesterday' }, 400, 'MALFORMED'],
    ['/v1/indicators/parties/series', { every: 'month', from: '1900-01-01' }, 400, 'MALFORMED'],
    ['/v1/indicators/parties/series', { every: 'week' }, 400, 'MALFORMED'],
    ['/v1/indicators/parties/evidence', { after: 'somewhere' }, 400, 'MALFORMED'],
    ['/v1/indicators/parties/evidence', { after: '9223372036854775808~party-a~0~0~0' }, 400, 'MALFORMED'],
    ['/v1/indicators/parties/difference', { from: '9223372036854775808.other' }, 400, 'MALFORMED'],
  ])('%s with %o is answered %d %s', async (address, query, status, code) => {
    expect(await read<{ code: string }>(address, query, status)).toMatchObject({ code });
  });

  it.each([
    ['an unknown measure', { aggregation: 'sum', measure: 'colours' }, 'UNKNOWN_REFERENCE'],
    ['an unknown dimension', { aggregation: 'sum', measure: 'calls', where: [{ dimension: 'colour', is: 'red' }] }, 'UNKNOWN_REFERENCE'],
    ['a counting that lacks something', { aggregation: 'without', measure: 'calls', of: 'stream' }, 'COUNTING_LACKS'],
    ['a counting that says too much', { aggregation: 'sum', measure: 'calls', percentile: 50 }, 'COUNTING_HAS_TOO_MUCH'],
    ['one that tells apart by no dimension', { aggregation: 'distinct', measure: 'calls', of: 'dimension' }, 'COUNTING_OF_DIMENSION'],
  ])('an indicator of %s is refused, and nothing written', async (_, counting, code) => {
    expect(await give('indicator-definitions/refused/define-indicator', indicator(counting), 409)).toMatchObject({ code });
    await read('/v1/indicators/refused', {}, 404);
  });
});
