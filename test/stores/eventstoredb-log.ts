/** An event as a server of EventStoreDB holds it. */
export interface Entry {
  readonly position: bigint;
  readonly stream: string;
  readonly revision: number;
  readonly id: string;
  readonly type: string;
  readonly contentType: string;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
  readonly created: Date;
}

export type Proposed = Pick<Entry, 'id' | 'type' | 'contentType' | 'data' | 'metadata'>;
export type Expectation = 'none' | 'any' | 'exists' | number;

export type Answered =
  | { readonly is: 'written'; readonly revision: number | undefined; readonly position: bigint }
  | { readonly is: 'wrong'; readonly actual: number | undefined };

/** Bytes of one append that a server takes. */
export const mostBytes = 1_048_576;

const nothing = new Uint8Array();

/** The log of a server, with the server's own events in it. It does to appends what a server (24.2) was seen to do. */
export class EventStoreDbLog {
  readonly entries: Entry[] = [];
  private readonly streams = new Map<string, Entry[]>();
  private readonly positions = new Set<bigint>();
  private readonly listeners = new Set<() => void>();
  /** By id, for as long as the server remembers. */
  private remembered = new Map<string, Entry>();
  private end = 1_000n;

  constructor() {
    this.write('$settings', [
      { id: '00000000-0000-4000-8000-000000000001', type: '$settings', contentType: 'application/json', data: nothing, metadata: nothing },
    ]);
  }

  /** Position of the newest event. */
  get last(): bigint {
    return this.entries.at(-1)?.position ?? 0n;
  }

  isEvent(position: bigint): boolean {
    return this.positions.has(position);
  }

  of(stream: string): readonly Entry[] {
    return this.streams.get(stream) ?? [];
  }

  /** Index of the first event above a position. */
  above(position: bigint): number {
    let [from, to] = [0, this.entries.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (this.entries[middle]!.position > position) to = middle;
      else from = middle + 1;
    }
    return from;
  }

  append(stream: string, events: readonly Proposed[], expected: Expectation): Answered {
    const standing = this.of(stream);
    const actual = standing.length - 1;
    const wrong: Answered = { is: 'wrong', actual: actual < 0 ? undefined : actual };
    const repeated = (last: Entry): Answered => ({ is: 'written', revision: last.revision, position: last.position });
    if (expected === 'any' || expected === 'exists') {
      if (expected === 'exists' && actual < 0) return wrong;
      const before = events.map(({ id }) => this.remembered.get(id)).filter((entry) => entry?.stream === stream);
      if (before.length > 0 && before.length === events.length) return repeated(before.at(-1)!);
      return before.length > 0 ? wrong : this.write(stream, events);
    }
    const before = expected === 'none' ? -1 : expected;
    if (before === actual) return this.write(stream, events);
    // Only ids are compared, and only those that were sent.
    const same = before < actual && events.every(({ id }, index) => standing[before + 1 + index]?.id === id);
    return same ? repeated(standing[before + events.length]!) : wrong;
  }

  /** The server writes something of its own. */
  writeOwn(): void {
    this.write('$stats-127.0.0.1:2113', [
      {
        id: '00000000-0000-4000-8000-000000000002',
        type: '$statsCollected',
        contentType: 'application/json',
        data: nothing,
        metadata: nothing,
      },
    ]);
  }

  /** As a restart does. */
  forget(): void {
    this.remembered = new Map();
  }

  onWritten(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  private write(stream: string, events: readonly Proposed[]): Answered {
    const standing = [...this.of(stream)];
    // An append of nothing takes a position all the same.
    this.end += 137n;
    for (const event of events) {
      const entry: Entry = { ...event, stream, revision: standing.length, position: this.end, created: new Date() };
      this.end += BigInt(160 + event.data.length + event.metadata.length);
      standing.push(entry);
      this.entries.push(entry);
      this.positions.add(entry.position);
      this.remembered.set(event.id, entry);
    }
    if (events.length > 0) this.streams.set(stream, standing);
    const last = events.length > 0 ? standing.at(-1) : undefined;
    for (const listener of this.listeners) listener();
    return { is: 'written', revision: last?.revision, position: last?.position ?? this.end };
  }
}
