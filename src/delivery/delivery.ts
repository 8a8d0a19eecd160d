import type { Timing } from '../engine/runner-tail';
import type { EventStore } from '../store/port';
import { type Origin, originAt } from './envelope';
import { EventStreams, type StreamTiming } from './event-streams';
import { Feed } from './feed';
import { Live } from './live';

export interface DeliveryOptions {
  readonly store: EventStore;
  readonly timing: Timing;
  readonly now: () => Date;
  readonly report: (error: unknown) => void;
  /** Where this installation is reached from outside, without a slash at its end. */
  readonly publicUrl?: string | undefined;
  readonly streaming?: StreamTiming;
}

/** How events leave the house. */
export interface Delivery {
  readonly origin: Origin;
  readonly feed: Feed;
  readonly streams: EventStreams;
}

export const deliveryOver = ({ store, timing, now, report, publicUrl, streaming }: DeliveryOptions): Delivery => {
  const origin = originAt(publicUrl);
  const feed = new Feed(store, new Live(store, timing, report), timing);
  return { origin, feed, streams: new EventStreams(feed, origin, timing, now, report, streaming) };
};
