import { status } from '@grpc/grpc-js';
import { EventStoreDbStore } from '../../src/store/eventstoredb';
import { Moments } from '../../src/store/eventstoredb-moments';
import { conforms } from './conformance';
import { EventStoreDbDouble } from './eventstoredb-double';
import { event, events, fresh } from './events';
import { saySkipped } from './skipped';

jest.setTimeout(120_000);

// Several sides of one process: they know the same of the time.
const moments = new Moments();

describe('with a double', () => {
  let double: EventStoreDbDouble;
  beforeAll(async () => {
    double = await EventStoreDbDouble.start();
  });
  afterAll(() => double.kill());
  const open = () => new EventStoreDbStore({ url: double.url, moments });

  conforms({
    name: 'EventStoreDB',
    open: () => Promise.resolve(open()),
    dense: false,
    long: 2_000,
    losing: async () => {
      const impatient = new EventStoreDbStore({ url: double.url, moments, deadline: 500 });
      await impatient.append(fresh(), [event()], 'none');
      let release: () => void = () => undefined;
      void double.failNextAppend({ written: new Promise<void>((resolve) => (release = resolve)) });
      const write = () =>
        new Promise<void>((resolve) => {
          const stop = double.log.onWritten(() => {
            stop();
            resolve();
          });
          release();
        });
      return { store: impatient, events: events(2), write };
    },
    breaking: {
      breaks: () => {
        double.breakReads(status.UNAVAILABLE);
        return Promise.resolve();
      },
      'ends as if all were well': () => {
        double.endReads();
        return Promise.resolve();
      },
      'goes with its server': () => {
        double.kill();
        return double.listen();
      },
    },
    setClockBack: async () => {
      const ahead = new EventStoreDbStore({ url: double.url, moments: new Moments(() => Date.now() + 86_400_000) });
      await ahead.append(fresh(), [event()], 'none');
      await ahead.close();
      const side = open();
      await side.head();
      await side.close();
    },
  });

  it('makes each append a call of its own', () => expect(double.forbidden).toEqual([]));
});

describe('with a real server', () => {
  const url = process.env['EVENTSTORE_URL'];
  if (url) conforms({ name: 'EventStoreDB', open: () => Promise.resolve(new EventStoreDbStore({ url, moments })), dense: false });
  else {
    beforeAll(() => saySkipped('the event store in a real EventStoreDB or KurrentDB', 'EVENTSTORE_URL is not set'));
    it.skip('the event store in EventStoreDB: EVENTSTORE_URL is not set', () => undefined);
  }
});
