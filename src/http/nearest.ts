import type { Request } from 'express';
import { routesIn } from './methods';

/** How many letters must be put in, left out or changed to make one word of the other. */
const distance = (one: string, other: string): number => {
  let row = Array.from({ length: other.length + 1 }, (_, i) => i);
  for (const [i, letter] of Array.from(one).entries()) {
    const next = [i + 1];
    for (let j = 0; j < other.length; j += 1) next.push(Math.min(row[j + 1]! + 1, next[j]! + 1, row[j]! + (letter === other[j] ? 0 : 1)));
    row = next;
  }
  return row.at(-1)!;
};

/** `HoldMission` and `hold_mission` are `hold-mission` written otherwise. */
const letters = (word: string) => word.toLowerCase().replaceAll(/[^a-z]/g, '');

/** Which of some words another may have been meant for, the nearest first. */
export const nearest = (word: string, among: readonly string[]): readonly string[] => {
  const asked = letters(word);
  if (asked === '' || asked.length > 80) return [];
  const near = among.flatMap((each) => {
    const there = letters(each);
    const apart = distance(asked, there);
    return apart <= Math.ceil(asked.length / 4) || (asked.length > 3 && there.startsWith(asked)) ? [{ each, apart }] : [];
  });
  return [...new Set(near.toSorted((one, other) => one.apart - other.apart).map(({ each }) => each))];
};

/** Of an address that nothing answers at: what its last word may have been meant for (`hold-mission` for `hold-misson`), the nearest first. */
export const nearestTo = (request: Request): readonly string[] => {
  const asked = request.path.split('/');
  const word = asked.pop()!;
  const beside = routesIn(request).flatMap(({ path }) => {
    const parts = path.split('/');
    const last = parts.pop()!;
    const isBeside =
      parts.length === asked.length && parts.every((part, i) => part === asked[i] || (part.startsWith(':') && asked[i] !== ''));
    return isBeside && !last.startsWith(':') ? [last] : [];
  });
  return nearest(word, beside);
};
