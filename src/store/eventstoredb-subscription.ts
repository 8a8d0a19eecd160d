import { setImmediate as turn } from 'node:timers/promises';
import { excludeSystemEvents, type AllStreamResolvedEvent } from '@eventstore/db-client';
import { abandon, type EventStoreDbConnection } from './eventstoredb-connection';
import { isInvalidPosition, ofRead } from './eventstoredb-errors';
import type { EventStoreDbReads } from './eventstoredb-read';
import { matching } from './memory';
import { Unavailable, type Delivery, type Filter } from './port';

interface Following {
  readonly filter?: Filter | undefined;
  readonly signal: AbortSignal;
}

/**
 * Everything after a position, then live: what `EventStore.subscribe` promises. It is one subscription of the server, to everything but
 * the server's own events, so that a reader hears how far the log has come also where its filter leaves everything out.
 */
export async function* followEventStoreDb(
  connection: EventStoreDbConnection,
  reads: EventStoreDbReads,
  after: bigint,
  { filter = {}, signal }: Following,
): AsyncGenerator<Delivery> {
  try {
    yield* from(connection, reads, after, after, { filter, signal });
  } catch (error) {
    if (!isInvalidPosition(error)) throw ofRead(error);
    const valid = await reads.atOrBelow(after).catch((cause: unknown) => {
      throw ofRead(cause);
    });
    yield* from(connection, reads, valid, after, { filter, signal });
  }
}

async function* from(
  connection: EventStoreDbConnection,
  reads: EventStoreDbReads,
  start: bigint,
  after: bigint,
  { filter = {}, signal }: Following,
): AsyncGenerator<Delivery> {
  if (signal.aborted) return;
  const subscription = connection.subscribe(start, { filter: excludeSystemEvents() });
  const aborted = new Promise<'aborted'>((resolve) => signal.addEventListener('abort', () => resolve('aborted'), { once: true }));
  const matches = matching(filter);
  let live: () => void = () => undefined;
  const isLive = new Promise<'live'>((resolve) => (live = () => resolve('live')));
  subscription.once('caughtUp', live);
  const events = (subscription as AsyncIterable<AllStreamResolvedEvent>)[Symbol.asyncIterator]();
  let next = events.next();
  // It may fail while the consumer is busy with something else.
  next.catch(() => undefined);
  let seen = after;
  let [wasLive, told] = [false, false];
  try {
    for (;;) {
      if (wasLive && !told) {
        // What is at hand comes first; nothing at hand and nothing newer in the log means that this was all.
        const [soon] = await Promise.all([Promise.race([next.then(() => 'event' as const), turn('nothing' as const)])]);
        const head = soon === 'nothing' ? await Promise.race([next.then(() => 'event' as const), aborted, reads.head()]) : soon;
        if (head === 'aborted') return;
        if (head !== 'event' && head <= seen) {
          told = true;
          yield { is: 'caught-up', position: seen };
          if (isAborted(signal)) return;
        }
      }
      const came = await Promise.race(wasLive ? [next, aborted] : [next, aborted, isLive]);
      if (came === 'aborted') return;
      if (came === 'live') {
        wasLive = true;
        continue;
      }
      if (came.done) throw new Unavailable('the EventStoreDB ended the subscription');
      next = events.next();
      next.catch(() => undefined);
      const recorded = reads.recorded(came.value.event);
      if (!recorded || recorded.position <= seen) continue;
      told = false;
      if (matches(recorded)) yield { is: 'event', event: recorded };
      seen = recorded.position;
      if (isAborted(signal)) return;
    }
  } finally {
    abandon(subscription);
  }
}

// A function, because it changes while the consumer works.
const isAborted = (signal: AbortSignal) => signal.aborted;
