export interface Ratio {
  readonly name: string;
  /** Median of the rounds; nothing where it was left out. */
  readonly value: number | null;
  readonly spread: readonly [least: number, most: number] | null;
  /** Nothing where it is only told. */
  readonly bound: number | null;
  readonly direction: 'at-least' | 'at-most';
  readonly met: boolean | null;
  /** Why it was left out. */
  readonly leftOut?: string;
}
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
}
export interface Measured {
  readonly ratios: readonly Ratio[];
  /** Absolute figures of this machine, to be compared with nothing. */
  readonly figures: readonly Figure[];
}
export interface Result extends Measured {
  readonly suite: string;
  readonly environment: object;
}
/** What a suite gives; what it knows of where it ran is added to what is known of the machine. */
export type Outcome = Omit<Result, 'environment'> & { readonly environment?: object };

export interface Options {
  readonly rounds: number;
  /** How long each contestant runs in a round. */
  readonly seconds: number;
  /** Of the sizes, where a suite has such: below 1 to try it. */
  readonly scale: number;
  /** The one part that is wanted. */
  readonly only?: string;
}
export type Suite = (log: (line: string) => void, options: Options) => Promise<Outcome>;

export const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

export interface Bound {
  readonly bound: number;
  readonly direction: Ratio['direction'];
}
export const atLeast = (bound: number): Bound => ({ bound, direction: 'at-least' });
export const atMost = (bound: number): Bound => ({ bound, direction: 'at-most' });

export const ratio = (name: string, above: readonly number[], below: readonly number[], wanted?: Bound): Ratio => {
  return bounded(
    name,
    above.map((value, i) => value / below[i]!),
    wanted,
  );
};

/** What each round gave, against a bound where there is one. */
export const bounded = (name: string, rounds: readonly number[], wanted?: Bound): Ratio => {
  const value = median(rounds);
  const { bound = null, direction = 'at-least' } = wanted ?? {};
  return {
    name,
    value,
    spread: [Math.min(...rounds), Math.max(...rounds)],
    bound,
    direction,
    met: bound === null ? null : direction === 'at-least' ? value >= bound : value <= bound,
  };
};

/** A ratio that could not be measured here. */
export const leftOut = (name: string, { bound, direction }: Bound, why: string): Ratio => ({
  ...{ name, value: null, spread: null, bound, direction, met: null },
  leftOut: why,
});

/** What came of a time under load. */
export interface Load {
  readonly perSecond: number;
  /** Milliseconds within which this share of all was done. */
  within(share: number): number;
}

/** So many callers together get something done again and again, each one after the other. */
export const load = async (
  callers: number,
  milliseconds: number,
  once: (caller: number, nth: number) => Promise<unknown>,
): Promise<Load> => {
  const took: number[] = [];
  const began = performance.now();
  await Promise.all(
    Array.from({ length: callers }, async (_, caller) => {
      let last = performance.now();
      for (let nth = 0; last - began < milliseconds; nth += 1) {
        await once(caller, nth);
        const now = performance.now();
        took.push(now - last);
        last = now;
      }
    }),
  );
  const perSecond = took.length / ((performance.now() - began) / 1000);
  took.sort((a, b) => a - b);
  return { perSecond, within: (share) => took[Math.min(took.length - 1, Math.floor(took.length * share))]! };
};

/** How often a second so many callers together get something done, each one after the other. */
export const rate = async (callers: number, milliseconds: number, once: (caller: number, nth: number) => Promise<unknown>) =>
  (await load(callers, milliseconds, once)).perSecond;

/**
 * Runs contestants in turns, A B A B, so that what the machine does meanwhile touches all; once before it counts, to warm up.
 *
 * @returns what each gave, by round
 */
export const inTurns = async <Name extends string, Given>(
  rounds: number,
  contestants: Readonly<Record<Name, () => Promise<Given>>>,
  tell: (round: number, given: Readonly<Record<NoInfer<Name>, Given>>) => void,
): Promise<Readonly<Record<Name, readonly Given[]>>> => {
  const names = Object.keys(contestants) as Name[];
  const all = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Name, Given[]>;
  for (let round = 0; round <= rounds; round += 1) {
    const given = {} as Record<Name, Given>;
    for (const name of names) given[name] = await contestants[name]();
    if (round === 0) continue;
    for (const name of names) all[name].push(given[name]);
    tell(round, given);
  }
  return all;
};

export const milliseconds = async (work: () => Promise<unknown>): Promise<number> => {
  const began = performance.now();
  await work();
  return Math.round(performance.now() - began);
};
