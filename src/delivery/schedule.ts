const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/** How long after an attempt in vain the next one is made, in milliseconds; the first is made at once. Standard Webhooks recommends it. */
export const usualSchedule: readonly number[] = [
  ...[0, 5 * second, 5 * minute, 30 * minute, 2 * hour, 5 * hour, 10 * hour, 14 * hour, 20 * hour, 24 * hour],
];

/** Attempts of many that failed together are not made together again. */
const jitter = 0.1;

/**
 * When something is tried again that was tried so often; undefined where that was the last time.
 * @param chance from 0 to 1
 */
export const nextAttempt = (schedule: readonly number[], attempts: number, now: Date, chance: number): Date | undefined => {
  const delay = schedule[attempts];
  return delay === undefined ? undefined : new Date(now.getTime() + delay * (1 + jitter * (2 * chance - 1)));
};

/** When an endpoint that failed is tried again that has failed so often: never at once, also where events are tried only once. */
export const restsOf = (schedule: readonly number[]): readonly number[] => (schedule.length > 1 ? schedule : usualSchedule).slice(1);

/** Seconds or a date, as HTTP writes them; never more than a day. Undefined where it is neither. */
export const retryAfter = (header: string | undefined, now: Date): Date | undefined => {
  if (header === undefined) return undefined;
  const at = /^\d{1,9}$/.test(header) ? now.getTime() + Number(header) * second : Date.parse(header);
  return Number.isNaN(at) ? undefined : new Date(Math.min(Math.max(at, now.getTime()), now.getTime() + 24 * hour));
};
