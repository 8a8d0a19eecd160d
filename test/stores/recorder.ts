import { setImmediate } from 'node:timers/promises';
import {
  BadAppend,
  OutcomeUnknown,
  Unavailable,
  WrongRevision,
  type EventStore,
  type Expected,
  type Filter,
  type NewEvent,
  type Recorded,
} from '../../src/store/port';
import { everything } from './events';
import type { Attempt, Glance, Heard, History, Logged, Outcome, Reader } from './history';

/** Milliseconds by one clock for all processes of this machine. */
export const moment = () => Number(process.hrtime.bigint()) / 1e6;

/** Writes down what stores were asked and what they answered, for `breaches` to judge. */
export class Recorder {
  readonly attempts: Attempt[] = [];
  readonly readers: Reader[] = [];
  readonly glances: Glance[] = [];

  /** As the store's `append`; what it throws is an outcome too. */
  async append(by: string, store: EventStore, stream: string, events: readonly NewEvent[], expected: Expected): Promise<Outcome> {
    const began = moment();
    const outcome = await store
      .append(stream, events, expected)
      .then<Outcome, Outcome>(
        ({ revision, position, recordedAt }) => ({ is: 'acknowledged', revision, position: String(position), recordedAt }),
        outcomeOf,
      );
    this.attempts.push({ by, stream, ids: events.map(({ id }) => id), expected, began, ended: moment(), outcome });
    return outcome;
  }

  /** Appends, and repeats unchanged what was not answered or could not be sent, as long as it takes. */
  async appendUntilKnown(...asked: Parameters<Recorder['append']>): Promise<Outcome> {
    for (;;) {
      const outcome = await this.append(...asked);
      if (outcome.is === 'acknowledged' || (outcome.is === 'refused' && outcome.actual !== undefined)) return outcome;
    }
  }

  async glance(name: string, store: EventStore, after: bigint, limit: number, filter?: Filter): Promise<void> {
    const began = moment();
    const events = await store.readAll(after, limit, filter);
    this.glances.push({ name, ...(filter && { filter }), after: String(after), limit, began, ids: events.map(({ id }) => id) });
  }

  /**
   * Follows a store, and again from where it stands when that breaks or ends, until it was told that it has caught up to what `until`
   * then says, or until it is aborted.
   */
  async follow(
    name: string,
    store: () => EventStore,
    after: bigint,
    until: () => bigint | undefined,
    filter?: Filter,
    signal = new AbortController().signal,
  ): Promise<void> {
    const heard: Heard[] = [];
    this.readers.push({ name, ...(filter && { filter }), after: String(after), heard });
    let stand = after;
    while (!signal.aborted) {
      try {
        for await (const delivery of store().subscribe(stand, { ...(filter && { filter }), signal })) {
          if (delivery.is === 'event') {
            const { id, position } = delivery.event;
            heard.push({ id, position: String(position) });
            stand = position;
          } else {
            heard.push({ caughtUp: String(delivery.position) });
            stand = delivery.position;
          }
          const end = until();
          if (delivery.is === 'caught-up' && end !== undefined && stand >= end) return;
        }
      } catch (error) {
        if (!(error instanceof Unavailable)) throw error;
      }
      await setImmediate();
    }
  }

  /** @param store read for the log, now that nothing is under way */
  async history(store: EventStore, promised: History['promised'], from = 0n): Promise<History> {
    const { attempts, readers, glances } = this;
    return { attempts, readers, glances, log: (await everything(store, from)).map(logged), from: String(from), promised };
  }
}

const outcomeOf = (error: unknown): Outcome => {
  if (error instanceof WrongRevision) return { is: 'refused', actual: error.actual };
  if (error instanceof BadAppend || error instanceof Unavailable) return { is: 'refused' };
  if (error instanceof OutcomeUnknown) return { is: 'unknown' };
  throw error;
};

const logged = ({ stream, revision, position, id, type, recordedAt }: Recorded): Logged => ({
  ...{ stream, revision, id, type, recordedAt },
  position: String(position),
});
