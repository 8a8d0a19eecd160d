import { Pool } from 'pg';
import { compareStores, copyStore, type CopyTarget, OtherEvents, StoresDiffer, type WalkOptions } from '../../src/store/copying';
import { largestEvent } from '../../src/store/door';
import { EventStoreDbStore } from '../../src/store/eventstoredb';
import { EventStoreDbCopyTarget } from '../../src/store/eventstoredb-copy';
import { BadAppend, type EventStore, OutcomeUnknown, type Recorded } from '../../src/store/port';
import { PostgresStore } from '../../src/store/postgres';
import { PostgresCopyTarget } from '../../src/store/postgres-copy';
import { freshDatabase } from '../cluster/database';
import { event, events, everything, fresh } from './events';
import { EventStoreDbDouble } from './eventstoredb-double';

const patient: WalkOptions = { pause: () => Promise.resolve() };

/** A store that can be read and copied into, and what it takes to make it strange. */
interface Side extends CopyTarget {
  readonly pool?: Pool;
  /** As whoever opens the store now is told. */
  readonly epoch: () => Promise<string>;
}

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

const postgres = async (): Promise<Side> => {
  const database = await freshDatabase();
  const { url, pool } = database;
  const store = new PostgresStore({ url });
  const target = new PostgresCopyTarget(store, pool, url);
  closing.push(
    () => database.drop(),
    () => store.close(),
    () => target.close(),
  );
  const epoch = async () => {
    const opened = new PostgresStore({ url });
    return opened.epoch().finally(() => opened.close());
  };
  return { store, pool, epoch, write: (...asked) => target.write(...asked), renewEpoch: () => target.renewEpoch() };
};
const eventStoreDb = async (): Promise<Side> => {
  const double = await EventStoreDbDouble.start();
  const store = new EventStoreDbStore({ url: double.url });
  const target = new EventStoreDbCopyTarget(store, double.url);
  closing.push(
    () => {
      double.kill();
      return Promise.resolve();
    },
    () => store.close(),
    () => target.close(),
  );
  return { store, epoch: () => store.epoch(), write: (asked) => target.write(asked), renewEpoch: () => target.renewEpoch() };
};
const sides = { PostgreSQL: postgres, EventStoreDB: eventStoreDb };
const ways = [
  ['PostgreSQL', 'EventStoreDB'],
  ['EventStoreDB', 'PostgreSQL'],
] as const;

/** Everything of an event but its position, which is the store's own. */
const told = async (store: EventStore) => (await everything(store)).map((event) => ({ ...event, position: undefined }));

/** Streams that lie among each other, one of a name and one with events as large as there can be. */
const fill = async (store: EventStore): Promise<void> => {
  const odd = `pairing-Ñandú 100% ☕/\\"'$all--${'x'.repeat(400)}`;
  const [one, other] = [fresh(), fresh('application')];
  for (let i = 0; i < 12; i += 1) {
    await store.append(one, events(2), i === 0 ? 'none' : 2 * i - 1);
    await store.append(
      other,
      [event('Noted', { i, text: 'naïve \\u0000 \u2028', nothing: null, deep: [{ b: 1, a: 1e21 }] })],
      i === 0 ? 'none' : i - 1,
    );
  }
  await store.append(odd, [event('Ñ', {})], 'none');
};

