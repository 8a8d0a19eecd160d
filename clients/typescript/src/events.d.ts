// Written by `npm run contracts`; do not edit.

export type AgreementKind = ("opening" | "cooperation");

export type Area = ("culture" | "knowledge" | "social-cohesion" | "cross-cutting");

export interface AskedQuestion {
  readonly question: string;
  readonly criterion: EvaluationCriterion;
  readonly asks: TextRef;
}

export type Beginning = ("beginning" | "now");

export type BodyName = ("presidency" | "technical-unit" | "intergovernmental-committee" | "country-representative");

/** A figure as it was read: by these questions asked again it is the same. No event holds a position, so `knownAt` is an instant, which resolves to one. */
export interface CitedFigure {
  readonly indicator: string;
  readonly version: number;
  readonly asOf: string;
  readonly knownAt: string;
  readonly where: readonly Condition[];
  /** The dimension by which it was read, where it was. */
  readonly by?: string;
  /** Left out where there was none. */
  readonly value?: number;
}

export type Comparator = ("=" | ">" | ">=" | "<" | "<=" | "about");

export type Component = ("C1" | "C2" | "C3");

/** Facts of one value of a dimension only. */
export interface Condition {
  readonly dimension: string;
  readonly is: string;
}

/** How a figure is counted. */
export type Counting = (PlainCounting | {
  readonly aggregation: "ratio";
  readonly numerator: PlainCounting;
  readonly denominator: PlainCounting;
} | {
  readonly measure: string;
  readonly where?: { readonly [name: string]: string };
  readonly aggregation: "duration";
  readonly percentile: number;
  readonly until: Selected;
} | {
  readonly measure: string;
  readonly where?: { readonly [name: string]: string };
  readonly aggregation: "elapsed";
  readonly percentile: number;
  readonly until: Selected;
});

/** What applications are scored on: its weight in whole percent, and the lowest and highest score. */
export interface Criterion {
  readonly criterion: string;
  readonly weight: number;
  readonly lowest: number;
  readonly highest: number;
}

/** Somebody who travels, or sits at a screen; `funded`: on a seat that the programme pays. */
export interface Delegate {
  readonly sector: Sector;
  readonly gender: ("woman" | "man" | "other" | "not-said");
  readonly funded: boolean;
  readonly person?: string;
}

export type Delivery = ("pull" | "webhook");

export type Direction = ("rising" | "falling");

export type Disabling = ("failing" | "gone");

/** What a rule answers (unknown: what it asks about was never recorded), with the code of its reason and what fills the sentence of that code. */
export type EligibilityAnswer = ({
  /** Inhabitants asked for. */
  readonly required: number;
  readonly population: number;
  /** The year they were counted in, the earliest of several counts. */
  readonly year: number;
  /** The smallest municipality, where each is judged on its own. */
  readonly city?: string;
  readonly outcome: "passed";
  readonly reason: "POPULATION_REACHED";
  readonly rule: "population";
} | {
  /** Inhabitants asked for. */
  readonly required: number;
  readonly population: number;
  /** The year they were counted in, the earliest of several counts. */
  readonly year: number;
  /** The smallest municipality, where each is judged on its own. */
  readonly city?: string;
  readonly outcome: "failed";
  readonly reason: "POPULATION_TOO_SMALL";
  readonly rule: "population";
} | {
  readonly required: number;
  /** Municipalities whose population is not recorded. */
  readonly uncounted?: readonly string[];
  readonly outcome: "unknown";
  readonly reason: "POPULATION_NOT_RECORDED";
  readonly rule: "population";
} | {
  readonly outcome: "passed";
  readonly reason: "POPULATION_NOT_ASKED";
  readonly kind: string;
  readonly rule: "population";
} | {
  readonly outcome: "passed";
  readonly reason: "KIND_MAY_APPLY";
  readonly rule: "kind";
  readonly kind: string;
} | {
  readonly outcome: "failed";
  readonly reason: "KIND_EXCLUDED";
  readonly rule: "kind";
  readonly kind: string;
} | {
  readonly outcome: "passed";
  readonly reason: "COUNTRIES_OF_THE_SIDE";
  readonly countries: readonly string[];
  readonly rule: "countries";
} | {
  readonly outcome: "failed";
  readonly reason: "COUNTRIES_OUTSIDE";
  readonly countries: readonly string[];
  readonly rule: "countries";
} | {
  readonly outcome: "unknown";
  readonly reason: ("COUNTRIES_NOT_RECORDED" | "COUNTRIES_NOT_RULED");
  readonly rule: "countries";
});

export type EligibilityRule = ("population" | "kind" | "countries");

export type EvaluationCriterion = ("relevance" | "coherence" | "effectiveness" | "efficiency" | "impact" | "sustainability");

export type Kind = ("programme" | "initiative" | "affiliated-project");

export interface Line {
  readonly line: string;
  readonly title: Worded;
}

/** One side of a pairing: one or more parties, each with the application it was selected by. */
export interface PairedSide {
  readonly side: Side;
  readonly members: readonly {
    readonly party: string;
    readonly application: string;
  }[];
}

export interface PartOfValue {
  readonly dimension: string;
  readonly is: string;
  readonly value: number;
}

/** `target`: what is to be reached by the end of the period. A milestone is the target of a period before the last. */
export interface PeriodTarget {
  readonly period: string;
  readonly from: string;
  readonly to: string;
  readonly target: number;
}

/** How many of something there are. Stored for ever: never change what an aggregation means, add another. */
export type PlainCounting = ({
  readonly measure: string;
  readonly where?: { readonly [name: string]: string };
  readonly aggregation: "sum";
} | {
  readonly measure: string;
  readonly where?: { readonly [name: string]: string };
  readonly aggregation: "stock";
} | {
  readonly measure: string;
  readonly where?: { readonly [name: string]: string };
  readonly aggregation: "distinct";
  readonly of: Things;
} | {
  readonly measure: string;
  readonly where?: { readonly [name: string]: string };
  readonly aggregation: "without";
  readonly of: ("subject" | "stream");
  readonly less: Selected;
} | {
  readonly measure: string;
  readonly where?: { readonly [name: string]: string };
  readonly aggregation: "joined";
  readonly through: {
    readonly of: ("subject" | {
      readonly dimension: string;
    });
    readonly measure: string;
    readonly where?: { readonly [name: string]: string };
  };
});

