import { advance, fold, type Folded, goneIn, isCorrection, type Stored, untouched } from '../kernel/history';
import type { AnyLifecycle } from '../kernel/lifecycle';
import { type Appended, type EventStore, idOf, type NewEvent, type Recorded, streamOf } from '../store/port';
import type { Rules } from './rules';

export const storedFrom = ({ revision, type, data, recordedAt, metadata }: Recorded): Stored => ({
  revision,
  type,
  data,
  recordedAt,
  occurredOn: metadata.occurredOn,
  actor: metadata.actor,
  roles: metadata.roles,
  commandId: metadata.commandId,
  ...(metadata.rules === undefined ? {} : { rules: metadata.rules }),
  ...(metadata.waived === undefined ? {} : { waived: metadata.waived }),
});

/** What one command recorded, so that its repeat is recognised. */
export interface Done {
  readonly hash: string;
  readonly position: bigint;
  readonly events: readonly { readonly type: string; readonly revision: number }[];
}

/** How a stream that others rest on is looked at: as this process last heard of it, or as the store has it now. */
export type Look = 'heard' | 'stored';

/** A stream as far as a process has read it. */
export interface Held {
  readonly of: AnyLifecycle;
  readonly stream: string;
  readonly folded: Folded;
  /** By command id; the whole history, not only what is in force. */
  readonly done: Map<string, Done>;
  /** Revisions that were taken back. */
  readonly gone: ReadonlySet<number>;
  /** Since it was read, every event of it was heard, as long as the process hears them without a break of that number. */
  readonly break: number;
}

/** Streams folded and kept in the process: the next append proves whether they are still right, and a correction drops them. */
export class Streams {
  private readonly kept = new Map<string, Held>();
  /** What is under way on a stream: a refresh or an extension comes after those before it. */
  private readonly busy = new Map<string, Promise<unknown>>();
  /** Refreshes that have not begun: whoever asks meanwhile gets what they will find. */
  private readonly coming = new Map<string, Promise<Held>>();
  /** What was read before the last break may have grown unheard. */
  private breaks = 0;
  private hears = false;

  constructor(
    private readonly store: EventStore,
    readonly rules: Rules,
    /** How many streams are kept; the longest unused goes first. */
    private readonly most = 2_000,
  ) {}

  /** The stream as this process knows it; read from the store where it is not known. Possibly behind: an append on it then fails. */
  async hold(of: AnyLifecycle, id: string): Promise<Held> {
    return this.kept.get(streamOf(of.name, id)) ?? (await this.refresh(of, id));
  }

  /** The stream as it stands in the store now; only its tail is read where the rest is known. */
  refresh(of: AnyLifecycle, id: string): Promise<Held> {
    const stream = streamOf(of.name, id);
    const coming = this.coming.get(stream);
    if (coming) return coming;
    const read = this.inTurn(stream, () => {
      this.coming.delete(stream);
      return this.readOn(of, id);
    });
    this.coming.set(stream, read);
    return read;
  }

  /** Every event of the store is heard as it comes. */
  get follows(): boolean {
    return this.hears;
  }

  /**
   * As the store has it now, or as this process last heard of it: that may miss what another process was acknowledged a moment ago,
   * so nobody is refused by it.
   */
  async look(of: AnyLifecycle, id: string, look: Look): Promise<Held> {
    const known = this.kept.get(streamOf(of.name, id));
    return look === 'heard' && this.hears && known?.break === this.breaks ? known : this.refresh(of, id);
  }

  /** Everything that was recorded so far was heard, and what comes will be. */
  caughtUp(): void {
    if (this.hears) return;
    this.breaks += 1;
    this.hears = true;
  }

  /** Events may pass unheard from now on. */
  lost(): void {
    this.hears = false;
  }

