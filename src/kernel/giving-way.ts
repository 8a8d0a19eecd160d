import type { FactRetracted } from './corrections';
import { type Decided, fold, inForce, record, type Recording, type Standing, type Stored, type Unsupported, unsupported } from './history';
import { type AnyLifecycle, partNamed, type Shut } from './lifecycle';
import type { Moment, Refs } from './part';
import { Rejected, type Said } from './refusal';
import type { RuleBook } from './rules';

/** Who records what follows from the calendar: a fact of a timer gives way to a late one. */
const byTimer = ({ roles }: Standing) => roles.includes('service');

/** Whether a command of this name may find a fact of a timer in its way. */
export const mayPreclude = (of: AnyLifecycle, name: string): boolean =>
  Object.hasOwn(partNamed(of, of.taking.get(name)!).precludes ?? {}, name);

/**
 * What a command records where a timer was faster: what it precludes is taken back in the same append, and it is decided on as if
 * that had never been recorded.
 * @throws Rejected as `record` does, and FACTS_REST_ON_IT where something rests on what would be taken back
 */
export const recordPrecluding = (
  of: AnyLifecycle,
  history: readonly Stored[],
  name: string,
  form: object,
  at: Omit<Moment, 'rules'>,
  book: RuleBook,
  refs: Refs<unknown>,
  id: string,
): Recording => {
  const partName = of.taking.get(name)!;
  const folded = fold(of, history, book);
  const inTheWay = partNamed(of, partName).precludes![name]!(form, folded.state[partName], at.occurredOn);
  const retractions = inForce(history)
    .filter((fact) => byTimer(fact) && of.keeping.get(fact.type) === partName && inTheWay(fact))
    .map(({ revision, type }): Decided => ({ type: 'FactRetracted', data: { revision, type, precluded: true } satisfies FactRetracted }));
  if (retractions.length === 0) return record(of, folded, name, form, at, book, refs, id);
  const without = extended(history, retractions, at);
  const { decided: events, state } = record(of, fold(of, without, book), name, form, at, book, refs, id);
  if (events.length === 0) return { decided: [], state: folded.state };
  const decided = [...retractions, ...events];
  mustNotRestOn(of, history, decided, at, book);
  return { decided, state };
};

/** A history with what is about to be recorded. */
export const extended = (history: readonly Stored[], decided: readonly Decided[], at: Omit<Moment, 'rules'>): readonly Stored[] => [
  ...history,
  ...decided.map((event, i): Stored => ({ ...at, ...event, revision: history.length + i, commandId: '' })),
];

const key = ({ revision, gate, missing }: Unsupported) => `${revision} ${gate ?? missing.map(({ code }) => code).join()}`;

/** A fact that would lose what it needs: what its own part asks for, and each gate that would be closed to it. */
export interface Unseated {
  readonly type: string;
  readonly revision: number;
  readonly missing?: readonly Said[];
  readonly gates?: readonly Required<Shut>[];
}
const unseatedBy = (lost: readonly Unsupported[]): readonly Unseated[] =>
  [...new Set(lost.map(({ revision }) => revision))].map((revision) => {
    const own = lost.filter((each) => each.revision === revision);
    const missing = own.filter(({ gate }) => gate === undefined).flatMap((each) => each.missing);
    const gates = own.flatMap((each) => (each.gate === undefined ? [] : [{ gate: each.gate, missing: each.missing }]));
    return { type: own[0]!.type, revision, ...(missing.length > 0 && { missing }), ...(gates.length > 0 && { gates }) };
  });

/** @throws Rejected FACTS_REST_ON_IT naming each fact that had what it needs and would lose it, once, with all that it would lack */
export const mustNotRestOn = (
  of: AnyLifecycle,
  history: readonly Stored[],
  decided: readonly Decided[],
  at: Omit<Moment, 'rules'>,
  book: RuleBook,
): void => {
  const before = new Set(unsupported(of, history, book).map(key));
  const facts = unseatedBy(unsupported(of, extended(history, decided, at), book).filter((each) => !before.has(key(each))));
  if (facts.length === 0) return;
  throw new Rejected(
    { code: 'FACTS_REST_ON_IT', values: { facts: facts.map(({ type, revision }) => `${type} (revision ${revision})`).join(', ') } },
    { facts },
  );
};
