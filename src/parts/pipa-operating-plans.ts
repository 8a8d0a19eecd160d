import { isDeepStrictEqual } from 'node:util';
import { Count, DocumentRef, officers, OneOf, ProtectedText, type StoredDocument, type TextRef, type Whole } from '../kernel/fields';
import { command, type Fact, part } from '../kernel/part';
import { certainlyBefore, type PartialDate } from '../kernel/partial-date';
import { vocabulary } from '../kernel/refusal';

const proposers = ['presidency', 'technical-unit'] as const;
type Proposer = (typeof proposers)[number];

/** Stored for ever: add optional fields freely; never rename, remove or change a meaning. */
export interface OperatingPlanEvents {
  OperatingPlanProposed: { year: Whole; by?: Proposer; document?: StoredDocument };
  OperatingPlanReturned: { year: Whole; reason: TextRef };
  OperatingPlanApproved: { year: Whole; document?: StoredDocument };
}

const year = { min: 1991, max: 2199 };
export class ProposeOperatingPlan {
  @Count('The year it is for', year) year!: number;
  @OneOf('The body that proposes it', proposers, { optional: true }) by?: Proposer;
  @DocumentRef('The plan as it is proposed', { optional: true }) document?: StoredDocument;
}
export class ReturnOperatingPlan {
  @Count('The year it is for', year) year!: number;
  @ProtectedText('Why') reason!: TextRef;
}
export class ApproveOperatingPlan {
  @Count('The year it is for', year) year!: number;
  @DocumentRef('The plan as it was approved', { optional: true }) document?: StoredDocument;
}

interface Proposal {
  readonly on: PartialDate;
  readonly data: OperatingPlanEvents['OperatingPlanProposed'];
}
export interface OperatingPlan {
  readonly is: 'proposed' | 'returned' | 'approved';
  /** Every proposal, and every return with its reason, in the order of recording. */
  readonly proposals: readonly Proposal[];
  readonly returns: readonly { readonly on: PartialDate; readonly reason: TextRef }[];
  readonly approved?: { readonly on: PartialDate; readonly data: OperatingPlanEvents['OperatingPlanApproved'] };
}
/** By year. */
export type OperatingPlans = Readonly<Record<number, OperatingPlan>>;

const says = vocabulary({
  OPERATING_PLAN_APPROVED: 'The annual operating plan for {year} is approved already',
  OPERATING_PLAN_PROPOSED: 'The annual operating plan for {year} is proposed already: it is returned before it is proposed anew',
  OPERATING_PLAN_NOT_PROPOSED: 'The annual operating plan for {year} is not proposed',
  OPERATING_PLAN_RETURNED: 'The annual operating plan for {year} was returned: it is proposed anew before it is approved',
  OPERATING_PLAN_TOO_EARLY: 'The annual operating plan for {year} was proposed on {on}, so nothing was decided on it on {occurredOn}',
});

const none: OperatingPlan = { is: 'proposed', proposals: [], returns: [] };
const change = (plans: OperatingPlans, of: number, to: (now: OperatingPlan) => OperatingPlan): OperatingPlans => ({
  ...plans,
  [of]: to(plans[of] ?? none),
});
const tooEarly = (now: OperatingPlan | undefined, of: number, occurredOn: PartialDate) => {
  const on = now?.proposals.at(-1)?.on;
  return on !== undefined && certainlyBefore(occurredOn, on) ? [says.lack('OPERATING_PLAN_TOO_EARLY', { year: of, on, occurredOn })] : [];
};
const anotherYear = (plans: OperatingPlans, on: PartialDate): number => {
  const from = Number(on.slice(0, 4));
  return Object.keys(plans).reduce((year) => (plans[year] ? year + 1 : year), from);
};
const counted = <M extends string>(measure: M, of: number): Fact<M> => ({
  measure,
  subject: `operating plan ${of}`,
  quantity: 1,
  by: { year: String(of) },
});
const whichAre = (plans: OperatingPlans, ...are: readonly OperatingPlan['is'][]) =>
  Object.entries(plans).flatMap(([of, { is }]) => (are.includes(is) ? [{ known: { year: Number(of) } }] : []));

/**
 * The annual operating plan (POA), which the Presidency and the Technical Unit propose and the Intergovernmental Committee approves. One
 * whose proposal nobody recorded may have been approved all the same.
 */