/** One action of the plan, which pilot projects implement. */
export interface PlannedAction {
  readonly action: string;
  readonly title: TextRef;
  readonly theme: string;
}

export interface PromisedAction {
  readonly action: string;
  readonly says: TextRef;
  readonly deadline: string;
}

export type ResultLevel = ("output" | "outcome" | "impact");

export type Sector = ("private" | "academia" | "civil-society" | "public");

/** Facts of one measure, of those only that have these dimensions. */
export interface Selected {
  readonly measure: string;
  readonly where?: { readonly [name: string]: string };
}

export type Side = ("european" | "latin-american");

/** A party signs through somebody who may sign for it. */
export interface Signatory {
  readonly party: string;
  readonly person?: string;
}

export type Signature = ("hmac" | "ed25519");

/** What an event says of a document, as it was described when the event was recorded; its bytes are kept by their digest. */
export interface StoredDocument {
  /** SHA-256 of the bytes. */
  readonly digest: string;
  readonly mediaType: string;
  /** ISO 639-1; absent where nobody said. */
  readonly language?: string;
  /** Bytes. */
  readonly size: number;
}

/** A reference that an event holds in place of words: the protected text's random id and salted digest. */
export interface TextRef {
  readonly text: string;
  readonly digest: string;
}

/** What is told apart: subjects, streams, or values of a dimension. */
export type Things = ("subject" | "stream" | {
  readonly dimension: string;
});

/** Words that everybody may read, in the three languages of the product. */
export interface Worded {
  readonly en: string;
  readonly es: string;
  readonly pt: string;
}

/** Agreement {agreement} amended ({amendment}): {subject}. */
export interface AgreementAmended {
  readonly agreement: string;
  readonly amendment: string;
  readonly subject: TextRef;
}

/** Agreement {agreement} concluded. */
export interface AgreementConcluded {
  readonly agreement: string;
}

/** Signed copy in {language} of agreement {agreement} attached. */
export interface AgreementCopyAttached {
  readonly agreement: string;
  readonly language: string;
  readonly document: StoredDocument;
}

/** {kind} {agreement} drafted in {languages}, to be signed by {signatories.party}, valid until {validUntil}. `validUntil`: its last day, left out where it has no end. */
export interface AgreementDrafted {
  readonly agreement: string;
  readonly kind: AgreementKind;
  readonly signatories: readonly Signatory[];
  readonly languages: readonly string[];
  readonly validUntil?: string;
}

/** Agreement {agreement} expired. */
export interface AgreementExpired {
  readonly agreement: string;
}

/** Agreement {agreement} renewed until {validUntil}. */
export interface AgreementRenewed {
  readonly agreement: string;
  readonly validUntil: string;
}

/** {party} signs the copy in {language} of agreement {agreement}. */
export interface AgreementSigned {
  readonly agreement: string;
  readonly party: string;
  readonly language: string;
  readonly person?: string;
}

/** Agreement {agreement} terminated: {reason}. */
export interface AgreementTerminated {
  readonly agreement: string;
  readonly reason: TextRef;
}

/** Annual report of {year} due by {dueOn}. `dueOn`: its last day. */
export interface AnnualReportDeadlineSet {
  readonly year: number;
  readonly dueOn: string;
}

/** Annual report of {year} filed. */
export interface AnnualReportFiled {
  readonly year: number;
  readonly document?: StoredDocument;
}

/** Assessed by version {criteriaVersion} of the criteria: {marks}. {comment}. */
export interface ApplicationAssessed {
  readonly assessor: string;
  readonly criteriaVersion: number;
  /** The criteria of the call as they were then, so that the score follows from this event alone. */
  readonly criteria: readonly {
    readonly criterion: string;
    readonly weight: number;
    readonly lowest: number;
    readonly highest: number;
  }[];
  readonly scores: readonly {
    readonly criterion: string;
    readonly score: number;
  }[];
  readonly comment: TextRef;
}

/** Decision revoked by {decidedBy}: {reason}. */
export interface ApplicationDecisionRevoked {
  readonly decidedBy: string;
  readonly reason: TextRef;
}

/** Application free again: it no longer serves {pairing}. */
export interface ApplicationFreed {
  readonly pairing: string;
}

/** Application paired in {pairing}. */
export interface ApplicationPaired {
  readonly pairing: string;
}

/** Put on the reserve list by {decidedBy}: {reason}. */
export interface ApplicationPutOnReserveList {
  readonly decidedBy: string;
  readonly reason: TextRef;
}

/** Rejected by {decidedBy}: {reason}. */
export interface ApplicationRejected {
  readonly decidedBy: string;
  readonly reason: TextRef;
}

/** Selected by {decidedBy} for {pairings} pairings: {reason}. */
export interface ApplicationSelected {
  /** How many pairings it may serve (1 where it is left out). */
  readonly pairings?: number;
  readonly decidedBy: string;
  readonly reason: TextRef;
}

/** {party} applies for {side} to call {call}, on {themes}. */
export interface ApplicationSubmitted {
  readonly call: string;
  readonly party: string;
  readonly side: ("european" | "latin-american");
  readonly themes: readonly string[];
  readonly evidence: readonly {
    readonly kind: ("key-actors-mobilised" | "other-programmes" | "urban-strategy" | "staff-committed");
    readonly note: TextRef;
  }[];
  /** What it is judged by, as the call stood when it was recorded. */
  readonly component: string;
  readonly rules: string;
  readonly callOpenedOn: string;
  readonly deadlineDay: string;
}

/** Application withdrawn: {reason}. */
export interface ApplicationWithdrawn {
  readonly reason: TextRef;
}

/** Assessor {assessor} of {party} assigned. */
export interface AssessorAssigned {
  readonly assessor: string;
  readonly party?: string;
}

/** Assessor {assessor} released. */
export interface AssessorReleased {
  readonly assessor: string;
}

/** Designated to {body}, {country}, {organisation}, {party}. */
export interface BodyHolderDesignated {
  readonly country?: string;
  readonly organisation?: string;
  readonly party?: string;
  readonly person?: string;
  readonly body: BodyName;
}

/** In place of another, designated to {body}, {country}, {organisation}, {party}. */
export interface BodyHolderReplaced {
  readonly country?: string;
  readonly organisation?: string;
  readonly party?: string;
  readonly person?: string;
  readonly body: BodyName;
}

