import { lifecycle, type State } from '../kernel/lifecycle';
import type { StreamId } from '../kernel/responsible';
import { resultValues } from '../parts/result-values';
import { resultsFramework } from '../parts/results-framework';
import { future, notInTheFuture } from './not-in-the-future';

export interface FrameworkSeen {
  readonly name: string;
  readonly indicators: readonly string[];
}

const parts = { framework: resultsFramework, results: resultValues };

/** Whose results they are. */
const of = ({ framework }: State<typeof parts>): StreamId | undefined => {
  if (framework.is !== 'open') return undefined;
  const { programme, pipa } = framework.opened;
  return programme !== undefined ? { kind: 'programme', id: programme } : pipa !== undefined ? { kind: 'pipa', id: pipa } : undefined;
};
const idIn = (kind: string) => (state: State<typeof parts>) => {
  const under = of(state);
  return under?.kind === kind ? under.id : undefined;
};

/** What a programme or a PIPA is to achieve, and what was achieved by it. */
export const framework = lifecycle('framework', parts, {
  plural: 'results-frameworks',
  says: future,
  gates: { 'not-in-the-future': notInTheFuture },
  supply: {
    results: ({ framework }) => {
      const indicators = framework.is === 'open' ? framework.indicators : {};
      return {
        measured: (indicator) => {
          const found = indicators[indicator];
          return (
            found && { computed: found.added.computed !== undefined, disaggregatedBy: found.added.disaggregatedBy, periods: found.periods }
          );
        },
        open: Object.entries(indicators).flatMap(([indicator, { added, periods }]) =>
          added.computed ? [] : Object.entries(periods).map(([period, { to }]) => ({ indicator, period, to })),
        ),
      };
    },
  },
  responsible: (state) => {
    const under = of(state);
    return { officers: [], ...(under && { under }) };
  },
  dimensions: { programme: idIn('programme'), pipa: idIn('pipa') },
  rules: () => undefined,
  seen: ({ framework }): FrameworkSeen | undefined =>
    framework.is === 'absent' ? undefined : { name: framework.opened.name, indicators: Object.keys(framework.indicators) },
});
