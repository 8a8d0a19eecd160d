import { setImmediate as turn } from 'node:timers/promises';
import { Metadata, status } from '@grpc/grpc-js';
import { EventStoreDbStore } from '../../src/store/eventstoredb';
import { OutcomeUnknown, Unavailable, type Delivery } from '../../src/store/port';
import { boot, type Booted, declared } from '../http/booted';
import { EventStoreDbDouble } from './eventstoredb-double';
import { sent } from './eventstoredb-sending';
import { event, events, fresh } from './events';

jest.setTimeout(120_000);

describe('a fault of EventStoreDB', () => {
  let double: EventStoreDbDouble;
  let booted: Booted;
  let commands = 0;
  beforeAll(async () => {
    double = await EventStoreDbDouble.start();
    booted = await boot({ store: new EventStoreDbStore({ url: double.url, deadline: 700 }) });
  });
  afterAll(async () => {
    await booted.close();
    await booted.store.close();
    double.kill();
    expect(double.forbidden).toEqual([]);
  });

  const send = (id: string) =>
    booted.as('programme-officer').post(`/v1/data-sets/${id}/declare-data-set`).set('Idempotency-Key', id).send(declared);
  /** Sends one command as often as it takes, as any caller would that heeds 503. */
  const sendUntilDone = async (id: string): Promise<readonly number[]> => {
    const answers: number[] = [];
    for (;;) {
      const { status, headers, body } = (await send(id)) as { status: number; headers: Record<string, string>; body: unknown };
      answers.push(status);
      if (answers.length > 20) throw new Error(`still ${status}`);
      if (status === 503) {
        expect(Number(headers['retry-after'])).toBeGreaterThan(0);
        expect(['TRY_AGAIN', 'UNAVAILABLE']).toContain((body as { code: string }).code);
        await mend();
        continue;
      }
      expect([200, 201]).toContain(status);
      expect(body).toMatchObject({ stream: `dataSet-${id}`, revision: 0, events: [{ type: 'DataSetDeclared', revision: 0 }] });
      return answers;
    }
  };
  const nothing = () => Promise.resolve();
  let mend: () => Promise<void> = nothing;
  const unavailable = { code: status.UNAVAILABLE, details: 'Connection dropped' };
  const notLeader = () => {
    const metadata = new Metadata();
    metadata.set('exception', 'not-leader');
    const { hostname, port } = new URL(double.url);
    metadata.set('leader-endpoint-host', hostname);
    metadata.set('leader-endpoint-port', port);
    return { code: status.NOT_FOUND, details: 'Leader info available', metadata };
  };

  it.each<readonly [string, () => void, () => Promise<void>]>([
    ['that is down from the start', () => double.kill(), () => double.listen()],
    ['that is lost after it wrote', () => void double.failNextAppend({ written: true, answer: unavailable }), nothing],
    ['that is lost before it wrote', () => void double.failNextAppend({ written: false, answer: unavailable }), nothing],
    ['that says nothing after it wrote', () => void double.failNextAppend({ written: true }), nothing],
    ['that says nothing before it wrote', () => void double.failNextAppend({ written: false }), nothing],
    [
      'that drops an append',
      () =>
        void double.failNextAppend({
          written: false,
          answer: { code: status.ABORTED, details: 'Operation timed out: Commit phase timeout' },
        }),
      nothing,
    ],
    [
      'that says that its deadline passed',
      () => void double.failNextAppend({ written: true, answer: { code: status.DEADLINE_EXCEEDED, details: 'Deadline exceeded' } }),
      nothing,
    ],
    [
      'that stops after it wrote',
      () => void double.failNextAppend({ written: true, answer: { code: status.INTERNAL, details: 'Received RST_STREAM with code 0' } }),
      nothing,
    ],
    ['that is no leader', () => void double.failNextAppend({ written: false, answer: notLeader() }), nothing],
    [
      'that is not ready',
      () => void double.failNextAppend({ written: false, answer: { code: status.UNAVAILABLE, details: 'Server Is Not Ready' } }),
      nothing,
    ],
    ['that is slow', () => void double.failNextAppend({ written: new Promise((resolve) => setTimeout(resolve, 200)) }), nothing],
    ['that loses reads', () => double.refuseReads(3, status.UNAVAILABLE, 'Connection dropped'), nothing],
    [
      'that answers no read',
      () => double.fallSilent(true),
      () => {
        double.fallSilent(false);
        return nothing();
      },
    ],
  ])('%s lets the command succeed once, or says 503 and when to come again', async (_, happen, repair) => {
    const id = `fault-${(commands += 1)}`;
    mend = repair;
    happen();
    const answers = await sendUntilDone(id);
    expect(answers.slice(0, -1).every((answer) => answer === 503)).toBe(true);
    expect(double.log.of(`dataSet-${id}`)).toHaveLength(1);
    // The same adapter goes on by itself.
    await sendUntilDone(`${id}-after`);
  });

  it('that goes on for long is said by 503, and nothing is written twice in the end', async () => {
    for (let n = 0; n < 60; n += 1) void double.failNextAppend({ written: true, answer: unavailable });
    mend = () => {
      double.forgetFaults();
      return nothing();
    };
    const answers = await sendUntilDone('long');
    expect(double.log.of('dataSet-long')).toHaveLength(1);
    expect(answers[0]).toBe(503);
    await sendUntilDone('long-after');
  });

  it('that ends a read in its middle as if all were well hides nothing', async () => {
    const store = new EventStoreDbStore({ url: double.url });
    const from = await store.head();
    await store.append(fresh(), events(10), 'none');
    for (const messages of [0, 1, 2, 5]) {
      double.cutShort(messages);
      expect(await store.readAll(from, 100)).toHaveLength(10);
      double.cutShort(messages);
      expect(await store.countAfter(from)).toBe(10);
    }
    await store.close();
  });

  it('that breaks a read in its middle is read once more', async () => {
    const store = new EventStoreDbStore({ url: double.url });
    const stream = fresh();
    await store.append(stream, events(10), 'none');
    for (const messages of [0, 1, 5]) {
      double.cutShort(messages, status.UNAVAILABLE);
      expect(await store.read(stream)).toHaveLength(10);
    }
    await store.close();
  });

  it('that sends an append on to its leader is mended by asking there', async () => {
    const leader = await EventStoreDbDouble.start();
    const store = new EventStoreDbStore({ url: double.url });
    const metadata = new Metadata();
    metadata.set('exception', 'not-leader');
    metadata.set('leader-endpoint-host', '127.0.0.1');
    metadata.set('leader-endpoint-port', new URL(leader.url).port);
    void double.failNextAppend({ written: false, answer: { code: status.NOT_FOUND, details: 'Leader info available', metadata } });
    const [stream, same] = [fresh(), [event()]];
    await expect(store.append(stream, same, 'none')).rejects.toThrow(Unavailable);
    expect(await store.append(stream, same, 'none')).toMatchObject({ revision: 0 });
    expect([double.log.of(stream).length, leader.log.of(stream).length]).toEqual([0, 1]);
    await store.close();
    leader.kill();
  });

  it('that was not there at the start is no reason to start again', async () => {
    const later = await EventStoreDbDouble.start();
    later.kill();
    const store = new EventStoreDbStore({ url: later.url });
    await expect(store.append(fresh(), [event()], 'none')).rejects.toThrow(Unavailable);
    await expect(store.epoch()).rejects.toThrow(Unavailable);
    await later.listen();
    const same = [event()];
    const stream = fresh();
    const outcome = await store.append(stream, same, 'none').catch((error: unknown) => error);
    if (outcome instanceof Error) {
      expect([Unavailable, OutcomeUnknown]).toContain(outcome.constructor);
      await store.append(stream, same, 'none');
    }
    expect(await store.read(stream)).toHaveLength(1);
    expect(await store.epoch()).toMatch(/^[0-9a-f-]{36}$/);
    await store.close();
    later.kill();
  });

  it('is not made by a reader that takes its time: what is sent ahead of it is bounded', async () => {
    const store = new EventStoreDbStore({ url: double.url });
    const from = await store.head();
    const large = () => event('Large', { text: 'x'.repeat(10_000) });
    for (let n = 0; n < 30; n += 1) await store.append(fresh(), Array.from({ length: 50 }, large), 'none');
    const before = sent.messages;
    const deliveries = store.subscribe(from, { signal: new AbortController().signal })[Symbol.asyncIterator]();
    await deliveries.next();
    // Server and client share this process: when nothing moved for so many turns, nothing will.
    for (let [still, seen] = [0, 0]; still < 500; still = sent.messages === seen ? still + 1 : 0) {
      seen = sent.messages;
      await turn();
    }
    const ahead = sent.messages - before;
    expect(ahead).toBeLessThan(300);
    let taken = 1;
    while (((await deliveries.next()).value as Delivery).is === 'event') taken += 1;
    expect(taken).toBe(1_500);
    await deliveries.return?.();
    await store.close();
  });
});
