import { Leases } from '../../src/engine/leases';
import { type Database, freshDatabase } from '../cluster/database';

let database: Database;
beforeAll(async () => {
  database = await freshDatabase();
});
beforeEach(() => database.pool.query('delete from engine.lease'));
afterAll(() => database.drop());
const expire = () => database.pool.query(`update engine.lease set until = '-infinity'`);

describe('processes that want one lease', () => {
  it('wait for a transaction that was begun under the lease before they take it over', async () => {
    const first = new Leases(database.pool, 'first');
    const second = new Leases(database.pool, 'second');
    const [lease] = await first.take(['x']);
    await expire();
    await first.whileHolding(lease!, async () => expect(await second.take(['x'])).toEqual([]));
    expect(await second.take(['x'])).toEqual([]);
    await expire();
    expect(await second.take(['x'])).toEqual([{ name: 'x', token: '2' }]);
  });

  it('are freed of the locks of one that froze in the middle of a transaction', async () => {
    const brief = new Leases(database.pool, 'brief', 100);
    const [lease] = await brief.take(['x']);
    const next = new Leases(database.pool, 'next');
    const taken = async () => {
      for (;;) {
        const found = await next.take(['x']);
        if (found.length > 0) return found;
      }
    };
    await expect(
      brief.whileHolding(lease!, () => taken().then((found) => expect(found[0]).toMatchObject({ token: '2' }))),
    ).rejects.toMatchObject({ code: '25P03' });
    expect(await next.renew([{ name: 'x', token: '2' }])).toEqual([]);
  });
});
