import { lifecycle } from '../kernel/lifecycle';
import { certainlyBefore, type PartialDate } from '../kernel/partial-date';
import { vocabulary } from '../kernel/refusal';
import { callCourse, deadlineOf, deadlinesOf, notCancelledBy, opened, takesNoneFrom } from '../parts/call-course';
import { criteria, type Criterion } from '../parts/criteria';
import { responsibility } from '../parts/responsibility';
import { assessors, type AssessorTerm, assessorTerms } from '../parts/responsibility-assessors';
import { assigned } from '../parts/responsibility-terms';
import { future, notInTheFuture } from './not-in-the-future';

const says = vocabulary({
  ...future.sentences,
  CALL_OPENED_FIRST: 'a date from {callOpenedOn} on, when the call opened',
});

export interface CallSeen {
  readonly phase: 'open' | 'closed' | 'cancelled';
  readonly component: string;
  readonly round: number;
  readonly openedOn: PartialDate;
  /** From when on it takes no more applications: it was closed, or cancelled. */
  readonly endedOn?: PartialDate;
  readonly rules: string;
  /** The one that stands: a wall-clock time in `timeZone`. */
  readonly deadline: string;
  readonly timeZone: string;
  /** Every deadline there was, with the date it was set; the one that stands last. */
  readonly deadlines: readonly { readonly deadline: string; readonly on: PartialDate }[];
  /** Every version of the criteria, with the date it was set, in the order of recording. */
  readonly criteria: readonly { readonly version: number; readonly on: PartialDate; readonly criteria: readonly Criterion[] }[];
  /** Everybody who was ever assigned to assess its applications; left out while nobody was. */
  readonly assessors?: readonly AssessorTerm[];
}

/** A call for applications: it names the rule set that all that follows from it is judged by. */
export const call = lifecycle(
  'call',
  { call: callCourse, criteria, responsibility, assessors },
  {
    plural: 'calls',
    says,
    gates: {
      'not-in-the-future': notInTheFuture,
      'not-before-call': {
        rule: 'No fact of a call happened before it opened.',
        source: 'IUC presentation in Spanish (2019), slide on keys to apply: an open call with its deadline',
        firm: true,
        guardsAllBut: ['CallOpened'],
        missing: ({ call }, _, { occurredOn }) =>
          call.phase !== 'absent' && certainlyBefore(occurredOn, call.openedOn)
            ? [says.lack('CALL_OPENED_FIRST', { callOpenedOn: call.openedOn })]
            : [],
      },
    },
    supply: {
      criteria: ({ call }) => ({ outside: (occurredOn) => notCancelledBy(call, occurredOn) }),
      responsibility: ({ call }) => ({ lacks: opened(call) }),
      assessors: ({ call }) => ({ lacks: opened(call) }),
    },
    responsible: ({ call, responsibility }) => {
      const programme = call.phase === 'absent' ? undefined : call.opening.programme;
      return { officers: assigned(responsibility), ...(programme !== undefined && { under: { kind: 'programme', id: programme } }) };
    },
    dimensions: { component: ({ call }) => (call.phase === 'absent' ? undefined : call.opening.component) },
    rules: ({ call }) => (call.phase === 'absent' ? undefined : call.opening.rules),
    seen: ({ call, criteria, assessors }): CallSeen | undefined => {
      if (call.phase === 'absent') return undefined;
      const { component, round, rules, timeZone } = call.opening;
      const endedOn = takesNoneFrom(call);
      const terms = assessorTerms(assessors);
      return {
        phase: call.phase,
        component,
        round,
        openedOn: call.openedOn,
        ...(endedOn && { endedOn }),
        rules,
        deadline: deadlineOf(call),
        timeZone,
        deadlines: deadlinesOf(call),
        criteria,
        ...(terms.length > 0 && { assessors: terms }),
      };
    },
  },
);
