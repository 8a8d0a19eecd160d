import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import canonicalize from 'canonicalize';
import { BadAppend, nameOf, OutcomeUnknown, Unavailable, WrongRevision, type EventStore, type Recorded } from './port';

/** Where events are copied to: they are written as they were, with their times of recording. */
export interface CopyTarget {
  readonly store: EventStore;
  /**
   * Writes events, in their order, behind what is there.
   *
   * @param after position of the last event that is there
   * @throws OutcomeUnknown, Unavailable, WrongRevision where it has to be looked again at what is there; some may have been written
   * @throws BadAppend for an event that this store cannot hold as it is
   */
  write(events: readonly Recorded[], after: bigint): Promise<void>;
  renewEpoch(): Promise<string>;
}

/** The stores differ, and at which event first. */
export class StoresDiffer extends Error {
  constructor(
    /** `stream@revision` */
    readonly event: string,
    readonly what: string,
  ) {
    super(`${event} ${what}`);
  }
}

/** The target was not made by copying this source. */
export class OtherEvents extends Error {}

export interface WalkOptions {
  /** Told how many events are compared so far. */
  readonly onProgress?: (events: number) => void;
  /** Waits before the n-th attempt at what a store did not answer. */
  readonly pause: (attempt: number, error: Error) => Promise<void>;
}

/** Attempts without any event more before it is given up. */
const attempts = 12;
/** Most events of a page; fewer where they are large, so that a page has about so many characters. */
const page = { events: 256, text: 4_000_000 } as const;

/** How often it is looked for what a source that goes on writing has recorded meanwhile. */
const rounds = 10;

const passing = [OutcomeUnknown, Unavailable, WrongRevision];

/** Through two stores side by side, event by event. What was compared is the same on both sides. */
export class Walk {
  /** How many events were compared, of how many streams. */
  events = 0;
  /** How many of them this walk had written. */
  written = 0;
  /** The last event compared, by its position in the source. */
  at = 0n;
  private there = 0n;
  private limit: number = page.events;
  private readonly revisions = new Map<string, number>();
  private readonly hash = createHash('sha256');

  constructor(
    private readonly source: EventStore,
    private readonly target: CopyTarget,
    private readonly options: WalkOptions,
  ) {}

  get streams(): number {
    return this.revisions.size;
  }

  /** SHA-256, in hex, over every event compared so far, in order: its place, id, type, time of recording, data and metadata. */
  get digest(): string {
    return this.hash.copy().digest('hex');
  }

  /**
   * To where the source ends now.
   *
   * @param lacking what to do about events that the target does not have; it is a difference where left out
   * @throws StoresDiffer, OtherEvents
   */
  async toTheEnd(lacking?: (events: readonly Recorded[], after: bigint) => Promise<void>, until?: bigint): Promise<void> {
    for (let whole = true; whole;) {
      const { limit } = this;
      const read = await this.patiently(() => this.source.readAll(this.at, limit));
      const events = until === undefined ? read : read.filter(({ position }) => position <= until);
      this.follow(events);
      await this.through(events, lacking);
      whole = events.length === limit;
      this.options.onProgress?.(this.events);
    }
  }

  /** @throws OtherEvents where the target goes on behind what was compared and the source does not */
  async nothingBeyond(): Promise<void> {
    const [beyond] = await this.patiently(() => this.target.store.readAll(this.there, 1));
    if (!beyond) return;
    const [next] = await this.patiently(() => this.source.readAll(this.at, 1));
    if (!next) throw new OtherEvents(`the target goes on with ${nameOf(beyond)}, which the source does not have`);
  }

  /** @throws BadAppend where the source's own revisions have a gap */
  private follow(events: readonly Recorded[]): void {
    for (const event of events) {
      const next = this.revisions.get(event.stream) ?? 0;
      if (event.revision !== next)
        throw new BadAppend(`${nameOf(event)} stands where revision ${next} is due: events are gone in the source`);
      this.revisions.set(event.stream, next + 1);
    }
  }

  private async through(
    events: readonly Recorded[],
    lacking?: (events: readonly Recorded[], after: bigint) => Promise<void>,
  ): Promise<void> {
    let left = events;
    let text = 0;
    let wrote = false;
    for (let attempt = 0; left.length > 0;) {
      try {
        const found = await this.target.store.readAll(this.there, left.length);
        for (const [i, event] of found.entries()) text += this.compare(left[i]!, event);
        left = left.slice(found.length);
        if (wrote) this.written += found.length;
        if (found.length > 0) attempt = 0;
        if (left.length === 0) break;
        if (!lacking) throw new StoresDiffer(nameOf(left[0]!), 'is missing in the target');
        if (attempt >= attempts) throw new Unavailable(`the target does not show ${nameOf(left[0]!)}, though it took it`);
        attempt += 1;
        wrote = true;
        await lacking(left, this.there);
      } catch (error) {
        await this.orGiveUp(error, (attempt += 1));
      }
    }
    if (events.length > 0) this.limit = Math.max(4, Math.min(page.events, Math.floor((page.text * events.length) / (text + 1))));
  }

