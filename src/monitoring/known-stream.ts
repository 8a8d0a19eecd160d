import { storedFrom } from '../engine/streams';
import { fold, inForce, type Standing } from '../kernel/history';
import type { Lifecycle, State } from '../kernel/lifecycle';
import { type EventStore, streamOf } from '../store/port';

/** A stream of a lifecycle without rule sets, as it was known at a position. */
export const knownStream = async <Parts>(
  store: Pick<EventStore, 'read'>,
  of: Lifecycle<Parts>,
  id: string,
  position: bigint,
): Promise<{ readonly stream: string; readonly state: State<Parts>; readonly standing: readonly Standing[] }> => {
  const stream = streamOf(of.name, id);
  const history = (await store.read(stream)).filter((event) => event.position <= position).map(storedFrom);
  return { stream, state: fold(of, history, () => undefined).state as State<Parts>, standing: inForce(history) };
};
