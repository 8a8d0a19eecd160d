import { errors } from 'undici';
import type { UrlProblem } from '../kernel/endpoint-addresses';

/** Why there is no answer. */
export type FailureCode =
  | UrlProblem
  /** The name was not found, or nobody could be asked for it. */
  | 'NO_SUCH_HOST'
  /** Nobody takes a connection at the address. */
  | 'UNREACHABLE'
  /** The other side does not prove to be who it should be, or speaks no TLS. */
  | 'TLS'
  /** The proxy was not reached, or would not connect. */
  | 'PROXY'
  /** The connection ended before there was a status. */
  | 'RESET'
  | 'TIMED_OUT'
  /** What came is no HTTP, or more of it than is read. */
  | 'BAD_ANSWER'
  /** Nothing is sent any more: the process ends. */
  | 'STOPPED';

/** One attempt that came to no answer. */
export class Undelivered extends Error {
  constructor(
    readonly code: FailureCode,
    detail: string,
  ) {
    super(detail);
  }
}

/** `code` of an error of Node or of undici; empty where it has none. */
export const codeOf = (error: unknown): string => {
  const { code } = error as { readonly code?: unknown };
  return typeof code === 'string' ? code : '';
};

const unreadable = /^(?:UND_ERR_HEADERS_OVERFLOW|UND_ERR_RES_|ERR_ASSERTION)/;
const insecure = /^(?:ERR_SSL|ERR_TLS|EPROTO)/;

/**
 * What an error is, that a connection ended with once it was made.
 *
 * @throws what is no doing of the other side: a header that HTTP does not know
 */
export const undelivered = (error: unknown): Undelivered => {
  if (error instanceof Undelivered) return error;
  const code = codeOf(error);
  if (code === 'UND_ERR_INVALID_ARG' || code === 'UND_ERR_NOT_SUPPORTED') throw error;
  const { message } = error as Error;
  // A status that nobody asked for (100, 101) ends the connection with the code of any other end.
  const isAnswer = error instanceof errors.HTTPParserError || unreadable.test(code) || /^bad (?:response|upgrade)$/.test(message);
  return new Undelivered(isAnswer ? 'BAD_ANSWER' : insecure.test(code) ? 'TLS' : 'RESET', message);
};
