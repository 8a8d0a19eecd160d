import { type FieldProblem, problemAt } from '../engine/refused';
import type { FieldProblemCode } from '../kernel/fields-problems';
import type { Said } from '../kernel/refusal';

/** Every code that HTTP itself answers, with its status. A rule's own refusals (409) carry the codes of the vocabularies. */
export const problems = {
  MALFORMED: 400,
  AS_OF_NOT_OFFERED: 400,
  NOT_JSON: 400,
  NOT_STORABLE: 400,
  DOCUMENT_EMPTY: 400,
  DIGEST_DIFFERS: 400,
  UNAUTHENTICATED: 401,
  TOKEN_NOT_GOOD: 401,
  TOKEN_NOT_OF_THIS_ISSUER: 401,
  TOKEN_EXPIRED: 401,
  FORBIDDEN: 403,
  NO_ROLE: 403,
  NOT_RESPONSIBLE: 403,
  NOT_YOUR_SUBSCRIPTION: 403,
  NOT_FOUND: 404,
  NO_SUCH_ROUTE: 404,
  METHOD_NOT_ALLOWED: 405,
  UNKNOWN_REFERENCE: 409,
  DOCUMENT_DESCRIBED_OTHERWISE: 409,
  SUBSCRIPTION_RESTS: 409,
  DELIVERED_OTHERWISE: 409,
  CLAIM_NOT_HELD: 409,
  NOT_IN_CLAIM: 409,
  ENDPOINT_NOT_READY: 409,
  FORGOTTEN: 410,
  DOCUMENT_ERASED: 410,
  OTHER_EPOCH: 410,
  PLACE_LOST: 410,
  STALE_REVISION: 412,
  TOO_LARGE: 413,
  DOCUMENT_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  DOCUMENT_TYPE_NOT_TAKEN: 415,
  KEY_REUSED: 422,
  PRECONDITION_REQUIRED: 428,
  TOO_MANY_REQUESTS: 429,
  INTERNAL: 500,
  DOCUMENT_DAMAGED: 500,
  TRY_AGAIN: 503,
  NOT_CAUGHT_UP: 503,
  NOT_READY: 503,
  UNAVAILABLE: 503,
} as const;
export type ProblemCode = keyof typeof problems;

/** The status of what a rule refuses. */
export const refusedByRule = 409;

export interface ProblemDetail {
  /** What fills the sentence of the code. */
  readonly values?: Said['values'];
  /** What is wrong with which field, all at once. */
  readonly errors?: readonly FieldProblem[];
  readonly headers?: Readonly<Record<string, string>>;
  /** What else stands in the document, for programs. */
  readonly more?: Readonly<Record<string, unknown>>;
}

/** Thrown by whatever answers a request; the filter makes a problem document of it. */
export class Problem extends Error {
  constructor(
    readonly code: ProblemCode,
    readonly about: ProblemDetail = {},
  ) {
    super(code);
  }
}

/** One header, parameter or field that is not as it must be. */
export const malformed = (...problem: Parameters<typeof problemAt>) => new Problem('MALFORMED', { errors: [problemAt(...problem)] });

/**
 * There is nothing of this kind by this id; its name is told in the language of the reader.
 * @param near what may have been meant
 */
export const notFound = (thing: string, id: string, near: readonly string[] = []) =>
  new Problem('NOT_FOUND', { values: { thing, id, ...(near.length > 0 && { near: near.join(', ') }) } });

/** The stable name of a kind of problem. */
export const typeOf = (code: string) => `urn:puente:problem:${code.toLowerCase().replaceAll('_', '-')}`;

export const problemMediaType = 'application/problem+json';

/** One field of a request: `code` is stable, `problem` follows the name of the field. */
export interface FieldError {
  readonly path: string;
  readonly code: FieldProblemCode;
  readonly problem: string;
}

/** RFC 9457, with what this product adds. */
export interface ProblemDocument {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  /** The request, as the log names it; the `correlationId` of events follows from it. */
  readonly instance?: string;
  readonly errors?: readonly FieldError[];
  /** `missing`, `gates`, `facts`, … with a sentence for each code. */
  readonly [more: string]: unknown;
}
