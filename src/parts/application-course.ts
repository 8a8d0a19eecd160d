import { isDeepStrictEqual } from 'node:util';
import { Count, Items, officers, OneOf, ProtectedText, Ref, Slug, type TextRef } from '../kernel/fields';
import { always, command, part } from '../kernel/part';
import { certainlyAfter, certainlyBefore, type PartialDate } from '../kernel/partial-date';
import {
  type Application,
  type ApplicationEvents,
  change,
  countOf,
  decided,
  early,
  evidenceKinds,
  is,
  says,
  selectable,
  sides,
  standing,
  stillIn,
  turned,
  undecided,
} from './application-course-state';
import { themes as themesOfC1 } from './themes-of-c1';

export class Evidence {
  @OneOf('What it shows', evidenceKinds) kind!: (typeof evidenceKinds)[number];
  @ProtectedText('How') note!: TextRef;
}
export class SubmitApplication {
  @Ref('call', 'The call it answers') call!: string;
  @Ref('party', 'Who applies') party!: string;
  @OneOf('The side it applies for', sides) side!: (typeof sides)[number];
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
  offers: {
    SubmitApplication: ({ phase }) => (phase === 'absent' ? [{}] : []),
    WithdrawApplication: always,
    SelectApplication: always,
    PutOnReserveList: always,
    RejectApplication: always,
    RevokeDecision: always,
  },

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

  measures: {
    applications: { counts: 'applications submitted and not withdrawn' },
    'applications-selected': { counts: 'applications selected' },
    'applications-on-reserve-list': { counts: 'applications on a reserve list' },
    'applications-rejected': { counts: 'applications rejected' },
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
