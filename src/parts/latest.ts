import { lastDay, type PartialDate } from '../kernel/partial-date';

/** The later of two dates; of dates known roughly the one that may reach further. */
export const later = (one: PartialDate, other: PartialDate): PartialDate => (lastDay(one) < lastDay(other) ? other : one);
