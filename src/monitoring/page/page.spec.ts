import { HtmlValidate } from 'html-validate';
import { languages } from '../../words/say';
import { colours } from './drawn';
import type { PageData } from './page-data';
import { renderPage } from './page';
import type { Addresses } from './section';
import { style } from './style';
import { pageWords } from './words';

const hostile = `</title><script>alert("x")</script> & "'`;
const source = { document: `A page ${hostile}`, date: '2020-12', says: 'It says so', page: 'javascript:alert(1)' };
const claim = { value: 52, comparator: '=', source, about: hostile, is: 'published', contradicts: [], differs: true } as const;
const on = { asOf: '2020-12-31', knownAt: '2026-11-22T10:00:00.000Z', position: '1234567890', epoch: '0b5dd1a5' } as const;
const figure = { version: 1, unit: 'parties', straddling: 0, illustrative: true };
const stated = {
  id: 'x-countries',
  about: 'Countries of X',
  value: 12,
  comparator: '=',
  source,
  on: '2019-12-31',
  recount: 11,
  agrees: false,
} as const;
const took = { pairings: 26, median: 141, ninetieth: 202 };

const data: PageData = {
  ...on,
  report: {
    ...{ ...on, illustrative: true, notes: [hostile], straddling: 2, notCountable: [] },
    indicators: [
      { ...figure, code: 'parties', label: hostile, value: 1254, claims: [{ id: 'cities', ...claim, recount: 1254, agrees: false }] },
      { ...figure, code: 'ratio', label: 'Ratio', value: null, noData: 'DIVIDED_BY_ZERO', claims: [] },
    ],
  },
  register: {
    ...on,
    claims: [
      {
        id: 'cities',
        ...claim,
        asOf: '2020',
        recounts: [{ indicator: 'parties', version: 1, asOf: '2020-12-31', recount: 1254, agrees: false }],
      },
      { id: 'planned', ...claim, value: 79, figure: 'planned', recounts: [], contradicts: ['listed'], notCountable: 'Nothing tells of it' },
      { id: 'listed', ...claim, value: 80, figure: 'planned', recounts: [], contradicts: ['planned'], notCountable: 'Nothing tells of it' },
      { id: 'trained', ...claim, comparator: '>', differs: false, recounts: [], notCountable: `Nothing tells of it ${hostile}` },
    ],
  },
  process: {
    ...on,
    rule: 'By nearest rank',
    phases: [{ phase: 'missions', label: hostile, illustrative: true, took, waits: { ...took, median: null } }],
  },
  frameworks: [
    {
      ...{ ...on, id: 'iuc', name: hostile, rule: 'Achieved: it reaches the target.' },
      indicators: [
        {
          ...{
            indicator: 'parties',
            label: hostile,
            unit: 'parties',
            level: 'output',
            direction: 'rising',
            baseline: { value: 0, on: '2018' },
          },
          period: { period: 'y1', from: '2019-01-01', to: '2019-12-31', target: 4, revisedFrom: [] },
          actual: { is: 'entered', value: 3, asOf: '2019-12-31', result: 'r1', parts: [], documents: [], approved: 'framework-iuc@4' },
          ...{ expected: 4, status: 'behind' },
        },
      ],
    },
  ],
  active: [
    { asOf: '2019-12-31', total: 2, kinds: { programme: 1, initiative: 1, 'affiliated-project': 0 }, published: [] },
    {
      asOf: '2020-12-31',
      total: 2,
      kinds: { programme: 2, initiative: 0, 'affiliated-project': 0 },
      published: [{ id: 'all', value: 30, comparator: '=', of: 'all' }],
    },
  ],
  pipas: [
    {
      ...{ id: 'ibermuseos', name: hostile, kind: 'programme', approvedOn: '2007', members: 5, minimum: 7, stated: [stated] },
      kinds: [
        { kind: 'initiative', on: '2007' },
        { kind: 'programme', on: '2008' },
      ],
    },
    {
      id: 'unknown',
      name: hostile,
      kind: 'affiliated-project',
      members: null,
      stated: [],
      kinds: [{ kind: 'affiliated-project', on: '2007' }],
    },
  ],
};
const addresses: Addresses = {
  report: '/v1/report?a=1&b=2',
  process: '/v1/process',
  evidence: ({ code }) => `/v1/indicators/${code}/evidence`,
  claim: (id) => `/v1/claims/${id}`,
  pipa: (id) => `/v1/pipas/${id}`,
  progress: (id) => `/v1/results-frameworks/${id}/progress`,
};
const checker = new HtmlValidate({
  extends: ['html-validate:recommended', 'html-validate:document', 'html-validate:a11y'],
  rules: { 'void-style': 'off', 'no-trailing-whitespace': 'off', 'long-title': 'off' },
});

