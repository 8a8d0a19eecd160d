import type { Deadline, Due, Fact, Measure, Moment, Part, Refs } from './part';
import type { Said, Sentences, Vocabulary } from './refusal';
import type { Responsibility } from './responsible';
import type { RuleBook } from './rules';

// Lifecycles of every shape are handled together by the kernel and the engine: the one seam where `any` stands.
/* eslint-disable @typescript-eslint/no-explicit-any */
export type AnyPart = Part<any, any, any, any, any, any>;
export type AnyLifecycle = Lifecycle<any>;
export type AnyState = Readonly<Record<string, any>>;
type MeasuresOf<P> = P extends Part<any, any, any, any, any, infer M> ? M : never;
type EventsOf<P> = P extends Part<any, infer E, any, any, any, any> ? E : never;
type CommandsOf<P> = P extends Part<any, any, infer C, any, any, any> ? C : never;
type NeedsOf<P> = P extends Part<any, any, any, infer N, any, any> ? N : never;
type SeenOf<P> = P extends Part<any, any, any, any, infer S, any> ? S : never;
/* eslint-enable @typescript-eslint/no-explicit-any */

type Merged<U> = (U extends unknown ? (one: U) => void : never) extends (all: infer I) => void ? I : never;
export type AllEvents<Parts> = Merged<EventsOf<Parts[keyof Parts]>>;
export type AllCommands<Parts> = Merged<CommandsOf<Parts[keyof Parts]>>;
/** What the parts of a lifecycle read of others, by lifecycle. */
export type AllSeen<Parts> = Merged<
  Exclude<{ [P in keyof Parts]: unknown extends SeenOf<Parts[P]> ? never : SeenOf<Parts[P]> }[keyof Parts], never>
>;
type Needy<Parts> = { [P in keyof Parts]: unknown extends NeedsOf<Parts[P]> ? never : P }[keyof Parts];
/** Two parts that store events, or take commands, of one name: not allowed, the second would never see its own. */
type Clash<Parts> = {
  [P in keyof Parts]: {
    [Q in Exclude<keyof Parts, P>]:
      (keyof EventsOf<Parts[P]> & keyof EventsOf<Parts[Q]>) | (keyof CommandsOf<Parts[P]> & keyof CommandsOf<Parts[Q]>);
  }[Exclude<keyof Parts, P>];
}[keyof Parts];

export type State<Parts> = { readonly [P in keyof Parts]: Parts[P] extends { readonly initial: infer S } ? S : never };

/** What is missing for this fact; nothing when it may stand. */
type Ask<Parts, Data> = (state: State<Parts>, data: Data, moment: Moment) => readonly Said[];

/** A gate guards facts, not commands: the same question before recording and again when something earlier is corrected. */
export type Gate<Parts> = {
  /** The rule in one English sentence, and the document it comes from. */
  readonly rule: string;
  readonly source: string;
  /** No authority can waive it. */
  readonly firm?: true;
} & (
  | { readonly guards: { readonly [E in keyof AllEvents<Parts>]?: Ask<Parts, AllEvents<Parts>[E]> } }
  | { readonly guardsAllBut: readonly (keyof AllEvents<Parts>)[]; readonly missing: Ask<Parts, unknown> }
);