/** A term ended, with nobody following yet: {body}, {country}. {reason}. `country`: whose seat it is, of a body in which each country has one. */
export interface BodyTermEnded {
  readonly body: BodyName;
  readonly country?: string;
  readonly reason?: TextRef;
}

/** Allocated to the budget line {line}: {amountMinor} ({allocation}). */
export interface BudgetAllocated {
  readonly allocation: string;
  readonly line: string;
  readonly amountMinor: number;
  readonly currency: string;
}

/** {approvedBy} approves moving {amountMinor} from the budget line {from} to the new line / the line {to} ({reallocation}): {reason}. `newLine`: the line it goes to had nothing before. */
export interface BudgetReallocated {
  readonly reallocation: string;
  readonly from: string;
  readonly to: string;
  readonly newLine: boolean;
  readonly amountMinor: number;
  readonly currency: string;
  readonly approvedBy: string;
  readonly reason: TextRef;
}

/** Spent from the budget line {line}: {amountMinor} ({expense}), for mission {mission}, for pilot {pilot}. `mission`, `pilot`: what it was spent for. */
export interface BudgetSpent {
  readonly expense: string;
  readonly line: string;
  readonly amountMinor: number;
  readonly currency: string;
  readonly mission?: number;
  readonly pilot?: string;
}

/** Call cancelled: {reason}. */
export interface CallCancelled {
  readonly reason: TextRef;
}

/** Call closed. */
export type CallClosed = { readonly [name: string]: unknown };

/** Deadline extended to {deadline}: {reason}. */
export interface CallDeadlineExtended {
  readonly deadline: string;
  readonly reason: TextRef;
}

/** Call {round} of component {component} opened in programme {programme}: {title}, applications until {deadline} ({timeZone}). */
export interface CallOpened {
  readonly title: string;
  readonly component: Component;
  readonly round: number;
  readonly rules: string;
  /** Wall-clock time in `timeZone`. */
  readonly deadline: string;
  readonly timeZone: string;
  readonly themes?: readonly string[];
  readonly programme?: string;
}

/** Published: {about}, about / {comparator} {value}, on {asOf} ({source.document}, {source.date}). */
export interface ClaimPublished {
  readonly about: Worded;
  readonly value: number;
  readonly comparator: Comparator;
  readonly asOf?: string;
  readonly against: readonly string[];
  /** Of those facts only: a figure of one thing alone. */
  readonly where?: readonly Condition[];
  readonly figure?: string;
  readonly source: {
    readonly document: string;
    readonly date: string;
    readonly says: string;
    readonly page?: string;
  };
  readonly derived?: string;
  readonly notCountable?: string;
}

/** Claim withdrawn: {reason}. */
export interface ClaimWithdrawn {
  readonly reason: TextRef;
}

/** Conclusion {conclusion} drawn from {findings}: {says}. */
export interface ConclusionDrawn {
  readonly conclusion: string;
  readonly findings: readonly string[];
  readonly says: TextRef;
}

/** Conflict of interest declared by an assessor: {reason}. */
export interface ConflictOfInterestDeclared {
  readonly assessor: string;
  readonly reason: TextRef;
}

/** Contribution {contribution} for {year}, {country}, {organisation}: {amountMinor}. Of a country or else of an organisation; `year`: the one it is for. */
export interface ContributionRecorded {
  readonly contribution: string;
  readonly country?: string;
  readonly organisation?: string;
  readonly amountMinor: number;
  readonly currency: string;
  readonly year: number;
}

/** Country acceded: {country}. */
export interface CountryAcceded {
  readonly country: string;
}

/** Country invited: {country}. */
export interface CountryInvited {
  readonly country: string;
}

/** Named among the members: {country} ({source}). `source` names it among the members on the date of the event, without saying since when. */
export interface CountryListed {
  readonly country: string;
  readonly source: string;
}

/** No longer named among the members, so that it is taken to have withdrawn / Country withdrew: {country} ({source}). {reason}. `inferred`: nobody said so; a later list, the `source`, no longer names it. */
export interface CountryWithdrew {
  readonly country: string;
  readonly inferred: boolean;
  readonly source?: string;
  readonly reason?: TextRef;
}

/** Version {version} of the criteria set: {weights}. */
export interface CriteriaSet {
  readonly version: number;
  readonly criteria: readonly Criterion[];
}

/** Data set “{title}” declared, from {source}, in part illustrative: {note}. */
export interface DataSetDeclared {
  readonly title: string;
  readonly source: string;
  readonly illustrative: boolean;
  readonly measures: readonly string[];
  readonly note: TextRef;
}

/** Deadline of {on} lifted: {what} ({about}) of {of}. What it was for no longer has to be done. */
export interface DeadlineLifted {
  readonly of: string;
  readonly key: string;
  readonly what: string;
  readonly about?: string;
  readonly on: string;
}

/** Deadline of {on} met: {what} ({about}) of {of}. `of`: the stream whose deadline it is; `key`: names it there; `about`: which one, where there may be several; `on`: its day. */
export interface DeadlineMet {
  readonly of: string;
  readonly key: string;
  readonly what: string;
  readonly about?: string;
  readonly on: string;
}

/** Deadline of {on} missed: {what} ({about}) of {of}. `of`: the stream whose deadline it is; `key`: names it there; `about`: which one, where there may be several; `on`: its day. */
export interface DeadlineMissed {
  readonly of: string;
  readonly key: string;
  readonly what: string;
  readonly about?: string;
  readonly on: string;
}

/** Deadline set to {on}: {what} ({about}) of {of}. Also moved to another day, or back in force. */
export interface DeadlineSet {
  readonly of: string;
  readonly key: string;
  readonly what: string;
  readonly about?: string;
  readonly on: string;
}

/** Delegation of mission {mission} recorded: {members} members. */
export interface DelegationRecorded {
  readonly mission: number;
  readonly members: readonly Delegate[];
}

/** To be delivered again: {events} events: what was recorded since {since} and before {until}. Those `events`, or what was recorded from `since` on and before `until`; up to when this was recorded where that is left out. */
export interface DeliveriesReplayed {
  readonly events?: readonly string[];
  readonly since?: string;
  readonly until?: string;
}

/** Why the recount differs: {explanation}. */
export interface DifferenceExplained {
  readonly explanation: TextRef;
}

