import type { Answer, Failure } from './egress';
import { isSuccess, wordsOf } from './endpoint';
import { nextAttempt, retryAfter } from './schedule';
import type { Became } from './sent';

/** Until when an endpoint asked to be left alone. */
export const askedRest = (came: Answer | Failure, now: Date): Date | undefined =>
  came.is === 'answer' && (came.status === 429 || came.status === 503) ? retryAfter(came.headers['retry-after'], now) : undefined;

/**
 * What becomes of an event of which this came, after so many attempts before.
 * @returns also until when the endpoint asked to be left alone
 */
export const becameOf = (
  came: Answer | Failure,
  attempts: number,
  now: Date,
  { schedule, chance }: { readonly schedule: readonly number[]; readonly chance: () => number },
): { readonly became: Became; readonly rest: Date | undefined } => {
  const rest = askedRest(came, now);
  if (isSuccess(came)) return { became: { is: 'done' }, rest };
  const error = wordsOf(came);
  const again = nextAttempt(schedule, attempts + 1, now, chance());
  if (!again) return { became: { is: 'parked', error }, rest };
  return { became: { is: 'failed', error, again: rest && rest > again ? rest : again }, rest };
};