describe.each(ways)('a copy from %s to %s', (from, to) => {
  let source: Side;
  let target: Side;
  beforeEach(async () => {
    [source, target] = [await sides[from](), await sides[to]()];
  });

  it('has every event in its order, with its id, revision, time of recording, data and metadata', async () => {
    await fill(source.store);
    await source.store.append(fresh(), [event('Large', { text: 'é'.repeat((largestEvent - 500) / 2) })], 'none');
    await source.store.append(fresh(), [event('Large', { text: 'x'.repeat(largestEvent - 500) })], 'none');
    const before = await target.epoch();
    const copied = await copyStore(source.store, target, patient);
    expect(await told(target.store)).toEqual(await told(source.store));
    expect(copied).toMatchObject({
      events: 39,
      streams: 5,
      copied: 39,
      behind: 0,
      digest: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    });
    expect(copied.epoch).not.toBe(before);
    expect(copied.epoch).toBe(await target.epoch());
    expect(await compareStores(source.store, target, patient)).toMatchObject({ events: 39, copied: 0, digest: copied.digest });
  });

  it('can be written to like any store, and goes on counting', async () => {
    const stream = fresh();
    await source.store.append(stream, events(3), 'none');
    await copyStore(source.store, target, patient);
    const before = await target.store.head();
    const appended = await target.store.append(stream, events(1), 2);
    expect(appended.revision).toBe(3);
    expect(appended.position).toBeGreaterThan(before);
    expect(appended.recordedAt >= (await source.store.read(stream)).at(-1)!.recordedAt).toBe(true);
  });

  it('recognises a repeat of what was appended to the source', async () => {
    const [stream, repeated] = [fresh(), events(2)];
    await source.store.append(stream, repeated, 'none');
    await copyStore(source.store, target, patient);
    expect((await target.store.append(stream, repeated, 'none')).revision).toBe(1);
    expect(await target.store.read(stream)).toHaveLength(2);
  });

  it.each([1, 2])('goes on after it died at its write %s, whether or not that was written', async (at) => {
    await fill(source.store);
    for (let i = 0; i < 3; i += 1) await source.store.append(fresh(), events(100), 'none');
    for (const written of [false, true]) {
      let writes = 0;
      const dying: CopyTarget = {
        ...target,
        write: async (asked, after) => {
          writes += 1;
          if (writes === at && !written) throw new Error('killed');
          await target.write(asked.slice(0, 50), after);
          if (writes === at) throw new Error('killed');
        },
      };
      await expect(copyStore(source.store, dying, patient)).rejects.toThrow('killed');
    }
    const there = (await everything(target.store)).length;
    const { copied } = await copyStore(source.store, target, patient);
    expect(there + copied).toBe(337);
    expect(await told(target.store)).toEqual(await told(source.store));
  });

  it('holds every event once where answers are lost, and where an event comes late', async () => {
    await fill(source.store);
    let writes = 0;
    const forgetful: CopyTarget = {
      ...target,
      write: async (asked, after) => {
        writes += 1;
        if (writes % 3 === 1) throw new OutcomeUnknown('silence');
        await target.write(asked.slice(0, 20), after);
        if (writes % 3 === 2) throw new OutcomeUnknown('silence');
        // As if the first attempt came only now.
        await target.write(asked.slice(0, 20), after);
      },
    };
    expect(await copyStore(source.store, forgetful, patient)).toMatchObject({ events: 37, copied: 37 });
    expect(await told(target.store)).toEqual(await told(source.store));
  });

  it('catches up with a source that goes on writing', async () => {
    await fill(source.store);
    let more = 0;
    const busy = async () => {
      if (more < 25) await source.store.append(fresh(), events((more += 1)), 'none');
    };
    const writing: EventStore = {
      ...bound(source.store),
      readAll: async (...asked) => {
        await busy();
        return source.store.readAll(...asked);
      },
    };
    const { events: copied, behind } = await copyStore(writing, target, patient);
    const recorded = await told(source.store);
    expect(await told(target.store)).toEqual(recorded.slice(0, copied));
    expect(copied + behind).toBe(recorded.length);
    expect(copied).toBeGreaterThan(37);
    expect(more).toBeGreaterThan(2);
  });

  it('says how many events the source recorded since', async () => {
    await source.store.append(fresh(), events(1), 'none');
    const writing: EventStore = {
      ...bound(source.store),
      countAfter: async (...asked) => {
        await source.store.append(fresh(), events(3), 'none');
        return source.store.countAfter(...asked);
      },
    };
    expect(await copyStore(writing, target, patient)).toMatchObject({ events: 31, behind: 3 });
  });

  it('is refused where the target holds other events, before anything is written or any position loses its meaning', async () => {
    await source.store.append(fresh(), events(2), 'none');
    await target.store.append(fresh(), events(1), 'none');
    const [epoch, before] = [await target.epoch(), await told(target.store)];
    await expect(copyStore(source.store, target, patient)).rejects.toThrow(OtherEvents);
    expect(await told(target.store)).toEqual(before);
    expect(await target.epoch()).toBe(epoch);
  });

  it('is refused where the target has gone on by itself', async () => {
    await source.store.append(fresh(), events(2), 'none');
    await copyStore(source.store, target, patient);
    await target.store.append('pairing-further', events(1), 'none');
    await expect(copyStore(source.store, target, patient)).rejects.toThrow(/goes on with pairing-further@0/);
    await source.store.append(fresh(), events(1), 'none');
    await expect(copyStore(source.store, target, patient)).rejects.toThrow(/pairing-further@0/);
  });

  it('keeps its epoch where there is nothing to copy', async () => {
    await source.store.append(fresh(), events(2), 'none');
    const { epoch } = await copyStore(source.store, target, patient);
    expect(await copyStore(source.store, target, patient)).toMatchObject({ copied: 0, epoch });
  });

  it('refuses a source in which events are gone', async () => {
    const stream = fresh();
    await source.store.append(stream, events(3), 'none');
    const scavenged: EventStore = {
      ...bound(source.store),
      readAll: async (...asked) => (await source.store.readAll(...asked)).filter(({ revision }) => revision !== 1),
    };
    await expect(copyStore(scavenged, target, patient)).rejects.toThrow(BadAppend);
  });

  it('comes back to where it came from, with what was recorded meanwhile', async () => {
    await fill(source.store);
    const first = await source.epoch();
    await copyStore(source.store, target, patient);
    const stream = fresh();
    await target.store.append(stream, events(5), 'none');
    const { copied, epoch } = await copyStore(target.store, source, patient);
    expect(copied).toBe(5);
    expect(await told(source.store)).toEqual(await told(target.store));
    expect(epoch).not.toBe(first);
  });
});

