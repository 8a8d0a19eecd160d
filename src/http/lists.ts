import { stepNames } from '../lifecycles/pairing-steps';
import type { Application } from '../parts/application-course-state';
import type { Call } from '../parts/call-course';
import { components } from '../parts/components';
import type { Course } from '../parts/course';
import { partyKinds } from '../parts/party-kinds';
import { oneOf, type Parameter } from './addresses';

/** One way to narrow a list, as a parameter: what it says, how it is read, what may be sent. */
interface Filter {
  readonly about: string;
  readonly parameter: Parameter<string>;
  readonly schema: { readonly type: 'string' | 'boolean'; readonly maxLength?: number; readonly enum?: string[] };
}

const word = (about: string): Filter => ({
  about,
  parameter: [
    (text) => (text.length <= 80 && text.isWellFormed() && /^[^\p{Cc}]+$/u.test(text) ? text : undefined),
    'NOT_A_SEARCH',
    { max: 80 },
  ],
  schema: { type: 'string', maxLength: 80 },
});
const anyOf = (about: string, values: readonly string[]): Filter => ({
  about,
  parameter: oneOf(values),
  schema: { type: 'string', enum: [...values] },
});
const yesNo = (about: string): Filter => ({
  about,
  parameter: [(text) => (text === 'true' || text === 'false' ? text : undefined), 'NOT_YES_NO'],
  schema: { type: 'boolean' },
});

/** The phases that a list shows: all but that of what never was, or was taken back. A name that is missing or no phase does not compile. */
type Phases<Of extends { readonly phase: string }> = Readonly<Record<Exclude<Of['phase'], 'absent'>, true>>;
const pairingPhases: Phases<Course> = {
  ...{ formed: true, running: true },
  ...{ completed: true, withdrawn: true, terminated: true, 'ended-without-agreement': true, dissolved: true },
};
const callPhases: Phases<Call> = { open: true, closed: true, cancelled: true };
const applicationPhases: Phases<Application> = {
  ...{ submitted: true, selected: true, 'on-reserve-list': true, rejected: true, withdrawn: true },
};
const standsAt = (phases: object) => anyOf('Where it stands', Object.keys(phases));

/** How the list of a lifecycle can be narrowed, by the lifecycle's name. */
export const filters: Readonly<Record<string, Readonly<Record<string, Filter>>>> = {
  pairing: {
    phase: standsAt(pairingPhases),
    call: word('Id of its call'),
    party: word('Id of a party on either side'),
    nextStep: anyOf('Its next step', stepNames),
    mine: yesNo('`true`: only those that you are responsible for, by an assignment to them, to their call or to its programme'),
  },
  call: {
    component: anyOf('Its component', components),
    phase: standsAt(callPhases),
    mine: yesNo(
      '`true`: only those that you are responsible for, by an assignment to them or to their programme, or whose applications you assess',
    ),
  },
  application: {
    call: word('Id of the call it answers'),
    party: word('Id of who applies'),
    phase: standsAt(applicationPhases),
    mine: yesNo('`true`: only those of calls that you are responsible for, and those that you assess: not those of your own party'),
  },
  party: {
    kind: anyOf('What it is', partyKinds),
    search: word('Words, or their beginnings, of any of its names, those of its other registrations among them'),
    merged: yesNo('`true`: also those that were merged into another'),
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

/** Lists that can be asked for as they stood. */
export const listedAsOf = ({ name }: { readonly name: string }): boolean => name === 'pairing';

export const filterParameters = (lifecycle: string): Readonly<Record<string, Parameter<string>>> =>
  Object.fromEntries(Object.entries(filters[lifecycle] ?? {}).map(([name, { parameter }]) => [name, parameter]));
