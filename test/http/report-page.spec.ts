import { createHash } from 'node:crypto';
import { HtmlValidate } from 'html-validate';
import supertest from 'supertest';
import { report } from '../../src/cli/report';
import { mintDevToken } from '../../src/http/dev-issuer';
import type { Role } from '../../src/kernel/fields';
import { languages } from '../../src/words/say';
import { served } from './served';

const checker = new HtmlValidate({
  extends: ['html-validate:recommended', 'html-validate:document', 'html-validate:a11y'],
  rules: { 'void-style': 'off', 'no-trailing-whitespace': 'off', 'long-title': 'off' },
});

describe('the report to look at, over HTTP', () => {
  const { home, base, database } = served();
  const as = async (role: Role) => supertest.agent(base()).set('Authorization', `Bearer ${await mintDevToken({ home, role })}`);
  let officer: Awaited<ReturnType<typeof as>>;
  let evaluator: Awaited<ReturnType<typeof as>>;
  let seen = '0.0';
  const give = async (address: string, body: object) => {
    const answer = await officer.post(`/v1/${address}`).send(body);
    expect((answer.body as { code?: string; detail?: string }).detail).toBeUndefined();
    seen = answer.headers['puente-position'] ?? seen;
  };
  const look = (query: object = {}, language = 'en') =>
    evaluator
      .get('/v1/report')
      .query(query)
      .set({ Accept: 'text/html', 'Accept-Language': language, 'Puente-Position': seen, Prefer: 'wait=20' })
      .expect(200);
  const inAll = (text: string) => ({ en: text, es: text, pt: text });
  const source = { document: 'A page', date: '2020', says: 'It says so', page: 'https://example.org/pipa' };

  beforeAll(async () => {
    [officer, evaluator] = await Promise.all([as('programme-officer'), as('evaluator')]);
    const rule = { rule: 'Active by the day.', source: 'This specification (2026)', level: 'output', occurredOn: '2020' };
    await give('indicator-definitions/pipas-active/define-indicator', {
      ...{ version: 1, label: inAll('PIPA active'), unit: inAll('PIPA'), counting: { aggregation: 'stock', measure: 'pipas-active' } },
      ...rule,
    });
    await give('indicator-definitions/pipa-memberships/define-indicator', {
      ...{ version: 1, label: inAll('Memberships'), unit: inAll('memberships'), counting: { aggregation: 'sum', measure: 'pipa-members' } },
      ...rule,
    });
    await give('claims/thirty/publish-claim', {
      ...{ about: inAll('Active PIPA'), value: 30, comparator: '=', asOf: '2018', against: ['pipas-active'], source, occurredOn: '2018' },
    });
    await give('claims/countries/publish-claim', {
      ...{ about: inAll('Countries of Ibermuseos <b>'), value: 4, comparator: '=', asOf: '2010', source, occurredOn: '2010' },
      ...{ against: ['pipa-memberships'], where: [{ dimension: 'pipa', is: 'ibermuseos' }] },
    });
    await give('pipas/ibermuseos/register-pipa', { name: 'Ibermuseos', kind: 'initiative', area: 'culture', occurredOn: '2007' });
    await give('pipas/ibermuseos/list-countries', { countries: ['AR', 'BR', 'CL'], source: 'A page of 2010', occurredOn: '2010' });
    await give('pipas/ibermuseos/approve-pipa', { occurredOn: '2007' });
    await give('pipas/ibermuseos/change-pipa-kind', { becomes: 'programme', occurredOn: '2008' });
    await give('programmes/iuc/open-programme', { name: 'IUC', components: ['C1'], occurredOn: '2018' });
    await give('results-frameworks/iuc/open-framework', { name: 'IUC results', programme: 'iuc', occurredOn: '2019' });
    await give('results-frameworks/iuc/add-result-indicator', {
      ...{
        indicator: 'active',
        label: inAll('Active in time'),
        unit: inAll('PIPA'),
        level: 'output',
        direction: 'rising',
        occurredOn: '2019',
      },
      ...{ baseline: { value: 0, on: '2018' }, periods: [{ period: 'y1', from: '2019-01-01', to: '2019-12-31', target: 4 }] },
      ...{ computed: { from: 'pipas-active' }, disaggregatedBy: [] },
    });
  });

  it.each(languages)('is one file in %s that a checker of HTML and of accessibility finds no fault with', async (language) => {
    const { text, headers } = await look({ asOf: '2020-12-31' }, language);
    const { results } = await checker.validateString(text);
    expect(results.flatMap(({ messages }) => messages.map(({ ruleId, message }) => `${ruleId} ${message}`))).toEqual([]);
    expect(headers).toMatchObject({ 'content-type': 'text/html; charset=utf-8', 'content-language': language });
    expect(headers['vary']).toMatch(/Accept(,|$)/);
  });

  it('may bring its own style, and nothing else', async () => {
    const { text, headers } = await look();
    const [, style = ''] = /<style>([\s\S]*?)<\/style>/.exec(text)!;
    const policy = headers['content-security-policy'];
    expect(policy).toContain(`style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`);
    expect(policy).toContain("default-src 'none'");
    expect(text).not.toMatch(/<script| src=|<[^>]* style=/);
  });

  it('shows figures, what was published, targets, programmes by year, by countries and by what they were', async () => {
    const { text } = await look({ asOf: '2020-12-31' });
    const plain = text
      .replaceAll(/<svg[\s\S]*?<\/svg>/g, '')
      .replaceAll(/<[^>]+>/g, ' ')
      .replaceAll(/\s+/g, ' ');
    for (const said of [
      'PIPA active : 1 , differs',
      'Active in time 0 (2018)',
      'behind',
      'All: 30',
      'Ibermuseos programme 2007 3 7: below',
      'Countries of Ibermuseos &lt;b&gt; 4 2010 3: differs',
      'initiative (2007) → programme (2008)',
    ])
      expect(plain.replaceAll(' :', ':').replaceAll(' ,', ',')).toContain(said.replaceAll(' :', ':').replaceAll(' ,', ','));
  });

  it('leads from a figure to its events, as known when', async () => {
    const { text } = await look({ asOf: '2020-12-31' });
    const found = [...text.matchAll(/href="(\/v1\/[^"]*)"/g)].map(([, address]) => address!.replaceAll('&amp;', '&'));
    const addresses = [...new Set(found)];
    expect(addresses.length).toBeGreaterThan(6);
    for (const address of addresses) await evaluator.get(address).expect(200);
    const evidence = addresses.find((address) => address.startsWith('/v1/indicators/pipas-active/evidence'))!;
    const events = (await evaluator.get(evidence)).body as { readonly items: readonly { readonly event: string }[] };
    expect(events.items.map(({ event }) => event)).toEqual(['pipa-ibermuseos@4', 'pipa-ibermuseos@5', 'pipa-ibermuseos@5']);
  });

  it('gives the same bytes at the address it names, whatever is recorded since', async () => {
    const { text } = await look({ asOf: '2020-12-31' });
    const [, address] = /href="(\/v1\/report[^"]*)"/.exec(text)!;
    await give('pipas/iberescena/register-pipa', { name: 'Iberescena', kind: 'programme', occurredOn: '2007' });
    await give('pipas/iberescena/approve-pipa', { occurredOn: '2007' });
    const later = await look(Object.fromEntries(new URLSearchParams(address!.replaceAll('&amp;', '&').split('?')[1])));
    expect(later.text).toBe(text);
    expect((await look({ asOf: '2020-12-31' })).text).toContain('Iberescena');
  });

  it('is JSON for whoever does not ask for a page', async () => {
    for (const Accept of ['*/*', 'application/json', 'application/json, text/html;q=0.9'])
      expect((await evaluator.get('/v1/report').set({ Accept }).expect(200)).headers['content-type']).toMatch(/^application\/json/);
  });

  it('is printed by the command line alone on standard output, without addresses of a server', async () => {
    let printed = '';
    const terminal = jest.spyOn(process.stdout, 'write').mockImplementation((text) => Boolean((printed += String(text))));
    const settings = { home, databaseUrl: database().url, log: () => undefined };
    try {
      expect(await report({ settings, format: 'html', language: 'pt', asOf: '2020-12-31' })).toBe(0);
    } finally {
      terminal.mockRestore();
    }
    expect(printed).toMatch(/^<!doctype html>\s*<html lang="pt">[\s\S]*<\/html>\n$/i);
    expect(printed).not.toContain('href="/v1/');
  });
});
