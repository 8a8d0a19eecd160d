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
      expect(await sentences('pt')).toContain('Elegibilidade verificada: 130.000 habitantes (2018)');
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
});
