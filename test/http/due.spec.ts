import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mintDevToken } from '../../src/http/dev-issuer';
import { serve, type Served } from '../../src/http/server';
import { addDays } from '../../src/kernel/partial-date';
import { type Database, freshDatabase } from '../cluster/database';

jest.setTimeout(60_000);

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: {
    readonly code?: string;
    readonly actor: string;
    readonly errors?: readonly { readonly code: string }[];
    readonly items: readonly Record<string, unknown>[];
    readonly next?: string;
  };
}

describe('what is due', () => {
  let database: Database;
  let served: Served;
  let last = '';
  const home = mkdtempSync(join(tmpdir(), 'puente-due-'));
  const today = new Date().toISOString().slice(0, 10);
  const inDays = (days: number) => addDays(today, days);
  const send = async (method: string, path: string, body?: object, headers: Record<string, string> = {}): Promise<Answer> => {
    const token = await mintDevToken({ home, role: 'programme-officer' });
    const answer = await fetch(`${served.base}/v1/${path}`, {
      method,
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json', ...headers },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Answer['body'] };
  };
  const post = async (path: string, body: object) => {
    const { status, headers, body: answer } = await send('POST', path, { occurredOn: inDays(-60), ...body });
    expect({ path, status, answer }).toMatchObject({ status: 201 });
    last = headers.get('puente-position')!;
  };
  const get = (path: string, language = 'en') =>
    send('GET', path, undefined, { 'Puente-Position': last, Prefer: 'wait=20', 'Accept-Language': language });
  const keys = async (path: string) => (await get(path)).body.items.map(({ id, key, state, daysLeft }) => [id, key, state, daysLeft]);

  beforeAll(async () => {
    database = await freshDatabase();
    served = await serve({ home, databaseUrl: database.url, log: () => undefined }, { host: '127.0.0.1', port: 0, log: 'silent' });
    await post('rule-sets/small/publish-rule-set', {
      ...{ version: 1, minPopulation: 50_000, setOfCitiesCountsTogether: true, excludedPartyKinds: [], source: 'test' },
      countries: [{ component: 'C1', european: ['ES', 'IT'], latinAmerican: ['BR', 'CO'] }],
      ...{ maxFundedTravellers: 5, missionsRequired: 2, missionsAllowed: 3, firstVisitor: [], commitmentMonths: 18, supportMonths: 18 },
    });
    await post('programmes/iuc/open-programme', { name: 'IUC', components: ['C1'] });
    const opening = { title: 'First', component: 'C1', round: 1, rules: 'small@1', timeZone: 'UTC' };
    await post('calls/first/open-call', { ...opening, deadline: `${inDays(10)}T12:00`, programme: 'iuc' });
    await post('calls/second/open-call', { ...opening, deadline: `${inDays(100)}T12:00` });
    await post('pipas/iberescena/register-pipa', { name: 'Iberescena', kind: 'programme' });
    await post('pipas/iberescena/set-annual-report-deadline', { year: 2024, dueOn: inDays(-5) });
    await post('pipas/iberescena/set-annual-report-deadline', { year: 2025, dueOn: inDays(10) });
    await post('pipas/iberescena/file-annual-report', { year: 2025 });
  });
  afterAll(async () => {
    await served.close();
    await database.drop();
    rmSync(home, { recursive: true, force: true });
  });

  it('is what is overdue and what comes within so many days, in the order of the days, with what is met', async () => {
    const soon = [
      ['iberescena', 'annual-report 2024', 'overdue', -5],
      ['first', 'call-closing', 'open', 10],
      ['iberescena', 'annual-report 2025', 'met', 10],
    ];
    expect(await keys('due')).toEqual(soon);
    expect(await keys('due?within=9d')).toEqual(soon.slice(0, 1));
    expect(await keys('due?within=100d')).toEqual([...soon, ['second', 'call-closing', 'open', 100]]);
  });

  it('says what each is in the language of the reader, and where it is of', async () => {
    const labels = await Promise.all(['en', 'es', 'pt'].map(async (language) => (await get('due', language)).body.items[0]));
    expect(labels.map((item) => item!['label'])).toEqual(['Annual report', 'Informe anual', 'Relatório anual']);
    expect(labels[0]).toMatchObject({ about: '2024', on: inDays(-5), lifecycle: 'pipa', links: { thing: '/v1/pipas/iberescena' } });
  });

  it('goes on by its Link', async () => {
    const found: unknown[] = [];
    let path: string | undefined = 'due?within=3660d&limit=1';
    while (path !== undefined) {
      const { headers, body }: Answer = await get(path);
      found.push(...body.items.map(({ id, key }) => `${String(id)} ${String(key)}`));
      path = /<\/v1\/([^>]+)>/.exec(headers.get('link') ?? '')?.[1];
    }
    expect(found).toEqual(['iberescena annual-report 2024', 'first call-closing', 'iberescena annual-report 2025', 'second call-closing']);
  });

  it('is narrowed to what an account answers for, at the thing or its programme', async () => {
    const { actor } = (await get('me')).body;
    expect(await keys(`due?by=${actor}`)).toEqual([]);
    await post('programmes/iuc/assign-officer', { officer: actor });
    expect((await keys(`due?within=100d&by=${actor}`)).map(([id]) => id)).toEqual(['first']);
    await post('calls/second/assign-officer', { officer: actor });
    expect((await keys(`due?within=100d&by=${actor}`)).map(([id]) => id)).toEqual(['first', 'second']);
  });

  it('refuses what is no number of days, no account, no cursor and no parameter', async () => {
    for (const [query, code] of [
      ['within=30', 'NOT_DAYS'],
      ['within=-1d', 'NOT_DAYS'],
      ['within=3661d', 'NOT_DAYS'],
      ['by=ana', 'NOT_A_UUID'],
      ['when=now', 'UNKNOWN_PARAMETER'],
      ['within=1d&within=2d', 'SENT_TWICE'],
    ] as const)
      expect({ query, ...(await get(`due?${query}`)) }).toMatchObject({ query, status: 400, body: { errors: [{ code }] } });
    expect(await get('due?after=2026')).toMatchObject({ status: 400 });
  });
});
