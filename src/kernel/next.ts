import { marksOf } from './field-marks';
import { fieldsToGive, sampleOf, unkept } from './field-samples';
import { attempt, type Attempt, type Folded, ruledBy, waivedOf } from './history';
import { type AnyLifecycle, type AnyPart, type AnyState, askedBy, type Gate, needsOf, partsOf, readsOf, type Shut } from './lifecycle';
import type { Declared, Moment, Offer, Refs } from './part';
import type { PartialDate } from './partial-date';
import { Rejected } from './refusal';
import type { RuleBook } from './rules';

/** Something that can be done with a stream as it stands, or that waits for what a gate misses. */
export interface Next {
  readonly name: string;
  readonly command: Declared<object, string>;
  /** The beginning of its body. */
  readonly known: Readonly<Record<string, unknown>>;
  /** What was asked about: `known`, and a sample in every other field that must be given. */
  readonly body: Readonly<Record<string, unknown>>;
  /** When it would have happened. */
  readonly on: PartialDate;
  /** The fields that are still to be given, and those that may be. */
  readonly required: readonly string[];
  readonly optional: readonly string[];
  /** The lifecycles of other streams that are still to be chosen: what they say can be known only then, and of the gates only those that look at no data were asked. */
  readonly chosen: readonly string[];
  /** The closed gates that a waiver in force opens. */
  readonly waived: readonly string[];
  /** The closed gates; nothing where it can be done. */
  readonly shut: readonly (Shut & { readonly gate: string })[];
}

/** Where a stream stands, and what asking about it needs. */
export interface Asking {
  readonly of: AnyLifecycle;
  readonly id: string;
  readonly folded: Folded;
  readonly at: Omit<Moment, 'rules'>;
  readonly book: RuleBook;
  readonly refs: Refs<unknown>;
  /** In which roles it is asked: what none of them may give is not asked about. */
  readonly roles: readonly string[];
}

/** The gates closed to a fact of which nothing is known but its type: those that guard whatever is recorded, and so look at no data. */
const shutToAny = (of: AnyLifecycle, state: AnyState, type: string, moment: Moment): readonly Shut[] =>
  Object.entries<Gate<Record<string, AnyPart>>>(of.gates as Record<string, Gate<Record<string, AnyPart>>>).flatMap(([gate, guard]) => {
    const missing = 'guards' in guard ? [] : (askedBy(guard, type)?.(state, {}, moment) ?? []);
    return missing.length > 0 ? [{ gate, missing }] : [];
  });

/** What each command of a lifecycle that these roles may give could be given for, with its declaration. */
const offersOf = ({
  of,
  folded: { state },
  refs,
  at: { occurredOn },
  roles,
}: Asking): readonly { readonly name: string; readonly command: Declared<object, string>; readonly offer: Offer<unknown> }[] =>
  partsOf(of).flatMap(([part, one]) =>
    Object.entries<Declared<object, string>>(one.commands as Record<string, Declared<object, string>>).flatMap(([name, command]) => {
      if (!command.by.some((role) => roles.includes(role))) return [];
      const offers = one.offers[name]!(state[part], needsOf(of, part, state), refs, occurredOn);
      return offers.map((offer) => ({ name, command, offer }));
    }),
  );

const isAtGate = (shut: Shut): shut is Shut & { readonly gate: string } => shut.gate !== undefined;

/** A body of a command as things stand, each field that must be given and is not known filled with a sample. */
const bodyOf = (form: new () => object, { known, such }: Offer<unknown>, on: PartialDate, revision: number) => ({
  ...sampleOf(form, { on, id: (nth) => `new-${revision + 1}-${nth}` }),
  ...such,
  ...known,
});

/** The lifecycles of other streams that a command reads where nobody has chosen them yet. */
const chosenIn = ({ of, folded, refs }: Asking, name: string, form: new () => object, filled: object, known: object): readonly string[] => {
  const free = marksOf(form).filter(({ field }) => !Object.hasOwn(known, field));
  const samples = free.flatMap(({ field, is }) => (is === 'ref' ? [(filled as Readonly<Record<string, unknown>>)[field]].flat() : []));
  const read = Object.entries(readsOf(of, folded.state, name, filled, refs)).filter(([, ids]) => ids.some((id) => samples.includes(id)));
  return [...read.map(([kind]) => kind), ...(free.some(({ is }) => is === 'rules') ? ['ruleSet'] : [])];
};

/** What comes of one beginning of a command; undefined where it is impossible, or would record nothing new. */
export const nextFor = (asking: Asking, name: string, command: Declared<object, string>, offer: Offer<unknown>): Next | undefined => {
  const { of, id, folded, book, refs } = asking;
  const { known = {}, on = asking.at.occurredOn } = offer;
  const at = { ...asking.at, occurredOn: on };
  const body = bodyOf(command.form, offer, on, folded.revision);
  const filled = unkept(command.form, body);
  const chosen = chosenIn(asking, name, command.form, filled, known);
  const toGive = fieldsToGive(command.form);
  const still = (fields: readonly string[]) => fields.filter((field) => !Object.hasOwn(known, field));
  const told = { name, command, known, body, on, required: still(toGive.required), optional: still(toGive.optional), chosen };
  if (chosen.length > 0) {
    const closed = shutToAny(of, folded.state, command.yields[0]!, ruledBy(of, folded.state, at, book).moment).filter(isAtGate);
    const waived = waivedOf(folded.waivers, closed);
    return { ...told, waived, shut: closed.filter(({ gate }) => !waived.includes(gate)) };
  }
  const found = tried(() => attempt(of, folded, name, filled, at, book, refs, id));
  if (!found || !found.shut.every(isAtGate) || (found.decided.length === 0 && found.shut.length === 0)) return undefined;
  return { ...told, waived: [...new Set(found.decided.flatMap(({ waived = [] }) => waived))], shut: found.shut };
};
const tried = (ask: () => Attempt): Attempt | undefined => {
  try {
    return ask();
  } catch (error) {
    if (error instanceof Rejected) return undefined;
    throw error;
  }
};

/**
 * What can be done now on a stream, and what waits for a gate, for each thing it could be done with: pure. What is impossible, or stands
 * already, is left out; of a stream that is not there yet, so is what waits for that. What a timer recorded and a late command would take back stands in the way.
 */
export const nextOf = (asking: Asking): readonly Next[] => {
  const { of, folded } = asking;
  const all = offersOf(asking).flatMap(({ name, command, offer }) => nextFor(asking, name, command, offer) ?? []);
  return of.seen(folded.state) === undefined ? all.filter(({ shut }) => shut.length === 0) : all;
};
