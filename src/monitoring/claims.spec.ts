import { agrees } from './claims';

it.each([
  ['=', 26, 26, true],
  ['=', 26, 27, false],
  ['>', 520, 520, false],
  ['>', 520, 521, true],
  ['>=', 520, 520, true],
  ['<', 520, 520, false],
  ['<=', 520, 520, true],
  ['about', 100, 105, true],
  ['about', 100, 94, false],
] as const)('a claim of %s %d against a recount of %d: %s', (comparator, value, recount, answer) => {
  expect(agrees({ comparator, value }, recount)).toBe(answer);
});
