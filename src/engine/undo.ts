import type { Role } from '../kernel/fields';
import { goneIn } from '../kernel/history';
import type { AnyLifecycle } from '../kernel/lifecycle';
import { type EventStore, idOf, kindOf, type Recorded } from '../store/port';
import { Execute, type Receipt } from './execute';
import { isRefusal } from './refused';
import { storedFrom } from './streams';

export interface Undoing {
  readonly store: EventStore;
  readonly lifecycles: Readonly<Record<string, AnyLifecycle>>;
  readonly execute: (command: Execute) => Promise<Receipt>;
  readonly actor: string;
  readonly roles: readonly Role[];
  /** What is undone: everything that was recorded under this correlation id. */
  readonly correlationId: string;
  /** What the undoing is recorded under, so that it can be undone itself. */
  readonly undoingId: string;
  /** The party whose authority it is, and why. */
  readonly authority: string;
  readonly reason: string;
  readonly dryRun?: boolean;
}

/** A stream that stays as it is, and why. */
export interface Kept {
  readonly stream: string;
  readonly error: Error;
}
export interface Undone {
  /** How many facts, waivers and corrections were recorded under the id, whether they stand or not. */
  readonly found: number;
  /** Streams in which something was taken back, and how many facts, waivers and corrections that were. */
  readonly streams: number;
  readonly events: number;
  /** Facts that others were decided by and that never change, such as a published rule set: `stream@revision`. */
  readonly unchangeable: readonly string[];
  readonly refused: readonly Kept[];
}

const batch = 5_000;
/** As many as one correction takes. */
const together = 200;

/** What was recorded under a correlation id, by stream. One pass over the log: the store keeps no index for what is asked so rarely. */
const recordedUnder = async (store: EventStore, correlationId: string): Promise<ReadonlyMap<string, readonly Recorded[]>> => {
  const found = new Map<string, Recorded[]>();
  let after = 0n;
  for (;;) {
    const events = await store.readAll(after, batch);
    for (const event of events)
      if (event.metadata.correlationId === correlationId) found.set(event.stream, [...(found.get(event.stream) ?? []), event]);
    if (events.length < batch) return found;
    after = events.at(-1)!.position;
  }
};

/**
 * Takes back all that one import recorded, and what policies made of it, stream by stream from the newest: a stream in which later
 * facts rest on it stays as it is and is told. Run again, it takes back what is left.
 */
export const undo = async (on: Undoing): Promise<Undone> => {
  const { store, lifecycles, execute, actor, roles, authority, reason } = on;
  const under = await recordedUnder(store, on.correlationId);
  const latest = (events: readonly Recorded[]) => events.at(-1)!.position;
  // The authority stands until all the rest is taken back, though the same import may have registered it.
  const streams = [...under]
    .toSorted(([, one], [, other]) => (latest(one) < latest(other) ? 1 : -1))
    .toSorted(([one], [other]) => Number(one === `party-${authority}`) - Number(other === `party-${authority}`));
  const found = [...under.values()].flat().length;
  const undone = { found, streams: 0, events: 0, unchangeable: [] as string[], refused: [] as Kept[] };
  for (const [stream, events] of streams) {
    const of = lifecycles[kindOf(stream)]!;
    const gone = goneIn((await store.read(stream)).map(storedFrom));
    const standing = events.filter(({ revision }) => !gone.has(revision));
    const firm = standing.filter(({ type }) => (of.unchangeable as readonly string[] | undefined)?.includes(type));
    undone.unchangeable.push(...firm.map(({ revision }) => `${stream}@${revision}`));
    const revisions = standing.filter((event) => !firm.includes(event)).map(({ revision }) => revision);
    try {
      let taken = 0;
      for (let end = revisions.length; end > 0; end -= together) {
        const retract = revisions.slice(Math.max(0, end - together), end).map((revision) => ({ revision, only: true }));
        const receipt = await execute(
          new Execute(
            of,
            idOf(stream),
            'Correct',
            { retract, authority, reason },
            { actor, roles, correlationId: on.undoingId, ...(on.dryRun && { dryRun: true }) },
          ),
        );
        taken += receipt.events.length;
      }
      undone.events += taken;
      if (taken > 0) undone.streams += 1;
    } catch (error) {
      if (!isRefusal(error)) throw error;
      undone.refused.push({ stream, error });
    }
  }
  return undone;
};
