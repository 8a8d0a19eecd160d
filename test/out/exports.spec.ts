import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import supertest from 'supertest';
import { exportTo } from '../../src/cli/export';
import { AskedWrongly } from '../../src/http/auth';
import { mintDevToken } from '../../src/http/dev-issuer';
import type { Role } from '../../src/kernel/fields';
import { served } from '../http/served';
import { cellsOf, sheetsOf } from './exported';

const words = (text: string) => ({ en: text, es: text, pt: text });
const hostile = '=HYPERLINK("http://example.org","click")';

interface Listed {
  readonly tables: readonly {
    readonly name: string;
    readonly href: string;
    readonly schema: { readonly fields: readonly { name: string }[] };
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

  const give = async (address: string, body: object) => {
    const answer = await officer.post(`/v1/${address}`).send(body).expect(201);
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
