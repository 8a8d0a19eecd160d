import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import type { FieldSaid } from '../kernel/fields-problems';
import { type FieldProblem, Malformed, problemAt } from './refused';

/** Deeper, wider or longer bodies are no command; checking them field by field would keep everybody else waiting. */
const most = { depth: 12, fields: 500, values: 20_000 };

const unkeepable = (text: string) => text.includes('\u0000') || !text.isWellFormed();

/** Looks through a body before anything copies it: level by level, since a small body can be nested deep enough to exhaust the stack. */
const problemsWithin = (body: object): readonly FieldProblem[] => {
  const found: FieldProblem[] = [];
  let seen = 0;
  let level: readonly (readonly [path: string, value: object])[] = [['', body]];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > most.depth) return [problemAt('body', 'TOO_DEEP')];
    const deeper: [string, object][] = [];
    for (const [path, value] of level) {
      const entries = Object.entries(value) as [string, unknown][];
      seen += entries.length;
      if (seen > most.values || (!Array.isArray(value) && entries.length > most.fields))
        return [problemAt('body', 'TOO_MANY_VALUES', { fields: most.fields, values: most.values })];
      for (const [key, each] of entries) {
        // What every object inherits would be left out of a copy without a word, or become its prototype.
        if (key in Object.prototype || unkeepable(key)) found.push(problemAt(`${path}${key}`, 'UNKNOWN_FIELD'));
        else if (typeof each === 'string' && unkeepable(each)) found.push(problemAt(`${path}${key}`, 'NOT_KEEPABLE'));
        else if (typeof each === 'object' && each !== null) deeper.push([`${path}${key}.`, each]);
      }
    }
    level = deeper;
  }
  return found;
};

/** What class-validator finds without being told by a word of the field vocabulary. */
const ofValidator: Readonly<Record<string, FieldSaid>> = {
  whitelistValidation: { code: 'UNKNOWN_FIELD', values: {} },
  nestedValidation: { code: 'NOT_AN_OBJECT', values: {} },
};

/** The first thing that is wrong with a field: what is no text has no length to speak of. */
const saidOf = ({ property, value, constraints = {}, contexts = {} }: ValidationError): readonly FieldSaid[] => {
  const [check] = Object.keys(constraints);
  if (check === undefined) return [];
  if (value === undefined) return [{ code: 'MISSING', values: {} }];
  const said = (contexts[check] as FieldSaid | undefined) ?? ofValidator[check];
  if (!said) throw new Error(`${check} of ${property} does not say what is wrong`);
  return [said];
};

/** The problems of a form and of the forms in it, each with its path. */
export const flat = (errors: readonly ValidationError[], above = ''): readonly FieldProblem[] =>
  errors.flatMap((error) => {
    const path = `${above}${error.property}`;
    return [...saidOf(error).map((said) => ({ path, ...said })), ...flat(error.children ?? [], `${path}.`)];
  });

/**
 * The body of a command as its form, with every field checked: HTTP and imports alike.
 * @throws Malformed with all problems at once
 */
export const parse = <Form extends object>(form: new () => Form, body: unknown): Form => {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw new Malformed([problemAt('body', 'NOT_AN_OBJECT')]);
  const unsafe = problemsWithin(body);
  if (unsafe.length > 0) throw new Malformed(unsafe);
  const made = plainToInstance(form, body);
  const problems = flat(validateSync(made, { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: false }));
  if (problems.length > 0) throw new Malformed(problems);
  return made;
};
