import { event, events, fresh } from './events';
import { Bell } from '../../src/store/bell';
import { MemoryStore } from '../../src/store/memory';
import type { Delivery } from '../../src/store/port';
import { follow } from '../../src/store/subscription';

const shapeOf = (delivery: Delivery) =>
  delivery.is === 'event' ? `${delivery.event.type} ${delivery.event.position}` : `caught up at ${delivery.position}`;

describe('a subscription to a store that is read by position', () => {
  /** How many events were read and not yet taken. */
  const ahead = async (written: number) => {
    const store = new MemoryStore({ now: () => new Date() });
    await store.append(fresh(), events(written), 'none');
    let read = 0;
    const source = {
      head: () => store.head(),
      readAll: async (after: bigint, limit: number) => {
        const page = await store.readAll(after, limit);
        read += page.length;
        return page;
      },
    };
    const deliveries = follow(source, new Bell(), 0n, { signal: new AbortController().signal });
    let most = 0;
    for (let taken = 1; taken <= written; taken += 1) {
      expect(((await deliveries.next()).value as Delivery).is).toBe('event');
      most = Math.max(most, read - taken);
    }
    await deliveries.return(undefined);
    return most;
  };

  it('reads no more ahead of a slow consumer than one page, however much there is', async () => {
    expect(await ahead(700)).toBe(499);
    expect(await ahead(5_000)).toBe(499);
  });

  it('reads nothing more for a consumer that asks for nothing more, whatever is written meanwhile', async () => {
    const store = new MemoryStore({ now: () => new Date() });
    const bell = new Bell();
    let looks = 0;
    const source = { head: () => ((looks += 1), store.head()), readAll: store.readAll.bind(store) };
    await store.append(fresh(), [event(), event()], 'none');
    const deliveries = follow(source, bell, 0n, { signal: new AbortController().signal });
    await deliveries.next();
    for (let n = 0; n < 100; n += 1) {
      await store.append(fresh(), [event()], 'none');
      bell.ring();
    }
    expect(looks).toBe(1);
    await deliveries.return(undefined);
  });

  it('passes over nothing that is recorded while it reads', async () => {
    const store = new MemoryStore({ now: () => new Date('2021-01-01T12:00:00Z') });
    await store.append(fresh(), [event('Before')], 'none');
    let pages = 0;
    const source = {
      head: () => store.head(),
      readAll: async (...asked: Parameters<MemoryStore['readAll']>) => {
        const read = await store.readAll(...asked);
        if ((pages += 1) === 1) await store.append(fresh(), [event('Meanwhile')], 'none');
        return read;
      },
    };
    const told: string[] = [];
    for await (const delivery of follow(source, new Bell(), 0n, { signal: new AbortController().signal, pollEvery: 1 })) {
      told.push(shapeOf(delivery));
      if (told.length === 4) break;
    }
    expect(told).toEqual(['Before 1', 'caught up at 1', 'Meanwhile 2', 'caught up at 2']);
  });
});
