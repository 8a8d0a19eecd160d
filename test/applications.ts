import { application } from '../src/lifecycles/application';
import type { CallSeen } from '../src/lifecycles/call';
import { story } from './given';
import { rulesOf2017 } from './rules';

/** The third call for applications, open until 18 March 2019, beside one that was cancelled and one for regions. */
export const openCall: CallSeen = {
  phase: 'open',
  component: 'C1',
  round: 3,
  openedOn: '2019-01-15',
  rules: 'iuc-lac@2',
  deadline: '2019-03-18T23:59',
  timeZone: 'Europe/Brussels',
  deadlines: [],
  criteria: [],
};
const elsewhere = {
  party: { almeria: { kind: 'city', countries: ['ES'], members: [], populations: [{ population: 196_851, year: 2018 }] } },
  call: {
    'iuc-2019': openCall,
    'iuc-2020': { ...openCall, phase: 'cancelled', endedOn: '2019-03-01' },
    'iuc-regions': { ...openCall, component: 'C3' },
  },
};
export const anApplication = {
  call: 'iuc-2019',
  party: 'almeria',
  side: 'european',
  themes: ['urban-mobility', 'circular-economy'],
  evidence: [{ kind: 'other-programmes', note: 'URBACT since 2015' }],
} as const;
/** A day after the deadline. */
export const late = '2019-03-19';
export const authority = { decidedBy: 'brussels-unit', reason: 'Shared challenges with Armenia' };
export const other = { decidedBy: 'brussels-unit', reason: 'No budget for it' };

const rules = { ...rulesOf2017, name: 'iuc-lac@2' };
export const nothing = story(application, { book: (name) => (name === rules.name ? rules : undefined), elsewhere });
export const submitted = nothing.does('SubmitApplication', anApplication, '2019-03-04');
export const checked = submitted.does('CheckEligibility', {}, '2019-03-20');
export const selected = checked.does('SelectApplication', authority, '2019-05');
export const onReserveList = checked.does('PutOnReserveList', authority, '2019-05');
export const rejected = submitted.does('RejectApplication', authority, '2019-05');
export const revoked = selected.does('RevokeDecision', other, '2019-06');
export const withdrawn = submitted.does('WithdrawApplication', { reason: 'A new mayor' }, '2019-04-10');
