import { Bell } from '../store/bell';
import type { Timing } from '../engine/runner-tail';
import type { Live } from './live';

export interface IndexingOptions {
  /** Indexes the next chunk of so many events, and says how many it looked at; see `addChunk`. */
  readonly add: () => Promise<number | undefined>;
  readonly size: number;
  readonly live: Pick<Live, 'news'>;
  readonly timing: Timing;
  readonly report: (error: unknown) => void;
  /** Milliseconds after which the log is looked at again although not enough was heard: whoever was about it may be gone (10,000). */
  readonly pause?: number;
}

const usualPause = 10_000;

/** Keeps the index of chunks behind the log. Any number of processes may run one: one of them at a time is about the next chunk. */
export class Indexing {
  private readonly bell = new Bell();
  /** Events behind the last chunk, as far as this process knows. */
  private left = 0;
  private running: { readonly stopping: AbortController; readonly done: Promise<void> } | undefined;

  constructor(private readonly on: IndexingOptions) {}

  /** Works until `stop`. */
  start(): void {
    if (this.running) return;
    const stopping = new AbortController();
    const listening = this.on.live.news.subscribe(({ events }) => {
      this.left += events.length;
      if (this.left >= this.on.size) this.bell.ring();
    });
    const done = this.follow(stopping.signal).finally(() => listening.unsubscribe());
    this.running = { stopping, done };
  }

  /** Ends with the chunk that is under way. */
  async stop(): Promise<void> {
    const { running } = this;
    this.running = undefined;
    running?.stopping.abort();
    await running?.done;
  }

  private async follow(signal: AbortSignal): Promise<void> {
    const { add, size, timing, report, pause = usualPause } = this.on;
    for (let failures = 0; !signal.aborted;) {
      const { rings } = this.bell;
      try {
        this.left = 0;
        const looked = await add();
        failures = 0;
        if (looked === size) continue;
        this.left += looked ?? 0;
        await this.bell.rung(rings, signal, pause);
      } catch (error) {
        report(error);
        failures += 1;
        await timing.sleep(Math.min(100 * 2 ** failures, 5_000), signal);
      }
    }
  }
}
