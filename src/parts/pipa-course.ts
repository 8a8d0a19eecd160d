import { isDeepStrictEqual } from 'node:util';
import { changedFacts } from '../kernel/changed-facts';
import { officers, type Role } from '../kernel/fields';
import { always, command, type EventOf, type Fact, part } from '../kernel/part';
import { lastDay, type PartialDate } from '../kernel/partial-date';
import { conference, contradicts, type CountryEntry, countryFacts, currentMembers } from './pipa-course-countries';
import {
  AccedeCountry,
  AgreeByHeadsOfCooperation,
  AgreeByMinisters,
  ApprovePipa,
  BeginFormulation,
  ChangePipaKind,
  ConcludePipa,
  ConstitutePipa,
  InviteCountry,
  type Kind,
  kinds,
  ListCountries,
  type PipaCourseEvents,
  ProposeProfile,
  RegisterPipa,
  ReviewMinimum,
  StartPipa,
  SubmitPipa,
  WithdrawCountry,
} from './pipa-course-forms';
import { alertsOf, kindOn, kindsSince, type PipaCourse, says, stepLacks, take, tookStep } from './pipa-course-state';

type Event = EventOf<PipaCourseEvents>;
type Data<E extends keyof PipaCourseEvents> = PipaCourseEvents[E];

const membersOf = (course: PipaCourse) => (course.phase === 'absent' ? [] : currentMembers(course.countries));
const another = (course: PipaCourse) => conference.find((country) => !membersOf(course).includes(country)) ?? 'HT';
const entriesOf = (course: PipaCourse): readonly CountryEntry[] => (course.phase === 'absent' ? [] : course.countries);
const stands = (course: PipaCourse, entry: CountryEntry) => entriesOf(course).some((each) => isDeepStrictEqual(each, entry));

const withEntry = (course: PipaCourse, entry: CountryEntry): PipaCourse =>
  course.phase === 'absent' ? course : { ...course, countries: [...course.countries, entry] };
const changed = (course: PipaCourse, { becomes, summit }: Data<'PipaKindChanged'>, on: PartialDate): PipaCourse =>
  course.phase === 'absent' ? course : { ...course, kinds: [...course.kinds, { becomes, ...(summit !== undefined && { summit }), on }] };
const withdrawn = ({ country, inferred, source, reason }: Data<'CountryWithdrew'>, on: PartialDate): CountryEntry => ({
  ...{ is: 'withdrew', country, inferred, on },
  ...(source !== undefined && { source }),
  ...(reason && { reason }),
});

/** With what the alert on the minimum of countries must do once that is so. */
const alerting = (events: readonly Event[], after: PipaCourse): readonly Event[] =>
  events.length === 0 ? [] : [...events, ...alertsOf(after)];

/** As what it is active from when to when, as far as that is known. */
const active = (course: PipaCourse): readonly Fact<'pipas-active'>[] => {
  if (course.phase === 'absent' || !course.steps.approved) return [];
  const { on: approvedOn } = course.steps.approved;
  const fact = (was: Kind, quantity: 1 | -1, on: PartialDate) => ({
    measure: 'pipas-active' as const,
    subject: 'pipa',
    quantity,
    by: { was },
    on,
  });
  const ended = course.steps.concluded?.on;
  // A change dated so roughly that it may be later than the end is none of after it.
  const became = kindsSince(course, approvedOn).map(({ becomes, on }) => ({
    becomes,
    on: ended !== undefined && lastDay(on) > lastDay(ended) ? ended : on,
  }));
  const kindsInTurn = [kindOn(course, approvedOn), ...became.map(({ becomes }) => becomes)];
  return [
    fact(kindsInTurn[0]!, 1, approvedOn),
    ...became.flatMap(({ becomes, on }, i) => [fact(kindsInTurn[i]!, -1, on), fact(becomes, 1, on)]),
    ...(ended === undefined ? [] : [fact(kindsInTurn.at(-1)!, -1, ended)]),
  ];
};

const alertIn = (course: PipaCourse) => (course.phase === 'absent' ? undefined : course.alert);
const alertCounted = (quantity: 1 | -1): Fact<'pipa-alerts-open'> => ({
  ...{ measure: 'pipa-alerts-open', subject: 'minimum of countries', quantity },
});

const watching = ['MinimumAlertOpened', 'MinimumAlertClosed'] as const;
const reviewers: readonly Role[] = ['service', 'admin'];

/**
 * A programme, an initiative or an affiliated project, from its profile to its conclusion, with its countries (page of the Ibero-American
 * General Secretariat on its cooperation, undated: governments propose them at Summits). Too few countries open an alert, and refuse nothing.
 */
