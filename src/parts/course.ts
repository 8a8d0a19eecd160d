import { isDeepStrictEqual } from 'node:util';
import { OneOf, officers, ProtectedText, Ref, type TextRef } from '../kernel/fields';
import { always, command, part } from '../kernel/part';
import { certainlyBefore, type PartialDate } from '../kernel/partial-date';
import { vocabulary } from '../kernel/refusal';

export const sides = ['european', 'latin-american'] as const;
export type Side = (typeof sides)[number];
/** One side of a pairing: one or more parties, each with the application it was selected by. */
export interface PairedSide {
  side: Side;
  members: { party: string; application: string }[];
}

const dissolutionCauses = ['formed-by-mistake', 'application-fell-away'] as const;
type DissolutionCause = (typeof dissolutionCauses)[number];

/** Stored for ever: add optional fields freely; never rename, remove or change a meaning. */
export interface CourseEvents {
  PairingFormed: { component: string; call: string; callOpenedOn: string; rules: string; sides: PairedSide[] };
  PairingKickedOff: Record<string, never>;
  PairingCompleted: { results?: TextRef };
  PairingWithdrawn: { side: Side; reason: TextRef };
  PairingTerminated: { decidedBy: string; reason: TextRef };
  PairingEndedWithoutAgreement: { reason: TextRef };
  /** `application`: the one that fell away. */
  PairingDissolved: { cause: DissolutionCause; application?: string; reason?: TextRef };
}

export class FormPairing {
  @Ref('application', 'The selected applications, one of each party', { many: [2, 20] }) applications!: string[];
}
export class KickOff {}
export class CompletePairing {
  @ProtectedText('What came of it', { optional: true, max: 20_000 }) results?: TextRef;
}
export class WithdrawPairing {
  @OneOf('The side that withdraws', sides) side!: Side;
  @ProtectedText('Why') reason!: TextRef;
}
export class TerminatePairing {
  @Ref('party', 'The organisation that decided it') decidedBy!: string;
  @ProtectedText('Why') reason!: TextRef;
}
export class EndWithoutAgreement {
  @ProtectedText('Why no agreement came of it') reason!: TextRef;
}
export class DissolvePairing {
  @OneOf('Formed by mistake, or one of its applications fell away', dissolutionCauses) cause!: DissolutionCause;
  @Ref('application', 'The application that fell away', { optional: true, gone: true }) application?: string;
  @ProtectedText('Why', { optional: true }) reason?: TextRef;
}

interface Formed {
  readonly component: string;
  readonly call: string;
  readonly callOpenedOn: PartialDate;
  readonly rules: string;
  readonly sides: readonly PairedSide[];
  readonly formedOn: PartialDate;
  readonly kickedOffOn?: PartialDate;
}
type End =
  | { readonly phase: 'completed'; readonly results?: TextRef }
  | { readonly phase: 'withdrawn'; readonly side: Side; readonly reason: TextRef }
  | { readonly phase: 'terminated'; readonly decidedBy: string; readonly reason: TextRef }
  | { readonly phase: 'ended-without-agreement'; readonly reason: TextRef }
  | ({ readonly phase: 'dissolved' } & Readonly<CourseEvents['PairingDissolved']>);
type Ended = Formed & End & { readonly endedOn: PartialDate };
export type Course = { readonly phase: 'absent' } | (Formed & { readonly phase: 'formed' | 'running' }) | Ended;

/** What forming a pairing must know of each application. */
interface Seen {
  application: {
    phase: string;
    party: string;
    side: string;
    call: string;
    component: string;
    rules: string;
    callOpenedOn: string;
    decidedOn?: PartialDate;
    /** The pairings it serves already, and how many it may serve. */
    pairings: readonly string[];
    places: number;
  };
}

const says = vocabulary({
  NO_SUCH_PAIRING: 'The pairing was never formed',
  ALREADY_FORMED: 'The pairing was already formed, from other applications',
  NO_SUCH_APPLICATION: 'There is no application {application}',
  NOT_SELECTED: 'Application {application} is {phase}, not selected',
  NOT_YET_SELECTED: 'Application {application} was selected on {decidedOn}: no pairing can have been formed from it on {occurredOn}',
  NOT_FREE: 'Application {application} already serves {pairings}',
  ONE_SIDE_ONLY: 'The applications are all of one side',
  PARTY_TWICE: '{party} occurs twice in this pairing',
  DIFFERENT_COMPONENTS: 'The applications belong to different components',
  ALREADY_KICKED_OFF: 'The pairing was already kicked off',
  NOT_KICKED_OFF: 'The pairing was not kicked off',
  NOT_FORMED_FROM: 'The pairing was not formed from application {application}',
  ALREADY_ENDED: 'The pairing has ended ({phase})',
});

