import { inForce, isCorrection, type Stored } from '../kernel/history';
import type { AnyLifecycle } from '../kernel/lifecycle';
import { type EventStore, idOf, kindOf, type Recorded } from '../store/port';
import type { Touched } from './read-model';
import { storedFrom } from './streams';

interface History {
  readonly recorded: readonly Recorded[];
  readonly history: readonly Stored[];
}

/** Events of a kind of stream that nothing here knows. */
export class UnknownKind extends Error {
  constructor(readonly stream: string) {
    super(`no lifecycle is named ${kindOf(stream)}`);
  }
}

/** The histories of streams, kept in the process for all read models: a stream only grows, so what was read once stays right. */
export class Histories {
  private readonly kept = new Map<string, History>();
  private size = 0;
  private readonly lifecycles: ReadonlyMap<string, AnyLifecycle>;

  constructor(
    private readonly store: EventStore,
    lifecycles: readonly AnyLifecycle[],
    /** How many events are kept; the streams longest unused go first. */
    private readonly most = 50_000,
  ) {
    this.lifecycles = new Map(lifecycles.map((each) => [each.name, each]));
  }

  /**
   * A stream as a read model sees it after these of its events.
   *
   * @throws UnknownKind
   */
  async touched(stream: string, events: readonly Recorded[]): Promise<Touched> {
    const lifecycle = this.lifecycles.get(kindOf(stream));
    if (!lifecycle) throw new UnknownKind(stream);
    const { recorded, history } = await this.upTo(stream, events);
    return {
      lifecycle,
      stream,
      id: idOf(stream),
      events,
      recorded,
      history,
      standing: inForce(history),
      corrected: events.some(isCorrection),
    };
  }

  private async upTo(stream: string, events: readonly Recorded[]): Promise<History> {
    const length = events.at(-1)!.revision + 1;
    let known = this.kept.get(stream) ?? { recorded: [], history: [] };
    known = extended(known, events);
    if (known.recorded.length < length) known = extended(known, await this.store.read(stream, { from: known.recorded.length }));
    if (known.recorded.length < length)
      throw new Error(`${stream} has ${known.recorded.length} events, though its revision ${length - 1} was read before`);
    this.keep(stream, known);
    return known.recorded.length === length
      ? known
      : { recorded: known.recorded.slice(0, length), history: known.history.slice(0, length) };
  }

  private keep(stream: string, history: History): void {
    // Another read model may have read further in the meantime.
    const standing = this.kept.get(stream);
    const longer = standing && standing.recorded.length > history.recorded.length ? standing : history;
    this.kept.delete(stream);
    this.kept.set(stream, longer);
    this.size += longer.recorded.length - (standing?.recorded.length ?? 0);
    for (const [oldest, { recorded }] of this.kept) {
      if (this.size <= this.most || this.kept.size === 1) break;
      this.kept.delete(oldest);
      this.size -= recorded.length;
    }
  }
}

/** Takes over those events that follow without a gap. */
const extended = ({ recorded, history }: History, events: readonly Recorded[]): History => {
  let length = recorded.length;
  const added = events.filter(({ revision }) => revision === length && ++length > 0);
  return added.length === 0
    ? { recorded, history }
    : { recorded: [...recorded, ...added], history: [...history, ...added.map(storedFrom)] };
};

/** Events of a batch by stream, each in its order. */
export const byStream = (events: readonly Recorded[]): ReadonlyMap<string, readonly Recorded[]> => {
  const streams = new Map<string, Recorded[]>();
  for (const event of events) {
    const of = streams.get(event.stream);
    if (of) of.push(event);
    else streams.set(event.stream, [event]);
  }
  return streams;
};
