import type { PartialDate } from '../kernel/partial-date';
import { certainlyAfter } from '../kernel/partial-date';
import { type Said, vocabulary } from '../kernel/refusal';
import { endedBy, endOn, inTheWay, lasting, nextAfter, type Span } from '../kernel/spans';

/** By account; each in the order of recording. */
export type Terms<Term extends Span = Span> = Readonly<Record<string, readonly Term[]>>;

export const says = vocabulary({
  ALREADY_ASSIGNED: 'This account is assigned already, from {from} on',
  NOT_ASSIGNED: 'This account is not assigned on {occurredOn}, or was released already',
  ASSIGNED_AGAIN: 'This account was assigned again on {from}: it was released before that',
});

export const termsOf = <Term extends Span>(terms: Terms<Term>, account: string): readonly Term[] => terms[account] ?? [];
/** Who is assigned and was not released since, in the order in which they were first assigned. */
export const assigned = (terms: Terms): readonly string[] => Object.keys(terms).filter((account) => lasting(termsOf(terms, account)));

export const assignmentLacks = (terms: Terms, account: string, occurredOn: PartialDate): readonly Said[] => {
  const standing = inTheWay(termsOf(terms, account), occurredOn);
  return standing ? [says.lack('ALREADY_ASSIGNED', { from: standing.from })] : [];
};
export const releaseLacks = (terms: Terms, account: string, occurredOn: PartialDate): readonly Said[] => {
  const own = termsOf(terms, account);
  const ended = endedBy(own, occurredOn);
  if (!ended) return [says.lack('NOT_ASSIGNED', { occurredOn })];
  const next = nextAfter(own, ended);
  return next && certainlyAfter(occurredOn, next.from) ? [says.lack('ASSIGNED_AGAIN', { from: next.from })] : [];
};

export const begun = <Term extends Span>(terms: Terms<Term>, account: string, term: Term): Terms<Term> => ({
  ...terms,
  [account]: [...termsOf(terms, account), term],
});
export const released = <Term extends Span>(terms: Terms<Term>, account: string, occurredOn: PartialDate): Terms<Term> => ({
  ...terms,
  [account]: endOn(termsOf(terms, account), occurredOn),
});
/** Whether the very same release stands. */
export const releasedOn = (terms: Terms, account: string, occurredOn: PartialDate): boolean =>
  termsOf(terms, account).some(({ to }) => to === occurredOn);