  /** An event, each once and in the store's order. */
  heard(event: Recorded): void {
    const { stream, revision } = event;
    // A stream that is being read is kept in a moment, perhaps without it.
    if (!this.busy.has(stream) && (this.kept.get(stream)?.folded.revision ?? revision) >= revision) return;
    void this.inTurn(stream, async () => {
      const known = this.kept.get(stream);
      if (!known || known.folded.revision >= revision) return;
      if (isCorrection(event) || known.folded.revision + 1 < revision) this.kept.delete(stream);
      else await this.extend(known.of, idOf(stream), known, [event]);
    }).catch(() => this.kept.delete(stream));
  }

  private async readOn(of: AnyLifecycle, id: string): Promise<Held> {
    const stream = streamOf(of.name, id);
    const { breaks } = this;
    const known = this.kept.get(stream);
    const tail = await this.store.read(stream, { from: (known?.folded.revision ?? -1) + 1 });
    if (known && tail.some(isCorrection)) {
      this.kept.delete(stream);
      return this.readOn(of, id);
    }
    return this.extend(of, id, known, tail, breaks);
  }

  /** What was just appended to a stream as it was held. */
  grow(of: AnyLifecycle, id: string, held: Held, events: readonly NewEvent[], { revision, position, recordedAt }: Appended): Promise<void> {
    const { stream } = held;
    const tail = events.map((event, i): Recorded => ({
      ...event,
      stream,
      recordedAt,
      revision: revision - events.length + 1 + i,
      position: position - BigInt(events.length - 1 - i),
    }));
    return this.inTurn(stream, async () => {
      const standing = this.kept.get(stream);
      const known = standing && standing.folded.revision > held.folded.revision ? standing : held;
      // Others may have read some of it, or all, from the store already.
      const added = tail.filter((event) => event.revision > known.folded.revision);
      if (added.some(isCorrection)) this.forget(of, id);
      else if (added.length > 0) await this.extend(of, id, known, added);
    });
  }

  async history(of: AnyLifecycle, id: string): Promise<readonly Recorded[]> {
    return this.store.read(streamOf(of.name, id));
  }

  forget(of: AnyLifecycle, id: string): void {
    this.kept.delete(streamOf(of.name, id));
  }

  private async extend(
    of: AnyLifecycle,
    id: string,
    known: Held | undefined,
    tail: readonly Recorded[],
    breaks = known?.break ?? -1,
  ): Promise<Held> {
    const stream = streamOf(of.name, id);
    const events = tail.map(storedFrom);
    const book = await this.rules.loadFor(events);
    const folded = known
      ? events.reduce((now, event) => advance(of, now, event, book), known.folded)
      : events.some(isCorrection)
        ? fold(of, events, book)
        : events.reduce((now, event) => advance(of, now, event, book), untouched(of));
    // One table for as long as the stream is kept: a copy for each command would cost what the whole stream is long.
    const done = known?.done ?? new Map<string, Done>();
    for (const { type, revision, position, metadata } of tail) {
      const before = done.get(metadata.commandId);
      // The table may be ahead of the stream it came with: it is shared.
      if (before && before.events.at(-1)!.revision >= revision) continue;
      done.set(metadata.commandId, { hash: metadata.commandHash, position, events: [...(before?.events ?? []), { type, revision }] });
    }
    // What corrections are in a stream that is known is seen when it is read anew.
    const held: Held = { of, stream, folded, done, gone: known?.gone ?? goneIn(events), break: breaks };
    const standing = this.kept.get(stream);
    if (standing && standing.folded.revision > folded.revision) return held;
    this.kept.delete(stream);
    if (folded.revision >= 0) this.kept.set(stream, held);
    if (this.kept.size > this.most) this.kept.delete(this.kept.keys().next().value!);
    return held;
  }

  private inTurn<Result>(stream: string, work: () => Promise<Result>): Promise<Result> {
    const done = (this.busy.get(stream) ?? Promise.resolve()).then(work);
    const over = done
      .catch(() => undefined)
      .then(() => {
        if (this.busy.get(stream) === over) this.busy.delete(stream);
      });
    this.busy.set(stream, over);
    return done;
  }
}
