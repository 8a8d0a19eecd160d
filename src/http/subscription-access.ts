import { ApiParam } from '@nestjs/swagger';
import type { Request } from 'express';
import type { Delivery } from '../delivery/delivery';
import type { Standing } from '../delivery/subscriptions';
import { thingIn } from './addresses';
import { callerOf } from './auth';
import { notFound, Problem } from './problems';

export const deliveryKey = Symbol('delivery of events');
export const aSubscription = ApiParam({ name: 'id', description: 'The subscription', schema: { type: 'string' } });

/**
 * A subscription that the caller may look after, and that is delivered so.
 * @throws Problem NOT_FOUND, NOT_YOUR_SUBSCRIPTION, DELIVERED_OTHERWISE
 */
export const mine = async ({ subscriptions }: Delivery, request: Request, delivered?: Standing['delivery']): Promise<Standing> => {
  const id = thingIn(request);
  const of = await subscriptions.find(id, 'stored');
  if (!of) throw notFound('subscription', id);
  const { actor, roles: given } = callerOf(request);
  const isOwner = actor === of.owner && given.some((role) => of.reader.roles.includes(role));
  if (!isOwner && !given.includes('admin')) throw new Problem('NOT_YOUR_SUBSCRIPTION', { values: { id } });
  if (delivered !== undefined && of.delivery !== delivered) throw new Problem('DELIVERED_OTHERWISE', { values: { id, is: of.delivery } });
  return of;
};

/** Nothing of a subscription is delivered that is paused or disabled. @throws Problem SUBSCRIPTION_RESTS */
export const refuseResting = ({ id, is }: Standing): void => {
  if (is !== 'active') throw new Problem('SUBSCRIPTION_RESTS', { values: { id, is } });
};
