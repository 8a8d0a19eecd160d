import { lifecycle } from '../kernel/lifecycle';
import { pacciCourse } from '../parts/pacci-course';
import { future, notInTheFuture } from './not-in-the-future';

export interface PacciSeen {
  readonly name: string;
  readonly fromYear: number;
  readonly toYear: number;
  readonly lines: readonly string[];
}

/** A four-year Action Plan of Ibero-American Cooperation: programmes, initiatives, affiliated projects and pairings on its lines. */
export const pacci = lifecycle(
  'pacci',
  { plan: pacciCourse },
  {
    plural: 'paccis',
    says: future,
    gates: { 'not-in-the-future': notInTheFuture },
    supply: {},
    responsible: 'every-officer',
    dimensions: { plan: ({ plan }) => (plan.phase === 'absent' ? undefined : `${plan.opening.fromYear}-${plan.opening.toYear}`) },
    rules: () => undefined,
    seen: ({ plan }): PacciSeen | undefined => {
      if (plan.phase === 'absent') return undefined;
      const { name, fromYear, toYear, lines } = plan.opening;
      return { name, fromYear, toYear, lines: lines.map(({ line }) => line) };
    },
  },
);
