import { v4 } from 'uuid';
import { Claims, NoSuchClaim, NotInClaim, type Outcome } from '../../src/delivery/claims';
import { Live } from '../../src/delivery/live';
import { Pulling } from '../../src/delivery/pulling';
import { LostPlace, type Subscribed } from '../../src/delivery/subscribed';
import { namedEvent } from '../../src/kernel/fields-events';
import { timing } from '../../src/puente';
import { PostgresStore } from '../../src/store/postgres';
import { renewEpoch } from '../../src/store/postgres-schema';
import { type Database, freshDatabase } from '../cluster/database';
import { metadata } from '../stores/events';
import { tell } from './recorded';
import { asking, everything, handed, placesIn } from './subscribers';

/** Before an event is set aside. */
const attempts = 10;

describe('the hands that events of a subscription are in', () => {
  let database: Database;
  let store: PostgresStore;
  let claims: Claims;
  let now: Date;
  beforeEach(async () => {
    database = await freshDatabase();
    store = new PostgresStore({ url: database.url });
    now = new Date('2026-01-01T00:00:00Z');
    claims = new Claims(database.pool, store, placesIn(store), () => now, attempts);
  });
  afterEach(async () => {
    await store.close();
    await database.drop();
  });

  const record = async (...streams: readonly string[]) => {
    for (const stream of streams) await tell(store, { stream, type: 'MissionHeld', dimensions: { component: stream.slice(-1) } });
  };
  const recordMany = (stream: string, count: number) =>
    store.append(
      stream,
      Array.from({ length: count }, () => ({ id: v4(), type: 'Imagined', data: {}, metadata })),
      'none',
    );
  const replayed: Subscribed = { ...everything, replays: 1, replayed: [{ replay: 1, since: '2020-01-01T00:00:00Z' }] };
  const settle = (of: Subscribed, claim: string, name: string, outcome: Outcome) => {
    const [stream, revision] = name.split('@');
    return claims.settle(of, claim, [{ stream: stream!, revision: Number(revision), outcome }]);
  };
  const expireAll = () => database.pool.query(`update delivery.claim set until = '-infinity'`);

  it('are given events in the order of the log, each once', async () => {
    await record('pairing-a', 'pairing-b', 'pairing-a');
    const first = await handed(claims, everything, asking('one', { limit: 2 }));
    expect(first.names).toEqual(['pairing-a@0', 'pairing-b@0']);
    await claims.finish(everything, first.id);
    const second = await handed(claims, everything, asking('one'));
    expect(second.names).toEqual(['pairing-a@1']);
    await claims.finish(everything, second.id);
    expect((await handed(claims, everything, asking('one'))).names).toEqual([]);
    await record('pairing-b');
    expect((await handed(claims, everything, asking('one'))).names).toEqual(['pairing-b@1']);
  });

  it('are those of one worker at a time for one stream: what comes after waits, and the others go on', async () => {
    await record('pairing-a', 'pairing-a', 'pairing-b', 'pairing-a', 'pairing-c');
    const one = await handed(claims, everything, asking('one', { limit: 1 }));
    expect(one.names).toEqual(['pairing-a@0']);
    const two = await handed(claims, everything, asking('two'));
    expect(two.names).toEqual(['pairing-b@0', 'pairing-c@0']);
    expect((await handed(claims, everything, asking('three'))).names).toEqual([]);
    await claims.finish(everything, one.id);
    expect((await handed(claims, everything, asking('three'))).names).toEqual(['pairing-a@1', 'pairing-a@2']);
  });

  it('are given what is free behind however many events of streams that somebody has', async () => {
    await record(...Array.from({ length: 20 }, (_, nth) => `pairing-${nth % 2}`), 'pairing-b', 'pairing-0', 'pairing-c');
    const one = await handed(claims, everything, asking('one', { limit: 2 }));
    expect(one.names).toEqual(['pairing-0@0', 'pairing-1@0']);
    const two = await handed(claims, everything, asking('two', { limit: 1 }));
    expect(two.names).toEqual(['pairing-b@0']);
    expect((await handed(claims, everything, asking('three', { limit: 1 }))).names).toEqual(['pairing-c@0']);
    await claims.finish(everything, two.id);
    await claims.finish(everything, one.id);
    const rest = await handed(claims, everything, asking('four', { limit: 100 }));
    expect(rest.names).toHaveLength(19);
    expect(rest.names.at(-1)).toBe('pairing-0@10');
  });

  it('pass on what a lost worker had, and take nothing more from it', async () => {
    await record('pairing-a', 'pairing-b');
    const one = await handed(claims, everything, asking('one'));
    await expireAll();
    const two = await claims.claim(everything, asking('two'));
    expect(two!.events.map(({ event, attempts }) => [event.stream, attempts])).toEqual([
      ['pairing-a', 1],
      ['pairing-b', 1],
    ]);
    await expect(claims.finish(everything, one.id)).rejects.toThrow(NoSuchClaim);
    await expect(claims.extend(everything, one.id, 1_000)).rejects.toThrow(NoSuchClaim);
    await claims.extend(everything, two!.id, 1_000);
  });

  it('hand out by itself what was lost again and again, so that the others are not held back, and set it aside in the end', async () => {
    await record('pairing-a', 'pairing-b');
    for (let lost = 0; lost < 3; lost += 1) {
      expect((await handed(claims, everything, asking('one'))).names).toEqual(['pairing-a@0', 'pairing-b@0']);
      await expireAll();
    }
    for (let lost = 3; lost < 10; lost += 1) {
      expect((await handed(claims, everything, asking('one'))).names).toEqual(['pairing-a@0']);
      const other = await handed(claims, everything, asking('two'));
      expect(other.names).toEqual(lost === 3 ? ['pairing-b@0'] : []);
      if (other.id) await claims.finish(everything, other.id);
      await expireAll();
    }
    expect((await handed(claims, everything, asking('one'))).names).toEqual([]);
    const { rows } = await database.pool.query('select stream, attempts, parked_at is not null as parked from delivery.waiting');
    expect(rows).toEqual([{ stream: 'pairing-a', attempts: 10, parked: true }]);
  });

  it('are given what failed when its worker says, or by the schedule, and no more where it was in vain as often as that has attempts', async () => {
    const schedule = [0, 60_000, 600_000, 600_000];
    const pulled = new Claims(database.pool, store, placesIn(store), () => now, schedule.length);
    const live = new Live(store, timing, () => undefined);
    const pulling = new Pulling({ claims: pulled, live, timing, now: () => now, chance: () => 0.5, schedule });
    await record('pairing-a', 'pairing-b');
    const failAll = async (seconds?: number) => {
      const { id, names } = await handed(pulled, everything, asking('one'));
      const failed = names.map((name) => ({ ...namedEvent(name)!, error: 'closed', seconds }));
      await pulling.acknowledge(everything, id, failed);
      return names;
    };
    const later = (seconds: number) => (now = new Date(now.getTime() + seconds * 1_000));
    const both = ['pairing-a@0', 'pairing-b@0'];
    expect(await failAll()).toEqual(both);
    later(59);
    expect((await handed(pulled, everything, asking('one'))).names).toEqual([]);
    later(1);
    expect(await failAll(5)).toEqual(both);
    later(5);
    // One that was not acknowledged counts as one that failed.
    expect((await handed(pulled, everything, asking('one'))).names).toEqual(both);
    await expireAll();
    const last = await handed(pulled, everything, asking('one', { limit: 1 }));
    expect(last.names).toEqual(['pairing-a@0']);
    expect(await failAll(5)).toEqual(['pairing-b@0']);
    await expireAll();
    later(600);
    expect((await handed(pulled, everything, asking('one'))).names).toEqual([]);
    const { rows } = await database.pool.query(
      'select stream, attempts, parked_at is not null as parked from delivery.waiting order by stream',
    );
    expect(rows).toEqual([
      { stream: 'pairing-a', attempts: 4, parked: true },
      { stream: 'pairing-b', attempts: 4, parked: true },
    ]);
  });

  it('hold back a stream behind an event that failed until its time has come, and no other stream', async () => {
    await record('pairing-a', 'pairing-b', 'pairing-a');
    const one = await handed(claims, everything, asking('one'));
    await settle(everything, one.id, 'pairing-b@0', { is: 'done' });
    await settle(everything, one.id, 'pairing-a@0', { is: 'failed', error: 'closed', again: new Date('2026-01-01T00:05:00Z') });
    await record('pairing-a', 'pairing-b');
    expect((await handed(claims, everything, asking('two'))).names).toEqual(['pairing-b@1']);
    now = new Date('2026-01-01T00:05:00Z');
    const again = await claims.claim(everything, asking('two'));
    expect(again!.events.map(({ event, attempts }) => [event.revision, attempts])).toEqual([
      [0, 1],
      [1, 0],
      [2, 0],
    ]);
  });

  it('keep all that they hold where something else is said to be settled', async () => {
    await record('pairing-a', 'pairing-b', 'pairing-a');
    const { id } = await handed(claims, everything, asking('one', { limit: 2 }));
    const failed: Outcome = { is: 'failed', error: 'closed', again: now };
    for (const name of ['pairing-a@1', 'pairing-z@0']) {
      const settled = ['pairing-b@0', name].map((each) => ({ ...namedEvent(each)!, outcome: failed }));
      await expect(claims.settle(everything, id, settled, undefined, 'done')).rejects.toThrow(NotInClaim);
    }
    const { rows } = await database.pool.query('select streams, revisions from delivery.claim');
    expect(rows).toEqual([{ streams: ['pairing-a', 'pairing-b'], revisions: [0, 0] }]);
    const { rows: waiting } = await database.pool.query('select from delivery.waiting');
    expect(waiting).toEqual([]);
  });

  it('leave a parked stream alone for good', async () => {
    await record('pairing-a', 'pairing-a', 'pairing-b');
    const one = await handed(claims, everything, asking('one'));
    await settle(everything, one.id, 'pairing-a@0', { is: 'parked', error: 'unreadable' });
    await settle(everything, one.id, 'pairing-b@0', { is: 'done' });
    await record('pairing-a', 'pairing-b');
    expect((await handed(claims, everything, asking('one'))).names).toEqual(['pairing-b@1']);
  });

  it('start where the subscription was said to start, and again where it was moved to', async () => {
    await record('pairing-a', 'pairing-b', 'pairing-a');
    const after: Subscribed = { ...everything, start: { after: 'pairing-b@0' } };
    expect((await handed(claims, after, asking('one'))).names).toEqual(['pairing-a@1']);
    const moved: Subscribed = { ...everything, starts: 2 };
    const all = await handed(claims, moved, asking('one'));
    expect(all.names).toEqual(['pairing-a@0', 'pairing-b@0', 'pairing-a@1']);
    await claims.finish(moved, all.id);
    const since: Subscribed = { ...everything, starts: 3, start: { since: (await store.read('pairing-b'))[0]!.recordedAt } };
    expect((await handed(claims, since, asking('one'))).names).toContain('pairing-b@0');
    // One that has not heard of the move yet leaves it alone.
    expect((await handed(claims, moved, asking('one'))).names).toEqual([]);
    await expect(handed(claims, { ...everything, starts: 4, start: { after: 'pairing-z@0' } }, asking('one'))).rejects.toThrow(LostPlace);
  });

  it('take only what passes', async () => {
    await record('pairing-a', 'pairing-b', 'pairing-a');
    const of: Subscribed = { ...everything, filter: { dimensions: { component: 'b' } } };
    expect((await handed(claims, of, asking('one'))).names).toEqual(['pairing-b@0']);
  });

  it('are given once more what was ordered to be replayed, some or a range, behind nothing and before what comes', async () => {
    await record('pairing-a', 'pairing-b', 'pairing-a');
    const one = await handed(claims, everything, asking('one'));
    await claims.finish(everything, one.id);
    const some: Subscribed = { ...everything, replays: 1, replayed: [{ replay: 1, events: ['pairing-a@1', 'pairing-z@9'] }] };
    const again = await claims.claim(some, asking('one'));
    expect(again!.events.map(({ event, replay }) => [`${event.stream}@${event.revision}`, replay])).toEqual([['pairing-a@1', true]]);
    await claims.finish(some, again!.id);
    expect((await handed(claims, some, asking('one'))).names).toEqual([]);
    const range: Subscribed = { ...some, replays: 2, replayed: [...some.replayed, { replay: 2, since: '2020-01-01T00:00:00Z' }] };
    await record('pairing-c');
    const all = await handed(claims, range, asking('one'));
    expect(all.names).toEqual(['pairing-a@0', 'pairing-b@0', 'pairing-a@1', 'pairing-c@0']);
  });

  it.each<[string, Outcome]>([
    ['was set aside', { is: 'parked', error: 'unreadable' }],
    ['waits for its time', { is: 'failed', error: 'closed', again: new Date('2026-01-01T10:00:00Z') }],
  ])('are given the replay of all other streams where an event %s, and the rest of its stream in order after it', async (_, stopping) => {
    const behind = 1_100;
    await recordMany('pairing-a', behind);
    await record('pairing-b', 'pairing-b');
    const before = await handed(claims, everything, asking('one', { limit: behind + 2 }));
    await claims.finish(everything, before.id);
    const first = await handed(claims, replayed, asking('one', { limit: behind }));
    await settle(replayed, first.id, 'pairing-a@0', stopping);
    const others: string[] = [];
    for (let turn = 0; turn < 4; turn += 1) {
      const { id, names } = await handed(claims, replayed, asking('one'));
      others.push(...names);
      if (id) await claims.finish(replayed, id);
    }
    expect(others).toEqual(['pairing-b@0', 'pairing-b@1']);
    await database.pool.query(`update delivery.waiting set parked_at = null, again_at = '-infinity'`);
    const rest = await handed(claims, replayed, asking('one', { limit: behind }));
    expect(rest.names).toEqual(Array.from({ length: behind }, (_each, revision) => `pairing-a@${revision}`));
  });

  it('are given no more of a replay than may wait, so that what is new is handed out behind a stream that is stopped', async () => {
    await recordMany('pairing-a', 2);
    const before = await handed(claims, everything, asking('one'));
    await claims.finish(everything, before.id);
    await database.pool.query(
      `insert into delivery.waiting (subscription, position, stream, revision, parked_at, replay)
       select 'everything', 1000000 + n, 'pairing-z', n, '2026-01-01', true from generate_series(1, 10000) n`,
    );
    await record('pairing-b');
    expect((await handed(claims, replayed, asking('one'))).names).toEqual(['pairing-b@0']);
    const { rows } = await database.pool.query('select count(*)::integer as waiting from delivery.waiting');
    expect(rows).toEqual([{ waiting: 10_000 }]);
  });

  it('go on behind the last event that was handed out where the same events have other positions', async () => {
    await record('pairing-a', 'pairing-b', 'pairing-c');
    const one = await handed(claims, everything, asking('one', { limit: 2 }));
    await settle(everything, one.id, 'pairing-a@0', { is: 'failed', error: 'closed', again: now });
    await settle(everything, one.id, 'pairing-b@0', { is: 'done' });
    await renewEpoch(database.pool);
    const other = new PostgresStore({ url: database.url });
    const there = new Claims(database.pool, other, placesIn(other), () => now, attempts);
    expect((await handed(there, everything, asking('two'))).names).toEqual(['pairing-a@0', 'pairing-c@0']);
    await other.close();
  });

  it('lose, double and disorder nothing among many workers of two processes that fail, die and share', async () => {
    const processes = [claims, new Claims(database.pool, store, placesIn(store), () => now, attempts)] as const;
    const streams = Array.from({ length: 12 }, (_, i) => `pairing-${i}`);
    for (let round = 0; round < 10; round += 1) await Promise.all(streams.map((stream) => record(stream)));
    const seen = new Map<string, number[]>();
    let left = 120;
    let turns = 0;
    const work = async (worker: string, nth: number) => {
      const own = processes[nth % 2]!;
      while (left > 0) {
        const claim = await own.claim(everything, asking(worker, { limit: 7 }));
        turns += 1;
        if (!claim) {
          await expireAll();
          continue;
        }
        const done: Parameters<Claims['settle']>[2][number][] = [];
        const failed = new Set<string>();
        const dies = turns % 11 === 3;
        for (const { event } of claim.events) {
          const { stream, revision } = event;
          if (failed.has(stream)) continue;
          if ((revision + turns) % 5 === 0) {
            failed.add(stream);
            done.push({ stream, revision, outcome: { is: 'failed', error: 'no', again: now } });
          } else done.push({ stream, revision, outcome: { is: 'done' } });
        }
        if (dies) {
          await database.pool.query(`update delivery.claim set until = '-infinity' where id = $1`, [claim.id]);
          continue;
        }
        try {
          await own.settle(everything, claim.id, done);
        } catch (error) {
          // Another worker took it for lost.
          if (error instanceof NoSuchClaim) continue;
          throw error;
        }
        for (const { stream, revision, outcome } of done)
          if (outcome.is === 'done') {
            seen.set(stream, [...(seen.get(stream) ?? []), revision]);
            left -= 1;
          }
      }
    };
    await Promise.all(['one', 'two', 'three', 'four'].map(work));
    for (const stream of streams) expect([stream, seen.get(stream)]).toEqual([stream, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]]);
    const { rows } = await database.pool.query(
      'select (select count(*) from delivery.waiting)::int as waiting, (select count(*) from delivery.claim)::int as held',
    );
    expect(rows).toEqual([{ waiting: 0, held: 0 }]);
  });
});
