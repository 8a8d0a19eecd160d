import fc from 'fast-check';

/** What a sequence may tell a store to do; numbers choose among what there is at that moment. */
export type Command =
  | { readonly do: 'append'; readonly stream: number; readonly size: number; readonly at: At; readonly large: boolean }
  | { readonly do: 'repeat'; readonly which: number; readonly part: number }
  | { readonly do: 'burst'; readonly appends: readonly { readonly stream: number; readonly size: number; readonly at: At }[] }
  | { readonly do: 'read'; readonly stream: number; readonly from: number; readonly limit: number }
  | { readonly do: 'page'; readonly after: number; readonly limit: number; readonly filter: number }
  | { readonly do: 'subscribe'; readonly after: number; readonly filter: number }
  /** Appends of two processes under way, and one of them is gone: dropped, or its connections cut. */
  | {
      readonly do: 'crash';
      readonly appends: readonly { readonly stream: number; readonly size: number; readonly at: At }[];
      readonly cut: boolean;
    }
  | { readonly do: 'restart' };

/** How the revision that is expected was come by. */
export type At = 'right' | 'none' | 'exists' | 'any' | 'behind' | 'ahead';

const nat = (max: number) => fc.nat({ max });
const at = fc.constantFrom<At[]>('right', 'right', 'right', 'none', 'exists', 'any', 'behind', 'ahead');
const one = fc.record({ stream: nat(4), size: fc.integer({ min: 1, max: 4 }), at });

const commands = fc.oneof(
  {
    weight: 20,
    arbitrary: fc.record({
      do: fc.constant('append' as const),
      ...{
        stream: nat(4),
        size: fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 1, max: 5 }) }, fc.integer({ min: 20, max: 60 })),
        at,
        large: nat(30).map((n) => n === 0),
      },
    }),
  },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('repeat' as const), which: nat(99), part: nat(3) }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('burst' as const), appends: fc.array(one, { minLength: 2, maxLength: 12 }) }) },
  { weight: 10, arbitrary: fc.record({ do: fc.constant('read' as const), stream: nat(5), from: nat(40), limit: nat(20) }) },
  {
    weight: 10,
    arbitrary: fc.record({ do: fc.constant('page' as const), after: nat(99), limit: fc.integer({ min: 1, max: 20 }), filter: nat(4) }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('subscribe' as const), after: nat(99), filter: nat(4) }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('crash' as const), appends: fc.array(one, { minLength: 2, maxLength: 8 }), cut: fc.boolean() }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const) }) },
);

/** Sequences of some fifty commands. */
export const sequences: fc.Arbitrary<readonly Command[]> = fc.array(commands, { minLength: 40, maxLength: 60, size: 'max' });
