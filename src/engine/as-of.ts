import { type Folded, foldOf, happenedBy, inForce, type Standing, type Stored } from '../kernel/history';
import type { AnyLifecycle } from '../kernel/lifecycle';
import type { Day } from '../kernel/partial-date';
import type { Recorded } from '../store/port';
import { storedFrom, type Streams } from './streams';

/** What was certainly over by a day, of what was recorded up to a position. */
export interface Axes {
  readonly asOf: Day;
  readonly position: bigint;
}

/** The events of a stream that were recorded by a position. What one command recorded became known together: in part it is not known yet. */
export const knownBy = (recorded: readonly Recorded[], position: bigint): readonly Recorded[] => {
  const later = recorded.findIndex((event) => event.position > position);
  if (later < 0) return recorded;
  const { commandId } = recorded[later]!.metadata;
  return recorded.slice(0, recorded.slice(0, later).findLastIndex((event) => event.metadata.commandId !== commandId) + 1);
};

/** A stream as it stood. */
export interface Stood {
  /** What was known of it, corrections among it; index = revision. */
  readonly recorded: readonly Recorded[];
  readonly history: readonly Stored[];
  /** What of that was in force and had certainly happened. */
  readonly standing: readonly Standing[];
  /** The state that this leads to, at the last revision known; −1 where nothing was. */
  readonly folded: Folded;
}

/** So many streams are read at once. */
const atOnce = 16;
/** Asks of many what has to be read of the stream of each, some at a time; answers come in their order. */
export const askedOfEach = async <Item, Answer>(
  items: readonly Item[],
  ask: (item: Item) => Promise<Answer>,
): Promise<readonly Answer[]> => {
  const answers: Answer[] = [];
  for (let from = 0; from < items.length; from += atOnce) answers.push(...(await Promise.all(items.slice(from, from + atOnce).map(ask))));
  return answers;
};

/** How a stream stood on a day, as was known at a position; without a day whatever is known of it counts. Read from its events. */
export const stoodAt = async (
  streams: Pick<Streams, 'history' | 'rules'>,
  of: AnyLifecycle,
  id: string,
  { asOf, position }: Pick<Axes, 'position'> & Partial<Axes>,
): Promise<Stood> => {
  const recorded = knownBy(await streams.history(of, id), position);
  const history = recorded.map(storedFrom);
  const known = inForce(history);
  const standing = asOf === undefined ? known : happenedBy(known, asOf);
  return { recorded, history, standing, folded: foldOf(of, standing, history.length - 1, await streams.rules.loadFor(history)) };
};