  /** @returns how many characters it has */
  private compare(mine: Recorded, found: Recorded): number {
    if (mine.id !== found.id || mine.stream !== found.stream || mine.revision !== found.revision) {
      if (this.events === 0) throw new OtherEvents(`the target holds other events: it begins with ${nameOf(found)}`);
      throw new StoresDiffer(nameOf(mine), `is not in the target: ${nameOf(found)} (${found.id}) stands in its place`);
    }
    for (const what of ['type', 'recordedAt', 'data', 'metadata'] as const)
      if (!isDeepStrictEqual(mine[what], found[what])) throw new StoresDiffer(nameOf(mine), `has other ${what} in the target`);
    const { stream, revision, id, type, recordedAt, data, metadata } = mine;
    const text = canonicalize([stream, revision, id, type, recordedAt, data, metadata])!;
    this.hash.update(text).update('\n');
    this.events += 1;
    this.at = mine.position;
    this.there = found.position;
    return text.length;
  }

  private async patiently<Result>(read: () => Promise<Result>): Promise<Result> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await read();
      } catch (error) {
        await this.orGiveUp(error, attempt);
      }
    }
  }

  private async orGiveUp(error: unknown, attempt: number): Promise<void> {
    if (attempt > attempts || !passing.some((known) => error instanceof known)) throw error;
    await this.options.pause(attempt, error as Error);
  }
}

export interface Copied {
  readonly events: number;
  readonly streams: number;
  /** How many of them were written now; the others were there. */
  readonly copied: number;
  readonly digest: string;
  /** Of the target. */
  readonly epoch: string;
  /** Events that the source recorded meanwhile and the target does not have. */
  readonly behind: number;
}

/**
 * Copies what the target does not have yet, and compares every event on both sides from the beginning. Done again after it was broken
 * off anywhere, or after the source has grown, it goes on.
 *
 * @throws OtherEvents before anything is written; StoresDiffer
 */
export async function copyStore(source: EventStore, target: CopyTarget, options: WalkOptions): Promise<Copied> {
  let epoch: string | undefined;
  // Before the first event: whoever reads a part of a copy must not take its positions for those of before.
  const renew = async () => (epoch ??= await target.renewEpoch());
  const write = async (events: readonly Recorded[], after: bigint) => {
    await renew();
    await target.write(events, after);
  };
  const copying = new Walk(source, target, options);
  await copying.toTheEnd(write);
  await copying.nothingBeyond();
  const comparing = new Walk(source, target, options);
  await comparing.toTheEnd(undefined, copying.at);
  if (comparing.digest !== copying.digest) throw new StoresDiffer('the source', 'was changed while it was copied');
  let behind = await source.countAfter(copying.at);
  for (let round = 0; behind > 0 && round < rounds; round += 1) {
    await copying.toTheEnd(write);
    await copying.nothingBeyond();
    behind = await source.countAfter(copying.at);
  }
  const standing = await target.store.epoch();
  if (standing === (await source.epoch())) await renew();
  const { events, streams, digest, written } = copying;
  return { events, streams, copied: written, digest, epoch: epoch ?? standing, behind };
}

/** Compares every event that the source has now. @throws StoresDiffer, OtherEvents */
export async function compareStores(source: EventStore, target: CopyTarget, options: WalkOptions): Promise<Copied> {
  const comparing = new Walk(source, target, options);
  await comparing.toTheEnd(undefined, await source.head());
  await comparing.nothingBeyond();
  const { events, streams, digest, at } = comparing;
  return { events, streams, copied: 0, digest, epoch: await target.store.epoch(), behind: await source.countAfter(at) };
}

/** Events that follow each other in one stream, in their order, of so many bytes at the most unless it is one. */
export function* runsOf(events: readonly Recorded[], mostBytes: number): Generator<readonly Recorded[]> {
  let run: Recorded[] = [];
  let bytes = 0;
  for (const event of events) {
    const size = Buffer.byteLength(JSON.stringify(event.data)) + Buffer.byteLength(JSON.stringify(event.metadata)) + 500;
    if (run.length > 0 && (run[0]!.stream !== event.stream || bytes + size > mostBytes)) {
      yield run;
      [run, bytes] = [[], 0];
    }
    run.push(event);
    bytes += size;
  }
  if (run.length > 0) yield run;
}
