import type { Parameter } from './addresses';

const word: Parameter<string> = [
  (text) => (text.length <= 80 && text.isWellFormed() && /^[^\p{Cc}]+$/u.test(text) ? text : undefined),
  'NOT_A_SEARCH',
  { max: 80 },
];

/** How the list of a lifecycle can be narrowed, by the lifecycle's name; each as a parameter. */
export const filters: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  pairing: { phase: 'Where it stands', call: 'Id of its call', party: 'Id of a party on either side', nextStep: 'What comes next' },
  call: { component: 'Its component', phase: 'Where it stands' },
  application: { call: 'Id of the call it answers', party: 'Id of who applies', phase: 'Where it stands' },
  party: {
    kind: 'What it is',
    search: 'Words, or their beginnings, of any of its names, those of its other registrations among them',
    merged: '`true`: also those that were merged into another',
  },
};
const yesNo: Parameter<string> = [(text) => (text === 'true' || text === 'false' ? text : undefined), 'NOT_YES_NO'];

export const filterParameters = (lifecycle: string): Readonly<Record<string, Parameter<string>>> =>
  Object.fromEntries(Object.keys(filters[lifecycle] ?? {}).map((name) => [name, name === 'merged' ? yesNo : word]));
