import { OutcomeUnknown, WrongRevision, type EventStore } from '../../src/store/port';
import type { Candidate } from './conformance';
import { event, events, everything, fresh, isEvent, take } from './events';
import { breaches } from './history-checker';
import { Recorder } from './recorder';

/** What holds when answers are lost, connections break and clocks are set back. */
export function recoveringIn(candidate: Candidate, store: () => EventStore): void {
  const { losing, breaking = {}, setClockBack } = candidate;

  describe('when something goes wrong', () => {
    (losing ? it : it.skip)('knows an append again that was written after its answer was lost and a reader saw nothing', async () => {
      const stream = fresh();
      const { store: impatient, events: same, write } = await losing!();
      const before = await store().head();
      await expect(impatient.append(stream, same, 'none')).rejects.toThrow(OutcomeUnknown);
      expect([await store().read(stream), await store().readAll(before, 10), await store().head()]).toEqual([[], [], before]);
      await write();
      const answer = await impatient.append(stream, same, 'none');
      const stored = await store().read(stream);
      expect(stored.map(({ id }) => id)).toEqual(same.map(({ id }) => id));
      expect(answer).toEqual({ revision: 1, position: stored[1]!.position, recordedAt: stored[1]!.recordedAt });
      expect(await store().append(stream, same, 'none')).toEqual(answer);
      await expect(store().append(stream, events(2), 'none')).rejects.toThrow(WrongRevision);
      expect(await everything(store(), before)).toEqual(stored);
      await impatient.close();
    });

    for (const [breaks, breakAll] of Object.entries(breaking))
      it(`loses nothing and repeats nothing for followers whose connection ${breaks}, again and again`, async () => {
        const [from, recorder] = [await store().head(), new Recorder()];
        const one = await candidate.open();
        let end: bigint | undefined = undefined;
        const followers = [undefined, { types: ['Odd'] }].map((filter, n) =>
          recorder.follow(
            `follower ${n}`,
            () => one,
            from,
            () => end,
            filter,
          ),
        );
        for (let round = 0; round < 12; round += 1) {
          const stream = fresh();
          const under = recorder.append('writer', one, stream, [event('Odd'), event('Even')], 'none');
          if (round % 3 === 0) await breakAll();
          await under;
          await recorder.append('writer', one, stream, [event('Odd')], 1);
        }
        end = await store().head();
        // Those who have caught up already hear of it by this.
        await recorder.appendUntilKnown('last', one, fresh('party'), [event()], 'none');
        await Promise.all(followers);
        await one.close();
        expect(breaches(await recorder.history(store(), { dense: candidate.dense, times: true }, from))).toEqual([]);
      });

    it('gives everything after any position, by a filter too, to whoever subscribes there', async () => {
      const from = await store().head();
      for (const type of ['Odd', 'Even', 'Odd', 'Even', 'Odd']) await store().append(fresh(), [event(type), event(type)], 'none');
      const all = await everything(store(), from);
      for (const after of [from, ...all.map(({ position }) => position)])
        for (const filter of [{}, { types: ['Even'] }]) {
          const taken = await take(
            store().subscribe(after, { filter, signal: new AbortController().signal }),
            (seen) => !isEvent(seen.at(-1)!),
          );
          const due = all.filter(({ position, type }) => position > after && (!filter.types || filter.types.includes(type)));
          expect(taken.slice(0, -1)).toEqual(due.map((each) => ({ is: 'event', event: each })));
          expect(taken.at(-1)).toEqual({ is: 'caught-up', position: all.at(-1)!.position });
        }
    });

    // The last of the suite: from here on times stand still.
    (setClockBack ? it : it.skip)('records at times that do not fall when the clock is set back', async () => {
      await setClockBack!();
      const ahead = (await store().append(fresh(), [event()], 'any')).recordedAt;
      const other = await candidate.open();
      await store().append(fresh(), [event()], 'none');
      await other.append(fresh(), [event()], 'none');
      await other.close();
      expect(Date.parse(ahead)).toBeGreaterThan(Date.now() + 3_600_000);
      const times = (await everything(store())).map(({ recordedAt }) => recordedAt);
      expect(times).toEqual(times.toSorted());
    });
  });
}
