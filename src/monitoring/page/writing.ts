import type { PartialDate } from '../../kernel/partial-date';
import { type Language, locales } from '../../words/say';
import { html, type Markup } from './markup';

/** Numbers and dates as they are written in one language. */
export interface Writing {
  number(value: number): string;
  /** Of a date as far as it is known. */
  date(date: PartialDate): string;
  /** Of an instant, in UTC. */
  instant(instant: string): string;
}

export const writingIn = (language: Language): Writing => {
  const locale = locales[language];
  const numbers = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
  const dates = {
    10: new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }),
    7: new Intl.DateTimeFormat(locale, { year: 'numeric', month: 'long', timeZone: 'UTC' }),
  };
  const instants = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'medium', timeZone: 'UTC' });
  return {
    number: (value) => numbers.format(value),
    date: (date) => {
      const written = date.length === 10 ? dates[10] : date.length === 7 ? dates[7] : undefined;
      return written ? written.format(new Date(date)) : date;
    },
    instant: (instant) => `${instants.format(new Date(instant))} UTC`,
  };
};

/** A date for readers and for machines. */
export const dated = (writing: Writing, on: PartialDate): Markup => html`<time datetime="${on}">${writing.date(on)}</time>`;
