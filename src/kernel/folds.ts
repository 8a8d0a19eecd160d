import { advance, fold, type Folded, isCorrection, type Stored, untouched } from './history';
import type { AnyLifecycle } from './lifecycle';
import type { RuleBook } from './rules';

// An event never changes, nor what came before it: where a stream stood after it was found once, for every read model and policy.
const after = new WeakMap<Stored, Folded>();

/** Where a stream stood after its event of a revision (−1: after none), as `fold` of the history up to there; what is known of an earlier one is gone on from. */
export const foldedUpTo = (of: AnyLifecycle, history: readonly Stored[], revision: number, book: RuleBook): Folded => {
  let from = revision;
  while (from >= 0 && !after.has(history[from]!) && !isCorrection(history[from]!)) from -= 1;
  const known = from < 0 ? untouched(of) : after.get(history[from]!);
  if (!known) return keep(history[revision]!, fold(of, history.slice(0, revision + 1), book));
  if (from === revision) return known;
  let folded = known;
  for (const event of history.slice(from + 1, revision + 1)) folded = advance(of, folded, event, book);
  if (from >= 0) after.delete(history[from]!);
  return keep(history[revision]!, folded);
};

const keep = (event: Stored, folded: Folded): Folded => {
  after.set(event, folded);
  return folded;
};
