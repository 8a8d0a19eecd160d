import supertest from 'supertest';
import { mintDevToken } from '../../src/http/dev-issuer';
import type { Role } from '../../src/kernel/fields';
import { served } from './served';

interface Standing {
  readonly indicator: string;
  readonly status: string;
  readonly expected: number | null;
  readonly period: { readonly period: string; readonly target: number } | null;
  readonly actual: { readonly value: number; readonly links: Readonly<Record<string, string>> } | null;
}
interface Progress {
  readonly position: string;
  readonly epoch: string;
  readonly rule: string;
  readonly indicators: readonly Standing[];
}
interface ReadAgain {
  readonly value: number | null;
}
interface Citations {
  readonly items: readonly {
    readonly is: 'figure' | 'event';
    readonly then?: ReadAgain;
    readonly now?: ReadAgain;
    readonly changed: boolean;
    readonly differsFromCited?: true;
    readonly standing?: string;
    readonly sentence?: string;
    readonly nowSays?: string;
    readonly links: Readonly<Record<string, string>>;
  }[];
  readonly next?: string;
}

describe('results frameworks and evaluations over HTTP', () => {
  const { home, base } = served();
  const as = async (role: Role) => supertest.agent(base()).set('Authorization', `Bearer ${await mintDevToken({ home, role })}`);
  let officer: Awaited<ReturnType<typeof as>>;
  let evaluator: Awaited<ReturnType<typeof as>>;
  let seen = '0.0';

  const give = async (who: typeof officer, address: string, body: object, status = 201) => {
    const answer = await who.post(`/v1/${address}`).send(body).expect(status);
    seen = answer.headers['puente-position'] ?? seen;
    return answer.body as { readonly code?: string };
  };
  const read = async <Answer>(address: string, query: object = {}) =>
    (await evaluator.get(address).query(query).set('Puente-Position', seen).set('Prefer', 'wait=20').expect(200)).body as Answer;

  const inAll = (text: string) => ({ en: text, es: text, pt: text });
  const party = (occurredOn: string, kind = 'city') => ({ name: 'A party', kind, countries: ['ES'], occurredOn });
  const authority = { authority: 'malaga', reason: 'Registered in error' };
  const aim = {
    ...{ label: inAll('Parties'), unit: inAll('parties'), level: 'output', direction: 'rising', occurredOn: '2019' },
    baseline: { value: 0, on: '2018' },
    periods: [{ period: 'y1', from: '2019-01-01', to: '2019-12-31', target: 4 }],
  };

  beforeAll(async () => {
    [officer, evaluator] = await Promise.all([as('programme-officer'), as('evaluator')]);
    const counting = { aggregation: 'sum', measure: 'party-registered' };
    const rule = { rule: 'Parties registered.', source: 'This specification (2026)', level: 'output', occurredOn: '2019' };
    await give(officer, 'indicator-definitions/parties/define-indicator', {
      ...{ version: 1, label: inAll('Parties'), unit: inAll('parties'), counting },
      ...rule,
    });
    for (const [id, on] of [
      ['malaga', '2019-02-01'],
      ['almada', '2019-05-01'],
      ['zagreb', '2019-06-01'],
    ] as const)
      await give(officer, `parties/${id}/register-party`, party(on));
    await give(officer, 'programmes/iuc/open-programme', { name: 'IUC', components: ['C1'], occurredOn: '2018' });
    await give(officer, 'results-frameworks/iuc/open-framework', { name: 'IUC results', programme: 'iuc', occurredOn: '2019' });
    const computed = { from: 'parties' };
    await give(officer, 'results-frameworks/iuc/add-result-indicator', {
      ...{ ...aim, indicator: 'parties', computed, disaggregatedBy: ['kind'] },
    });
    await give(officer, 'results-frameworks/iuc/add-result-indicator', { ...aim, indicator: 'trained' });
  });

  it('tell of each indicator how it stands, and where its value is from', async () => {
    const value = { result: 'first', indicator: 'trained', period: 'y1', value: 1, asOf: '2019-06-30', verification: 'Signatures' };
    await give(officer, 'results-frameworks/iuc/submit-result', value);
    expect((await read<Progress>('/v1/results-frameworks/iuc/progress', { asOf: '2019-06-30' })).indicators).toMatchObject([
      { indicator: 'parties', status: 'on-track', period: { period: 'y1', target: 4 }, actual: { is: 'computed', value: 3 } },
      { indicator: 'trained', status: 'no-data', actual: null },
    ]);
    await give(officer, 'results-frameworks/iuc/approve-result', { result: 'first' });
    const { indicators, rule } = await read<Progress>('/v1/results-frameworks/iuc/progress', { asOf: '2019-06-30' });
    expect(rule).toContain('straight line');
    expect(indicators[1]).toMatchObject({ status: 'behind', expected: 1.983562, actual: { is: 'entered', value: 1, result: 'first' } });
    expect(indicators[0]!.actual).toMatchObject({ parts: [{ dimension: 'kind', is: 'city', value: 3 }] });
    const evidence = await read<{ items: readonly object[] }>(indicators[0]!.actual!.links['evidence']!);
    expect(evidence.items).toHaveLength(3);
    const approval = await read<{ items: readonly { type: string }[] }>(indicators[1]!.actual!.links['approval']!);
    expect(approval.items[0]!.type).toBe('ResultApproved');
  });

  it('give the same bytes at the position they name', async () => {
    const first = await read<Progress>('/v1/results-frameworks/iuc/progress', { asOf: '2019-06-30' });
    const again = { asOf: '2019-06-30', position: `${first.position}.${first.epoch}` };
    const bytes = async () => (await evaluator.get('/v1/results-frameworks/iuc/progress').query(again).expect(200)).text;
    const before = await bytes();
    await give(officer, 'results-frameworks/iuc/revise-target', {
      indicator: 'trained',
      period: 'y1',
      target: 1,
      reason: 'x',
      occurredOn: '2019',
    });
    expect(await bytes()).toBe(before);
    const { indicators } = await read<Progress>('/v1/results-frameworks/iuc/progress', { asOf: '2019-12-31' });
    expect(indicators[1]).toMatchObject({ status: 'achieved', period: { target: 1, revisedFrom: [4] } });
  });

  it('refuse what cannot be, and write nothing', async () => {
    const below = { ...aim, indicator: 'below', periods: [{ ...aim.periods[0]!, target: -1 }] };
    const overlapping = { ...aim, indicator: 'overlapping', periods: [aim.periods[0]!, { ...aim.periods[0]!, period: 'y2' }] };
    const before = await officer.get('/v1/results-frameworks/iuc').expect(200);
    for (const [body, code] of [
      [below, 'TARGET_BELOW_BASELINE'],
      [overlapping, 'PERIODS_OVERLAP'],
    ] as const)
      expect(await give(officer, 'results-frameworks/iuc/add-result-indicator', body, 409)).toMatchObject({ code });
    expect((await officer.get('/v1/results-frameworks/iuc').expect(200)).headers['etag']).toBe(before.headers['etag']);
    const another = { name: 'Another', programme: 'nowhere', occurredOn: '2019' };
    expect(await give(officer, 'results-frameworks/nowhere/open-framework', another, 409)).toMatchObject({ code: 'UNKNOWN_REFERENCE' });
    await evaluator.get('/v1/results-frameworks/nowhere/progress').expect(404);
  });

  it('read what a finding cites again as it was cited, and say what changed since', async () => {
    const questions = [{ question: 'reach', criterion: 'effectiveness', asks: 'How many take part?' }];
    const opening = { title: 'Mid-term', programme: 'iuc', from: '2018-01-01', to: '2019-12-31', questions, occurredOn: '2020' };
    await give(evaluator, 'evaluations/mid-term/open-evaluation', opening);
    const figure = await read<{ value: number; knownAt: string }>('/v1/indicators/parties', { asOf: '2019-12-31' });
    const citation = { indicator: 'parties', version: 1, asOf: '2019-12-31', knownAt: figure.knownAt, value: figure.value };
    const finding = { finding: 'f1', answers: ['reach'], says: 'Three take part', occurredOn: '2020' };
    expect(await give(evaluator, 'evaluations/mid-term/record-finding', { ...finding, events: ['party-nowhere@0'] }, 409)).toMatchObject({
      code: 'UNKNOWN_REFERENCE',
    });
    const ofNothing = { ...finding, figures: [{ ...citation, by: 'colour' }] };
    expect(await give(evaluator, 'evaluations/mid-term/record-finding', ofNothing, 409)).toMatchObject({ code: 'UNKNOWN_REFERENCE' });
    await give(evaluator, 'evaluations/mid-term/record-finding', {
      ...finding,
      figures: [citation, { ...citation, value: 5, where: [{ dimension: 'kind', is: 'city' }] }, { ...citation, by: 'gender' }],
      events: ['party-almada@0', 'party-zagreb@0'],
    });
    const before = await read<Citations>('/v1/evaluations/mid-term/citations');
    expect(before.items).toMatchObject([
      { is: 'figure', then: { value: 3 }, now: { value: 3 }, changed: false },
      { is: 'figure', then: { value: 3 }, differsFromCited: true, changed: false },
      { is: 'figure', then: { value: null, noData: 'UNREADABLE' }, changed: false },
      { is: 'event', event: 'party-almada@0', standing: 'in-force', changed: false },
      { is: 'event', event: 'party-zagreb@0', standing: 'in-force', changed: false },
    ]);
    expect(before.items[0]).not.toHaveProperty('differsFromCited');

    const taken = await officer
      .post('/v1/parties/zagreb/correct')
      .set('If-Match', '*')
      .send({ retract: [{ revision: 0 }], ...authority })
      .expect(201);
    seen = taken.headers['puente-position'] ?? seen;
    const after = await read<Citations>('/v1/evaluations/mid-term/citations');
    expect(after.items).toMatchObject([
      { then: { value: 3 }, now: { value: 2 }, changed: true },
      { then: { value: 3 }, now: { value: 2 }, changed: true, differsFromCited: true },
      { changed: false },
      { standing: 'in-force', changed: false },
      { standing: 'retracted', by: 'party-zagreb@1', changed: true },
    ]);
    const difference = await read<{ change: number; items: readonly object[] }>(after.items[0]!.links['difference']!);
    expect([difference.change, difference.items.length]).toEqual([-1, 1]);
    expect((await read<{ value: number }>(after.items[0]!.links['figure']!)).value).toBe(3);
    const timeline = await read<{ items: readonly { revision: number }[] }>(after.items[4]!.links['timeline']!);
    expect(timeline.items[0]!.revision).toBe(0);
  });

  it('page through what is cited, all pages as known at the first', async () => {
    const first = await read<Citations>('/v1/evaluations/mid-term/citations', { limit: 3 });
    const rest = await read<Citations>('/v1/evaluations/mid-term/citations', { limit: 3, after: first.next });
    expect([first.items.length, rest.items.length, rest.next]).toEqual([3, 2, undefined]);
    await evaluator.get('/v1/evaluations/mid-term/citations').query({ after: 'somewhere' }).expect(400);
    await evaluator.get('/v1/evaluations/nowhere/citations').expect(404);
  });
});
