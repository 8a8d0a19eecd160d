import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { MemoryStore } from '../../src/store/memory';
import type { EventStore, Expected, Filter, NewEvent, Recorded } from '../../src/store/port';
import { seed, settings } from '../properties/settings';
import { event, everything, fresh, isEvent, take } from './events';
import { breaches } from './history-checker';
import type { Outcome } from './history';
import { sequences, type At, type Command } from './model';
import { Recorder } from './recorder';

/** A store that can be told a sequence of commands. */
export interface Modelled {
  open(): EventStore;
  /** Breaks every connection, and has the server finish or forget what they were at. */
  cut(): Promise<void>;
  readonly dense: boolean;
}

type Asked = readonly [stream: string, events: readonly NewEvent[], expected: Expected];
const filters: readonly (Filter | undefined)[] = [
  undefined,
  { kinds: ['call'] },
  { types: ['Even'] },
  { kinds: ['pairing', 'party'], types: ['Odd', 'Even'] },
  { kinds: ['call'], types: ['Never'] },
];
const contentOf = ({ stream, revision, id, type, data, metadata }: Recorded) => ({ stream, revision, id, type, data, metadata });
const exact = ([, , expected]: Asked) => expected === 'none' || typeof expected === 'number';

/** As Jest compares, which takes its time, where they differ. */
const same = (found: unknown, due: unknown) => {
  if (!isDeepStrictEqual(found, due)) expect(found).toEqual(due);
};

/** One sequence told to a store and to the memory store at once, and the whole judged in the end. */
export class Telling {
  private readonly memory = new MemoryStore({ now: () => new Date() });
  private readonly recorder = new Recorder();
  private readonly streams = [fresh(), fresh('call'), fresh('party'), fresh(), fresh('call')];
  private readonly made: Asked[] = [];
  private readonly dropped: EventStore[] = [];
  /** Everything since the sequence began, as the store has it. */
  private log: Recorded[] = [];
  private store: EventStore;

  /** The position at which it began. */
  private from = 0n;

  private constructor(private readonly under: Modelled) {
    this.store = under.open();
  }

  /** @throws whatever differs */
  static async tell(under: Modelled, commands: readonly Command[]): Promise<void> {
    const telling = new Telling(under);
    telling.from = await telling.store.head();
    try {
      for (const command of commands) await telling.do(command);
      const history = await telling.recorder.history(telling.store, { dense: under.dense, times: true }, telling.from);
      expect(breaches(history)).toEqual([]);
    } finally {
      await Promise.all([telling.store, ...telling.dropped].map((store) => store.close()));
    }
  }

  private async do(command: Command): Promise<void> {
    switch (command.do) {
      case 'append':
        return this.together([await this.asked(command, command.large)]);
      case 'repeat': {
        const again = this.made[command.which % (this.made.length || 1)];
        if (!again || !exact(again)) return;
        const [stream, events, expected] = again;
        return this.together([[stream, events.slice(0, events.length - (command.part % events.length)), expected]]);
      }
      case 'burst':
        return this.together(await this.all(command.appends));
      case 'read': {
        const { from, limit } = command;
        const stream = this.streams[command.stream] ?? fresh();
        const read = await this.store.read(stream, { from, limit });
        same(read.map(contentOf), (await this.memory.read(stream, { from, limit })).map(contentOf));
        return;
      }
      case 'page': {
        const [after, filter] = [this.position(command.after), filters[command.filter]];
        const due = this.after(after, filter);
        same(await this.store.readAll(after, command.limit, filter), due.slice(0, command.limit));
        if (command.limit % 2) expect(await this.store.countAfter(after, filter)).toBe(due.length);
        else expect(await this.store.head()).toBe(this.log.at(-1)?.position ?? this.from);
        return;
      }
      case 'subscribe': {
        const [after, filter] = [this.position(command.after), filters[command.filter]];
        const signal = new AbortController().signal;
        const taken = await take(this.store.subscribe(after, { ...(filter && { filter }), signal }), (all) => !isEvent(all.at(-1)!));
        same(
          taken.filter(isEvent).map((delivery) => delivery.event),
          this.after(after, filter),
        );
        const end = this.log.at(-1)?.position ?? this.from;
        expect(taken.at(-1)).toEqual({ is: 'caught-up', position: after > end ? after : end });
        return;
      }
      case 'crash':
        return this.crash(await this.all(command.appends), command.cut);
      case 'restart':
        this.dropped.push(this.store);
        this.store = this.under.open();
    }
  }

