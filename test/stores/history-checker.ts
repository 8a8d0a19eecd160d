import { kindOf, type Filter } from '../../src/store/port';
import type { Attempt, Glance, History, Logged, Reader } from './history';

/**
 * What a store must not do, whatever was done to it: one sentence for each breach, none where all is well.
 *
 * The log is one order: positions rise (without gaps where promised), times do not fall, and what began after another was acknowledged
 * stands above it. Each stream is linear: revisions count up, every acknowledged append stands there once and where its caller was told,
 * none that was refused does, one without an answer does whole or not at all. Each reader has a prefix of what it asked for: no gap,
 * nothing twice.
 */
export function breaches(history: History): readonly string[] {
  return [
    ...orderOf(history),
    ...streamsOf(history),
    ...inventedIn(history),
    ...history.attempts.flatMap((attempt) => [...attemptIn(history, attempt)]),
    ...overtakenIn(history),
    ...history.readers.flatMap((reader) => [...readerOf(history.log, reader)]),
    ...(history.glances ?? []).flatMap((glance) => [...glanceOf(history, glance)]),
  ];
}

const nameOf = ({ stream, revision }: Pick<Logged, 'stream' | 'revision'>) => `${stream}@${revision}`;
const whoOf = ({ by, stream, expected }: Attempt) => `${by} appending to ${stream} at ${expected}`;
const matching = ({ kinds, types }: Filter = {}) => {
  const [kind, type] = [kinds && new Set(kinds), types && new Set(types)];
  return (event: Logged) => (!kind || kind.has(kindOf(event.stream))) && (!type || type.has(event.type));
};

function* orderOf({ log, from = '0', promised }: History): Generator<string> {
  let last = BigInt(from);
  let time = '';
  for (const event of log) {
    const position = BigInt(event.position);
    if (position <= last) yield `${nameOf(event)} stands at ${position}, after ${last}`;
    else if (promised.dense && position !== last + 1n) yield `nothing stands between ${last} and ${position}`;
    if (promised.times && event.recordedAt < time) yield `${nameOf(event)} was recorded at ${event.recordedAt}, after ${time}`;
    [last, time] = [position, event.recordedAt];
  }
}

function* streamsOf({ log, before = {} }: History): Generator<string> {
  const ids = new Set<string>();
  const ends = new Map(Object.entries(before));
  for (const event of log) {
    const next = (ends.get(event.stream) ?? -1) + 1;
    if (event.revision !== next) yield `${nameOf(event)} stands where revision ${next} belongs`;
    if (ids.has(event.id)) yield `${nameOf(event)} stands there twice: ${event.id}`;
    ids.add(event.id);
    ends.set(event.stream, event.revision);
  }
}

function* inventedIn({ log, attempts }: History): Generator<string> {
  const possible = new Set(
    attempts.filter(({ outcome }) => outcome.is !== 'refused').flatMap(({ stream, ids }) => ids.map((id) => `${stream} ${id}`)),
  );
  for (const event of log) if (!possible.has(`${event.stream} ${event.id}`)) yield `${nameOf(event)} was refused, or written by nobody`;
}

interface Index {
  /** Place in the log. */
  readonly places: ReadonlyMap<string, number>;
  /** When each event was first known to be written. */
  readonly acknowledged: ReadonlyMap<string, number>;
  /** Of a stream: its last revision. */
  readonly ends: ReadonlyMap<string, number>;
  /** Of a stream: when its acknowledged revisions were known, by moment; each with the highest up to then. */
  readonly standing: ReadonlyMap<string, readonly { readonly at: number; readonly revision: number }[]>;
}
const indexes = new WeakMap<History, Index>();
const indexOf = (history: History): Index => {
  const known = indexes.get(history);
  if (known) return known;
  const acknowledged = new Map<string, number>();
  const answered = history.attempts
    .flatMap(({ stream, ids, ended = Infinity, outcome }) =>
      outcome.is === 'acknowledged' ? [{ stream, ids, at: ended, revision: outcome.revision }] : [],
    )
    .toSorted((one, other) => one.at - other.at);
  const standing = new Map<string, { at: number; revision: number }[]>();
  for (const { stream, ids, at, revision } of answered) {
    for (const id of ids) if (!acknowledged.has(id)) acknowledged.set(id, at);
    const known = standing.get(stream) ?? [];
    known.push({ at, revision: Math.max(revision, known.at(-1)?.revision ?? -1) });
    standing.set(stream, known);
  }
  const places = new Map(history.log.map(({ stream, id }, place) => [`${stream} ${id}`, place]));
  const ends = new Map([
    ...Object.entries(history.before ?? {}),
    ...history.log.map(({ stream, revision }) => [stream, revision] as const),
  ]);
  const index = { places, acknowledged, ends, standing };
  indexes.set(history, index);
  return index;
};