const notAbsent = (course: Course) => (course.phase === 'absent' ? [says.lack('NO_SUCH_PAIRING')] : []);
const notEnded = (course: Course) => ('endedOn' in course ? [says.lack('ALREADY_ENDED', { phase: course.phase })] : notAbsent(course));
const formedFrom = (course: Course) =>
  course.phase === 'absent' ? [] : course.sides.flatMap(({ members }) => members.map((member) => member.application));
/** Where there was a kick-off, a pairing ends otherwise. */
const notKickedOff = (course: Course) => ('kickedOffOn' in course ? [says.lack('ALREADY_KICKED_OFF')] : notAbsent(course));
const running = (course: Course) => (course.phase === 'formed' ? [says.lack('NOT_KICKED_OFF')] : notEnded(course));
const twoSides = (paired: readonly PairedSide[]) => {
  const parties = paired.flatMap(({ members }) => members.map(({ party }) => party));
  const twice = parties.filter((party, i) => parties.indexOf(party) < i);
  const both = sides.every((side) => paired.filter((each) => each.side === side && each.members.length > 0).length === 1);
  return [...twice.map((party) => says.lack('PARTY_TWICE', { party })), ...(both ? [] : [says.lack('ONE_SIDE_ONLY')])];
};
const dissolution = ({ cause, application, reason }: CourseEvents['PairingDissolved']) => ({
  cause,
  ...(application !== undefined && { application }),
  ...(reason && { reason }),
});
const end = (course: Course, endedOn: PartialDate, how: End): Course =>
  course.phase === 'absent' ? course : { ...course, ...how, endedOn };

