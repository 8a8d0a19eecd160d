import type { Said } from './refusal';

/** What can be wrong with a field, by code, in English; Spanish and Portuguese stand in `words/`. Sentences follow the name of the field. */
export const fieldProblems = {
  MISSING: 'is missing',
  UNKNOWN_FIELD: 'is not a field of this form',
  NOT_AN_OBJECT: 'must be an object',
  TOO_DEEP: 'is nested too deeply',
  TOO_MANY_VALUES: 'holds more than {fields} fields in one object, or more than {values} values',
  NOT_KEEPABLE: 'holds a character that cannot be kept',

  NOT_TEXT: 'must be a text',
  BLANK: 'must hold something that can be seen',
  LENGTH: 'must have {min} to {max} characters',
  NOT_YES_NO: 'must be true or false',
  NOT_A_FIGURE: 'must be a number with at most six decimals',
  NOT_WHOLE: 'must be a whole number',
  OUT_OF_RANGE: 'must be from {min} to {max}',
  NOT_DAYS: 'must be {min} to {max} days, such as 30d',
  NOT_ONE_OF: 'must be one of these: {allowed}',
  NOT_A_LIST: 'must be a list',
  LIST_LENGTH: 'must hold {min} to {max} values',
  REPEATED: 'holds a value twice',

  NOT_A_SLUG: 'must be lower-case letters, digits and hyphens, at most 80',
  NOT_A_RULE_SET: 'must be a rule set as id@version',
  NOT_A_PERSON: 'must be the id of a registered person',
  NOT_AN_ACTOR: 'must be the id of an account',
  NOT_A_CURRENCY: 'must be a currency code of ISO 4217',
  NOT_A_RATE: 'must be a positive decimal number as text, such as "4312.57", with at most 12 digits on each side of its point',
  NOT_A_COUNTRY: 'must be a country code of ISO 3166-1 in capitals, such as CO',
  NOT_A_DATE: 'must be a real date from 1900 to 2199: YYYY, YYYY-MM or YYYY-MM-DD',
  NOT_A_DAY: 'must be a real day from 1900 to 2199: YYYY-MM-DD',
  NOT_A_LOCAL_TIME: 'must be a local time: YYYY-MM-DDThh:mm',
  NOT_A_TIME_ZONE: 'must be a time zone such as Europe/Brussels',
  NOT_A_CURSOR: 'must be a cursor that an answer gave',
  NOT_A_SECRET:
    'must be a secret as Standard Webhooks writes it, whsec_ and base64 of 24 to 64 bytes, of a subscription that is signed with HMAC',
  AHEAD_OF_THE_LOG: 'lies ahead of the log: nothing was recorded there yet',
  NOT_AN_EVENT_TYPE: 'must be types of events that the catalogue names, such as {near}, with commas between, at most 60',
  NOT_STREAMS: 'must be names of streams such as pairing-ibague-graz, with commas between, at most 60',
  NOT_LIFECYCLES: 'must be some of these, with commas between: {allowed}',

  NOT_WORDS: 'must be as it is sent (words, a digest), or as it stands there',
  NO_SUCH_COMMAND: 'must name a command that the {thing} takes, not {command}',
  NO_SUCH_LIFECYCLE: 'must name a lifecycle that exists, not {name}',
  NOT_A_STREAM: 'must be <lifecycle>/<id>',
  NOT_JSON: 'is not JSON',
  NOT_UTF8: 'is not UTF-8',
  NOT_A_DIGEST: 'must be a SHA-256: 64 hex digits in lower case',
  NOT_A_LANGUAGE: 'must be one language code of ISO 639-1, such as es',
  NOT_A_CONTENT_DIGEST: 'must hold a sha-256 as RFC 9530 writes it: sha-256=:<base64>:',
  NOT_A_UUID: 'must be a uuid',
  NOT_PLAIN: 'must be 1 to {max} plain characters',
  NOT_A_SEARCH: 'must be 1 to {max} characters that can be kept',
  UNKNOWN_PARAMETER: 'is not a parameter here ({known})',
  SENT_TWICE: 'must be sent once',
  NOT_A_PATH: 'the target of a request must be a path that begins with /',
  NOT_A_KEY: 'must be 1 to 200 visible characters, without spaces',
  NOT_A_REVISION: 'must be one "<revision>" as ETag gave it, or *',
  NOT_OF_A_RECEIPT: 'must be <position>.<epoch> as a receipt gave it',
  CANNOT_BE_TRIED: 'is for commands: this would be done for real',
  NOT_AN_INSTANT: 'must be an instant with its offset, such as 2020-12-31T23:59:59Z',
  NOT_A_POSITION: 'must be a position that an answer named',
  NOT_AN_EVENT: 'must be an event as stream@revision, such as pairing-cartagena-malaga@7',
  NOT_A_STREAM_NAME: 'must be a stream as <lifecycle>-<id>, such as pairing-cartagena-malaga',
  NOT_AN_ENDPOINT:
    'must be an https address on the public network, of at most 2,000 characters, without user, password or fragment; http is taken for this machine alone',
  NOT_OF_AN_ANSWER: 'must be <position>.<epoch>, both as an answer named them',
  NOT_A_DIMENSION: 'must name dimensions of what is counted ({known})',
  NOT_CONDITIONS: 'must be dimension:value, and others after a comma',
  NOT_BEFORE: 'must not be later than {other}',
  TOO_MANY_POINTS: 'would give {points} points; at most {most} are answered',
  NOT_A_MOMENT: 'must be an instant with its offset, or <position>.<epoch> as an answer named them',
  NOT_WEIGHTS: 'must be criterion:weight, and others after a comma, each once',
  NOT_A_HUNDRED: 'must add up to 100, not to {total}',
  NOT_CRITERIA: 'names what is no criterion of the call: {unknown} ({known})',
  NOT_TOGETHER: 'cannot be given together with {other}',
} as const;
export type FieldProblemCode = keyof typeof fieldProblems;

/** What is wrong with a field, as data; with `each` of a list, where it is so of some of its values. */
export interface FieldSaid {
  readonly code: FieldProblemCode;
  readonly values: Said['values'];
  readonly each?: true;
}

/** For logs and terminals; readers of an answer are told in their language. */
export const inEnglish = ({ code, values, each }: FieldSaid): string =>
  (each ? 'each value ' : '') + fieldProblems[code].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name]));
