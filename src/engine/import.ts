import { createHash } from 'node:crypto';
import type { everywhere } from '../kernel/corrections';
import type { Role } from '../kernel/fields';
import type { AnyLifecycle } from '../kernel/lifecycle';
import { refusals } from '../kernel/refusal';
import { Execute, type Receipt } from './execute';
import { declaredCommand } from './execute-handler';
import { ImportOrder } from './import-order';
import { readJson, textOf, unmarked } from './json';
import { referencesIn } from './references';
import { isRefusal, Malformed, problemAt } from './refused';

/** One line of an import: `{"to":"pairing/cartagena-malaga","do":"HoldMission","data":{…},"occurredOn":"2018-04","id":"…"}`. */
interface Line {
  readonly to: string;
  readonly do: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly occurredOn?: string;
  /** Idempotency key; the digest of the line where it is left out, so that an equal line is the same command. */
  readonly id?: string;
}

export interface BadLine {
  /** Counted from 1. */
  readonly line: number;
  readonly error: Error;
}
export interface Imported {
  readonly lines: number;
  /** Lines that recorded something, and that found it recorded already. */
  readonly recorded: number;
  readonly unchanged: number;
  readonly bad: readonly BadLine[];
}

export interface Importing {
  readonly lifecycles: Readonly<Record<string, AnyLifecycle>>;
  readonly execute: (command: Execute) => Promise<Receipt>;
  readonly actor: string;
  readonly roles: readonly Role[];
  /** Names all that one file recorded, so that it can be undone together. */
  readonly correlationId: string;
  readonly onLine?: (done: number) => void;
}

/** A line as text, or as the bytes of one in UTF-8. */
type Sent = string | Uint8Array;

/** Lines that do not touch each other are executed side by side, so that the store can commit them together. */
const sideBySide = 64;

const fields = new Set(['to', 'do', 'data', 'occurredOn', 'id']);
const malformed = (...problem: Parameters<typeof problemAt>) => new Malformed([problemAt(...problem)]);

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Nothing where it is not UTF-8. */
const textIn = (sent: Sent, at: number): string | undefined => {
  const text = typeof sent === 'string' ? sent : textOf(sent);
  return at === 1 && text !== undefined ? unmarked(text) : text;
};
const isPassedOver = (text: string) => text.trim() === '' || text.startsWith('//');

/** @throws Malformed */
const read = (text: string): Line => {
  const line = readJson(text, 'line');
  if (!isObject(line)) throw malformed('line', 'NOT_AN_OBJECT');
  const unknown = Object.keys(line).filter((field) => !fields.has(field));
  if (unknown.length > 0) throw malformed(unknown.join(', '), 'UNKNOWN_FIELD');
  const { to, do: name, data = {}, occurredOn, id } = line as { readonly [K in keyof Line]?: unknown };
  if (typeof to !== 'string' || !/^[A-Za-z]+\/[^/]+$/.test(to)) throw malformed('to', 'NOT_A_STREAM');
  if (typeof name !== 'string') throw malformed('do', 'NOT_TEXT');
  if (!isObject(data)) throw malformed('data', 'NOT_AN_OBJECT');
  if (occurredOn !== undefined && typeof occurredOn !== 'string') throw malformed('occurredOn', 'NOT_A_DATE');
  if (id !== undefined && (typeof id !== 'string' || id === '' || id.length > 200)) throw malformed('id', 'LENGTH', { min: 1, max: 200 });
  return {
    to,
    do: name,
    data,
    ...(occurredOn === undefined ? {} : { occurredOn }),
    id: id ?? createHash('sha256').update(text.trim()).digest('hex'),
  };
};

const correction = 'Correct' satisfies keyof typeof everywhere;
/** What a line takes back, as `stream@revision`. */
const takenBackBy = ({ do: name, data }: Line, stream: string): readonly string[] =>
  name === correction
    ? ((data['retract'] ?? []) as readonly { readonly revision: number }[]).map(({ revision }) => `${stream}@${revision}`)
    : [];

