/** A date as far as it is known: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`. */
export type PartialDate = string;
/** A whole day, `YYYY-MM-DD`. */
export type Day = string;

const shape = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/;
const two = (n: number) => String(n).padStart(2, '0');
const daysIn = (year: number, month: number) => new Date(Date.UTC(year, month, 0)).getUTCDate();

/** True for real dates between 1900 and 2199 only: 2019-02-30 is none. */
export const isPartialDate = (text: string): boolean => {
  const [, year, month, day] = shape.exec(text) ?? [];
  if (!year || Number(year) < 1900 || Number(year) > 2199) return false;
  if (month && (Number(month) < 1 || Number(month) > 12)) return false;
  return !day || (Number(day) >= 1 && Number(day) <= daysIn(Number(year), Number(month)));
};

export const isDay = (text: string): boolean => text.length === 10 && isPartialDate(text);

const withOffset = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/;

/** A moment of a real day, in ISO 8601 with its offset. */
export const isInstant = (text: string): boolean => withOffset.test(text) && isDay(text.slice(0, 10)) && !Number.isNaN(Date.parse(text));

export const firstDay = (date: PartialDate): Day => (date.length === 4 ? `${date}-01-01` : date.length === 7 ? `${date}-01` : date);

export const lastDay = (date: PartialDate): Day =>
  date.length === 4
    ? `${date}-12-31`
    : date.length === 7
      ? `${date}-${two(daysIn(Number(date.slice(0, 4)), Number(date.slice(5))))}`
      : date;

/** With dates known roughly a rule refuses only what is certainly outside: these two are the only comparisons rules make. */
export const certainlyBefore = (one: PartialDate, other: PartialDate): boolean => lastDay(one) < firstDay(other);
export const certainlyAfter = (one: PartialDate, other: PartialDate): boolean => firstDay(one) > lastDay(other);

/** Certainly after the one and before the other, on neither of these days; nothing is after an `until` that is not known. */
export const certainlyBetween = (date: PartialDate, from: PartialDate, until: PartialDate | undefined): boolean =>
  certainlyAfter(date, from) && (until === undefined || certainlyBefore(date, until));

/** In the order in which they happened, as far as their dates tell; otherwise in the order in which they come. */
export const byDate = (one: PartialDate, other: PartialDate): number =>
  firstDay(one) < firstDay(other) ? -1 : firstDay(one) > firstDay(other) ? 1 : 0;

/** The later of two dates; of dates known roughly the one that may reach further, of two that reach as far the one that begins later. */
export const later = (one: PartialDate, other: PartialDate): PartialDate =>
  lastDay(one) < lastDay(other) || (lastDay(one) === lastDay(other) && firstDay(one) < firstDay(other)) ? other : one;

interface Dated {
  readonly on: PartialDate;
}
/** The latest of dated entries; of those with one last day the one that was recorded last. */
export const latestOf = <Entry extends Dated>(entries: readonly Entry[]): Entry | undefined =>
  entries.reduce<Entry | undefined>((latest, each) => (latest && lastDay(each.on) < lastDay(latest.on) ? latest : each), undefined);
/** The entry that is current on a date: the latest of those that are not certainly after it. */
export const currentOn = <Entry extends Dated>(entries: readonly Entry[], date: PartialDate): Entry | undefined =>
  latestOf(entries.filter(({ on }) => !certainlyAfter(on, date)));

/** The same day so many months later; the 31st becomes the last day of a shorter month. */
export const addMonths = (day: Day, months: number): Day => {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  const at = new Date(Date.UTC(year, month - 1 + months, 1));
  return `${at.getUTCFullYear()}-${two(at.getUTCMonth() + 1)}-${two(Math.min(date, daysIn(at.getUTCFullYear(), at.getUTCMonth() + 1)))}`;
};

export const addDays = (day: Day, days: number): Day => new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);

/** Whole months from one day to a later one: 2018-01-31 to 2018-02-28 is one. */
export const monthsBetween = (from: Day, to: Day): number => {
  const [years, months] = to.split('-').map(Number) as [number, number];
  const [fromYears, fromMonths] = from.split('-').map(Number) as [number, number];
  const whole = (years - fromYears) * 12 + months - fromMonths;
  return addMonths(from, whole) > to ? whole - 1 : whole;
};

/** Whole days from one day to another, negative when the other is earlier. */
export const daysBetween = (from: Day, to: Day): number => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);

/** The same moment in UTC, to the millisecond. */
export const inUtc = (instant: string): string => new Date(instant).toISOString();

/** The last day that has begun somewhere on Earth (UTC+14) at an instant: what is later is certainly in the future. */
export const latestDayAt = (instant: string): Day => new Date(Date.parse(instant) + 14 * 3_600_000).toISOString().slice(0, 10);
