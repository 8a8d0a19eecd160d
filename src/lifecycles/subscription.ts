import { lifecycle } from '../kernel/lifecycle';
import { vocabulary } from '../kernel/refusal';
import { isStanding, subscriptionCourse } from '../parts/subscription-course';
import { closedDimensions, couldBe } from './event-dimensions';
import { future, notInTheFuture } from './not-in-the-future';

const says = vocabulary({
  ...future.sentences,
  WHAT_CAN_BE: '{dimension} to be asked for as events have it ({allowed}), not {value}',
});

/** Somebody outside who is told what is recorded here. */
export const subscription = lifecycle(
  'subscription',
  { subscription: subscriptionCourse },
  {
    plural: 'subscriptions',
    says,
    gates: {
      'not-in-the-future': notInTheFuture,
      'something-could-pass': {
        rule: 'A subscription asks of a dimension for what events can have there.',
        source: 'follows from what a filter is: what is mistyped would pass nothing, for ever',
        firm: true,
        guards: {
          SubscriptionCreated: (_, { where = [] }) =>
            where
              .filter(({ dimension, is }) => !couldBe(dimension, is))
              .map(({ dimension, is }) => {
                const allowed = closedDimensions[dimension]?.join(', ') ?? 'ISO 3166-1, two capital letters';
                return says.lack('WHAT_CAN_BE', { dimension, allowed, value: is });
              }),
        },
      },
    },
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
