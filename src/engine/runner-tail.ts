import { Bell } from '../store/bell';
import { matching } from '../store/memory';
import type { EventStore, Filter, Recorded } from '../store/port';

/** Waiting, as whoever starts a process provides it. */
export interface Timing {
  /** Resolves after so many milliseconds, or at once when the signal aborts. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

/** Events after a position, as one reader gets them. */
export interface Next {
  readonly events: readonly Recorded[];
  /** Nothing that matches lies between the last of the events and this position. */
  readonly upTo: bigint;
  /** There may be more at once. */
  readonly more: boolean;
}

/** Who is told of every event as it comes, in the store's order; of some twice after a break. */
export interface Listener {
  heard(event: Recorded): void;
  /** Everything recorded so far was told. */
  caughtUp(): void;
  /** Nothing is told until it is caught up again. */
  lost(): void;
}

/** Whether two events that follow each other were recorded by one command on one stream. */
const together = (one: Recorded, next: Recorded) => one.stream === next.stream && one.metadata.commandId === next.metadata.commandId;

/** Where a batch of so many events ends: behind the last command that it begins. */
const endOf = (events: readonly Recorded[], limit: number): number => {
  let end = Math.min(limit, events.length);
  while (end > 0 && end < events.length && together(events[end - 1]!, events[end]!)) end += 1;
  return end;
};

/**
 * The newest events, read once for all readers of a process: one subscription feeds them while they keep up, and each reads from
 * the store by itself while it lies further behind.
 */
export class Tail {
  private events: Recorded[] = [];
  // What lies after `from` up to `to` is at hand.
  private from = 0n;
  private to = -1n;
  // What came of a command of which more may come: no reader sees a part of it.
  private begun: Recorded[] = [];
  private readonly bell = new Bell();

  constructor(
    private readonly store: EventStore,
    private readonly timing: Timing,
    private readonly listener?: Listener,
    /** At least so many events are kept, at most twice as many. */
    private readonly most = 1_000,
  ) {}

  /** Follows the store until the signal aborts; takes up a broken subscription where it ended. */
  async follow(signal: AbortSignal, report: (error: unknown) => void): Promise<void> {
    for (let failures = 0; !signal.aborted; failures += 1) {
      try {
        this.begun = [];
        if (this.to < 0n) this.from = this.to = await this.store.head();
        for await (const delivery of this.store.subscribe(this.to, { signal })) {
          failures = 0;
          if (delivery.is === 'event') {
            const last = this.begun.at(-1);
            if (last && !together(last, delivery.event)) this.keepBegun();
            this.begun.push(delivery.event);
            this.listener?.heard(delivery.event);
          } else {
            this.keepBegun();
            this.listener?.caughtUp();
            if (delivery.position > this.to) this.to = delivery.position;
          }
          this.bell.ring();
        }
      } catch (error) {
        report(error);
      }
      this.listener?.lost();
      await this.timing.sleep(Math.min(100 * 2 ** failures, 5_000), signal);
    }
    this.events = [];
    this.begun = [];
    this.to = -1n;
    this.bell.ring();
  }

  /** The next events for a reader that stands at a position: so many, and those with which the command of the last one ends. */
  async next(after: bigint, limit: number, filter: Filter): Promise<Next> {
    if (this.to >= 0n && after >= this.from && after <= this.to) {
      const events = this.events.filter(({ position }) => position > after).filter(matching(filter));
      if (events.length <= limit) return { events, upTo: this.to, more: false };
      const end = endOf(events, limit);
      return { events: events.slice(0, end), upTo: events[end - 1]!.position, more: true };
    }
    // Before the events: what becomes visible in between is not passed over.
    const head = await this.store.head();
    if (head <= after) return { events: [], upTo: after, more: false };
    // One more than wanted tells whether the command of the last one goes on.
    const ahead = limit + 1;
    const events = [...(await this.store.readAll(after, ahead, filter))];
    let end = endOf(events, limit);
    for (let read = events.length; read === ahead && end === events.length; end = endOf(events, end)) {
      const further = await this.store.readAll(events.at(-1)!.position, ahead, filter);
      read = further.length;
      events.push(...further);
    }
    if (end < events.length) return { events: events.slice(0, end), upTo: events[end - 1]!.position, more: true };
    const last = events.at(-1)?.position ?? after;
    return { events, upTo: last > head ? last : head, more: false };
  }

  /** How often anybody was woken so far: taken before looking, given to `beyond`, so that nothing in between is missed. */
  get rings(): number {
    return this.bell.rings;
  }

  /** Resolves when there is something after a position, when the bell rang after `since`, or after so many milliseconds. */
  async beyond(position: bigint | undefined, since: number, ms: number): Promise<void> {
    if (position !== undefined && this.to > position) return;
    const waiting = new AbortController();
    await Promise.race([this.bell.rung(since, waiting.signal), this.timing.sleep(ms, waiting.signal)]);
    waiting.abort();
  }

  /** Ends every wait. */
  wake(): void {
    this.bell.ring();
  }

  private keepBegun(): void {
    for (const event of this.begun) this.keep(event);
    this.begun = [];
  }

  private keep(event: Recorded): void {
    this.events.push(event);
    this.to = event.position;
    if (this.events.length < 2 * this.most) return;
    this.from = this.events[this.most - 1]!.position;
    this.events = this.events.slice(this.most);
  }
}
