import { createHash } from 'node:crypto';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { Correct, correct, everywhere, type ShapeOf, WaiveGate, waive } from '../src/kernel/corrections';
import { replaceDigests, replaceWords, type StoredDocument, type TextRef } from '../src/kernel/fields';
import { mayPreclude, recordPrecluding, type Unseated } from '../src/kernel/giving-way';
import {
  advance,
  type Decided,
  fold,
  type Folded,
  inForce,
  isCorrection,
  record,
  type Standing,
  type Stored,
  unsupported,
  untouched,
} from '../src/kernel/history';
import { type AllCommands, type AllEvents, type Lifecycle, partNamed, type State } from '../src/kernel/lifecycle';
import type { Body, Declared, Refs } from '../src/kernel/part';
import { type Next, nextOf } from '../src/kernel/next';
import { Rejected } from '../src/kernel/refusal';
import type { RuleBook } from '../src/kernel/rules';

/** Words as an event holds them; the same words give the same reference. */
export const words = (text: string): TextRef => {
  const digest = createHash('sha256').update(text).digest('hex');
  return { text: `${digest.slice(0, 8)}-0000-4000-8000-${digest.slice(8, 20)}`, digest };
};

/** A stored document as an event describes it; its digest follows from what is said of it. */
export const documentOf = (language?: string, mediaType = 'application/pdf'): StoredDocument => ({
  digest: createHash('sha256')
    .update(`${language ?? ''} ${mediaType}`)
    .digest('hex'),
  mediaType,
  ...(language === undefined ? {} : { language }),
  size: 1_000,
});

/** What stands elsewhere: by lifecycle and id, as its `seen` would say. */
export type Elsewhere = Readonly<Record<string, Readonly<Record<string, unknown>>>>;
interface Everywhere {
  WaiveGate: WaiveGate;
  Correct: Correct;
}
type CommandsOfAll<Parts> = AllCommands<Parts> & Everywhere;

export interface World {
  readonly book: RuleBook;
  /** The id of the stream; `this-one` where it is left out. */
  readonly id?: string;
  readonly elsewhere?: Elsewhere;
  /** Who gives the commands; an officer where it is left out. */
  readonly actor?: string;
  readonly roles?: readonly string[];
  /** The clock; each command is recorded a second after the one before. */
  readonly now?: string;
  /** Documents that are stored. */
  readonly documents?: readonly StoredDocument[];
  /** What new data is checked by; every shape will do where it is left out. */
  readonly problemWith?: ShapeOf;
}

/**
 * The history of one stream, told by commands: `story(pairing, world).does('FormPairing', {…}, '2017-06')`. A story is a value;
 * each step gives a longer one, so that a state reached once can be the beginning of many specifications.
 */
export class Story<Parts> {
  private constructor(
    private readonly of: Lifecycle<Parts>,
    private readonly world: World,
    readonly history: readonly Stored[],
    private readonly folded: Folded,
    private readonly steps: number,
  ) {}

  static of<Parts>(of: Lifecycle<Parts>, world: World) {
    return new Story<Parts>(of, world, [], untouched(of), 0);
  }

  /** What the command would record, or the refusal it throws. */
  tries<K extends keyof CommandsOfAll<Parts> & string>(
    name: K,
    body: Body<CommandsOfAll<Parts>[K]>,
    occurredOn?: string,
  ): readonly Decided[] {
    const at = this.moment(occurredOn);
    const form = this.form(name, body);
    if (form instanceof WaiveGate) return waive(this.of, this.history, form, at);
    if (form instanceof Correct)
      return correct(this.of, this.history, form, at, this.world.book, this.world.problemWith ?? (() => undefined));
    const { decided } = mayPreclude(this.of, name)
      ? recordPrecluding(this.of, this.history, name, form, at, this.world.book, this.refs, this.world.id ?? 'this-one')
      : record(this.of, this.folded, name, form, at, this.world.book, this.refs, this.world.id ?? 'this-one');
    return decided;
  }

  /** What can be done, and what waits, on a date. */
  next(occurredOn?: string): readonly Next[] {
    const { of, folded, refs, world } = this;
    const at = this.moment(occurredOn);
    return nextOf({ of, id: world.id ?? 'this-one', folded, at, book: world.book, refs, roles: at.roles });
  }

  does<K extends keyof CommandsOfAll<Parts> & string>(name: K, body: Body<CommandsOfAll<Parts>[K]>, occurredOn?: string): Story<Parts> {
    const at = this.moment(occurredOn);
    const stored = this.tries(name, body, occurredOn).map((event, i): Stored => ({
      ...at,
      ...event,
      revision: this.history.length + i,
      commandId: `command ${this.steps}`,
    }));
    const history = [...this.history, ...stored];
    const folded = stored.some(isCorrection)
      ? fold(this.of, history, this.world.book)
      : stored.reduce((now, event) => advance(this.of, now, event, this.world.book), this.folded);
    return new Story(this.of, this.world, history, folded, this.steps + 1);
  }

