import { oneMission, rules2019, type Told } from './recording';

const text = (name: string) => ({ text: `00000000-0000-4000-8000-${name.padStart(12, '0')}`, digest: name.padStart(64, '0') });
const because = { decidedBy: 'segib', reason: text('1') };

/** A party, a call and an application as they come before a pairing. */
export const party = (name: string, kind = 'city', country = 'CO'): readonly Told[] => [
  ['PartyRegistered', { name, kind, countries: [country] }, '2017-01-05'],
];
export const call2: readonly Told[] = [
  [
    'CallOpened',
    { title: 'Second call', component: 'C1', round: 2, rules: rules2019.name, deadline: '2017-03-31T23:59', timeZone: 'Europe/Brussels' },
    '2017-01-10',
  ],
  ['CallDeadlineExtended', { deadline: '2017-04-15T23:59', reason: text('2') }, '2017-03-20'],
];
export const application = (of: string): readonly Told[] => [
  [
    'ApplicationSubmitted',
    {
      ...{ call: 'call-2', party: of, side: 'european', themes: ['housing'], evidence: [], component: 'C1', rules: rules2019.name },
      ...{ callOpenedOn: '2017-01-10', deadlineDay: '2017-04-15' },
    },
    '2017-02',
  ],
];
export const selected: Told = ['ApplicationSelected', because, '2017-05-02'];

/** After one mission: a plan approved by both sides, and a pilot designed for its action. */
export const planned: readonly Told[] = [
  ...oneMission,
  ['MissionHeld', { mission: 2, mode: 'virtual', from: '2018-06-04', to: '2018-06-08', place: 'online', delegates: 4 }, '2018-06-08'],
  ['PlanDrafted', { version: 1, actions: [{ action: 'bikes', title: text('3'), theme: 'urban-mobility' }] }, '2018-07'],
  ['PlanSubmitted', { version: 1, approvalBy: ['european', 'latin-american'] }, '2018-08-01'],
  ['PlanApproved', { version: 1, side: 'european', digest: 'd' }, '2018-08-20'],
  ['PlanApproved', { version: 1, side: 'latin-american', digest: 'd' }, '2018-09-03'],
  ['PilotDesigned', { pilot: 'bike-lanes', action: 'bikes', title: text('4') }, '2018-10'],
];

/** Takes back what stands at a revision. */
export const retraction = (revision: number, type: string): Told => [
  'FactRetracted',
  { revision, type, authority: 'segib', reason: text('5') },
  '2021-02-01',
];
/** Gives a fact other data, or another date. */
export const correction = (revision: number, [type, data, occurredOn]: Told): Told => [
  'FactCorrected',
  { revision, type, data, occurredOn, authority: 'segib', reason: text('6') },
  '2021-02-02',
];
