/** Something that stands in the way, by its code and what fills its sentence. */
export interface Said {
  readonly code: string;
  readonly values: Readonly<Record<string, string | number>>;
}

/** A rule said no. Nothing was recorded. */
export class Rejected extends Error {
  readonly code: string;
  constructor(
    readonly said: Said,
    /** All that is missing, where a gate or a requirement asked for several things; later facts that would lose what they need. */
    readonly detail: Readonly<Record<string, unknown>> = {},
  ) {
    super(said.code);
    this.code = said.code;
  }
}

export type Sentences = Readonly<Record<string, string>>;

/** The codes of a part or a lifecycle with their English sentences (ICU messages); Spanish and Portuguese stand in `words/`. */
export interface Vocabulary<S extends Sentences> {
  readonly sentences: S;
  /** What is missing, as data: gates and requirements return these. */
  lack(code: keyof S & string, values?: Said['values']): Said;
  /** A refusal to throw. */
  no(code: keyof S & string, values?: Said['values']): Rejected;
}

export const vocabulary = <const S extends Sentences>(sentences: S): Vocabulary<S> => ({
  sentences,
  lack: (code, values = {}) => ({ code, values }),
  no: (code, values = {}) => new Rejected({ code, values }),
});

/** What the kernel itself refuses. */
export const refusals = vocabulary({
  GATE_CLOSED: 'This cannot stand yet: {gates}',
  FACTS_REST_ON_IT: 'Facts would lose what they need: {facts}',
  PERSON_FORGOTTEN: 'What was known of the person {person} was destroyed: nothing new can name them',
  ACTOR_FORGOTTEN: 'Whose account {actor} was is forgotten: nothing new can name it',
  NO_SUCH_FACT: 'Nothing was recorded at revision {revision}',
  NOT_IN_FORCE: 'What was recorded at revision {revision} no longer stands',
  CORRECT_THE_ORIGINAL: 'Revision {revision} is itself a correction or a waiver: name the original fact, or retract it',
  CORRECTED_TWICE: 'Revision {revision} is corrected twice by one command',
  GATE_CANNOT_BE_WAIVED: 'The gate {gate} cannot be waived by anybody',
  GATE_NEVER_ASKED: 'The gate {gate} asks nothing of {type}',
  WAIVER_FOR_WHICH_FACT: 'A waiver names a revision where it is for a recorded fact, and only then',
  FACT_NEVER_CHANGES: '{type} never changes: others were decided by it',
  NO_SUCH_GATE: 'There is no gate named {gate} here',
  DECIDED_AHEAD: 'A waiver or a correction is dated to when it was decided: {occurredOn} lies in the future',
  NO_RULE_SET: 'No rule set is in force here yet',
  TAKEN_BACK_SINCE:
    'This was recorded before and taken back since ({facts}): send it under another id to record it anew, or take the retraction back',
  DATA_NOT_OF_ITS_KIND: 'The new data of revision {revision} does not have the shape of {type}: {problem}',
  DERIVED_BY_THE_RULES: '{field} of {type} follows from other facts: retract the fact and record it again',
});
