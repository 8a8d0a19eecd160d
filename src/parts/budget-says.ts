import { vocabulary } from '../kernel/refusal';

/** Shared by the rules of a budget and by its totals. Amounts come in the unit of their currency. */
export const says = vocabulary({
  BUDGET_ENTRY_RECORDED_OTHERWISE:
    '{is, select, allocation {The allocation} expense {The expense} other {The reallocation}} {entry} was already recorded, otherwise',
  NO_SUCH_BUDGET_LINE: 'Nothing was ever allocated to a budget line {line}',
  BUDGET_LINE_NOT_NEW: 'The budget line {line} is not a new one',
  SAME_BUDGET_LINE: 'Money is moved between two different budget lines, not from {line} to itself',
  CURRENCY_OF_BUDGET_LINE: 'The budget line {line} is kept in {currency}, not in {other}',
  BUDGET_LINE_TOO_SHORT: 'The budget line {line} had {left} {currency} left on {on}, not {amount}',
  BUDGET_TOO_LARGE: 'A sum in {currency} would be larger than can be kept exactly',
  SAME_CURRENCY: 'An exchange rate is one between two different currencies, not of {currency} to itself',
  RATE_RECORDED_OTHERWISE: 'The exchange rate from {from} to {to} of {on} was already recorded, otherwise',
  NO_EXCHANGE_RATE: 'No exchange rate between {from} and {to} is recorded',
});
