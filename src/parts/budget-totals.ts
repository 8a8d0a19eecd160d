import { decimalsOf } from '../kernel/currencies';
import { latestOf } from '../kernel/partial-date';
import { Rejected } from '../kernel/refusal';
import type { Rate, Total } from './budget-lines';
import { says } from './budget-says';

/** An exact number that is not below zero. */
interface Fraction {
  readonly over: bigint;
  readonly under: bigint;
}
const plus = (one: Fraction, other: Fraction): Fraction => ({
  over: one.over * other.under + other.over * one.under,
  under: one.under * other.under,
});
const times = (one: Fraction, other: Fraction): Fraction => ({ over: one.over * other.over, under: one.under * other.under });
const inverse = ({ over, under }: Fraction): Fraction => ({ over: under, under: over });
const nothing: Fraction = { over: 0n, under: 1n };
const ten = (power: number): Fraction => ({ over: 10n ** BigInt(power), under: 1n });

const fractionOf = (rate: string): Fraction => {
  const [whole = '', decimals = ''] = rate.split('.');
  return { over: BigInt(whole + decimals), under: 10n ** BigInt(decimals.length) };
};
/** To whole minor units, a half up. */
const rounded = ({ over, under }: Fraction): bigint => (2n * over + under) / (2n * under);

/** The rate that holds between two currencies: the latest by its date, in whichever direction it was recorded. */
const rateBetween = <R extends Rate>(rates: readonly R[], one: string, other: string): R | undefined =>
  latestOf(rates.filter(({ from, to }) => (from === one && to === other) || (from === other && to === one)));

/** All totals as one, with each rate that was used. */
export interface TotalIn<R extends Rate> extends Total {
  readonly rates: readonly R[];
}

/**
 * Totals of several currencies in one. Each sum is exact and rounded once, at its end, a half up; what is left is what was allocated less what
 * was spent, as they are shown.
 * @throws Rejected NO_EXCHANGE_RATE with every rate that is missing, BUDGET_TOO_LARGE
 */
export const totalIn = <R extends Rate>(currency: string, totals: readonly Total[], rates: readonly R[]): TotalIn<R> => {
  const others = totals.filter((total) => total.currency !== currency);
  const found = new Map(others.map((total) => [total.currency, rateBetween(rates, total.currency, currency)]));
  const missing = [...found].flatMap(([from, rate]) => (rate ? [] : [says.lack('NO_EXCHANGE_RATE', { from, to: currency })]));
  if (missing.length > 0) throw new Rejected(missing[0]!, { missing });

  const perMinor = (from: string): Fraction => {
    const rate = found.get(from);
    if (!rate) return ten(0);
    const exact = fractionOf(rate.rate);
    const units = rate.from === from ? exact : inverse(exact);
    return times(times(units, ten(decimalsOf(currency))), inverse(ten(decimalsOf(from))));
  };
  const all = (amount: 'allocatedMinor' | 'spentMinor'): number => {
    const sum = rounded(
      totals
        .map((total) => times({ over: BigInt(total[amount]), under: 1n }, perMinor(total.currency)))
        .reduce((one, other) => plus(one, other), nothing),
    );
    if (sum > BigInt(Number.MAX_SAFE_INTEGER)) throw says.no('BUDGET_TOO_LARGE', { currency });
    return Number(sum);
  };
  const [allocatedMinor, spentMinor] = [all('allocatedMinor'), all('spentMinor')];
  return {
    ...{ currency, allocatedMinor, spentMinor, leftMinor: allocatedMinor - spentMinor },
    rates: [...found.values()].filter((rate) => rate !== undefined),
  };
};