  /** The same stream in another world: later, or with other things standing elsewhere. */
  in(world: Partial<World>): Story<Parts> {
    return new Story(this.of, { ...this.world, ...world }, this.history, this.folded, this.steps);
  }
  /** The same history in a lifecycle of the same parts that is composed otherwise. */
  as(of: Lifecycle<Parts>): Story<Parts> {
    return new Story(of, this.world, this.history, this.folded, this.steps);
  }
  get state(): State<Parts> {
    return this.folded.state as State<Parts>;
  }
  get waivers(): Folded['waivers'] {
    return this.folded.waivers;
  }
  get standing(): readonly Standing[] {
    return inForce(this.history);
  }
  get unsupported() {
    return unsupported(this.of, this.history, this.world.book);
  }

  private get refs(): Refs<unknown> {
    return new Proxy({}, { get: (_, kind) => (id: string) => this.world.elsewhere?.[String(kind)]?.[id] });
  }
  private moment(occurredOn?: string) {
    const recordedAt = new Date(Date.parse(this.world.now ?? '2021-01-01T12:00:00.000Z') + this.steps * 1000).toISOString();
    return {
      occurredOn: occurredOn ?? recordedAt.slice(0, 10),
      recordedAt,
      actor: this.world.actor ?? 'officer',
      roles: this.world.roles ?? ['programme-officer'],
    };
  }
  private form(name: string, body: object): object {
    const ofPart = () => partNamed(this.of, this.of.taking.get(name)!).commands as Readonly<Record<string, Declared<object, string>>>;
    const declared: Declared<object, string> = name in everywhere ? everywhere[name as keyof typeof everywhere] : ofPart()[name]!;
    const form = plainToInstance(declared.form, body);
    const errors = validateSync(form, { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: false });
    if (errors.length > 0) throw new Error(`${name} is malformed: ${errors.join('; ')}`);
    return replaceDigests(replaceWords(form, words), (digest) => {
      const stored = this.world.documents?.find((each) => each.digest === digest);
      if (!stored) throw new Error(`${name} names a document that is not stored in this world`);
      return stored;
    });
  }
}
export const story = <Parts>(of: Lifecycle<Parts>, world: World) => Story.of(of, world);

type Expected<Parts> = {
  [E in keyof AllEvents<Parts> & string]: { readonly type: E; readonly data: AllEvents<Parts>[E] };
}[keyof AllEvents<Parts> & string];

/** `given(state).when('HoldMission', {…}).then({ type, data })`, `.thenNothing()`, `.thenRefused('CODE')`. */
export const given = <Parts>(before: Story<Parts>) => ({
  when: <K extends keyof CommandsOfAll<Parts> & string>(name: K, body: Body<CommandsOfAll<Parts>[K]>, occurredOn?: string) => {
    const outcome = () => {
      try {
        return before.tries(name, body, occurredOn);
      } catch (error) {
        if (error instanceof Rejected) return error;
        throw error;
      }
    };
    return {
      then: (...events: Expected<Parts>[]) => expect(shown(outcome())).toEqual(events),
      thenNothing: () => expect(shown(outcome())).toEqual([]),
      /** Where a gate is closed: its name too, and what it says is missing. */
      thenRefused: (code: string, gate?: string, lack?: string) => {
        const refused = outcome();
        expect(refused instanceof Rejected ? refused.code : shown(refused)).toBe(code);
        if (gate !== undefined)
          expect((refused as Rejected).detail['gates']).toEqual(holding({ gate, ...(lack && { missing: holding({ code: lack }) }) }));
      },
      /** A correction that would take from a fact what it needs: the fact, and what it would lack. */
      thenNeededBy: (type: string, lack: string) => {
        const refused = outcome();
        expect(refused instanceof Rejected ? refused.code : shown(refused)).toBe('FACTS_REST_ON_IT');
        const facts = (refused as Rejected).detail['facts'] as readonly Unseated[];
        const lacking = facts.flatMap(({ missing = [], gates = [], ...fact }) =>
          [...missing, ...gates.flatMap((gate) => gate.missing)].map(({ code }) => ({ type: fact.type, lack: code })),
        );
        expect(lacking).toContainEqual({ type, lack });
      },
    };
  },
});
const holding = (one: object): unknown => expect.arrayContaining([expect.objectContaining(one)]);
const shown = (outcome: readonly Decided[] | Rejected) =>
  outcome instanceof Rejected ? outcome.said : outcome.map(({ type, data }) => ({ type, data }));
