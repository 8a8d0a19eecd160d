import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { type FieldProblem, Malformed } from './refused';

/** Deeper, wider or longer bodies are no command; checking them field by field would keep everybody else waiting. */
const most = { depth: 12, fields: 500, values: 20_000 };

const unkeepable = (text: string) => text.includes('\u0000') || !text.isWellFormed();

/** Looks through a body before anything copies it: level by level, since a small body can be nested deep enough to exhaust the stack. */
const problemsWithin = (body: object): readonly FieldProblem[] => {
  const found: FieldProblem[] = [];
  let seen = 0;
  let level: readonly (readonly [path: string, value: object])[] = [['', body]];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > most.depth) return [{ path: 'body', problem: 'is nested too deeply' }];
    const deeper: [string, object][] = [];
    for (const [path, value] of level) {
      const entries = Object.entries(value) as [string, unknown][];
      seen += entries.length;
      if (seen > most.values || (!Array.isArray(value) && entries.length > most.fields))
        return [{ path: 'body', problem: `holds more than ${most.fields} fields in one object, or more than ${most.values} values` }];
      for (const [key, each] of entries) {
        // What every object inherits would be left out of a copy without a word, or become its prototype.
        if (key in Object.prototype || unkeepable(key)) found.push({ path: `${path}${key}`, problem: 'is a field of no form' });
        else if (typeof each === 'string' && unkeepable(each))
          found.push({ path: `${path}${key}`, problem: 'holds a character that cannot be kept' });
        else if (typeof each === 'object' && each !== null) deeper.push([`${path}${key}.`, each]);
      }
    }
    level = deeper;
  }
  return found;
};

/** The problems of a form and of the forms in it, each with its path. */
export const flat = (errors: readonly ValidationError[], above = ''): readonly FieldProblem[] =>
  errors.flatMap(({ property, constraints = {}, children = [] }) => {
    const path = `${above}${property}`;
    return [...Object.values(constraints).map((problem) => ({ path, problem })), ...flat(children, `${path}.`)];
  });

/**
 * The body of a command as its form, with every field checked: HTTP and imports alike.
 * @throws Malformed with all problems at once
 */
export const parse = <Form extends object>(form: new () => Form, body: unknown): Form => {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw new Malformed([{ path: 'body', problem: 'must be an object' }]);
  const unsafe = problemsWithin(body);
  if (unsafe.length > 0) throw new Malformed(unsafe);
  const made = plainToInstance(form, body);
  const problems = flat(validateSync(made, { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: false }));
  if (problems.length > 0) throw new Malformed(problems);
  return made;
};
