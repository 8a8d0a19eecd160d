import type { ClaimEvents } from '../parts/claim-course';

/** `about` is within five per cent. */
export const agrees = ({ value, comparator }: Pick<ClaimEvents['ClaimPublished'], 'value' | 'comparator'>, recount: number): boolean => {
  switch (comparator) {
    case '=':
      return recount === value;
    case '>':
      return recount > value;
    case '>=':
      return recount >= value;
    case '<':
      return recount < value;
    case '<=':
      return recount <= value;
    case 'about':
      return Math.abs(recount - value) * 20 <= Math.abs(value);
  }
};

type Figure = Pick<ClaimEvents['ClaimPublished'], 'value' | 'comparator'>;

/** Whether some value is as both say: two exact ones agree where they are the same, an exact one with a bound that it keeps. */
export const agreeWithEachOther = (one: Figure, other: Figure): boolean => {
  if (one.comparator === '=') return agrees(other, one.value);
  if (other.comparator === '=') return agrees(one, other.value);
  const { least, most } = rangeOf(one);
  const others = rangeOf(other);
  return least <= others.most && others.least <= most;
};
const rangeOf = ({ value, comparator }: Figure) => ({
  least: comparator === 'about' ? value - Math.abs(value) / 20 : comparator.startsWith('>') ? value : -Infinity,
  most: comparator === 'about' ? value + Math.abs(value) / 20 : comparator.startsWith('<') ? value : Infinity,
});
