import { EventStoreDbStore } from '../../src/store/eventstoredb';
import { Moments } from '../../src/store/eventstoredb-moments';
import { conforms } from './conformance';
import { EventStoreDbDouble } from './eventstoredb-double';

jest.setTimeout(60_000);

// Several sides of one process: they know the same of the time.
const moments = new Moments();

describe('with a double', () => {
  let double: EventStoreDbDouble;
  beforeAll(async () => {
    double = await EventStoreDbDouble.start();
  });
  afterAll(() => double.kill());

  conforms({
    name: 'EventStoreDB',
    open: () => Promise.resolve(new EventStoreDbStore({ url: double.url, moments })),
    dense: false,
    long: 2_000,
  });

  it('makes each append a call of its own', () => expect(double.forbidden).toEqual([]));
});

describe('with a real server', () => {
  const url = process.env['EVENTSTORE_URL'];
  if (url) conforms({ name: 'EventStoreDB', open: () => Promise.resolve(new EventStoreDbStore({ url, moments })), dense: false });
  else it.skip('the event store in EventStoreDB: EVENTSTORE_URL is not set', () => undefined);
});
