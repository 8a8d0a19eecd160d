import { decimal, isCurrency } from './currencies';
import { Count, type Given, told, word } from './fields';

/** An amount in the currency's minor unit (cents), a safe integer; its currency is a field of its own. */
export const Minor = (about: string, given: Given & { min?: number } = {}) =>
  Count(`${about}, in minor units (cents)`, { min: 0, max: Number.MAX_SAFE_INTEGER, ...given });

/** ISO 4217, with codes withdrawn since 2015. */
export const Currency = (about: string, given: Given = {}) =>
  word(
    about,
    given,
    (says) => [told('currency', isCurrency, says('NOT_A_CURRENCY'))],
    { type: String, pattern: '^[A-Z]{3}$', example: 'EUR' },
    () => 'EUR',
  );

/** An exchange rate: a positive decimal as text, since a number would not be exact. */
export const Rate = (about: string, given: Given = {}) =>
  word(
    about,
    given,
    (says) => [told('rate', (value) => decimal.test(value), says('NOT_A_RATE'))],
    { type: String, pattern: decimal.source, example: '4312.57' },
    () => '1.25',
  );
