import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import supertest from 'supertest';
import { exportTo } from '../../src/cli/export';
import { AskedWrongly } from '../../src/http/auth';
import { mintDevToken } from '../../src/http/dev-issuer';
import type { Role } from '../../src/kernel/fields';
import { ruleSet } from '../../data/iuc-lac/sources';
import { served } from '../http/served';
import { cellsOf, sheetsOf } from './exported';

const words = (text: string) => ({ en: text, es: text, pt: text });
const hostile = '=HYPERLINK("http://example.org","click")';

interface Listed {
  readonly tables: readonly {
    readonly name: string;
    readonly href: string;
    readonly description: string;
    readonly schema: {
      readonly fields: readonly { readonly name: string; readonly constraints?: { readonly required?: true } }[];
      readonly primaryKey?: readonly string[];
    };
  }[];
}
interface Package {
  readonly asOf: string;
  readonly knownAt: string;
  readonly description: string;
  readonly resources: readonly { readonly name: string; readonly path: string; readonly hash?: string; readonly bytes?: number }[];
}

describe('what leaves the house', () => {
  const { home, base, database } = served();
  const as = async (role: Role) => supertest.agent(base()).set('Authorization', `Bearer ${await mintDevToken({ home, role })}`);
  let officer: Awaited<ReturnType<typeof as>>;
  let evaluator: Awaited<ReturnType<typeof as>>;
  let seen = '0.0';

  const give = async (address: string, body: object, by = officer) => {
    const answer = await by.post(`/v1/${address}`).send(body).expect(201);
    seen = answer.headers['puente-position']!;
  };
  const read = (address: string, query: object = {}, status = 200) =>
    evaluator
      .get(address)
      .query(query)
      .set('Puente-Position', seen)
      .set('Prefer', 'wait=20')
      .buffer(true)
      .parse((response, done) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => done(null, Buffer.concat(chunks)));
      })
      .expect(status);
  const bytes = async (address: string, query: object = {}) => (await read(address, query)).body as Buffer;
  const csv = async (table: string, query: object = {}) =>
    cellsOf((await bytes(`/v1/exports/${table}`, { format: 'csv', ...query })).toString('utf8'));

  beforeAll(async () => {
    [officer, evaluator] = await Promise.all([as('programme-officer'), as('evaluator')]);
    await give('indicator-definitions/parties/define-indicator', {
      ...{ version: 1, label: words(hostile), unit: words('-parties'), level: 'output' },
      ...{ counting: { aggregation: 'sum', measure: 'party-registered' } },
      ...{ rule: 'Parties registered.', source: 'This specification (2026)', occurredOn: '2020' },
    });
    await give('parties/malaga/register-party', { name: hostile, kind: 'city', countries: ['ES'], occurredOn: '2019-03-01' });
    await give('parties/lazio/register-party', { name: '@Lazio', kind: 'region', countries: ['IT'], occurredOn: '2019-06' });
    await give('claims/parties/publish-claim', {
      ...{ about: words('+Parties'), value: 3, comparator: '>=', asOf: '2020', against: ['parties'] },
      ...{ source: { document: '=1+1', date: '2020', says: 'At least three parties.' }, occurredOn: '2020' },
    });
    await give('programmes/iuc/open-programme', { name: 'IUC', components: ['C1'], occurredOn: '2017' });
    await give('results-frameworks/iuc/open-framework', { name: '=IUC', programme: 'iuc', occurredOn: '2017' });
    await give('results-frameworks/iuc/add-result-indicator', {
      ...{ indicator: 'parties', label: words('Parties'), unit: words('parties'), level: 'output', direction: 'rising' },
      baseline: { value: 0, on: '2017' },
      periods: [
        { period: 'first', from: '2018-01-01', to: '2019-05-31', target: 1 },
        { period: 'second', from: '2019-06-01', to: '2020-12-31', target: 4 },
        { period: 'third', from: '2021-01-01', to: '2021-12-31', target: 9 },
      ],
      ...{ computed: { from: 'parties' }, occurredOn: '2017' },
    });
  });

  it('is listed with what each of its columns means', async () => {
    const { tables } = JSON.parse((await bytes('/v1/exports')).toString()) as Listed;
    expect(tables.map(({ name }) => name)).toEqual(['indicators', 'claims', 'facts', 'pairings', 'results']);
    for (const { name, href, schema } of tables) {
      const [head] = cellsOf((await bytes(href, { format: 'csv', asOf: '2020-12-31' })).toString('utf8'));
      expect([name, head]).toEqual([name, schema.fields.map((field) => field.name)]);
    }
  });

  it('tells figures, claims, facts and results as they stood, and no text of it begins a formula', async () => {
    const asked = { asOf: '2020-12-31' };
    const [, parties] = await csv('indicators', asked);
    expect(parties).toEqual(['parties', '1', `'${hostile}`, '2', "'-parties", '', '0', 'false', '1', '0']);
    const [, claim] = await csv('claims', asked);
    expect(claim!.slice(0, 6)).toEqual(['parties', 'parties', "'+Parties", 'published', 'at least', '3']);
    expect(claim).toEqual(expect.arrayContaining(["'=1+1", '2020-12-31', '2', 'false']));
    const facts = await csv('facts', asked);
    expect(facts.map(([event, , , measure]) => [event, measure])).toEqual(expect.arrayContaining([['party-lazio@0', 'party-registered']]));
    const results = await csv('results', { asOf: '2020-06-30' });
    expect(results.slice(1).map((row) => [row[11], row[14], row[15], row.at(-1)])).toEqual([
      ['first', '1', '1', 'achieved'],
      ['second', '4', '2', 'behind'],
      ['third', '9', '', 'not-begun'],
    ]);
    expect(results[1]![1]).toBe("'=IUC");
    expect((await csv('facts', { asOf: '2019-06-15' })).flat()).not.toContain('party-lazio@0');
  });

  it('has texts as they are in JSON', async () => {
    const { asOf, knownAt, rows } = JSON.parse((await bytes('/v1/exports/indicators', { asOf: '2020-12-31' })).toString()) as {
      asOf: string;
      knownAt: string;
      rows: readonly object[];
    };
    expect({ asOf, rows }).toMatchObject({
      asOf: '2020-12-31',
      rows: [{ indicator: 'parties', label: hostile, value: 2, illustrative: false }],
    });
    expect(new Date(knownAt).toISOString()).toBe(knownAt);
  });

  it('is a spreadsheet of texts, numbers and days, behind a sheet that says what it stands on', async () => {
    const sheets = await sheetsOf(await bytes('/v1/exports/workbook', { asOf: '2020-12-31' }));
    expect([...sheets.keys()]).toEqual(['about', 'indicators', 'claims', 'facts', 'pairings', 'results']);
    expect(sheets.get('about')).toEqual(expect.arrayContaining([['asOf', '2020-12-31']]));
    expect(sheets.get('indicators')![1]!.slice(0, 5)).toEqual(['parties', 1, `'${hostile}`, 2, "'-parties"]);
    expect(sheets.get('facts')!.flat()).toContainEqual(new Date('2019-06-30T00:00:00Z'));
  });

  it.each([
    ['indicators', { format: 'csv' }],
    ['facts', { format: 'xlsx' }],
    ['results', { format: 'json' }],
    ['workbook', {}],
    ['datapackage', {}],
  ])('gives the same bytes of %s at the address that it names, whatever is recorded since, and names no position', async (name, query) => {
    const first = await read(`/v1/exports/${name}`, { ...query, asOf: '2020-12-31' });
    const [position] = /(?<=position=)\d+/.exec(first.headers['content-location']!)!;
    await give(`parties/${name}-later/register-party`, { name: 'Later', kind: 'city', countries: ['PT'], occurredOn: '2019' });
    await read(`/v1/exports/${name}`, { ...query, asOf: '2020-12-31' });
    const again = await read(first.headers['content-location']!);
    expect((again.body as Buffer).equals(first.body as Buffer)).toBe(true);
    expect(again.headers['content-location']).toBe(first.headers['content-location']);
    expect(first.headers['content-disposition']).toMatch(/^attachment; filename="[a-z]+(-2020-12-31)?\.(csv|json|xlsx)"$/);
    expect((first.body as Buffer).toString('latin1')).not.toMatch(new RegExp(`position"?[ :=]+"?${position}`));
  });

  it.each([
    ['/v1/exports/persons', {}, 404, 'NOT_FOUND'],
    ['/v1/exports/facts', { format: 'pdf' }, 400, 'MALFORMED'],
    ['/v1/exports/facts', { asOf: '2019-02-30' }, 400, 'MALFORMED'],
    ['/v1/exports/facts', { knownAt: '2199-01-01T00:00:00Z' }, 409, 'KNOWN_AT_IN_THE_FUTURE'],
    ['/v1/exports/facts', { position: '1.other' }, 410, 'OTHER_EPOCH'],
  ])('%s with %o is answered %d %s', async (address, query, status, code) => {
    expect(JSON.parse(((await read(address, query, status)).body as Buffer).toString())).toMatchObject({ code });
  });

  it('is in the language that was asked for, names it, and is told apart by it', async () => {
    const table = (language: string) =>
      evaluator.get('/v1/exports/indicators').query({ asOf: '2020-12-31' }).set('Accept-Language', language).expect(200);
    for (const language of ['es', 'pt']) {
      const { headers } = await table(language);
      expect([headers['content-language'], headers['vary']]).toEqual([language, expect.stringContaining('Accept-Language')]);
    }
    const { paths } = (await evaluator.get('/openapi.json').expect(200)).body as {
      paths: Record<string, { get: { responses: { 200: { description: string; headers: object } } } }>;
    };
    const told = paths['/v1/exports/{id}']!.get.responses[200];
    expect(told.description).toContain('Accept-Language');
    expect(Object.keys(told.headers)).toEqual(expect.arrayContaining(['Content-Language', 'Vary']));
  });

  describe('of claims that are narrowed, or held against nothing', () => {
    beforeAll(async () => {
      const claim = {
        about: words('Cities'),
        value: 1,
        comparator: '=',
        occurredOn: '2020',
        source: { document: 'News', date: '2020', says: 'One' },
      };
      const where = [
        { dimension: 'side', is: 'european' },
        { dimension: 'kind', is: 'city' },
      ];
      await give('claims/narrowed/publish-claim', { ...claim, against: ['parties'], where });
      await give('claims/alone/publish-claim', { ...claim, against: [], notCountable: 'Nobody says what was counted' });
    });

    it('says what each claim is narrowed to', async () => {
      const [head, ...rows] = await csv('claims', { asOf: '2020-12-31' });
      const [claim, where] = ['claim', 'where'].map((name) => head!.indexOf(name)) as [number, number];
      expect(rows.map((row) => [row[claim], row[where]])).toEqual([
        ['alone', ''],
        ['narrowed', 'side:european kind:city'],
        ['parties', ''],
      ]);
    });

    it('requires no column that a row leaves empty, and names as primary key only columns that are required', async () => {
      const { tables } = JSON.parse((await bytes('/v1/exports')).toString()) as Listed;
      const found = new Map<string, readonly string[]>();
      for (const { name, schema } of tables) {
        const [head, ...rows] = await csv(name, { asOf: '2020-12-31' });
        const required = schema.fields.filter(({ constraints }) => constraints?.required).map((field) => field.name);
        expect([name, required.filter((column) => rows.some((row) => row[head!.indexOf(column)] === ''))]).toEqual([name, []]);
        expect([name, required]).toEqual([name, schema.primaryKey ?? required]);
        if (!schema.primaryKey) found.set(name, required);
      }
      expect(Object.fromEntries(found)).toEqual({ claims: ['claim'] });
    });
  });

  it('has no account of anybody among facts, and says which are left out', async () => {
    const [admin, assessor] = [await as('admin'), await as('assessor')];
    const actorOf = async (who: typeof admin) => ((await who.get('/v1/me').expect(200)).body as { actor: string }).actor;
    const [responsible, assessing] = [await actorOf(officer), await actorOf(assessor)];
    await give('rule-sets/r/publish-rule-set', { occurredOn: '2018', ...ruleSet(50_000, 'a test') }, admin);
    await give('programmes/iuc/assign-officer', { officer: responsible, occurredOn: '2018' }, admin);
    await give('calls/first/open-call', {
      ...{ title: 'First', programme: 'iuc', component: 'C1', round: 1, rules: 'r@1', occurredOn: '2019-01-10' },
      ...{ deadline: '2019-03-04T23:59', timeZone: 'Europe/Rome' },
    });
    await give('calls/first/set-criteria', {
      criteria: [{ criterion: 'impact', weight: 100, lowest: 0, highest: 97 }],
      occurredOn: '2019-01-20',
    });
    await give('calls/first/assign-assessor', { assessor: assessing, occurredOn: '2019-03' });
    const submitted = { call: 'first', side: 'european', themes: ['housing'], evidence: [], occurredOn: '2019-02-10' };
    for (const party of ['jaen', 'lecce']) {
      await give(`parties/${party}/register-party`, { name: party, kind: 'city', countries: ['ES'], occurredOn: '2018' });
      await give(`applications/${party}/submit-application`, { ...submitted, party });
      await give(`applications/${party}/check-eligibility`, { occurredOn: '2019-03-10' });
    }
    const scores = [{ criterion: 'impact', score: 41 }];
    await give('applications/jaen/assess-application', { scores, comment: 'Read', occurredOn: '2019-03-20' }, assessor);
    await give('applications/lecce/declare-conflict', { reason: 'A cousin', occurredOn: '2019-03-20' }, assessor);

    const facts = (await bytes('/v1/exports/facts', { asOf: '2020-12-31' })).toString();
    expect(facts).toContain('application-lecce@0');
    const measures = ['assessments', 'assessors-assigned', 'conflicts-of-interest', 'officers-assigned'];
    const { rows } = await database().pool.query<{ measure: string }>(
      `select distinct measure from reading.facts where subject like '%' || $1 or subject like '%' || $2 order by measure`,
      [responsible, assessing],
    );
    expect(rows.map(({ measure }) => measure)).toEqual(measures);
    expect([responsible, assessing].filter((account) => facts.includes(account))).toEqual([]);
    const { tables } = JSON.parse((await bytes('/v1/exports')).toString()) as Listed;
    expect(tables.find(({ name }) => name === 'facts')!.description).toContain(measures.join(', '));
  });

  it('is written into a folder, CSV with a description that holds what was written, and never over anything', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'puente-export-'));
    const said: string[] = [];
    const settings = { home, databaseUrl: database().url, log: (line: string) => void said.push(line) };
    const asked = { settings, asOf: '2020-12-31', format: 'csv', language: 'en' } as const;
    try {
      expect(await exportTo({ ...asked, folder })).toBe(0);
      const described = JSON.parse(readFileSync(join(folder, 'datapackage.json'), 'utf8')) as Package;
      expect(described.resources.map(({ path }) => path)).toEqual([
        'indicators.csv',
        'claims.csv',
        'facts.csv',
        'pairings.csv',
        'results.csv',
      ]);
      for (const { path, hash, bytes } of described.resources) {
        const file = readFileSync(join(folder, path));
        expect([bytes, hash]).toEqual([file.length, `sha256:${createHash('sha256').update(file).digest('hex')}`]);
      }
      expect(described.description).toContain('apostrophe');
      expect(said.at(-1)).toContain('as of 2020-12-31');
      await expect(exportTo({ ...asked, folder })).rejects.toThrow(
        new AskedWrongly(`${folder} is not empty: name a folder that is, or one that is not there yet`),
      );

      const other = join(folder, 'other');
      expect(await exportTo({ ...asked, folder: other, format: 'xlsx' })).toBe(0);
      expect(readdirSync(other)).toEqual(['puente.xlsx']);
      writeFileSync(join(folder, 'file'), '');
      await expect(exportTo({ ...asked, folder: join(folder, 'file') })).rejects.toThrow('it is a file');
      expect(await exportTo({ ...asked, folder: join(folder, 'none'), knownAt: '2199-01-01T00:00:00Z' })).toBe(2);
      expect(await exportTo({ ...asked, folder: join(folder, 'none', 'below'), format: 'iati' })).toBe(2);
      expect(readdirSync(folder)).not.toContain('none');
      const empty = join(folder, 'empty');
      mkdirSync(empty);
      expect(await exportTo({ ...asked, folder: join(empty, 'none'), format: 'iati' })).toBe(2);
      expect(await exportTo({ ...asked, folder: empty, format: 'iati' })).toBe(2);
      expect(readdirSync(empty)).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
