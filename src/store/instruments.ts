import { OutcomeUnknown, Unavailable, WrongRevision, type Appended } from './port';

/** `conflict`: the stream stands elsewhere; `unanswered`: it may have been written; `refused`: it cannot be stored as it is. */
export type AppendOutcome = 'written' | 'conflict' | 'refused' | 'unanswered' | 'unavailable';

/** Whoever measures a store is told here, in the middle of its work: what it does must be short and must not fail. */
export interface StoreInstruments {
  readonly appended?: (outcome: AppendOutcome, seconds: number) => void;
  /** So many appends shared one statement. */
  readonly batched?: (appends: number) => void;
}

const outcomeOf = (error: unknown): AppendOutcome =>
  error instanceof WrongRevision
    ? 'conflict'
    : error instanceof OutcomeUnknown
      ? 'unanswered'
      : error instanceof Unavailable
        ? 'unavailable'
        : 'refused';

/** An append that is measured where somebody wants to know, and costs nothing otherwise. */
export const measured = ({ appended }: StoreInstruments, append: () => Promise<Appended>): Promise<Appended> => {
  if (!appended) return append();
  const began = performance.now();
  const tell = (outcome: AppendOutcome) => appended(outcome, (performance.now() - began) / 1_000);
  return append().then(
    (answer) => {
      tell('written');
      return answer;
    },
    (error: unknown) => {
      tell(outcomeOf(error));
      throw error;
    },
  );
};