/** From the selected applications to one of five ends (domain: a pairing lasts up to 18 months; ending without an agreement is an end of its own; before the kick-off it can be dissolved). */
export const course = part<CourseEvents, Course, unknown, Seen>()({
  says,
  commands: {
    FormPairing: command(FormPairing, officers, ['PairingFormed']),
    KickOff: command(KickOff, officers, ['PairingKickedOff']),
    CompletePairing: command(CompletePairing, officers, ['PairingCompleted']),
    WithdrawPairing: command(WithdrawPairing, officers, ['PairingWithdrawn']),
    TerminatePairing: command(TerminatePairing, officers, ['PairingTerminated']),
    EndWithoutAgreement: command(EndWithoutAgreement, officers, ['PairingEndedWithoutAgreement']),
    DissolvePairing: command(DissolvePairing, [...officers, 'service'], ['PairingDissolved']),
  },
  initial: { phase: 'absent' },
  refs: { FormPairing: ({ applications }) => ({ application: applications }) },
  offers: {
    FormPairing: ({ phase }) => (phase === 'absent' ? [{}] : []),
    KickOff: always,
    CompletePairing: always,
    WithdrawPairing: always,
    TerminatePairing: always,
    EndWithoutAgreement: always,
    DissolvePairing: always,
  },

  decide: {
    FormPairing: ({ applications }, now, { occurredOn }, __, { application }) => {
      if (now.phase !== 'absent') {
        if (isDeepStrictEqual(formedFrom(now).toSorted(), applications.toSorted())) return [];
        throw says.no('ALREADY_FORMED');
      }
      const chosen = applications.map((id) => {
        const seen = application(id);
        if (!seen) throw says.no('NO_SUCH_APPLICATION', { application: id });
        if (seen.phase !== 'selected') throw says.no('NOT_SELECTED', { application: id, phase: seen.phase });
        const { decidedOn } = seen;
        if (decidedOn !== undefined && certainlyBefore(occurredOn, decidedOn))
          throw says.no('NOT_YET_SELECTED', { application: id, decidedOn, occurredOn });
        if (seen.pairings.length >= seen.places) throw says.no('NOT_FREE', { application: id, pairings: seen.pairings.join(', ') });
        return { ...seen, id };
      });
      if (new Set(chosen.map(({ component }) => component)).size > 1) throw says.no('DIFFERENT_COMPONENTS');
      const paired = sides.map((side): PairedSide => ({
        side,
        members: chosen.filter((each) => each.side === side).map(({ party, id }) => ({ party, application: id })),
      }));
      // Applications of an earlier round's reserve list may be paired under a later call: its rules are the ones in force.
      const { component, call, callOpenedOn, rules } = chosen.toSorted((a, b) => (a.callOpenedOn < b.callOpenedOn ? 1 : -1))[0]!;
      return [{ type: 'PairingFormed', data: { component, call, callOpenedOn, rules, sides: paired } }];
    },
    KickOff: (_, now, { occurredOn }) => {
      if (now.phase !== 'absent' && now.kickedOffOn === occurredOn) return [];
      return [{ type: 'PairingKickedOff', data: {} }];
    },
    CompletePairing: ({ results }, now) => {
      if (now.phase === 'completed' && isDeepStrictEqual(now.results, results)) return [];
      return [{ type: 'PairingCompleted', data: { ...(results && { results }) } }];
    },
    WithdrawPairing: ({ side, reason }, now) => {
      if (now.phase === 'withdrawn' && now.side === side && isDeepStrictEqual(now.reason, reason)) return [];
      return [{ type: 'PairingWithdrawn', data: { side, reason } }];
    },
    TerminatePairing: ({ decidedBy, reason }, now) => {
      if (now.phase === 'terminated' && now.decidedBy === decidedBy && isDeepStrictEqual(now.reason, reason)) return [];
      return [{ type: 'PairingTerminated', data: { decidedBy, reason } }];
    },
    EndWithoutAgreement: ({ reason }, now) => {
      if (now.phase === 'ended-without-agreement' && isDeepStrictEqual(now.reason, reason)) return [];
      return [{ type: 'PairingEndedWithoutAgreement', data: { reason } }];
    },
    DissolvePairing: (form, now) => {
      const data = dissolution(form);
      if (now.phase === 'dissolved' && isDeepStrictEqual(dissolution(now), data)) return [];
      return [{ type: 'PairingDissolved', data }];
    },
  },

  requires: {
    PairingFormed: (now, data) => (now.phase === 'absent' ? twoSides(data.sides) : [says.lack('ALREADY_FORMED')]),
    // An end that was recorded first does not stand in the way of a kick-off before it.
    PairingKickedOff: (now) => (now.phase === 'dissolved' ? notEnded(now) : notKickedOff(now)),
    PairingCompleted: running,
    PairingWithdrawn: notEnded,
    PairingTerminated: notEnded,
    PairingEndedWithoutAgreement: running,
    PairingDissolved: (now, { application }) => [
      ...('endedOn' in now ? notEnded(now) : notKickedOff(now)),
      ...(application === undefined || now.phase === 'absent' || formedFrom(now).includes(application)
        ? []
        : [says.lack('NOT_FORMED_FROM', { application })]),
    ],
  },

  evolve: {
    PairingFormed: (_, data, { occurredOn }) => ({ phase: 'formed', ...data, formedOn: occurredOn }),
    PairingKickedOff: (now, _, { occurredOn }) => {
      if (now.phase === 'absent') return now;
      return now.phase === 'formed' ? { ...now, phase: 'running', kickedOffOn: occurredOn } : { ...now, kickedOffOn: occurredOn };
    },
    PairingCompleted: (now, { results }, { occurredOn }) => end(now, occurredOn, { phase: 'completed', ...(results && { results }) }),
    PairingWithdrawn: (now, { side, reason }, { occurredOn }) => end(now, occurredOn, { phase: 'withdrawn', side, reason }),
    PairingTerminated: (now, { decidedBy, reason }, { occurredOn }) => end(now, occurredOn, { phase: 'terminated', decidedBy, reason }),
    PairingEndedWithoutAgreement: (now, { reason }, { occurredOn }) => end(now, occurredOn, { phase: 'ended-without-agreement', reason }),
    PairingDissolved: (now, data, { occurredOn }) => end(now, occurredOn, { phase: 'dissolved', ...dissolution(data) }),
  },

  measures: {
    'pairings-formed': { counts: 'pairings ever formed' },
    'pairings-open': { counts: 'pairings formed and not ended' },
    'pairings-kicked-off': { counts: 'pairings kicked off' },
    'pairings-ended': { counts: 'pairings ended', by: ['how'] },
    'side-slots': { counts: 'sides of pairings, each once however many parties form it', by: ['side'] },
    'party-slots': { counts: 'parties in pairings', by: ['side'] },
  },
  facts: {
    PairingFormed: (data) => [
      { measure: 'pairings-formed', subject: 'pairing', quantity: 1 },
      { measure: 'pairings-open', subject: 'pairing', quantity: 1 },
      ...data.sides.flatMap(({ side, members }) => [
        { measure: 'side-slots' as const, subject: `side ${side}`, quantity: 1, by: { side } },
        ...members.map(({ party }) => ({ measure: 'party-slots' as const, subject: { ref: `party/${party}` }, quantity: 1, by: { side } })),
      ]),
    ],
    PairingKickedOff: () => [{ measure: 'pairings-kicked-off', subject: 'pairing', quantity: 1 }],
    PairingCompleted: () => ended('completed'),
    PairingWithdrawn: () => ended('withdrawn'),
    PairingTerminated: () => ended('terminated'),
    PairingEndedWithoutAgreement: () => ended('ended-without-agreement'),
    PairingDissolved: () => ended('dissolved'),
  },
});

const ended = (how: string) => [
  { measure: 'pairings-open' as const, subject: 'pairing', quantity: -1 },
  { measure: 'pairings-ended' as const, subject: 'pairing', quantity: 1, by: { how } },
];
