import { isDeepStrictEqual } from 'node:util';
import { Count, officers, ProtectedText, Ref, type TextRef, type Whole } from '../kernel/fields';
import { Day } from '../kernel/fields-dates';
import { always, command, deadline, part } from '../kernel/part';
import {
  addDays,
  addMonths,
  byDate,
  certainlyAfter,
  certainlyBefore,
  type Day as WholeDay,
  daysBetween,
  firstDay,
  lastDay,
  type PartialDate,
} from '../kernel/partial-date';
import { vocabulary } from '../kernel/refusal';
import { endedBy, endOn, inTheWay, nextAfter, type Span } from '../kernel/spans';

/** Stored for ever: add optional fields freely; never rename, remove or change a meaning. */
export interface SupportEvents {
  PairingSuspended: { reason: TextRef };
  PairingResumed: Record<string, never>;
  /** To a day (`until`, the last one), or by so many months: one of the two. */
  PairingExtended: { until?: string; months?: Whole; decidedBy: string; reason: TextRef };
}

export class SuspendPairing {
  @ProtectedText('Why') reason!: TextRef;
}
export class ResumePairing {}
export class ExtendPairing {
  @Day('The new last day of support, or else:', { optional: true }) until?: string;
  @Count('By how many months it is extended', { min: 1, max: 120, optional: true }) months?: number;
  @Ref('party', 'The organisation that decided it') decidedBy!: string;
  @ProtectedText('Why') reason!: TextRef;
}

/** Until the pairing was resumed. */
export interface Suspension extends Span {
  readonly reason: TextRef;
}
export interface Extension {
  readonly on: PartialDate;
  readonly until?: WholeDay;
  readonly months?: number;
  readonly decidedBy: string;
  readonly reason: TextRef;
}
/** Each in the order of recording. */
export interface Support {
  readonly suspensions: readonly Suspension[];
  readonly extensions: readonly Extension[];
}
/** What the support counts from. */
interface Needs {
  readonly kickedOffOn?: PartialDate | undefined;
  readonly ended?: { readonly on: PartialDate; readonly completed: boolean };
}

const says = vocabulary({
  ALREADY_SUSPENDED: 'The pairing was already suspended, on {on}',
  NOT_SUSPENDED: 'The pairing was not suspended on {occurredOn}, or it was resumed already',
  SUSPENDED_AGAIN: 'The pairing was suspended again on {on}: it was resumed before that',
  EXTENSION_OF_WHAT: 'An extension names the new last day (until) or a number of months: one of the two',
  EXTENSION_NOT_LATER: 'The support lasts until {endsOn}: an extension ends later than that, not on {until}',
  NOT_KICKED_OFF: 'The pairing was not kicked off',
});

/** What moves the end of the support. */
interface Moving {
  readonly suspensions: readonly Span[];
  readonly extensions: readonly Pick<Extension, 'on' | 'until' | 'months'>[];
}

/**
 * The last day of support: so many months from the kick-off, later by every day suspended and by every extension, in the order in which
 * they happened. Dates known roughly give the benefit of the doubt.
 *
 * @param on counts a suspension that lasts up to this day
 * @returns undefined while a suspension lasts, where no day is given
 */
export const supportEndsOn = (
  { suspensions, extensions }: Moving,
  kickedOffOn: PartialDate,
  months: number,
  on?: WholeDay,
): WholeDay | undefined => {
  if (on === undefined && suspensions.some(({ to }) => to === undefined)) return undefined;
  const moves = [
    ...suspensions.map((each) => ({ on: each.from, move: (end: WholeDay) => addDays(end, daysSuspended(each, on)) })),
    ...extensions.map(({ on, until, months = 0 }) => ({
      on,
      move: (end: WholeDay) => (until === undefined ? addMonths(end, months) : until > end ? until : end),
    })),
  ];
  return moves
    .toSorted((one, other) => byDate(one.on, other.on))
    .reduce((end, { move }) => move(end), addMonths(lastDay(kickedOffOn), months));
};
/** Days from a suspension to its resumption, or else to a day. */
const daysSuspended = ({ from, to }: Span, day?: WholeDay): number => {
  const until = to === undefined ? day : lastDay(to);
  return until === undefined ? 0 : Math.max(0, daysBetween(firstDay(from), until));
};

const numbered = ({ suspensions }: Support, which: (each: Suspension, i: number) => boolean, quantity: 1 | -1) =>
  suspensions.flatMap((each, i) =>
    which(each, i) ? [{ measure: 'pairings-suspended' as const, subject: `suspension ${i + 1}`, quantity }] : [],
  );
