export interface Ratio {
  readonly name: string;
  /** Median of the rounds. */
  readonly value: number;
  readonly spread: readonly [least: number, most: number];
  /** Nothing where it is only told. */
  readonly bound: number | null;
  readonly direction: 'at-least' | 'at-most';
  readonly met: boolean | null;
}
export interface Result {
  readonly suite: string;
  readonly environment: object;
  readonly ratios: readonly Ratio[];
  /** Absolute figures of this machine, to be compared with nothing. */
  readonly figures: readonly { readonly name: string; readonly value: number; readonly unit: string }[];
}

export const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

export const ratio = (
  name: string,
  above: readonly number[],
  below: readonly number[],
  bound: number | null = null,
  direction: Ratio['direction'] = 'at-least',
): Ratio => {
  const rounds = above.map((value, i) => value / below[i]!);
  const value = median(rounds);
  return {
    name,
    value,
    spread: [Math.min(...rounds), Math.max(...rounds)],
    bound,
    direction,
    met: bound === null ? null : direction === 'at-least' ? value >= bound : value <= bound,
  };
};

/** How often a second so many callers together get something done, each one after the other. */
export const rate = async (
  callers: number,
  milliseconds: number,
  once: (caller: number, nth: number) => Promise<unknown>,
): Promise<number> => {
  const began = performance.now();
  let done = 0;
  await Promise.all(
    Array.from({ length: callers }, async (_, caller) => {
      for (let nth = 0; performance.now() - began < milliseconds; nth += 1) {
        await once(caller, nth);
        done += 1;
      }
    }),
  );
  return done / ((performance.now() - began) / 1000);
};

export const milliseconds = async (work: () => Promise<unknown>): Promise<number> => {
  const began = performance.now();
  await work();
  return Math.round(performance.now() - began);
};
