import { Bell } from '../../src/store/bell';
import { MemoryStore } from '../../src/store/memory';
import type { Delivery } from '../../src/store/port';
import { follow } from '../../src/store/subscription';
import { event, fresh } from './events';

const shapeOf = (delivery: Delivery) =>
  delivery.is === 'event' ? `${delivery.event.type} ${delivery.event.position}` : `caught up at ${delivery.position}`;

it('a subscription passes over nothing that is recorded while it reads', async () => {
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
