import { Inject, Injectable } from '@nestjs/common';
import type { ICommandHandler } from '@nestjs/cqrs';
import { parse as namespaceOf, v5 } from 'uuid';
import { Correct, correct, everywhere, waive, WaiveGate } from '../kernel/corrections';
import { slug } from '../kernel/fields';
import { extended, mayPreclude, recordPrecluding } from '../kernel/giving-way';
import { type Decided, fold, record, type Recording, type Stored } from '../kernel/history';
import { type AnyLifecycle, type AnyState, partNamed, readsOf } from '../kernel/lifecycle';
import type { Declared, Moment, Refs } from '../kernel/part';
import type { Metadata } from '../kernel/metadata';
import { isPartialDate } from '../kernel/partial-date';
import { Rejected } from '../kernel/refusal';
import { type NewEvent, OutcomeUnknown, streamOf, WrongRevision } from '../store/port';
import { Overtaken } from '../vault/texts';
import { correctedData } from './corrected-data';
import { describeDocuments } from './describe-documents';
import { withElsewhere } from './elsewhere';
import { Execute, type Receipt } from './execute';
import { parse } from './parse';
import { KeyReused, Malformed, NotResponsible, problemAt, StaleRevision, TryAgain, UnknownReference } from './refused';
import { protect } from './protect';
import { checkReferences, referencesIn } from './references';
import { keptFrom, keptFromJoining, mustNotBe } from './rights';
import { problemWith } from './shapes';
import { type Held, type Look, storedFrom } from './streams';
import { Writing } from './writing';

/** uuid namespaces of Puente: changing one would make every repeat a new command. */
const commandIds = namespaceOf('c7b8b1de-5f2c-4f0e-9a55-1d6d3a5d1f10');
const eventIds = namespaceOf('5b0d9f0a-3a77-4c1c-8d0c-0b8a1a7e2c44');
const attempts = 12;
/** Several are one word. */
const countryOf = (countries: readonly string[]) => (countries.length === 0 ? {} : { country: countries.join() });

export const declaredCommand = (of: AnyLifecycle, name: string): Declared<object, string> | undefined => {
  if (Object.hasOwn(everywhere, name)) return everywhere[name as keyof typeof everywhere];
  const part = of.taking.get(name);
  return part === undefined ? undefined : (partNamed(of, part).commands as Readonly<Record<string, Declared<object, string>>>)[name];
};

@Injectable()
export class ExecuteHandler implements ICommandHandler<Execute> {
  constructor(@Inject(Writing) protected readonly on: Writing) {}