function* attemptIn(history: History, attempt: Attempt): Generator<string> {
  const { stream, ids, expected, outcome, began } = attempt;
  const { places, ends, standing } = indexOf(history);
  const found = ids.map((id) => places.get(`${stream} ${id}`));
  const there = found.filter((place) => place !== undefined).map((place) => history.log[place]!);
  const written = there.length === ids.length;
  const inOrder = found.every((place, index) => index === 0 || place === found[index - 1]! + 1);
  const first = there[0]?.revision;
  const asExpected = expected === 'any' || (expected === 'exists' ? first !== 0 : first === (expected === 'none' ? 0 : expected + 1));
  switch (outcome.is) {
    case 'acknowledged': {
      if (!written) {
        yield `${whoOf(attempt)} was acknowledged and is not there`;
        return;
      }
      if (!inOrder) yield `${whoOf(attempt)} was acknowledged and is torn apart`;
      if (!asExpected) yield `${whoOf(attempt)} was written at ${first}`;
      const last = there.at(-1)!;
      const saying = (last: Pick<Logged, 'revision' | 'position' | 'recordedAt'>) =>
        // Where times are not promised, two processes that send the same at once may be told two.
        [last.revision, last.position, ...(history.promised.times ? [last.recordedAt] : [])].join(', ');
      if (saying(outcome) !== saying(last)) yield `${whoOf(attempt)} was told ${saying(outcome)}, and stands at ${saying(last)}`;
      return;
    }
    case 'unknown':
      if (there.length > 0 && (!written || !inOrder)) yield `${whoOf(attempt)} was not answered and stands there in part`;
      else if (written && !asExpected) yield `${whoOf(attempt)} was not answered and written at ${first}`;
      return;
    case 'refused': {
      if (outcome.actual === undefined) return;
      const actual = outcome.actual === 'none' ? -1 : outcome.actual;
      const holds = expected === 'any' || (expected === 'exists' ? actual >= 0 : actual === (expected === 'none' ? -1 : expected));
      if (holds) yield `${whoOf(attempt)} was refused though it stood at ${outcome.actual}`;
      const known = standing.get(stream)?.findLast(({ at }) => at < began)?.revision ?? -1;
      if (actual < known) yield `${whoOf(attempt)} was told ${outcome.actual} after ${known} was acknowledged`;
      const end = ends.get(stream) ?? -1;
      if (actual > end) yield `${whoOf(attempt)} was told ${outcome.actual} of a stream that ends at ${end}`;
    }
  }
}

/** What began after another was acknowledged stands above it. */
function* overtakenIn(history: History): Generator<string> {
  const { acknowledged } = indexOf(history);
  const begun = new Map<string, number>();
  for (const { ids, began } of history.attempts) for (const id of ids) begun.set(id, Math.min(began, begun.get(id) ?? Infinity));
  let [earliest, above]: [number, Logged | undefined] = [Infinity, undefined];
  for (const event of history.log.toReversed()) {
    if (above && earliest < (begun.get(event.id) ?? -Infinity))
      yield `${nameOf(event)} began after ${nameOf(above)} was acknowledged, and stands below it`;
    const at = acknowledged.get(event.id) ?? Infinity;
    if (at < earliest) [earliest, above] = [at, event];
  }
}

function* readerOf(log: readonly Logged[], { name, filter, after, heard }: Reader): Generator<string> {
  const wanted = log.filter((event) => BigInt(event.position) > BigInt(after) && matching(filter)(event));
  let next = 0;
  let told = BigInt(after);
  for (const each of heard) {
    if ('caughtUp' in each) {
      const upTo = BigInt(each.caughtUp);
      if (upTo < told) yield `${name} was told that it had caught up to ${upTo} after ${told}`;
      const missed = wanted[next];
      if (missed && BigInt(missed.position) <= upTo) yield `${name} was told that it had caught up to ${upTo} without ${nameOf(missed)}`;
      told = upTo;
      continue;
    }
    const due = wanted[next];
    if (due?.id !== each.id || due.position !== each.position) {
      // What follows would be wrong for the same reason.
      yield `${name} heard ${each.id} at ${each.position} where ${due ? `${nameOf(due)} at ${due.position}` : 'nothing'} was due`;
      return;
    }
    told = BigInt(each.position);
    next += 1;
  }
}

function* glanceOf(history: History, { name, filter, after, limit, began, ids }: Glance): Generator<string> {
  const { acknowledged } = indexOf(history);
  const wanted = history.log.filter((event) => BigInt(event.position) > BigInt(after) && matching(filter)(event)).slice(0, limit);
  const wrong = ids.findIndex((id, index) => wanted[index]?.id !== id);
  if (wrong >= 0) {
    yield `${name} saw ${ids[wrong]} where ${wanted[wrong] ? nameOf(wanted[wrong]) : 'nothing'} was due`;
    return;
  }
  const missed = wanted.slice(ids.length).find(({ id }) => (acknowledged.get(id) ?? Infinity) < began);
  if (missed) yield `${name} did not see ${nameOf(missed)}, which was acknowledged before`;
}
