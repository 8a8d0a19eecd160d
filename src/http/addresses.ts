import type { IncomingMessage } from 'node:http';
import type { NextFunction, Request, Response } from 'express';
import { validate } from 'uuid';
import { digest as digestForm, ruleSetName, slug } from '../kernel/fields';
import type { FieldProblem } from '../engine/refused';
import { malformed, Problem } from './problems';

/** `HoldMission` → `hold-mission`, `SubmitUCAP` → `submit-ucap`. */
export const kebab = (name: string) => name.replace(/(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, '-').toLowerCase();

/** @throws Problem MALFORMED unless a slug: nothing that callers could hide in an address gets past here */
export const thingIn = (request: Request): string => {
  const id = request.params['id'];
  if (typeof id !== 'string' || !slug.test(id)) throw malformed('id', 'must be lower-case letters, digits and hyphens, at most 80');
  return id;
};

/** Ids given by the server: of persons and texts. @throws Problem MALFORMED */
export const uuidIn = (request: Request): string => {
  const id = request.params['id'];
  if (typeof id !== 'string' || !validate(id)) throw malformed('id', 'must be a uuid');
  return id.toLowerCase();
};

/** @throws Problem MALFORMED unless a SHA-256 in hex */
export const digestIn = (request: Request): string => {
  const digest = request.params['digest'];
  if (typeof digest !== 'string' || !digestForm.test(digest)) throw malformed('digest', 'must be a SHA-256: 64 hex digits in lower case');
  return digest;
};

/** How a parameter of an address is read: its value, or nothing where it is not as it must be. */
export type Parameter<Value> = readonly [read: (text: string) => Value | undefined, problem: string];

const largestPage = 200;
const usualPage = 50;
export const parameters = {
  limit: [
    (text) => (/^[1-9]\d{0,2}$/.test(text) && Number(text) <= largestPage ? Number(text) : undefined),
    `must be a whole number from 1 to ${largestPage}`,
  ],
  cursor: [(text) => (/^[\x21-\x7e]{1,500}$/.test(text) ? text : undefined), 'must be the cursor of a link'],
  order: [(text) => (text === 'recorded' || text === 'occurred' ? text : undefined), 'must be recorded or occurred'],
  uuid: [(text) => (validate(text) ? text.toLowerCase() : undefined), 'must be a uuid'],
  ruleSet: [(text) => (ruleSetName.test(text) ? text : undefined), 'must be a rule set as id@version'],
  /** Anything short and plain: checked by what answers. */
  text: [(text) => (/^[\x20-\x7e]{1,64}$/.test(text) ? text : undefined), 'must be 1 to 64 plain characters'],
} satisfies Record<string, Parameter<unknown>>;

type Read<Known> = { readonly [Name in keyof Known]?: Known[Name] extends Parameter<infer Value> ? Value : never };

const notOriginForm = new WeakSet<IncomingMessage>();
/**
 * Targets that are no path of this server (`http://elsewhere/…`, `*`): Express answers some of them with a page of its own before
 * anything here is asked, so that they are set aside as they arrive.
 */
export const setTargetAside = (request: IncomingMessage): void => {
  if (request.url?.startsWith('/')) return;
  notOriginForm.add(request);
  request.url = '/';
};
/** @throws Problem MALFORMED for what was set aside */
export const refuseTarget = (request: Request, _: Response, next: NextFunction): void => {
  if (notOriginForm.has(request)) throw malformed('', 'the target of a request must be a path that begins with /');
  next();
};

/** Only what follows the first `?` is read as parameters: the rest of a target need be no URL. */
const targetOf = ({ originalUrl }: Request) => {
  const [path = '', ...query] = originalUrl.split('?');
  return { path, query: new URLSearchParams(query.join('?')) };
};

/** The parameters of an address. @throws Problem MALFORMED naming each that is unknown, sent twice or not as it must be */
export const parametersOf = <const Known extends Readonly<Record<string, Parameter<unknown>>>>(
  request: Request,
  known: Known,
): Read<Known> => {
  const errors: FieldProblem[] = [];
  const read: Record<string, unknown> = {};
  for (const [name, text] of targetOf(request).query) {
    if (!Object.hasOwn(known, name))
      errors.push({ path: name.slice(0, 80), problem: `is not a parameter here (${Object.keys(known).join(', ')})` });
    else if (Object.hasOwn(read, name)) errors.push({ path: name, problem: 'must be sent once' });
    else {
      const [value, problem] = known[name]!;
      read[name] = value(text);
      if (read[name] === undefined) errors.push({ path: name, problem });
    }
    if (errors.length >= 20) break;
  }
  if (errors.length > 0) throw new Problem('MALFORMED', { errors });
  return read as Read<Known>;
};

export const pageSize = ({ limit }: { readonly limit?: number | undefined }) => limit ?? usualPage;

/** `Link` of the next page (RFC 8288): the same question, further on. */
export const nextLink = (request: Request, after: string) => {
  const { path, query } = targetOf(request);
  query.set('after', after);
  return `<${path}?${query.toString()}>; rel="next"`;
};
