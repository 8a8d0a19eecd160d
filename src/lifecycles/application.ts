import { lifecycle, type State } from '../kernel/lifecycle';
import { certainlyAfter, certainlyBefore, type PartialDate } from '../kernel/partial-date';
import { vocabulary } from '../kernel/refusal';
import { applicationCourse } from '../parts/application-course';
import { standing, stillIn } from '../parts/application-course-state';
import { assessment } from '../parts/assessment';
import { eligibility, failedOn } from '../parts/eligibility';
import type { Applicant } from '../parts/eligibility-rules';
import { pairingPlaces } from '../parts/pairing-places';
import { future, notInTheFuture } from './not-in-the-future';

const says = vocabulary({
  ...future.sentences,
  CALL_OPENED_FIRST: 'a date from {callOpenedOn} on, when the call opened',
  CALL_DEADLINE_PASSED: 'a date up to {deadlineDay}, the last day of the call',
  FREE_FIRST: 'an application that serves no pairing: dissolve {pairing} first',
  ELIGIBILITY_CHECK: 'a check of its eligibility, by {occurredOn}',
  FAILED_RULE_WAIVED:
    'a waiver of the rule on {rule, select, population {population} kind {kinds of parties} other {countries}}, which it failed',
});

const keysToApply = 'IUC presentation in Spanish (2019), slide on keys to apply: an open call with its deadline';

export interface ApplicationSeen {
  readonly phase: 'submitted' | 'selected' | 'on-reserve-list' | 'rejected' | 'withdrawn';
  readonly party: string;
  readonly side: 'european' | 'latin-american';
  readonly call: string;
  readonly component: string;
  readonly rules: string;
  readonly themes: readonly string[];
  readonly callOpenedOn: PartialDate;
  /** When the decision was taken that stands. */
  readonly decidedOn?: PartialDate;
  /** The pairings it serves, and how many it may serve. */
  readonly pairings: readonly string[];
  readonly places: number;
}

const parts = { application: applicationCourse, eligibility, assessment, places: pairingPlaces };
type Whole = State<typeof parts>;

const submission = ({ application }: Whole) => (application.phase === 'absent' ? undefined : application.submission);
const applicantOf = ({ party, side, component }: Applicant): Applicant => ({ party, side, component });

const placesOf = ({ application }: Whole): number => {
  const now = standing(application);
  return application.phase === 'selected' && now ? (now.pairings ?? 1) : 0;
};
const servesNone = ({ places }: Whole) => {
  const [first] = places;
  return first ? [says.lack('FREE_FIRST', { pairing: first.pairing })] : [];
};

/** A party's answer to a call, from its submission through the check of its eligibility and its assessment to the decision on it. */
export const application = lifecycle('application', parts, {
  plural: 'applications',
  says,
  gates: {
    'not-in-the-future': notInTheFuture,
    'not-before-call': {
      rule: 'No fact of an application happened before its call opened.',
      source: keysToApply,
      firm: true,
      guardsAllBut: ['ApplicationSubmitted'],
      missing: ({ application }, _, { occurredOn }) => {
        if (application.phase === 'absent') return [];
        const { callOpenedOn } = application.submission;
        return certainlyBefore(occurredOn, callOpenedOn) ? [says.lack('CALL_OPENED_FIRST', { callOpenedOn })] : [];
      },
    },
    'within-deadline': {
      rule: 'An application is submitted by the last day of its call, in the time zone of the call and as the deadline was extended.',
      source: keysToApply,
      guards: {
        ApplicationSubmitted: (_, { deadlineDay }, { occurredOn }) =>
          certainlyAfter(occurredOn, deadlineDay) ? [says.lack('CALL_DEADLINE_PASSED', { deadlineDay })] : [],
      },
    },
    'free-to-leave': {
      rule: 'An application is withdrawn, or the decision on it revoked, before a pairing is formed from it or after that was dissolved.',
      source: 'follows from what a pairing is',
      guards: { ApplicationWithdrawn: servesNone, ApplicationDecisionRevoked: servesNone },
    },
    'eligible-when-selected': {
      rule: 'An application is selected once its eligibility was checked and every rule that it failed was waived; what is unknown does not keep it out.',
      source: 'IUC presentation in Spanish (2019), slide on keys to apply: who can apply',
      guards: {
        ApplicationSelected: ({ eligibility }, _, { occurredOn }) =>
          failedOn(eligibility, occurredOn)?.map((rule) => says.lack('FAILED_RULE_WAIVED', { rule })) ?? [
            says.lack('ELIGIBILITY_CHECK', { occurredOn }),
          ],
      },
    },
  },
  supply: {
    places: (state) => ({ places: placesOf(state) }),
    assessment: ({ application }) => ({
      call: application.phase === 'absent' ? undefined : application.submission.call,
      party: application.phase === 'absent' ? undefined : application.submission.party,
      outside: (occurredOn) => stillIn(application, occurredOn),
    }),
    eligibility: ({ application }) => ({
      applicant: application.phase === 'absent' ? undefined : applicantOf(application.submission),
      outside: (occurredOn) => stillIn(application, occurredOn),
    }),
  },
  responsible: ({ application }) => ({
    officers: [],
    ...(application.phase !== 'absent' && { under: { kind: 'call', id: application.submission.call } }),
  }),
  dimensions: {
    component: (state) => submission(state)?.component,
    call: (state) => submission(state)?.call,
    side: (state) => submission(state)?.side,
  },
  countries: (state, { party }) => {
    const sent = submission(state);
    return sent ? (party(sent.party)?.countries ?? []) : [];
  },
  rules: ({ application }) => (application.phase === 'absent' ? undefined : application.submission.rules),
  seen: (state): ApplicationSeen | undefined => {
    const { application, places } = state;
    if (application.phase === 'absent') return undefined;
    const { party, side, call, component, rules, themes, callOpenedOn } = application.submission;
    const decidedOn = standing(application)?.on;
    return {
      ...{ phase: application.phase, party, side, call, component, rules, themes, callOpenedOn },
      ...(decidedOn && { decidedOn }),
      pairings: places.map(({ pairing }) => pairing),
      places: placesOf(state),
    };
  },
});