/** Eligibility checked: {answers.reason}. */
export interface EligibilityChecked {
  readonly answers: readonly EligibilityAnswer[];
}

/** {authority} waives the eligibility rule on {rule}: {reason}. */
export interface EligibilityRuleWaived {
  readonly rule: EligibilityRule;
  readonly authority: string;
  readonly reason: TextRef;
}

/** Endpoint changed to {endpoint}, which is yet to be verified. It has to be verified again. */
export interface EndpointChanged {
  readonly endpoint: TextRef;
}

/** Evaluation closed. */
export type EvaluationClosed = { readonly [name: string]: unknown };

/** Evaluation opened: {title}, of the time from {from} to {to}, with {questions} questions. `from`, `to`: the time that is evaluated. */
export interface EvaluationOpened {
  readonly title: string;
  readonly programme?: string;
  readonly pipa?: string;
  readonly pairings: readonly string[];
  readonly from: string;
  readonly to: string;
  readonly questions: readonly AskedQuestion[];
}

/** Exchange rate recorded: 1 {from} is {rate} {to} ({source}). One of `from` is `rate` of `to`, a decimal as text, on the day it is dated to and until the next. */
export interface ExchangeRateRecorded {
  readonly from: string;
  readonly to: string;
  readonly rate: string;
  readonly source: string;
}

/** {authority} corrects revision {revision}: “{fact}”, on {occurredOn}: {reason}. Gives a fact its complete new data and its date; always names the original. */
export interface FactCorrected {
  readonly revision: number;
  readonly type: string;
  readonly data: { readonly [name: string]: unknown };
  readonly occurredOn: string;
  readonly authority: string;
  readonly reason: TextRef;
}

/** What a timer recorded gives way to a late fact: / {authority} takes back the correction / the retraction / the waiver / what was recorded at revision {revision} (“{fact}”): {reason}. Takes back a fact, a waiver, or a correction. */
export interface FactRetracted {
  readonly revision: number;
  /** Type of the fact that is taken back or, for a correction taken back, of the fact it was about. */
  readonly type: string;
  readonly authority?: string;
  readonly reason?: TextRef;
  /** A timer recorded it, and what is recorded now precludes it: nobody's authority was asked. */
  readonly precluded?: true;
}

/** Finding {finding} on {answers}: {says}. `events`: those that it cites, as `stream@revision`. */
export interface FindingRecorded {
  readonly finding: string;
  readonly answers: readonly string[];
  readonly says: TextRef;
  readonly figures: readonly CitedFigure[];
  readonly events: readonly string[];
}

/** A focal point designated for {side}. */
export interface FocalPointDesignated {
  readonly side: string;
  readonly person: string;
}

/** The focal point for {side} replaced. */
export interface FocalPointReplaced {
  readonly side: string;
  readonly leaving: string;
  readonly person: string;
}

/** The focal point for {side} left, with nobody following yet. */
export interface FocalPointVacated {
  readonly side: string;
  readonly person: string;
}

/** Results framework opened: {name}, of the programme {programme}, of the PIPA {pipa}. Of a programme or of a PIPA: the one or the other. */
export interface FrameworkOpened {
  readonly name: string;
  readonly programme?: string;
  readonly pipa?: string;
}

/** {authority} waives the rule “{gate}” for revision {revision} / from now on / for the next fact: {reason}. A named authority lets facts stand though a gate is closed to them. */
export interface GateWaived {
  readonly gate: string;
  readonly scope: ("next-fact" | "rest" | "fact");
  /** The recorded fact, where the scope is `fact`. */
  readonly revision?: number;
  readonly authority: string;
  readonly reason: TextRef;
}

/** Version {version} of the indicator defined: {label} ({rule}). */
export interface IndicatorDefined {
  readonly version: number;
  readonly label: Worded;
  readonly unit: Worded;
  readonly level: ResultLevel;
  readonly counting: Counting;
  readonly rule: string;
  readonly source: string;
}

/** {actor} / {name} ({sector}) engaged on {side}. */
export interface KeyActorEngaged {
  readonly actor: string;
  readonly sector: Sector;
  readonly side: Side;
  readonly name?: TextRef;
}

/** {actor} released: {reason}. */
export interface KeyActorReleased {
  readonly actor: string;
  readonly reason?: TextRef;
}

/** Alert closed: {members} countries, with a minimum of {minimum}. `minimum`: left out where none is watched any more. */
export interface MinimumAlertClosed {
  readonly minimum?: number;
  readonly members: number;
}

/** Alert: {members} countries, fewer than the minimum of {minimum}. */
export interface MinimumAlertOpened {
  readonly minimum: number;
  readonly members: number;
}

/** Mission {mission} cancelled: {reason}. */
export interface MissionCancelled {
  readonly mission: number;
  readonly reason: TextRef;
}

/** Mission {mission} held ({mode}) online / in {place}, {period}, {delegates} delegates. */
export interface MissionHeld {
  readonly mission: number;
  readonly mode: ("in-person" | "virtual");
  readonly from: string;
  readonly to: string;
  readonly place: string;
  readonly delegates: number;
}

/** Mission {mission} made virtual: {reason}. */
export interface MissionMadeVirtual {
  readonly mission: number;
  readonly reason: TextRef;
}

/** Mission {mission} planned: {visitor} travels {period}. */
export interface MissionPlanned {
  readonly mission: number;
  readonly visitor: ("european" | "latin-american");
  readonly from: string;
  readonly to: string;
}

/** Report of mission {mission}: {outputs}. */
export interface MissionReported {
  readonly mission: number;
  readonly outputs: TextRef;
}

/** Mission {mission} rescheduled, {period}: {reason}. */
export interface MissionRescheduled {
  readonly mission: number;
  readonly from: string;
  readonly to: string;
  readonly reason?: TextRef;
}

/** Assigned to the thematic network {network}. */
export interface NetworkAssigned {
  readonly network: string;
}

/** The thematic network {network} left: {reason}. */
export interface NetworkLeft {
  readonly network: string;
  readonly reason?: TextRef;
}

/** Officer {officer} assigned. */
export interface OfficerAssigned {
  readonly officer: string;
}

/** Officer {officer} released. */
export interface OfficerReleased {
  readonly officer: string;
}

