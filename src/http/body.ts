import { json, type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import { parse } from '../engine/parse';
import { type FieldProblem, Malformed } from '../engine/refused';
import { isPartialDate } from '../kernel/partial-date';
import { malformed, Problem } from './problems';

const largestBody = '1mb';

const hasBody = (request: Request) =>
  request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0;

/** Bodies come as JSON, up to one megabyte also when unpacked, or not at all. */
export const bodies: readonly RequestHandler[] = [
  (request: Request, _: Response, next: NextFunction) => {
    next(hasBody(request) && request.is('application/json') !== 'application/json' ? new Problem('UNSUPPORTED_MEDIA_TYPE') : undefined);
  },
  json({ limit: largestBody, strict: true }),
];

const mostValues = 20_000;
const mostFields = 500;
const isNested = (value: unknown): value is object => typeof value === 'object' && value !== null;

/**
 * Looks through a body before anything copies it. Checking more than any form takes field by field would keep everybody else waiting;
 * fields named as what every object inherits would be left out of a copy without a word.
 */
const problemOf = (body: object): FieldProblem | undefined => {
  let seen = 0;
  // Level by level, not by recursion: a small body can be nested deep enough to exhaust the stack.
  for (let level = [body]; level.length > 0;) {
    const deeper: object[] = [];
    for (const value of level) {
      const entries = Object.entries(value) as [string, unknown][];
      const inherited = entries.find(([name]) => name in Object.prototype);
      if (inherited) return { path: inherited[0], problem: 'is not a field of anything' };
      seen += entries.length;
      if (seen > mostValues || (!Array.isArray(value) && entries.length > mostFields)) {
        return { path: 'body', problem: `holds more than ${mostFields} fields in one object, or more than ${mostValues} values` };
      }
      for (const [, one] of entries) if (isNested(one)) deeper.push(one);
    }
    level = deeper;
  }
  return undefined;
};

/**
 * The JSON object that was sent, as it was sent; an empty one where nothing was.
 * @throws Problem NOT_JSON; MALFORMED for more fields or values than any form takes, and names that no form has
 */
export const bodyOf = (request: Request): Readonly<Record<string, unknown>> => {
  const body = (request.body ?? {}) as unknown;
  if (!isNested(body) || Array.isArray(body)) throw new Problem('NOT_JSON');
  const problem = problemOf(body);
  if (problem) throw malformed(problem.path, problem.problem);
  return body as Readonly<Record<string, unknown>>;
};

export interface SentCommand {
  /** The fields of the command, as they were sent; the engine checks them. */
  readonly fields: Readonly<Record<string, unknown>>;
  readonly occurredOn?: string;
}

/**
 * Takes the date off a command's body.
 * @throws Problem NOT_JSON
 * @throws Malformed for a date that is none, with whatever else is wrong
 */
export const commandIn = (request: Request, form: new () => object): SentCommand => {
  const { occurredOn, ...fields } = bodyOf(request);
  if (occurredOn === undefined) return { fields };
  if (typeof occurredOn === 'string' && isPartialDate(occurredOn)) return { fields, occurredOn };
  throw new Malformed([{ path: 'occurredOn', problem: 'must be a real date: YYYY, YYYY-MM or YYYY-MM-DD' }, ...problemsOf(form, fields)]);
};

const problemsOf = (form: new () => object, fields: object): readonly FieldProblem[] => {
  try {
    parse(form, fields);
    return [];
  } catch (error) {
    if (error instanceof Malformed) return error.fields;
    throw error;
  }
};
