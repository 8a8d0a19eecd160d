import { partsOf } from '../kernel/lifecycle';
import { refusals, type Sentences } from '../kernel/refusal';
import { lifecycles } from '../lifecycles/all';
import type { Dictionary } from './dictionary';
import { ofReports } from './of-reports';

/** English refusals stand with the rules that say them, and gates carry their rule: both are collected here. */
const all = Object.values(lifecycles);
const spoken: readonly Sentences[] = [
  refusals.sentences,
  ofReports.sentences,
  ...all.flatMap((of) => [of.says.sentences, ...partsOf(of).map(([, part]) => part.says.sentences)]),
];
const collected: Record<string, string> = {};
for (const [code, sentence] of spoken.flatMap(Object.entries<string>)) {
  if ((collected[code] ??= sentence) !== sentence) throw new Error(`${code} says two things: “${collected[code]}” and “${sentence}”`);
}

export const english: Dictionary = {
  events: {
    GateWaived:
      '{authority} waives the rule “{gate}” {scope, select, fact {for revision {revision}} rest {from now on} other {for the next fact}}: {reason}',
    FactRetracted:
      '{authority} takes back {kind, select, correction {the correction} retraction {the retraction} waiver {the waiver} other {what was recorded}} at revision {revision} (“{fact}”): {reason}',
    FactCorrected: '{authority} corrects revision {revision}: “{fact}”, on {occurredOn}: {reason}',

    RuleSetPublished:
      'Version {version} of the rule set published: at least {minPopulation, number} inhabitants, {missionsRequired} to {missionsAllowed} missions, support for {supportMonths} months ({source})',

    PartyRegistered: '{name} registered as {kind} ({countries}){members_name, select, _ {} other {, with {members_name}}}',
    PartyRenamed: 'Renamed {name}',
    PartyAliasAdded: 'Also known as {alias}',
    PartyPopulationRecorded: '{population, number} inhabitants in {year}{source, select, _ {} other { ({source})}}',

    CallOpened: 'Call {round} of component {component} opened: {title}, applications until {deadline} ({timeZone})',
    CallDeadlineExtended: 'Deadline extended to {deadline}: {reason}',
    CallClosed: 'Call closed',
    CallCancelled: 'Call cancelled: {reason}',

    ApplicationSubmitted: '{party} applies for {side} to call {call}, on {themes}',
    ApplicationWithdrawn: 'Application withdrawn: {reason}',
    ApplicationSelected: 'Selected by {decidedBy}: {reason}',
    ApplicationPutOnReserveList: 'Put on the reserve list by {decidedBy}: {reason}',
    ApplicationRejected: 'Rejected by {decidedBy}: {reason}',
    ApplicationDecisionRevoked: 'Decision revoked by {decidedBy}: {reason}',

    PairingFormed: 'Pairing of {sides_members_party} formed, component {component}, under the rules {rules}',
    PairingKickedOff: 'Kick-off of the pairing',
    PairingCompleted: 'Pairing completed{results, select, _ {} other {: {results}}}',
    PairingWithdrawn: '{side} withdraws: {reason}',
    PairingTerminated: 'Pairing terminated by {decidedBy}: {reason}',
    PairingEndedWithoutAgreement: 'Pairing ended without an agreement: {reason}',
    ThemeAgreed: 'Theme agreed: {theme}',
    ThemeDropped: 'Theme dropped: {theme}{reason, select, _ {} other { ({reason})}}',
    KeyActorEngaged: '{name, select, _ {{actor}} other {{name}}} ({sector}) engaged on {side}',
    KeyActorReleased: '{actor} released{reason, select, _ {} other {: {reason}}}',

    MissionPlanned: 'Mission {mission} planned: {visitor} travels, {from} to {to}',
    MissionRescheduled: 'Mission {mission} moved to {from} to {to}{reason, select, _ {} other {: {reason}}}',
    MissionMadeVirtual: 'Mission {mission} made virtual: {reason}',
    MissionCancelled: 'Mission {mission} cancelled: {reason}',
    MissionHeld: 'Mission {mission} held ({mode}) in {place}, {from} to {to}, {delegates, plural, one {# delegate} other {# delegates}}',
    MissionReported: 'Report of mission {mission}: {outputs}',

    PlanDrafted: 'UCAP version {version} drafted, with {actions_count, plural, one {# action} other {# actions}}: {actions_title}',
    PlanSubmitted: 'UCAP version {version} submitted for approval by {approvalBy}',
    PlanReturned: '{by} returns UCAP version {version}: {reason}',
    PlanApproved: '{side} approves UCAP version {version}',
    PlanAmended:
      'UCAP amended into version {version} ({reason}), with {actions_count, plural, one {# action} other {# actions}}: {actions_title}',

    PilotDesigned: 'Pilot {pilot} designed for action {action}: {title}',
    PilotFunded: 'Pilot {pilot} funded by {funder}: {amountMinor}',
    PilotStarted: 'Pilot {pilot} started',
    PilotCompleted: 'Pilot {pilot} completed{results, select, _ {} other {: {results}}}',
    PilotAbandoned: 'Pilot {pilot} abandoned: {reason}',

    AgreementDrafted: '{kind} {agreement} drafted in {languages}, to be signed by {signatories_party}',
    AgreementSigned: '{party} signs the copy in {language} of agreement {agreement}',
    AgreementConcluded: 'Agreement {agreement} concluded',
    AgreementAmended: 'Agreement {agreement} amended ({amendment}): {subject}',
    AgreementTerminated: 'Agreement {agreement} terminated: {reason}',

    DataSetDeclared: 'Data set “{title}” declared, from {source}{illustrative, select, yes {, in part illustrative} other {}}: {note}',
  },
  refusals: collected,
  gates: Object.fromEntries(all.flatMap((of) => Object.entries(of.gates).map(([gate, { rule }]) => [`${of.name}.${gate}`, rule]))),
  words: {
    european: 'the European side',
    'latin-american': 'the Latin American side',
    programme: 'the programme',
    party: 'a party',
    'third-party': 'a third party',
    'in-person': 'in person',
    virtual: 'virtual',
    private: 'private sector',
    academia: 'academia',
    'civil-society': 'civil society',
    public: 'public sector',
    opening: 'opening agreement',
    cooperation: 'cooperation agreement',
    city: 'a city',
    'city-set': 'a set of cities',
    consortium: 'a consortium',
    region: 'a region',
    network: 'a network',
    organisation: 'an organisation',
    country: 'a country',
    'key-actors-mobilised': 'key actors mobilised',
    'other-programmes': 'other programmes',
    'urban-strategy': 'a strategy of sustainable urban development',
    'staff-committed': 'staff committed',
    'next-fact': 'for the next fact',
    rest: 'from now on',
    fact: 'fact',
    correction: 'correction',
    retraction: 'retraction',
    waiver: 'waiver',
    'poverty-inclusion-gender': 'urban poverty, social inclusion and gender equality',
    housing: 'housing',
    'refugees-and-immigrants': 'integration of refugees and immigrants',
    'education-work-skills': 'education, work and skills',
    'sustainable-production-consumption': 'sustainable production and consumption',
    'circular-economy': 'circular economy',
    'water-waste-sanitation': 'water, waste and sanitation',
    'healthy-cities': 'healthy cities',
    'smart-city-innovation': 'smart city, innovation and competitiveness',
    'urban-regeneration': 'urban regeneration and development',
    'nature-based-solutions': 'nature-based solutions',
    'urban-mobility': 'urban mobility',
    'urban-rural-development': 'integrated urban-rural development',
    'culture-and-heritage': 'culture and heritage',
    'safety-in-public-spaces': 'safety in public spaces',
    absent: 'not there',
    registered: 'registered',
    open: 'open',
    closed: 'closed',
    cancelled: 'cancelled',
    submitted: 'submitted',
    selected: 'selected',
    'on-reserve-list': 'on the reserve list',
    rejected: 'rejected',
    withdrawn: 'withdrawn',
    formed: 'formed',
    running: 'running',
    completed: 'completed',
    terminated: 'terminated',
    'ended-without-agreement': 'ended without an agreement',
    planned: 'planned',
    held: 'held',
    draft: 'draft',
    returned: 'returned',
    approved: 'approved',
    concluded: 'concluded',
    designed: 'designed',
    started: 'started',
    abandoned: 'abandoned',
    'opening-agreement': 'opening agreement',
    'kick-off': 'kick-off',
    missions: 'missions',
    'plan-submitted': 'UCAP submitted',
    'plan-approved': 'UCAP approved',
    'pilot-designed': 'pilot designed',
    'cooperation-agreement': 'cooperation agreement concluded',
    completion: 'completion',
    forgotten: '«forgotten»',
    reserved: '«reserved»',
  },
};