describe.each(languages)('the page of the report in %s', (language) => {
  let page: string;
  beforeAll(async () => void (page = await renderPage(data, language, addresses)));

  it('is HTML that readers of screens can use', async () => {
    const { results } = await checker.validateString(page);
    expect(results.flatMap(({ messages }) => messages.map(({ ruleId, message, line }) => `${line}: ${ruleId} ${message}`))).toEqual([]);
    expect(page).toContain(`<html lang="${language}">`);
    expect(page.match(/<h1/g)).toHaveLength(1);
  });

  it('holds no script, no style but its own, and nothing of what it shows as HTML', () => {
    expect(page).not.toMatch(/<script|javascript:alert\(1\)"|<[^>]* (on[a-z]+|style)=/i);
    expect(page).toContain(`<style>${style}</style>`);
    expect(page).toContain('&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;');
  });

  it('names each chart, says what it shows, and has it as a table as well', () => {
    const charts = [...page.matchAll(/<svg [^>]*role="img" aria-labelledby="(\S+) (\S+)"[\s\S]*?<\/svg>([\s\S]*?)<(?:\/section|h3)/g)];
    expect(charts).toHaveLength(5);
    for (const [svg, title, described, after] of charts) {
      expect(svg).toContain(`<title id="${title!}">`);
      expect(svg).toContain(`<desc id="${described!}">`);
      expect(after).toContain('<table>');
      expect(svg.match(/ (role|aria-\S+)=/g)).toHaveLength(2);
    }
    // What is drawn has no ids that two charts could share.
    expect(page).not.toMatch(/url\(#|id="(clip|gradient)/);
  });

  it('has a caption and headed rows and columns in every table', () => {
    for (const [table] of page.matchAll(/<table>[\s\S]*?<\/table>/g)) {
      expect(table).toMatch(/<caption>\s*\S/);
      expect(table).not.toMatch(/<th(?! scope="(col|row)")[ >]/);
    }
  });

  it('writes numbers as the language does, and says how each stands in words', () => {
    expect(page).toContain(language === 'en' ? '1,254' : '1254');
    const { differs, belowMinimum, contradictions, statuses, kinds } = pageWords[language];
    for (const said of [differs, belowMinimum, contradictions, statuses.behind, `${kinds.initiative} (2007)`, `${kinds.programme} (2008)`])
      expect(page).toContain(said);
  });

  it('is the same for the same question, also when asked at once', async () => {
    expect(await Promise.all([renderPage(data, language, addresses), renderPage(data, language, addresses)])).toEqual([page, page]);
  });

  it('leads nowhere where it stands alone, but to what was published elsewhere', async () => {
    const alone = await renderPage(data, language);
    expect([...alone.matchAll(/href="([^"]*)"/g)].map(([, to]) => to!).filter((to) => !to.startsWith('#'))).toEqual([]);
    for (const to of ['/v1/report?a=1&amp;b=2', '/v1/indicators/parties/evidence', '/v1/claims/listed', '/v1/pipas/ibermuseos'])
      expect(page).toContain(`href="${to}"`);
  });
});

it('is a page also where nothing was recorded', async () => {
  const nothing: PageData = {
    ...{ ...data, position: '0', knownAt: null, frameworks: [], active: [], pipas: [] },
    report: { ...data.report, indicators: [], straddling: 0, illustrative: false },
    register: { ...data.register, claims: [] },
    process: { ...data.process, phases: [] },
  };
  const page = await renderPage(nothing, 'en');
  expect(page).toContain('Nothing was recorded by then.');
  expect((await checker.validateString(page)).valid).toBe(true);
});

it('is read on white in every colour', () => {
  const linear = (part: number) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
  const luminance = (hex: string) =>
    [0.2126, 0.7152, 0.0722].reduce((sum, weight, i) => sum + weight * linear(parseInt(hex.slice(1 + i * 2, 3 + i * 2), 16) / 255), 0);
  const inText = [...style.matchAll(/[{; ]color: (#[0-9a-f]{6})/g)].map(([, hex]) => hex!);
  expect(inText.length).toBeGreaterThan(4);
  for (const hex of [...inText, colours.ink, colours.bar, colours.mark, colours.quiet])
    expect(1.05 / (luminance(hex) + 0.05)).toBeGreaterThanOrEqual(4.5);
});
