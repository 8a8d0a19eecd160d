import { isDeepStrictEqual } from 'node:util';
import { Count, Items, officers, OneOf, ProtectedText, Ref, Slug, type TextRef } from '../kernel/fields';
import { command, type Fact, part } from '../kernel/lifecycle';
import { certainlyAfter, certainlyBefore, type PartialDate } from '../kernel/partial-date';
import { vocabulary } from '../kernel/refusal';
import { themes as themesOfC1 } from './themes-of-c1';

const sides = ['european', 'latin-american'] as const;
type Side = (typeof sides)[number];
const evidenceKinds = ['key-actors-mobilised', 'other-programmes', 'urban-strategy', 'staff-committed'] as const;
type EvidenceKind = (typeof evidenceKinds)[number];

interface Decision {
  decidedBy: string;
  reason: TextRef;
}
/** Stored for ever: add optional fields freely; never rename, remove or change a meaning. */
export interface ApplicationEvents {
  ApplicationSubmitted: {
    call: string;
    party: string;
    side: Side;
    themes: string[];
    evidence: { kind: EvidenceKind; note: TextRef }[];
    /** What it is judged by, as the call stood when it was recorded. */
    component: string;
    rules: string;
    callOpenedOn: string;
    deadlineDay: string;
  };
  ApplicationWithdrawn: { reason: TextRef };
  ApplicationSelected: Decision & {
    /**
     * How many pairings it may serve (1 where it is left out).
     * @asType integer
     */
    pairings?: number;
  };
  ApplicationPutOnReserveList: Decision;
  ApplicationRejected: Decision;
  ApplicationDecisionRevoked: Decision;
}

export class Evidence {
  @OneOf('What it shows', evidenceKinds) kind!: EvidenceKind;
  @ProtectedText('How') note!: TextRef;
}
export class SubmitApplication {
  @Ref('call', 'The call it answers') call!: string;
  @Ref('party', 'Who applies') party!: string;
  @OneOf('The side it applies for', sides) side!: Side;
  @Slug('What it wants to work on', { many: [1, 50] }) themes!: string[];
  @Items(Evidence, 'What it can show: key actors, other programmes, a strategy, staff') evidence!: Evidence[];
}
export class WithdrawApplication {
  @ProtectedText('Why') reason!: TextRef;
}
export class SelectApplication {
  @Ref('party', 'The organisation that decided it') decidedBy!: string;
  @ProtectedText('Why') reason!: TextRef;
  @Count('How many pairings it is selected for, where it is more than one', { min: 1, max: 5, optional: true }) pairings?: number;
}
export class PutOnReserveList {
  @Ref('party', 'The organisation that decided it') decidedBy!: string;
  @ProtectedText('Why') reason!: TextRef;
}
export class RejectApplication {
  @Ref('party', 'The organisation that decided it') decidedBy!: string;
  @ProtectedText('Why') reason!: TextRef;
}
export class RevokeDecision {
  @Ref('party', 'The organisation that decided it') decidedBy!: string;
  @ProtectedText('Why') reason!: TextRef;
}

type Outcome = 'selected' | 'on-reserve-list' | 'rejected';
interface Decided extends Readonly<Decision> {
  readonly outcome: Outcome;
  readonly on: PartialDate;
  readonly pairings?: number;
  readonly revoked?: Readonly<Decision> & { readonly on: PartialDate };
}
interface Submitted {
  readonly submission: ApplicationEvents['ApplicationSubmitted'];
  readonly submittedOn: PartialDate;
  /** Every decision in the order of recording, also those that were revoked. */
  readonly decisions: readonly Decided[];
}
export type Application =
  | { readonly phase: 'absent' }
  | (Submitted & { readonly phase: 'submitted' | Outcome })
  | (Submitted & { readonly phase: 'withdrawn'; readonly reason: TextRef; readonly withdrawnOn: PartialDate });

/** What an application must know of the call it answers. */
interface CallSeen {
  readonly phase: string;
  readonly component: string;
  readonly rules: string;
  readonly openedOn: PartialDate;
  /** As extended: a wall-clock time in the time zone of the call. */
  readonly deadline: string;
  /** From when on it takes nothing more: it was closed, or cancelled. */
  readonly endedOn?: PartialDate;
}

const says = vocabulary({
  NEVER_SUBMITTED: 'The application was never submitted',
  NO_CALL_TO_ANSWER: 'There is no call {call}: it was never opened, or its opening was taken back',
  CALL_CANCELLED: 'Call {call} was cancelled',
  CALL_CLOSED: 'Call {call} was closed on {endedOn}: it takes no application made after that',
  CALL_NOT_YET_OPEN: 'Call {call} opened on {callOpenedOn}: nobody can have applied on {occurredOn}',
  NOT_A_THEME_OF_C1: '{theme} is not one of the fifteen themes of component 1',
  ALREADY_SUBMITTED: 'The application was submitted already, otherwise',
  NOT_YET_SUBMITTED: 'The application was submitted on {submittedOn}: nothing can have come of it on {occurredOn}',
  APPLICATION_WITHDRAWN: 'The application was withdrawn on {withdrawnOn}',
  DECISION_STANDS:
    'The application is {outcome, select, selected {selected} rejected {rejected} other {on the reserve list}}: revoke that decision first',
  NO_DECISION: 'No decision on the application stands',
});

