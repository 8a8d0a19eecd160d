import { latestOf, type PartialDate } from '../kernel/partial-date';

/** One assessment, with the criteria it was made by. */
export interface Assessed {
  readonly on: PartialDate;
  readonly criteriaVersion: number;
  readonly criteria: readonly { readonly criterion: string; readonly weight: number; readonly lowest: number; readonly highest: number }[];
  readonly scores: readonly { readonly criterion: string; readonly score: number }[];
}
/** What an assessor said of an application. */
export interface Assessor {
  readonly assessments: readonly Assessed[];
  readonly conflict?: { readonly on: PartialDate };
}

/** An exact number from 0 to 100, in lowest terms. */
export interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

const divisor = (one: bigint, other: bigint): bigint => (other === 0n ? one : divisor(other, one % other));
const fraction = (numerator: bigint, denominator: bigint): Fraction => {
  const common = divisor(numerator, denominator);
  return { numerator: numerator / common, denominator: denominator / common };
};
const sum = (all: readonly Fraction[]): Fraction =>
  all.reduce(
    (total, each) =>
      fraction(total.numerator * each.denominator + each.numerator * total.denominator, total.denominator * each.denominator),
    fraction(0n, 1n),
  );
const mean = (all: readonly Fraction[]): Fraction | undefined => {
  if (all.length === 0) return undefined;
  const { numerator, denominator } = sum(all);
  return fraction(numerator, denominator * BigInt(all.length));
};

/** How far up its scale a score lies, times a weight. */
const weighed = ({ scores }: Assessed, { criterion, lowest, highest }: Assessed['criteria'][number], weight: number): Fraction => {
  const score = scores.find((each) => each.criterion === criterion)?.score ?? lowest;
  return fraction(BigInt((score - lowest) * weight), BigInt(highest - lowest));
};
/** The scores of an assessment by their weights, from 0 (all lowest) to 100 (all highest). */
export const weightedScore = (of: Assessed): Fraction => sum(of.criteria.map((each) => weighed(of, each, each.weight)));
/** Its score on the criterion of greatest weight, the first of several, from 0 to 100. */
const leadingScore = (of: Assessed): Fraction => {
  const leading = of.criteria.reduce((greatest, each) => (each.weight > greatest.weight ? each : greatest));
  return weighed(of, leading, 100);
};

export interface Standing {
  /** The means over all assessors whose assessment counts; undefined while there is none. */
  readonly score: Fraction | undefined;
  readonly leading: Fraction | undefined;
  /** How many assessments count. */
  readonly assessments: number;
  /** Who declared a conflict of interest. */
  readonly conflicts: readonly string[];
}
/** Where an application stands: the latest assessment of everybody who declared no conflict of interest. */
export const standingOf = (assessors: Readonly<Record<string, Assessor>>): Standing => {
  const counting = Object.values(assessors).flatMap(({ assessments, conflict }) => (conflict ? [] : (latestOf(assessments) ?? [])));
  return {
    score: mean(counting.map(weightedScore)),
    leading: mean(counting.map(leadingScore)),
    assessments: counting.length,
    conflicts: Object.entries(assessors).flatMap(([assessor, { conflict }]) => (conflict ? [assessor] : [])),
  };
};

/** The same scores by other weights; a criterion that is not named weighs nothing. */
export const reweighed = (
  assessors: Readonly<Record<string, Assessor>>,
  weights: Readonly<Record<string, number>>,
): Readonly<Record<string, Assessor>> =>
  Object.fromEntries(
    Object.entries(assessors).map(([assessor, { assessments, ...rest }]) => [
      assessor,
      {
        ...rest,
        assessments: assessments.map(({ on, criteriaVersion, criteria, scores }) => ({
          ...{ on, criteriaVersion, scores },
          criteria: criteria.map((each) => ({ ...each, weight: weights[each.criterion] ?? 0 })),
        })),
      },
    ]),
  );

/** As a decimal number with so many places, cut off after them. */
export const decimal = ({ numerator, denominator }: Fraction, places: number): string => {
  const digits = String((numerator * 10n ** BigInt(places)) / denominator).padStart(places + 1, '0');
  return `${digits.slice(0, -places)}.${digits.slice(-places)}`;
};
