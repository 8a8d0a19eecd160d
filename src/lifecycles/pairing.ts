import { lifecycle, type Moment, type State } from '../kernel/lifecycle';
import { addMonths, certainlyAfter, certainlyBefore, type Day, firstDay, lastDay, type PartialDate } from '../kernel/partial-date';
import { type Said, vocabulary } from '../kernel/refusal';
import type { RuleSet } from '../kernel/rules';
import { actors } from '../parts/actors';
import { agreedThemes } from '../parts/agreed-themes';
import { agreements, concludedWith } from '../parts/agreements';
import { course } from '../parts/course';
import { type MissionEvents, missions } from '../parts/missions';
import { approvedActions, plan } from '../parts/plan';
import { pilots } from '../parts/pilots';
import { future, notInTheFuture, toCome } from './not-in-the-future';

const parts = { course, themes: agreedThemes, actors, missions, plan, pilots, agreements };
export type Pairing = State<typeof parts>;

const says = vocabulary({
  PAIRING_FORMED_FIRST: 'the pairing itself: it is not formed',
  ...future.sentences,
  CALL_OPENED_FIRST: 'a date from {callOpenedOn} on, when the call opened',
  KICK_OFF: 'the kick-off of the pairing',
  WITHIN_SUPPORT: 'a date within the support period, from {from} to {to}',
  BEFORE_THE_END: 'a date up to {endedOn}, when the pairing ended',
  MISSION_HELD_FIRST: 'a date from {from} on, when the first mission was held',
  MISSION_HELD: 'a mission that was held',
  MISSIONS_HELD: '{required} missions held ({held} so far)',
  FIRST_VISITOR: 'the {side} side to make the first visit',
  APPROVED_PLAN: 'an approved plan (UCAP)',
  ACTION_IN_PLAN: 'action {action} in an approved plan (UCAP)',
  PILOT_DESIGNED: 'at least one pilot design',
  CONCLUDED_AGREEMENT: 'a concluded cooperation agreement',
  NOTHING_LATER: 'an end not before {latest}, when something else is recorded to have happened',
  OTHER_END: 'another end: the pairing is recorded as ended without an agreement',
  NO_CONCLUDED_AGREEMENT: 'no cooperation agreement concluded: with one, the pairing is completed instead',
});

const guidelines = 'IUC presentation in Spanish (2019): stages of the cooperation, keys to apply';
const newsletter = 'IUC-LAC closing newsletter (2020), city-to-city cooperation';

const held = ({ missions }: Pairing) => Object.values(missions).filter(({ is }) => is === 'held').length;
const approved = ({ plan }: Pairing) => Object.values(plan.versions).some(({ is }) => is === 'approved');
const concluded = ({ agreements }: Pairing) => Object.values(agreements).some(({ kind, is }) => kind === 'cooperation' && is !== 'draft');

/** The last day of support: the rule set's months (18) after the kick-off; undefined before it. A kick-off known roughly gives the benefit of the doubt. */
export const supportEndsOn = ({ course }: Pairing, months: number): Day | undefined =>
  course.phase !== 'absent' && course.kickedOffOn ? addMonths(lastDay(course.kickedOffOn), months) : undefined;

/** What a fact says of when it happened: its date and, of a mission that was held, the first and last day. A planned one lies ahead. */
const datesOf = (data: unknown, occurredOn: PartialDate): readonly PartialDate[] => {
  const { from, to, place } = (data ?? {}) as Partial<MissionEvents['MissionHeld']>;
  return place === undefined || from === undefined || to === undefined ? [occurredOn] : [occurredOn, from, to];
};

const withinSupport = (pairing: Pairing, data: unknown, { occurredOn, rules }: Moment): readonly Said[] =>
  supported(pairing, datesOf(data, occurredOn), rules);
const supported = (pairing: Pairing, dates: readonly PartialDate[], rules: RuleSet): readonly Said[] => {
  const to = supportEndsOn(pairing, rules.supportMonths);
  if (to === undefined || pairing.course.phase === 'absent') return [says.lack('KICK_OFF')];
  const from = pairing.course.kickedOffOn!;
  const outside = dates.some((date) => certainlyBefore(date, from) || certainlyAfter(date, to));
  return outside ? [says.lack('WITHIN_SUPPORT', { from, to })] : [];
};

/** The days on which a pairing is known to have been alive. */
const aliveOn = ({ course, missions, plan, agreements }: Pairing): readonly PartialDate[] =>
  [
    ...(course.phase === 'absent' ? [] : [course.formedOn, course.kickedOffOn]),
    ...Object.values(missions).map((mission) => (mission.is === 'held' ? mission.from : undefined)),
    ...Object.values(plan.versions).map(({ approvedOn }) => approvedOn),
    ...Object.values(agreements).map(({ concludedOn }) => concludedOn),
  ].filter((date) => date !== undefined);

const notEarlier = (pairing: Pairing, _: unknown, { occurredOn }: Moment): readonly Said[] => {
  const later = aliveOn(pairing).filter((date) => certainlyAfter(date, occurredOn));
  const latest = later.toSorted().at(-1);
  return latest === undefined ? [] : [says.lack('NOTHING_LATER', { latest })];
};

