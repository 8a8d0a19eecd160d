import { agrees, claims } from './claims';
import { indicators } from './indicators';
import { languages } from './reference-data';

it.each([
  ['=', 26, 26, true],
  ['=', 26, 27, false],
  ['>', 520, 520, false],
  ['>', 520, 521, true],
  ['>=', 520, 520, true],
  ['about', 100, 105, true],
  ['about', 100, 94, false],
] as const)('a claim of %s %d against a recount of %d: %s', (comparator, value, recount, answer) => {
  expect(agrees({ comparator, value }, recount)).toBe(answer);
});

it('every published figure is held against an indicator, and one that nobody published says how it follows', () => {
  const codes = indicators().map(({ code }) => code);
  expect(
    claims()
      .map(({ indicator }) => indicator)
      .filter((code) => !codes.includes(code)),
  ).toEqual([]);
  expect(
    claims()
      .filter(({ derived }) => derived)
      .map(({ indicator, value }) => [indicator, value]),
  ).toEqual([
    ['pairings-without-ucap', 3],
    ['pairings-without-agreement', 6],
  ]);
});

it('the 52 published cities are held against places, parties and municipalities alike', () => {
  expect(
    claims()
      .filter(({ value }) => value === 52)
      .map(({ indicator }) => indicator),
  ).toEqual(['party-slots', 'parties-distinct', 'municipalities-distinct']);
});

it('every indicator has its words in every language of the product', () => {
  for (const { label, unit } of indicators()) for (const language of languages) expect([label[language], unit[language]]).not.toContain('');
});
