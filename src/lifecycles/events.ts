import type { CorrectionEvents } from '../kernel/corrections';
import type { ActorEvents } from '../parts/actors';
import type { ThemeEvents } from '../parts/agreed-themes';
import type { AgreementEvents } from '../parts/agreements-forms';
import type { ApplicationEvents } from '../parts/application-course-state';
import type { AssessmentEvents } from '../parts/assessment';
import type { BudgetEvents } from '../parts/budget';
import type { CallEvents } from '../parts/call-course';
import type { ClaimEvents } from '../parts/claim-course';
import type { CourseEvents } from '../parts/course';
import type { CriteriaEvents } from '../parts/criteria';
import type { DeadlineEvents } from '../parts/deadline-course';
import type { EligibilityEvents } from '../parts/eligibility';
import type { EvaluationEvents } from '../parts/evaluation';
import type { FindingEvents } from '../parts/evaluation-findings';
import type { DelegationEvents } from '../parts/delegations';
import type { FocalPointEvents } from '../parts/focal-points';
import type { IndicatorEvents } from '../parts/indicator';
import type { ManagementResponseEvents } from '../parts/management-responses';
import type { MissionEvents } from '../parts/missions';
import type { NetworkEvents } from '../parts/networks';
import type { PacciEvents } from '../parts/pacci-course';
import type { PartyEvents } from '../parts/party-identity';
import type { PlaceEvents } from '../parts/pairing-places';
import type { MergingEvents } from '../parts/party-merging';
import type { PilotEvents } from '../parts/pilots';
import type { PipaBodyEvents } from '../parts/pipa-bodies';
import type { PipaChangeEvents } from '../parts/pipa-changes';
import type { ContributionEvents } from '../parts/pipa-contributions';
import type { PipaCourseEvents } from '../parts/pipa-course-forms';
import type { OperatingPlanEvents } from '../parts/pipa-operating-plans';
import type { AnnualReportEvents } from '../parts/pipa-reports';
import type { PlanEvents } from '../parts/plan';
import type { ProgrammeEvents } from '../parts/programme-course';
import type { ProvenanceEvents } from '../parts/provenance';
import type { ResponsibilityEvents } from '../parts/responsibility';
import type { AssessorEvents } from '../parts/responsibility-assessors';
import type { ResultEvents } from '../parts/result-values';
import type { FrameworkEvents } from '../parts/results-framework-forms';
import type { RuleSetEvents } from '../parts/rule-set-versions';
import type { SubscriptionEvents } from '../parts/subscription-course-forms';
import type { SupportEvents } from '../parts/support';

/** Every event there is, by its stored type: the source of the JSON Schemas, and of the sentences each must have. */
export interface ProductEvents
  extends
    CorrectionEvents,
    RuleSetEvents,
    PartyEvents,
    MergingEvents,
    ProgrammeEvents,
    ResponsibilityEvents,
    CallEvents,
    AssessorEvents,
    ApplicationEvents,
    EligibilityEvents,
    AssessmentEvents,
    CriteriaEvents,
    PlaceEvents,
    CourseEvents,
    SupportEvents,
    FocalPointEvents,
    ThemeEvents,
    ActorEvents,
    MissionEvents,
    DelegationEvents,
    PlanEvents,
    PilotEvents,
    BudgetEvents,
    AgreementEvents,
    NetworkEvents,
    ProvenanceEvents,
    IndicatorEvents,
    ClaimEvents,
    PipaCourseEvents,
    PipaChangeEvents,
    PipaBodyEvents,
    OperatingPlanEvents,
    AnnualReportEvents,
    ContributionEvents,
    PacciEvents,
    FrameworkEvents,
    ResultEvents,
    EvaluationEvents,
    FindingEvents,
    ManagementResponseEvents,
    DeadlineEvents,
    SubscriptionEvents {}
export type EventType = keyof ProductEvents;
