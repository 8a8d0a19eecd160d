import type { Moment } from '../kernel/part';
import { byDate, certainlyAfter, certainlyBefore, type Day, firstDay, lastDay, type PartialDate } from '../kernel/partial-date';
import type { Said } from '../kernel/refusal';
import type { Agreement, AgreementEvents, Agreements } from './agreements-forms';
import { says } from './agreements-says';

/** The last day of an agreement as it stood on a date: drafted for, or renewed to by then. Undefined where it had no end. */
const validUntilOn = ({ draftedUntil, renewals = [] }: Agreement, date: PartialDate): Day | undefined =>
  renewals
    .filter(({ on }) => !certainlyAfter(on, date))
    .toSorted((one, other) => byDate(one.on, other.on))
    .at(-1)?.validUntil ?? draftedUntil;

/** An agreement by the latest of what happened to it, in whatever order that was recorded. */
export const inItsTime = (agreement: Agreement): Agreement => {
  const { renewals = [], expiries = [], is } = agreement;
  const latest = renewals.toSorted((one, other) => byDate(one.on, other.on)).at(-1);
  const validUntil = latest?.validUntil ?? agreement.draftedUntil;
  const over = expiries.some((expiredOn) => latest === undefined || lastDay(latest.on) <= firstDay(expiredOn));
  return {
    ...agreement,
    ...(validUntil !== undefined && { validUntil }),
    is: is === 'concluded' || is === 'expired' ? (over ? 'expired' : 'concluded') : is,
  };
};

/** When it ended; undefined while it is in force, or not yet. */
const overSince = ({ is, expiries = [], terminatedOn }: Agreement): PartialDate | undefined =>
  is === 'terminated' ? terminatedOn : is === 'expired' ? expiries.toSorted(byDate).at(-1) : undefined;

export const mustBe =
  (wanted: Agreement['is']) =>
  (agreements: Agreements, { agreement }: { agreement: string }): readonly Said[] => {
    const now = agreements[agreement];
    if (!now) return [says.lack('NO_SUCH_AGREEMENT', { agreement })];
    return now.is === wanted ? [] : [says.lack('AGREEMENT_NOT_OPEN', { agreement, is: now.is })];
  };
const concluded = mustBe('concluded');

/** Concluded, and not certainly over on a date: what is recorded late may have happened before the end. */
export const inForce = (agreements: Agreements, data: { agreement: string }, { occurredOn }: Moment): readonly Said[] => {
  const now = agreements[data.agreement];
  const over = now && overSince(now);
  return over !== undefined && !certainlyAfter(occurredOn, over) ? [] : concluded(agreements, data);
};

const sinceConclusion = ({ concludedOn }: Agreement, agreement: string, occurredOn: PartialDate): readonly Said[] =>
  concludedOn !== undefined && certainlyBefore(occurredOn, concludedOn)
    ? [says.lack('NOT_YET_CONCLUDED', { agreement, concludedOn, occurredOn })]
    : [];

/** Renewed while it is in force, or after it expired; not into what it expired by already. */
export const renewable = (agreements: Agreements, data: AgreementEvents['AgreementRenewed'], moment: Moment): readonly Said[] => {
  const { agreement, validUntil } = data;
  const { occurredOn } = moment;
  const now = agreements[agreement];
  if (now?.is !== 'expired') {
    const lacks = inForce(agreements, data, moment);
    if (!now || lacks.length > 0) return lacks;
  }
  const prevented = (now.expiries ?? []).find((on) => lastDay(occurredOn) <= firstDay(on) && firstDay(on) < validUntil);
  if (prevented !== undefined) return [says.lack('EXPIRED_BEFORE_RENEWAL', { agreement, expiredOn: prevented, occurredOn })];
  const until = [validUntilOn(now, occurredOn) ?? '', firstDay(occurredOn)].toSorted().at(-1)!;
  return [
    ...sinceConclusion(now, agreement, occurredOn),
    ...(validUntil <= until ? [says.lack('RENEWAL_NOT_LONGER', { agreement, until })] : []),
  ];
};

/** Expired on its last day or later, unless it was renewed by then. */
export const expirable = (agreements: Agreements, data: AgreementEvents['AgreementExpired'], { occurredOn }: Moment): readonly Said[] => {
  const { agreement } = data;
  const now = agreements[agreement];
  const renewedSince = now?.is === 'expired' && now.renewals?.some(({ on }) => certainlyAfter(on, occurredOn));
  if (!now || (now.is !== 'concluded' && !renewedSince)) return concluded(agreements, data);
  const until = validUntilOn(now, occurredOn);
  if (until === undefined) return [says.lack('NO_END_OF_VALIDITY', { agreement })];
  return [
    ...sinceConclusion(now, agreement, occurredOn),
    ...(certainlyBefore(occurredOn, until) ? [says.lack('STILL_VALID', { agreement, until, occurredOn })] : []),
  ];
};
