import { validateXML } from 'xmllint-wasm';
import { breaking, type RuleSet } from './iati-rules';

const today = '2021-06-30';
const ask = async (xml: string, xpath: string): Promise<string> => {
  const asked = { xml: { fileName: 'a.xml', contents: xml }, normalization: 'format' as const };
  return (await validateXML({ ...asked, modifyArguments: () => ['--xpath', xpath, 'a.xml'] })).normalized.trim();
};
const broken = async (rule: string, given: object, xml: string): Promise<number | undefined> => {
  const rules: RuleSet = { '/all/one': { [rule]: { cases: [given] } } };
  const [found] = await breaking(rules, today, async (xpath) => [await ask(xml, `string(${xpath})`)]);
  return found?.nodes === undefined ? undefined : Number(await ask(xml, `count(${found.nodes})`));
};

it.each([
  ['atleast_one', { paths: ['a', '@b'] }, '<one b="1"/>', '<one/>'],
  ['no_more_than_one', { paths: ['a'] }, '<one><a/></one>', '<one><a/><a/></one>'],
  ['if_then', { if: 'a', then: 'b' }, '<one><a/><b/></one>', '<one><a/></one>'],
  ['strict_sum', { paths: ['a/@p'], sum: 100 }, '<one><a p="33.33"/><a p="66.67"/></one>', '<one><a p="33.33"/><a p="66.66"/></one>'],
  ['range', { paths: ['a/@p'], min: 0, max: 100 }, '<one><a p="100"/></one>', '<one><a p="100.1"/></one>'],
  [
    'date_order',
    { less: 'a/@d', more: 'b/@d' },
    '<one><a d="2020-01-01"/><b d="2020-01-01"/></one>',
    '<one><a d="2020-01-02"/><b d="2020-01-01"/></one>',
  ],
  ['date_order', { less: 'a/@d', more: 'NOW' }, '<one><a d="2021-06-30"/></one>', '<one><a d="2021-06-30"/><a d="2021-07-01"/></one>'],
  ['date_now', { date: '@d' }, '<one d="2021-06-30T23:00:00Z"/>', '<one d="2021-07-01T00:00:00Z"/>'],
  ['time_limit', { start: '@a', end: '@b' }, '<one a="2020-01-01" b="2020-12-31"/>', '<one a="2020-01-01" b="2021-01-02"/>'],
  ['unique', { paths: ['@a', 'b'] }, '<one a="x"><b>y</b></one>', '<one a="x"><b>x</b></one>'],
  ['no_spaces', { paths: ['a'] }, '<one><a>x y</a></one>', '<one><a> x</a></one>'],
  ['startswith', { prefix: ['@ref'], separator: '-', paths: ['a'] }, '<one ref="x"><a>x-1</a></one>', '<one ref="x"><a>x1</a></one>'],
  ['regex_matches', { paths: ['a'], regex: '^[^\\/\\&]+$' }, '<one><a>x</a></one>', '<one><a>x/y</a></one>'],
  ['one_or_all', { one: '@xml:lang', all: 'lang' }, '<one><narrative xml:lang="en"/></one>', '<one><narrative/></one>'],
  [
    'loop',
    { foreach: 'a/@v', do: { atleast_one: { cases: [{ paths: ["a[@v = '$1']/@p"] }] } }, subs: ['paths'] },
    '<one><a v="x" p="1"/></one>',
    '<one><a v="x"/></one>',
  ],
])('a rule of %s %o tells what keeps it from what breaks it', async (rule, given, keeps, breaks) => {
  expect(await broken(rule, given, `<all>${keeps}</all>`)).toBe(0);
  expect(await broken(rule, given, `<all>${breaks}${keeps}</all>`)).toBe(1);
  expect(await broken(rule, { ...given, condition: 'never' }, `<all>${breaks}</all>`)).toBe(rule === 'loop' ? 1 : 0);
});

it('a rule that cannot be judged is told, and not passed over', async () => {
  for (const [rule, given] of [
    ['startswith', { prefix: ['ORG-ID-PREFIX'], paths: ['a'] }],
    ['regex_matches', { paths: ['a'], regex: '^(one|other)$' }],
    ['something_new', { paths: ['a'] }],
  ] as const)
    expect(await broken(rule, given, '<all><one/></all>')).toBeUndefined();
});
