import { BadAppend, WrongRevision, type EventStore, type Expected } from '../../src/store/port';
import type { Candidate } from './conformance';
import { event, events, fresh, settled } from './events';

/** What an append promises. */
export function appendingTo(candidate: Candidate, store: () => EventStore): void {
  const refused = async (stream: string, expected: Expected, actual: number | 'none') => {
    const error: unknown = await store()
      .append(stream, [event()], expected)
      .then(
        () => 'written',
        (reason: unknown) => reason,
      );
    expect(error).toBeInstanceOf(WrongRevision);
    expect(error).toMatchObject({ stream, expected, actual });
  };

  describe('appending', () => {
    it('counts revisions of a stream from nought and answers with the last', async () => {
      const stream = fresh();
      const first = await store().append(stream, events(2), 'none');
      const second = await store().append(stream, events(3), 1);
      expect([first.revision, second.revision]).toEqual([1, 4]);
      expect(second.position > first.position).toBe(true);
      expect((await store().read(stream)).map((e) => e.revision)).toEqual([0, 1, 2, 3, 4]);
      expect((await store().read(stream)).at(-1)!.position).toBe(second.position);
    });

    it('refuses an append whose expectation does not hold, and says how the stream stands', async () => {
      const stream = fresh();
      await refused(stream, 0, 'none');
      await refused(stream, 'exists', 'none');
      await refused(stream, 4_000_000_000, 'none');
      await store().append(stream, events(2), 'none');
      await refused(stream, 'none', 1);
      await refused(stream, 0, 1);
      await refused(stream, 2, 1);
      await refused(stream, 4_000_000_000, 1);
      expect(await store().read(stream)).toHaveLength(2);
    });

    it('takes any stream, or any that exists, when asked to', async () => {
      const stream = fresh();
      expect((await store().append(stream, [event()], 'any')).revision).toBe(0);
      expect((await store().append(stream, events(2), 'any')).revision).toBe(2);
      expect((await store().append(stream, [event()], 'exists')).revision).toBe(3);
      const many = await Promise.all(Array.from({ length: 20 }, () => store().append(stream, [event()], 'any')));
      expect(many.map(({ revision }) => revision).sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, n) => n + 4));
    });

    it('lets everybody who takes any stream be the first', async () => {
      const other = await candidate.open();
      const stream = fresh();
      const many = await Promise.all(Array.from({ length: 20 }, (_, n) => (n % 2 ? store() : other).append(stream, [event()], 'any')));
      await other.close();
      expect(many.map(({ revision }) => revision).sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, n) => n));
    });

    it('answers a repeat as the first time and writes nothing', async () => {
      const stream = fresh();
      const born = events(3);
      const grown = events(2);
      const first = await store().append(stream, born, 'none');
      const second = await store().append(stream, grown, 2);
      await store().append(stream, events(4), 4);
      expect(await store().append(stream, born, 'none')).toEqual(first);
      expect(await store().append(stream, grown, 2)).toEqual(second);
      expect(await store().read(stream)).toHaveLength(9);
    });

    it('answers a repeat of the first part of an append with where that part stands', async () => {
      const stream = fresh();
      const born = events(3);
      const { position } = await store().append(stream, born, 'none');
      const recorded = await store().read(stream);
      expect(await store().append(stream, born.slice(0, 2), 'none')).toEqual({
        revision: 1,
        position: recorded[1]!.position,
        recordedAt: recorded[1]!.recordedAt,
      });
      expect(recorded[2]!.position).toBe(position);
    });

    it('takes a repeat at another revision, in another order or with more events for something else', async () => {
      const stream = fresh();
      const [a, b, c] = [event(), event(), event()];
      await store().append(stream, [a, b], 'none');
      for (const [other, expected] of [
        [[b, a], 'none'],
        [[a, b, c], 'none'],
        [[b, c], 0],
      ] as const) {
        await expect(store().append(stream, other, expected)).rejects.toThrow(WrongRevision);
      }
      expect(await store().append(stream, [b], 0)).toMatchObject({ revision: 1 });
      expect(await store().read(stream)).toHaveLength(2);
    });

    it('gives repeats that race with the first one and the same answer', async () => {
      const other = await candidate.open();
      const stream = fresh();
      const same = events(2);
      const answers = await Promise.all(Array.from({ length: 12 }, (_, n) => (n % 2 ? store() : other).append(stream, same, 'none')));
      await other.close();
      expect(new Set(answers.map(({ revision, position }) => `${revision} ${position}`)).size).toBe(1);
      expect(await store().read(stream)).toHaveLength(2);
    });

    it('refuses to append nothing, and to what is no stream', async () => {
      const stream = fresh();
      await expect(store().append(stream, [], 'none')).rejects.toThrow(BadAppend);
      await expect(store().append(stream, [], 'any')).rejects.toThrow(BadAppend);
      expect(await store().append(stream, [event()], 'none')).toMatchObject({ revision: 0 });
      for (const name of ['', 'pairing', '-x', 'pairing-', 'pairing-\0', 'pairing-\udc00', '$ce-x', `pairing-${'x'.repeat(505)}`]) {
        await expect(store().append(name, [event()], 'any')).rejects.toThrow(BadAppend);
      }
      for (const expected of [-1, 0.5, NaN]) await expect(store().append(stream, [event()], expected)).rejects.toThrow(BadAppend);
      const one = event();
      await expect(store().append(stream, [one, one], 0)).rejects.toThrow(BadAppend);
    });

    it('gives each of several appends to a new stream its own answer, also behind one that does not hold', async () => {
      const stream = fresh();
      const written = events(2);
      const outcomes = await settled([store().append(stream, [event()], 7), store().append(stream, written, 'none')]);
      expect(outcomes[0]).toBeInstanceOf(WrongRevision);
      expect(outcomes[1]).toMatchObject({ revision: 1 });
      expect((await store().read(stream)).map(({ id }) => id)).toEqual(written.map(({ id }) => id));
    });

    it('keeps the order of appends that one caller makes to one stream without waiting', async () => {
      const stream = fresh();
      const all = events(30);
      await Promise.all(all.map((one, index) => store().append(stream, [one], index === 0 ? 'none' : index - 1)));
      expect((await store().read(stream)).map(({ id }) => id)).toEqual(all.map(({ id }) => id));
    });
  });
}
