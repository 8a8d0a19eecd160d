import type { Request } from 'express';
import { v5, validate } from 'uuid';
import { type Cursor, readCursor } from '../delivery/cursor';
import { malformed } from './problems';

/** @throws Problem MALFORMED unless 1–200 visible characters (a header sent twice arrives joined by a comma and a space) */
export const idempotencyKeyOf = (request: Request): string | undefined => {
  const key = request.get('idempotency-key');
  if (key !== undefined && !/^[\x21-\x7e]{1,200}$/.test(key)) throw malformed('Idempotency-Key', 'NOT_A_KEY');
  return key;
};

/** `*` asks only that the thing exists. @throws Problem MALFORMED for anything but one `"<revision>"` or `*` */
export const ifMatchOf = (request: Request): number | '*' | undefined => {
  const given = request.get('if-match');
  if (given === undefined || given === '*') return given;
  const [, revision] = /^"(\d{1,9})"$/.exec(given) ?? [];
  if (revision === undefined) throw malformed('If-Match', 'NOT_A_REVISION');
  return Number(revision);
};

/** @throws Problem MALFORMED unless `<position>.<epoch>` as a receipt gave it */
export const positionOf = (request: Request): Cursor | undefined => {
  const given = request.get('puente-position');
  const cursor = given === undefined ? undefined : readCursor(given);
  if (given !== undefined && !cursor) throw malformed('Puente-Position', 'NOT_OF_A_RECEIPT');
  return cursor;
};

const longestWait = 30;
/** Seconds a read may wait for a position: `Prefer: wait=n`, at most 30; `unsaid` when not said. Other preferences are none of ours. */
export const waitOf = (request: Request, unsaid = 5): number => {
  const [, seconds] = /(?:^|[,;\s])wait\s*=\s*"?(\d{1,9})"?\s*(?=$|[,;])/i.exec(request.get('prefer') ?? '') ?? [];
  return seconds === undefined ? unsaid : Math.min(Number(seconds), longestWait);
};

/** @throws Problem MALFORMED for anything but `true` and `false` */
export const dryRunOf = (request: Request): boolean => {
  const given = request.get('puente-dry-run');
  if (given !== undefined && given !== 'true' && given !== 'false') throw malformed('Puente-Dry-Run', 'NOT_YES_NO');
  return given === 'true';
};

/** The caller's id of this request, where it is a uuid. */
export const requestIdOf = (given: string | string[] | undefined): string | undefined =>
  typeof given === 'string' && validate(given) ? given.toLowerCase() : undefined;

/** uuid namespace of requests: whatever id a caller gives one, it is not that of an import. */
const requests = '3f0f6f0e-8f7b-4d1f-8a58-0a5b7c0d92e4';
/** What the events of a request carry as `correlationId`: uuid v5 of its id in a namespace of their own. */
export const correlationOf = (requestId: string): string => v5(requestId, requests);
