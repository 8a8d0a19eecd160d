import { isDeepStrictEqual } from 'node:util';
import type { TextRef, Whole } from '../kernel/fields';
import { certainlyAfter, certainlyBefore, type PartialDate } from '../kernel/partial-date';
import { vocabulary } from '../kernel/refusal';

export const sides = ['european', 'latin-american'] as const;
type Side = (typeof sides)[number];
export const evidenceKinds = ['key-actors-mobilised', 'other-programmes', 'urban-strategy', 'staff-committed'] as const;
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
    /** How many pairings it may serve (1 where it is left out). */
    pairings?: Whole;
  };
  ApplicationPutOnReserveList: Decision;
  ApplicationRejected: Decision;
  ApplicationDecisionRevoked: Decision;
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

export const says = vocabulary({
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
export const change = (application: Application, to: (now: Exclude<Application, { phase: 'absent' }>) => Application): Application =>
  application.phase === 'absent' ? application : to(application);
export const is = (one: Decision | undefined, { decidedBy, reason }: Decision) =>
  one?.decidedBy === decidedBy && isDeepStrictEqual(one.reason, reason);

export const early = (application: Application, occurredOn: PartialDate) => {
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
export const undecided = (application: Application, _: unknown, { occurredOn }: { occurredOn: PartialDate }) => {
  const now = standing(application);
  return [...stillIn(application, occurredOn), ...(now ? [says.lack('DECISION_STANDS', { outcome: now.outcome })] : [])];
};
/** The reserve list is there to be selected from. */
export const selectable = (application: Application, _: unknown, moment: { occurredOn: PartialDate }) =>
  standing(application)?.outcome === 'on-reserve-list' ? stillIn(application, moment.occurredOn) : undecided(application, _, moment);

/** A late fact about what was withdrawn goes on record and leaves it withdrawn. */
export const decided =
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

export const countOf = (application: Application, quantity: 1 | -1) => {
  const now = standing(application);
  return now && application.phase !== 'withdrawn'
    ? [{ measure: `applications-${now.outcome}` as const, subject: 'application', quantity }]
    : [];
};
/** One decision counts at a time: what it replaces ends with it. */
export const turned = (_: unknown, after: Application, before: Application) => [...countOf(before, -1), ...countOf(after, 1)];
