import type { Gate } from '../kernel/lifecycle';
import type { Moment } from '../kernel/part';
import { certainlyAfter, certainlyBefore, certainlyBetween, type PartialDate } from '../kernel/partial-date';
import type { Said } from '../kernel/refusal';
import { endedBy } from '../kernel/spans';
import { concludedWith } from '../parts/agreements';
import type { Suspension } from '../parts/support';
import { notInTheFuture, toCome } from './not-in-the-future';
import { aliveOn, datesOf, supportPeriod, suspendedOn, workedOn } from './pairing-dates';
import { orderGates } from './pairing-order';
import type { Pairing, parts } from './pairing-parts';
import { says } from './pairing-says';

const guidelines = 'IUC presentation in Spanish (2019): stages of the cooperation, keys to apply';
const newsletter = 'IUC-LAC closing newsletter (2020), city-to-city cooperation';

/** Who answers for a side or is responsible for all of it changes also while a pairing is suspended, and after its end. */
const peopleWhoAnswer = ['FocalPointDesignated', 'FocalPointReplaced', 'FocalPointVacated', 'OfficerAssigned', 'OfficerReleased'] as const;

const withinSupport = (pairing: Pairing, data: unknown, moment: Moment): readonly Said[] =>
  supported(pairing, datesOf(data, moment.occurredOn), moment);
const supported = (pairing: Pairing, dates: readonly PartialDate[], moment: Moment): readonly Said[] => {
  const period = supportPeriod(pairing, moment);
  if (!period) return [says.lack('KICK_OFF')];
  const { from, to } = period;
  const outside = dates.some((date) => certainlyBefore(date, from) || (to !== undefined && certainlyAfter(date, to)));
  return outside ? [says.lack('WITHIN_SUPPORT', { from, ...(to !== undefined && { to }) })] : [];
};

const notEarlier = (pairing: Pairing, _: unknown, { occurredOn }: Moment): readonly Said[] => {
  const later = aliveOn(pairing).filter((date) => certainlyAfter(date, occurredOn));
  const latest = later.toSorted().at(-1);
  return latest === undefined ? [] : [says.lack('NOTHING_LATER', { latest })];
};

/** What a suspension forbids, as it says what is missing. */
export const outsideSuspension = ({ from, to }: Suspension): Said =>
  says.lack('OUTSIDE_SUSPENSION', { on: from, ...(to !== undefined && { resumedOn: to }) });