/** Annual operating plan for {year} approved by the Intergovernmental Committee. */
export interface OperatingPlanApproved {
  readonly year: number;
  readonly document?: StoredDocument;
}

/** Annual operating plan for {year} proposed by {by}. */
export interface OperatingPlanProposed {
  readonly year: number;
  readonly by?: ("presidency" | "technical-unit");
  readonly document?: StoredDocument;
}

/** Annual operating plan for {year} returned: {reason}. */
export interface OperatingPlanReturned {
  readonly year: number;
  readonly reason: TextRef;
}

/** {name} opened, from {fromYear} to {toYear}, with {lines} lines. */
export interface PacciOpened {
  readonly name: string;
  readonly fromYear: number;
  readonly toYear: number;
  readonly lines: readonly Line[];
}

/** Pairing {pairing} assigned to the line {line}. */
export interface PairingAssignedToLine {
  readonly line: string;
  readonly pairing: string;
}

/** Pairing completed: {results}. */
export interface PairingCompleted {
  readonly results?: TextRef;
}

/** Pairing dissolved: {cause} ({application}): {reason}. `application`: the one that fell away. */
export interface PairingDissolved {
  readonly cause: ("formed-by-mistake" | "application-fell-away");
  readonly application?: string;
  readonly reason?: TextRef;
}

/** Pairing ended without an agreement: {reason}. */
export interface PairingEndedWithoutAgreement {
  readonly reason: TextRef;
}

/** Support extended by {decidedBy} by {months} months / until {until}: {reason}. To a day (`until`, the last one), or by so many months: one of the two. */
export interface PairingExtended {
  readonly until?: string;
  readonly months?: number;
  readonly decidedBy: string;
  readonly reason: TextRef;
}

/** Pairing of {sides.members.party} formed, component {component}, under the rules {rules}. */
export interface PairingFormed {
  readonly component: string;
  readonly call: string;
  readonly callOpenedOn: string;
  readonly rules: string;
  readonly sides: readonly PairedSide[];
}

/** Kick-off of the pairing. */
export type PairingKickedOff = { readonly [name: string]: unknown };

/** Pairing {pairing} removed from the line {line}: {reason}. */
export interface PairingRemovedFromLine {
  readonly line: string;
  readonly pairing: string;
  readonly reason?: TextRef;
}

/** Pairing resumed. */
export type PairingResumed = { readonly [name: string]: unknown };

/** Pairing suspended: {reason}. */
export interface PairingSuspended {
  readonly reason: TextRef;
}

/** Pairing terminated by {decidedBy}: {reason}. */
export interface PairingTerminated {
  readonly decidedBy: string;
  readonly reason: TextRef;
}

/** {side} withdraws: {reason}. */
export interface PairingWithdrawn {
  readonly side: Side;
  readonly reason: TextRef;
}

/** Also known as {alias}. */
export interface PartyAliasAdded {
  readonly alias: string;
}

/** The merge into {into} gives way: it closed a circle with {circle}. It closed a circle: `circle` are the other parties of it, each merged into the next, the last into this one. */
export interface PartyMergeGaveWay {
  readonly into: string;
  readonly circle: readonly string[];
}

/** {authority} merges {duplicate} into {into}, the same party registered twice: {reason}. `duplicate` is the party of this stream; `into` is the one that counts from then on. */
export interface PartyMerged {
  readonly duplicate: string;
  readonly into: string;
  readonly authority: string;
  readonly reason: TextRef;
}

/** {population} inhabitants in {year} ({source}). */
export interface PartyPopulationRecorded {
  readonly population: number;
  readonly year: number;
  readonly source?: TextRef;
}

/** {name} registered as {kind} ({countries}), with {members.name}. */
export interface PartyRegistered {
  readonly name: string;
  readonly kind: ("city" | "city-set" | "consortium" | "region" | "provincial-council" | "network" | "organisation" | "country");
  readonly countries: readonly string[];
  readonly members?: readonly {
    readonly municipality: string;
    readonly name: string;
  }[];
  readonly representative?: string;
}

/** Renamed {name}. */
export interface PartyRenamed {
  readonly name: string;
}

/** {authority} splits the party from {from} again, another party after all: {reason}. */
export interface PartySplit {
  readonly from: string;
  readonly authority: string;
  readonly reason: TextRef;
}

/** Pilot {pilot} abandoned: {reason}. */
export interface PilotAbandoned {
  readonly pilot: string;
  readonly reason: TextRef;
}

/** Pilot {pilot} completed: {results}. */
export interface PilotCompleted {
  readonly pilot: string;
  readonly results?: TextRef;
}

/** Pilot {pilot} designed for action {action}: {title}. `action`: the action of the approved UCAP that it implements. */
export interface PilotDesigned {
  readonly pilot: string;
  readonly action: string;
  readonly title: TextRef;
}

/** Pilot {pilot} funded by {funder}: {amountMinor}. `payment`: what tells it from an equal payment. */
export interface PilotFunded {
  readonly pilot: string;
  readonly payment: string;
  readonly funder: ("programme" | "party" | "third-party");
  readonly amountMinor: number;
  readonly currency: string;
}

/** Pilot {pilot} started. */
export interface PilotStarted {
  readonly pilot: string;
}

/** Agreed by the Heads of Cooperation ({meeting}). */
export interface PipaAgreedByHeadsOfCooperation {
  readonly meeting?: string;
}

/** Agreed by the ministers ({meeting}). */
export interface PipaAgreedByMinisters {
  readonly meeting?: string;
}

/** Approved by a Summit / the Summit: {summit}. */
export interface PipaApproved {
  readonly summit?: string;
}

/** {pipa} assigned to the line {line}. */
export interface PipaAssignedToLine {
  readonly line: string;
  readonly pipa: string;
}

/** Concluded: {reason}. */
export interface PipaConcluded {
  readonly reason?: TextRef;
}

/** Constituted. */
export type PipaConstituted = { readonly [name: string]: unknown };

/** Evaluation {evaluation} done by {by}. */
export interface PipaEvaluated {
  readonly evaluation: string;
  readonly by?: string;
  readonly document?: StoredDocument;
}

/** Extended until {until} by {decidedBy}: {reason}. */
export interface PipaExtended {
  readonly until: string;
  readonly decidedBy?: string;
  readonly reason?: TextRef;
}

/** Formulation begun. */
export type PipaFormulationBegun = { readonly [name: string]: unknown };

