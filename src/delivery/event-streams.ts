import type { Writable } from 'node:stream';
import { firstValueFrom, fromEvent, merge } from 'rxjs';
import type { Reader } from '../kernel/reserved';
import type { Timing } from '../engine/runner-tail';
import type { Recorded } from '../store/port';
import { cursorText } from './cursor';
import { cloudEvent, type Origin } from './envelope';
import { type EventFilter, filterKey, passing } from './event-filter';
import type { Feed } from './feed';
import type { News } from './live';

export interface StreamAsked {
  readonly after: bigint;
  readonly epoch: string;
  readonly filter: EventFilter;
  readonly reader: Reader;
}
export interface StreamTiming {
  /** Milliseconds between signs of life (15,000). */
  readonly heartbeat: number;
  /** Milliseconds that a reader may leave what it was sent unread (30,000). */
  readonly patience: number;
  /** Milliseconds after which a reader has to come again, with a token that still holds (3,600,000). */
  readonly longest: number;
  /** Milliseconds after which a reader that lost its stream should come again (2,000). */
  readonly retry: number;
}
export const usualStreamTiming: StreamTiming = { heartbeat: 15_000, patience: 30_000, longest: 3_600_000, retry: 2_000 };

/** News that a reader has not been given yet, at the most: one further behind reads from the store. */
const mostWaiting = 8;
const atATime = 200;

/** Events as they are sent. */
interface Frames {
  readonly text: string;
  /** Where the last of them is; undefined where there is none. */
  readonly last: bigint | undefined;
}

/** A line of events to one reader. Holds no events of its own: what the reader does not take stays in the log. */
class Line {
  private waiting: News[] = [];
  private behind = true;
  private busy = false;
  private at: bigint;
  /** The last position the reader was told. */
  private told: bigint;

  constructor(
    private readonly streams: EventStreams,
    private readonly out: Writable,
    private readonly asked: StreamAsked,
    readonly until: number,
  ) {
    this.at = this.told = asked.after;
  }

  hear(news: News): void {
    if (this.waiting.length < mostWaiting) this.waiting.push(news);
    else this.fallBehind();
    void this.work();
  }

  /** A sign of life; it tells how far the reader has come, also past what its filter leaves out. */
  beat(): void {
    if (this.busy) return;
    // It did not even take the last sign of life.
    if (this.out.writableNeedDrain) {
      this.out.destroy();
      return;
    }
    this.out.write(this.at > this.told ? `id: ${this.cursor()}\n\n` : ':\n\n');
    this.told = this.at;
  }

  end(): void {
    this.out.end();
  }

  private fallBehind(): void {
    this.waiting = [];
    this.behind = true;
  }

  private async work(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    try {
      while (!this.out.destroyed && (this.behind || this.waiting.length > 0)) {
        if (this.behind) await this.catchUp();
        else await this.take(this.waiting.shift()!);
      }
    } catch (error) {
      // It comes again from where it was.
      this.streams.report(error);
      this.out.destroy();
    } finally {
      this.busy = false;
    }
  }

  private async catchUp(): Promise<void> {
    const { filter, reader } = this.asked;
    const { events, upTo, more } = await this.streams.feed.next(this.at, atATime, filter);
    await this.give(this.streams.frames(events, reader, this.asked.epoch), upTo);
    this.behind = more;
  }

  private async take(news: News): Promise<void> {
    if (news.upTo <= this.at) return;
    if (news.after > this.at) {
      this.fallBehind();
      return;
    }
    const fresh = news.after === this.at ? news : { ...news, events: news.events.filter(({ position }) => position > this.at) };
    await this.give(await this.streams.framesOf(fresh, this.asked), news.upTo);
  }

  /** A reader that takes nothing for too long is let go. */
  private async give({ text, last }: Frames, upTo: bigint): Promise<void> {
    this.at = upTo;
    if (last === undefined || this.out.destroyed) return;
    // What the filter leaves out behind the last is told with the next sign of life.
    this.told = last;
    if (this.out.write(text)) return;
    if (!(await this.streams.drained(this.out))) this.out.destroy();
  }

  private cursor(): string {
    return cursorText({ position: this.at, epoch: this.asked.epoch });
  }
}

/** Server-sent events to any number of readers: one subscription to the log, and what several are sent alike is made once. */
export class EventStreams {
  private readonly lines = new Set<Line>();
  private readonly made = new WeakMap<News, Map<string, Promise<Frames>>>();
  private stopping: AbortController | undefined;
  private closed = false;

  constructor(
    readonly feed: Feed,
    private readonly origin: Origin,
    private readonly timing: Timing,
    private readonly now: () => Date,
    readonly report: (error: unknown) => void,
    private readonly usual: StreamTiming = usualStreamTiming,
  ) {}

  get readers(): number {
    return this.lines.size;
  }

  /** Sends what comes after a position until the reader leaves, is too slow, or has to show a token again. */
  open(out: Writable, asked: StreamAsked): void {
    // Asked for again while everything ends: whoever reads comes back.
    if (this.closed) {
      out.end();
      return;
    }
    const line = new Line(this, out, asked, this.now().getTime() + this.usual.longest);
    out.write(`retry: ${this.usual.retry}\n\n`);
    const listening = this.feed.live.news.subscribe((news) => line.hear(news));
    this.lines.add(line);
    out.once('close', () => {
      listening.unsubscribe();
      this.lines.delete(line);
      if (this.lines.size === 0) this.stopping?.abort();
    });
    out.on('error', () => undefined);
    line.hear({ after: asked.after, events: [], upTo: asked.after });
    if (!this.stopping || this.stopping.signal.aborted) void this.beat((this.stopping = new AbortController()).signal);
  }

  /** Streams never end by themselves. */
  close(): void {
    this.closed = true;
    for (const line of this.lines) line.end();
    this.stopping?.abort();
    this.feed.live.close();
  }

  frames(events: readonly Recorded[], reader: Reader, epoch: string): Frames {
    const text = events
      .map(
        (event) =>
          `id: ${cursorText({ position: event.position, epoch })}\ndata: ${JSON.stringify(cloudEvent(event, reader, this.origin))}\n\n`,
      )
      .join('');
    return { text, last: events.at(-1)?.position };
  }

  /** Readers of one filter in the same roles are sent the same text; whose account it is decides only what is of that account. */
  framesOf(news: News, { filter, reader, epoch }: StreamAsked): Promise<Frames> {
    const made = this.made.get(news) ?? new Map<string, Promise<Frames>>();
    this.made.set(news, made);
    const key = JSON.stringify([filterKey(filter), reader.actor, reader.roles]);
    const known = made.get(key) ?? passing(this.feed.store, news.events, filter).then((events) => this.frames(events, reader, epoch));
    made.set(key, known);
    return known;
  }

  /** False where a reader goes on taking nothing. */
  async drained(out: Writable): Promise<boolean> {
    const enough = new AbortController();
    const late = this.timing.sleep(this.usual.patience, enough.signal).then(() => false);
    const taken = firstValueFrom(merge(fromEvent(out, 'drain'), fromEvent(out, 'close'))).then(() => true);
    const is = await Promise.race([taken, late]);
    enough.abort();
    return is;
  }

  private async beat(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.timing.sleep(this.usual.heartbeat, signal);
      const now = this.now().getTime();
      for (const line of this.lines) {
        if (line.until <= now) line.end();
        else line.beat();
      }
    }
  }
}
