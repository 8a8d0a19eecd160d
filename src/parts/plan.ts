import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import canonicalize from 'canonicalize';
import { Count, DocumentRef, Items, officers, OneOf, ProtectedText, Slug } from '../kernel/fields';
import type { StoredDocument, TextRef, Whole } from '../kernel/fields';
import { command, deadline, part } from '../kernel/part';
import { addDays, certainlyBefore, lastDay, later, type PartialDate } from '../kernel/partial-date';
import { vocabulary } from '../kernel/refusal';
import { themes } from './themes-of-c1';

/** One action of the plan, which pilot projects implement. */
export interface PlannedAction {
  action: string;
  title: TextRef;
  theme: string;
}

/** Stored for ever: add optional fields freely; never rename, remove or change a meaning. */
export interface PlanEvents {
  PlanDrafted: { version: Whole; actions: PlannedAction[] };
  PlanSubmitted: { version: Whole; approvalBy: string[] };
  PlanReturned: { version: Whole; by: string; reason: TextRef };
  /** `digest`: SHA-256 of the version's content as canonical JSON, so that what was approved cannot change behind the approval. */
  PlanApproved: { version: Whole; side: string; digest: string };
  PlanAmended: { version: Whole; actions: PlannedAction[]; reason: TextRef };
  PlanDocumentAttached: { version: Whole; document: StoredDocument };
}

export class ActionForm {
  @Slug('The action') action!: string;
  @ProtectedText('Its title', { max: 300 }) title!: TextRef;
  @OneOf('The theme it serves', themes) theme!: string;
}
export class DraftPlan {
  @Count('Version of the plan', { min: 1, max: 1000 }) version!: number;
  @Items(ActionForm, 'The actions', { min: 1 }) actions!: ActionForm[];
}
export class SubmitPlan {
  @Count('Version of the plan', { min: 1, max: 1000 }) version!: number;
}
export class ReturnPlan {
  @Count('Version of the plan', { min: 1, max: 1000 }) version!: number;
  @OneOf('Who returns it', ['european', 'latin-american', 'programme']) by!: string;
  @ProtectedText('What has to change') reason!: TextRef;
}
export class ApprovePlan {
  @Count('Version of the plan', { min: 1, max: 1000 }) version!: number;
  @OneOf('The side that approves', ['european', 'latin-american']) side!: string;
}
export class AmendPlan {
  @Count('The new version', { min: 2, max: 1000 }) version!: number;
  @Items(ActionForm, 'The actions of the new version, all of them', { min: 1 }) actions!: ActionForm[];
  @ProtectedText('Why') reason!: TextRef;
}
export class AttachPlanDocument {
  @Count('The approved version that it is the document of', { min: 1, max: 1000 }) version!: number;
  @DocumentRef('The document as it was approved') document!: StoredDocument;
}

export interface PlanVersion {
  readonly is: 'draft' | 'submitted' | 'returned' | 'approved';
  readonly actions: readonly PlannedAction[];
  readonly approvalBy: readonly string[];
  readonly approvedBy: readonly string[];
  readonly returned?: { readonly by: string; readonly reason: TextRef };
  /** Each time it was returned, and when it was submitted again. */
  readonly returns?: readonly { readonly on: PartialDate; readonly resubmittedOn?: PartialDate }[];
  readonly submittedOn?: string;
  /** When the latest of its approvals was given, in whatever order they were recorded. */
  readonly lastApprovalOn?: string | undefined;
  readonly approvedOn?: string;
  /** Why the version before it was amended. */
  readonly because?: TextRef;
  /** What was approved, as it was written: one in each language. */
  readonly documents?: readonly StoredDocument[];
}
export interface Plan {
  /** The latest version, 0 before the first draft. */
  readonly current: number;
  readonly versions: Readonly<Record<number, PlanVersion>>;
}
interface Needs {
  /** Which sides must approve. */
  readonly sides: readonly string[];
  /** Whether nothing more will come of it. */
  readonly ended: boolean;
}

