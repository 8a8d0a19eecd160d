import { Actor, officers } from '../kernel/fields';
import { always, command, part } from '../kernel/part';
import type { Said } from '../kernel/refusal';
import { assigned, assignmentLacks, begun, released, releasedOn, releaseLacks, says, type Terms, termsOf } from './responsibility-terms';

/** Stored for ever: add optional fields freely; never rename, remove or change a meaning. */
export interface ResponsibilityEvents {
  OfficerAssigned: { officer: string };
  OfficerReleased: { officer: string };
}

export class AssignOfficer {
  @Actor('Account of the officer who is responsible from then on') officer!: string;
}
export class ReleaseOfficer {
  @Actor('Account of the officer who is responsible no more', { gone: true }) officer!: string;
}

interface Needs {
  /** Why there is nothing to be responsible for; nothing where it is there. */
  readonly lacks: readonly Said[];
}

const counted = (officer: string, quantity: 1 | -1) => [
  { measure: 'officers-assigned' as const, subject: { ref: `officer/${officer}` }, quantity },
];

/** Which officers are responsible for a programme, a call or a pairing, from when to when; several may be. */
export const responsibility = part<ResponsibilityEvents, Terms, Needs>()({
  says,
  commands: {
    AssignOfficer: command(AssignOfficer, officers, ['OfficerAssigned']),
    ReleaseOfficer: command(ReleaseOfficer, officers, ['OfficerReleased']),
  },
  initial: {},
  offers: {
    AssignOfficer: always,
    ReleaseOfficer: (terms) => assigned(terms).map((officer) => ({ known: { officer } })),
  },

  decide: {
    AssignOfficer: ({ officer }, terms, { occurredOn }) =>
      termsOf(terms, officer).some(({ from }) => from === occurredOn) ? [] : [{ type: 'OfficerAssigned', data: { officer } }],
    ReleaseOfficer: ({ officer }, terms, { occurredOn }) =>
      releasedOn(terms, officer, occurredOn) ? [] : [{ type: 'OfficerReleased', data: { officer } }],
  },

  requires: {
    OfficerAssigned: (terms, { officer }, { occurredOn }, { lacks }) => [...lacks, ...assignmentLacks(terms, officer, occurredOn)],
    OfficerReleased: (terms, { officer }, { occurredOn }, { lacks }) => [...lacks, ...releaseLacks(terms, officer, occurredOn)],
  },

  evolve: {
    OfficerAssigned: (terms, { officer }, { occurredOn }) => begun(terms, officer, { from: occurredOn }),
    OfficerReleased: (terms, { officer }, { occurredOn }) => released(terms, officer, occurredOn),
  },

  measures: {
    'officers-assigned': { counts: 'officers assigned and not released', ofAccounts: true },
  },
  facts: {
    OfficerAssigned: ({ officer }) => counted(officer, 1),
    OfficerReleased: ({ officer }) => counted(officer, -1),
  },
});