/** The decision that stands, if any. */
export const standing = (application: Application): Decided | undefined => {
  const last = application.phase === 'absent' ? undefined : application.decisions.at(-1);
  return last?.revoked ? undefined : last;
};
const change = (application: Application, to: (now: Exclude<Application, { phase: 'absent' }>) => Application): Application =>
  application.phase === 'absent' ? application : to(application);
const is = (one: Decision | undefined, { decidedBy, reason }: Decision) =>
  one?.decidedBy === decidedBy && isDeepStrictEqual(one.reason, reason);

const early = (application: Application, occurredOn: PartialDate) => {
  if (application.phase === 'absent') return [says.lack('NEVER_SUBMITTED')];
  const { submittedOn } = application;
  return certainlyBefore(occurredOn, submittedOn) ? [says.lack('NOT_YET_SUBMITTED', { submittedOn, occurredOn })] : [];
};
/** What was withdrawn was decided on before, if at all; on the very day of the withdrawal the order of recording counts. */
export const stillIn = (application: Application, occurredOn: PartialDate) => {
  const out =
    application.phase === 'withdrawn' && (certainlyAfter(occurredOn, application.withdrawnOn) || occurredOn === application.withdrawnOn);
  return [
    ...early(application, occurredOn),
    ...(out ? [says.lack('APPLICATION_WITHDRAWN', { withdrawnOn: application.withdrawnOn })] : []),
  ];
};
const undecided = (application: Application, _: unknown, { occurredOn }: { occurredOn: PartialDate }) => {
  const now = standing(application);
  return [...stillIn(application, occurredOn), ...(now ? [says.lack('DECISION_STANDS', { outcome: now.outcome })] : [])];
};
/** The reserve list is there to be selected from. */
const selectable = (application: Application, _: unknown, moment: { occurredOn: PartialDate }) =>
  standing(application)?.outcome === 'on-reserve-list' ? stillIn(application, moment.occurredOn) : undecided(application, _, moment);

/** A late fact about what was withdrawn goes on record and leaves it withdrawn. */
const decided =
  (outcome: Outcome) =>
  (
    application: Application,
    { decidedBy, reason, pairings }: Decision & { pairings?: number },
    { occurredOn: on }: { occurredOn: PartialDate },
  ) =>
    change(application, (now) => {
      const decisions = [...now.decisions, { outcome, decidedBy, reason, on, ...(pairings && { pairings }) }];
      return now.phase === 'withdrawn' ? { ...now, decisions } : { ...now, phase: outcome, decisions };
    });

const countOf = (application: Application, quantity: 1 | -1): readonly Fact[] => {
  const now = standing(application);
  return now && application.phase !== 'withdrawn' ? [{ measure: `applications-${now.outcome}`, subject: 'application', quantity }] : [];
};
/** One decision counts at a time: what it replaces ends with it. */
const turned = (_: unknown, after: Application, before: Application) => [...countOf(before, -1), ...countOf(after, 1)];

