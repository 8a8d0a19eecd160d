import { status } from '@grpc/grpc-js';
import { EventStoreDbStore, type EventStoreDbStoreOptions } from '../../src/store/eventstoredb';
import { Moments } from '../../src/store/eventstoredb-moments';
import { BadAppend, OutcomeUnknown, Unavailable, type Delivery, type EventStore } from '../../src/store/port';
import { EventStoreDbDouble } from './eventstoredb-double';
import { event, events, everything, fresh, isEvent, settled, take } from './events';

jest.setTimeout(30_000);

describe('the event store in EventStoreDB, when things go wrong', () => {
  let double: EventStoreDbDouble;
  const stores: EventStore[] = [];
  const open = (options: Partial<EventStoreDbStoreOptions> = {}) => {
    const store = new EventStoreDbStore({ url: double.url, ...options });
    stores.push(store);
    return store;
  };
  /** One that gives up soon, but not before it has connected. */
  const impatient = async () => {
    const store = open({ deadline: 500 });
    await store.append(fresh(), [event()], 'none').catch(() => undefined);
    return store;
  };

  beforeEach(async () => {
    double = await EventStoreDbDouble.start();
  });
  afterEach(async () => {
    await Promise.all(stores.splice(0).map((store) => store.close()));
    double.kill();
    expect(double.forbidden).toEqual([]);
  });

  describe('an append', () => {
    it.each([
      ['written and not answered', { written: true }],
      ['lost on the way', { written: false }],
      ['written, and the connection breaks', { written: true, answer: { code: status.UNAVAILABLE, details: 'Connection dropped' } }],
      ['written, and the server stops', { written: true, answer: { code: status.INTERNAL, details: 'Received RST_STREAM with code 0' } }],
      ['cancelled by the server', { written: false, answer: { code: status.CANCELLED, details: 'Call cancelled' } }],
    ])('that is %s has an unknown outcome, and a repeat finds it out', async (_, fault) => {
      const store = await impatient();
      const stream = fresh();
      const same = events(2);
      void double.failNextAppend(fault);
      expect((await settled([store.append(stream, same, 'none')]))[0]).toBeInstanceOf(OutcomeUnknown);
      const answer = await store.append(stream, same, 'none');
      const stored = await store.read(stream);
      expect(stored.map(({ id }) => id)).toEqual(same.map(({ id }) => id));
      expect(answer).toEqual({ revision: 1, position: stored[1]!.position, recordedAt: stored[1]!.recordedAt });
    });

    it.each([true, false])('that the server drops is sent again, whether it was written (%s) or not', async (written) => {
      const store = open();
      const stream = fresh();
      const same = events(2);
      const commit = { written, answer: { code: status.ABORTED, details: 'Operation timed out: Commit phase timeout' } };
      void double.failNextAppend(commit);
      const answer = await store.append(stream, same, 'none');
      const stored = await store.read(stream);
      expect(answer).toEqual({ revision: 1, position: stored[1]!.position, recordedAt: stored[1]!.recordedAt });
      for (let n = 0; n < 3; n += 1) void double.failNextAppend(commit);
      expect((await settled([store.append(stream, events(1), 1)]))[0]).toBeInstanceOf(OutcomeUnknown);
    });

    it('that is acknowledged late is one with its repeat', async () => {
      const [hasty, other] = [await impatient(), open()];
      const stream = fresh();
      const same = events(2);
      let release: () => void = () => undefined;
      const arrived = double.failNextAppend({ written: new Promise<void>((resolve) => (release = resolve)) });
      const first = settled([hasty.append(stream, same, 'none')]);
      await arrived;
      expect((await first)[0]).toBeInstanceOf(OutcomeUnknown);
      const repeat = await other.append(stream, same, 'none');
      release();
      expect(await hasty.append(stream, same, 'none')).toEqual(repeat);
      expect(await other.read(stream)).toHaveLength(2);
    });

    it('is recognised by the server after it was started again, as long as its revision is the same', async () => {
      const store = open();
      const stream = fresh();
      const same = events(2);
      const first = await store.append(stream, same, 'none');
      await store.append(stream, events(1), 1);
      double.kill();
      await double.listen();
      const [answer, ...more] = await settled([open().append(stream, same, 'none')]);
      expect([answer, more]).toEqual([first, []]);
      expect(await open().read(stream)).toHaveLength(3);
    });

    it('that nobody could take was certainly not written', async () => {
      const store = open();
      await store.head();
      double.kill();
      for (const outcome of await settled([store.append(fresh(), [event()], 'none'), open().append(fresh(), [event()], 'none')])) {
        expect(outcome).toBeInstanceOf(Unavailable);
      }
      const closed = open();
      await closed.close();
      await expect(closed.append(fresh(), [event()], 'none')).rejects.toThrow(Unavailable);
    });

    it('that is larger than a server takes is refused, whole', async () => {
      const store = open();
      const stream = fresh();
      const large = () => event('Large', { text: 'x'.repeat(600_000) });
      await expect(store.append(stream, [large(), large()], 'none')).rejects.toThrow(BadAppend);
      expect(await store.append(stream, [large()], 'none')).toMatchObject({ revision: 0 });
    });

    it('waits for those under way before the store closes', async () => {
      const store = open();
      const appended = Promise.all(Array.from({ length: 50 }, () => store.append(fresh(), [event()], 'none')));
      await store.close();
      expect(await appended).toHaveLength(50);
    });
  });

  describe('a reader', () => {
    it('gives up a server that says nothing', async () => {
      const store = await impatient();
      double.fallSilent(true);
      for (const outcome of await settled<unknown>([store.read(fresh()), store.readAll(0n, 1), store.head(), store.countAfter(0n)])) {
        expect(outcome).toBeInstanceOf(Unavailable);
      }
      double.fallSilent(false);
      expect(await store.countAfter(0n)).toBe(1);
    });

    it('asks once more when its connection was broken', async () => {
      const store = open();
      const stream = fresh();
      await store.append(stream, [event()], 'none');
      double.refuseReads(1, status.UNAVAILABLE, 'Connection dropped');
      expect(await store.read(stream)).toHaveLength(1);
      double.refuseReads(2, status.UNAVAILABLE, 'Connection dropped');
      await expect(store.read(stream)).rejects.toThrow(Unavailable);
    });

    it("sees nothing of the server's own events, however many there are", async () => {
      const store = open();
      await store.epoch();
      expect(await store.head()).toBe(0n);
      const { position } = await store.append(fresh(), events(2), 'none');
      for (let n = 0; n < 300; n += 1) double.log.writeOwn();
      expect([await store.head(), await open().head()]).toEqual([position, position]);
      expect(await everything(store)).toHaveLength(2);
      expect([await store.countAfter(0n), await store.countAfter(position)]).toEqual([2, 0]);
      expect(await store.read('$stats-127.0.0.1:2113')).toEqual([]);
      const seen = await take(store.subscribe(0n, { signal: new AbortController().signal }), (taken) => !isEvent(taken.at(-1)!));
      expect(seen.map(({ is }) => is)).toEqual(['event', 'event', 'caught-up']);
      expect(seen.at(-1)).toEqual({ is: 'caught-up', position });
    });

    it('may begin at any position, also where no event is', async () => {
      const store = open();
      const [first, second] = [await store.append(fresh(), [event()], 'none'), await store.append(fresh(), [event()], 'none')];
      for (const between of [first.position, first.position + 1n, second.position - 1n]) {
        expect((await store.readAll(between, 10)).map(({ position }) => position)).toEqual([second.position]);
        const [delivery] = await take(store.subscribe(between, { signal: new AbortController().signal }), () => true);
        expect(delivery).toMatchObject({ event: { position: second.position } });
      }
      expect(await store.readAll(second.position + 1_000n, 10)).toEqual([]);
    });

    it('finds a type among those whose names begin as it does', async () => {
      const store = open();
      await store.append(fresh(), [event('Opened'), event('OpenedAgain'), event('ReOpened'), event('Open.d')], 'none');
      expect((await store.readAll(0n, 10, { types: ['Opened'] })).map(({ type }) => type)).toEqual(['Opened']);
      expect((await store.readAll(0n, 10, { types: ['Open.d'] })).map(({ type }) => type)).toEqual(['Open.d']);
    });

    it("has the server's time for an event that another tool wrote", async () => {
      const store = open();
      const bytes = Buffer.from('{}');
      const proposed = { id: event().id, type: 'Foreign', contentType: 'application/json', data: bytes, metadata: bytes };
      double.log.append('pairing-foreign', [proposed], 'none');
      expect((await store.readAll(0n, 10))[0]!.recordedAt).toBe(double.log.of('pairing-foreign')[0]!.created.toISOString());
    });
  });

  describe('a subscription', () => {
    const follow = (store: EventStore, after: bigint) =>
      store.subscribe(after, { signal: new AbortController().signal })[Symbol.asyncIterator]();

    it.each([
      ['breaks', () => double.breakReads(status.UNAVAILABLE)],
      ['is stopped by the server', () => double.breakReads(status.INTERNAL, 'Received RST_STREAM with code 2')],
      ['ends as if all were well', () => double.endReads()],
      ['loses its server', () => double.kill()],
    ])('that %s throws, and can be taken up where it ended', async (_, end) => {
      const store = open();
      const stream = fresh();
      await store.append(stream, events(3), 'none');
      const deliveries = follow(store, 0n);
      const next = async () => (await deliveries.next()).value as Delivery;
      const seen = [await next(), await next(), await next(), await next()];
      const last = seen[3] as Extract<Delivery, { is: 'caught-up' }>;
      expect(seen.map(({ is }) => is)).toEqual(['event', 'event', 'event', 'caught-up']);
      const waiting = settled([deliveries.next()]);
      end();
      expect((await waiting)[0]).toBeInstanceOf(Unavailable);
      await double.listen();
      const again = open();
      await again.append(stream, events(2), 2);
      const rest = await take(again.subscribe(last.position, { signal: new AbortController().signal }), (taken) => !isEvent(taken.at(-1)!));
      expect(rest.filter(isEvent).map((delivery) => delivery.event.revision)).toEqual([3, 4]);
    });

    it('says that it cannot be had', async () => {
      double.kill();
      await expect(follow(open(), 0n).next()).rejects.toThrow(Unavailable);
    });
  });

  describe('what holds for the whole store', () => {
    it('keeps its epoch over restarts, has another one on another server, and gets a new one when asked', async () => {
      const epoch = await open().epoch();
      double.kill();
      await double.listen();
      expect(await open().epoch()).toBe(epoch);
      const renewing = open();
      const renewed = await renewing.renewEpoch();
      expect([renewed === epoch, await renewing.epoch(), await open().epoch()]).toEqual([false, renewed, renewed]);
      const other = await EventStoreDbDouble.start();
      const elsewhere = new EventStoreDbStore({ url: other.url });
      expect([epoch, renewed]).not.toContain(await elsewhere.epoch());
      await elsewhere.close();
      other.kill();
    });

    it('has one epoch when several processes are the first', async () => {
      expect(new Set(await Promise.all(Array.from({ length: 6 }, () => open().epoch()))).size).toBe(1);
    });

    it('records at times that do not fall when a process with a slower clock takes over', async () => {
      const ahead = open({ moments: new Moments(() => Date.parse('2030-01-01T00:00:00Z')) });
      await ahead.append(fresh(), [event()], 'none');
      const behind = open({ moments: new Moments(() => Date.parse('2029-12-31T23:59:59Z')) });
      expect((await behind.append(fresh(), [event()], 'none')).recordedAt).toBe('2030-01-01T00:00:00.000Z');
    });

    it('does not repeat a password in what it says of a wrong address', () => {
      for (const url of [
        'http://admin:s3cret@localhost',
        'esdb://admin:s3cret@localhost:port',
        'esdb://admin:s3cret@a@b',
        'esdb://localhost',
      ]) {
        const opened = () => new EventStoreDbStore({ url });
        expect(opened).toThrow(Error);
        expect(opened).not.toThrow(/s3cret/);
      }
    });
  });
});
