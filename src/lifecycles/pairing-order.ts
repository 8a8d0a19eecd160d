import type { Gate } from '../kernel/lifecycle';
import { byDate, certainlyBefore, type PartialDate } from '../kernel/partial-date';
import type { Said } from '../kernel/refusal';
import { concludedWith } from '../parts/agreements';
import { approvedVersions } from '../parts/plan';
import type { Pairing, parts } from './pairing-parts';
import { says } from './pairing-says';

const guidelines = 'IUC presentation in Spanish (2019): stages of the cooperation, keys to apply';
const newsletter = 'IUC-LAC closing newsletter (2020), city-to-city cooperation';

/** When each mission that was held began, in that order. */
const heldFrom = ({ missions }: Pairing): readonly PartialDate[] =>
  Object.values(missions)
    .flatMap((mission) => (mission.is === 'held' ? [mission.from] : []))
    .toSorted(byDate);
const concluded = ({ agreements }: Pairing) => Object.values(agreements).some(({ kind, is }) => kind === 'cooperation' && is !== 'draft');
/** What is missing of something that is to come first, on the given dates: all of it, or that it had come by then. */
const first = (dates: readonly PartialDate[], on: PartialDate, none: Said, early: (from: PartialDate) => Said): readonly Said[] => {
  const from = dates.toSorted(byDate)[0];
  if (from === undefined) return [none];
  return certainlyBefore(on, from) ? [early(from)] : [];
};

/** What comes after what in a pairing: by the dates of the facts, where these are recorded, and whatever the order of recording was. */
export const orderGates: Readonly<Record<string, Gate<typeof parts>>> = {
  'formed-before-kick-off': {
    rule: 'A pairing is kicked off after it was formed.',
    source: 'follows from what a pairing is',
    guards: {
      PairingKickedOff: ({ course }, _, { occurredOn }) =>
        course.phase !== 'absent' && certainlyBefore(occurredOn, course.formedOn)
          ? [says.lack('FORMED_FIRST', { formedOn: course.formedOn })]
          : [],
    },
  },
  'mission-before-plan': {
    rule: 'A UCAP is submitted after at least one mission was held; a virtual one counts.',
    source: guidelines,
    guards: {
      PlanSubmitted: (state, _, { occurredOn }) =>
        first(heldFrom(state), occurredOn, says.lack('MISSION_HELD'), (from) => says.lack('MISSION_HELD_FIRST', { from })),
    },
  },
  'pilot-implements-plan': {
    rule: 'A pilot design implements an action of a UCAP that was approved by then.',
    source: newsletter,
    guards: {
      PilotDesigned: ({ plan }, { action }, { occurredOn }) => {
        const approved = approvedVersions(plan);
        if (approved.length === 0) return [says.lack('APPROVED_PLAN')];
        const holding = approved.filter(({ actions }) => actions.some((each) => each.action === action));
        return first(
          holding.map(({ approvedOn }) => approvedOn),
          occurredOn,
          says.lack('ACTION_IN_PLAN', { action }),
          (approvedOn) => says.lack('PLAN_APPROVED_FIRST', { approvedOn }),
        );
      },
    },
  },
  'work-before-agreement': {
    rule: 'The cooperation agreement is concluded after the required missions were held, the UCAP was approved and at least one pilot was designed.',
    source: newsletter,
    guards: {
      AgreementConcluded: (state, { agreement }, { occurredOn, rules: { missionsRequired: required } }) => {
        const now = state.agreements[agreement];
        if (now?.kind !== 'cooperation') return [];
        const concludedOn = concludedWith(now, occurredOn);
        const missions = heldFrom(state);
        return [
          ...(required === 0
            ? []
            : first(missions.slice(required - 1), concludedOn, says.lack('MISSIONS_HELD', { required, held: missions.length }), (from) =>
                says.lack('MISSIONS_HELD_FIRST', { required, from }),
              )),
          ...first(
            approvedVersions(state.plan).map(({ approvedOn }) => approvedOn),
            concludedOn,
            says.lack('APPROVED_PLAN'),
            (approvedOn) => says.lack('PLAN_APPROVED_FIRST', { approvedOn }),
          ),
          ...first(
            Object.values(state.pilots).map(({ designedOn }) => designedOn),
            concludedOn,
            says.lack('PILOT_DESIGNED'),
            (designedOn) => says.lack('PILOT_DESIGNED_FIRST', { designedOn }),
          ),
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
};
