import { Count, DimensionRef, Figure, Items, Ref, type Whole } from '../kernel/fields';
import { Day, Instant } from '../kernel/fields-dates';
import { type Condition, conditionsOf, DimensionIs } from '../kernel/conditions';

/** A figure as it was read: by these questions asked again it is the same. No event holds a position, so `knownAt` is an instant, which resolves to one. */
export interface CitedFigure {
  indicator: string;
  version: Whole;
  asOf: string;
  knownAt: string;
  where: Condition[];
  /** The dimension by which it was read, where it was. */
  by?: string;
  /** Left out where there was none. */
  value?: number;
}

export class FigureCitation {
  @Ref('indicator', 'The indicator') indicator!: string;
  @Count('The version of its rule', { min: 1, max: 999_999 }) version!: number;
  @Day('What had happened by this day') asOf!: string;
  @Instant('As it was known at this instant') knownAt!: string;
  @Items(DimensionIs, 'Of those facts only that have all of these', { max: 8, optional: true }) where?: DimensionIs[];
  @DimensionRef('The dimension by which it was read', { optional: true }) by?: string;
  @Figure('The value that was read; left out where there was none', { optional: true }) value?: number;
}

/** Field by field, as an event keeps it. */
export const cited = ({ indicator, version, asOf, knownAt, where, by, value }: FigureCitation): CitedFigure => ({
  ...{ indicator, version, asOf, knownAt: new Date(knownAt).toISOString() },
  where: conditionsOf(where),
  ...(by !== undefined && { by }),
  ...(value !== undefined && { value }),
});
