import { isDeepStrictEqual } from 'node:util';
import { getMetadataStorage } from 'class-validator';
import { Count, EventData, Items, Name, officers, OneOf, ProtectedText, Ref, type TextRef, type Whole, YesNo } from './fields';
import { PartialDate } from './fields-dates';
import { extended, mustNotRestOn } from './giving-way';
import { type Decided, goneIn, inForce, isCorrection, type Stored, unusedWaivers } from './history';
import { type AnyLifecycle, guardsFact, partsOf } from './lifecycle';
import { command, type Moment } from './part';
import { certainlyAfter, latestDayAt } from './partial-date';
import { refusals } from './refusal';
import type { RuleBook } from './rules';

// Every lifecycle has these events and commands. Stored for ever: add optional fields freely; never rename, remove or change a meaning.

/** A named authority lets facts stand though a gate is closed to them. */
export interface GateWaived {
  gate: string;
  scope: 'next-fact' | 'rest' | 'fact';
  /** The recorded fact, where the scope is `fact`. */
  revision?: Whole;
  authority: string;
  reason: TextRef;
}
/** Takes back a fact, a waiver, or a correction. */
export interface FactRetracted {
  revision: Whole;
  /** Type of the fact that is taken back or, for a correction taken back, of the fact it was about. */
  type: string;
  authority?: string;
  reason?: TextRef;
  /** A timer recorded it, and what is recorded now precludes it: nobody's authority was asked. */
  precluded?: true;
}
/** Gives a fact its complete new data and its date; always names the original. */
export interface FactCorrected {
  revision: Whole;
  type: string;
  data: Record<string, unknown>;
  occurredOn: string;
  authority: string;
  reason: TextRef;
}
export interface CorrectionEvents {
  GateWaived: GateWaived;
  FactRetracted: FactRetracted;
  FactCorrected: FactCorrected;
}

export class WaiveGate {
  @Name('The gate, as the catalogue names it') gate!: string;
  @OneOf('For the next fact that needs it, for the rest of this stream, or for a fact already recorded', ['next-fact', 'rest', 'fact'])
  scope!: GateWaived['scope'];
  @Count('Revision of the recorded fact, where the scope is `fact`', { optional: true }) revision?: number;
  @Ref('party', 'The organisation whose authority it is') authority!: string;
  @ProtectedText('Why') reason!: TextRef;
}
export class Retraction {
  @Count('Revision of what is taken back; all that its command recorded goes with it') revision!: number;
  @YesNo('Take back this revision alone', { optional: true }) only?: boolean;
}
export class Replacement {
  @Count('Revision of the original fact') revision!: number;
  @EventData('The complete new data, in the shape of the event; left out where only the date changes') data?: Record<string, unknown>;
  @PartialDate('When it really happened; left out where only the data changes', { optional: true }) occurredOn?: string;
}
export class Correct {
  @Items(Retraction, 'What is taken back', { optional: true }) retract?: Retraction[];
  @Items(Replacement, 'What is corrected', { optional: true }) replace?: Replacement[];
  @Ref('party', 'The organisation whose authority it is') authority!: string;
  @ProtectedText('Why') reason!: TextRef;
}

/** What every lifecycle takes besides the commands of its parts. */
export const everywhere = {
  WaiveGate: command(WaiveGate, officers, ['GateWaived']),
  Correct: command(Correct, officers, ['FactRetracted', 'FactCorrected']),
};

const notAhead = ({ occurredOn, recordedAt }: Omit<Moment, 'rules'>): void => {
  if (certainlyAfter(occurredOn, latestDayAt(recordedAt))) throw refusals.no('DECIDED_AHEAD', { occurredOn });
};

/**
 * A waiver that stands, or waits for its fact, with the same words is not given again.
 * @throws Rejected DECIDED_AHEAD, NO_SUCH_GATE, GATE_CANNOT_BE_WAIVED, WAIVER_FOR_WHICH_FACT, NO_SUCH_FACT, CORRECT_THE_ORIGINAL, GATE_NEVER_ASKED
 */
export const waive = (
  of: AnyLifecycle,
  history: readonly Stored[],
  { gate, scope, revision, authority, reason }: WaiveGate,
  at: Omit<Moment, 'rules'>,
): readonly Decided[] => {
  notAhead(at);
  if (!Object.hasOwn(of.gates, gate)) throw refusals.no('NO_SUCH_GATE', { gate });
  if ((of.gates as Readonly<Record<string, { readonly firm?: true }>>)[gate]?.firm) throw refusals.no('GATE_CANNOT_BE_WAIVED', { gate });
  if ((scope === 'fact') !== (revision !== undefined)) throw refusals.no('WAIVER_FOR_WHICH_FACT');
  if (revision !== undefined) {
    // A fact that was taken back may be waived for, so that it can be brought back.
    const fact = history[revision];
    if (!fact) throw refusals.no('NO_SUCH_FACT', { revision });
    if (isCorrection(fact) || fact.type === 'GateWaived') throw refusals.no('CORRECT_THE_ORIGINAL', { revision });
    if (!guardsFact(of, gate, fact.type)) throw refusals.no('GATE_NEVER_ASKED', { gate, type: fact.type });
  }
  const data: GateWaived = { gate, scope, ...(revision === undefined ? {} : { revision }), authority, reason };
  const standing = inForce(history);
  const given =
    scope === 'next-fact' ? unusedWaivers(standing, gate) : standing.filter(({ type }) => type === 'GateWaived').map((event) => event.data);
  return given.some((each) => isDeepStrictEqual(each, data)) ? [] : [{ type: 'GateWaived', data }];
};

