import { v4 } from 'uuid';
import { addChunk, Chunks, nextChunk } from '../../src/delivery/chunks';
import { Claims } from '../../src/delivery/claims';
import { stretch } from '../../src/delivery/feed';
import { Indexing } from '../../src/delivery/indexing';
import { Live } from '../../src/delivery/live';
import { timing } from '../../src/puente';
import { nameOf } from '../../src/store/port';
import { PostgresStore } from '../../src/store/postgres';
import { renewEpoch } from '../../src/store/postgres-schema';
import { type Database, freshDatabase } from '../cluster/database';
import { metadata } from '../stores/events';
import { until } from './senders';
import { asking, everything, handed, placesIn } from './subscribers';

const size = 10;
const never = 1_000_000_000;

describe('the index of chunks of the log', () => {
  let database: Database;
  let store: PostgresStore;
  const closing: (() => Promise<unknown>)[] = [];
  beforeEach(async () => {
    database = await freshDatabase();
    store = opened();
  });
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
    await database.drop();
  });

  const opened = () => {
    const another = new PostgresStore({ url: database.url });
    closing.push(() => another.close());
    return another;
  };
  /** So many events of a new stream, all of them in these dimensions. */
  const record = async (count: number, dimensions: Readonly<Record<string, string>> = { component: 'c1', country: 'CO' }) => {
    const stream = `pairing-${v4()}`;
    const event = () => ({ id: v4(), type: 'Imagined', data: {}, metadata: { ...metadata, dimensions } });
    await store.append(stream, Array.from({ length: count }, event), 'none');
    return `${stream}@0`;
  };
  /** What keeps it, as a process runs it, with a store of its own. */
  const process = () => {
    const own = opened();
    const errors: unknown[] = [];
    const report = (error: unknown) => void errors.push(error);
    const live = new Live(own, timing, report);
    const indexing = new Indexing({ add: () => addChunk(database.pool, own, size), ...{ size, live, timing, report, pause: never } });
    indexing.start();
    const stop = async () => {
      await indexing.stop();
      live.close();
      expect(errors).toEqual([]);
    };
    closing.push(stop);
    return { stop };
  };
  const indexed = async () => {
    const { rows } = await database.pool.query<{ position: string }>('select position from delivery.indexed');
    return Number(rows[0]!.position);
  };
  const chunksOf = async (name: string, value: string) => {
    const { rows } = await database.pool.query<{ after: string; up_to: string }>(
      'select after, up_to from delivery.chunk where name = $1 and value = $2 order by up_to',
      [name, value],
    );
    return rows.map((row) => [Number(row.after), Number(row.up_to)]);
  };
  /** Chunks of a log without gaps, one behind the other. */
  const chunksUpTo = (end: number) => Array.from({ length: end / size }, (_, n) => [n * size, (n + 1) * size]);
  const indexAll = async (chunk?: number) => {
    for (let looked: number | undefined; (looked = await addChunk(database.pool, store, chunk)) !== undefined && looked >= (chunk ?? 250););
  };

  it('is kept by two processes at once: each chunk is put down once, and as soon as it is full', async () => {
    await record(300);
    process();
    process();
    await until(async () => (await indexed()) === 300);
    await Promise.all([record(33), record(44), record(25)]);
    await until(async () => (await indexed()) === 400);
    expect(await chunksOf('component', 'c1')).toEqual(chunksUpTo(400));
    // Of the last two nobody is told before their chunk is full.
    await record(8);
    await until(async () => (await indexed()) === 410);
    expect(await chunksOf('country', 'CO')).toEqual(chunksUpTo(410));
  });

  it('goes on where it was after a stop, also in another process', async () => {
    await record(105);
    const one = process();
    await until(async () => (await indexed()) === 100);
    await one.stop();
    await record(100);
    expect(await indexed()).toBe(100);
    process();
    await until(async () => (await indexed()) === 200);
    expect(await chunksOf('component', 'c1')).toEqual(chunksUpTo(200));
  });

  it('is not asked of a store with other positions, and begins anew there', async () => {
    await record(95);
    await record(5, { country: 'AR' });
    await indexAll(size);
    expect(await new Chunks(database.pool, store, size).past(0n, { country: 'AR' })).toBe(90n);
    await renewEpoch(database.pool);
    store = opened();
    const chunks = new Chunks(database.pool, store, size);
    expect(await chunks.past(0n, { country: 'AR' })).toBe(0n);
    await addChunk(database.pool, store, size);
    expect(await chunksOf('country', 'CO')).toEqual([[0, 10]]);
    expect(await chunks.past(0n, { country: 'AR' })).toBe(10n);
    await indexAll(size);
    expect(await chunksOf('country', 'CO')).toEqual(chunksUpTo(100));
    expect(await chunks.past(0n, { country: 'AR' })).toBe(90n);
  });

  it('is left as it was where a chunk cannot be read to its end', async () => {
    await record(20);
    await addChunk(database.pool, store, size);
    const broken = {
      epoch: () => store.epoch(),
      read: () => Promise.reject(new Error('gone')),
      readAll: () => Promise.reject(new Error('gone')),
    };
    await expect(addChunk(database.pool, broken, size)).rejects.toThrow('gone');
    expect([await indexed(), await chunksOf('country', 'CO')]).toEqual([10, [[0, 10]]]);
  });

  it('is kept by somebody else while one is about it', async () => {
    await record(20);
    let found: number | undefined = 0;
    const slow = {
      epoch: () => store.epoch(),
      read: (stream: string) => store.read(stream),
      readAll: async (after: bigint, limit: number) => {
        found = await addChunk(database.pool, store, size);
        return store.readAll(after, limit);
      },
    };
    expect(await addChunk(database.pool, slow, size)).toBe(size);
    expect(found).toBeUndefined();
    expect(await indexed()).toBe(10);
  });

  describe('of a long log', () => {
    const rare: string[] = [];
    beforeEach(async () => {
      rare.splice(0);
      for (let n = 0; n < 24; n += 1) {
        await record(500, { component: n % 2 ? 'c1' : 'c2', country: 'CO' });
        if (n === 13 || n === 21) rare.push(await record(1, { component: 'c1', country: 'ES,AR' }));
      }
      await indexAll();
    }, 60_000);

    /** What the store was asked for meanwhile. */
    const eventsRead = async (ask: () => Promise<unknown>) => {
      const reading = jest.spyOn(store, 'readAll');
      await ask();
      const read = await Promise.all(reading.mock.results.map(({ value }) => value as ReturnType<PostgresStore['readAll']>));
      reading.mockRestore();
      return { calls: read.length, events: read.reduce((sum, { length }) => sum + length, 0) };
    };

    it('lets one answer name the few events of a rare dimension, and reads only their chunks and what is behind the last one', async () => {
      const chunks = new Chunks(database.pool, store);
      const filter = { dimensions: { country: 'AR' } };
      const cost = await eventsRead(async () => {
        const { events, upTo, more } = await stretch(store, 0n, 50, filter, chunks);
        expect({ names: events.map(nameOf), upTo, more }).toEqual({ names: rare, upTo: await store.head(), more: false });
      });
      expect(cost.calls).toBe(3);
      expect(cost.events).toBeLessThan(3 * chunks.size);
      const without = await eventsRead(async () => expect((await stretch(store, 0n, 50, filter)).events).toEqual([]));
      expect(without.events).toBe(5_000);
    });

    it('passes over everything where two dimensions never meet', async () => {
      const chunks = new Chunks(database.pool, store);
      const cost = await eventsRead(async () => {
        const { events, more } = await stretch(store, 0n, 50, { dimensions: { component: 'c2', country: 'AR' } }, chunks);
        expect({ events, more }).toEqual({ events: [], more: false });
      });
      // In the chunk around the second both are, apart.
      expect(cost.events).toBeLessThan(4 * chunks.size);
    });

    it('spares a subscription what it is not for, also what is to be replayed', async () => {
      const claims = new Claims(database.pool, store, placesIn(store), () => new Date(), 10);
      const of = { ...everything, filter: { dimensions: { country: 'AR' } } };
      const cost = await eventsRead(async () => {
        const { id, names } = await handed(claims, of, asking('one'));
        expect(names).toEqual(rare);
        await claims.finish(of, id);
        const again = { ...of, replays: 1, replayed: [{ replay: 1 }] };
        expect((await handed(claims, again, asking('one'))).names).toEqual(rare);
      });
      expect(cost.events).toBeLessThan(10 * 250);
    });

    it('is read through its key', async () => {
      await database.pool.query('vacuum analyze delivery.chunk');
      const client = await database.pool.connect();
      await client.query(`set plan_cache_mode = force_generic_plan; prepare plan as ${nextChunk.text}`);
      const { rows } = await client.query<{ 'QUERY PLAN': string }>(
        `explain execute plan ('${await store.epoch()}', '{country,component}', '{AR,c1}', 100)`,
      );
      await client.query('deallocate plan');
      client.release();
      const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
      expect(plan).toContain('Index Only Scan using chunk_pkey on chunk');
      expect(plan).not.toContain('Seq Scan on chunk');
    });
  });
});