/** A city-to-city pairing, from the selected applications to its end: a support of up to 18 months with two technical missions, a UCAP, pilots and a signed agreement. */
export const pairing = lifecycle('pairing', parts, {
  plural: 'pairings',
  says,
  gates: {
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
      rule: 'Missions, steps of the UCAP, funding and the conclusion of the cooperation agreement happen within the support period: the months of the rule set (18) from the kick-off.',
      source: guidelines,
      guards: {
        MissionHeld: withinSupport,
        PlanDrafted: withinSupport,
        PlanSubmitted: withinSupport,
        PlanReturned: withinSupport,
        PlanApproved: withinSupport,
        PlanAmended: withinSupport,
        PilotFunded: withinSupport,
        AgreementConcluded: (state, { agreement }, { occurredOn, rules }) => {
          const now = state.agreements[agreement];
          return now?.kind === 'opening' ? [] : supported(state, [concludedWith(now, occurredOn)], rules);
        },
      },
    },
    'before-the-end': {
      rule: 'What is recorded of a pairing happened before it ended, unless it is a result published late or the life of its agreements.',
      source: newsletter,
      guardsAllBut: [
        'PairingFormed',
        'MissionReported',
        'PilotCompleted',
        'PilotAbandoned',
        'AgreementAmended',
        'AgreementTerminated',
        'KeyActorReleased',
      ],
      missing: ({ course }, _, { occurredOn }) =>
        'endedOn' in course && certainlyAfter(occurredOn, course.endedOn) ? [says.lack('BEFORE_THE_END', { endedOn: course.endedOn })] : [],
    },
    'end-after-the-rest': {
      rule: 'A pairing does not end before the day on which its kick-off, a mission, the approval of its UCAP or the conclusion of an agreement is recorded to have happened.',
      source: 'follows from what an end is',
      guards: {
        PairingCompleted: notEarlier,
        PairingWithdrawn: notEarlier,
        PairingTerminated: notEarlier,
        PairingEndedWithoutAgreement: notEarlier,
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
    'mission-before-plan': {
      rule: 'A UCAP is submitted after at least one mission was held; a virtual one counts.',
      source: guidelines,
      guards: {
        PlanSubmitted: ({ missions }, _, { occurredOn }) => {
          const from = Object.values(missions).flatMap((mission) => (mission.is === 'held' ? [mission.from] : []));
          if (from.length === 0) return [says.lack('MISSION_HELD')];
          const first = from.reduce((one, other) => (firstDay(other) < firstDay(one) ? other : one));
          return certainlyBefore(occurredOn, first) ? [says.lack('MISSION_HELD_FIRST', { from: first })] : [];
        },
      },
    },
    'pilot-implements-plan': {
      rule: 'A pilot design implements an action of an approved UCAP.',
      source: newsletter,
      guards: {
        PilotDesigned: (state, { action }) => {
          if (!approved(state)) return [says.lack('APPROVED_PLAN')];
          return approvedActions(state.plan).has(action) ? [] : [says.lack('ACTION_IN_PLAN', { action })];
        },
      },
    },
    'work-before-agreement': {
      rule: 'The cooperation agreement is concluded after the required missions were held, the UCAP was approved and at least one pilot was designed.',
      source: newsletter,
      guards: {
        AgreementConcluded: (state, { agreement }, { rules }) => {
          if (state.agreements[agreement]?.kind !== 'cooperation') return [];
          return [
            ...(held(state) >= rules.missionsRequired
              ? []
              : [says.lack('MISSIONS_HELD', { required: rules.missionsRequired, held: held(state) })]),
            ...(approved(state) ? [] : [says.lack('APPROVED_PLAN')]),
            ...(Object.keys(state.pilots).length > 0 ? [] : [says.lack('PILOT_DESIGNED')]),
          ];
        },
      },
    },
    'agreement-before-completion': {
      rule: 'A pairing is completed with a concluded cooperation agreement; ending without one is an end of its own.',
      source: newsletter,
      guards: {
        PairingCompleted: (state) => (concluded(state) ? [] : [says.lack('CONCLUDED_AGREEMENT')]),
        PairingEndedWithoutAgreement: (state) => (concluded(state) ? [says.lack('NO_CONCLUDED_AGREEMENT')] : []),
        AgreementConcluded: ({ course, agreements }, { agreement }) =>
          course.phase === 'ended-without-agreement' && agreements[agreement]?.kind === 'cooperation' ? [says.lack('OTHER_END')] : [],
      },
    },
  },
  supply: {
    plan: ({ course }) => ({ sides: course.phase === 'absent' ? [] : course.sides.map(({ side }) => side) }),
    agreements: ({ course }) => ({
      sides:
        course.phase === 'absent' ? [] : course.sides.map(({ side, members }) => ({ side, parties: members.map(({ party }) => party) })),
    }),
  },
  dimensions: ({ course }): Readonly<Record<string, string>> =>
    course.phase === 'absent' ? {} : { component: course.component, call: course.call },
  rules: ({ course }) => (course.phase === 'absent' ? undefined : course.rules),
  seen: ({ course }) => ({ phase: course.phase }),
});
