import { isDeepStrictEqual } from 'node:util';
import { askedTwice, conditionsOf } from '../kernel/conditions';
import type { Role, TextRef } from '../kernel/fields';
import { always, command, type Moment, part } from '../kernel/part';
import { inUtc } from '../kernel/partial-date';
import { vocabulary } from '../kernel/refusal';
import {
  type Beginning,
  ChangeEndpoint,
  CreateSubscription,
  DeleteSubscription,
  type Delivery,
  DisableSubscription,
  type Disabling,
  type EventsWanted,
  MoveSubscription,
  type NamedStart,
  PauseSubscription,
  ReplayDeliveries,
  ResumeSubscription,
  type Signature,
  type SubscriptionEvents,
} from './subscription-course-forms';

export type Start = { readonly from: Beginning } | { readonly after: string } | { readonly since: string };
/** Something to be delivered again; `replay` counts the orders that this subscription ever had, from 1. */
export type ReplayOrder = { readonly replay: number } & (
  { readonly events: readonly string[] } | { readonly since: string; readonly until: string }
);
interface Created {
  /** The account that created it. */
  readonly owner: string;
  /** What a reader in this role may not read is left out. */
  readonly role: string;
  readonly delivery: Delivery;
  readonly endpoint?: TextRef;
  readonly signature?: Signature;
  readonly filter: Readonly<EventsWanted>;
  /** The start that was named last. */
  readonly start: Start;
  /** How often a start was named, at creations and by moves: whoever delivers begins anew where it rises. None of these counts ever falls, also where it was deleted and created again. */
  readonly moves: number;
  /** How many endpoints it has had: what one of them proved says nothing of the next. */
  readonly endpoints: number;
  /** How often deliveries were taken up: at creations, with another endpoint, and where it was resumed. What failed before says nothing then. */
  readonly takenUp: number;
  readonly replays: number;
  /** The orders since it was created, in their order. */
  readonly replayed: readonly ReplayOrder[];
  /** Why, while it is disabled. */
  readonly becauseDisabled?: Disabling | undefined;
}
export type StandingSubscription = Created & { readonly is: 'active' | 'paused' | 'disabled' };
export type Subscription = { readonly is: 'absent' } | (Created & { readonly is: 'active' | 'paused' | 'disabled' | 'deleted' });

/** Who subscribes; who is assigned to single things reads those alone. */
const subscribers: readonly Role[] = ['programme-officer', 'evaluator', 'service', 'admin'];

const says = vocabulary({
  SUBSCRIPTION_EXISTS: 'There is a subscription of this name already: take another, or change that one',
  NO_SUCH_SUBSCRIPTION: 'There is no such subscription',
  SUBSCRIPTION_NOT_YOURS: 'The subscription belongs to another account: only that one, or an administrator, changes it',
  SUBSCRIPTION_ROLE_NOT_YOURS:
    'The subscription reads in the role {role}, which you do not have: you may pause or delete it, an administrator changes it',
  ROLE_NOT_YOURS: 'You do not have the role {role}, so you cannot subscribe in it',
  WEBHOOK_NEEDS_ENDPOINT: 'Events that are sent need an endpoint to be sent to',
  PULL_HAS_NO_ENDPOINT: 'Events that are read, and not sent, have no endpoint and no signature',
  START_NAMED_TWICE: 'Name one place to start: `from`, `after` or `since`',
  START_MISSING: 'Name the place to start: `from`, `after` or `since`',
  REPLAY_OF_WHAT: 'Name what is to be delivered again: `events`, or a time `since` (and `until`); the one or the other',
  REPLAY_ENDS_BEFORE: 'The time would end at {until}, and begins at {since}',
  SUBSCRIPTION_DIMENSION_TWICE: 'The dimension {dimension} is asked for twice',
});

export const isStanding = (now: Subscription): now is StandingSubscription => now.is !== 'absent' && now.is !== 'deleted';
const standing = (now: Subscription): StandingSubscription => {
  if (!isStanding(now)) throw says.no('NO_SUCH_SUBSCRIPTION');
  return now;
};
/** Whoever lost its role may still end it, and no longer say what is read in that role, or where it is sent to. */
const own = (now: Subscription, { actor, roles }: Moment): StandingSubscription => {
  const found = standing(now);
  if (found.owner !== actor && !roles.includes('admin')) throw says.no('SUBSCRIPTION_NOT_YOURS');
  return found;
};
const ownInRole = (now: Subscription, moment: Moment): StandingSubscription => {
  const found = own(now, moment);
  const { role } = found;
  if (!moment.roles.some((each) => each === role || each === 'admin')) throw says.no('SUBSCRIPTION_ROLE_NOT_YOURS', { role });
  return found;
};

