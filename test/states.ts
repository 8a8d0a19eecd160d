import { problemWith } from '../src/engine/shapes';
import type { RuleSet } from '../src/kernel/rules';
import { pairing } from '../src/lifecycles/pairing';
import { story, type World } from './given';

const rules: RuleSet = {
  name: 'iuc-lac-2017@1',
  minPopulation: 50_000,
  setOfCitiesCountsTogether: true,
  excludedPartyKinds: ['provincial-council'],
  countries: { c1: { european: ['ES', 'PT', 'IT'], latinAmerican: ['CO', 'BR', 'CL'] } },
  maxFundedTravellers: 5,
  missionsRequired: 2,
  missionsAllowed: 3,
  firstVisitor: { c1: 'european', c3: 'latin-american' },
  commitmentMonths: 18,
  supportMonths: 18,
};

const application = (party: string, side: string, more: object = {}) => ({
  phase: 'selected',
  party,
  side,
  call: 'c1-2017',
  component: 'c1',
  rules: rules.name,
  callOpenedOn: '2017-03-01',
  pairings: [],
  places: 1,
  ...more,
});

/** Cartagena de Indias and Málaga under the rules of 2017, with other applications to choose wrongly from. */
export const world: World = {
  book: (name) => (name === rules.name ? rules : undefined),
  problemWith,
  elsewhere: {
    application: {
      cartagena: application('cartagena', 'latin-american'),
      malaga: application('malaga', 'european'),
      'malaga-again': application('malaga', 'european', { callOpenedOn: '2017-09' }),
      barranquilla: application('barranquilla', 'latin-american', { callOpenedOn: '2017-09' }),
      almada: application('almada', 'european', { phase: 'withdrawn' }),
      'castilla-y-leon': application('castilla-y-leon', 'european', { component: 'c3' }),
    },
  },
};

/** What happened, on which day, as the specifications tell it. */
export const actions = [
  { action: 'old-town', title: 'Walking through the old town', theme: 'urban-regeneration' },
  { action: 'reuse-of-water', title: 'Reuse of water', theme: 'circular-economy' },
];
export const signatories = [{ party: 'malaga' }, { party: 'cartagena' }];
const visit = (mission: number, month: string) => ({ mission, from: `${month}-10`, to: `${month}-14` });
export const mission1 = { ...visit(1, '2018-02'), place: 'Cartagena de Indias', delegates: 5 };
export const mission2 = { ...visit(2, '2018-06'), place: 'Málaga', delegates: 6 };

export const unformed = story(pairing, world);
export const formed = unformed.does('FormPairing', { applications: ['cartagena', 'malaga'] }, '2017-06-20');
/** Its 18 months end on 2019-03-11. */
export const kickedOff = formed.does('KickOff', {}, '2017-09-11');
export const missionPlanned = kickedOff.does('PlanMission', { ...visit(1, '2018-02'), visitor: 'european' }, '2017-11-05');
export const missionHeld = missionPlanned.does('HoldMission', mission1, '2018-02-14');
export const planDrafted = missionHeld.does('DraftPlan', { version: 1, actions }, '2018-03-20');
export const planSubmitted = planDrafted.does('SubmitPlan', { version: 1 }, '2018-04-10');
export const planHalfApproved = planSubmitted.does('ApprovePlan', { version: 1, side: 'european' }, '2018-04-24');
export const planApproved = planHalfApproved.does('ApprovePlan', { version: 1, side: 'latin-american' }, '2018-05-02');
export const pilotDesigned = planApproved.does(
  'DesignPilot',
  { pilot: 'fountains', action: 'reuse-of-water', title: 'Fountains' },
  '2018-05-30',
);
export const secondMissionHeld = pilotDesigned
  .does('PlanMission', { ...visit(2, '2018-06'), visitor: 'latin-american' }, '2018-06-01')
  .does('HoldMission', mission2, '2018-06-14');
export const agreementDrafted = secondMissionHeld.does(
  'DraftAgreement',
  { agreement: 'cooperation', kind: 'cooperation', signatories, languages: ['es'] },
  '2018-09-01',
);
export const signedByOne = agreementDrafted.does(
  'SignAgreement',
  { agreement: 'cooperation', party: 'malaga', language: 'es' },
  '2018-10-01',
);
export const agreementConcluded = signedByOne.does(
  'SignAgreement',
  { agreement: 'cooperation', party: 'cartagena', language: 'es' },
  '2018-10-12',
);
export const completed = agreementConcluded.does('CompletePairing', { results: 'A fountain that wastes nothing' }, '2019-02-28');

/** Who takes facts back, and why. */
export const because = { authority: 'secretariat', reason: 'Typed wrongly' };
