import {
  type AnyLifecycle,
  type AnyState,
  decide,
  dimensionsOf,
  evolveState,
  initialState,
  type Shut,
  shut,
  type TypedEvent,
} from './lifecycle';
import { type Moment, momentOf, type Refs } from './part';
import type { FactCorrected, FactRetracted, GateWaived } from './corrections';
import { type Day, lastDay } from './partial-date';
import { Rejected, type Said } from './refusal';
import type { RuleBook } from './rules';

/** An event of one stream as the kernel sees it. */
export interface Stored extends Omit<Moment, 'rules'>, TypedEvent {
  readonly revision: number;
  readonly commandId: string;
  /** `id@version` */
  readonly rules?: string;
  readonly waived?: readonly string[];
}

/** A fact that is in force: with the data and the date of its latest correction. */
export interface Standing extends Stored {
  /** Revision of the correction that gave it its data; `recordedAt` is then that of the correction. */
  readonly correctedBy?: number;
}

export const isCorrection = ({ type }: TypedEvent) => type === 'FactRetracted' || type === 'FactCorrected';

/** Revisions that no longer stand, corrections among them. Read from the newest to the oldest, so a retraction can itself be retracted. */
export const goneIn = (history: readonly Stored[]): ReadonlySet<number> => {
  const gone = new Set<number>();
  for (const event of history.toReversed())
    if (event.type === 'FactRetracted' && !gone.has(event.revision)) gone.add((event.data as FactRetracted).revision);
  return gone;
};

/** The history as it stands now: what was retracted is gone, what was corrected has the data and date of its latest correction. */
export const inForce = (history: readonly Stored[]): readonly Standing[] => {
  if (!history.some(isCorrection)) return history;
  const gone = goneIn(history);
  const standing = history.filter(({ revision }) => !gone.has(revision));
  const latest = new Map(
    standing.filter(({ type }) => type === 'FactCorrected').map((correction) => [(correction.data as FactCorrected).revision, correction]),
  );
  return standing
    .filter((event) => !isCorrection(event))
    .map((event) => {
      const correction = latest.get(event.revision);
      if (!correction) return event;
      const { data, occurredOn } = correction.data as FactCorrected;
      return { ...event, data, occurredOn, recordedAt: correction.recordedAt, correctedBy: correction.revision };
    });
};

/** What of it had certainly happened by a day: what is dated to a month had once the month is over. */
export const happenedBy = (standing: readonly Standing[], asOf: Day): readonly Standing[] =>
  standing.filter(({ occurredOn }) => lastDay(occurredOn) <= asOf);

/** The waivers in force: for every later fact, for so many next facts, for facts already recorded (`gate@revision`). */
export interface Waivers {
  readonly rest: ReadonlySet<string>;
  readonly next: Readonly<Record<string, number>>;
  readonly facts: ReadonlySet<string>;
}
const noWaivers: Waivers = { rest: new Set(), next: {}, facts: new Set() };

const grant = (waivers: Waivers, { gate, scope, revision }: GateWaived): Waivers => {
  switch (scope) {
    case 'rest':
      return { ...waivers, rest: new Set([...waivers.rest, gate]) };
    case 'next-fact':
      return { ...waivers, next: { ...waivers.next, [gate]: (waivers.next[gate] ?? 0) + 1 } };
    case 'fact':
      return { ...waivers, facts: new Set([...waivers.facts, `${gate}@${revision}`]) };
  }
};
/** A waiver for one fact is used up by the fact that says it passed by it. */
const use = (waivers: Waivers, passed: readonly string[] = []): Waivers => {
  const used = passed.filter((gate) => !waivers.rest.has(gate) && (waivers.next[gate] ?? 0) > 0);
  return used.length === 0
    ? waivers
    : { ...waivers, next: { ...waivers.next, ...Object.fromEntries(used.map((gate) => [gate, waivers.next[gate]! - 1])) } };
};
const waiversAfter = (waivers: Waivers, event: Stored): Waivers =>
  event.type === 'GateWaived' ? grant(waivers, event.data as GateWaived) : use(waivers, event.waived);

/** The waivers of a gate for one fact each that no fact has passed by yet; the oldest is used first. */
export const unusedWaivers = (standing: readonly Standing[], gate: string): readonly GateWaived[] => {
  const left = standing.reduce(waiversAfter, noWaivers).next[gate] ?? 0;
  const granted = standing.filter(({ type }) => type === 'GateWaived').map(({ data }) => data as GateWaived);
  const forOne = granted.filter((each) => each.gate === gate && each.scope === 'next-fact');
  return forOne.slice(forOne.length - left);
};

/** Where a stream stands after all that is in force in it. */
export interface Folded {
  readonly state: AnyState;
  readonly waivers: Waivers;
  /** Revision of the last stored event, −1 for a stream that has none. */
  readonly revision: number;
}
export const untouched = (of: AnyLifecycle): Folded => ({ state: initialState(of), waivers: noWaivers, revision: -1 });

const ruled = (event: Stored, book: RuleBook) => momentOf(event, event.rules === undefined ? undefined : book(event.rules));