/** The streams that a command reads: it waits for what earlier lines do to them. */
const readBy = (form: new () => object, data: object): readonly string[] =>
  referencesIn(form, data).flatMap((each) => {
    if (each.is === 'ref') return [`${each.kind}/${each.id}`];
    return each.is === 'rules' ? [`ruleSet/${each.id.split('@')[0]}`] : [];
  });

/**
 * Executes the lines of a file: those of one stream in their order, each after what it reads. A bad line is told with its number
 * and the rest goes on. Imported twice, interrupted and imported again, it ends the same.
 * @throws what is no refusal (the store is gone): the import ends, and can be run again
 */
export const importLines = async (lines: AsyncIterable<Sent> | Iterable<Sent>, on: Importing): Promise<Imported> => {
  const counts = { lines: 0, recorded: 0, unchanged: 0 };
  const bad: BadLine[] = [];
  /** Lines whose facts no longer stand, and what this file itself takes back. */
  const gone: { readonly line: number; readonly facts: readonly string[] }[] = [];
  const ownRetractions = new Set<string>();
  const order = new ImportOrder();
  const running = new Set<Promise<void>>();
  let number = 0;
  let done = 0;
  let fatal: { readonly error: unknown } | undefined;

  const carryOut = async (line: Line, of: AnyLifecycle, at: number) => {
    try {
      const id = line.to.slice(line.to.indexOf('/') + 1);
      const envelope = {
        actor: on.actor,
        roles: on.roles,
        correlationId: on.correlationId,
        ...(line.id === undefined ? {} : { key: line.id }),
        ...(line.occurredOn === undefined ? {} : { occurredOn: line.occurredOn }),
      };
      const { events, repeated, takenBack, stream } = await on.execute(new Execute(of, id, line.do, line.data, envelope));
      if (takenBack) {
        gone.push({ line: at, facts: events.map(({ revision }) => `${stream}@${revision}`) });
        return;
      }
      for (const fact of takenBackBy(line, stream)) ownRetractions.add(fact);
      if (events.length > 0 && !repeated) counts.recorded += 1;
      else counts.unchanged += 1;
    } catch (error) {
      if (isRefusal(error)) bad.push({ line: at, error });
      else fatal ??= { error };
    }
  };

  for await (const sent of lines) {
    number += 1;
    if (fatal) break;
    const at = number;
    const text = textIn(sent, at);
    if (text !== undefined && isPassedOver(text)) continue;
    counts.lines += 1;
    try {
      if (text === undefined) throw malformed('line', 'NOT_UTF8');
      const line = read(text);
      const kind = line.to.slice(0, line.to.indexOf('/'));
      const of = Object.hasOwn(on.lifecycles, kind) ? on.lifecycles[kind]! : undefined;
      if (!of) throw malformed('to', 'NO_SUCH_LIFECYCLE', { name: kind });
      const declared = declaredCommand(of, line.do);
      const run = order
        .after(line.to, declared ? readBy(declared.form, line.data) : [], () => (fatal ? Promise.resolve() : carryOut(line, of, at)))
        .finally(() => {
          running.delete(run);
          on.onLine?.((done += 1));
        });
      running.add(run);
      if (running.size >= sideBySide) await Promise.race(running);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      bad.push({ line: at, error });
      on.onLine?.((done += 1));
    }
  }
  await Promise.all(running);
  if (fatal) throw fatal.error;
  for (const { line, facts } of gone) {
    if (facts.some((fact) => ownRetractions.has(fact))) counts.unchanged += 1;
    else bad.push({ line, error: refusals.no('TAKEN_BACK_SINCE', { facts: facts.join(', ') }) });
  }
  return { ...counts, bad: bad.toSorted((one, other) => one.line - other.line) };
};