export const pipaCourse = part<PipaCourseEvents, PipaCourse>()({
  says,
  commands: {
    RegisterPipa: command(RegisterPipa, officers, ['PipaRegistered']),
    ProposeProfile: command(ProposeProfile, officers, ['PipaProfileProposed']),
    BeginFormulation: command(BeginFormulation, officers, ['PipaFormulationBegun']),
    SubmitPipa: command(SubmitPipa, officers, ['PipaSubmitted']),
    AgreeByHeadsOfCooperation: command(AgreeByHeadsOfCooperation, officers, ['PipaAgreedByHeadsOfCooperation']),
    AgreeByMinisters: command(AgreeByMinisters, officers, ['PipaAgreedByMinisters']),
    ApprovePipa: command(ApprovePipa, officers, ['PipaApproved', ...watching]),
    ConstitutePipa: command(ConstitutePipa, officers, ['PipaConstituted', ...watching]),
    StartPipa: command(StartPipa, officers, ['PipaStarted', ...watching]),
    ConcludePipa: command(ConcludePipa, officers, ['PipaConcluded', ...watching]),
    ChangePipaKind: command(ChangePipaKind, officers, ['PipaKindChanged', ...watching]),
    InviteCountry: command(InviteCountry, officers, ['CountryInvited']),
    AccedeCountry: command(AccedeCountry, officers, ['CountryAcceded', ...watching]),
    ListCountries: command(ListCountries, officers, ['CountryListed', ...watching]),
    WithdrawCountry: command(WithdrawCountry, officers, ['CountryWithdrew', ...watching]),
    ReviewMinimum: command(ReviewMinimum, reviewers, [...watching]),
  },
  initial: { phase: 'absent' },
  offers: {
    RegisterPipa: always,
    ProposeProfile: always,
    BeginFormulation: always,
    SubmitPipa: always,
    AgreeByHeadsOfCooperation: always,
    AgreeByMinisters: always,
    ApprovePipa: always,
    ConstitutePipa: always,
    StartPipa: always,
    ConcludePipa: always,
    ChangePipaKind: (course, _, __, on) =>
      course.phase === 'absent' ? [] : [{ such: { becomes: kinds.find((kind) => kind !== kindOn(course, on))! } }],
    InviteCountry: (course) => [{ such: { country: another(course) } }],
    AccedeCountry: (course) => [{ such: { country: another(course) } }],
    ListCountries: (course) => [{ such: { countries: [another(course)] } }],
    WithdrawCountry: (course) => membersOf(course).map((country) => ({ known: { country } })),
    ReviewMinimum: always,
  },

  decide: {
    RegisterPipa: ({ name, kind, area }, course) => {
      const data = { name, kind, ...(area !== undefined && { area }) };
      return course.phase !== 'absent' && isDeepStrictEqual(course.registration, data) ? [] : [{ type: 'PipaRegistered', data }];
    },
    ProposeProfile: ({ document }, course, { occurredOn }) => {
      const data = { ...(document && { document }) };
      return tookStep(course, 'profile', data, occurredOn) ? [] : [{ type: 'PipaProfileProposed', data }];
    },
    BeginFormulation: (_, course, { occurredOn }) =>
      tookStep(course, 'formulation', {}, occurredOn) ? [] : [{ type: 'PipaFormulationBegun', data: {} }],
    SubmitPipa: ({ document }, course, { occurredOn }) => {
      const data = { ...(document && { document }) };
      return tookStep(course, 'submitted', data, occurredOn) ? [] : [{ type: 'PipaSubmitted', data }];
    },
    AgreeByHeadsOfCooperation: ({ meeting }, course, { occurredOn }) => {
      const data = { ...(meeting !== undefined && { meeting }) };
      return tookStep(course, 'agreed-by-heads-of-cooperation', data, occurredOn) ? [] : [{ type: 'PipaAgreedByHeadsOfCooperation', data }];
    },
    AgreeByMinisters: ({ meeting }, course, { occurredOn }) => {
      const data = { ...(meeting !== undefined && { meeting }) };
      return tookStep(course, 'agreed-by-ministers', data, occurredOn) ? [] : [{ type: 'PipaAgreedByMinisters', data }];
    },
    ApprovePipa: ({ summit }, course, { occurredOn }) => {
      const data = { ...(summit !== undefined && { summit }) };
      if (tookStep(course, 'approved', data, occurredOn)) return [];
      return alerting([{ type: 'PipaApproved', data }], take(course, 'approved', data, occurredOn));
    },
    ConstitutePipa: (_, course, { occurredOn }) =>
      tookStep(course, 'constituted', {}, occurredOn)
        ? []
        : alerting([{ type: 'PipaConstituted', data: {} }], take(course, 'constituted', {}, occurredOn)),
    StartPipa: (_, course, { occurredOn }) =>
      tookStep(course, 'running', {}, occurredOn)
        ? []
        : alerting([{ type: 'PipaStarted', data: {} }], take(course, 'running', {}, occurredOn)),
    ConcludePipa: ({ reason }, course, { occurredOn }) => {
      const data = { ...(reason && { reason }) };
      if (tookStep(course, 'concluded', data, occurredOn)) return [];
      return alerting([{ type: 'PipaConcluded', data }], take(course, 'concluded', data, occurredOn));
    },
    ChangePipaKind: ({ becomes, summit }, course, { occurredOn: on }) => {
      const data = { becomes, ...(summit !== undefined && { summit }) };
      if (course.phase !== 'absent' && course.kinds.some((each) => isDeepStrictEqual(each, { ...data, on }))) return [];
      return alerting([{ type: 'PipaKindChanged', data }], changed(course, data, on));
    },
    InviteCountry: ({ country }, course, { occurredOn: on }) =>
      stands(course, { is: 'invited', country, on }) ? [] : [{ type: 'CountryInvited', data: { country } }],
    AccedeCountry: ({ country }, course, { occurredOn: on }) => {
      const entry: CountryEntry = { is: 'acceded', country, on };
      return stands(course, entry) ? [] : alerting([{ type: 'CountryAcceded', data: { country } }], withEntry(course, entry));
    },
    ListCountries: ({ countries, source }, course, { occurredOn: on }) => {
      const entries = countries
        .map((country): CountryEntry => ({ is: 'listed', country, source, on }))
        .filter((entry) => !stands(course, entry));
      return alerting(
        entries.map(({ country }) => ({ type: 'CountryListed', data: { country, source } })),
        entries.reduce(withEntry, course),
      );
    },
    WithdrawCountry: ({ country, inferred = false, source, reason }, course, { occurredOn: on }) => {
      const data = { country, inferred, ...(source !== undefined && { source }), ...(reason && { reason }) };
      const entry = withdrawn(data, on);
      return stands(course, entry) ? [] : alerting([{ type: 'CountryWithdrew', data }], withEntry(course, entry));
    },
    ReviewMinimum: (_, course) => alertsOf(course),
  },

  requires: {
    PipaRegistered: ({ phase }) => (phase === 'absent' ? [] : [says.lack('PIPA_REGISTERED_OTHERWISE')]),
    PipaProfileProposed: (course, _, { occurredOn }) => stepLacks(course, 'profile', occurredOn),
    PipaFormulationBegun: (course, _, { occurredOn }) => stepLacks(course, 'formulation', occurredOn),
    PipaSubmitted: (course, _, { occurredOn }) => stepLacks(course, 'submitted', occurredOn),
    PipaAgreedByHeadsOfCooperation: (course, _, { occurredOn }) => stepLacks(course, 'agreed-by-heads-of-cooperation', occurredOn),
    PipaAgreedByMinisters: (course, _, { occurredOn }) => stepLacks(course, 'agreed-by-ministers', occurredOn),
    PipaApproved: (course, _, { occurredOn }) => stepLacks(course, 'approved', occurredOn),
    PipaConstituted: (course, _, { occurredOn }) => stepLacks(course, 'constituted', occurredOn),
    PipaStarted: (course, _, { occurredOn }) => stepLacks(course, 'running', occurredOn),
    PipaConcluded: (course, _, { occurredOn }) => stepLacks(course, 'concluded', occurredOn),
    PipaKindChanged: (course, { becomes }, { occurredOn }) =>
      course.phase !== 'absent' && kindOn(course, occurredOn) === becomes ? [says.lack('PIPA_KIND_STANDS', { occurredOn })] : [],
    CountryAcceded: (course, { country }, { occurredOn }) =>
      contradicts(entriesOf(course), { is: 'acceded', country, on: occurredOn })
        ? [says.lack('COUNTRY_IN_ALREADY', { country, occurredOn })]
        : [],
    CountryWithdrew: (course, data, { occurredOn }) =>
      contradicts(entriesOf(course), withdrawn(data, occurredOn))
        ? [says.lack('COUNTRY_NOT_IN', { country: data.country, occurredOn })]
        : [],
  },

  evolve: {
    PipaRegistered: (_, registration) => ({ phase: 'registered', registration, steps: {}, kinds: [], countries: [] }),
    PipaProfileProposed: (course, data, { occurredOn }) => take(course, 'profile', data, occurredOn),
    PipaFormulationBegun: (course, data, { occurredOn }) => take(course, 'formulation', data, occurredOn),
    PipaSubmitted: (course, data, { occurredOn }) => take(course, 'submitted', data, occurredOn),
    PipaAgreedByHeadsOfCooperation: (course, data, { occurredOn }) => take(course, 'agreed-by-heads-of-cooperation', data, occurredOn),
    PipaAgreedByMinisters: (course, data, { occurredOn }) => take(course, 'agreed-by-ministers', data, occurredOn),
    PipaApproved: (course, data, { occurredOn }) => take(course, 'approved', data, occurredOn),
    PipaConstituted: (course, data, { occurredOn }) => take(course, 'constituted', data, occurredOn),
    PipaStarted: (course, data, { occurredOn }) => take(course, 'running', data, occurredOn),
    PipaConcluded: (course, data, { occurredOn }) => take(course, 'concluded', data, occurredOn),
    PipaKindChanged: (course, data, { occurredOn }) => changed(course, data, occurredOn),
    CountryInvited: (course, { country }, { occurredOn: on }) => withEntry(course, { is: 'invited', country, on }),
    CountryAcceded: (course, { country }, { occurredOn: on }) => withEntry(course, { is: 'acceded', country, on }),
    CountryListed: (course, { country, source }, { occurredOn: on }) => withEntry(course, { is: 'listed', country, source, on }),
    CountryWithdrew: (course, data, { occurredOn }) => withEntry(course, withdrawn(data, occurredOn)),
    MinimumAlertOpened: (course, { minimum, members }, { occurredOn: on }) =>
      course.phase === 'absent' ? course : { ...course, alert: { minimum, members, on } },
    MinimumAlertClosed: (course) => (course.phase === 'absent' ? course : { ...course, alert: undefined }),
  },

  measures: {
    'pipas-registered': { counts: 'programmes, initiatives and affiliated projects registered' },
    'pipas-approved': { counts: 'programmes, initiatives and affiliated projects approved', by: ['summit'] },
    'pipas-active': {
      counts: 'programmes, initiatives and affiliated projects approved and not concluded; `was`: what each was then',
      by: ['was'],
    },
    'pipa-kind-changes': { counts: 'changes of what a programme, an initiative or an affiliated project is', by: ['becomes'] },
    'pipa-members': { counts: 'countries that are members, from when that is proven; the country is the subject', by: ['country'] },
    'pipa-countries-invited': { counts: 'countries invited', by: ['country'] },
    'pipa-withdrawals': { counts: 'withdrawals of countries, stated or inferred from a later list', by: ['country', 'inferred'] },
    'pipa-alerts-open': { counts: 'open alerts of too few countries' },
  },
  facts: {
    PipaRegistered: () => [{ measure: 'pipas-registered', subject: 'pipa', quantity: 1 }],
    PipaApproved: ({ summit }, after, before) => [
      { measure: 'pipas-approved', subject: 'pipa', quantity: 1, ...(summit !== undefined && { by: { summit } }) },
      ...changedFacts(active(before), active(after)),
    ],
    PipaConcluded: (_, after, before) => changedFacts(active(before), active(after)),
    PipaKindChanged: ({ becomes }, after, before) => [
      { measure: 'pipa-kind-changes', subject: 'pipa', quantity: 1, by: { becomes } },
      ...changedFacts(active(before), active(after)),
    ],
    CountryInvited: ({ country }) => [
      { measure: 'pipa-countries-invited', subject: { ref: `country/${country}` }, quantity: 1, by: { country } },
    ],
    CountryAcceded: ({ country }, after, before) => countryFacts(entriesOf(before), entriesOf(after), country),
    CountryListed: ({ country }, after, before) => countryFacts(entriesOf(before), entriesOf(after), country),
    CountryWithdrew: ({ country, inferred }, after, before) => [
      ...countryFacts(entriesOf(before), entriesOf(after), country),
      {
        ...{ measure: 'pipa-withdrawals', subject: { ref: `country/${country}` }, quantity: 1 },
        by: { country, inferred: inferred ? 'yes' : 'no' },
      },
    ],
    // After a correction an alert may find another open, or none.
    MinimumAlertOpened: (_, __, before) => (alertIn(before) ? [] : [alertCounted(1)]),
    MinimumAlertClosed: (_, __, before) => (alertIn(before) ? [alertCounted(-1)] : []),
  },
});
