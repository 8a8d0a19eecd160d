import type { Look, Streams } from '../engine/streams';
import { whereOf } from '../kernel/conditions';
import type { Role } from '../kernel/fields';
import type { Reader } from '../kernel/reserved';
import { subscription } from '../lifecycles/subscription';
import { isStanding, type StandingSubscription, type Subscription } from '../parts/subscription-course';
import { streamOf } from '../store/port';
import type { Places, Subscribed } from './subscribed';

/** A subscription that was created and not deleted. */
export interface Standing extends Subscribed {
  readonly is: StandingSubscription['is'];
  readonly delivery: StandingSubscription['delivery'];
  readonly owner: string;
  /** In whose eyes events are read: whose account it is, in the role of the subscription alone. */
  readonly reader: Reader & { readonly roles: readonly Role[] };
  /** The protected text that holds the address events are sent to, and which of its endpoints that is, from 1. */
  readonly endpoint?: string;
  readonly endpoints: number;
  /** How often deliveries were taken up, from 1: what failed before the last time says nothing. */
  readonly takenUp: number;
  readonly signature: 'hmac' | 'ed25519';
}

/** What its secrets and its record of attempts are kept under: whoever takes up the name of one that was deleted gets none of them. */
export const keptUnder = ({ id, owner }: Pick<Standing, 'id' | 'owner'>): string => `${id} of ${owner}`;

const standing = (id: string, state: StandingSubscription): Standing => {
  const { is, owner, role, delivery, endpoint, signature = 'hmac', filter, start, moves, endpoints, takenUp, replays, replayed } = state;
  const { lifecycles, types, streams, where = [] } = filter;
  return {
    ...{ id, is, owner, delivery, endpoints, takenUp, signature, replays, replayed, start, starts: moves },
    reader: { actor: owner, roles: [role as Role] },
    filter: { lifecycles, types, streams, dimensions: whereOf(where) },
    ...(endpoint && { endpoint: endpoint.text }),
  };
};

/** Subscriptions as what was recorded of them says. */
export class Subscriptions {
  constructor(private readonly streams: Pick<Streams, 'look' | 'history'>) {}

  /** Undefined where there is none, or it was deleted. */
  async find(id: string, look: Look = 'heard'): Promise<Standing | undefined> {
    const { folded } = await this.streams.look(subscription, id, look);
    const state = (folded.state as { readonly subscription: Subscription }).subscription;
    return isStanding(state) ? standing(id, state) : undefined;
  }

  /** Where its start was named last. */
  async namedAt(id: string): Promise<bigint> {
    const named = (await this.streams.history(subscription, id)).findLast(({ type }) => /^Subscription(?:Created|Moved)$/.test(type));
    if (!named) throw new Error(`the start of ${streamOf(subscription.name, id)} was never named`);
    return named.position;
  }

  /** Where things are, with what a store and its read models know of it. */
  placesIn(known: Omit<Places, 'namedAt'>): Places {
    return {
      epoch: () => known.epoch(),
      head: () => known.head(),
      positionOf: (stream, revision) => known.positionOf(stream, revision),
      positionBefore: (instant) => known.positionBefore(instant),
      namedAt: (id) => this.namedAt(id),
    };
  }
}
