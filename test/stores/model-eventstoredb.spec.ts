import { EventStoreDbStore } from '../../src/store/eventstoredb';
import { Moments } from '../../src/store/eventstoredb-moments';
import { saySeed } from '../properties/settings';
import { EventStoreDbDouble } from './eventstoredb-double';
import { tellAll, wanted } from './modelled';

jest.setTimeout(120_000 + wanted * 60);

describe('any sequence of commands, told to EventStoreDB and to the memory store', () => {
  let double: EventStoreDbDouble;
  beforeAll(async () => {
    double = await EventStoreDbDouble.start();
  });
  afterAll(() => double.kill());

  it('comes to the same', async () => {
    // Of one process, whose times are in order.
    const moments = new Moments();
    const cut = async () => {
      double.kill();
      await double.listen();
    };
    // A call costs the client some ten times what it costs that of PostgreSQL.
    saySeed(`${0.04 * wanted} commands told to EventStoreDB`);
    await tellAll(0.04, { open: () => new EventStoreDbStore({ url: double.url, moments }), cut, dense: false });
    expect(double.forbidden).toEqual([]);
  });
});