/** Becomes a programme / an initiative / an affiliated project ({summit}). */
export interface PipaKindChanged {
  readonly becomes: Kind;
  readonly summit?: string;
}

/** Modification {modification}: {subject} (document in {document.language}). */
export interface PipaModified {
  readonly modification: string;
  readonly subject: TextRef;
  readonly document?: StoredDocument;
}

/** Profile proposed. */
export interface PipaProfileProposed {
  readonly document?: StoredDocument;
}

/** Registered: {kind} {name} ({area}). */
export interface PipaRegistered {
  readonly name: string;
  readonly kind: Kind;
  readonly area?: Area;
}

/** {pipa} removed from the line {line}: {reason}. */
export interface PipaRemovedFromLine {
  readonly line: string;
  readonly pipa: string;
  readonly reason?: TextRef;
}

/** Its work has begun. */
export type PipaStarted = { readonly [name: string]: unknown };

/** Submitted for approval. */
export interface PipaSubmitted {
  readonly document?: StoredDocument;
}

/** UCAP amended into version {version} ({reason}), with {actions} actions: {actions.title}. */
export interface PlanAmended {
  readonly version: number;
  readonly actions: readonly PlannedAction[];
  readonly reason: TextRef;
}

/** {side} approves UCAP version {version}. `digest`: SHA-256 of the version's content as canonical JSON, so that what was approved cannot change behind the approval. */
export interface PlanApproved {
  readonly version: number;
  readonly side: string;
  readonly digest: string;
}

/** Document of UCAP version {version} attached, in {document.language}. */
export interface PlanDocumentAttached {
  readonly version: number;
  readonly document: StoredDocument;
}

/** UCAP version {version} drafted, with {actions} actions: {actions.title}. */
export interface PlanDrafted {
  readonly version: number;
  readonly actions: readonly PlannedAction[];
}

/** {by} returns UCAP version {version}: {reason}. */
export interface PlanReturned {
  readonly version: number;
  readonly by: string;
  readonly reason: TextRef;
}

/** UCAP version {version} submitted for approval by {approvalBy}. */
export interface PlanSubmitted {
  readonly version: number;
  readonly approvalBy: readonly string[];
}

/** Programme opened: {name}, with components {components}. */
export interface ProgrammeOpened {
  readonly name: string;
  readonly components: readonly Component[];
}

/** Question {question} added, under {criterion}: {asks}. */
export interface QuestionAdded {
  readonly question: string;
  readonly criterion: EvaluationCriterion;
  readonly asks: TextRef;
}

/** The management answers recommendation {recommendation} ({response}): {says}. */
export interface RecommendationAnswered {
  readonly recommendation: string;
  readonly response: ("accepted" | "partly" | "rejected");
  readonly says: TextRef;
  readonly actions: readonly PromisedAction[];
}

/** Recommendation {recommendation} made, from {conclusions}: {says}. */
export interface RecommendationMade {
  readonly recommendation: string;
  readonly conclusions: readonly string[];
  readonly says: TextRef;
}

/** Reminder, {before} days before {on}: {what} ({about}) of {of}. `before`: so many days before the day. */
export interface ReminderGiven {
  readonly of: string;
  readonly key: string;
  readonly what: string;
  readonly about?: string;
  readonly on: string;
  readonly before: number;
}

/** Reminder {before} days before {on} passed over, its time had gone by: {what} ({about}) of {of}. Its time had gone by before anybody could give it: the next one, or that the deadline was missed, says what there is to say. */
export interface ReminderPassedOver {
  readonly of: string;
  readonly key: string;
  readonly what: string;
  readonly about?: string;
  readonly on: string;
  readonly before: number;
}

/** Action {action} on recommendation {recommendation} done: {results}. */
export interface ResponseActionDone {
  readonly recommendation: string;
  readonly action: string;
  readonly results?: TextRef;
}

/** Value {result} approved: {value}. `value`: what was approved, so that it cannot change behind the approval. */
export interface ResultApproved {
  readonly result: string;
  readonly value: number;
}

/** Indicator {indicator} added: {label}, to rise / fall from {baseline.value} ({baseline.on}), with {periods} periods, computed from {computed.from}. */
export interface ResultIndicatorAdded {
  readonly indicator: string;
  readonly label: Worded;
  readonly unit: Worded;
  readonly level: ResultLevel;
  readonly direction: Direction;
  readonly baseline: {
    readonly value: number;
    readonly on: string;
  };
  readonly periods: readonly PeriodTarget[];
  readonly disaggregatedBy: readonly string[];
  /** The indicator of the catalogue whose figure is the actual value; entered by hand where it is left out. */
  readonly computed?: {
    readonly from: string;
    readonly where: readonly Condition[];
  };
}

/** Period {added.period} of {indicator} added, to {added.to}: target {added.target}. */
export interface ResultPeriodAdded {
  readonly indicator: string;
  readonly added: PeriodTarget;
}

/** Value {result} returned: {reason}. */
export interface ResultReturned {
  readonly result: string;
  readonly reason: TextRef;
}

/** Value {result} of {indicator} for {period} submitted: {value} as of {asOf} ({verification}). `asOf`: the day of which it is the value. */
export interface ResultSubmitted {
  readonly result: string;
  readonly indicator: string;
  readonly period: string;
  readonly value: number;
  readonly asOf: string;
  readonly parts: readonly PartOfValue[];
  readonly documents: readonly StoredDocument[];
  readonly verification?: TextRef;
}

/** Version {version} of the rule set published: at least {minPopulation} inhabitants, {missionsRequired} to {missionsAllowed} missions, support for {supportMonths} months ({source}). */
export interface RuleSetPublished {
  readonly version: number;
  readonly minPopulation: number;
  readonly setOfCitiesCountsTogether: boolean;
  readonly excludedPartyKinds: readonly string[];
  readonly countries: readonly {
    readonly component: ("C1" | "C2" | "C3");
    readonly european: readonly string[];
    readonly latinAmerican: readonly string[];
  }[];
  readonly maxFundedTravellers: number;
  readonly missionsRequired: number;
  readonly missionsAllowed: number;
  readonly firstVisitor: readonly {
    readonly component: ("C1" | "C2" | "C3");
    readonly side: ("european" | "latin-american");
  }[];
  readonly commitmentMonths: number;
  readonly supportMonths: number;
  readonly source: string;
}

