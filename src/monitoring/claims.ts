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