const says = vocabulary({
  PLAN_VERSION_UNEXPECTED: 'The next draft is version {next}',
  PLAN_NOT_A_DRAFT:
    'Version {version} of the plan is {is, select, none {not drafted} draft {a draft} submitted {submitted} returned {returned} other {approved}}, and only a draft is submitted',
  PLAN_NOT_SUBMITTED: 'Version {version} of the plan is not submitted',
  PLAN_NOT_OPEN: 'Version {version} of the plan is {is}: it can no longer be drafted anew, but an approved one can be amended',
  PLAN_NOT_APPROVED: 'Version {version} of the plan is not approved, so there is nothing to amend',
  PLAN_DOCUMENT_TOO_EARLY:
    'Version {version} was approved on {approvedOn}: no document of it as approved can have been attached on {occurredOn}',
  PLAN_VERSION_NOT_APPROVED: 'Version {version} of the plan is not approved, and only an approved version has a document',
  PLAN_DOCUMENT_STANDS:
    'Version {version} has a document {language, select, none {whose language nobody said} other {in {language}}} already: correct that fact to replace it',
  PLAN_ALREADY_APPROVED: 'The {side} side has approved version {version} already',
  PLAN_APPROVED_OTHERWISE: 'Version {version} is no longer what the {side} side approved',
  PLAN_APPROVED_TOO_EARLY: 'Version {version} was submitted on {submittedOn}: the {side} side cannot have approved it on {occurredOn}',
  SIDE_NOT_ASKED: 'The {side} side is not among those who approve the plan',
  NOT_A_SIDE: '{side} is not a side of this pairing',
  ACTION_TWICE: 'Action {action} occurs twice in the plan',
});

/** Own rule, since the guidelines name no term: what was returned is submitted again within thirty days. */
const daysToResubmit = 30;

const none: PlanVersion = { is: 'draft', actions: [], approvalBy: [], approvedBy: [] };
const contentDigest = ({ actions }: PlanVersion) => createHash('sha256').update(canonicalize(actions)!).digest('hex');
const listed = (actions: readonly ActionForm[]): PlannedAction[] => actions.map(({ action, title, theme }) => ({ action, title, theme }));
const change = (plan: Plan, version: number, to: (now: PlanVersion) => PlanVersion): Plan => ({
  current: Math.max(plan.current, version),
  versions: { ...plan.versions, [version]: to(plan.versions[version] ?? none) },
});
const latest = ({ current }: Plan) => [{ known: { version: current } }];
const once = ({ actions }: { actions: readonly PlannedAction[] }) => {
  const twice = actions.find(({ action }, i) => actions.findIndex((other) => other.action === action) !== i);
  return twice ? [says.lack('ACTION_TWICE', { action: twice.action })] : [];
};
const submitted = ({ versions }: Plan, { version }: { version: number }) =>
  versions[version]?.is === 'submitted' ? [] : [says.lack('PLAN_NOT_SUBMITTED', { version })];

