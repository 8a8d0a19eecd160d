import type { Role, StoredDocument, TextRef } from './fields';
import { type Day, firstDay, type PartialDate } from './partial-date';
import { refusals, type Said, type Sentences, type Vocabulary } from './refusal';
import type { Reserved } from './reserved';
import type { RuleSet } from './rules';

/** What happened: the keys of an interface are the stored event types, its values what is stored. */
export type EventOf<Events> = { [K in keyof Events & string]: { readonly type: K; readonly data: Events[K] } }[keyof Events & string];

/** What a rule may know of a fact besides its data: when it happened, when and by whom it was recorded, under which rules. Never a clock, never another stream. */
export interface Moment {
  readonly occurredOn: PartialDate;
  readonly recordedAt: string;
  readonly actor: string;
  readonly roles: readonly string[];
  /** @throws Rejected NO_RULE_SET where none is in force */
  readonly rules: RuleSet;
}
export const momentOf = (of: Omit<Moment, 'rules'>, rules: RuleSet | undefined): Moment => ({
  occurredOn: of.occurredOn,
  recordedAt: of.recordedAt,
  actor: of.actor,
  roles: of.roles,
  get rules() {
    if (!rules) throw refusals.no('NO_RULE_SET');
    return rules;
  },
});

/**
 * Something to count. A subject pairs what begins (+1) with what ends (−1) and lets distinct things be counted once: words of
 * its own mean something inside this stream (`mission 1`), a `ref` something that several streams share (`party/almada`).
 */
export interface Fact<M extends string = string> {
  readonly measure: M;
  readonly subject: string | { readonly ref: string };
  readonly quantity: number;
  /** The day it counts from, where that is another than the day of its event: what the last one recorded completes is complete with the last one dated. */
  readonly on?: PartialDate;
  readonly by?: Readonly<Record<string, string>>;
}

/** What facts of a measure count, and by what they can be broken down besides the dimensions of their stream. */
export interface Measure {
  /** In one English phrase, for whoever makes an indicator of it. */
  readonly counts: string;
  readonly by?: readonly string[];
  /** Quantities are amounts in minor units: each fact says its `currency`, and only amounts of one currency are ever added up. */
  readonly money?: true;
  /** The subject of each fact is the account of somebody: no such fact leaves in an export. */
  readonly ofAccounts?: true;
}

/** A command: the form its fields come in, who may give it, which events it may record. */
export interface Declared<Form, E extends string> {
  readonly form: new () => Form;
  readonly by: readonly Role[];
  readonly yields: readonly E[];
}
export const command = <Form extends object, const E extends string>(
  form: new () => Form,
  by: readonly Role[],
  yields: readonly E[],
): Declared<Form, E> => ({ form, by, yields });

/** What a decision may read of other streams: by lifecycle, then by id; undefined where there is no such stream. */
export type Refs<Seen> = { readonly [Kind in keyof Seen]: (id: string) => Seen[Kind] | undefined };

/** A beginning of a command's form, as far as it is known. */
export interface Offer<Form> {
  /** What it is about: this mission, that side. */
  readonly known?: Partial<Body<Form>>;
  /** What fields that are still to be given might hold, where it is not all the same to the rules. */
  readonly such?: Partial<Body<Form>>;
  /** The date it is expected to have; the one asked for where it is left out. */
  readonly on?: PartialDate;
}
type Offers<C, Slice, Needs, Seen> = {
  readonly [K in keyof C]: (slice: Slice, needs: Needs, refs: Refs<Seen>, occurredOn: PartialDate) => readonly Offer<C[K]>[];
};
/** Of a command that needs nothing to be known before. */
export const always = (): readonly [Record<string, never>] => [{}];

/**
 * A part of a lifecycle: its own facts, commands, slice of state and rules. A part sees its slice, and what it asked
 * for as `needs`; a rule that looks at two parts is a gate of the lifecycle, so it has a name, can be listed and waived.
 */