const named = ({ from, after, since }: NamedStart): NamedStart => ({
  ...(from !== undefined && { from }),
  ...(after !== undefined && { after }),
  ...(since !== undefined && { since: inUtc(since) }),
});
const startsIn = ({ from, after, since }: NamedStart) => [from, after, since].filter((each) => each !== undefined).length;
const startOf = ({ from = 'now', after, since }: NamedStart): Start =>
  after !== undefined ? { after } : since !== undefined ? { since } : { from };
const wanted = ({ lifecycles, types, streams, where }: EventsWanted): EventsWanted => ({
  ...(lifecycles && { lifecycles: [...lifecycles] }),
  ...(types && { types: [...types] }),
  ...(streams && { streams: [...streams] }),
  ...(where && where.length > 0 && { where: conditionsOf(where) }),
});
/** What would have created it as it stands now. */
const createdAs = ({ delivery, endpoint, signature, role, filter, start }: Created): SubscriptionEvents['SubscriptionCreated'] => ({
  delivery,
  ...(endpoint !== undefined && { endpoint }),
  ...(signature !== undefined && { signature }),
  role,
  ...filter,
  ...start,
});

const orderOf = ({ events, since, until }: SubscriptionEvents['DeliveriesReplayed'], replay: number, recordedAt: string): ReplayOrder =>
  events !== undefined
    ? { replay, events }
    : { replay, since: since!, until: until === undefined || until > recordedAt ? recordedAt : until };
const onto = (now: Subscription, change: (now: Created) => Partial<Exclude<Subscription, { readonly is: 'absent' }>>): Subscription =>
  now.is === 'absent' ? now : { ...now, ...change(now) };
const needsWebhook = (now: Subscription) => (now.is !== 'absent' && now.delivery === 'pull' ? [says.lack('PULL_HAS_NO_ENDPOINT')] : []);

