import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { type FieldProblem, Malformed } from './refused';

/** Deeper bodies are no command; the limit also keeps what follows from running out of stack. */
const deepest = 12;

const problemsWithin = (value: unknown, path: string, depth: number): readonly FieldProblem[] => {
  if (depth > deepest) return [{ path, problem: 'is nested too deeply' }];
  if (typeof value === 'string') return value.includes('\u0000') || !value.isWellFormed() ? [{ path, problem: 'holds a character that cannot be kept' }] : [];
  if (typeof value === 'number') return Number.isFinite(value) ? [] : [{ path, problem: 'is no number' }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => {
    const at = path === '' ? key : `${path}.${key}`;
    // An own property of this name, as JSON.parse makes it, would become the prototype of a copy.
    if (key === '__proto__' || key.includes('\u0000') || !key.isWellFormed()) return [{ path: path === '' ? 'body' : path, problem: 'holds a field that no form has' }];
    return problemsWithin(each, at, depth + 1);
  });
};

const flat = (errors: readonly ValidationError[], above = ''): readonly FieldProblem[] =>
  errors.flatMap(({ property, constraints = {}, children = [] }) => {
    const path = `${above}${property}`;
    return [...Object.values(constraints).map((problem) => ({ path, problem })), ...flat(children, `${path}.`)];
  });

/**
 * The body of a command as its form, with every field checked: HTTP and imports alike.
 * @throws Malformed with all problems at once
 */
export const parse = <Form extends object>(form: new () => Form, body: unknown): Form => {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw new Malformed([{ path: 'body', problem: 'must be an object' }]);
  const unsafe = problemsWithin(body, '', 0);
  if (unsafe.length > 0) throw new Malformed(unsafe);
  const made = plainToInstance(form, body);
  const problems = flat(validateSync(made, { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: false }));
  if (problems.length > 0) throw new Malformed(problems);
  return made;
};
