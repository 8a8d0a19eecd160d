import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mintDevToken } from '../../src/http/dev-issuer';
import { serve, type Served } from '../../src/http/server';
import type { Role } from '../../src/kernel/fields';
import { type Database, freshDatabase } from '../cluster/database';

jest.setTimeout(60_000);

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: { readonly code?: string; readonly items: readonly Record<string, unknown>[]; readonly next?: string };
}

describe('a call as a whole', () => {
  let database: Database;
  let served: Served;
  let last = '';
  const home = mkdtempSync(join(tmpdir(), 'puente-calls-'));
  beforeAll(async () => {
    database = await freshDatabase();
    served = await serve({ home, databaseUrl: database.url, log: () => undefined }, { host: '127.0.0.1', port: 0, log: 'silent' });
    await tell();
  });
  afterAll(async () => {
    await served.close();
    await database.drop();
    rmSync(home, { recursive: true, force: true });
  });

  const send = async (role: Role, method: string, path: string, body?: object, headers: Record<string, string> = {}): Promise<Answer> => {
    const answer = await fetch(`${served.base}/v1/${path}`, {
      method,
      headers: { Authorization: `Bearer ${await mintDevToken({ home, role })}`, 'Content-Type': 'application/json', ...headers },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Answer['body'] };
  };
  const post = async (path: string, body: object, role: Role = 'programme-officer') => {
    const answer = await send(role, 'POST', path, body);
    expect({ path, status: answer.status, code: answer.body.code }).toMatchObject({ status: 201 });
    last = answer.headers.get('puente-position')!;
  };
  /** Covers whatever was posted before. */
  const get = (path: string, { role = 'evaluator', language = 'en' }: { role?: Role; language?: string } = {}) =>
    send(role, 'GET', path, undefined, { 'Puente-Position': last, Prefer: 'wait=20', 'Accept-Language': language });
  const seen = async (path: string, ...fields: string[]) => (await get(path)).body.items.map((item) => fields.map((field) => item[field]));

  const tell = async () => {
    const rules = (minPopulation: number) => ({
      ...{ occurredOn: '2019', version: 1, minPopulation, setOfCitiesCountsTogether: true, excludedPartyKinds: [], source: 'test' },
      countries: [{ component: 'C1', european: ['ES', 'IT'], latinAmerican: ['BR', 'CO'] }],
      ...{ maxFundedTravellers: 5, missionsRequired: 2, missionsAllowed: 3, firstVisitor: [], commitmentMonths: 18, supportMonths: 18 },
    });
    await post('rule-sets/small/publish-rule-set', rules(50_000));
    await post('rule-sets/large/publish-rule-set', rules(100_000));
    const party = async (id: string, kind: string, country: string, population?: number, more = {}) => {
      await post(`parties/${id}/register-party`, { occurredOn: '2019', name: id.toUpperCase(), kind, countries: [country], ...more });
      if (population !== undefined) await post(`parties/${id}/record-population`, { occurredOn: '2019', population, year: 2018 });
    };
    await party('unit', 'organisation', 'IT');
    await party('santos', 'city', 'BR', 70_000);
    await party('niteroi', 'city', 'BR', 60_000);
    const members = ['santos', 'niteroi'].map((municipality) => ({ municipality, name: municipality }));
    await party('baixada', 'consortium', 'BR', undefined, { members });
    await party('cali', 'city', 'CO');
    await party('lecce', 'city', 'IT', 95_000);
    await party('jaen', 'city', 'ES', 113_000);
    const opened = { title: 'Call', component: 'C1', round: 1, rules: 'small@1', deadline: '2019-03-04T23:59', timeZone: 'Europe/Rome' };
    await post('calls/first/open-call', { occurredOn: '2019-01-10', ...opened });
    for (const [party, side, on, ...themes] of [
      ['santos', 'latin-american', '2019-02-10', 'housing', 'urban-mobility'],
      ['baixada', 'latin-american', '2019-02-11', 'housing', 'urban-mobility', 'circular-economy'],
      ['cali', 'latin-american', '2019-02-12', 'culture-and-heritage'],
      ['lecce', 'european', '2019-02-10', 'urban-mobility', 'housing'],
      ['jaen', 'european', '2019-02-14', 'circular-economy', 'housing'],
    ] as const) {
      await post(`applications/${party}/submit-application`, { occurredOn: on, call: 'first', party, side, themes, evidence: [] });
      await post(`applications/${party}/check-eligibility`, { occurredOn: '2019-03-10' });
    }
  };

  describe('its applications by the rules', () => {
    it('are judged by those of the call', async () =>
      expect(await seen('calls/first/eligibility', 'application', 'rules', 'outcome')).toEqual([
        ['baixada', 'small@1', 'passed'],
        ['cali', 'small@1', 'unknown'],
        ['jaen', 'small@1', 'passed'],
        ['lecce', 'small@1', 'passed'],
        ['santos', 'small@1', 'passed'],
      ]));
    it('or by any other, and nothing is recorded', async () => {
      const before = await get('applications/lecce/timeline');
      expect(await seen('calls/first/eligibility?rules=large@1', 'application', 'rules', 'outcome')).toEqual([
        ['baixada', 'large@1', 'passed'],
        ['cali', 'large@1', 'unknown'],
        ['jaen', 'large@1', 'passed'],
        ['lecce', 'large@1', 'failed'],
        ['santos', 'large@1', 'failed'],
      ]);
      expect((await get('applications/lecce/timeline')).body).toEqual(before.body);
    });
    it('say why, beside the check that stands, in the language of the reader', async () => {
      const { body } = await get('calls/first/eligibility?rules=large@1&limit=1&after=jaen', { language: 'es' });
      expect(body).toMatchObject({
        items: [
          {
            application: 'lecce',
            outcome: 'failed',
            answers: [{ rule: 'population', sentence: 'solo 95.000 habitantes (2018) donde se piden al menos 100.000' }, {}, {}],
            checked: { on: '2019-03-10', outcome: 'passed' },
          },
        ],
        next: 'lecce',
      });
    });
    it('are told on the timeline of each', async () => {
      const sentences = async (language: string) =>
        (await get('applications/baixada/timeline', { language })).body.items.map(({ sentence }) => sentence as string)[1];
      expect(await sentences('en')).toBe(
        'Eligibility checked: 130,000 inhabitants (2018) where at least 50,000 are asked for, this kind of party (a consortium) may apply, and Brazil among the countries that the rules admit',
      );
      expect((await sentences('pt'))!.replaceAll(/\s/g, ' ')).toContain('Elegibilidade verificada: 130 000 habitantes (2018)');
    });
    it('are for officers and evaluators', async () => {
      for (const role of ['assessor', 'focal-point', 'service'] as const)
        expect((await get('calls/first/eligibility', { role })).status).toBe(403);
    });
    it.each([
      ['calls/first/eligibility?rules=large', 400, 'MALFORMED'],
      ['calls/first/eligibility?rules=none@1', 409, 'UNKNOWN_REFERENCE'],
      ['calls/none/eligibility', 404, 'NOT_FOUND'],
      ['calls/first/eligibility?under=large@1', 400, 'MALFORMED'],
    ])('%s is answered %d', async (path, status, code) => expect(await get(path)).toMatchObject({ status, body: { code } }));
  });

  describe('its ranking', () => {
    const criteria = [
      { criterion: 'impact', weight: 50, lowest: 0, highest: 10 },
      { criterion: 'capacity', weight: 50, lowest: 0, highest: 10 },
    ];
    const assess = (application: string, role: Role, ...[impact, capacity]: [number, number]) =>
      post(
        `applications/${application}/assess-application`,
        {
          occurredOn: '2019-03-20',
          comment: 'Read',
          scores: [
            { criterion: 'impact', score: impact },
            { criterion: 'capacity', score: capacity },
          ],
        },
        role,
      );
    beforeAll(async () => {
      await post('calls/first/set-criteria', { occurredOn: '2019-01-20', criteria });
      // Means: jaen 50, lecce 50 with more impact, santos and baixada 40 alike, santos submitted a day earlier.
      await assess('jaen', 'assessor', 4, 6);
      await assess('lecce', 'assessor', 7, 5);
      await assess('lecce', 'programme-officer', 5, 3);
      await assess('santos', 'assessor', 3, 5);
      await assess('baixada', 'assessor', 3, 5);
      await assess('baixada', 'admin', 10, 10);
      await post('applications/baixada/declare-conflict', { occurredOn: '2019-03-21', reason: 'She was born there' }, 'admin');
    });

    it('goes by the mean of the weighted scores, and says what placed those of one score', async () => {
      const { body } = await get('calls/first/ranking');
      expect(
        body.items.map(({ rank, application, score, assessments, tie }) => [
          rank,
          application,
          (score as { value: string }).value,
          assessments,
          (tie as { decidedBy: string }).decidedBy,
        ]),
      ).toEqual([
        [1, 'lecce', '50.00', 2, 'leading-criterion'],
        [2, 'jaen', '50.00', 1, 'leading-criterion'],
        [3, 'santos', '40.00', 1, 'submission'],
        [4, 'baixada', '40.00', 1, 'submission'],
      ]);
      expect(body).toMatchObject({ unassessed: 1 });
      expect(body.items.map(({ conflicts }) => (conflicts as string[]).length)).toEqual([0, 0, 0, 1]);
    });
    it('can be asked by other weights, beside how it is, and records nothing', async () => {
      const asked = 'calls/first/what-if-ranking?weights=capacity:100';
      const { body } = await get(asked);
      expect(body.items.map(({ rank, application, score, now, rises }) => [rank, application, score, now, rises])).toEqual([
        [1, 'jaen', '60.00', { rank: 1, score: '50.00' }, 0],
        [2, 'baixada', '50.00', { rank: 3, score: '40.00' }, 1],
        [2, 'santos', '50.00', { rank: 3, score: '40.00' }, 1],
        [4, 'lecce', '40.00', { rank: 1, score: '50.00' }, -3],
      ]);
      const first = await get(`${asked}&limit=3`);
      expect((await get(`${asked}&limit=3&after=${first.body.next!}`)).body.items.map(({ application }) => application)).toEqual(['lecce']);
      expect(await seen('calls/first/ranking', 'rank', 'application')).toEqual([
        [1, 'lecce'],
        [2, 'jaen'],
        [3, 'santos'],
        [4, 'baixada'],
      ]);
    });
    it('keeps those that nobody assessed apart', async () => {
      const { body } = await get('calls/first/ranking?unassessed=true');
      expect(body).toMatchObject({ items: [{ application: 'cali', party: { id: 'cali', name: 'CALI' }, assessments: 0 }], unassessed: 1 });
      expect(body.items[0]).not.toHaveProperty('rank');
    });
    it('is one of each side too, and comes page by page', async () => {
      expect(await seen('calls/first/ranking?side=latin-american', 'rank', 'application')).toEqual([
        [1, 'santos'],
        [2, 'baixada'],
      ]);
      const found: unknown[] = [];
      for (let after = ''; ;) {
        const { body } = await get(`calls/first/ranking?limit=1${after}`);
        found.push(...body.items.map(({ rank, application }) => [rank, application]));
        if (body.next === undefined) break;
        after = `&after=${encodeURIComponent(body.next)}`;
      }
      expect(found).toEqual([
        [1, 'lecce'],
        [2, 'jaen'],
        [3, 'santos'],
        [4, 'baixada'],
      ]);
    });
    it('says that some are still tied, in the language of the reader, and leaves out what was withdrawn', async () => {
      await post('parties/bari/register-party', { occurredOn: '2019', name: 'Bari', kind: 'city', countries: ['IT'] });
      await post('parties/pisa/register-party', { occurredOn: '2019', name: 'Pisa', kind: 'city', countries: ['IT'] });
      for (const party of ['bari', 'pisa']) {
        const themes = ['housing'];
        await post(`applications/${party}/submit-application`, {
          occurredOn: '2019-02',
          call: 'first',
          party,
          side: 'european',
          themes,
          evidence: [],
        });
        await assess(party, 'assessor', 10, 10);
      }
      const { body } = await get('calls/first/ranking?side=european&limit=2', { language: 'es' });
      expect(body.items).toMatchObject([
        { rank: 1, application: 'bari', tie: { with: 1, decidedBy: 'nothing' } },
        {
          rank: 1,
          application: 'pisa',
          tie: {
            sentence:
              'La misma puntuación que otra solicitud; sigue empatada con 1, también en el criterio de mayor peso y por la fecha de presentación',
          },
        },
      ]);
      for (const party of ['bari', 'pisa'])
        await post(`applications/${party}/withdraw-application`, { occurredOn: '2019-04', reason: 'A new mayor' });
      expect(await seen('calls/first/ranking?side=european', 'application')).toEqual([['lecce'], ['jaen']]);
    });
    it.each([
      [
        'applications/lecce/assess-application',
        {
          comment: 'x',
          scores: [
            { criterion: 'impact', score: 11 },
            { criterion: 'capacity', score: 1 },
          ],
        },
        409,
        'SCORE_OUTSIDE_SCALE',
      ],
      ['applications/lecce/assess-application', { comment: 'x', scores: [{ criterion: 'impact', score: 1.5 }] }, 400, 'MALFORMED'],
      ['applications/lecce/assess-application', { comment: 'x', scores: [{ criterion: 'beauty', score: 1 }] }, 409, 'UNKNOWN_CRITERION'],
      ['calls/first/set-criteria', { criteria: [{ ...criteria[0], weight: 99 }] }, 409, 'WEIGHTS_NOT_A_HUNDRED'],
      ['calls/first/set-criteria', { criteria: [{ ...criteria[0], weight: 101 }] }, 400, 'MALFORMED'],
      ['applications/lecce/waive-rule', { rule: 'population', authority: 'unit', reason: 'Charm' }, 409, 'RULE_NOT_FAILED'],
      ['applications/lecce/waive-rule', { rule: 'charm', authority: 'unit', reason: 'Charm' }, 400, 'MALFORMED'],
    ])('to %s, %j is refused', async (path, body, status, code) =>
      expect(await send('programme-officer', 'POST', path, { occurredOn: '2019-03-25', ...body })).toMatchObject({
        status,
        body: { code },
      }),
    );
    it.each([
      ['calls/first/ranking?side=north', 400, 'MALFORMED'],
      ['calls/first/ranking?after=lecce', 400, 'MALFORMED'],
      [`calls/first/ranking?unassessed=true&after=~`, 400, 'MALFORMED'],
      ['calls/first/what-if-ranking', 400, 'MALFORMED'],
      ['calls/first/what-if-ranking?weights=impact', 400, 'MALFORMED'],
      ['calls/first/what-if-ranking?weights=impact:60,capacity:50', 400, 'MALFORMED'],
      ['calls/first/what-if-ranking?weights=beauty:100', 400, 'MALFORMED'],
      ['calls/none/ranking', 404, 'NOT_FOUND'],
      ['calls/first/candidates?after=lecce', 400, 'MALFORMED'],
      ['calls/first/candidates?free=perhaps', 400, 'MALFORMED'],
      ['calls/none/candidates', 404, 'NOT_FOUND'],
    ])('%s is answered %d', async (path, status, code) => expect(await get(path)).toMatchObject({ status, body: { code } }));
  });

  describe('its candidates', () => {
    beforeAll(async () => {
      for (const application of ['jaen', 'lecce', 'santos', 'baixada', 'cali'])
        await post(`applications/${application}/select-application`, { occurredOn: '2019-05-02', decidedBy: 'unit', reason: 'Good' });
    });
    const pairs = async (query = '') =>
      (await get(`calls/first/candidates${query}`)).body.items.map(({ european, latinAmerican, shared, themes }) => [
        (european as { application: string }).application,
        (latinAmerican as { application: string }).application,
        shared,
        (themes as { theme: string }[]).map(({ theme }) => theme).join(),
      ]);
    const all = [
      ['jaen', 'baixada', 2, 'circular-economy,housing'],
      ['lecce', 'baixada', 2, 'housing,urban-mobility'],
      ['lecce', 'santos', 2, 'housing,urban-mobility'],
      ['jaen', 'santos', 1, 'housing'],
    ];

    it('are pairs of selected applications that share themes, most first, with the themes named', async () => {
      expect(await pairs()).toEqual(all);
      const { body } = await get('calls/first/candidates?limit=1', { language: 'pt' });
      expect(body.items[0]).toMatchObject({
        european: { party: { id: 'jaen', name: 'JAEN' }, free: 1 },
        themes: [{ label: 'economia circular' }, { label: 'habitação' }],
      });
    });
    it('come page by page', async () => {
      const { body } = await get('calls/first/candidates?limit=2');
      expect(await pairs(`?after=${encodeURIComponent(body.next!)}`)).toEqual(all.slice(2));
    });
    it('go where one of them is withdrawn, and are told apart once one serves a pairing', async () => {
      await post('applications/santos/withdraw-application', { occurredOn: '2019-05-20', reason: 'No staff' });
      expect(await pairs()).toEqual(all.slice(0, 2));
      await post('pairings/jaen-baixada/form-pairing', { occurredOn: '2019-06-01', applications: ['jaen', 'baixada'] });
      // Marked by what follows from the pairing, or here, whichever is first.
      for (const application of ['jaen', 'baixada']) {
        const answer = await send('admin', 'POST', `applications/${application}/mark-paired`, { pairing: 'jaen-baixada' });
        last = answer.headers.get('puente-position')!;
      }
      expect(await pairs('?free=true')).toEqual([]);
      expect(await pairs()).toEqual(all.slice(0, 2));
    });
    it('are for officers and evaluators', async () => {
      for (const path of ['calls/first/candidates', 'calls/first/ranking'])
        expect((await get(path, { role: 'assessor' })).status).toBe(403);
    });
  });
});
