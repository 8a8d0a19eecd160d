import { officers, type Role } from '../kernel/fields';
import type { AnyLifecycle } from '../kernel/lifecycle';
import { type Next, nextOf } from '../kernel/next';
import type { PartialDate } from '../kernel/partial-date';
import { withElsewhere } from './elsewhere';
import { keptFrom } from './rights';
import type { Writing } from './writing';

/** Who asks what can be done, and for which date. */
export interface NextAsked {
  readonly actor: string;
  readonly roles: readonly Role[];
  /** Today (UTC) where it is left out. */
  readonly on?: PartialDate | undefined;
}

export interface NextFound {
  readonly revision: number;
  readonly on: PartialDate;
  readonly all: readonly Next[];
  /** The streams whose officers alone may give what an officer gives, where the actor is none of them. */
  readonly leftTo: readonly string[];
}

/** What an actor can do now with a stream, and what waits, as the stream and those it reads stand in the store. */
export const nextIn = async (
  writing: Pick<Writing, 'lifecycles' | 'streams' | 'now'>,
  of: AnyLifecycle,
  id: string,
  { actor, roles, on }: NextAsked,
): Promise<NextFound> => {
  const { folded } = await writing.streams.refresh(of, id);
  const recordedAt = writing.now().toISOString();
  const at = { occurredOn: on ?? recordedAt.slice(0, 10), recordedAt, actor, roles };
  const book = await writing.streams.rules.load([of.rules(folded.state)]);
  const kept = await keptFrom(writing, at, officers, { of, id, state: folded.state }, 'stored');
  const held = kept ? roles.filter((role) => role !== 'programme-officer') : roles;
  return {
    revision: folded.revision,
    on: at.occurredOn,
    all: await withElsewhere(writing, 'stored', (refs) => nextOf({ of, id, folded, at, book, refs, roles: held })),
    leftTo: kept && roles.includes('programme-officer') ? kept.streams : [],
  };
};
