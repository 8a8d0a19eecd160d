import { Observable, ReplaySubject, share, takeUntil, timer } from 'rxjs';
import type { Timing } from '../engine/runner-tail';
import type { EventStore, Recorded } from '../store/port';

/** What was recorded between two positions, all of it. */
export interface News {
  readonly after: bigint;
  readonly events: readonly Recorded[];
  readonly upTo: bigint;
}

const mostAtOnce = 500;
/** How long the log is followed after the last reader has gone, in milliseconds: the next one may come at once. */
const lingering = 5_000;

/**
 * What is recorded, as it is recorded, for any number of readers from one subscription to the store; nothing is read where nobody
 * listens. Whoever begins to listen and then looks into the store misses nothing: what was not there yet is told. Where the log begins
 * to be followed, or is taken up again, that is told at once, without events.
 */
export class Live {
  readonly news: Observable<News>;
  // Also for whoever asks only then: the last readers leave as it closes.
  private readonly closing = new ReplaySubject<void>(1);

  constructor(
    private readonly store: EventStore,
    private readonly timing: Timing,
    private readonly report: (error: unknown) => void,
  ) {
    this.news = new Observable<News>((reader) => {
      const stopping = new AbortController();
      void this.follow(stopping.signal, (news) => reader.next(news));
      return () => stopping.abort();
    }).pipe(takeUntil(this.closing), share({ resetOnRefCountZero: () => timer(lingering).pipe(takeUntil(this.closing)) }));
  }

  /** Whoever listens hears nothing more, and nothing goes on. */
  close(): void {
    this.closing.next();
  }

  /** Takes up a broken subscription where it ended. */
  private async follow(signal: AbortSignal, tell: (news: News) => void): Promise<void> {
    let at: bigint | undefined;
    for (let failures = 0; !signal.aborted; failures += 1) {
      try {
        let after = (at ??= await this.store.head());
        let events: Recorded[] = [];
        const pass = (upTo: bigint) => {
          tell({ after, events, upTo });
          [after, events] = [upTo, []];
          at = upTo;
        };
        for await (const delivery of this.store.subscribe(after, { signal })) {
          failures = 0;
          if (delivery.is === 'event') events.push(delivery.event);
          if (delivery.is === 'caught-up') pass(delivery.position);
          else if (events.length === mostAtOnce) pass(delivery.event.position);
        }
      } catch (error) {
        this.report(error);
      }
      await this.timing.sleep(Math.min(100 * 2 ** failures, 5_000), signal);
    }
  }
}