export interface Part<Slice, Events, C, Needs = unknown, Seen = unknown, M extends string = string> {
  readonly says: Vocabulary<Sentences>;
  readonly commands: { readonly [K in keyof C]: Declared<C[K], keyof Events & string> };
  readonly initial: Slice;
  /** Which other streams a command reads; asked again with what was found, until it names nothing new. */
  readonly refs?: {
    readonly [K in keyof C]?: (
      command: C[K],
      slice: Slice,
      needs: Needs,
      found: Refs<Seen>,
    ) => { readonly [Kind in keyof Seen]?: readonly string[] };
  };
  /** What each command could be given for as the slice stands; nothing where there is nothing to give it for. What the rules say to that is asked, not repeated here. */
  readonly offers: Offers<NoInfer<C>, Slice, Needs, Seen>;
  /** Pure. No events only where the same fact, with the same data, already stands; a refusal otherwise. `id` is that of the stream decided on. */
  readonly decide: {
    readonly [K in keyof C]: (
      command: C[K],
      slice: Slice,
      moment: Moment,
      needs: Needs,
      refs: Refs<Seen>,
      id: string,
    ) => readonly EventOf<Events>[];
  };
  /** What a fact needs of the slice to stand: asked before it is recorded, and again when something earlier is corrected. Not waivable. */
  readonly requires?: { readonly [E in keyof Events]?: (slice: Slice, data: Events[E], moment: Moment, needs: Needs) => readonly Said[] };
  /** Pure and total. */
  readonly evolve: { readonly [E in keyof Events]: (slice: Slice, data: Events[E], moment: Moment) => Slice };
  /** The measures that its facts have: one that is not declared here does not compile. */
  readonly measures?: { readonly [Name in M]: Measure };
  readonly facts?: { readonly [E in keyof Events]?: (data: Events[E], after: Slice, before: Slice) => readonly Fact<NoInfer<M>>[] };
  /** What not everybody may read; all of it where this is left out. */
  readonly reserved?: Reserved<Slice, Events>;
  /** What the calendar demands as the slice stands: done on its day by a timer, also when it is asked for late. */
  readonly due?: (slice: Slice, needs: Needs) => readonly DueOf<C>[];
  /** By which days something is to be done, as the slice stands: what no longer has to be is left out. Pure: whether a day has passed is for whoever reads. */
  readonly deadlines?: (slice: Slice, needs: Needs, rules: RuleSet | undefined) => readonly Deadline[];
  /** Which facts of a timer a late command precludes: they are taken back in the same append. */
  readonly precludes?: {
    readonly [K in keyof C]?: (
      command: C[K],
      slice: Slice,
      occurredOn: PartialDate,
    ) => (fact: EventOf<Events> & { readonly occurredOn: PartialDate }) => boolean;
  };
}

/** A day by which something is to be done. */
export interface Deadline {
  /** The same for as long as what it begins with stands, whatever the day is moved to: no other fact of the stream, recorded or taken back, changes it. */
  readonly key: string;
  /** A code that has words in every language. */
  readonly what: string;
  /** Which one, where a stream may have several: a year, an agreement. */
  readonly about?: string;
  readonly on: Day;
  /** Since when it is met, also after its day. */
  readonly met?: Day;
}
/** @param met a date known roughly has the benefit of the doubt: its first day */
export const deadline = (what: string, about: string | undefined, on: Day, met: PartialDate | undefined): Deadline => ({
  key: about === undefined ? what : `${what} ${about}`,
  what,
  ...(about !== undefined && { about }),
  on,
  ...(met !== undefined && { met: firstDay(met) }),
});

/** A command for a timer: from this day on, and dated to it. */
export interface Due {
  readonly on: Day;
  readonly name: string;
  readonly body: object;
}
type DueOf<C> = { [K in keyof C & string]: Due & { readonly name: K; readonly body: Body<C[K]> } }[keyof C & string];

/** The body of a command as it is sent: words and digests where its form holds references and descriptions. */
export type Body<Form> = {
  readonly [K in keyof Form]: Form[K] extends TextRef | StoredDocument | undefined
    ? string
    : Form[K] extends (infer I)[] | undefined
      ? [I] extends [string | number]
        ? readonly I[]
        : [I] extends [TextRef | StoredDocument]
          ? readonly string[]
          : readonly Body<I>[]
      : Form[K] extends object | undefined
        ? Body<NonNullable<Form[K]>> | Extract<Form[K], undefined>
        : Form[K];
};

/** `part<Events, Slice, Needs, Seen>()({ … })`: what is stored, remembered, needed and read elsewhere is declared; the tables are checked for completeness. */
export const part =
  <Events, Slice, Needs = unknown, Seen = unknown>() =>
  <C, M extends string = never>(definition: Part<Slice, Events, C, Needs, Seen, M>) =>
    definition;
