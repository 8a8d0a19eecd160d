import { itsDay } from './field-samples';
import { type Given, told, word } from './fields';
import { isDay, isInstant, isPartialDate } from './partial-date';

export const PartialDate = (about: string, given: Given = {}) =>
  word(
    about,
    given,
    (says) => [told('partialDate', isPartialDate, says('NOT_A_DATE'))],
    { type: String, example: '2018-04' },
    ({ on }) => on,
  );
export const Day = (about: string, given: Given = {}) =>
  word(about, given, (says) => [told('day', isDay, says('NOT_A_DAY'))], { type: String, format: 'date' }, itsDay);
/** A wall-clock time without zone, such as `2019-03-04T23:59`; its zone is a field of its own. */
export const LocalTime = (about: string) =>
  word(
    about,
    {},
    (says) => [
      told(
        'localTime',
        (value) => /^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d$/.test(value) && isDay(value.slice(0, 10)),
        says('NOT_A_LOCAL_TIME'),
      ),
    ],
    { type: String, example: '2019-03-04T23:59' },
    (from, nth) => `${String(itsDay(from, nth))}T23:59`,
  );
/** A moment with its offset: when something was known. */
export const Instant = (about: string, given: Given = {}) =>
  word(
    about,
    given,
    (says) => [told('instant', isInstant, says('NOT_AN_INSTANT'))],
    { type: String, format: 'date-time' },
    (from, nth) => `${String(itsDay(from, nth))}T00:00:00Z`,
  );
const zones = new Set([...Intl.supportedValuesOf('timeZone'), 'UTC']);
export const TimeZone = (about: string) =>
  word(
    about,
    {},
    (says) => [told('timeZone', (value) => zones.has(value), says('NOT_A_TIME_ZONE'))],
    { type: String, example: 'Europe/Brussels' },
    () => 'UTC',
  );
