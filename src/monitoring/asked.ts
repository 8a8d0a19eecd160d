import type { Counting, PlainCounting, Selected } from '../parts/indicator-counting';
import type { Dimensions } from './standing-facts';

/** What others say of themselves whom a stream names: of its parties, their countries. The stream is in the group of each. */
export interface Across {
  readonly names: Selected;
  readonly through: Selected & { readonly of: { readonly dimension: string } };
}
export type TimeCounting = Extract<Counting, { readonly aggregation: 'duration' | 'elapsed' }>;
/** A way to count, of those facts only that are in these dimensions, as a whole or for each value of one; times also for what others say. */
export type Asked = AskedByDimension | AskedAcross;
export interface AskedByDimension {
  readonly counting: Counting;
  readonly where?: Dimensions | undefined;
  readonly by?: string | undefined;
}
interface AskedAcross {
  readonly counting: TimeCounting;
  readonly where?: Dimensions | undefined;
  readonly by: Across;
}

/** The facts of those dimensions only: the ends of a time, and what others have or say, are looked at whole. */
export const narrowed = (counting: Counting, where: Dimensions | undefined): Counting => {
  if (where === undefined) return counting;
  if (counting.aggregation === 'ratio')
    return { ...counting, numerator: narrowedPlain(counting.numerator, where), denominator: narrowedPlain(counting.denominator, where) };
  return { ...counting, where: both(counting.where, where) };
};
const narrowedPlain = (counting: PlainCounting, where: Dimensions): PlainCounting => ({
  ...counting,
  where: both(counting.where, where),
});
// No value holds the end of a line: what is asked to be two things is none.
const both = (own: Dimensions = {}, asked: Dimensions): Dimensions => ({
  ...own,
  ...Object.fromEntries(
    Object.entries(asked).map(([name, is]) => [name, own[name] === undefined || own[name] === is ? is : `${own[name]}\n${is}`]),
  ),
});
