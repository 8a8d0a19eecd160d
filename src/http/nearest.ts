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

/** Of an address that nothing answers at: what its last word may have been meant for (`hold-mission` for `hold-misson`), the nearest first. */
export const nearestTo = (request: Request): readonly string[] => {
  const asked = request.path.split('/');
  const word = letters(asked.pop()!);
  if (word === '' || word.length > 80) return [];
  const near = routesIn(request).flatMap(({ path }) => {
    const parts = path.split('/');
    const last = parts.pop()!;
    const beside =
      parts.length === asked.length && parts.every((part, i) => part === asked[i] || (part.startsWith(':') && asked[i] !== ''));
    if (!beside || last.startsWith(':')) return [];
    const apart = distance(word, letters(last));
    return apart <= Math.ceil(word.length / 4) || (word.length > 3 && letters(last).startsWith(word)) ? [{ last, apart }] : [];
  });
  return [...new Set(near.toSorted((one, other) => one.apart - other.apart).map(({ last }) => last))];
};
