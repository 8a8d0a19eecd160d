import { lifecycle } from '../../src/kernel/lifecycle';
import { part } from '../../src/kernel/part';
import { later, type PartialDate } from '../../src/kernel/partial-date';
import { vocabulary } from '../../src/kernel/refusal';

const says = vocabulary({});
const quiet = { says, commands: {}, offers: {}, decide: {} } as const;

interface Course {
  readonly component: string;
}
export interface CourseEvents {
  Formed: { component: string; parties: { party: string; side: string }[] };
  ComponentChanged: { component: string };
}
const course = part<CourseEvents, Course>()<unknown, string>({
  ...quiet,
  initial: { component: 'none' },
  evolve: { Formed: (_, { component }) => ({ component }), ComponentChanged: (_, { component }) => ({ component }) },
  facts: {
    Formed: ({ parties }) => [
      { measure: 'pairings-formed', subject: 'pairing', quantity: 1 },
      ...parties.map(({ party, side }) => ({ measure: 'party-slots', subject: { ref: `party/${party}` }, quantity: 1, by: { side } })),
    ],
  },
});

export interface ActorEvents {
  ActorEngaged: { actor: string; sector: string };
  ActorReleased: { actor: string };
}
const actors = part<ActorEvents, Readonly<Record<string, string>>>()<unknown, string>({
  ...quiet,
  initial: {},
  evolve: { ActorEngaged: (engaged, { actor, sector }) => ({ ...engaged, [actor]: sector }), ActorReleased: (engaged) => engaged },
  facts: {
    ActorEngaged: ({ actor, sector }) =>
      ['actors-engaged', 'actors-active'].map((measure) => ({ measure, subject: { ref: `actor/${actor}` }, quantity: 1, by: { sector } })),
    ActorReleased: ({ actor }, _, before) => [
      { measure: 'actors-active', subject: { ref: `actor/${actor}` }, quantity: -1, by: { sector: before[actor] ?? 'unknown' } },
    ],
  },
});

export interface PlanEvents {
  PlanApproved: { version: number; designs: number };
}
const plan = part<PlanEvents, number>()<unknown, string>({
  ...quiet,
  initial: 0,
  evolve: { PlanApproved: (approved) => approved + 1 },
  facts: {
    PlanApproved: ({ version, designs }) => [
      { measure: 'ucaps-approved', subject: 'plan', quantity: 1 },
      { measure: 'pilot-designs', subject: `designs of version ${version}`, quantity: designs },
    ],
  },
});

export interface AgreementEvents {
  Signed: { by: 'one' | 'other' };
}
type Signatures = Partial<Readonly<Record<'one' | 'other', PartialDate>>>;
const concludedOn = ({ one, other }: Signatures) => (one === undefined || other === undefined ? undefined : later(one, other));
/** Concluded by the signature recorded last, with the one dated last. */
const agreement = part<AgreementEvents, Signatures>()<unknown, string>({
  ...quiet,
  initial: {},
  evolve: { Signed: (signed, { by }, { occurredOn }) => ({ [by]: occurredOn, ...signed }) },
  facts: {
    Signed: (_, after, before) => {
      const on = concludedOn(after);
      return on === undefined || concludedOn(before) !== undefined
        ? []
        : [{ measure: 'agreements-concluded', subject: 'agreement', quantity: 1, on }];
    },
  },
});

/** A pairing small enough to tell any history of it. */
export const pairing = lifecycle(
  'pairing',
  { course, actors, plan, agreement },
  {
    plural: 'pairings',
    says,
    gates: {},
    supply: {},
    responsible: 'every-officer',
    dimensions: { component: ({ course }) => course.component },
    rules: () => undefined,
    seen: () => undefined,
  },
);

export interface PartyEvents {
  Registered: { countries: string[] };
  LeftCountry: { country: string };
  Consists: { municipalities: string[] };
  Merged: { into: string };
  Split: { from: string };
}
const register = part<PartyEvents, boolean>()<unknown, string>({
  ...quiet,
  initial: false,
  evolve: {
    Registered: () => true,
    LeftCountry: (registered) => registered,
    Consists: (registered) => registered,
    Merged: (registered) => registered,
    Split: (registered) => registered,
  },
  facts: {
    Registered: ({ countries }) =>
      countries.map((country) => ({ measure: 'party-country', subject: { ref: `country/${country}` }, quantity: 1, by: { country } })),
    LeftCountry: ({ country }) => [{ measure: 'party-country', subject: { ref: `country/${country}` }, quantity: -1, by: { country } }],
    Consists: ({ municipalities }) => [
      { measure: 'party-registered', subject: 'party', quantity: 1 },
      ...municipalities.map((id) => ({ measure: 'municipality', subject: { ref: `party/${id}` }, quantity: 1 })),
    ],
    Merged: ({ into }) => [{ measure: 'party-merged', subject: { ref: `party/${into}` }, quantity: 1 }],
    Split: ({ from }) => [{ measure: 'party-merged', subject: { ref: `party/${from}` }, quantity: -1 }],
  },
});
export const party = lifecycle(
  'party',
  { register },
  {
    plural: 'parties',
    says,
    gates: {},
    supply: {},
    responsible: 'every-officer',
    dimensions: { kind: () => 'city', country: () => 'unknown' },
    rules: () => undefined,
    seen: () => undefined,
  },
);

export interface DataSetEvents {
  Declared: { illustrative: 'yes' | 'no' };
}
const provenance = part<DataSetEvents, boolean>()<unknown, string>({
  ...quiet,
  initial: false,
  evolve: { Declared: () => true },
  facts: { Declared: ({ illustrative }) => [{ measure: 'data-sets', subject: 'data set', quantity: 1, by: { illustrative } }] },
});
export const dataSet = lifecycle(
  'dataSet',
  { provenance },
  {
    plural: 'data-sets',
    says,
    gates: {},
    supply: {},
    responsible: 'every-officer',
    dimensions: {},
    rules: () => undefined,
    seen: () => undefined,
  },
);

/** Every event there is, and the data that each takes. */
export type Happening = {
  [E in keyof AllEvents]: { readonly type: E; readonly data: AllEvents[E]; readonly occurredOn: string };
}[keyof AllEvents];
type AllEvents = CourseEvents & ActorEvents & PlanEvents & AgreementEvents & PartyEvents & DataSetEvents;
