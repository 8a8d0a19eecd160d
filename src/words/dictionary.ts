import type { FieldProblemCode } from '../kernel/fields-problems';
import type { CommandName } from '../lifecycles/all';
import type { EventType } from '../lifecycles/events';
import type { ToDo } from '../lifecycles/pairing-steps';

/** Values that occur in events and in answers and that a reader wants in words. */
export const valuesInWords = [
  ...['european', 'latin-american', 'programme', 'party', 'third-party'],
  ...['in-person', 'virtual'],
  ...['private', 'academia', 'civil-society', 'public'],
  ...['woman', 'man', 'other', 'not-said'],
  ...['opening', 'cooperation'],
  ...['city', 'city-set', 'consortium', 'region', 'provincial-council', 'network', 'organisation', 'country'],
  ...['key-actors-mobilised', 'other-programmes', 'urban-strategy', 'staff-committed'],
  ...['next-fact', 'rest', 'fact', 'correction', 'retraction', 'waiver'],
  ...['poverty-inclusion-gender', 'housing', 'refugees-and-immigrants', 'education-work-skills', 'sustainable-production-consumption'],
  ...['circular-economy', 'water-waste-sanitation', 'healthy-cities', 'smart-city-innovation', 'urban-regeneration'],
  ...['nature-based-solutions', 'urban-mobility', 'urban-rural-development', 'culture-and-heritage', 'safety-in-public-spaces'],
  ...['absent', 'registered', 'open', 'closed', 'cancelled', 'submitted', 'selected', 'on-reserve-list', 'rejected', 'withdrawn'],
  ...['formed', 'running', 'completed', 'terminated', 'ended-without-agreement', 'dissolved'],
  ...['formed-by-mistake', 'application-fell-away'],
  ...['planned', 'held', 'draft', 'returned', 'approved', 'concluded', 'expired', 'designed', 'started', 'abandoned'],
  ...[
    'opening-agreement',
    'kick-off',
    'missions',
    'plan-submitted',
    'plan-approved',
    'pilot-designed',
    'cooperation-agreement',
    'completion',
  ],
  ...['relevance', 'coherence', 'effectiveness', 'efficiency', 'impact', 'sustainability'],
  ...['accepted', 'partly', 'output', 'outcome', 'rising', 'falling'],
  ...['population', 'kind', 'countries', 'passed', 'failed', 'unknown'],
  ...['initiative', 'affiliated-project', 'culture', 'knowledge', 'social-cohesion', 'cross-cutting'],
  ...['presidency', 'technical-unit', 'intergovernmental-committee', 'country-representative'],
  ...['support-end', 'call-closing', 'plan-resubmission', 'agreement-expiry', 'annual-report', 'response-action'],
  ...['pull', 'webhook', 'hmac', 'ed25519', 'beginning', 'now', 'failing', 'gone'],
  ...['forgotten', 'reserved'],
] as const;
export type Word = (typeof valuesInWords)[number];

/** The gates of all lifecycles; gates of one name share a title. */
export const gateNames = [
  ...[
    'not-in-the-future',
    'something-could-pass',
    'not-before-call',
    'not-before-programme',
    'within-deadline',
    'formed-first',
    'formed-after-call',
    'within-support-period',
  ],
  ...['formed-before-kick-off', 'before-the-end', 'end-after-the-rest', 'first-visitor', 'mission-before-plan', 'pilot-implements-plan'],
  ...['work-before-agreement', 'agreement-before-completion', 'not-while-suspended', 'resumed-before-the-rest'],
  ...[
    'eligible-when-selected',
    'free-to-leave',
    'mission-of-delegation',
    'purpose-of-expense',
    'registered-first',
    'before-its-conclusion',
  ],
  ...['opened-first', 'before-the-close', 'answered-before-close'],
] as const;
export type GateName = (typeof gateNames)[number];

/** One language. Sentences are ICU messages; placeholders of `events` are the fields of the event (`sides_members_party` of nested ones). */
export interface Dictionary {
  readonly events: Readonly<Record<EventType, string>>;
  /** By code; one code says one thing, whichever part says it. */
  readonly refusals: Readonly<Record<string, string>>;
  /** By name, or by lifecycle and name where two lifecycles have different rules of one name. */
  readonly gates: Readonly<Record<string, string>>;
  /** What the gates are called. */
  readonly titles: Readonly<Record<GateName, string>>;
  /** What a command does, as a title. */
  readonly commands: Readonly<Record<CommandName, string>>;
  /** What is to be done next. */
  readonly toDo: Readonly<Record<ToDo['code'], string>>;
  /** What is wrong with a field. */
  readonly fields: Readonly<Record<FieldProblemCode, string>>;
  /** `problem` of a list, where it is so of some of its values. */
  readonly eachValue: string;
  /** A `title` within a sentence. */
  readonly quoted: string;
  readonly words: Readonly<Record<Word, string>>;
  /** From `from` to `to`: one `day`, one `date` known roughly, several `days`, or `other`. Sentences call it `period`. */
  readonly period: string;
  /** A word as the one by whom something is done, where it merges with what stands before it; `side_agent` in sentences. */
  readonly agent?: (word: string) => string;
}

/** What can be said, and by which keys. */
export interface Sections {
  readonly events: EventType;
  readonly refusals: string;
  readonly gates: string;
  readonly titles: GateName;
  readonly commands: CommandName;
  readonly toDo: ToDo['code'];
  readonly fields: FieldProblemCode;
  readonly words: Word;
}
export type SentenceValues = Readonly<Record<string, string | number>>;