  /** Appends at once: a store takes those to one stream in the order in which they were asked for, as the memory store does. */
  private async together(appends: readonly Asked[]): Promise<void> {
    const outcomes = await Promise.all(appends.map((each) => this.recorder.append('caller', this.store, ...each)));
    const model = new Recorder();
    for (const each of appends) await model.append('model', this.memory, ...each);
    const telling = (outcome: Outcome) => (outcome.is === 'acknowledged' ? { is: outcome.is, revision: outcome.revision } : outcome);
    same(
      outcomes.map(telling),
      model.attempts.map(({ outcome }) => telling(outcome)),
    );
    this.made.push(...appends);
    await this.readOn();
    expect(await this.memory.head()).toBe(BigInt(this.log.length));
  }

  /** Two processes append at once, and connections break or one process is gone. What was written is what the log says. */
  private async crash(appends: readonly Asked[], cut: boolean): Promise<void> {
    const gone = this.store;
    this.store = this.under.open();
    const sides = [gone, this.store];
    const under = appends.map((each, n) => this.recorder.append(`process ${n % 2}`, sides[n % 2]!, ...each));
    if (cut) await this.under.cut();
    await Promise.all(under);
    this.dropped.push(gone);
    for (const [n, each] of appends.entries())
      if (this.recorder.attempts.some(({ ids, outcome }) => ids[0] === each[1][0]!.id && outcome.is === 'unknown') && exact(each))
        await this.recorder.appendUntilKnown(`process ${n % 2} again`, this.store, ...each);
    const written = await this.readOn();
    for (const asked of appends) {
      const first = written.find(({ id }) => id === asked[1][0]!.id);
      if (first) this.made.push([asked[0], asked[1], first.revision === 0 ? 'none' : first.revision - 1]);
    }
    // The memory store is told what came of it, in the order in which it did.
    for (const { id, stream, revision } of written) {
      const [, events] = appends.find(([, [first]]) => first!.id === id) ?? [];
      if (events) await this.memory.append(stream, events, revision === 0 ? 'none' : revision - 1);
    }
    expect(await this.memory.head()).toBe(BigInt(this.log.length));
  }

  private async readOn(): Promise<readonly Recorded[]> {
    const written = await everything(this.store, this.log.at(-1)?.position ?? this.from);
    this.log.push(...written);
    return written;
  }

  private after(position: bigint, { kinds, types }: Filter = {}): readonly Recorded[] {
    return this.log.filter(
      (each) => each.position > position && (!kinds || kinds.includes(each.stream.split('-')[0]!)) && (!types || types.includes(each.type)),
    );
  }

  private position(choice: number): bigint {
    const place = choice % (this.log.length + 1);
    return this.log[place]?.position ?? this.from;
  }

  private all(appends: readonly { stream: number; size: number; at: At }[]): Promise<readonly Asked[]> {
    return Promise.all(appends.map((each) => this.asked(each, false)));
  }

  private async asked({ stream, size, at }: { stream: number; size: number; at: At }, large: boolean): Promise<Asked> {
    const name = this.streams[stream]!;
    const stand = (await this.memory.read(name)).length - 1;
    const events = Array.from({ length: large ? 1 : size }, (_, n) =>
      event(n % 2 ? 'Odd' : 'Even', { size, ...(large && { text: 'ü'.repeat(200_000) }) }),
    );
    const right = stand < 0 ? 'none' : stand;
    const expected = {
      right,
      none: 'none',
      exists: 'exists',
      any: 'any',
      behind: Math.max(0, stand - size),
      ahead: stand + 1 + size,
    } as const;
    return [name, events, expected[at]];
  }
}

/** Commands over all stores; `PUENTE_COMMANDS=100000` is the long form. */
export const wanted = Number(process.env['PUENTE_COMMANDS'] ?? 5_000);

/**
 * Tells a store sequences until it was told its share of the commands.
 *
 * @param other which of several with sequences of their own
 */
export async function tellAll(share: number, under: Modelled, other = 0): Promise<void> {
  const most = Math.ceil(wanted * share);
  let told = 0;
  const check = fc.asyncProperty(sequences, async (commands) => {
    told += commands.length;
    await Telling.tell(under, commands);
  });
  // Fifty in each on the average; some more, so that luck does not decide.
  const numRuns = Math.ceil(most / 47) + 1;
  // What fails is made shorter for as long as that, and then told.
  await fc.assert(check, { ...settings(numRuns, 10_000 + 60_000 / numRuns), seed: seed + other });
  expect(told).toBeGreaterThanOrEqual(most);
}