/** Subscription created in the role {role}: events {delivery} to {endpoint} and signed with a shared secret /  and signed with a key pair, from the first one on / , from now on, after {after}, recorded since {since}; lifecycles: {lifecycles}; types: {types}; streams: {streams}; where: {where.is}. It starts at the one of `from`, `after` and `since` that it has; anew where the one of that name before was deleted. */
export interface SubscriptionCreated {
  readonly lifecycles?: readonly string[];
  readonly types?: readonly string[];
  readonly streams?: readonly string[];
  readonly where?: readonly Condition[];
  readonly from?: Beginning;
  readonly after?: string;
  readonly since?: string;
  readonly delivery: Delivery;
  readonly endpoint?: TextRef;
  readonly signature?: Signature;
  readonly role: string;
}

/** Subscription deleted: {reason}. */
export interface SubscriptionDeleted {
  readonly reason?: TextRef;
}

/** Subscription disabled: {because}. */
export interface SubscriptionDisabled {
  readonly because: Disabling;
}

/** Subscription moved to the first event /  to what is recorded from now on to what follows {after} to what was recorded since {since}. `after`: an event as `stream@revision`; `since`: when it was recorded, in UTC to the millisecond. */
export interface SubscriptionMoved {
  readonly from?: Beginning;
  readonly after?: string;
  readonly since?: string;
}

/** Subscription paused: {reason}. */
export interface SubscriptionPaused {
  readonly reason?: TextRef;
}

/** Subscription resumed. Also after it was disabled. */
export type SubscriptionResumed = { readonly [name: string]: unknown };

/** Target of {indicator} for {period} revised to {target}: {reason}. */
export interface TargetRevised {
  readonly indicator: string;
  readonly period: string;
  readonly target: number;
  readonly reason: TextRef;
}

/** Theme agreed: {theme}. */
export interface ThemeAgreed {
  readonly theme: string;
}

/** Theme dropped: {theme} ({reason}). */
export interface ThemeDropped {
  readonly theme: string;
  readonly reason?: TextRef;
}

