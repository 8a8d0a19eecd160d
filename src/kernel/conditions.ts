import { DimensionRef, Name } from './fields';

/** Facts of one value of a dimension only. */
export interface Condition {
  dimension: string;
  is: string;
}

export class DimensionIs {
  @DimensionRef('The dimension') dimension!: string;
  @Name('Its value') is!: string;
}

/** Field by field, as an event keeps them. */
export const conditionsOf = (sent: readonly DimensionIs[] = []): Condition[] => sent.map(({ dimension, is }) => ({ dimension, is }));

/** As a figure is narrowed by them; undefined where there is none. */
export const whereOf = (conditions: readonly Condition[]): Readonly<Record<string, string>> | undefined =>
  conditions.length === 0 ? undefined : Object.fromEntries(conditions.map(({ dimension, is }) => [dimension, is]));

/** A dimension that is asked for twice: nothing is in both. */
export const askedTwice = (conditions: readonly Condition[]): string | undefined => {
  const named = conditions.map(({ dimension }) => dimension);
  return named.find((each, i) => named.indexOf(each) !== i);
};