/** One more fact that is no correction; after a correction the whole stream is folded again. */
export const advance = (of: AnyLifecycle, folded: Folded, event: Stored, book: RuleBook): Folded => ({
  state: event.type === 'GateWaived' ? folded.state : evolveState(of, folded.state, event, ruled(event, book)),
  waivers: waiversAfter(folded.waivers, event),
  revision: event.revision,
});

/** Where these facts lead, in a stream that was stored up to a revision. */
export const foldOf = (of: AnyLifecycle, standing: readonly Standing[], revision: number, book: RuleBook): Folded => ({
  ...standing.reduce((folded, event) => advance(of, folded, event, book), untouched(of)),
  revision,
});
export const fold = (of: AnyLifecycle, history: readonly Stored[], book: RuleBook): Folded =>
  foldOf(of, inForce(history), history.at(-1)?.revision ?? -1, book);

/** A fact that stands though something it needs is missing. */
export interface Unsupported {
  readonly revision: number;
  readonly type: string;
  readonly gate?: string;
  readonly missing: readonly Said[];
}

/** The facts in force that lack what they need and passed by no waiver. */
export const unsupported = (of: AnyLifecycle, history: readonly Stored[], book: RuleBook): readonly Unsupported[] => {
  const standing = inForce(history);
  const found: Unsupported[] = [];
  const named = new Set(
    standing
      .filter(({ type }) => type === 'GateWaived')
      .map(({ data }) => data as GateWaived)
      .filter(({ scope }) => scope === 'fact')
      .map(({ gate, revision }) => `${gate}@${revision}`),
  );
  standing.reduce((folded, event) => {
    if (event.type !== 'GateWaived') {
      for (const each of shut(of, folded.state, event, ruled(event, book))) {
        const { gate } = each;
        const covered =
          gate !== undefined &&
          (folded.waivers.rest.has(gate) ||
            named.has(`${gate}@${event.revision}`) ||
            (event.waived?.includes(gate) === true && (folded.waivers.next[gate] ?? 0) > 0));
        if (!covered) found.push({ revision: event.revision, type: event.type, ...each });
      }
    }
    return advance(of, folded, event, book);
  }, untouched(of));
  return found;
};

/** What a command is about to record, before the store gives it a revision. */
export interface Decided extends TypedEvent {
  readonly rules?: string;
  readonly waived?: readonly string[];
  /** The stream's dimensions with this fact. */
  readonly dimensions?: Readonly<Record<string, string>>;
}

/** What a command records on a stream, and how that stands with it. */
export interface Recording {
  readonly decided: readonly Decided[];
  readonly state: AnyState;
}

/** What a command would record on a stream, as far as nothing stands in the way. */
export interface Attempt extends Recording {
  /** What keeps the fact after these from being recorded: of its part (`gate` undefined), or at gates that nobody waived. Nothing where all would be. */
  readonly shut: readonly Shut[];
}

/** The gates among them that a waiver in force opens. */
export const waivedOf = ({ rest, next }: Waivers, closed: readonly Shut[]): readonly string[] =>
  closed.flatMap(({ gate }) => (gate !== undefined && (rest.has(gate) || (next[gate] ?? 0) > 0) ? [gate] : []));

/** The rules that an event which leaves this state was decided under, and what it may know of its moment. */
export const ruledBy = (of: AnyLifecycle, state: AnyState, at: Omit<Moment, 'rules'>, book: RuleBook) => {
  const rules = of.rules(state);
  return { rules, moment: momentOf(at, rules === undefined ? undefined : book(rules)) };
};

/**
 * What a command would record, up to the first fact that cannot stand.
 * @throws Rejected where the decision itself refuses
 */
export const attempt = (
  of: AnyLifecycle,
  folded: Folded,
  name: string,
  form: object,
  at: Omit<Moment, 'rules'>,
  book: RuleBook,
  refs: Refs<unknown>,
  id: string,
): Attempt => {
  const decided: Decided[] = [];
  let { state, waivers } = folded;
  for (const event of decide(of, state, name, form, ruledBy(of, state, at, book).moment, refs, id)) {
    const after = evolveState(of, state, event, ruledBy(of, state, at, book).moment);
    const { rules, moment } = ruledBy(of, after, at, book);
    const closed = shut(of, state, event, moment);
    const waived = waivedOf(waivers, closed);
    const still = closed.filter(({ gate }) => gate === undefined || !waived.includes(gate));
    if (still.length > 0) return { decided, state, shut: still };
    state = after;
    waivers = use(waivers, waived);
    decided.push({
      ...event,
      ...(rules === undefined ? {} : { rules }),
      ...(waived.length === 0 ? {} : { waived }),
      dimensions: dimensionsOf(of, after, id),
    });
  }
  return { decided, state, shut: [] };
};

/**
 * What a command records on a stream, and how that stands with it: each fact past what its part requires and past every gate that is not waived.
 * @throws Rejected with the code of what the part misses, or GATE_CLOSED with every closed gate and what it lacks
 */
export const record = (...asked: Parameters<typeof attempt>): Recording => {
  const { decided, state, shut: closed } = attempt(...asked);
  const required = closed.find(({ gate }) => gate === undefined);
  if (required) throw new Rejected(required.missing[0]!, { missing: required.missing });
  if (closed.length > 0)
    throw new Rejected({ code: 'GATE_CLOSED', values: { gates: closed.map(({ gate }) => gate).join(', ') } }, { gates: closed });
  return { decided, state };
};
