import { lifecycle } from '../kernel/lifecycle';
import { isStanding, subscriptionCourse } from '../parts/subscription-course';
import { future, notInTheFuture } from './not-in-the-future';

/** Somebody outside who is told what is recorded here. */
export const subscription = lifecycle(
  'subscription',
  { subscription: subscriptionCourse },
  {
    plural: 'subscriptions',
    says: future,
    gates: { 'not-in-the-future': notInTheFuture },
    supply: {},
    responsible: 'every-officer',
    // Deliveries were made by them.
    unchangeable: [
      ...(['SubscriptionCreated', 'EndpointChanged', 'SubscriptionPaused', 'SubscriptionResumed', 'SubscriptionMoved'] as const),
      ...(['DeliveriesReplayed', 'SubscriptionDisabled', 'SubscriptionDeleted'] as const),
    ],
    dimensions: { delivery: ({ subscription }) => (subscription.is === 'absent' ? undefined : subscription.delivery) },
    rules: () => undefined,
    seen: ({ subscription }) => (isStanding(subscription) ? { is: subscription.is } : undefined),
  },
);