describe('a copy that was damaged', () => {
  const damage = {
    type: `class = (select number from store.classes where type = 'Ñ')`,
    recordedAt: `recorded_at = recorded_at - interval '1 ms'`,
    data: `data = '{"mission":"m-2"}'`,
    metadata: `metadata = replace(metadata, '2024-05', '2024-06')`,
  };

  it.each(Object.entries(damage))('is told by the event whose %s is another', async (what, change) => {
    const [source, target] = [await postgres(), await postgres()];
    await fill(source.store);
    await copyStore(source.store, target, patient);
    await target.pool!.query(`update store.events set ${change} where position = 31`);
    const { stream, revision } = (await everything(source.store))[30]!;
    const differs = { event: `${stream}@${revision}`, what: `has other ${what} in the target` };
    for (const walk of [compareStores, copyStore]) {
      const failure = await walk(source.store, target, patient).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(StoresDiffer);
      expect(failure).toMatchObject(differs);
    }
  });

  it('is told by the event that is gone', async () => {
    const [source, target] = [await postgres(), await postgres()];
    await source.store.append('pairing-a', events(9), 'none');
    await copyStore(source.store, target, patient);
    await target.pool!.query('delete from store.events where position = 5');
    await expect(compareStores(source.store, target, patient)).rejects.toThrow(/^pairing-a@4 is not in the target: pairing-a@5/);
    await target.pool!.query('delete from store.events where position >= 5');
    await expect(compareStores(source.store, target, patient)).rejects.toThrow('pairing-a@4 is missing in the target');
  });
});

describe('PostgreSQL as a target', () => {
  it('takes no event that was recorded before the one in front of it', async () => {
    const [source, target] = [await eventStoreDb(), await postgres()];
    const at = (recordedAt: string, revision: number): Recorded => ({
      ...event(),
      stream: 'pairing-late',
      revision,
      recordedAt,
      position: 0n,
    });
    await source.write([at('2026-01-01T00:00:00.002Z', 0), at('2026-01-01T00:00:00.001Z', 1)], 0n);
    await expect(copyStore(source.store, target, patient)).rejects.toThrow(
      /^pairing-late@1 was recorded at 2026-01-01T00:00:00.001Z, before/,
    );
    await target.write([at('2026-01-01T00:00:00.002Z', 0)], 0n);
    await expect(target.write([at('2026-01-01T00:00:00.001Z', 1)], 1n)).rejects.toThrow(BadAppend);
    expect(await everything(target.store)).toHaveLength(1);
  });

  it('takes nothing where somebody else wrote in between', async () => {
    const target = await postgres();
    await target.store.append('pairing-a', events(1), 'none');
    const [recorded] = await everything(target.store);
    await expect(target.write([{ ...recorded!, stream: 'pairing-b' }], 0n)).rejects.toThrow(/stands at 1 and not at 0/);
    expect(await target.store.read('pairing-b')).toEqual([]);
  });
});

/** The methods of a store, so that some of them can be replaced. */
const bound = (store: EventStore): EventStore => ({
  epoch: () => store.epoch(),
  append: (...asked) => store.append(...asked),
  read: (...asked) => store.read(...asked),
  readAll: (...asked) => store.readAll(...asked),
  head: () => store.head(),
  countAfter: (...asked) => store.countAfter(...asked),
  subscribe: (...asked) => store.subscribe(...asked),
  close: () => store.close(),
});