export interface Composition<Parts, Seen> {
  /** Its name among several, in addresses: `pairings`. */
  readonly plural: string;
  readonly gates: Readonly<Record<string, Gate<Parts>>>;
  /** What the gates say is missing. */
  readonly says: Vocabulary<Sentences>;
  /** What each part that asked gets; leaving one out does not compile. */
  readonly supply: { readonly [P in Needy<Parts>]: (state: State<Parts>) => NeedsOf<Parts[P]> };
  /** Whose officers may command a stream: where any is assigned, nobody else in that role alone. */
  readonly responsible: Responsibility<State<Parts>>;
  /** How every figure counted from this lifecycle can be broken down: each dimension, and where a stream is in it; undefined where it is not yet. */
  readonly dimensions: Readonly<Record<string, (state: State<Parts>, id: string) => string | undefined>>;
  /** Countries its events can be filtered by: its own, and those of the parties that take part, as known when a fact is recorded. */
  readonly countries?: (
    state: State<Parts>,
    refs: Refs<{ readonly party: { readonly countries: readonly string[] } }>,
  ) => readonly string[];
  /** The rule set in force, as `id@version`; none before the first fact, or where no rules apply. */
  readonly rules: (state: State<Parts>) => string | undefined;
  /** Facts that other streams were decided by, so that they are never retracted or corrected. */
  readonly unchangeable?: readonly (keyof AllEvents<Parts>)[];
  /** What decisions in other streams may know of this one; undefined where nothing in force says that it exists. */
  readonly seen: (state: State<Parts>) => Seen;
  /** The stream of this lifecycle that this one turned out to be a second record of, by its own facts. */
  readonly mergedInto?: (state: State<Parts>) => string | undefined;
  /** Facts that look at more than one part. */
  readonly facts?: {
    readonly [E in keyof AllEvents<Parts>]?: (
      data: AllEvents<Parts>[E],
      after: State<Parts>,
      before: State<Parts>,
    ) => readonly Fact<MeasuresOf<Parts[keyof Parts]>>[];
  };
}

export interface Lifecycle<Parts, Seen = unknown> extends Composition<Parts, Seen> {
  /** Also the kind of its streams: `pairing-cartagena-malaga`. */
  readonly name: string;
  readonly parts: Parts;
  /** The part that takes a command, or keeps an event. */
  readonly taking: ReadonlyMap<string, string>;
  readonly keeping: ReadonlyMap<string, string>;
}

export const lifecycle = <const Parts extends Readonly<Record<string, AnyPart>>, Seen>(
  name: string,
  parts: Parts & ([Clash<Parts>] extends [never] ? unknown : { 'two parts share a name': Clash<Parts> }),
  composition: Composition<Parts, Seen>,
): Lifecycle<Parts, Seen> => {
  const names = (table: 'decide' | 'evolve') =>
    new Map(Object.entries<AnyPart>(parts).flatMap(([partName, one]) => Object.keys(one[table]).map((key) => [key, partName] as const)));
  return { name, parts, taking: names('decide'), keeping: names('evolve'), ...composition };
};

export const initialState = (of: AnyLifecycle): AnyState => Object.fromEntries(partsOf(of).map(([name, one]) => [name, one.initial]));
export const partsOf = (of: AnyLifecycle): readonly (readonly [string, AnyPart])[] =>
  Object.entries<AnyPart>(of.parts as Record<string, AnyPart>);
/** Where a stream is in each dimension. */
export const dimensionsOf = (of: AnyLifecycle, state: AnyState, id: string): Readonly<Record<string, string>> => {
  const found: Record<string, string> = {};
  for (const [name, value] of Object.entries(of.dimensions as Record<string, (state: AnyState, id: string) => string | undefined>)) {
    const where = value(state, id);
    if (where !== undefined) found[name] = where;
  }
  return found;
};
/** Every dimension that events carry: where their stream was, and the countries that take part. */
export const eventDimensions = (lifecycles: readonly AnyLifecycle[]): ReadonlySet<string> =>
  new Set(lifecycles.flatMap(({ dimensions, countries }) => [...Object.keys(dimensions as object), ...(countries ? ['country'] : [])]));
/** The measures that facts of a lifecycle have. */
export const measuresOf = (of: AnyLifecycle): Readonly<Record<string, Measure>> =>
  Object.assign({}, ...partsOf(of).map(([, { measures }]) => measures)) as Readonly<Record<string, Measure>>;
export const partNamed = (of: AnyLifecycle, name: string): AnyPart => (of.parts as Record<string, AnyPart>)[name]!;

export interface TypedEvent {
  readonly type: string;
  readonly data: unknown;
}

const keeper = (of: AnyLifecycle, type: string): [string, AnyPart] => {
  const name = of.keeping.get(type);
  if (name === undefined) throw new Error(`${of.name} keeps no event ${type}`);
  return [name, partNamed(of, name)];
};
export const needsOf = (of: AnyLifecycle, name: string, state: AnyState): unknown =>
  (of.supply as Record<string, ((state: AnyState) => unknown) | undefined>)[name]?.(state);