/** The forms of the commands that may record an event. */
export const formsBehind = (of: AnyLifecycle, type: string): readonly (new () => object)[] =>
  partsOf(of).flatMap(([, { commands }]) =>
    Object.values(commands)
      .filter(({ yields }) => yields.includes(type))
      .map(({ form }) => form),
  );
/** Every field of a form: each has a check of its own. */
export const fieldsOf = (form: new () => object): ReadonlySet<string> =>
  new Set(
    getMetadataStorage()
      .getTargetValidationMetadatas(form, '', false, false)
      .map(({ propertyName }) => propertyName),
  );
/** What no command gives follows from other facts, and stays as it was recorded. */
const derivedAndChanged = (
  of: AnyLifecycle,
  type: string,
  data: Readonly<Record<string, unknown>>,
  now: Readonly<Record<string, unknown>>,
): string | undefined => {
  const given = new Set(formsBehind(of, type).flatMap((form) => [...fieldsOf(form)]));
  return [...new Set([...Object.keys(now), ...Object.keys(data)])].find(
    (field) => !given.has(field) && !isDeepStrictEqual(data[field], now[field]),
  );
};

/** The original fact that a chain of corrections is about. */
const rootType = (history: readonly Stored[], { type, data }: Stored): string =>
  isCorrection({ type, data }) ? (data as FactRetracted).type : type;

/** How new data is checked against the shape of an event; the problem in words, or nothing. */
export type ShapeOf = (type: string, data: unknown) => string | undefined;

/**
 * Corrections of one command, applied together. Nothing where everything already stands so.
 * @throws Rejected DECIDED_AHEAD, NO_SUCH_FACT, FACT_NEVER_CHANGES, NOT_IN_FORCE, CORRECT_THE_ORIGINAL, CORRECTED_TWICE, DATA_NOT_OF_ITS_KIND, DERIVED_BY_THE_RULES, and FACTS_REST_ON_IT naming each fact that would lose what it needs
 */
export const correct = (
  of: AnyLifecycle,
  history: readonly Stored[],
  { retract = [], replace = [], authority, reason }: Correct,
  at: Omit<Moment, 'rules'>,
  book: RuleBook,
  problemWith: ShapeOf,
): readonly Decided[] => {
  notAhead(at);
  const recorded = (revision: number) => {
    const found = history[revision];
    if (!found) throw refusals.no('NO_SUCH_FACT', { revision });
    return found;
  };
  const changeable = (fact: Stored) => {
    if ((of.unchangeable as readonly string[] | undefined)?.includes(fact.type))
      throw refusals.no('FACT_NEVER_CHANGES', { type: fact.type });
    return fact;
  };
  const extendedBy = (decided: readonly Decided[]) => extended(history, decided, at);
  const named = new Map(
    retract.flatMap(({ revision, only }) => {
      const target = recorded(revision);
      return (only ? [target] : history.filter(({ commandId }) => commandId === target.commandId)).map((each) => [
        each.revision,
        changeable(each),
      ]);
    }),
  );
  // Newest first: what takes back a retraction brings its fact back, which may be named too.
  const retractions = [...named.values()]
    .toSorted((one, other) => other.revision - one.revision)
    .reduce<readonly Decided[]>((decided, target) => {
      if (goneIn(extendedBy(decided)).has(target.revision)) return decided;
      const data: FactRetracted = { revision: target.revision, type: rootType(history, target), authority, reason };
      return [{ type: 'FactRetracted', data }, ...decided];
    }, []);
  // What the same command takes back no longer stands, and what it brings back does.
  const standing = new Map(inForce(extendedBy(retractions)).map((event) => [event.revision, event]));
  const replacements = replace.flatMap(({ revision, data, occurredOn }, i) => {
    const original = changeable(recorded(revision));
    if (isCorrection(original) || original.type === 'GateWaived') throw refusals.no('CORRECT_THE_ORIGINAL', { revision });
    if (replace.findIndex((other) => other.revision === revision) < i) throw refusals.no('CORRECTED_TWICE', { revision });
    const now = standing.get(revision);
    if (!now) throw refusals.no('NOT_IN_FORCE', { revision });
    const complete = data ?? (now.data as Record<string, unknown>);
    const problem = problemWith(original.type, complete);
    if (problem !== undefined) throw refusals.no('DATA_NOT_OF_ITS_KIND', { revision, type: original.type, problem });
    const field = derivedAndChanged(of, original.type, complete, now.data as Record<string, unknown>);
    if (field !== undefined) throw refusals.no('DERIVED_BY_THE_RULES', { field, type: original.type });
    const date = occurredOn ?? now.occurredOn;
    if (isDeepStrictEqual(complete, now.data) && date === now.occurredOn) return [];
    return [
      {
        type: 'FactCorrected',
        data: { revision, type: original.type, data: complete, occurredOn: date, authority, reason } satisfies FactCorrected,
      },
    ];
  });
  const decided: readonly Decided[] = [...retractions, ...replacements];
  if (decided.length === 0) return [];
  mustNotRestOn(of, history, decided, at, book);
  return decided;
};
