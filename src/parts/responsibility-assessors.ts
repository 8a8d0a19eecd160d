import { Actor, officers, Ref } from '../kernel/fields';
import { always, command, part } from '../kernel/part';
import type { Said } from '../kernel/refusal';
import type { Span } from '../kernel/spans';
import { assigned, assignmentLacks, begun, released, releasedOn, releaseLacks, says, type Terms, termsOf } from './responsibility-terms';

/** Stored for ever: add optional fields freely; never rename, remove or change a meaning. */
export interface AssessorEvents {
  AssessorAssigned: { assessor: string; party?: string };
  AssessorReleased: { assessor: string };
}

export class AssignAssessor {
  @Actor('Account of who assesses applications from then on') assessor!: string;
  @Ref('party', 'The party the assessor belongs to, whose applications are left to others', { optional: true }) party?: string;
}
export class ReleaseAssessor {
  @Actor('Account of who assesses no more', { gone: true }) assessor!: string;
}

interface Term extends Span {
  readonly party?: string;
}
interface Needs {
  /** Why there is nothing to assess for; nothing where it is there. */
  readonly lacks: readonly Said[];
}
/** From when to when somebody assesses, and the party they belong to. */
export interface AssessorTerm extends Term {
  readonly assessor: string;
}
export const assessorTerms = (terms: Terms<Term>): readonly AssessorTerm[] =>
  Object.entries(terms).flatMap(([assessor, own]) => own.map((term) => ({ assessor, ...term })));

const counted = (assessor: string, quantity: 1 | -1) => [
  { measure: 'assessors-assigned' as const, subject: { ref: `assessor/${assessor}` }, quantity },
];

/** Who assesses the applications of a call, and which party each belongs to. */
export const assessors = part<AssessorEvents, Terms<Term>, Needs>()({
  says,
  commands: {
    AssignAssessor: command(AssignAssessor, officers, ['AssessorAssigned']),
    ReleaseAssessor: command(ReleaseAssessor, officers, ['AssessorReleased']),
  },
  initial: {},
  offers: {
    AssignAssessor: always,
    ReleaseAssessor: (terms) => assigned(terms).map((assessor) => ({ known: { assessor } })),
  },

  decide: {
    AssignAssessor: ({ assessor, party }, terms, { occurredOn }) =>
      termsOf(terms, assessor).some((term) => term.from === occurredOn && term.party === party)
        ? []
        : [{ type: 'AssessorAssigned', data: { assessor, ...(party !== undefined && { party }) } }],
    ReleaseAssessor: ({ assessor }, terms, { occurredOn }) =>
      releasedOn(terms, assessor, occurredOn) ? [] : [{ type: 'AssessorReleased', data: { assessor } }],
  },

  requires: {
    AssessorAssigned: (terms, { assessor }, { occurredOn }, { lacks }) => [...lacks, ...assignmentLacks(terms, assessor, occurredOn)],
    AssessorReleased: (terms, { assessor }, { occurredOn }, { lacks }) => [...lacks, ...releaseLacks(terms, assessor, occurredOn)],
  },

  evolve: {
    AssessorAssigned: (terms, { assessor, party }, { occurredOn }) =>
      begun(terms, assessor, { from: occurredOn, ...(party !== undefined && { party }) }),
    AssessorReleased: (terms, { assessor }, { occurredOn }) => released(terms, assessor, occurredOn),
  },

  measures: {
    'assessors-assigned': { counts: 'assessors assigned and not released', ofAccounts: true },
  },
  facts: {
    AssessorAssigned: ({ assessor }) => counted(assessor, 1),
    AssessorReleased: ({ assessor }) => counted(assessor, -1),
  },
});