/** Who subscribes to which events. What is delivered, and how far it came, is no fact of it: it would be as many as there are events. */
export const subscriptionCourse = part<SubscriptionEvents, Subscription>()({
  says,
  commands: {
    CreateSubscription: command(CreateSubscription, subscribers, ['SubscriptionCreated']),
    ChangeEndpoint: command(ChangeEndpoint, subscribers, ['EndpointChanged']),
    PauseSubscription: command(PauseSubscription, subscribers, ['SubscriptionPaused']),
    ResumeSubscription: command(ResumeSubscription, subscribers, ['SubscriptionResumed']),
    MoveSubscription: command(MoveSubscription, subscribers, ['SubscriptionMoved']),
    ReplayDeliveries: command(ReplayDeliveries, subscribers, ['DeliveriesReplayed']),
    DisableSubscription: command(DisableSubscription, ['service'], ['SubscriptionDisabled']),
    DeleteSubscription: command(DeleteSubscription, subscribers, ['SubscriptionDeleted']),
  },
  initial: { is: 'absent' },
  offers: {
    CreateSubscription: always,
    ChangeEndpoint: always,
    PauseSubscription: always,
    ResumeSubscription: always,
    MoveSubscription: () => [{ such: { from: 'now' as const } }],
    ReplayDeliveries: () => [{ such: { since: '2000-01-01T00:00:00.000Z' } }],
    DisableSubscription: always,
    DeleteSubscription: always,
  },

  decide: {
    CreateSubscription: (form, now, { actor, roles }) => {
      const { delivery, endpoint, signature, role = roles[0]! } = form;
      if (!roles.includes(role) && !roles.includes('admin')) throw says.no('ROLE_NOT_YOURS', { role });
      const data: SubscriptionEvents['SubscriptionCreated'] = {
        delivery,
        ...(endpoint !== undefined && { endpoint }),
        ...(signature !== undefined && { signature }),
        role,
        ...wanted(form),
        ...(startsIn(form) === 0 ? { from: 'now' } : named(form)),
      };
      const stands = isStanding(now) && now.owner === actor && isDeepStrictEqual(createdAs(now), data);
      return stands ? [] : [{ type: 'SubscriptionCreated', data }];
    },
    ChangeEndpoint: ({ endpoint }, now, moment) =>
      isDeepStrictEqual(ownInRole(now, moment).endpoint, endpoint) ? [] : [{ type: 'EndpointChanged', data: { endpoint } }],
    PauseSubscription: ({ reason }, now, moment) =>
      own(now, moment).is === 'paused' ? [] : [{ type: 'SubscriptionPaused', data: { ...(reason !== undefined && { reason }) } }],
    ResumeSubscription: (_, now, moment) => (ownInRole(now, moment).is === 'active' ? [] : [{ type: 'SubscriptionResumed', data: {} }]),
    // Twice to the same place is two moves: it has gone on since the first.
    MoveSubscription: (form, now, moment) => {
      ownInRole(now, moment);
      return [{ type: 'SubscriptionMoved', data: named(form) }];
    },
    ReplayDeliveries: ({ events, since, until }, now, moment) => {
      ownInRole(now, moment);
      const data = {
        ...(events && { events: [...events] }),
        ...(since !== undefined && { since: inUtc(since) }),
        ...(until !== undefined && { until: inUtc(until) }),
      };
      return [{ type: 'DeliveriesReplayed', data }];
    },
    DisableSubscription: ({ because }, now) =>
      standing(now).is === 'disabled' ? [] : [{ type: 'SubscriptionDisabled', data: { because } }],
    DeleteSubscription: ({ reason }, now, moment) => {
      own(now, moment);
      return [{ type: 'SubscriptionDeleted', data: { ...(reason !== undefined && { reason }) } }];
    },
  },

  requires: {
    SubscriptionCreated: (now, data) => {
      const { delivery, endpoint, signature, where = [] } = data;
      const dimension = askedTwice(where);
      return [
        ...(isStanding(now) ? [says.lack('SUBSCRIPTION_EXISTS')] : []),
        ...(delivery === 'webhook' && endpoint === undefined ? [says.lack('WEBHOOK_NEEDS_ENDPOINT')] : []),
        ...(delivery === 'pull' && (endpoint ?? signature) !== undefined ? [says.lack('PULL_HAS_NO_ENDPOINT')] : []),
        ...(startsIn(data) > 1 ? [says.lack('START_NAMED_TWICE')] : []),
        ...(dimension !== undefined ? [says.lack('SUBSCRIPTION_DIMENSION_TWICE', { dimension })] : []),
      ];
    },
    EndpointChanged: needsWebhook,
    SubscriptionDisabled: needsWebhook,
    SubscriptionMoved: (_, data) => {
      const starts = startsIn(data);
      return starts === 1 ? [] : [says.lack(starts === 0 ? 'START_MISSING' : 'START_NAMED_TWICE')];
    },
    DeliveriesReplayed: (_, { events, since, until }, { recordedAt }) => {
      if ((events === undefined) === (since === undefined) || (events && until !== undefined)) return [says.lack('REPLAY_OF_WHAT')];
      const end = until ?? recordedAt;
      return since !== undefined && end <= since ? [says.lack('REPLAY_ENDS_BEFORE', { since, until: end })] : [];
    },
  },

  evolve: {
    SubscriptionCreated: (now, data, { actor }) => {
      const { delivery, endpoint, signature, role } = data;
      const { moves, endpoints, takenUp, replays } = now.is === 'absent' ? { moves: 0, endpoints: 0, takenUp: 0, replays: 0 } : now;
      return {
        ...{ is: 'active', owner: actor, role, delivery },
        ...(endpoint !== undefined && { endpoint }),
        ...(signature !== undefined && { signature }),
        ...{ filter: wanted(data), start: startOf(data) },
        ...{ moves: moves + 1, endpoints: endpoints + (endpoint === undefined ? 0 : 1), takenUp: takenUp + 1, replays, replayed: [] },
      };
    },
    EndpointChanged: (now, { endpoint }) =>
      onto(now, ({ endpoints, takenUp }) => ({ endpoint, endpoints: endpoints + 1, takenUp: takenUp + 1 })),
    SubscriptionPaused: (now) => onto(now, () => ({ is: 'paused', becauseDisabled: undefined })),
    SubscriptionResumed: (now) => onto(now, ({ takenUp }) => ({ is: 'active', becauseDisabled: undefined, takenUp: takenUp + 1 })),
    SubscriptionMoved: (now, data) => onto(now, ({ moves }) => ({ start: startOf(data), moves: moves + 1 })),
    DeliveriesReplayed: (now, data, { recordedAt }) =>
      onto(now, ({ replays, replayed }) => ({
        replays: replays + 1,
        replayed: [...replayed, orderOf(data, replays + 1, recordedAt)],
      })),
    SubscriptionDisabled: (now, { because }) => onto(now, () => ({ is: 'disabled', becauseDisabled: because })),
    SubscriptionDeleted: (now) => onto(now, () => ({ is: 'deleted', becauseDisabled: undefined })),
  },

  measures: {
    subscriptions: { counts: 'subscriptions that stand' },
    'subscriptions-disabled': { counts: 'times that a subscription was disabled', by: ['because'] },
  },
  facts: {
    SubscriptionCreated: () => [{ measure: 'subscriptions', subject: 'subscription', quantity: 1 }],
    SubscriptionDeleted: () => [{ measure: 'subscriptions', subject: 'subscription', quantity: -1 }],
    SubscriptionDisabled: ({ because }) => [{ measure: 'subscriptions-disabled', subject: 'subscription', quantity: 1, by: { because } }],
  },
});
