import { Tail } from '../../src/engine/runner-tail';
import { MemoryStore } from '../../src/store/memory';
import { formed, oneMission, record, TestTiming, type Told } from '../reading/recording';

const byOne = (told: readonly Told[]): readonly Told[] =>
  told.map(([type, data, occurredOn]) => [type, data, occurredOn, { commandId: 'one' }]);

let store: MemoryStore;
let tail: Tail;
let following: { readonly stopping: AbortController; readonly done: Promise<void> };
beforeEach(() => {
  store = new MemoryStore({ now: () => new Date('2021-01-01T12:00:00Z') });
  tail = new Tail(store, new TestTiming());
});
const follow = () => {
  const stopping = new AbortController();
  following = { stopping, done: tail.follow(stopping.signal, () => undefined) };
};
const sizes = async (limit: number) => {
  const found: number[] = [];
  for (let at = 0n; ;) {
    const { events, upTo, more } = await tail.next(at, limit, { kinds: ['pairing'] });
    found.push(events.length);
    at = upTo;
    if (!more) return found;
  }
};

describe.each(['from the store', 'from what is at hand'])('batches %s', (from) => {
  const atHand = from !== 'from the store';
  beforeEach(async () => {
    if (atHand) follow();
    const since = tail.rings;
    if (atHand) await tail.beyond(undefined, since, 1_000);
    await record(store, 'pairing-a', byOne(oneMission));
    await record(store, 'pairing-b', byOne(oneMission.slice(0, 2)));
    await record(store, 'pairing-c', oneMission.slice(0, 2));
    for (let rings = tail.rings; atHand && (await tail.next(0n, 100, {})).events.length < 9; rings = tail.rings)
      await tail.beyond(undefined, rings, 1_000);
  });
  afterEach(async () => {
    if (!atHand) return;
    following.stopping.abort();
    await following.done;
  });

  it.each([
    [1, [5, 2, 1, 1]],
    [2, [5, 2, 2]],
    [6, [7, 2]],
    [8, [8, 1]],
    [500, [9]],
  ])('of %i events never end inside a command of a stream', async (limit, expected) => {
    expect(await sizes(limit)).toEqual(expected);
  });
});

it('passes over nothing that is recorded while it reads', async () => {
  await record(store, 'pairing-a', formed);
  const read = store.readAll.bind(store);
  jest.spyOn(store, 'readAll').mockImplementationOnce(async (...asked) => {
    const events = await read(...asked);
    await record(store, 'pairing-b', formed);
    return events;
  });
  const { events, upTo } = await tail.next(0n, 10, {});
  expect([events.map(({ stream }) => stream), upTo]).toEqual([['pairing-a'], 1n]);
  expect((await tail.next(upTo, 10, {})).events.map(({ stream }) => stream)).toEqual(['pairing-b']);
});

it('shows no part of a command while more of it comes', async () => {
  const parts = byOne(oneMission);
  const whole = new MemoryStore({ now: () => new Date('2021-01-01T12:00:00Z') });
  await record(whole, 'pairing-a', parts);
  const events = await whole.readAll(0n, 10);
  const seen: number[] = [];
  const stopping = new AbortController();
  jest.spyOn(store, 'subscribe').mockImplementation(async function* () {
    for (const event of events) {
      yield { is: 'event', event };
      seen.push((await tail.next(0n, 10, {})).events.length);
    }
    yield { is: 'caught-up', position: 5n };
    seen.push((await tail.next(0n, 10, {})).events.length);
    stopping.abort();
  });
  await tail.follow(stopping.signal, () => undefined);
  expect(seen).toEqual([0, 0, 0, 0, 0, 5]);
});

it('tells a listener of every event, when it has told all, and when it may miss some', async () => {
  const told: string[] = [];
  const listener = {
    heard: ({ stream, revision }: { readonly stream: string; readonly revision: number }) => void told.push(`${stream}@${revision}`),
    caughtUp: () => void told.push('all'),
    lost: () => void told.push('lost'),
  };
  const stopping = new AbortController();
  const subscribed = jest.spyOn(store, 'subscribe');
  const broken = () => {
    throw new Error('gone');
  };
  const [one] = oneMission;
  const listening = new Tail(store, new TestTiming(), listener);
  let breaks = 0;
  const original = MemoryStore.prototype.subscribe.bind(store);
  subscribed.mockImplementation(async function* (...asked) {
    for await (const delivery of original(...asked)) {
      yield delivery;
      if (delivery.is === 'caught-up') {
        if (breaks === 2) {
          stopping.abort();
          return;
        }
        breaks += 1;
        await record(store, `pairing-${breaks}`, [one!]);
        if (breaks === 2) broken();
      }
    }
  });
  await listening.follow(stopping.signal, () => undefined);
  expect(told).toEqual(['all', 'pairing-1@0', 'all', 'lost', 'pairing-2@0', 'all', 'lost']);
});