  /**
   * @throws Malformed, NotResponsible, UnknownReference, Rejected, KeyReused, StaleRevision, TryAgain; Unavailable when the store cannot be reached
   */
  async execute({ lifecycle: of, id, name, body, envelope }: Execute): Promise<Receipt> {
    if (!slug.test(id)) throw new Malformed([problemAt('id', 'NOT_A_SLUG')]);
    const declared = declaredCommand(of, name);
    if (!declared) throw new Malformed([problemAt('do', 'NO_SUCH_COMMAND', { thing: of.name, command: name })]);
    if (envelope.occurredOn !== undefined && !isPartialDate(envelope.occurredOn))
      throw new Malformed([problemAt('occurredOn', 'NOT_A_DATE')]);
    const sent = parse(declared.form, body);
    const commandId = envelope.key === undefined ? this.on.newId() : v5(`${envelope.actor}\n${envelope.key}`, commandIds);
    const commandHash = this.on.hash({
      to: `${of.name}/${id}`,
      do: name,
      data: body,
      ...(envelope.occurredOn === undefined ? {} : { occurredOn: envelope.occurredOn }),
    });
    const { recordedAt, occurredOn } = this.moment(envelope.occurredOn);
    const at = { occurredOn, recordedAt, actor: envelope.actor, roles: envelope.roles };
    const stream = streamOf(of.name, id);

    let held = await this.on.streams.hold(of, id);
    let look: Look = this.on.streams.follows ? 'heard' : 'stored';
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const before = held.done.get(commandId);
      if (before) {
        if (before.hash !== commandHash) throw new KeyReused(`The key was used for another command on ${stream}`);
        const { gone } = await this.on.streams.refresh(of, id);
        return {
          stream,
          revision: before.events.at(-1)!.revision,
          position: String(before.position),
          epoch: await this.on.store.epoch(),
          events: before.events,
          repeated: true,
          ...(before.events.every((event) => gone.has(event.revision)) && { takenBack: true }),
        };
      }
      if (envelope.ifMatch !== undefined && envelope.ifMatch !== held.folded.revision) {
        if (attempt > 0) throw new StaleRevision(held.folded.revision);
        // Only the first attempt is made on what may be old: what was done elsewhere meanwhile is looked for before anything is refused.
        held = await this.on.streams.refresh(of, id);
        continue;
      }
      const outcome = await this.decideOn(of, id, held, name, sent, declared, at, look);
      if (outcome.refused !== undefined || outcome.events.length === 0) {
        // A refusal, or nothing to do, may rest on streams that have grown elsewhere: look once more before answering so.
        const fresh = await this.on.streams.refresh(of, id);
        if (fresh.folded.revision !== held.folded.revision || look !== 'stored') {
          held = fresh;
          look = 'stored';
          continue;
        }
        if (outcome.refused !== undefined) throw outcome.refused;
        return {
          stream,
          revision: held.folded.revision,
          position: String(await this.on.store.head()),
          epoch: await this.on.store.epoch(),
          events: [],
        };
      }
      const revision = held.folded.revision;
      const events = outcome.events.map((event, i): NewEvent => {
        const problem = problemWith(event.type, event.data);
        if (problem !== undefined) throw new Error(`${name} decided on an event of the wrong shape: ${problem}`);
        const { type } = event;
        const data = event.data as NewEvent['data'];
        const metadata = this.metadata(event, outcome.countries, at, envelope, commandId, commandHash);
        // What is recorded is part of the id: a store that finds the same ids at a revision takes an append for a repeat, whatever it holds.
        const recorded = Buffer.from(JSON.stringify([stream, commandId, i, type, data, metadata]));
        return { id: v5(recorded, eventIds), type, data, metadata };
      });
      const receipt = {
        stream,
        revision: revision + events.length,
        epoch: await this.on.store.epoch(),
        events: events.map(({ type }, i) => ({ type, revision: revision + 1 + i })),
      };
      if (envelope.dryRun) return { ...receipt, revision, position: String(await this.on.store.head()) };
      try {
        await outcome.keep();
        const appended = await this.append(stream, events, revision);
        await this.on.streams.grow(of, id, held, events, appended);
        return { ...receipt, position: String(appended.position) };
      } catch (error) {
        if (!(error instanceof WrongRevision || error instanceof Overtaken)) throw error;
        if (attempt > 2) await this.on.pause(attempt);
        held = await this.on.streams.refresh(of, id);
      }
    }
    throw new TryAgain(`${stream} is written to by many at once`);
  }

  /** The same ids at the same exact revision until it wins or conflicts: an unanswered append may have been written, or still will be. */
  private async append(stream: string, events: readonly NewEvent[], revision: number) {
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await this.on.store.append(stream, events, revision < 0 ? 'none' : revision);
      } catch (error) {
        if (!(error instanceof OutcomeUnknown)) throw error;
        if (attempt + 1 >= attempts)
          throw new TryAgain(`The store did not say whether ${stream} was extended: send the same command with the same key again`);
        await this.on.pause(attempt);
      }
    }
  }

  private async decideOn(
    of: AnyLifecycle,
    id: string,
    held: Held,
    name: string,
    sent: object,
    { form: asked, by }: Declared<object, string>,
    at: Omit<Moment, 'rules'>,
    look: Look,
  ) {
    try {
      mustNotBe(await keptFrom(this.on, at, by, { of, id, state: held.folded.state }, look));
      // Not before a repeat is recognised: what it named may be gone since, a document erased.
      await checkReferences(this.on, referencesIn(asked, sent), look);
      const { form, keep } = await protect(this.on, held.stream, await describeDocuments(this.on, held.stream, sent));
      if (sent instanceof Correct) await this.checkCorrected(of, id, sent, look);
      const { decided: events, state } = await this.decide(of, id, held, name, form, at, look);
      mustNotBe(await keptFromJoining(this.on, at, by, of, { before: held.folded.state, after: state }, look));
      return { events, keep, countries: await this.countriesOf(of, state, look), refused: undefined };
    } catch (error) {
      if (error instanceof Rejected || error instanceof UnknownReference || error instanceof NotResponsible)
        return { events: [], keep: () => Promise.resolve(), countries: [], refused: error };
      throw error;
    }
  }

  private async decide(
    of: AnyLifecycle,
    id: string,
    held: Held,
    name: string,
    form: object,
    at: Omit<Moment, 'rules'>,
    look: Look,
  ): Promise<Recording> {
    if (form instanceof WaiveGate || form instanceof Correct) {
      const history = await this.historyOf(of, id, held);
      if (form instanceof WaiveGate) return { decided: waive(of, history, form, at), state: held.folded.state };
      const book = await this.on.streams.rules.loadFor(history);
      const decided = correct(of, history, form, at, book, problemWith);
      return { decided, state: fold(of, extended(history, decided, at), book).state };
    }
    const refs = await withElsewhere(this.on, look, (found) => {
      for (const [kind, ids] of Object.entries(readsOf(of, held.folded.state, name, form, found)))
        for (const each of ids) (found as Refs<Record<string, unknown>>)[kind]!(each);
      return found;
    });
    if (mayPreclude(of, name)) {
      const history = await this.historyOf(of, id, held);
      return recordPrecluding(of, history, name, form, at, await this.on.streams.rules.loadFor(history), refs, id);
    }
    return record(of, held.folded, name, form, at, await this.on.streams.rules.load([of.rules(held.folded.state)]), refs, id);
  }

  /** Up to where the stream is held. */
  private async historyOf(of: AnyLifecycle, id: string, held: Held): Promise<readonly Stored[]> {
    return (await this.on.streams.history(of, id)).slice(0, held.folded.revision + 1).map(storedFrom);
  }

  /** @throws Malformed, UnknownReference for new data that the command which records such a fact would not take either */
  private async checkCorrected(of: AnyLifecycle, id: string, { replace = [] }: Correct, look: Look): Promise<void> {
    if (!replace.some(({ data }) => data)) return;
    const history = (await this.on.streams.history(of, id)).map(storedFrom);
    const { problems, given } = correctedData(of, history, replace);
    if (problems.length > 0) throw new Malformed(problems);
    for (const { named, standing } of given) await checkReferences(this.on, named, look, standing);
  }

  private moment(occurredOn?: string) {
    const recordedAt = this.on.now().toISOString();
    return { recordedAt, occurredOn: occurredOn ?? recordedAt.slice(0, 10) };
  }

  /** As this process knows them: a filter needs them, and no decision. */
  private async countriesOf({ countries }: AnyLifecycle, state: AnyState, look: Look): Promise<readonly string[]> {
    const found = countries && (await withElsewhere(this.on, look, (refs) => countries(state, refs as never)));
    return [...new Set(found)].sort();
  }

  private metadata(
    { rules, waived, dimensions }: Decided,
    countries: readonly string[],
    at: Omit<Moment, 'rules'>,
    { correlationId, causationId }: Execute['envelope'],
    commandId: string,
    commandHash: string,
  ): Metadata {
    return {
      occurredOn: at.occurredOn,
      actor: at.actor,
      roles: at.roles,
      commandId,
      commandHash,
      correlationId: correlationId ?? commandId,
      ...(causationId === undefined ? {} : { causationId }),
      ...(rules === undefined ? {} : { rules }),
      ...(waived === undefined ? {} : { waived }),
      ...(dimensions === undefined && countries.length === 0 ? {} : { dimensions: { ...dimensions, ...countryOf(countries) } }),
    };
  }
}
