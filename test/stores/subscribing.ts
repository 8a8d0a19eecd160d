import type { Delivery, EventStore } from '../../src/store/port';
import { event, events, fresh, isEvent, take } from './events';

const caughtUp = (taken: readonly Delivery[]) => taken.at(-1)!.is === 'caught-up';
const shapeOf = (deliveries: readonly Delivery[]) =>
  deliveries.map((delivery) => (isEvent(delivery) ? `${delivery.event.type} ${delivery.event.revision}` : 'caught-up'));

/** What a subscription promises. */
export function subscribingTo(store: () => EventStore): void {
  describe('subscribing', () => {
    it('gives what is there after a position, says that this was all, and goes on with what comes', async () => {
      const stream = fresh();
      const { position } = await store().append(stream, [event('Before')], 'none');
      await store().append(stream, events(2, 'After'), 0);
      const stop = new AbortController();
      const deliveries = store().subscribe(position, { signal: stop.signal })[Symbol.asyncIterator]();
      const next = async () => (await deliveries.next()).value as Delivery;
      expect(shapeOf([await next(), await next(), await next()])).toEqual(['After 1', 'After 2', 'caught-up']);
      const live = next();
      const { position: newest } = await store().append(stream, [event('Live')], 2);
      expect(shapeOf([await live])).toEqual(['Live 3']);
      expect(await next()).toEqual({ is: 'caught-up', position: newest });
      stop.abort();
      expect(await deliveries.next()).toMatchObject({ done: true });
    });

    it('says at once that there is nothing, when there is nothing', async () => {
      const head = await store().head();
      const taken = await take(store().subscribe(head, { signal: new AbortController().signal }), caughtUp);
      expect(taken).toEqual([{ is: 'caught-up', position: head }]);
    });

    it('catches up past events that its filter leaves out', async () => {
      const head = await store().head();
      const stop = new AbortController();
      const deliveries = store()
        .subscribe(head, { filter: { types: ['Wanted'] }, signal: stop.signal })
        [Symbol.asyncIterator]();
      expect((await deliveries.next()).value).toEqual({ is: 'caught-up', position: head });
      const { position } = await store().append(fresh(), events(3, 'Unwanted'), 'none');
      expect((await deliveries.next()).value).toEqual({ is: 'caught-up', position });
      await store().append(fresh(), [event('Unwanted'), event('Wanted')], 'none');
      expect(shapeOf([(await deliveries.next()).value as Delivery])).toEqual(['Wanted 1']);
      await deliveries.return?.();
    });

    it('misses nothing and repeats nothing while others write, for several subscribers', async () => {
      const head = await store().head();
      const total = 300;
      const subscribers = [1, 2, 3].map(() =>
        take(
          store().subscribe(head, { filter: { types: ['Counted'] }, signal: new AbortController().signal }),
          (taken) => taken.filter(isEvent).length === total,
        ),
      );
      await Promise.all(Array.from({ length: total }, () => store().append(fresh(), [event('Counted')], 'none')));
      const written = await store().readAll(head, total, { types: ['Counted'] });
      for (const taken of await Promise.all(subscribers)) {
        expect(taken.filter(isEvent).map(({ event: { position } }) => position)).toEqual(written.map(({ position }) => position));
      }
    });

    it('waits for a reader that takes its time, and reads more than one page', async () => {
      const head = await store().head();
      await store().append(fresh(), events(1_234, 'Long'), 'none');
      const revisions: number[] = [];
      for await (const delivery of store().subscribe(head, { signal: new AbortController().signal })) {
        if (!isEvent(delivery)) break;
        await store().head();
        revisions.push(delivery.event.revision);
      }
      expect(revisions).toEqual(Array.from({ length: 1_234 }, (_, n) => n));
    });

    it('ends when it is aborted, before, while it waits and between two events', async () => {
      const head = await store().head();
      await store().append(fresh(), events(5), 'none');
      expect(await take(store().subscribe(head, { signal: AbortSignal.abort() }), () => false)).toEqual([]);
      const waiting = new AbortController();
      const quiet = take(store().subscribe(await store().head(), { signal: waiting.signal }), () => {
        queueMicrotask(() => waiting.abort());
        return false;
      });
      expect(shapeOf(await quiet)).toEqual(['caught-up']);
      const between = new AbortController();
      const some = await take(store().subscribe(head, { signal: between.signal }), (taken) => {
        if (taken.length === 2) between.abort();
        return false;
      });
      expect(some).toHaveLength(2);
    });
  });
}
