import { BadAppend, type EventStore, type NewEvent } from '../../src/store/port';
import { appendingTo } from './appending';
import { event, events, everything, fresh, metadata, settled } from './events';
import { racingIn } from './racing';
import { recoveringIn } from './recovering';
import { subscribingTo } from './subscribing';

/** A store to examine. */
export interface Candidate {
  readonly name: string;
  /** Each call opens another connection to the same events. */
  open(): Promise<EventStore>;
  /** Whether positions count 1, 2, 3, … */
  readonly dense: boolean;
  /** How long a long stream is; 10,000 events where it is left out. */
  readonly long?: number;
  /** A side to which the answer to an append of these events to a new stream is lost, and the moment at which it is written after all. Left out where no answer can be lost, or none at will. */
  readonly losing?: () => Promise<{
    readonly store: EventStore;
    readonly events: readonly NewEvent[];
    readonly write: () => Promise<void>;
  }>;
  /** Ways to break all connections and subscriptions, by what they do. */
  readonly breaking?: Readonly<Record<string, () => Promise<void>>>;
  /** Records something a day ahead of the clock, as if that had been set back since; every side has seen it. */
  readonly setClockBack?: () => Promise<void>;
}

/** What every adapter promises: the port's contract as a suite. */
export function conforms(candidate: Candidate): void {
  describe(`the event store in ${candidate.name}`, () => {
    let store: EventStore;
    beforeAll(async () => {
      store = await candidate.open();
    });
    afterAll(() => store.close());

    appendingTo(candidate, () => store);
    readingFrom(candidate, () => store);
    subscribingTo(() => store);
    racingIn(candidate, () => store);
    recoveringIn(candidate, () => store);
  });
}