/** The Urban Cooperation Action Plan (earlier: Local Action Plan): drafted, submitted, returned, approved by every side, amended. An approved version never changes. */
export const plan = part<PlanEvents, Plan, Needs>()({
  says,
  commands: {
    DraftPlan: command(DraftPlan, officers, ['PlanDrafted']),
    SubmitPlan: command(SubmitPlan, officers, ['PlanSubmitted']),
    ReturnPlan: command(ReturnPlan, officers, ['PlanReturned']),
    ApprovePlan: command(ApprovePlan, officers, ['PlanApproved']),
    AmendPlan: command(AmendPlan, officers, ['PlanAmended']),
    AttachPlanDocument: command(AttachPlanDocument, officers, ['PlanDocumentAttached']),
  },
  initial: { current: 0, versions: {} },
  offers: {
    DraftPlan: ({ current }) => [{ known: { version: Math.max(1, current) } }],
    SubmitPlan: latest,
    ReturnPlan: latest,
    ApprovePlan: ({ current, versions: { [current]: now = none } }) =>
      now.approvalBy.filter((side) => !now.approvedBy.includes(side)).map((side) => ({ known: { version: current, side } })),
    AmendPlan: ({ current }) => [{ known: { version: current + 1 } }],
    AttachPlanDocument: ({ versions }) => Object.keys(versions).map((version) => ({ known: { version: Number(version) } })),
  },

  decide: {
    DraftPlan: ({ version, actions }, { versions }) => {
      const now = versions[version];
      if (now?.is === 'draft' && isDeepStrictEqual(now.actions, listed(actions))) return [];
      return [{ type: 'PlanDrafted', data: { version, actions: listed(actions) } }];
    },
    SubmitPlan: ({ version }, { versions }, _, { sides }) =>
      versions[version]?.is === 'submitted' ? [] : [{ type: 'PlanSubmitted', data: { version, approvalBy: [...sides] } }],
    ReturnPlan: ({ version, by, reason }, { versions }) => {
      const now = versions[version];
      if (now?.is === 'returned' && isDeepStrictEqual(now.returned, { by, reason })) return [];
      return [{ type: 'PlanReturned', data: { version, by, reason } }];
    },
    ApprovePlan: ({ version, side }, { versions }) => {
      const now = versions[version] ?? none;
      return now.approvedBy.includes(side) ? [] : [{ type: 'PlanApproved', data: { version, side, digest: contentDigest(now) } }];
    },
    AmendPlan: ({ version, actions, reason }, { versions, current }) => {
      const now = versions[version];
      if (
        version === current &&
        now?.is === 'draft' &&
        isDeepStrictEqual(now.actions, listed(actions)) &&
        isDeepStrictEqual(now.because, reason)
      )
        return [];
      return [{ type: 'PlanAmended', data: { version, actions: listed(actions), reason } }];
    },
    AttachPlanDocument: ({ version, document }, { versions }) =>
      versions[version]?.documents?.some((each) => isDeepStrictEqual(each, document))
        ? []
        : [{ type: 'PlanDocumentAttached', data: { version, document } }],
  },

  requires: {
    PlanDrafted: ({ current, versions }, data) => {
      const now = versions[data.version];
      if (now && now.is !== 'draft' && now.is !== 'returned') return [says.lack('PLAN_NOT_OPEN', { version: data.version, is: now.is })];
      // A version beyond the first comes from an amendment.
      return now || (current === 0 && data.version === 1)
        ? once(data)
        : [says.lack('PLAN_VERSION_UNEXPECTED', { next: Math.max(1, current) })];
    },
    PlanSubmitted: ({ versions }, { version, approvalBy }, _, { sides }) => {
      const is = versions[version]?.is;
      if (is !== 'draft') return [says.lack('PLAN_NOT_A_DRAFT', { version, is: is ?? 'none' })];
      return sides.filter((side) => !approvalBy.includes(side)).map((side) => says.lack('SIDE_NOT_ASKED', { side }));
    },
    PlanReturned: submitted,
    PlanApproved: (plan, { version, side, digest }, { occurredOn }, { sides }) => {
      const now = plan.versions[version] ?? none;
      if (!sides.includes(side)) return [says.lack('NOT_A_SIDE', { side })];
      if (now.approvedBy.includes(side)) return [says.lack('PLAN_ALREADY_APPROVED', { side, version })];
      const { submittedOn } = now;
      return [
        ...submitted(plan, { version }),
        ...(submittedOn !== undefined && certainlyBefore(occurredOn, submittedOn)
          ? [says.lack('PLAN_APPROVED_TOO_EARLY', { version, submittedOn, side, occurredOn })]
          : []),
        ...(digest === contentDigest(now) ? [] : [says.lack('PLAN_APPROVED_OTHERWISE', { version, side })]),
      ];
    },
    PlanAmended: ({ current, versions }, data) => {
      if (data.version !== current + 1) return [says.lack('PLAN_VERSION_UNEXPECTED', { next: current + 1 })];
      return [...(versions[current]?.is === 'approved' ? [] : [says.lack('PLAN_NOT_APPROVED', { version: current })]), ...once(data)];
    },
    PlanDocumentAttached: ({ versions }, { version, document: { digest, language } }, { occurredOn }) => {
      const { is, approvedOn, documents = [] } = versions[version] ?? none;
      if (is !== 'approved' || approvedOn === undefined) return [says.lack('PLAN_VERSION_NOT_APPROVED', { version })];
      const standing = documents.find((each) => each.language === language || each.digest === digest);
      return [
        ...(certainlyBefore(occurredOn, approvedOn) ? [says.lack('PLAN_DOCUMENT_TOO_EARLY', { version, approvedOn, occurredOn })] : []),
        ...(standing ? [says.lack('PLAN_DOCUMENT_STANDS', { version, language: standing.language ?? 'none' })] : []),
      ];
    },
  },

  evolve: {
    PlanDrafted: (plan, { version, actions }) =>
      change(plan, version, ({ because, returns }) => ({ ...none, actions, ...(because && { because }), ...(returns && { returns }) })),
    PlanSubmitted: (plan, { version, approvalBy }, { occurredOn: submittedOn }) =>
      change(plan, version, (now) => ({
        ...{ ...now, lastApprovalOn: undefined, is: 'submitted', approvalBy, approvedBy: [], submittedOn },
        ...(now.returns && {
          returns: now.returns.map(({ on, resubmittedOn = submittedOn }) => ({ on, resubmittedOn })),
        }),
      })),
    PlanReturned: (plan, { version, by, reason }, { occurredOn: on }) =>
      change(plan, version, (now) => ({
        ...{ ...now, lastApprovalOn: undefined, is: 'returned', approvedBy: [], returned: { by, reason } },
        returns: [...(now.returns ?? []), { on }],
      })),
    PlanApproved: (plan, { version, side }, { occurredOn }) =>
      change(plan, version, (now) => {
        const approvedBy = [...now.approvedBy, side];
        const lastApprovalOn = now.lastApprovalOn === undefined ? occurredOn : later(now.lastApprovalOn, occurredOn);
        return now.approvalBy.every((each) => approvedBy.includes(each))
          ? { ...now, is: 'approved', approvedBy, lastApprovalOn, approvedOn: lastApprovalOn }
          : { ...now, approvedBy, lastApprovalOn };
      }),
    PlanAmended: (plan, { version, actions, reason }) => change(plan, version, () => ({ ...none, actions, because: reason })),
    PlanDocumentAttached: (plan, { version, document }) =>
      change(plan, version, (now) => ({ ...now, documents: [...(now.documents ?? []), document] })),
  },

  measures: {
    'ucaps-approved': { counts: 'versions of UCAPs approved by every side; their plan is the subject' },
  },
  facts: {
    PlanApproved: ({ version }, after, before) => {
      const approvedOn = after.versions[version]?.approvedOn;
      return approvedOn !== undefined && before.versions[version]?.approvedOn === undefined
        ? [{ measure: 'ucaps-approved', subject: 'plan', quantity: 1, on: approvedOn }]
        : [];
    },
  },

  deadlines: ({ versions }, { ended }) =>
    Object.entries(versions).flatMap(([version, { returns = [] }]) =>
      returns.flatMap(({ on, resubmittedOn }, i) => {
        if (ended && resubmittedOn === undefined) return [];
        const before = returns.slice(0, i).filter((each) => each.on === on).length;
        const about = `${version} ${on}${before === 0 ? '' : `.${before + 1}`}`;
        return [deadline('plan-resubmission', about, addDays(lastDay(on), daysToResubmit), resubmittedOn)];
      }),
    ),
});

/** Every version that was approved, with when. */
export const approvedVersions = ({ versions }: Plan): readonly (PlanVersion & { readonly approvedOn: string })[] =>
  Object.values(versions).flatMap((version) => {
    const { is, approvedOn } = version;
    return is === 'approved' && approvedOn !== undefined ? [{ ...version, approvedOn }] : [];
  });
/** The actions of every version that was approved. */
export const approvedActions = (plan: Plan): ReadonlySet<string> =>
  new Set(approvedVersions(plan).flatMap(({ actions }) => actions.map(({ action }) => action)));