/** From submission to the decision on it, which can be revoked; withdrawn at any time (closing newsletter: selection processes supported by governments and municipal associations, or a Brussels unit). */
export const applicationCourse = part<ApplicationEvents, Application, unknown, { call: CallSeen }>()({
  says,
  commands: {
    SubmitApplication: command(SubmitApplication, officers, ['ApplicationSubmitted']),
    WithdrawApplication: command(WithdrawApplication, officers, ['ApplicationWithdrawn']),
    SelectApplication: command(SelectApplication, officers, ['ApplicationSelected']),
    PutOnReserveList: command(PutOnReserveList, officers, ['ApplicationPutOnReserveList']),
    RejectApplication: command(RejectApplication, officers, ['ApplicationRejected']),
    RevokeDecision: command(RevokeDecision, officers, ['ApplicationDecisionRevoked']),
  },
  initial: { phase: 'absent' },
  refs: { SubmitApplication: ({ call }) => ({ call: [call] }) },

  decide: {
    SubmitApplication: ({ call, party, side, themes, evidence }, application, { occurredOn }, __, refs) => {
      const asked = { call, party, side, themes, evidence: evidence.map(({ kind, note }) => ({ kind, note })) };
      if (application.phase !== 'absent') {
        const { component, rules, callOpenedOn, deadlineDay } = application.submission;
        if (isDeepStrictEqual(application.submission, { ...asked, component, rules, callOpenedOn, deadlineDay })) return [];
      }
      const seen = refs.call(call);
      if (!seen) throw says.no('NO_CALL_TO_ANSWER', { call });
      const { component, rules, openedOn: callOpenedOn, deadline, endedOn } = seen;
      // What was sent before the end may be recorded after it.
      if (endedOn !== undefined && certainlyAfter(occurredOn, endedOn))
        throw seen.phase === 'cancelled' ? says.no('CALL_CANCELLED', { call }) : says.no('CALL_CLOSED', { call, endedOn });
      return [{ type: 'ApplicationSubmitted', data: { ...asked, component, rules, callOpenedOn, deadlineDay: deadline.slice(0, 10) } }];
    },
    WithdrawApplication: ({ reason }, application) =>
      application.phase === 'withdrawn' && isDeepStrictEqual(application.reason, reason)
        ? []
        : [{ type: 'ApplicationWithdrawn', data: { reason } }],
    SelectApplication: ({ decidedBy, reason, pairings }, application) => {
      const now = standing(application);
      return now?.outcome === 'selected' && is(now, { decidedBy, reason }) && now.pairings === pairings
        ? []
        : [{ type: 'ApplicationSelected', data: { decidedBy, reason, ...(pairings && { pairings }) } }];
    },
    PutOnReserveList: ({ decidedBy, reason }, application) => {
      const now = standing(application);
      return now?.outcome === 'on-reserve-list' && is(now, { decidedBy, reason })
        ? []
        : [{ type: 'ApplicationPutOnReserveList', data: { decidedBy, reason } }];
    },
    RejectApplication: ({ decidedBy, reason }, application) => {
      const now = standing(application);
      return now?.outcome === 'rejected' && is(now, { decidedBy, reason })
        ? []
        : [{ type: 'ApplicationRejected', data: { decidedBy, reason } }];
    },
    RevokeDecision: ({ decidedBy, reason }, application) => {
      const revoked = application.phase === 'absent' ? undefined : application.decisions.at(-1)?.revoked;
      return is(revoked, { decidedBy, reason }) ? [] : [{ type: 'ApplicationDecisionRevoked', data: { decidedBy, reason } }];
    },
  },

  requires: {
    ApplicationSubmitted: (application, { call, component, themes, callOpenedOn }, { occurredOn }) => {
      if (application.phase !== 'absent') return [says.lack('ALREADY_SUBMITTED')];
      const strange = component === 'C1' ? themes.find((each) => !(themesOfC1 as readonly string[]).includes(each)) : undefined;
      return [
        ...(certainlyBefore(occurredOn, callOpenedOn) ? [says.lack('CALL_NOT_YET_OPEN', { call, callOpenedOn, occurredOn })] : []),
        ...(strange === undefined ? [] : [says.lack('NOT_A_THEME_OF_C1', { theme: strange })]),
      ];
    },
    ApplicationWithdrawn: (application, _, { occurredOn }) =>
      application.phase === 'withdrawn'
        ? [says.lack('APPLICATION_WITHDRAWN', { withdrawnOn: application.withdrawnOn })]
        : early(application, occurredOn),
    ApplicationSelected: selectable,
    ApplicationPutOnReserveList: undecided,
    ApplicationRejected: undecided,
    ApplicationDecisionRevoked: (application, _, { occurredOn }) => [
      ...stillIn(application, occurredOn),
      ...(application.phase === 'absent' || standing(application) ? [] : [says.lack('NO_DECISION')]),
    ],
  },

  evolve: {
    ApplicationSubmitted: (_, submission, { occurredOn }) => ({ phase: 'submitted', submission, submittedOn: occurredOn, decisions: [] }),
    ApplicationWithdrawn: (application, { reason }, { occurredOn }) =>
      change(application, ({ submission, submittedOn, decisions }) => ({
        phase: 'withdrawn',
        submission,
        submittedOn,
        decisions,
        reason,
        withdrawnOn: occurredOn,
      })),
    ApplicationSelected: decided('selected'),
    ApplicationPutOnReserveList: decided('on-reserve-list'),
    ApplicationRejected: decided('rejected'),
    ApplicationDecisionRevoked: (application, { decidedBy, reason }, { occurredOn: on }) =>
      change(application, (now) => {
        const last = standing(now);
        if (!last) return now;
        const decisions = now.decisions.with(-1, { ...last, revoked: { decidedBy, reason, on } });
        return now.phase === 'withdrawn' ? { ...now, decisions } : { ...now, phase: 'submitted', decisions };
      }),
  },

  facts: {
    ApplicationSubmitted: () => [{ measure: 'applications', subject: 'application', quantity: 1 }],
    ApplicationWithdrawn: (_, __, before) => [{ measure: 'applications', subject: 'application', quantity: -1 }, ...countOf(before, -1)],
    ApplicationSelected: turned,
    ApplicationPutOnReserveList: turned,
    ApplicationRejected: turned,
    ApplicationDecisionRevoked: turned,
  },
});
