import type { Role } from '../kernel/fields';
import { extended } from '../kernel/giving-way';
import { advance, type Decided, fold, type Folded, isCorrection, type Stored } from '../kernel/history';
import type { AnyLifecycle, AnyState } from '../kernel/lifecycle';
import type { Moment } from '../kernel/part';
import { NotResponsible } from './refused';
import type { Writing } from './writing';

type Reading = Pick<Writing, 'streams' | 'lifecycles'>;
/** Who gives a command, in which roles. */
type Caller = Pick<Moment, 'actor' | 'roles'>;
/** A stream as it stands. */
interface Place {
  readonly of: AnyLifecycle;
  readonly id: string;
  readonly state: AnyState;
}

/** Whether nothing but being an officer lets somebody give a command that these roles may give. */
const onlyAsOfficer = (by: readonly Role[], { roles }: Caller): boolean =>
  !by.some((role) => role !== 'programme-officer' && roles.includes(role));

const standingAt = async (on: Reading, { kind, id }: { readonly kind: string; readonly id: string }): Promise<Place> => {
  const of = on.lifecycles[kind]!;
  return { of, id, state: (await on.streams.refresh(of, id)).folded.state };
};

/**
 * Why somebody may not give a command to a stream now: officers are assigned to it, or to what it belongs to, and the caller is none of
 * them. Where nobody is, every officer may. What it belongs to is read as the store has it, each once.
 * @param by the roles that may give the command
 */
export const keptFrom = async (on: Reading, caller: Caller, by: readonly Role[], place: Place): Promise<NotResponsible | undefined> => {
  if (!onlyAsOfficer(by, caller)) return undefined;
  const assigned: string[] = [];
  for (let at: Place | undefined = place; at && at.of.responsible !== 'every-officer';) {
    const { officers, under } = at.of.responsible(at.state);
    if (officers.includes(caller.actor)) return undefined;
    if (officers.length > 0) assigned.push(`${at.of.name}/${at.id}`);
    at = under && (await standingAt(on, under));
  }
  return assigned.length > 0 ? new NotResponsible(assigned) : undefined;
};

/** @throws it, where there is one */
export const mustNotBe = (refusal: NotResponsible | undefined): void => {
  if (refusal) throw refusal;
};

/** The same of what a stream comes to belong to by what was decided: nobody opens a call, or forms a pairing, where others are responsible. */
export const keptFromJoining = async (
  on: Reading,
  caller: Caller,
  by: readonly Role[],
  { of, folded, history }: { readonly of: AnyLifecycle; readonly folded: Folded; readonly history: () => Promise<readonly Stored[]> },
  decided: readonly Decided[],
  at: Omit<Moment, 'rules'>,
): Promise<NotResponsible | undefined> => {
  if (of.responsible === 'every-officer' || !onlyAsOfficer(by, caller)) return undefined;
  const { book } = on.streams.rules;
  const after = decided.some(isCorrection)
    ? fold(of, extended(await history(), decided, at), book)
    : extended([], decided, at).reduce((now, event) => advance(of, now, event, book), folded);
  const [was, is] = [of.responsible(folded.state).under, of.responsible(after.state).under];
  if (!is || (is.kind === was?.kind && is.id === was.id)) return undefined;
  return keptFrom(on, caller, by, await standingAt(on, is));
};
