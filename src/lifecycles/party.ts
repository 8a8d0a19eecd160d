import { lifecycle } from '../kernel/lifecycle';
import { nameOf, partyIdentity } from '../parts/party-identity';
import { mergedInto, partyMerging } from '../parts/party-merging';
import { future, notInTheFuture } from './not-in-the-future';

export interface PartySeen {
  readonly phase: 'registered';
  readonly name: string;
  readonly kind: string;
  readonly countries: readonly string[];
  readonly aliases: readonly string[];
  readonly members: readonly { readonly municipality: string; readonly name: string }[];
  readonly representative?: string;
  /** Of the latest year; none where it was never recorded. */
  readonly population?: { readonly population: number; readonly year: number };
  /** One for each year, the latest last. */
  readonly populations: readonly { readonly population: number; readonly year: number }[];
  /** The party that this is a second registration of. */
  readonly mergedInto?: string;
  /** When that was recorded. */
  readonly mergedAt?: string;
}

/** A city, a consortium, a region, an organisation…: whatever takes part in cooperation or has authority over it. */
export const party = lifecycle(
  'party',
  { identity: partyIdentity, merging: partyMerging },
  {
    plural: 'parties',
    says: future,
    gates: {
      'not-in-the-future': notInTheFuture,
    },
    supply: {
      merging: ({ identity }): { readonly kind?: string } => (identity.phase === 'absent' ? {} : { kind: identity.registration.kind }),
    },
    responsible: 'every-officer',
    dimensions: { kind: ({ identity }) => (identity.phase === 'absent' ? undefined : identity.registration.kind) },
    countries: ({ identity }) => (identity.phase === 'absent' ? [] : identity.registration.countries),
    rules: () => undefined,
    mergedInto: ({ merging }) => mergedInto(merging).mergedInto,
    seen: ({ identity, merging }): PartySeen | undefined => {
      if (identity.phase === 'absent') return undefined;
      const { kind, countries, members = [], representative } = identity.registration;
      const populations = identity.populations.map(({ population, year }) => ({ population, year }));
      const latest = populations.at(-1);
      return {
        phase: 'registered',
        name: nameOf(identity),
        kind,
        countries,
        aliases: identity.aliases,
        members,
        ...(representative && { representative }),
        ...(latest && { population: latest }),
        populations,
        ...mergedInto(merging),
      };
    },
  },
);