export const pairingGates: Readonly<Record<string, Gate<typeof parts>>> = {
  'formed-first': {
    rule: 'Nothing is recorded of a pairing before it is formed.',
    source: 'follows from what a pairing is',
    firm: true,
    guardsAllBut: ['PairingFormed'],
    missing: ({ course }) => (course.phase === 'absent' ? [says.lack('PAIRING_FORMED_FIRST')] : []),
  },
  'not-in-the-future': {
    ...notInTheFuture,
    missing: (_, data, moment) =>
      datesOf(data, moment.occurredOn)
        .flatMap((date) => toCome(date, moment))
        .slice(0, 1),
  },
  'not-before-call': {
    rule: 'No fact of a pairing happened before its call opened.',
    source: guidelines,
    firm: true,
    guardsAllBut: ['PairingFormed'],
    missing: ({ course }, data, { occurredOn }) =>
      course.phase !== 'absent' && datesOf(data, occurredOn).some((date) => certainlyBefore(date, course.callOpenedOn))
        ? [says.lack('CALL_OPENED_FIRST', { callOpenedOn: course.callOpenedOn })]
        : [],
  },
  'formed-after-call': {
    rule: 'A pairing is formed after its call opened.',
    source: guidelines,
    firm: true,
    guards: {
      PairingFormed: (_, { callOpenedOn }, { occurredOn }) =>
        certainlyBefore(occurredOn, callOpenedOn) ? [says.lack('CALL_OPENED_FIRST', { callOpenedOn })] : [],
    },
  },
  'within-support-period': {
    rule: 'Missions, steps of the UCAP, funding, spending, the conclusion of the cooperation agreement and suspensions happen within the support period: the months of the rule set (18) from the kick-off, the days suspended and the extensions.',
    source: guidelines,
    guards: {
      MissionHeld: withinSupport,
      PlanDrafted: withinSupport,
      PlanSubmitted: withinSupport,
      PlanReturned: withinSupport,
      PlanApproved: withinSupport,
      PlanAmended: withinSupport,
      PairingSuspended: withinSupport,
      PilotFunded: withinSupport,
      BudgetSpent: withinSupport,
      AgreementConcluded: (state, { agreement }, moment) => {
        const now = state.agreements[agreement];
        return now?.kind === 'opening' ? [] : supported(state, [concludedWith(now, moment.occurredOn)], moment);
      },
    },
  },
  'not-while-suspended': {
    rule: 'While a pairing is suspended, people change, it is resumed, extended or ended, an agreement may expire and an exchange rate be published: nothing else happens.',
    source: guidelines,
    guardsAllBut: [
      'PairingFormed',
      'PairingKickedOff',
      'PairingSuspended',
      'PairingResumed',
      'PairingExtended',
      'PairingCompleted',
      'PairingWithdrawn',
      'PairingTerminated',
      'PairingEndedWithoutAgreement',
      'PairingDissolved',
      'AgreementExpired',
      'KeyActorEngaged',
      'KeyActorReleased',
      'ExchangeRateRecorded',
      ...peopleWhoAnswer,
    ],
    missing: (state, data, { occurredOn }) => {
      const suspension = suspendedOn(state, datesOf(data, occurredOn));
      return suspension ? [outsideSuspension(suspension)] : [];
    },
  },
  'resumed-before-the-rest': {
    rule: 'A suspension does not reach over a day on which a mission, an expense, the approval of the UCAP, the design, the start or the funding of a pilot, or the signature or the conclusion of an agreement is recorded to have happened.',
    source: 'follows from what a suspension is',
    guards: {
      PairingResumed: (state, _, { occurredOn }) => {
        const ended = endedBy(state.support.suspensions, occurredOn);
        const first =
          ended &&
          workedOn(state)
            .filter((date) => certainlyBetween(date, ended.from, occurredOn))
            .toSorted()[0];
        return first === undefined ? [] : [says.lack('RESUMED_BEFORE', { first })];
      },
    },
  },
  'before-the-end': {
    rule: 'What is recorded of a pairing happened before it ended, unless it is a result published late, the life of its agreements, who answers for a side, its officers, its thematic networks or an exchange rate.',
    source: newsletter,
    guardsAllBut: [
      'PairingFormed',
      'MissionReported',
      'DelegationRecorded',
      'PilotCompleted',
      'PilotAbandoned',
      'AgreementAmended',
      'AgreementRenewed',
      'AgreementExpired',
      'AgreementTerminated',
      'AgreementCopyAttached',
      'PlanDocumentAttached',
      'NetworkAssigned',
      'NetworkLeft',
      'KeyActorReleased',
      'ExchangeRateRecorded',
      ...peopleWhoAnswer,
    ],
    missing: ({ course }, _, { occurredOn }) =>
      'endedOn' in course && certainlyAfter(occurredOn, course.endedOn) ? [says.lack('BEFORE_THE_END', { endedOn: course.endedOn })] : [],
  },
  'end-after-the-rest': {
    rule: 'A pairing does not end before the day on which its kick-off, a suspension, an extension, a mission, an expense, the approval of its UCAP, the design, the start or the funding of a pilot, or the signature or the conclusion of an agreement is recorded to have happened.',
    source: 'follows from what an end is',
    guards: {
      PairingCompleted: notEarlier,
      PairingWithdrawn: notEarlier,
      PairingTerminated: notEarlier,
      PairingEndedWithoutAgreement: notEarlier,
      PairingDissolved: notEarlier,
    },
  },
  'first-visitor': {
    rule: 'The first mission is made by the side that the rule set names for the component (C1: the European side).',
    source: newsletter,
    guards: {
      MissionPlanned: ({ missions, course }, { visitor }, { rules }) => {
        const side = course.phase === 'absent' ? undefined : rules.firstVisitor[course.component];
        return side !== undefined && side !== visitor && Object.values(missions).every(({ is }) => is === 'cancelled')
          ? [says.lack('FIRST_VISITOR', { side })]
          : [];
      },
    },
  },
  'mission-of-delegation': {
    rule: 'A delegation is that of a mission which was planned or held.',
    source: newsletter,
    guards: {
      DelegationRecorded: ({ missions }, { mission }) =>
        missions[mission] && missions[mission].is !== 'cancelled' ? [] : [says.lack('MISSION_OF_DELEGATION', { mission })],
    },
  },
  ...orderGates,
  'purpose-of-expense': {
    rule: 'Money is spent for a mission that was planned, whatever became of it, or for a pilot that was designed.',
    source: 'follows from what an expense is',
    guards: {
      BudgetSpent: ({ missions, pilots }, { mission, pilot }) => [
        ...(mission === undefined || missions[mission] ? [] : [says.lack('MISSION_OF_EXPENSE', { mission })]),
        ...(pilot === undefined || pilots[pilot] ? [] : [says.lack('PILOT_OF_EXPENSE', { pilot })]),
      ],
    },
  },
};
