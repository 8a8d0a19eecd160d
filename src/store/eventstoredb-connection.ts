import { EventStoreDBClient, type AllStreamSubscription, type AppendResult, type EventData } from '@eventstore/db-client';
import type { RawEvent } from './eventstoredb-events';
import { parseEventStoreUrl } from './eventstoredb-url';
import { OutcomeUnknown, Unavailable } from './port';

/** Something that the server sends event by event. */
interface Sending {
  readonly readableLength: number;
  on(event: string, listener: (...args: unknown[]) => void): unknown;
  removeAllListeners(event: string): unknown;
  resume(): unknown;
  cancel?(): Promise<void>;
  unsubscribe?(): Promise<void>;
}

interface Draining {
  /** It is a subscription, and done when it has caught up. */
  readonly live?: boolean;
  /** Given what to call when something else came. */
  readonly listening?: (beat: () => void) => void;
}

/** Told of each event as it comes; true when that was enough. */
export type Take = (event: RawEvent | undefined) => boolean;

/** Milliseconds that the client gets on top of a deadline to say itself that it has passed. */
const grace = 1_000;

/**
 * The client of EventStoreDB with deadlines that hold. Every call has credentials: with them the client sends each append by itself,
 * with a deadline of its own and errors of its own.
 */
export class EventStoreDbConnection {
  readonly client: EventStoreDBClient;
  private readonly options: { readonly credentials: { username: string; password: string }; readonly requiresLeader: true };

  /** @param deadline milliseconds without an answer after which a call is given up */
  constructor(
    url: string,
    readonly deadline: number,
  ) {
    const { connectionString, credentials } = parseEventStoreUrl(url);
    this.options = { credentials, requiresLeader: true };
    try {
      this.client = EventStoreDBClient.connectionString(connectionString);
    } catch {
      // Its message repeats the password.
      throw new Error('EVENTSTORE_URL is no connection string of EventStoreDB');
    }
  }

  /** @throws whatever the client does, and OutcomeUnknown when even that did not come */
  async append(stream: string, events: readonly EventData[], expectedRevision: 'no_stream' | bigint): Promise<AppendResult> {
    const { deadline, options } = this;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new OutcomeUnknown(`the EventStoreDB did not answer in ${deadline} ms`)), deadline + grace);
    });
    try {
      return await Promise.race([this.client.appendToStream(stream, [...events], { expectedRevision, deadline, ...options }), late]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Events of one stream from a revision on, or backwards from its end. */
  stream(stream: string, from: bigint | 'end', maxCount: number, take: Take): Promise<void> {
    const direction = from === 'end' ? 'backwards' : 'forwards';
    return this.drain(this.client.readStream(stream, { fromRevision: from, direction, maxCount, ...this.options }), take);
  }

  /** Everything, newest first: before a position, or from the end. */
  newest(before: bigint | 'end', maxCount: number, take: Take): Promise<void> {
    const fromPosition = before === 'end' ? before : { commit: before, prepare: before };
    return this.drain(this.client.readAll({ fromPosition, direction: 'backwards', maxCount, ...this.options }), take);
  }

  /** What matches after a position, exclusive; the filter's `checkpointReached` must be `beat`. */
  upToNow(after: bigint, filter: (beat: () => void) => Parameters<EventStoreDBClient['subscribeToAll']>[0], take: Take): Promise<void> {
    let beat: () => void = () => undefined;
    const subscription = this.subscribe(
      after,
      filter(() => beat()),
    );
    return this.drain(subscription, take, { live: true, listening: (listen) => (beat = listen) });
  }

  subscribe(after: bigint, options: Parameters<EventStoreDBClient['subscribeToAll']>[0]): AllStreamSubscription {
    const fromPosition = after === 0n ? ('start' as const) : { commit: after, prepare: after };
    const subscription = this.client.subscribeToAll({ ...options, fromPosition, ...this.options });
    // Without a listener an error that comes while nobody asks for more would end the process.
    subscription.on('error', () => undefined);
    return subscription;
  }

  async close(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, grace)));
    await Promise.race([this.client.dispose(), late]);
    clearTimeout(timer);
    const { getChannel } = this.client as unknown as { readonly getChannel: () => Promise<{ close(): void }> };
    // Nobody may ever have connected, or can.
    await getChannel().then(
      (channel) => channel.close(),
      () => undefined,
    );
  }

  private drain(sending: Sending, take: Take, { live = false, listening = () => undefined }: Draining = {}): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => finish(new Unavailable(`the EventStoreDB sent nothing for ${this.deadline} ms`)), this.deadline);
      let caughtUp = false;
      const finish = (error?: Error) => {
        clearTimeout(timer);
        if (error) reject(error);
        else resolve();
        abandon(sending);
      };
      listening(() => void timer.refresh());
      sending.on('error', (error) => finish(error as Error));
      // A subscription has no end of its own: whoever took it for one would pass by the rest.
      sending.on('end', () => finish(live && !caughtUp ? new Unavailable('the EventStoreDB ended the subscription') : undefined));
      sending.on('caughtUp', () => {
        caughtUp = true;
        if (sending.readableLength === 0) finish();
      });
      sending.on('data', (resolved) => {
        timer.refresh();
        if (take((resolved as { readonly event?: RawEvent }).event) || (caughtUp && sending.readableLength === 0)) finish();
      });
    });
  }
}

/** Ends what the server sends. What has come meanwhile must flow off: a call that is not read to its end is never disposed of. */
export function abandon(sending: Sending): void {
  sending.removeAllListeners('data');
  sending.on('error', () => undefined);
  const cancelled = sending.unsubscribe?.() ?? sending.cancel?.();
  cancelled?.catch(() => undefined);
  sending.resume();
}
