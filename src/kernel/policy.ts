import { foldedUpTo } from './folds';
import { advance, inForce, isCorrection, type Standing, type Stored, untouched } from './history';
import { type AllCommands, type AllEvents, type AnyLifecycle, type AnyState, initialState, type Lifecycle, type State } from './lifecycle';
import type { Body } from './part';
import type { PartialDate } from './partial-date';
import type { Said } from './refusal';
import type { RuleBook } from './rules';

/** A command that nobody gives by hand: to which stream, with which body, and when what it tells happened. */
export interface Order {
  readonly to: AnyLifecycle;
  readonly id: string;
  readonly name: string;
  readonly body: object;
  readonly occurredOn: PartialDate;
}
export const order = <Parts, K extends keyof AllCommands<Parts> & string>(
  to: Lifecycle<Parts>,
  id: string,
  name: K,
  body: Body<AllCommands<Parts>[K]>,
  occurredOn: PartialDate,
): Order => ({ to, id, name, body, occurredOn });

/** A fact that a policy answers, with the state of its stream after what set the policy off. */
export interface Answered<Whole, Data> {
  /** Of its stream. */
  readonly id: string;
  readonly revision: number;
  readonly data: Data;
  readonly occurredOn: PartialDate;
  readonly state: Whole;
}

/** What follows from a fact, from its being taken back, and from its being corrected: leaving one out does not compile. */
export interface Reaction<Whole, Data> {
  /** Also where a fact that was taken back stands again. */
  readonly recorded: (fact: Answered<Whole, Data>) => readonly Order[];
  readonly retracted: (fact: Answered<Whole, Data>) => readonly Order[];
  readonly corrected: (fact: Answered<Whole, Data>, was: { readonly data: Data; readonly occurredOn: PartialDate }) => readonly Order[];
}

/** What an event made of the state of its stream. */
export interface Changed {
  /** Of the stream. */
  readonly id: string;
  readonly before: AnyState;
  readonly after: AnyState;
  /** The day since which what is in force has made the state such as it is now; of an event that is no correction, its own. */
  readonly since: (such: (state: AnyState) => boolean) => PartialDate;
  readonly book: RuleBook;
}

/** The part of an order that says what was refused. */
export type Refused = Pick<Order, 'id' | 'name' | 'occurredOn'>;

/**
 * What one stream's facts demand of others. It is carried out at least once, each order under an id of its own, so that a repeat
 * does nothing.
 */
export interface Policy {
  readonly name: string;
  /** What it does, in one English sentence. */
  readonly rule: string;
  readonly of: AnyLifecycle;
  readonly reacts: Readonly<Record<string, Reaction<never, never>>>;
  /** What follows from a change of state, whatever event brought it about. */
  readonly follows?: (changed: Changed) => readonly Order[];
  /** What undoes the fact when the other side refuses, or asks the stream that the refusal points to; nothing where somebody has to look at it. */
  readonly refused: (refused: Refused, cause: { readonly id: string }, why: Said) => readonly Order[];
}

export const policy = <Parts>(
  of: Lifecycle<Parts>,
  definition: Pick<Policy, 'name' | 'rule' | 'refused'> & {
    readonly reacts: { readonly [E in keyof AllEvents<Parts>]?: Reaction<State<Parts>, AllEvents<Parts>[E]> };
  },
): Policy => ({ of, ...definition, reacts: definition.reacts as Policy['reacts'] });

/** A policy that looks at states instead of facts: corrections and retractions change them like any other event. */
export const following = (
  of: AnyLifecycle,
  definition: Pick<Policy, 'name' | 'rule' | 'refused'> & Required<Pick<Policy, 'follows'>>,
): Policy => ({ of, reacts: {}, ...definition });

const changes = (before: ReadonlyMap<number, Standing>, after: ReadonlyMap<number, Standing>) =>
  [...new Set([...before.keys(), ...after.keys()])]
    .toSorted((one, other) => one - other)
    .map((revision) => ({ was: before.get(revision), is: after.get(revision) }))
    .filter(({ was, is }) => was?.correctedBy !== is?.correctedBy || !was || !is);
const standingIn = (history: readonly Stored[]) => new Map(inForce(history).map((event) => [event.revision, event]));

/** What a policy orders because of one event of a history, corrections included. Pure: the same event gives the same orders, whenever it is read. */
export const ordersFor = ({ of, reacts }: Policy, id: string, history: readonly Stored[], at: number, book: RuleBook): readonly Order[] => {
  const event = history[at]!;
  const until = history.slice(0, at + 1);
  const concerned = isCorrection(event) ? changes(standingIn(history.slice(0, at)), standingIn(until)) : [{ was: undefined, is: event }];
  const answered = concerned.filter(({ was, is }) => Object.hasOwn(reacts, (is ?? was)!.type));
  if (answered.length === 0) return [];
  const { state } = foldedUpTo(of, history, at, book);
  return answered.flatMap(({ was, is }) => {
    const { type, revision, data, occurredOn } = (is ?? was)!;
    const fact = { id, revision, data, occurredOn, state } as Answered<never, never>;
    const reaction = reacts[type]!;
    if (!is) return reaction.retracted(fact);
    return was ? reaction.corrected(fact, was as never) : reaction.recorded(fact);
  });
};

/** The states that the facts in force of a history led through, from none on, each with the day of its fact. */
const courseOf = (of: AnyLifecycle, history: readonly Stored[], book: RuleBook) => {
  let folded = untouched(of);
  return inForce(history).map((event) => {
    folded = advance(of, folded, event, book);
    return { state: folded.state, on: event.occurredOn };
  });
};
/** Of a correction the day of what it corrects; where by what is in force now it never was otherwise, the day on which it was said to be. */
const sinceOf = (of: AnyLifecycle, was: readonly Stored[], is: readonly Stored[], book: RuleBook): Changed['since'] => {
  const now = courseOf(of, is, book);
  return (such) => {
    const since = now[now.findLastIndex(({ state }) => !such(state)) + 1];
    const otherwise = courseOf(of, was, book).find(({ state }) => !such(state));
    const always = now.every(({ state }) => such(state)) && such(initialState(of));
    return (always ? otherwise : since)?.on ?? is.at(-1)!.occurredOn;
  };
};

/** The same of every event from a revision on, in their order; of a policy that follows states, each is derived from the one before. */
export const ordersFrom = (
  policy: Policy,
  id: string,
  history: readonly Stored[],
  from: number,
  book: RuleBook,
): readonly (readonly Order[])[] => {
  const { of, follows } = policy;
  const events = history.slice(from);
  if (!follows) return events.map(({ revision }) => ordersFor(policy, id, history, revision, book));
  let folded = foldedUpTo(of, history, from - 1, book);
  return events.map((event) => {
    const { revision, occurredOn } = event;
    // What a command corrects it corrects together with all else that it records: between these a state can be one that never was.
    if (isCorrection(event) && history[revision + 1]?.commandId === event.commandId) return [];
    const before = folded;
    folded = foldedUpTo(of, history, revision, book);
    const since = isCorrection(event)
      ? sinceOf(of, history.slice(0, before.revision + 1), history.slice(0, revision + 1), book)
      : () => occurredOn;
    return follows({ id, before: before.state, after: folded.state, since, book });
  });
};
