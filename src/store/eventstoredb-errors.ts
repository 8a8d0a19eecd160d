import { BadAppend, OutcomeUnknown, Unavailable, WrongRevision } from './port';

/** What the client's errors and those of gRPC beneath it have in common: sometimes one of them, sometimes both. */
interface Failure {
  readonly type?: string;
  readonly code?: number;
  readonly message?: string;
  readonly actualVersion?: bigint | 'no_stream';
}

/** Codes of gRPC. */
const codes = { invalidArgument: 3, permissionDenied: 7, unavailable: 14, unauthenticated: 16 } as const;

/** The client never sent the call, or the server says that it did not take it up. */
const untouched =
  /no connection established|name resolution failed|channel closed before call started|failed to discover|server is (?:not ready|too busy)/i;

const failureOf = (error: unknown): Failure => (typeof error === 'object' && error !== null ? error : { message: String(error) });
const saying = ({ type, code, message }: Failure) => [type, code, message].filter((each) => each !== undefined && each !== '').join(' ');

/** The revision that a stream has, where the server refused an append because of it. */
export function actualRevision(error: unknown): number | 'none' | undefined {
  const { type, actualVersion } = failureOf(error);
  if (type !== 'wrong-expected-version' || actualVersion === undefined) return undefined;
  return actualVersion === 'no_stream' ? 'none' : Number(actualVersion);
}

/** The server dropped an append, or the news of it: it does so to a repeat that comes while the first is under way. */
export const isDropped = (error: unknown) => error instanceof OutcomeUnknown && failureOf(error.cause).type === 'timeout';

/** What a failed append means to the caller: whatever does not say that nothing was written leaves it open. */
export function ofAppend(error: unknown, stream: string): Error {
  if ([OutcomeUnknown, Unavailable, BadAppend, WrongRevision].some((known) => error instanceof known)) return error as Error;
  const failure = failureOf(error);
  const { type, code, message = '' } = failure;
  if (type === 'maximum-append-size-exceeded')
    return new BadAppend(`an append to ${stream} is larger than the EventStoreDB takes`, { cause: error });
  if (type === 'stream-deleted') return new BadAppend(`${stream} was deleted for good`, { cause: error });
  if (type === 'access-denied') return new Unavailable(`the EventStoreDB does not let this user append: ${message}`, { cause: error });
  if (type === 'not-leader') return new Unavailable('the EventStoreDB has another leader now', { cause: error });
  if (code === codes.invalidArgument || type === 'invalid-argument' || type === 'missing-required-metadata-property')
    return new BadAppend(`the EventStoreDB cannot store it: ${message}`, { cause: error });
  const certain = untouched.test(message) || code === codes.permissionDenied || code === codes.unauthenticated;
  if (certain) return new Unavailable(`the EventStoreDB cannot be reached: ${message}`, { cause: error });
  return new OutcomeUnknown(`the EventStoreDB did not answer: ${saying(failure)}`, { cause: error });
}

/** A read that failed changed nothing. */
export const ofRead = (error: unknown): Error =>
  error instanceof Unavailable ? error : new Unavailable(`the EventStoreDB cannot be read: ${saying(failureOf(error))}`, { cause: error });

export const isNoStream = (error: unknown) => ['stream-not-found', 'stream-deleted'].includes(failureOf(error).type ?? '');

/** The server takes only positions of events, and those beyond its end. */
export const isInvalidPosition = (error: unknown) => {
  const { code, message = '' } = failureOf(error);
  return code === codes.invalidArgument && /invalid position/i.test(message);
};
