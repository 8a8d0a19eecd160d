import type { Role } from '../kernel/fields';
import type { AnyLifecycle, AnyState } from '../kernel/lifecycle';
import type { Moment } from '../kernel/part';
import type { Responsible, StreamId } from '../kernel/responsible';
import { NotResponsible } from './refused';
import type { Look } from './streams';
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

const standingAt = async (on: Reading, { kind, id }: StreamId, look: Look): Promise<Place> => {
  const of = on.lifecycles[kind]!;
  return { of, id, state: (await on.streams.look(of, id, look)).folded.state };
};

/**
 * Why somebody may not give a command to a stream now: officers are assigned to it, or to what it belongs to, and the caller is none of
 * them. Where nobody is, every officer may.
 * @param by the roles that may give the command
 */
export const keptFrom = async (
  on: Reading,
  caller: Caller,
  by: readonly Role[],
  place: Place,
  look: Look,
): Promise<NotResponsible | undefined> => {
  if (!onlyAsOfficer(by, caller)) return undefined;
  const assigned: string[] = [];
  for (let at: Place | undefined = place; at && at.of.responsible !== 'every-officer';) {
    const { officers, under } = at.of.responsible(at.state);
    if (officers.includes(caller.actor)) return undefined;
    if (officers.length > 0) assigned.push(`${at.of.name}/${at.id}`);
    at = under && (await standingAt(on, under, look));
  }
  return assigned.length > 0 ? new NotResponsible(assigned) : undefined;
};

/** @throws it, where there is one */
export const mustNotBe = (refusal: NotResponsible | undefined): void => {
  if (refusal) throw refusal;
};

/** What a stream belongs to and is formed from. */
const joined = ({ under, takes = [] }: Responsible): readonly StreamId[] => [...(under ? [under] : []), ...takes];

/**
 * The same of what a stream comes to belong to, and of each stream that it takes, by what was decided: nobody opens a call where others
 * are responsible, or forms a pairing from an application that others are responsible for. What it had before is not read.
 */
export const keptFromJoining = async (
  on: Reading,
  caller: Caller,
  by: readonly Role[],
  of: AnyLifecycle,
  { before, after }: { readonly before: AnyState; readonly after: AnyState },
  look: Look,
): Promise<NotResponsible | undefined> => {
  if (of.responsible === 'every-officer' || before === after || !onlyAsOfficer(by, caller)) return undefined;
  const was = joined(of.responsible(before));
  const comes = joined(of.responsible(after)).filter(({ kind, id }) => !was.some((had) => had.kind === kind && had.id === id));
  const kept = await Promise.all(comes.map(async (place) => keptFrom(on, caller, by, await standingAt(on, place, look), look)));
  const streams = new Set(kept.flatMap((refusal) => refusal?.streams ?? []));
  return streams.size > 0 ? new NotResponsible([...streams]) : undefined;
};
