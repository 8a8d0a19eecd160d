/** Subscriptions to events: what happened, by event. */
export const englishSubscriptionEvents = {
  SubscriptionCreated:
    'Subscription created in the role {role}: events {delivery}{endpoint, select, _ {} other { to {endpoint}}}{signature, select, _ {} hmac { and signed with a shared secret} other { and signed with a key pair}}{from, select, beginning {, from the first one on} now {, from now on} other {}}{after, select, _ {} other {, after {after}}}{since, select, _ {} other {, recorded since {since}}}{lifecycles, select, _ {} other {; lifecycles: {lifecycles}}}{types, select, _ {} other {; types: {types}}}{streams, select, _ {} other {; streams: {streams}}}{where_is, select, _ {} other {; where: {where_is}}}',
  EndpointChanged: 'Endpoint changed to {endpoint}, which is yet to be verified',
  SubscriptionPaused: 'Subscription paused{reason, select, _ {} other {: {reason}}}',
  SubscriptionResumed: 'Subscription resumed',
  SubscriptionMoved:
    'Subscription moved{from, select, beginning { to the first event} now { to what is recorded from now on} other {}}{after, select, _ {} other { to what follows {after}}}{since, select, _ {} other { to what was recorded since {since}}}',
  DeliveriesReplayed:
    'To be delivered again{events, select, _ {} other {: {events_count, plural, one {# event} other {# events}}}}{since, select, _ {} other {: what was recorded since {since}}}{until, select, _ {} other { and before {until}}}',
  SubscriptionDisabled: 'Subscription disabled: {because}',
  SubscriptionDeleted: 'Subscription deleted{reason, select, _ {} other {: {reason}}}',
} as const;

/** What can be done, by command. */
export const englishSubscriptionCommands = {
  CreateSubscription: 'Subscribe to events',
  ChangeEndpoint: 'Change the endpoint',
  PauseSubscription: 'Pause the subscription',
  ResumeSubscription: 'Resume the subscription',
  MoveSubscription: 'Move the subscription to another place',
  ReplayDeliveries: 'Have events delivered again',
  DisableSubscription: 'Disable the subscription',
  DeleteSubscription: 'Delete the subscription',
} as const;

/** Values in words. */
export const englishSubscriptionWords = {
  pull: 'read by the subscriber',
  webhook: 'sent by webhook',
  hmac: 'shared secret',
  ed25519: 'key pair',
  beginning: 'from the first event on',
  now: 'from now on',
  failing: 'nothing arrived for five days',
  gone: 'the endpoint answered that it is gone',
} as const;
