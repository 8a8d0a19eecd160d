import { createHash } from 'node:crypto';
import { plainToInstance } from 'class-transformer';
import { marksOf, type Role } from '../kernel/fields';
import type { AnyLifecycle } from '../kernel/lifecycle';
import { Execute, type Receipt } from './execute';
import { declaredCommand } from './execute-handler';
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

/** Lines that do not touch each other are executed side by side, so that the store can commit them together. */
const sideBySide = 64;

const fields = new Set(['to', 'do', 'data', 'occurredOn', 'id']);
const malformed = (...problem: Parameters<typeof problemAt>) => new Malformed([problemAt(...problem)]);

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const read = (text: string): Line => {
  let line: unknown;
  try {
    line = JSON.parse(text);
  } catch {
    throw malformed('line', 'NOT_JSON');
  }
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

/** The streams that a command reads: it waits for what earlier lines do to them. */
const readBy = (form: new () => object, data: object): readonly string[] =>
  marksOf(form).flatMap(({ field, is, kind, form: smaller }) => {
    const value = (data as Readonly<Record<string, unknown>>)[field];
    return (value === undefined ? [] : Array.isArray(value) ? (value as unknown[]) : [value]).flatMap((each) => {
      if (is === 'ref') return [`${kind}/${String(each)}`];
      if (is === 'rules') return [`ruleSet/${String(each).split('@')[0]}`];
      return is === 'items' && typeof each === 'object' && each !== null ? readBy(smaller!, plainToInstance(smaller!, each)) : [];
    });
  });

/** The last line that writes a stream, and the lines after it that read it. */
interface Touching {
  readonly written: Promise<void>;
  readonly read: Promise<void>[];
}

/** Who writes a stream waits for who wrote or read it before; who reads it, for who wrote it. */
class Order {
  private readonly streams = new Map<string, Touching>();

  after(writes: string, reads: readonly string[], work: () => Promise<void>): Promise<void> {
    const own = this.streams.get(writes);
    const before = [...(own ? [own.written, ...own.read] : []), ...reads.flatMap((each) => this.streams.get(each)?.written ?? [])];
    const run = Promise.all(before).then(work);
    this.streams.set(writes, { written: run, read: [] });
    for (const each of reads) {
      if (each === writes) continue;
      // Also of a stream that no line wrote so far: it may stand in the store, and a later line may write it.
      const { read } = this.streams.get(each) ?? this.untouched(each);
      read.push(run);
    }
    return run;
  }

  private untouched(stream: string): Touching {
    const fresh: Touching = { written: Promise.resolve(), read: [] };
    this.streams.set(stream, fresh);
    return fresh;
  }
}

/**
 * Executes the lines of a file: those of one stream in their order, each after what it reads. A bad line is told with its number
 * and the rest goes on. Imported twice, interrupted and imported again, it ends the same.
 * @throws what is no refusal (the store is gone): the import ends, and can be run again
 */
export const importLines = async (lines: AsyncIterable<string> | Iterable<string>, on: Importing): Promise<Imported> => {
  const counts = { lines: 0, recorded: 0, unchanged: 0 };
  const bad: BadLine[] = [];
  const order = new Order();
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
      const { events, repeated } = await on.execute(new Execute(of, id, line.do, line.data, envelope));
      if (events.length > 0 && !repeated) counts.recorded += 1;
      else counts.unchanged += 1;
    } catch (error) {
      if (isRefusal(error)) bad.push({ line: at, error });
      else fatal ??= { error };
    }
  };

  for await (const text of lines) {
    number += 1;
    if (text.trim() === '' || text.startsWith('//')) continue;
    if (fatal) break;
    counts.lines += 1;
    const at = number;
    try {
      const line = read(text);
      const kind = line.to.slice(0, line.to.indexOf('/'));
      const of = Object.hasOwn(on.lifecycles, kind) ? on.lifecycles[kind]! : undefined;
      if (!of) throw malformed('to', 'NO_SUCH_LIFECYCLE', { lifecycle: kind });
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
  return { ...counts, bad: bad.toSorted((one, other) => one.line - other.line) };
};
