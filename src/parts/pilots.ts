import { isDeepStrictEqual } from 'node:util';
import { officers, OneOf, ProtectedText, Slug, type TextRef, type Whole } from '../kernel/fields';
import { Currency, Minor } from '../kernel/fields-money';
import { command, type Moment, part } from '../kernel/part';
import { byDate, certainlyAfter, certainlyBefore, type PartialDate } from '../kernel/partial-date';
import { vocabulary } from '../kernel/refusal';

const funders = ['programme', 'party', 'third-party'] as const;
type Funder = (typeof funders)[number];

/** Stored for ever: add optional fields freely; never rename, remove or change a meaning. */
export interface PilotEvents {
  /** `action`: the action of the approved UCAP that it implements. */
  PilotDesigned: { pilot: string; action: string; title: TextRef };
  /** `payment`: what tells it from an equal payment. */
  PilotFunded: { pilot: string; payment: string; funder: Funder; amountMinor: Whole; currency: string };
  PilotStarted: { pilot: string };
  PilotCompleted: { pilot: string; results?: TextRef };
  PilotAbandoned: { pilot: string; reason: TextRef };
}

export class DesignPilot {
  @Slug('The pilot project') pilot!: string;
  @Slug('The action of the approved UCAP that it implements') action!: string;
  @ProtectedText('Its title', { max: 300 }) title!: TextRef;
}
export class FundPilot {
  @Slug('The pilot project') pilot!: string;
  @Slug('The payment, which tells it from an equal one of the same day') payment!: string;
  @OneOf('Who pays', funders) funder!: Funder;
  @Minor('Amount', { min: 1 }) amountMinor!: number;
  @Currency('Currency of the amount') currency!: string;
}
export class StartPilot {
  @Slug('The pilot project') pilot!: string;
}
export class CompletePilot {
  @Slug('The pilot project') pilot!: string;
  @ProtectedText('What came of it', { optional: true, max: 20_000 }) results?: TextRef;
}
export class AbandonPilot {
  @Slug('The pilot project') pilot!: string;
  @ProtectedText('Why') reason!: TextRef;
}

interface Payment {
  readonly payment: string;
  readonly funder: Funder;
  readonly amountMinor: number;
  readonly currency: string;
  readonly on: string;
}
interface Design {
  readonly action: string;
  readonly title: TextRef;
  readonly designedOn: PartialDate;
  readonly startedOn?: PartialDate;
  readonly funding: readonly Payment[];
}
export type Pilot = Design &
  (
    | { readonly is: 'designed' | 'started' }
    | { readonly is: 'completed'; readonly endedOn: PartialDate; readonly results?: TextRef }
    | { readonly is: 'abandoned'; readonly endedOn: PartialDate; readonly reason: TextRef }
  );
export type Pilots = Readonly<Record<string, Pilot>>;

interface Needs {
  /** Those that a pilot may implement. */
  readonly actions: readonly string[];
}

const says = vocabulary({
  NO_SUCH_PILOT: 'There is no pilot {pilot}',
  PILOT_ALREADY_DESIGNED: 'Pilot {pilot} was already designed, otherwise',
  PAYMENT_RECORDED_OTHERWISE: 'Payment {payment} to pilot {pilot} was already recorded, otherwise',
  PILOT_TOO_EARLY: 'Pilot {pilot} was only designed, or started, on {from}',
  PILOT_PAID_LATER: 'Pilot {pilot} was still paid for on {paidOn}: it cannot have been over on {occurredOn}',
  PILOT_NOT_OPEN: 'Pilot {pilot} is {is, select, designed {not started} started {started already} completed {completed} other {abandoned}}',
});

/** One of these, and not before it came to be so. */
const since =
  (...wanted: readonly Pilot['is'][]) =>
  (pilots: Pilots, { pilot }: { pilot: string }, { occurredOn }: Moment) => {
    const now = pilots[pilot];
    if (!now) return [says.lack('NO_SUCH_PILOT', { pilot })];
    const from = now.startedOn ?? now.designedOn;
    return [
      ...(wanted.includes(now.is) ? [] : [says.lack('PILOT_NOT_OPEN', { pilot, is: now.is })]),
      ...(certainlyBefore(occurredOn, from) ? [says.lack('PILOT_TOO_EARLY', { pilot, from })] : []),
    ];
  };
/** The same, and nothing was paid to it later. */
const overSince =
  (...wanted: readonly Pilot['is'][]) =>
  (pilots: Pilots, data: { pilot: string }, moment: Moment) => {
    const { pilot } = data;
    const { occurredOn } = moment;
    const paid = (pilots[pilot]?.funding ?? []).map(({ on }) => on).filter((on) => certainlyAfter(on, occurredOn));
    const paidOn = paid.toSorted(byDate).at(-1);
    return [
      ...since(...wanted)(pilots, data, moment),
      ...(paidOn === undefined ? [] : [says.lack('PILOT_PAID_LATER', { pilot, paidOn, occurredOn })]),
    ];
  };
/** It had been designed by then, and was not over yet. */
const open = (pilots: Pilots, { pilot }: { pilot: string }, { occurredOn }: Moment) => {
  const now = pilots[pilot];
  if (!now) return [says.lack('NO_SUCH_PILOT', { pilot })];
  if (certainlyBefore(occurredOn, now.designedOn)) return [says.lack('PILOT_TOO_EARLY', { pilot, from: now.designedOn })];
  return 'endedOn' in now && certainlyAfter(occurredOn, now.endedOn) ? [says.lack('PILOT_NOT_OPEN', { pilot, is: now.is })] : [];
};
const each = (pilots: Pilots) => Object.keys(pilots).map((pilot) => ({ known: { pilot } }));
const change = (pilots: Pilots, pilot: string, to: (now: Pilot) => Pilot): Pilots =>
  pilots[pilot] ? { ...pilots, [pilot]: to(pilots[pilot]) } : pilots;
