import { lifecycle } from '../kernel/lifecycle';
import { assigned } from '../parts/responsibility-terms';
import { approvedActions } from '../parts/plan';
import { suspensionEnded } from '../parts/support';
import { pairingGates } from './pairing-gates';
import { parts } from './pairing-parts';
import { says } from './pairing-says';

/** A city-to-city pairing, from the selected applications to its end: a support of up to 18 months with two technical missions, a UCAP, pilots and a signed agreement. */
export const pairing = lifecycle('pairing', parts, {
  plural: 'pairings',
  says,
  gates: pairingGates,
  supply: {
    support: ({ course }) => ({
      kickedOffOn: course.phase === 'absent' ? undefined : course.kickedOffOn,
      ...('endedOn' in course && { ended: { on: course.endedOn, completed: course.phase === 'completed' } }),
    }),
    focalPoints: ({ course }) => ({ sides: course.phase === 'absent' ? [] : course.sides.map(({ side }) => side) }),
    plan: ({ course }) => ({ sides: course.phase === 'absent' ? [] : course.sides.map(({ side }) => side), ended: 'endedOn' in course }),
    delegations: ({ missions }) => ({
      missions: Object.entries(missions).flatMap(([mission, { is }]) => (is === 'cancelled' ? [] : [Number(mission)])),
    }),
    pilots: ({ plan }) => ({ actions: [...approvedActions(plan)] }),
    // That it was formed is asked by a gate.
    responsibility: () => ({ lacks: [] }),
    agreements: ({ course }) => ({
      sides:
        course.phase === 'absent' ? [] : course.sides.map(({ side, members }) => ({ side, parties: members.map(({ party }) => party) })),
    }),
  },
  responsible: ({ course, responsibility }) => ({
    officers: assigned(responsibility),
    ...(course.phase !== 'absent' && {
      under: { kind: 'call', id: course.call },
      takes:
        course.phase === 'dissolved'
          ? []
          : course.sides.flatMap(({ members }) => members.map(({ application }) => ({ kind: 'application', id: application }))),
    }),
  }),
  dimensions: {
    component: ({ course }) => (course.phase === 'absent' ? undefined : course.component),
    call: ({ course }) => (course.phase === 'absent' ? undefined : course.call),
  },
  countries: ({ course }, { party }) =>
    course.phase === 'absent'
      ? []
      : course.sides.flatMap(({ members }) => members.flatMap((member) => party(member.party)?.countries ?? [])),
  rules: ({ course }) => (course.phase === 'absent' ? undefined : course.rules),
  facts: {
    PairingCompleted: (_, after) => suspensionEnded(after),
    PairingWithdrawn: (_, after) => suspensionEnded(after),
    PairingTerminated: (_, after) => suspensionEnded(after),
    PairingEndedWithoutAgreement: (_, after) => suspensionEnded(after),
  },
  seen: ({ course: { phase } }) => (phase === 'absent' ? undefined : { phase }),
});
