import type { Moment } from '../kernel/part';
import { certainlyAfter, latestDayAt, type PartialDate } from '../kernel/partial-date';
import { type Said, vocabulary } from '../kernel/refusal';

export const future = vocabulary({ ITS_DAY_TO_COME: 'its day to have come: {occurredOn} lies in the future' });

/** What is missing of a date that certainly lies ahead of when it was recorded. */
export const toCome = (occurredOn: PartialDate, { recordedAt }: Moment): readonly Said[] =>
  certainlyAfter(occurredOn, latestDayAt(recordedAt)) ? [future.lack('ITS_DAY_TO_COME', { occurredOn })] : [];

/** The one gate that every lifecycle has. */
export const notInTheFuture = {
  rule: 'Only what has happened is recorded.',
  source: 'follows from what a record is',
  firm: true,
  guardsAllBut: [],
  missing: (_: unknown, __: unknown, moment: Moment): readonly Said[] => toCome(moment.occurredOn, moment),
} as const;