/** An end ends the suspension it finds. */
export const suspensionEnded = ({ support }: { readonly support: Support }) => numbered(support, ({ to }) => to === undefined, -1);

/** Support suspended, resumed, extended (IUC presentation in Spanish, 2019: up to 18 months of support). */
export const support = part<SupportEvents, Support, Needs>()({
  says,
  commands: {
    SuspendPairing: command(SuspendPairing, officers, ['PairingSuspended']),
    ResumePairing: command(ResumePairing, officers, ['PairingResumed']),
    ExtendPairing: command(ExtendPairing, officers, ['PairingExtended']),
  },
  initial: { suspensions: [], extensions: [] },
  offers: {
    SuspendPairing: always,
    ResumePairing: always,
    ExtendPairing: () => [{ such: { months: 1 } }],
  },

  decide: {
    SuspendPairing: ({ reason }, { suspensions }, { occurredOn }) =>
      suspensions.some((each) => each.from === occurredOn && isDeepStrictEqual(each.reason, reason))
        ? []
        : [{ type: 'PairingSuspended', data: { reason } }],
    ResumePairing: (_, { suspensions }, { occurredOn }) =>
      suspensions.some(({ to }) => to === occurredOn) ? [] : [{ type: 'PairingResumed', data: {} }],
    ExtendPairing: ({ until, months, decidedBy, reason }, { extensions }, { occurredOn }) => {
      const data = { ...(until === undefined ? {} : { until }), ...(months === undefined ? {} : { months }), decidedBy, reason };
      if (extensions.some((each) => isDeepStrictEqual(each, { ...data, on: occurredOn }))) return [];
      return [{ type: 'PairingExtended', data }];
    },
  },

  requires: {
    PairingSuspended: ({ suspensions }, _, { occurredOn }) => {
      const now = inTheWay(suspensions, occurredOn);
      return now ? [says.lack('ALREADY_SUSPENDED', { on: now.from })] : [];
    },
    PairingResumed: ({ suspensions }, _, { occurredOn }) => {
      const ended = endedBy(suspensions, occurredOn);
      if (!ended) return [says.lack('NOT_SUSPENDED', { occurredOn })];
      const next = nextAfter(suspensions, ended);
      return next && certainlyAfter(occurredOn, next.from) ? [says.lack('SUSPENDED_AGAIN', { on: next.from })] : [];
    },
    PairingExtended: ({ suspensions, extensions }, { until, months }, { occurredOn, rules }, { kickedOffOn }) => {
      if ((until === undefined) === (months === undefined)) return [says.lack('EXTENSION_OF_WHAT')];
      if (kickedOffOn === undefined) return [says.lack('NOT_KICKED_OFF')];
      // What was decided or resumed later had not moved the end yet.
      const before = (date: PartialDate | undefined) => date !== undefined && (date === occurredOn || certainlyBefore(date, occurredOn));
      const known = {
        suspensions: suspensions.filter(({ to }) => before(to)),
        extensions: extensions.filter(({ on }) => before(on)),
      };
      const endsOn = supportEndsOn(known, kickedOffOn, rules.supportMonths)!;
      return until !== undefined && until <= endsOn ? [says.lack('EXTENSION_NOT_LATER', { endsOn, until })] : [];
    },
  },

  evolve: {
    PairingSuspended: (now, { reason }, { occurredOn }) => ({ ...now, suspensions: [...now.suspensions, { from: occurredOn, reason }] }),
    PairingResumed: (now, _, { occurredOn }) => ({ ...now, suspensions: endOn(now.suspensions, occurredOn) }),
    PairingExtended: (now, data, { occurredOn }) => ({ ...now, extensions: [...now.extensions, { ...data, on: occurredOn }] }),
  },

  measures: {
    'pairings-suspended': { counts: 'suspensions that were not ended' },
    'pairings-extended': { counts: 'extensions of the support' },
  },
  facts: {
    PairingSuspended: (_, after) => numbered(after, (__, i) => i === after.suspensions.length - 1, 1),
    PairingResumed: (_, after, before) => numbered(after, (each, i) => each !== before.suspensions[i], -1),
    PairingExtended: () => [{ measure: 'pairings-extended', subject: 'pairing', quantity: 1 }],
  },

  // Guidelines: so many months from the kick-off (18). It is met by completing the pairing; one that ended otherwise has nothing left to complete.
  deadlines: (support, { kickedOffOn, ended }, rules) => {
    if (kickedOffOn === undefined || rules === undefined || ended?.completed === false) return [];
    const on = supportEndsOn(support, kickedOffOn, rules.supportMonths);
    return on === undefined ? [] : [deadline('support-end', undefined, on, ended?.on)];
  },
});
