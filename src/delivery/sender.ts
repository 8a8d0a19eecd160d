import { Bell } from '../store/bell';
import { type EventStore, idOf } from '../store/port';
import { subscription } from '../lifecycles/subscription';
import { forgetOld } from './attempts';
import type { Live } from './live';
import { Sending, type SendingOptions } from './sending';
import type { Standing } from './subscriptions';

export interface SenderOptions extends SendingOptions {
  readonly store: Pick<EventStore, 'readAll'>;
  readonly live: Live;
  /** Milliseconds after which a subscription is looked at again although nothing was recorded: something may wait for its time (1,000). */
  readonly pause?: number;
}

const usualPause = 1_000;
const atATime = 500;
const day = 86_400_000;

const isSentTo = (of: Standing | undefined): of is Standing => of?.delivery === 'webhook' && of.is === 'active';

/**
 * Sends to the endpoints of all webhook subscriptions. Any number of processes may run one: what is in the hands of one is not in those
 * of another.
 */
export class Sender {
  private readonly bell = new Bell();
  private readonly active = new Map<string, Promise<void>>();
  /** Named in the log while they were looked after: what changed may have come too late to be seen. */
  private readonly again = new Set<string>();
  private running: { readonly stopping: AbortController; readonly done: Promise<unknown> } | undefined;

  private readonly pause: number;

  constructor(private readonly on: SenderOptions) {
    this.pause = on.pause ?? usualPause;
  }

  /** Works until `stop`. */
  start(): void {
    if (this.running) return;
    const stopping = new AbortController();
    const { signal } = stopping;
    const listening = this.on.live.news.subscribe(() => this.bell.ring());
    const done = Promise.all([this.watch(signal), this.tidy(signal)]).finally(() => listening.unsubscribe());
    this.running = { stopping, done };
  }

  /** Ends what is under way; what was not sent is anybody's at once. */
  async stop(): Promise<void> {
    const { running } = this;
    if (!running) return;
    this.running = undefined;
    running.stopping.abort();
    this.bell.ring();
    await running.done;
    await Promise.all(this.active.values());
  }

  /** Whoever is named in the log as a subscription is looked after from then on. */
  private async watch(signal: AbortSignal): Promise<void> {
    let at = 0n;
    while (!signal.aborted) {
      const { rings } = this.bell;
      try {
        const events = await this.on.store.readAll(at, atATime, { kinds: [subscription.name] });
        at = events.at(-1)?.position ?? at;
        for (const id of new Set(events.map(({ stream }) => idOf(stream)))) this.lookAfter(id, signal);
        if (events.length === atATime) continue;
      } catch (error) {
        this.on.report(error);
      }
      await this.bell.rung(rings, signal, this.pause);
    }
  }

  private lookAfter(id: string, signal: AbortSignal): void {
    if (this.active.has(id)) {
      this.again.add(id);
      return;
    }
    this.again.delete(id);
    const work = this.work(id, signal)
      .catch((error: unknown) => this.on.report(error))
      .finally(() => {
        this.active.delete(id);
        if (this.again.has(id) && !signal.aborted) this.lookAfter(id, signal);
      });
    this.active.set(id, work);
  }

  /** As long as there is something to send for it. */
  private async work(id: string, signal: AbortSignal): Promise<void> {
    // What one subscription has in hand is given back when it is no longer sent to.
    const worker = `${this.on.worker} ${id}`;
    let sending = new Sending({ ...this.on, worker }, signal);
    for (let failures = 0; !signal.aborted;) {
      const { rings } = this.bell;
      try {
        const of = await this.on.subscriptions.find(id);
        if (!isSentTo(of)) break;
        const round = await sending.round(of);
        failures = 0;
        if (round === 'busy') continue;
        if (round === 'over') {
          await sending.idle();
          if (!isSentTo(await this.on.subscriptions.find(id, 'stored'))) break;
          sending = new Sending({ ...this.on, worker }, signal);
          continue;
        }
        // Nothing that is recorded ends a rest; whoever asks that it be tried does, a second later at the most.
        if (round instanceof Date)
          await this.on.timing.sleep(Math.min(Math.max(round.getTime() - this.on.now().getTime(), 0), this.pause), signal);
        else await this.bell.rung(rings, signal, this.pause);
      } catch (error) {
        this.on.report(error);
        failures += 1;
        await this.on.timing.sleep(Math.min(100 * 2 ** failures, 5_000), signal);
      }
    }
    await sending.idle();
    await this.on.claims.letGo({ worker });
  }

  private async tidy(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await forgetOld(this.on.pool, this.on.now()).catch((error: unknown) => this.on.report(error));
      await this.on.timing.sleep(day, signal);
    }
  }
}