export const evolveState = (of: AnyLifecycle, state: AnyState, { type, data }: TypedEvent, moment: Moment): AnyState => {
  const [name, one] = keeper(of, type);
  return { ...state, [name]: one.evolve[type]!(state[name], data, moment) };
};

/** What a fact lacks: of its own part (`gate` undefined: not waivable) and at each closed gate. */
export interface Shut {
  readonly gate?: string;
  readonly missing: readonly Said[];
}
/** What a gate asks of a fact of this type; undefined where it does not guard such facts. */
export const askedBy = (guard: Gate<Record<string, AnyPart>>, type: string): Ask<Record<string, AnyPart>, unknown> | undefined => {
  if ('guards' in guard) return (guard.guards as Record<string, Ask<Record<string, AnyPart>, unknown> | undefined>)[type];
  return (guard.guardsAllBut as readonly string[]).includes(type) ? undefined : guard.missing;
};
export const guardsFact = (of: AnyLifecycle, gate: string, type: string): boolean =>
  askedBy((of.gates as Record<string, Gate<Record<string, AnyPart>>>)[gate]!, type) !== undefined;

export const shut = (of: AnyLifecycle, state: AnyState, { type, data }: TypedEvent, moment: Moment): readonly Shut[] => {
  const [name, one] = keeper(of, type);
  const found: Shut[] = [];
  const missing = one.requires?.[type]?.(state[name], data, moment, needsOf(of, name, state)) ?? [];
  if (missing.length > 0) found.push({ missing });
  for (const [gate, guard] of Object.entries<Gate<Record<string, AnyPart>>>(of.gates as Record<string, Gate<Record<string, AnyPart>>>)) {
    const lacks = askedBy(guard, type)?.(state, data, moment) ?? [];
    if (lacks.length > 0) found.push({ gate, missing: lacks });
  }
  return found;
};

/** Which other streams a command reads, by lifecycle, as far as what it found of them lets it say. */
export const readsOf = (
  of: AnyLifecycle,
  state: AnyState,
  name: string,
  form: object,
  found: Refs<unknown>,
): Readonly<Record<string, readonly string[]>> => {
  const partName = of.taking.get(name)!;
  const asked = partNamed(of, partName).refs?.[name]?.(form, state[partName], needsOf(of, partName, state), found);
  return (asked ?? {}) as Readonly<Record<string, readonly string[]>>;
};

/** What a command would record on this state, before any gate is asked. */
export const decide = (
  of: AnyLifecycle,
  state: AnyState,
  name: string,
  form: object,
  moment: Moment,
  refs: Refs<unknown>,
  id: string,
): readonly TypedEvent[] => {
  const partName = of.taking.get(name)!;
  const one = partNamed(of, partName);
  const events = one.decide[name]!(form, state[partName], moment, needsOf(of, partName, state), refs, id);
  const declared = one.commands[name]!.yields;
  for (const { type } of events) if (!declared.includes(type)) throw new Error(`${name} recorded ${type} without declaring it`);
  return events;
};

export const factsOf = (of: AnyLifecycle, event: TypedEvent, after: AnyState, before: AnyState): readonly Fact[] => {
  const [name, one] = keeper(of, event.type);
  const whole = (
    of.facts as Record<string, ((data: unknown, after: AnyState, before: AnyState) => readonly Fact[]) | undefined> | undefined
  )?.[event.type];
  return [...(one.facts?.[event.type]?.(event.data, after[name], before[name]) ?? []), ...(whole?.(event.data, after, before) ?? [])];
};

/** What the calendar demands of a stream in this state. */
export const dueOf = (of: AnyLifecycle, state: AnyState): readonly Due[] =>
  partsOf(of).flatMap(([name, { due }]) => due?.(state[name], needsOf(of, name, state)) ?? []);

export const hasDeadlines = (of: AnyLifecycle): boolean => partsOf(of).some(([, { deadlines }]) => deadlines !== undefined);
/** By which days something of a stream in this state is to be done. */
export const deadlinesOf = (of: AnyLifecycle, state: AnyState, book: RuleBook): readonly Deadline[] => {
  const named = of.rules(state);
  const rules = named === undefined ? undefined : book(named);
  return partsOf(of).flatMap(([name, { deadlines }]) => deadlines?.(state[name], needsOf(of, name, state), rules) ?? []);
};
