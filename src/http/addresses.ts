import type { IncomingMessage } from 'node:http';
import type { NextFunction, Request, Response } from 'express';
import { validate } from 'uuid';
import { digest as digestForm, ruleSetName, slug } from '../kernel/fields';
import { type FieldProblem, problemAt } from '../engine/refused';
import type { FieldProblemCode, FieldSaid } from '../kernel/fields-problems';
import { malformed, Problem } from './problems';

/** `HoldMission` → `hold-mission`, `SubmitUCAP` → `submit-ucap`. */
export const kebab = (name: string) => name.replace(/(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, '-').toLowerCase();

/** @throws Problem MALFORMED unless a slug: nothing that callers could hide in an address gets past here */
export const thingIn = (request: Request): string => {
  const id = request.params['id'];
  if (typeof id !== 'string' || !slug.test(id)) throw malformed('id', 'NOT_A_SLUG');
  return id;
};

/** @throws Problem MALFORMED unless a uuid stands at this place of the path */
export const uuidAt = (request: Request, name: string): string => {
  const id = request.params[name];
  if (typeof id !== 'string' || !validate(id)) throw malformed(name, 'NOT_A_UUID');
  return id.toLowerCase();
};
/** Ids given by the server: of persons and texts. @throws Problem MALFORMED */
export const uuidIn = (request: Request): string => uuidAt(request, 'id');

/** @throws Problem MALFORMED unless a SHA-256 in hex */
export const digestIn = (request: Request): string => {
  const digest = request.params['digest'];
  if (typeof digest !== 'string' || !digestForm.test(digest)) throw malformed('digest', 'NOT_A_DIGEST');
  return digest;
};

/** What fills the sentence may depend on what was sent. */
type Wrong = readonly [code: FieldProblemCode, values?: FieldSaid['values'] | ((text: string) => FieldSaid['values'])];
/** How a parameter of an address is read: its value, or nothing where it is not as it must be. */
export type Parameter<Value> = readonly [read: (text: string) => Value | undefined, ...problem: Wrong];

/** One of these words. */
export const oneOf = <const Value extends string>(values: readonly Value[]): Parameter<Value> => [
  (text) => values.find((each) => each === text),
  'NOT_ONE_OF',
  { allowed: values.join(', ') },
];

const largestPage = 200;
const usualPage = 50;
export const parameters = {
  limit: [
    (text) => (/^[1-9]\d{0,2}$/.test(text) && Number(text) <= largestPage ? Number(text) : undefined),
    'OUT_OF_RANGE',
    { min: 1, max: largestPage },
  ],
  cursor: [(text) => (/^[\x21-\x7e]{1,500}$/.test(text) ? text : undefined), 'NOT_A_CURSOR'],
  order: oneOf(['recorded', 'occurred']),
  uuid: [(text) => (validate(text) ? text.toLowerCase() : undefined), 'NOT_A_UUID'],
  ruleSet: [(text) => (ruleSetName.test(text) ? text : undefined), 'NOT_A_RULE_SET'],
  side: oneOf(['european', 'latin-american']),
  truth: [(text) => (text === 'true' ? true : text === 'false' ? false : undefined), 'NOT_YES_NO'],
  /** Anything short and plain: checked by what answers. */
  text: [(text) => (/^[\x20-\x7e]{1,64}$/.test(text) ? text : undefined), 'NOT_PLAIN', { max: 64 }],
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
  if (notOriginForm.has(request)) throw malformed('', 'NOT_A_PATH');
  next();
};

/** Only what follows the first `?` is read as parameters: the rest of a target need be no URL. */
const targetOf = ({ originalUrl }: Request) => {
  const [path = '', ...query] = originalUrl.split('?');
  return { path, query: new URLSearchParams(query.join('?')) };
};

/**
 * The parameters of an address.
 * @throws Problem AS_OF_NOT_OFFERED for a time axis that the answer does not follow: it would be silently of today
 * @throws Problem MALFORMED naming each that is unknown, sent twice or not as it must be
 */
export const parametersOf = <const Known extends Readonly<Record<string, Parameter<unknown>>>>(
  request: Request,
  known: Known,
): Read<Known> => {
  const errors: FieldProblem[] = [];
  const read: Record<string, unknown> = {};
  for (const [name, text] of targetOf(request).query) {
    if (!Object.hasOwn(known, name) && (name === 'asOf' || name === 'knownAt')) throw new Problem('AS_OF_NOT_OFFERED');
    if (!Object.hasOwn(known, name))
      errors.push(problemAt(name.slice(0, 80), 'UNKNOWN_PARAMETER', { known: Object.keys(known).join(', ') }));
    else if (Object.hasOwn(read, name)) errors.push(problemAt(name, 'SENT_TWICE'));
    else {
      const [value, code, values] = known[name]!;
      read[name] = value(text);
      if (read[name] === undefined) errors.push(problemAt(name, code, typeof values === 'function' ? values(text) : values));
    }
    if (errors.length >= 20) break;
  }
  if (errors.length > 0) throw new Problem('MALFORMED', { errors });
  return read as Read<Known>;
};

export const pageSize = ({ limit }: { readonly limit?: number | undefined }) => limit ?? usualPage;

/**
 * `Link` of the next page (RFC 8288): the same question, further on.
 * @param at the day and the position that this page stands on, so that the next stands on them too, whatever is recorded meanwhile
 */
export const nextLink = (request: Request, after: string, at?: { readonly asOf: string; readonly position: string }) => {
  const { path, query } = targetOf(request);
  query.set('after', after);
  if (at) {
    query.delete('knownAt');
    query.set('asOf', at.asOf);
    query.set('position', at.position);
  }
  return `<${path}?${query.toString()}>; rel="next"`;
};
