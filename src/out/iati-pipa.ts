import type { StoredDocument } from '../kernel/fields';
import { certainlyBefore, firstDay, latestOf, type PartialDate } from '../kernel/partial-date';
import type { Pipa } from '../lifecycles/pipa';
import { termsOf } from '../parts/pipa-bodies';
import { currentMembers } from '../parts/pipa-course-countries';
import { kindOf, type RegisteredPipa, type Step } from '../parts/pipa-course-state';
import type { Area } from '../parts/pipa-course-forms';
import type { Activity, ActivityDate, LinkedDocument, Organisation } from './iati-activity';
import type { Text } from './iati-elements';
import { type Achieved, updatedAt } from './iati-results';
import { inThree, says } from './iati-words';
import type { KnownThing } from './known-things';
import type { Publisher } from './publisher';

/** From its approval on it counts as active, as the figures have it: of most nobody recorded more. */
const status: Readonly<Record<'registered' | Step, Activity['status']>> = {
  ...{ registered: 'pipeline', profile: 'pipeline', formulation: 'pipeline', submitted: 'pipeline' },
  ...{ 'agreed-by-heads-of-cooperation': 'pipeline', 'agreed-by-ministers': 'pipeline' },
  ...{ approved: 'implementation', constituted: 'implementation', running: 'implementation', concluded: 'closed' },
};

/** OECD-DAC: culture and recreation, social protection, multisector aid. */
const sectors: Readonly<Record<Area, string>> = {
  ...{ culture: '16061', 'social-cohesion': '16010', knowledge: '43010', 'cross-cutting': '43010' },
};
const notSpecified = '99810';

/** What happened first, in whatever order it was recorded; what is known only roughly counts from its first day. */
const firstIn = (standing: KnownThing['stood']['standing']): PartialDate =>
  standing.map(({ occurredOn }) => occurredOn).reduce((first, each) => (firstDay(each) < firstDay(first) ? each : first));

const startOf = ({ steps }: RegisteredPipa, firstOn: PartialDate): ActivityDate => {
  const started = steps.running ?? steps.constituted;
  if (started) return { is: 'actual-start', on: started.on };
  if (steps.approved) return { is: 'planned-start', on: steps.approved.on, note: says.approvedThen };
  return { is: 'planned-start', on: firstOn, note: says.firstThen };
};

const datesOf = (state: Pipa, course: RegisteredPipa, firstOn: PartialDate): readonly ActivityDate[] => {
  const start = startOf(course, firstOn);
  const extended = latestOf(state.changes.extensions.map(({ data }) => ({ on: data.until })));
  const { concluded } = course.steps;
  return [
    start,
    ...(extended && !certainlyBefore(extended.on, start.on) ? [{ is: 'planned-end' as const, on: extended.on }] : []),
    ...(concluded ? [{ is: 'actual-end' as const, on: concluded.on }] : []),
  ];
};

const organisationsOf = (
  { contributions, bodies }: Pipa,
  members: readonly string[],
  { name, type }: Publisher,
): readonly Organisation[] => {
  const funders = [
    ...new Map(contributions.map(({ country, organisation }) => [country ?? organisation, { country, organisation }])).values(),
  ];
  const units = termsOf(bodies, 'technical-unit').filter(({ to }) => to === undefined);
  const found: readonly Organisation[] = [
    ...funders.map((from) => ({ role: 'funding' as const, ...contributor(from) })),
    ...members.map((code) => ({ role: 'accountable' as const, name: says.government(code), type: 10 })),
    ...units.flatMap(({ organisation }) => (organisation === undefined ? [] : [{ role: 'implementing' as const, name: organisation }])),
  ];
  return found.length > 0 ? found : [{ role: 'accountable', name, type: Number(type) }];
};
const contributor = ({ country, organisation }: { readonly country?: string | undefined; readonly organisation?: string | undefined }) =>
  country === undefined ? { name: organisation! } : { name: says.government(country), type: 10 };

const documentsOf = ({ course, plans, reports, changes }: Pipa): readonly LinkedDocument[] => {
  if (course.phase === 'absent') return [];
  const told = (document: StoredDocument | undefined, title: Text, category: LinkedDocument['category']): readonly LinkedDocument[] =>
    document ? [{ document, title, category }] : [];
  const { profile, submitted } = course.steps as Readonly<Partial<Record<Step, { readonly data: { readonly document?: StoredDocument } }>>>;
  return [
    ...[profile, submitted].flatMap((step) => told(step?.data.document, says.formulation, 'objectives')),
    ...changes.modifications.flatMap(({ data }) => told(data.document, says.formulation, 'objectives')),
    ...Object.entries(plans).flatMap(([year, { approved }]) => told(approved?.data.document, says.operatingPlan(year), 'objectives')),
    ...Object.entries(reports).flatMap(([year, { filed }]) => told(filed?.data.document, says.annualReport(year), 'evaluation')),
    ...changes.evaluations.flatMap(({ data }) => told(data.document, says.evaluation(data.evaluation), 'evaluation')),
  ];
};

export const pipaId = (id: string) => `pipa-${id}`;

/** A programme, an initiative or an affiliated project with its results; nothing where it was not registered by then. */
export const pipaActivity = (
  { id, stood }: KnownThing,
  illustrative: boolean,
  results: Achieved | undefined,
  publisher: Publisher,
): Activity | undefined => {
  const state = stood.folded.state as Pipa;
  const { course } = state;
  if (course.phase === 'absent') return undefined;
  const { name, area } = course.registration;
  const members = currentMembers(course.countries).toSorted();
  return {
    ...{ id: pipaId(id), hierarchy: 1, updatedAt: updatedAt(stood, results), title: name, illustrative },
    description: says.pipa[kindOf(course)],
    organisations: organisationsOf(state, members, publisher),
    status: status[course.phase],
    dates: datesOf(state, course, firstIn(stood.standing)),
    countries: members,
    sector: area === undefined ? notSpecified : sectors[area],
    themes: area === undefined ? [] : [{ code: area, name: inThree(area) }],
    budgets: [],
    transactions: state.contributions.map(({ country, organisation, amountMinor, currency, year, on }) => ({
      ...{ is: 'incoming-funds', on, amountMinor, currency, about: says.contribution(year) },
      from: contributor({ country, organisation }),
    })),
    documents: documentsOf(state),
    ...{ related: [], results: results?.elements ?? [] },
  };
};