export const operatingPlans = part<OperatingPlanEvents, OperatingPlans>()({
  says,
  commands: {
    ProposeOperatingPlan: command(ProposeOperatingPlan, officers, ['OperatingPlanProposed']),
    ReturnOperatingPlan: command(ReturnOperatingPlan, officers, ['OperatingPlanReturned']),
    ApproveOperatingPlan: command(ApproveOperatingPlan, officers, ['OperatingPlanApproved']),
  },
  initial: {},
  offers: {
    ProposeOperatingPlan: (plans, _, __, on) => [{ such: { year: anotherYear(plans, on) } }, ...whichAre(plans, 'returned')],
    ReturnOperatingPlan: (plans) => whichAre(plans, 'proposed'),
    ApproveOperatingPlan: (plans, _, __, on) => [{ such: { year: anotherYear(plans, on) } }, ...whichAre(plans, 'proposed')],
  },

  decide: {
    ProposeOperatingPlan: ({ year, by, document }, plans, { occurredOn: on }) => {
      const data = { year, ...(by !== undefined && { by }), ...(document && { document }) };
      return isDeepStrictEqual(plans[year]?.proposals.at(-1), { on, data }) ? [] : [{ type: 'OperatingPlanProposed', data }];
    },
    ReturnOperatingPlan: ({ year, reason }, plans, { occurredOn: on }) => {
      const now = plans[year];
      if (now?.is === 'returned' && isDeepStrictEqual(now.returns.at(-1), { on, reason })) return [];
      return [{ type: 'OperatingPlanReturned', data: { year, reason } }];
    },
    ApproveOperatingPlan: ({ year, document }, plans, { occurredOn: on }) => {
      const data = { year, ...(document && { document }) };
      return isDeepStrictEqual(plans[year]?.approved, { on, data }) ? [] : [{ type: 'OperatingPlanApproved', data }];
    },
  },

  requires: {
    OperatingPlanProposed: (plans, { year }) => {
      const is = plans[year]?.is;
      if (is === 'approved') return [says.lack('OPERATING_PLAN_APPROVED', { year })];
      return is === 'proposed' ? [says.lack('OPERATING_PLAN_PROPOSED', { year })] : [];
    },
    OperatingPlanReturned: (plans, { year }, { occurredOn }) => {
      const now = plans[year];
      if (now?.is === 'approved') return [says.lack('OPERATING_PLAN_APPROVED', { year })];
      return now?.is === 'proposed' ? tooEarly(now, year, occurredOn) : [says.lack('OPERATING_PLAN_NOT_PROPOSED', { year })];
    },
    OperatingPlanApproved: (plans, { year }, { occurredOn }) => {
      const now = plans[year];
      if (now?.is === 'approved') return [says.lack('OPERATING_PLAN_APPROVED', { year })];
      if (now?.is === 'returned') return [says.lack('OPERATING_PLAN_RETURNED', { year })];
      return tooEarly(now, year, occurredOn);
    },
  },

  evolve: {
    OperatingPlanProposed: (plans, data, { occurredOn: on }) =>
      change(plans, data.year, (now) => ({ ...now, is: 'proposed', proposals: [...now.proposals, { on, data }] })),
    OperatingPlanReturned: (plans, { year, reason }, { occurredOn: on }) =>
      change(plans, year, (now) => ({ ...now, is: 'returned', returns: [...now.returns, { on, reason }] })),
    OperatingPlanApproved: (plans, data, { occurredOn: on }) =>
      change(plans, data.year, (now) => ({ ...now, is: 'approved', approved: { on, data } })),
  },

  measures: {
    'operating-plans-proposed': { counts: 'proposals of annual operating plans', by: ['year'] },
    'operating-plans-returned': { counts: 'returns of annual operating plans', by: ['year'] },
    'operating-plans-approved': { counts: 'annual operating plans approved', by: ['year'] },
  },
  facts: {
    OperatingPlanProposed: ({ year }) => [counted('operating-plans-proposed', year)],
    OperatingPlanReturned: ({ year }) => [counted('operating-plans-returned', year)],
    OperatingPlanApproved: ({ year }) => [counted('operating-plans-approved', year)],
  },
});
