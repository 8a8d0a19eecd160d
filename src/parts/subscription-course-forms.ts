import type { Condition } from '../kernel/conditions';
import { Items, Name, OneOf, ProtectedText, roles, type TextRef } from '../kernel/fields';
import { Instant } from '../kernel/fields-dates';
import { EndpointUrl } from '../kernel/fields-endpoints';
import { EventDimensionRef, EventRef, EventTypeRef, LifecycleRef, StreamName } from '../kernel/fields-events';

/** Read by whoever subscribes, or sent to an endpoint of theirs. */
export const deliveries = ['pull', 'webhook'] as const;
export type Delivery = (typeof deliveries)[number];
export const signatures = ['hmac', 'ed25519'] as const;
export type Signature = (typeof signatures)[number];
export const beginnings = ['beginning', 'now'] as const;
export type Beginning = (typeof beginnings)[number];
/** Nothing arrived for five days, or the endpoint answered that it is gone (410). */
export const disablings = ['failing', 'gone'] as const;
export type Disabling = (typeof disablings)[number];

/** `after`: an event as `stream@revision`; `since`: when it was recorded, in UTC to the millisecond. */
export interface NamedStart {
  from?: Beginning;
  after?: string;
  since?: string;
}
export interface EventsWanted {
  lifecycles?: string[];
  types?: string[];
  streams?: string[];
  where?: Condition[];
}
interface Created extends NamedStart, EventsWanted {
  delivery: Delivery;
  endpoint?: TextRef;
  signature?: Signature;
  role: string;
}
/** Stored for ever: add optional fields freely; never rename, remove or change a meaning. */
export interface SubscriptionEvents {
  /** It starts at the one of `from`, `after` and `since` that it has; anew where the one of that name before was deleted. */
  SubscriptionCreated: Created;
  /** It has to be verified again. */
  EndpointChanged: { endpoint: TextRef };
  SubscriptionPaused: { reason?: TextRef };
  /** Also after it was disabled. */
  SubscriptionResumed: Record<string, never>;
  SubscriptionMoved: NamedStart;
  /** Those `events`, or what was recorded from `since` on and before `until`; up to when this was recorded where that is left out. */
  DeliveriesReplayed: { events?: string[]; since?: string; until?: string };
  SubscriptionDisabled: { because: Disabling };
  SubscriptionDeleted: { reason?: TextRef };
}

// Said alike wherever a subscription is told where to start.
const startFrom = OneOf('Start at the first event there is, or at what is recorded from now on', beginnings, { optional: true });
const startAfter = EventRef('Start after this event', { optional: true });
const startSince = Instant('Start at what was recorded at this moment or later', { optional: true });

export class StreamWasIn {
  @EventDimensionRef('The dimension') dimension!: string;
  @Name('Its value') is!: string;
}
export class CreateSubscription {
  @OneOf('Whether events are read by whoever subscribes, or sent to an endpoint of theirs', deliveries) delivery!: Delivery;
  @EndpointUrl('Where they are sent to', { optional: true }) endpoint?: TextRef;
  @OneOf('How what is sent is signed', signatures, { optional: true }) signature?: Signature;
  @OneOf('The role it reads in, one of your own; the first of them where it is left out', roles, { optional: true }) role?: string;
  @LifecycleRef('Of these lifecycles only', { optional: true, many: [1, 60] }) lifecycles?: string[];
  @EventTypeRef('Of these types only', { optional: true, many: [1, 60] }) types?: string[];
  @StreamName('Of these streams only', { optional: true, many: [1, 200] }) streams?: string[];
  @Items(StreamWasIn, 'Of streams only that were in all of these', { max: 8, optional: true }) where?: StreamWasIn[];
  @startFrom from?: Beginning;
  @startAfter after?: string;
  @startSince since?: string;
}
export class ChangeEndpoint {
  @EndpointUrl('Where events are sent to from then on') endpoint!: TextRef;
}
export class PauseSubscription {
  @ProtectedText('Why', { optional: true }) reason?: TextRef;
}
export class ResumeSubscription {}
export class MoveSubscription {
  @startFrom from?: Beginning;
  @startAfter after?: string;
  @startSince since?: string;
}
export class ReplayDeliveries {
  @EventRef('These events', { optional: true, many: [1, 200] }) events?: string[];
  @Instant('What was recorded at this moment or later', { optional: true }) since?: string;
  @Instant('And before this one; up to now where it is left out', { optional: true }) until?: string;
}
export class DisableSubscription {
  @OneOf('Why nothing more is sent', disablings) because!: Disabling;
}
export class DeleteSubscription {
  @ProtectedText('Why', { optional: true }) reason?: TextRef;
}
