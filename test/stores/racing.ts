import { WrongRevision, type Appended, type EventStore } from '../../src/store/port';
import type { Candidate } from './conformance';
import { event, events, fresh, settled } from './events';
import { breaches } from './history-checker';
import { Recorder } from './recorder';

/** What an append promises when many are made at once. */
export function racingIn(candidate: Candidate, store: () => EventStore): void {
  const counted = (count: number) => Array.from({ length: count }, (_, n) => n);
  const promised = { dense: candidate.dense, times: true };

  describe('appending at once', () => {
    it('has one winner for each revision when a thousand want them, from several sides', async () => {
      const other = await candidate.open();
      const stream = fresh();
      // Fifty for each revision, each side in order: whoever comes when it is due finds it taken, or takes it.
      const wanted = counted(1_000).map((n) => Math.floor(n / 50));
      const outcomes = await settled(
        wanted.map((revision, n) => (n % 2 ? store() : other).append(stream, [event()], revision === 0 ? 'none' : revision - 1)),
      );
      await other.close();
      const won = outcomes.flatMap((outcome) => (outcome instanceof Error ? [] : [outcome.revision]));
      expect(won.toSorted((a, b) => a - b)).toEqual(counted(20));
      expect(outcomes.filter((outcome) => outcome instanceof WrongRevision)).toHaveLength(980);
      expect((await store().read(stream)).map((e) => e.revision)).toEqual(counted(20));
    });

    it('has one winner when a thousand who read the same revision write at once', async () => {
      const stream = fresh();
      await store().append(stream, [event()], 'none');
      const outcomes = await settled(counted(1_000).map(() => store().append(stream, [event()], 0)));
      expect(outcomes.filter((outcome): outcome is Appended => !(outcome instanceof Error))).toHaveLength(1);
      expect(outcomes.filter((outcome) => outcome instanceof WrongRevision)).toHaveLength(999);
      expect(await store().read(stream)).toHaveLength(2);
    });

    it('takes several appends to one stream among others, in their order, from several sides, and a page shows no gap meanwhile', async () => {
      const other = await candidate.open();
      const [from, recorder, sides] = [await store().head(), new Recorder(), [store(), other]];
      const shared = counted(5).map(() => fresh());
      for (const round of counted(4)) {
        const appends = counted(2).flatMap((side) => [
          // Twice and more the same stream; what others do to it in between is theirs to win.
          ...shared.flatMap((stream) => counted(3).map(() => recorder.append(`${side}`, sides[side]!, stream, events(2), 'any'))),
          ...shared.map((stream) => recorder.append(`${side}`, sides[side]!, stream, events(1), 6 * round)),
          ...[fresh(), fresh()].flatMap((stream) => [
            recorder.append(`${side}`, sides[side]!, stream, events(2), 'none'),
            recorder.append(`${side}`, sides[side]!, stream, events(1), 1),
            recorder.append(`${side}`, sides[side]!, stream, events(1), 2),
          ]),
        ]);
        const looks = counted(4).map((n) =>
          recorder.glance(`look ${n}`, sides[n % 2]!, from, 10_000, n < 2 ? undefined : { kinds: ['pairing'] }),
        );
        await Promise.all([...appends, ...looks]);
      }
      await other.close();
      const history = await recorder.history(store(), promised, from);
      expect(breaches(history)).toEqual([]);
      expect(history.attempts.filter(({ expected, outcome }) => expected === 'any' && outcome.is !== 'acknowledged')).toEqual([]);
      expect(history.attempts.filter(({ ids, outcome }) => ids.length === 1 && outcome.is === 'acknowledged').length).toBeGreaterThan(15);
    });

    it('is one history for several sides, several followers and several filters', async () => {
      const other = await candidate.open();
      const [from, recorder, sides] = [await store().head(), new Recorder(), [store(), other]];
      let end: bigint | undefined = undefined;
      const followers = [undefined, { kinds: ['call'] }, { types: ['Odd'] }, { kinds: ['pairing'], types: ['Odd', 'Even'] }].map(
        (filter, n) =>
          recorder.follow(
            `follower ${n}`,
            () => sides[n % 2]!,
            from,
            () => end,
            filter,
          ),
      );
      const shared = [fresh(), fresh('call'), fresh()];
      const writers = counted(6).map(async (writer) => {
        for (const round of counted(15)) {
          const stream = (writer + round) % 4 === 0 ? fresh('call') : shared[(writer + round) % 3]!;
          const stand = (await sides[writer % 2]!.read(stream)).length - 1;
          const written = [event(round % 2 ? 'Odd' : 'Even'), ...(round % 5 === 0 ? [event('Other')] : [])];
          await recorder.append(`writer ${writer}`, sides[writer % 2]!, stream, written, stand < 0 ? 'none' : stand);
        }
      });
      await Promise.all(writers);
      end = await store().head();
      // Those who have caught up already hear of it by this.
      await recorder.append('last', store(), fresh('party'), [event()], 'none');
      await Promise.all(followers);
      await other.close();
      expect(breaches(await recorder.history(store(), promised, from))).toEqual([]);
    });

    it('takes batches from two sides that name the same streams in opposite order', async () => {
      const other = await candidate.open();
      const streams = counted(20).map(() => fresh());
      await Promise.all(streams.map((stream) => store().append(stream, [event()], 'none')));
      for (let round = 0; round < 10; round += 1) {
        await Promise.all([
          ...streams.map((stream) => store().append(stream, [event()], 'any')),
          ...[...streams].reverse().map((stream) => other.append(stream, [event()], 'any')),
        ]);
      }
      await other.close();
      for (const stream of streams) expect((await store().read(stream)).map((e) => e.revision)).toEqual(counted(21));
    });
  });
}
