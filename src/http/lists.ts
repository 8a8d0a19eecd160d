import { stepNames } from '../lifecycles/pairing-steps';
import type { Parameter } from './addresses';

const word: Parameter<string> = [
  (text) => (text.length <= 80 && text.isWellFormed() && /^[^\p{Cc}]+$/u.test(text) ? text : undefined),
  'NOT_A_SEARCH',
  { max: 80 },
];

/** How the list of a lifecycle can be narrowed, by the lifecycle's name; each as a parameter. */
export const filters: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  pairing: {
    phase: 'Where it stands',
    call: 'Id of its call',
    party: 'Id of a party on either side',
    nextStep: `Its next step: ${stepNames.join(', ')}`,
    mine: '`true`: only those that you are responsible for, by an assignment to them, to their call or to its programme',
  },
  call: {
    component: 'Its component',
    phase: 'Where it stands',
    mine: '`true`: only those that you are responsible for, by an assignment to them or to their programme, or whose applications you assess',
  },
  application: {
    call: 'Id of the call it answers',
    party: 'Id of who applies',
    phase: 'Where it stands',
    mine: '`true`: only those of calls that you are responsible for, and those that you assess: not those of your own party',
  },
  party: {
    kind: 'What it is',
    search: 'Words, or their beginnings, of any of its names, those of its other registrations among them',
    merged: '`true`: also those that were merged into another',
  },
};

const inWords = (about: string) => ({
  type: 'object',
  description: about,
  properties: { code: { type: 'string' }, values: { type: 'object', additionalProperties: true }, sentence: { type: 'string' } },
});
/** What stands out in an item of the list of a lifecycle, by the lifecycle's name. */
export const itemFields: Readonly<Record<string, Readonly<Record<string, object>>>> = {
  pairing: {
    nextStep: {
      type: 'object',
      description: 'The first step not yet taken; left out where the pairing has ended',
      properties: {
        step: { type: 'string', enum: stepNames },
        label: { type: 'string' },
        toDo: inWords('What somebody has to do for it'),
        lacks: { type: 'array', items: inWords('What stands in the way of doing it now') },
      },
    },
  },
};

const yesOrNo: ReadonlySet<string> = new Set(['merged', 'mine']);
const yesNo: Parameter<string> = [(text) => (text === 'true' || text === 'false' ? text : undefined), 'NOT_YES_NO'];

export const filterParameters = (lifecycle: string): Readonly<Record<string, Parameter<string>>> =>
  Object.fromEntries(Object.keys(filters[lifecycle] ?? {}).map((name) => [name, yesOrNo.has(name) ? yesNo : word]));
