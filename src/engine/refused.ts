import { type FieldProblemCode, type FieldSaid, inEnglish } from '../kernel/fields-problems';
import { Rejected } from '../kernel/refusal';
import { BadAppend } from '../store/port';
import { TooDeep } from '../vault/command-hash';

/** One field and what is wrong with it; `path` is dotted, such as `actions.0.title`. */
export interface FieldProblem extends FieldSaid {
  readonly path: string;
}
export const problemAt = (path: string, code: FieldProblemCode, values: FieldSaid['values'] = {}): FieldProblem => ({ path, code, values });

/** The command is not what its form asks for (400). */
export class Malformed extends Error {
  constructor(readonly fields: readonly FieldProblem[]) {
    super(fields.map((problem) => `${problem.path}: ${inEnglish(problem)}`).join('; '));
  }
}
/** The idempotency key was used for another body (422). */
export class KeyReused extends Error {}
/** The stream is not at the revision the caller named (412). */
export class StaleRevision extends Error {
  constructor(readonly actual: number) {
    super(`The stream stands at revision ${actual}`);
  }
}
/** Too many others wrote to the stream at once, or the store did not answer (503): the same command can be sent again with its key. */
export class TryAgain extends Error {}
/** A field names a stream that does not exist (409). */
export class UnknownReference extends Error {
  constructor(
    readonly kind: string,
    readonly id: string,
  ) {
    super(`There is no ${kind} ${id}`);
  }
}
/** Officers are assigned to these streams (`call/first`), and whoever gives the command is none of them (403). */
export class NotResponsible extends Error {
  constructor(readonly streams: readonly string[]) {
    super(`Others are responsible: the officers assigned to ${streams.join(', ')}`);
  }
}

/** Whatever can be refused. */
export const refusalKinds = [Malformed, Rejected, UnknownReference, NotResponsible, KeyReused, TooDeep, BadAppend, RangeError];
/** The command itself is at fault, or what stands; anything else (the store is gone) ends whatever sent it. */
export const isRefusal = (error: unknown): error is Error => refusalKinds.some((each) => error instanceof each);