const design = ({ action, title, designedOn, startedOn, funding }: Pilot): Design => ({
  ...{ action, title, designedOn, funding },
  ...(startedOn !== undefined && { startedOn }),
});

/** Pilot projects that implement actions of the UCAP: designed, some of them funded, started, completed or abandoned. */
export const pilots = part<PilotEvents, Pilots, Needs>()({
  says,
  commands: {
    DesignPilot: command(DesignPilot, officers, ['PilotDesigned']),
    FundPilot: command(FundPilot, officers, ['PilotFunded']),
    StartPilot: command(StartPilot, officers, ['PilotStarted']),
    CompletePilot: command(CompletePilot, officers, ['PilotCompleted']),
    AbandonPilot: command(AbandonPilot, officers, ['PilotAbandoned']),
  },
  initial: {},
  offers: {
    DesignPilot: (_, { actions }) => (actions.length === 0 ? [{}] : actions.map((action) => ({ known: { action } }))),
    FundPilot: each,
    StartPilot: each,
    CompletePilot: each,
    AbandonPilot: each,
  },

  decide: {
    DesignPilot: ({ pilot, action, title }, pilots) => {
      const now = pilots[pilot];
      if (now && now.action === action && isDeepStrictEqual(now.title, title)) return [];
      return [{ type: 'PilotDesigned', data: { pilot, action, title } }];
    },
    FundPilot: ({ pilot, payment, funder, amountMinor, currency }, pilots, { occurredOn }) => {
      const paid = { payment, funder, amountMinor, currency };
      const stands = pilots[pilot]?.funding.some((each) => isDeepStrictEqual(each, { ...paid, on: occurredOn }));
      return stands ? [] : [{ type: 'PilotFunded', data: { pilot, ...paid } }];
    },
    StartPilot: ({ pilot }, pilots) => (pilots[pilot]?.is === 'started' ? [] : [{ type: 'PilotStarted', data: { pilot } }]),
    CompletePilot: ({ pilot, results }, pilots) => {
      const now = pilots[pilot];
      if (now?.is === 'completed' && isDeepStrictEqual(now.results, results)) return [];
      return [{ type: 'PilotCompleted', data: { pilot, ...(results && { results }) } }];
    },
    AbandonPilot: ({ pilot, reason }, pilots) => {
      const now = pilots[pilot];
      if (now?.is === 'abandoned' && isDeepStrictEqual(now.reason, reason)) return [];
      return [{ type: 'PilotAbandoned', data: { pilot, reason } }];
    },
  },

  requires: {
    PilotDesigned: (pilots, { pilot }) => (pilots[pilot] ? [says.lack('PILOT_ALREADY_DESIGNED', { pilot })] : []),
    PilotFunded: (pilots, { pilot, payment }, moment) => {
      const known = pilots[pilot]?.funding.some((each) => each.payment === payment);
      return known ? [says.lack('PAYMENT_RECORDED_OTHERWISE', { payment, pilot })] : open(pilots, { pilot }, moment);
    },
    PilotStarted: since('designed'),
    PilotCompleted: overSince('started'),
    PilotAbandoned: overSince('designed', 'started'),
  },

  evolve: {
    PilotDesigned: (pilots, { pilot, action, title }, { occurredOn: designedOn }) => ({
      ...pilots,
      [pilot]: { is: 'designed', action, title, designedOn, funding: [] },
    }),
    PilotFunded: (pilots, { pilot, payment, funder, amountMinor, currency }, { occurredOn }) =>
      change(pilots, pilot, (now) => ({
        ...now,
        funding: [...now.funding, { payment, funder, amountMinor, currency, on: occurredOn }],
      })),
    PilotStarted: (pilots, { pilot }, { occurredOn: startedOn }) =>
      change(pilots, pilot, (now) => ({ ...design(now), is: 'started', startedOn })),
    PilotCompleted: (pilots, { pilot, results }, { occurredOn: endedOn }) =>
      change(pilots, pilot, (now) => ({ ...design(now), is: 'completed', endedOn, ...(results && { results }) })),
    PilotAbandoned: (pilots, { pilot, reason }, { occurredOn: endedOn }) =>
      change(pilots, pilot, (now) => ({ ...design(now), is: 'abandoned', endedOn, reason })),
  },

  measures: {
    'pilot-designs': { counts: 'pilots designed' },
    'pilots-funded': { counts: 'fundings of pilots', by: ['funder'] },
    'pilot-funding': { counts: 'amounts given for pilots', by: ['funder', 'currency'], money: true },
    'pilots-started': { counts: 'pilots started' },
    'pilots-completed': { counts: 'pilots completed' },
    'pilots-abandoned': { counts: 'pilots abandoned' },
  },
  facts: {
    PilotDesigned: ({ pilot }) => [{ measure: 'pilot-designs', subject: `pilot ${pilot}`, quantity: 1 }],
    PilotFunded: ({ pilot, funder, currency, amountMinor }) => [
      { measure: 'pilots-funded', subject: `pilot ${pilot}`, quantity: 1, by: { funder } },
      { measure: 'pilot-funding', subject: `pilot ${pilot}`, quantity: amountMinor, by: { funder, currency } },
    ],
    PilotStarted: ({ pilot }) => [{ measure: 'pilots-started', subject: `pilot ${pilot}`, quantity: 1 }],
    PilotCompleted: ({ pilot }) => [{ measure: 'pilots-completed', subject: `pilot ${pilot}`, quantity: 1 }],
    PilotAbandoned: ({ pilot }) => [{ measure: 'pilots-abandoned', subject: `pilot ${pilot}`, quantity: 1 }],
  },
});
