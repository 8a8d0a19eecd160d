import { type NextFunction, raw, type Request, type RequestHandler, type Response } from 'express';
import { readJson, textOf, unmarked } from '../engine/json';
import { parse } from '../engine/parse';
import { type FieldProblem, Malformed, problemAt } from '../engine/refused';
import { isPartialDate } from '../kernel/partial-date';
import { malformed, Problem } from './problems';

const largestBody = '1mb';

const hasBody = (request: Request) =>
  request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0;

/** Where documents are stored: their bytes are left to the route. */
const takesBytes = ({ method, path }: Request) => method === 'POST' && /^\/v1\/documents\/?$/i.test(path);
const isJson = (request: Request) => {
  const [, charset = 'utf-8'] = /;\s*charset\s*=\s*"?([^\s;"]*)/i.exec(request.get('content-type') ?? '') ?? [];
  return request.is('application/json') === 'application/json' && charset.toLowerCase() === 'utf-8';
};
const readBytes = raw({ limit: largestBody, type: () => true });

/** Bodies come as JSON in UTF-8, up to one megabyte also when unpacked, or not at all; documents come as they are. */
export const readBody: RequestHandler = (request: Request, response: Response, next: NextFunction) => {
  if (takesBytes(request)) next();
  else if (hasBody(request) && !isJson(request)) next(new Problem('UNSUPPORTED_MEDIA_TYPE'));
  else
    readBytes(request, response, (error?: unknown) => {
      try {
        if (error === undefined) request.body = jsonIn(request.body);
        next(error);
      } catch (thrown) {
        next(thrown);
      }
    });
};

/** @throws Malformed NOT_JSON, SENT_TWICE; Problem MALFORMED, NOT_JSON */
const jsonIn = (bytes: unknown): object | undefined => {
  if (!Buffer.isBuffer(bytes) || bytes.length === 0) return undefined;
  const text = textOf(bytes);
  if (text === undefined) throw malformed('body', 'NOT_UTF8');
  const sent = readJson(unmarked(text), 'body');
  if (typeof sent !== 'object' || sent === null) throw new Problem('NOT_JSON');
  return sent;
};

/**
 * The JSON object that was sent, as it was sent; an empty one where nothing was.
 * @throws Problem NOT_JSON
 */
export const bodyOf = (request: Request): Readonly<Record<string, unknown>> => {
  const body = (request.body ?? {}) as unknown;
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw new Problem('NOT_JSON');
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
  throw new Malformed([problemAt('occurredOn', 'NOT_A_DATE'), ...problemsOf(form, fields)]);
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
