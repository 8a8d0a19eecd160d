import { problemWith } from '../engine/shapes';
import { storedFrom } from '../engine/streams';
import type { FactCorrected } from '../kernel/corrections';
import { isCorrection } from '../kernel/history';
import type { AnyLifecycle } from '../kernel/lifecycle';
import { type Day, lastDay } from '../kernel/partial-date';
import { lifecycleNamed } from '../lifecycles/all';
import type { KnownStream } from '../monitoring/recounted-facts';
import type { Puente } from '../puente';
import { kindOf, nameOf, type Recorded } from '../store/port';
import { type Check, checked, Found } from './checks';

/** A moment of knowledge, and a day to ask about. */
export interface MomentToAsk {
  readonly asOf: Day;
  readonly recordedAt: string;
  readonly position: bigint;
}
/** The log, read once from its beginning. */
export interface ReadThrough {
  readonly checks: readonly Check[];
  /** By name: the last revision that was read. */
  readonly streams: ReadonlyMap<string, number>;
  /** The last event's, then those of the latest corrections, on the last day that the corrected fact may mean; none beyond the position given. */
  readonly moments: readonly MomentToAsk[];
}

const page = 1_000;
/** Moments of corrections that figures are asked at. */
const mostCorrections = 3;

const dayOf = ({ type, data, metadata }: Recorded): Day =>
  lastDay(type === 'FactCorrected' ? (data as unknown as FactCorrected).occurredOn : metadata.occurredOn);

/** Event by event: what must hold whatever was recorded. Nothing is kept but the names of the streams. */
export const readThrough = async (store: Pick<Puente['store'], 'readAll'>, upTo: bigint): Promise<ReadThrough> => {
  const [order, times, shapes] = [new Found(), new Found(), new Found()];
  const streams = new Map<string, number>();
  const corrections: { asOf: Day; recordedAt: string; position: bigint }[] = [];
  let events = 0;
  let last: Recorded | undefined;
  let lastKnown: Recorded | undefined;
  for (let after = 0n; ;) {
    const read = await store.readAll(after, page);
    for (const event of read) {
      const { stream, revision, position, recordedAt } = event;
      if (revision !== (streams.get(stream) ?? -1) + 1 || (last && position <= last.position)) order.add(nameOf(event));
      if (last && recordedAt < last.recordedAt) times.add(nameOf(event));
      const problem = problemWith(event.type, event.data);
      if (problem !== undefined) shapes.add(`${nameOf(event)}: ${problem}`);
      streams.set(stream, revision);
      last = event;
      events += 1;
      if (position > upTo) continue;
      lastKnown = event;
      const latest = corrections.at(-1);
      if (latest?.recordedAt === recordedAt) latest.position = position;
      else if (isCorrection(event)) corrections.push({ asOf: dayOf(event), recordedAt, position });
      if (corrections.length > mostCorrections) corrections.shift();
    }
    if (read.length < page) break;
    after = last!.position;
  }
  return {
    checks: [
      checked('revisions and positions rise without gaps or repeats in every stream', events, order),
      checked('the time of recording never falls', events, times),
      checked('every event has the shape of its type', events, shapes),
    ],
    streams,
    moments: lastKnown
      ? [
          { asOf: lastKnown.recordedAt.slice(0, 10), recordedAt: lastKnown.recordedAt, position: lastKnown.position },
          ...corrections.toReversed().filter(({ position }) => position < lastKnown.position),
        ]
      : [],
  };
};

export const lifecycleOf = (stream: string): AnyLifecycle | undefined => lifecycleNamed(kindOf(stream));

/** So many streams are read at once. */
const atOnce = 16;

/** Streams one after the other, each whole; those of no lifecycle are left out. */
export async function* knownStreams(
  { store, rules }: Pick<Puente, 'store' | 'rules'>,
  names: Iterable<string>,
): AsyncGenerator<KnownStream, void, undefined> {
  const left = [...names].filter(lifecycleOf);
  for (let from = 0; from < left.length; from += atOnce) {
    const some = await Promise.all(
      left.slice(from, from + atOnce).map(async (stream) => {
        const recorded = await store.read(stream);
        const history = recorded.map(storedFrom);
        return { of: lifecycleOf(stream)!, stream, recorded, history, book: await rules.loadFor(history) };
      }),
    );
    yield* some;
  }
}