function readingFrom(candidate: Candidate, store: () => EventStore): void {
  describe('reading', () => {
    it('gives back what was recorded, field by field', async () => {
      const stream = fresh();
      const one = event('Written', { title: 'Ñandú “ação” 🌉', nested: { list: [1, null, true], empty: {} }, slash: '\\u0000' });
      const { position } = await store().append(stream, [one], 'none');
      const [recorded, ...more] = await store().read(stream);
      expect(more).toEqual([]);
      expect(recorded).toEqual({ ...one, stream, revision: 0, position, recordedAt: recorded!.recordedAt });
      expect(recorded!.recordedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
      expect(await store().readAll(position - 1n, 1)).toEqual([recorded]);
    });

    it('finds nothing in a stream that nobody wrote, whatever its name', async () => {
      for (const stream of [fresh(), 'pairing-\0', 'nonsense', 'pairing-\ud800', '']) expect(await store().read(stream)).toEqual([]);
    });

    it('reads a part of a stream', async () => {
      const stream = fresh();
      await store().append(stream, events(5), 'none');
      const revisions = async (reading: Parameters<EventStore['read']>[1]) => (await store().read(stream, reading)).map((e) => e.revision);
      expect(await revisions({ from: 3 })).toEqual([3, 4]);
      expect(await revisions({ limit: 2 })).toEqual([0, 1]);
      expect(await revisions({ from: 1, limit: 2 })).toEqual([1, 2]);
      expect(await revisions({ from: 9_999_999_999 })).toEqual([]);
    });

    const { long = 10_000 } = candidate;
    it(`holds a stream of ${long} events`, async () => {
      const stream = fresh();
      for (let revision = 0; revision < long; revision += 1_000) {
        await store().append(stream, events(1_000), revision === 0 ? 'none' : revision - 1);
      }
      const read = await store().read(stream);
      expect(read.map((e) => e.revision)).toEqual(Array.from({ length: long }, (_, revision) => revision));
      expect(await store().read(stream, { from: long - 1 })).toEqual([read.at(-1)]);
    });

    it('holds an event of a million characters', async () => {
      const stream = fresh();
      const large = event('Large', { text: 'x'.repeat(1_000_000) });
      await store().append(stream, [large], 'none');
      expect((await store().read(stream))[0]!.data).toEqual(large.data);
    });

    it('holds streams and types with unusual names', async () => {
      for (const id of [
        'São Tomé – Águeda',
        'o\'neill "x" {a,b} \\ %',
        '日本-🌉',
        ' ',
        'x'.repeat(504),
        'NULL',
        "'; drop schema store; --",
      ]) {
        const stream = `pairing-${id}`;
        const one = event(`Type ${id}`.slice(0, 100));
        // A store that outlives this test has them already.
        const before = (await store().read(stream)).length;
        const { revision } = await store().append(stream, [one], before === 0 ? 'none' : before - 1);
        expect(revision).toBe(before);
        expect(await store().read(stream, { from: before })).toMatchObject([{ stream, type: one.type, id: one.id }]);
      }
    });

    it('pages through everything in order, each event once', async () => {
      const before = await store().head();
      const stream = fresh();
      await store().append(stream, events(7), 'none');
      const pages = [];
      for (let after = before; ;) {
        const page = await store().readAll(after, 3);
        pages.push(page.map((e) => e.revision));
        if (page.length < 3) break;
        after = page.at(-1)!.position;
      }
      expect(pages).toEqual([[0, 1, 2], [3, 4, 5], [6]]);
    });

    it('filters by kind and by type', async () => {
      const before = await store().head();
      const [call, pairing] = [fresh('call'), fresh()];
      await store().append(call, [event('Opened'), event('Closed')], 'none');
      await store().append(pairing, [event('Opened'), event('Paired')], 'none');
      await store().append(call, [event('Opened')], 1);
      const found = async (filter: Parameters<EventStore['readAll']>[2]) => {
        const all = await store().readAll(before, 100, filter);
        expect(await store().countAfter(before, filter)).toBe(all.length);
        return all.map((e) => `${e.stream.split('-')[0]} ${e.type} ${e.revision}`);
      };
      expect(await found({ kinds: ['call'] })).toEqual(['call Opened 0', 'call Closed 1', 'call Opened 2']);
      expect(await found({ types: ['Opened'] })).toEqual(['call Opened 0', 'pairing Opened 0', 'call Opened 2']);
      expect(await found({ kinds: ['call', 'pairing'], types: ['Paired', 'Closed'] })).toEqual(['call Closed 1', 'pairing Paired 1']);
      expect(await found({ kinds: ['pairing'], types: ['Closed'] })).toEqual([]);
      expect(await found({ kinds: [] })).toEqual([]);
      expect(await found({ types: ['\0', 'Closed', '\ud800'] })).toEqual(['call Closed 1']);
      expect(await found(undefined)).toHaveLength(5);
      expect(await store().readAll(before, 2, { types: ['Opened'] })).toHaveLength(2);
    });

    it('counts what a reader still has before it', async () => {
      const { position } = await store().append(fresh(), events(3), 'none');
      expect(await store().head()).toBe(position);
      expect(await store().countAfter(position)).toBe(0);
      expect(await store().countAfter(position + 1_000n)).toBe(0);
      await store().append(fresh(), events(2), 'none');
      expect(await store().countAfter(position)).toBe(2);
    });

    it('keeps one epoch, the same for all who open it', async () => {
      const other = await candidate.open();
      expect(await other.epoch()).toBe(await store().epoch());
      await other.close();
    });

    it('gives positions and times of recording that never fall, under appends from several sides', async () => {
      const other = await candidate.open();
      const sides = [store(), other];
      await Promise.all(Array.from({ length: 120 }, (_, n) => sides[n % 2]!.append(fresh(), events(1 + (n % 3)), 'none')));
      await other.close();
      const all = await everything(store());
      const times = all.map(({ recordedAt }) => recordedAt);
      expect(times).toEqual(times.toSorted());
      const positions = all.map(({ position }) => position);
      expect(positions.filter((position, index) => position <= (positions[index - 1] ?? 0n))).toEqual([]);
      if (candidate.dense) expect(positions.at(-1)).toBe(BigInt(all.length));
    });

    it('refuses what could poison a reader, and nobody else pays for it', async () => {
      const bad = [
        event('Odd', { name: 'a\0b' }),
        event('Odd', { name: '\ud800' }),
        event('Odd', { deep: [{ '\udfff': 1 }] }),
        event('Odd', { amount: 1n }),
        event('Mission\0Held'),
        event(''),
        { ...event(), id: 'm-1' },
        { ...event(), metadata: { ...metadata, actor: '\0' } },
        event('Large', { text: 'x'.repeat(1_100_000) }),
      ];
      const good = Array.from({ length: 40 }, () => fresh());
      const outcomes = settled(bad.map((one) => store().append(fresh(), [event(), one], 'none')));
      const kept = settled(good.map((stream) => store().append(stream, [event()], 'none')));
      expect((await outcomes).every((outcome) => outcome instanceof BadAppend)).toBe(true);
      expect((await kept).map((outcome) => outcome instanceof Error)).toEqual(good.map(() => false));
    });
  });
}