/** The data of every type of event. */
export interface EventData {
  readonly AgreementAmended: AgreementAmended;
  readonly AgreementConcluded: AgreementConcluded;
  readonly AgreementCopyAttached: AgreementCopyAttached;
  readonly AgreementDrafted: AgreementDrafted;
  readonly AgreementExpired: AgreementExpired;
  readonly AgreementRenewed: AgreementRenewed;
  readonly AgreementSigned: AgreementSigned;
  readonly AgreementTerminated: AgreementTerminated;
  readonly AnnualReportDeadlineSet: AnnualReportDeadlineSet;
  readonly AnnualReportFiled: AnnualReportFiled;
  readonly ApplicationAssessed: ApplicationAssessed;
  readonly ApplicationDecisionRevoked: ApplicationDecisionRevoked;
  readonly ApplicationFreed: ApplicationFreed;
  readonly ApplicationPaired: ApplicationPaired;
  readonly ApplicationPutOnReserveList: ApplicationPutOnReserveList;
  readonly ApplicationRejected: ApplicationRejected;
  readonly ApplicationSelected: ApplicationSelected;
  readonly ApplicationSubmitted: ApplicationSubmitted;
  readonly ApplicationWithdrawn: ApplicationWithdrawn;
  readonly AssessorAssigned: AssessorAssigned;
  readonly AssessorReleased: AssessorReleased;
  readonly BodyHolderDesignated: BodyHolderDesignated;
  readonly BodyHolderReplaced: BodyHolderReplaced;
  readonly BodyTermEnded: BodyTermEnded;
  readonly BudgetAllocated: BudgetAllocated;
  readonly BudgetReallocated: BudgetReallocated;
  readonly BudgetSpent: BudgetSpent;
  readonly CallCancelled: CallCancelled;
  readonly CallClosed: CallClosed;
  readonly CallDeadlineExtended: CallDeadlineExtended;
  readonly CallOpened: CallOpened;
  readonly ClaimPublished: ClaimPublished;
  readonly ClaimWithdrawn: ClaimWithdrawn;
  readonly ConclusionDrawn: ConclusionDrawn;
  readonly ConflictOfInterestDeclared: ConflictOfInterestDeclared;
  readonly ContributionRecorded: ContributionRecorded;
  readonly CountryAcceded: CountryAcceded;
  readonly CountryInvited: CountryInvited;
  readonly CountryListed: CountryListed;
  readonly CountryWithdrew: CountryWithdrew;
  readonly CriteriaSet: CriteriaSet;
  readonly DataSetDeclared: DataSetDeclared;
  readonly DeadlineLifted: DeadlineLifted;
  readonly DeadlineMet: DeadlineMet;
  readonly DeadlineMissed: DeadlineMissed;
  readonly DeadlineSet: DeadlineSet;
  readonly DelegationRecorded: DelegationRecorded;
  readonly DeliveriesReplayed: DeliveriesReplayed;
  readonly DifferenceExplained: DifferenceExplained;
  readonly EligibilityChecked: EligibilityChecked;
  readonly EligibilityRuleWaived: EligibilityRuleWaived;
  readonly EndpointChanged: EndpointChanged;
  readonly EvaluationClosed: EvaluationClosed;
  readonly EvaluationOpened: EvaluationOpened;
  readonly ExchangeRateRecorded: ExchangeRateRecorded;
  readonly FactCorrected: FactCorrected;
  readonly FactRetracted: FactRetracted;
  readonly FindingRecorded: FindingRecorded;
  readonly FocalPointDesignated: FocalPointDesignated;
  readonly FocalPointReplaced: FocalPointReplaced;
  readonly FocalPointVacated: FocalPointVacated;
  readonly FrameworkOpened: FrameworkOpened;
  readonly GateWaived: GateWaived;
  readonly IndicatorDefined: IndicatorDefined;
  readonly KeyActorEngaged: KeyActorEngaged;
  readonly KeyActorReleased: KeyActorReleased;
  readonly MinimumAlertClosed: MinimumAlertClosed;
  readonly MinimumAlertOpened: MinimumAlertOpened;
  readonly MissionCancelled: MissionCancelled;
  readonly MissionHeld: MissionHeld;
  readonly MissionMadeVirtual: MissionMadeVirtual;
  readonly MissionPlanned: MissionPlanned;
  readonly MissionReported: MissionReported;
  readonly MissionRescheduled: MissionRescheduled;
  readonly NetworkAssigned: NetworkAssigned;
  readonly NetworkLeft: NetworkLeft;
  readonly OfficerAssigned: OfficerAssigned;
  readonly OfficerReleased: OfficerReleased;
  readonly OperatingPlanApproved: OperatingPlanApproved;
  readonly OperatingPlanProposed: OperatingPlanProposed;
  readonly OperatingPlanReturned: OperatingPlanReturned;
  readonly PacciOpened: PacciOpened;
  readonly PairingAssignedToLine: PairingAssignedToLine;
  readonly PairingCompleted: PairingCompleted;
  readonly PairingDissolved: PairingDissolved;
  readonly PairingEndedWithoutAgreement: PairingEndedWithoutAgreement;
  readonly PairingExtended: PairingExtended;
  readonly PairingFormed: PairingFormed;
  readonly PairingKickedOff: PairingKickedOff;
  readonly PairingRemovedFromLine: PairingRemovedFromLine;
  readonly PairingResumed: PairingResumed;
  readonly PairingSuspended: PairingSuspended;
  readonly PairingTerminated: PairingTerminated;
  readonly PairingWithdrawn: PairingWithdrawn;
  readonly PartyAliasAdded: PartyAliasAdded;
  readonly PartyMergeGaveWay: PartyMergeGaveWay;
  readonly PartyMerged: PartyMerged;
  readonly PartyPopulationRecorded: PartyPopulationRecorded;
  readonly PartyRegistered: PartyRegistered;
  readonly PartyRenamed: PartyRenamed;
  readonly PartySplit: PartySplit;
  readonly PilotAbandoned: PilotAbandoned;
  readonly PilotCompleted: PilotCompleted;
  readonly PilotDesigned: PilotDesigned;
  readonly PilotFunded: PilotFunded;
  readonly PilotStarted: PilotStarted;
  readonly PipaAgreedByHeadsOfCooperation: PipaAgreedByHeadsOfCooperation;
  readonly PipaAgreedByMinisters: PipaAgreedByMinisters;
  readonly PipaApproved: PipaApproved;
  readonly PipaAssignedToLine: PipaAssignedToLine;
  readonly PipaConcluded: PipaConcluded;
  readonly PipaConstituted: PipaConstituted;
  readonly PipaEvaluated: PipaEvaluated;
  readonly PipaExtended: PipaExtended;
  readonly PipaFormulationBegun: PipaFormulationBegun;
  readonly PipaKindChanged: PipaKindChanged;
  readonly PipaModified: PipaModified;
  readonly PipaProfileProposed: PipaProfileProposed;
  readonly PipaRegistered: PipaRegistered;
  readonly PipaRemovedFromLine: PipaRemovedFromLine;
  readonly PipaStarted: PipaStarted;
  readonly PipaSubmitted: PipaSubmitted;
  readonly PlanAmended: PlanAmended;
  readonly PlanApproved: PlanApproved;
  readonly PlanDocumentAttached: PlanDocumentAttached;
  readonly PlanDrafted: PlanDrafted;
  readonly PlanReturned: PlanReturned;
  readonly PlanSubmitted: PlanSubmitted;
  readonly ProgrammeOpened: ProgrammeOpened;
  readonly QuestionAdded: QuestionAdded;
  readonly RecommendationAnswered: RecommendationAnswered;
  readonly RecommendationMade: RecommendationMade;
  readonly ReminderGiven: ReminderGiven;
  readonly ReminderPassedOver: ReminderPassedOver;
  readonly ResponseActionDone: ResponseActionDone;
  readonly ResultApproved: ResultApproved;
  readonly ResultIndicatorAdded: ResultIndicatorAdded;
  readonly ResultPeriodAdded: ResultPeriodAdded;
  readonly ResultReturned: ResultReturned;
  readonly ResultSubmitted: ResultSubmitted;
  readonly RuleSetPublished: RuleSetPublished;
  readonly SubscriptionCreated: SubscriptionCreated;
  readonly SubscriptionDeleted: SubscriptionDeleted;
  readonly SubscriptionDisabled: SubscriptionDisabled;
  readonly SubscriptionMoved: SubscriptionMoved;
  readonly SubscriptionPaused: SubscriptionPaused;
  readonly SubscriptionResumed: SubscriptionResumed;
  readonly TargetRevised: TargetRevised;
  readonly ThemeAgreed: ThemeAgreed;
  readonly ThemeDropped: ThemeDropped;
}

export type EventType = keyof EventData;

/** An event as it leaves the house: CloudEvents 1.0, structured JSON. Fields may be added to it; none is ever renamed or removed. */
export interface Envelope {
  readonly specversion: "1.0";
  /** `stream@revision`: the event's name wherever it is cited. */
  readonly id: string;
  readonly source: string;
  /** `<lifecycle>/<id>` of the thing it happened to. */
  readonly subject: string;
  /** When it happened: the first moment of the day, the month or the year that `occurredon` names, UTC. */
  readonly time: string;
  readonly datacontenttype: "application/json";
  readonly dataschema: string;
  /** Revision in its stream, with leading zeros: the order of events of one stream is that of these words. */
  readonly sequence: string;
  /** The stream: events of one are delivered in order. */
  readonly partitionkey: string;
  readonly correlationid: string;
  /** `stream@revision` of the event that a policy answered with it. */
  readonly causationid?: string;
  /** When it was recorded. */
  readonly recordedtime: string;
  /** When it happened, as far as it is known: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`. */
  readonly occurredon: string;
  /** Random id of who recorded it. */
  readonly actor?: string;
  /** The rule set it was decided under, `id@version`. */
  readonly rules?: string;
  /** Names of the gates that were waived for it, separated by spaces. */
  readonly waived?: string;
}

/** An event whose data is not for this reader has none. */
export type Told<Data> = { readonly data: Data; readonly reserved?: never } | { readonly data?: never; readonly reserved: true };

export type EventOf<Type extends EventType> = Envelope & { readonly type: `eu.puente.${Type}` } & Told<EventData[Type]>;

/** Any event: its `type` says what its `data` is. */
export type PuenteEvent = { readonly [Type in EventType]: EventOf<Type> }[EventType];
