import { runnerMutants } from './mutants-runner';
import { storeMutants } from './mutants-store';

/** A change for the worse, and the tests that have to fail of it. */
export interface Mutant {
  readonly name: string;
  /** What is wrong with it. */
  readonly breaks: string;
  /** Each text occurs exactly once in its file. */
  readonly edits: readonly { readonly file: string; readonly from: string; readonly to: string }[];
  readonly specs: readonly string[];
  /** Pattern of the names of the tests among them. */
  readonly named?: string;
}

/** Of the event store, then of what brings read models forward. */
export const mutants: readonly Mutant[] = [...storeMutants, ...runnerMutants];
