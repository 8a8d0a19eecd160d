import { type Claim, Claims } from '../../src/delivery/claims';
import { takeUp } from '../../src/delivery/endpoint';
import { type Became, putDown } from '../../src/delivery/sent';
import type { Standing } from '../../src/delivery/subscriptions';
import { PostgresStore } from '../../src/store/postgres';
import { type Database, freshDatabase } from '../cluster/database';
import { tell } from './recorded';
import { until } from './senders';
import { asking, everything, handed, placesIn } from './subscribers';

const second = 1_000;

describe('what became of events that were sent', () => {
  const of = { ...everything, owner: 'someone', takenUp: 0 } as Standing;
  let database: Database;
  let store: PostgresStore;
  let claims: Claims;
  let now: Date;
  beforeEach(async () => {
    database = await freshDatabase();
    store = new PostgresStore({ url: database.url });
    now = new Date('2026-01-01T00:00:00Z');
    claims = new Claims(database.pool, store, placesIn(store), () => now, 10);
  });
  afterEach(async () => {
    await store.close();
    await database.drop();
  });

  const record = async (...streams: readonly string[]) => {
    for (const stream of streams) await tell(store, { stream, type: 'MissionHeld' });
  };
  const claim = async (limit = 100): Promise<Claim> => (await claims.claim(everything, asking('one', { limit })))!;
  const later = (ms: number) => new Date(now.getTime() + ms);
  const failed: Became = {
    is: 'failed',
    error: 'answered 500',
    get again() {
      return later(5 * second);
    },
  };
  const rests = () => [60, 120, 240].map((seconds) => later(seconds * second));
  const put = (of: Standing, { id, events }: Claim, becameOf: readonly (Became | undefined)[], rest?: Date) => {
    const sent = becameOf.flatMap((became, nth) => {
      if (!became) return [];
      const { event, attempts } = events[nth]!;
      const { position, stream, revision } = event;
      const attempt = {
        at: now,
        what: 'event' as const,
        stream,
        revision,
        attempt: attempts + 1,
        status: became.is === 'done' ? 204 : 500,
        ms: 1,
      };
      return [{ claim: id, position, became, attempt: became.is === 'returned' ? undefined : attempt, rest }];
    });
    return putDown(database.pool, of, sent, now, rests());
  };
  const done: Became = { is: 'done' };
  const rows = async (sql: string) => (await database.pool.query<Record<string, unknown>>(sql)).rows;
  const waiting = () =>
    rows(
      `select stream || '@' || revision as event, attempts, error, nullif(again_at, '-infinity') as again, parked_at is not null as parked
       from delivery.waiting order by position`,
    );
  const faring = async () =>
    (
      await rows(
        `select failures, failing_since as since, nullif(greatest(rest_until, asked_until), '-infinity') as rest, last_error as error from delivery.progress`,
      )
    )[0];

  it('is believed only of whoever still has them', async () => {
    await record('pairing-a', 'pairing-b');
    const one = await claim();
    await database.pool.query(`update delivery.claim set until = '-infinity'`);
    const two = await claim();
    expect([...(await put(of, one, [done])).held]).toEqual([]);
    expect([...(await put(of, two, [done])).held]).toEqual([two.id]);
    expect(await rows('select c.streams, (select count(*)::int from delivery.attempt) as attempts from delivery.claim c')).toEqual([
      { streams: ['pairing-b'], attempts: 1 },
    ]);
  });

  it('makes one that failed wait for its time, with what is behind it in its stream, and leaves the others in hand', async () => {
    await record('pairing-a', 'pairing-b', 'pairing-a', 'pairing-b');
    await put(of, await claim(), [failed]);
    expect(await waiting()).toEqual([
      { event: 'pairing-a@0', attempts: 1, error: 'answered 500', again: later(5 * second), parked: false },
      { event: 'pairing-a@1', attempts: 0, error: null, again: null, parked: false },
    ]);
    expect(await rows('select streams, revisions from delivery.claim')).toEqual([
      { streams: ['pairing-b', 'pairing-b'], revisions: [0, 1] },
    ]);
    expect(await rows('select attempt, status from delivery.attempt')).toEqual([{ attempt: 1, status: 500 }]);
  });

  it('of several claims at once is put down together: done, failed, set aside, and given back unsent', async () => {
    await record('pairing-a', 'pairing-b', 'pairing-c', 'pairing-d');
    const [one, two] = [await claim(2), await claim(2)];
    const sent = [
      ...one.events.map(({ event }, nth) => ({ claim: one.id, position: event.position, became: nth === 0 ? done : failed })),
      { claim: two.id, position: two.events[0]!.event.position, became: { is: 'parked' as const, error: 'answered 400' } },
      { claim: two.id, position: two.events[1]!.event.position, became: { is: 'returned' as const } },
    ].map((each) => ({ ...each, attempt: undefined, rest: undefined }));
    const { held } = await putDown(database.pool, of, sent, now, rests());
    expect([...held].sort()).toEqual([one.id, two.id].sort());
    expect(await rows('select from delivery.claim')).toEqual([]);
    expect((await waiting()).map(({ event, attempts, parked }) => [event, attempts, parked])).toEqual([
      ['pairing-b@0', 1, false],
      ['pairing-c@0', 1, true],
      ['pairing-d@0', 0, false],
    ]);
    expect((await handed(claims, everything, asking('two'))).names).toEqual(['pairing-d@0']);
  });

  it('leaves an endpoint alone for longer and longer from the fifth failure in a row on, and takes up all that waits once one arrives', async () => {
    await record('pairing-a');
    const fail = async () => {
      await database.pool.query(`update delivery.waiting set again_at = '-infinity'`);
      return put(of, await claim(), [failed]);
    };
    for (let nth = 0; nth < 4; nth += 1) expect((await fail()).failingSince).toEqual(now);
    expect(await faring()).toMatchObject({ failures: 4, rest: null, error: 'answered 500' });
    for (const rest of [...rests(), rests()[2]]) {
      await fail();
      expect(await faring()).toMatchObject({ rest });
    }
    await record('pairing-b');
    const next = await claim();
    expect(next.events.map(({ event }) => event.stream)).toEqual(['pairing-b']);
    expect((await put(of, next, [done])).failingSince).toBeUndefined();
    expect(await faring()).toEqual({ failures: 0, since: null, rest: null, error: 'answered 500' });
    expect(await waiting()).toEqual([expect.objectContaining({ event: 'pairing-a@0', again: null })]);
  });

  it('is no failure of the endpoint where one of them arrived', async () => {
    await record('pairing-a', 'pairing-b');
    await put(of, await claim(), [failed, done]);
    expect(await faring()).toEqual({ failures: 0, since: null, rest: null, error: 'answered 500' });
  });

  it('keeps to the time for which an endpoint asked to be left alone, also where others arrived meanwhile', async () => {
    await record('pairing-a', 'pairing-b', 'pairing-c');
    const all = await claim();
    const rest = later(3600 * second);
    await put(of, all, [failed, done], rest);
    expect(await faring()).toMatchObject({ failures: 0, rest });
    now = later(2 * second);
    await put(of, all, [undefined, undefined, done]);
    expect(await faring()).toMatchObject({ rest });
  });

  it('keeps to it also where it had failed again and again before one arrived', async () => {
    await record('pairing-a', 'pairing-b');
    const all = await claim();
    const rest = later(3600 * second);
    await database.pool.query('update delivery.progress set failures = 7');
    await put(of, all, [failed], rest);
    await put(of, all, [undefined, done]);
    expect(await faring()).toMatchObject({ failures: 0, rest });
  });

  it('wakes nothing that waits for its time where an endpoint that did not fail again and again takes another', async () => {
    await record('pairing-a', 'pairing-b', 'pairing-c');
    const all = await claim();
    await put(of, all, [failed]);
    await put(of, all, [undefined, done]);
    expect(await waiting()).toEqual([expect.objectContaining({ event: 'pairing-a@0', again: later(5 * second) })]);
  });

  it('says nothing of an endpoint that deliveries were taken up with anew meanwhile', async () => {
    await record('pairing-a', 'pairing-b');
    const all = await claim();
    await put(of, all, [failed]);
    const anew = { ...of, takenUp: 1 };
    await takeUp(database.pool, anew);
    expect(await faring()).toEqual({ failures: 0, since: null, rest: null, error: null });
    expect(await waiting()).toEqual([expect.objectContaining({ event: 'pairing-a@0', again: null })]);
    await put(of, all, [undefined, failed], later(3600 * second));
    expect(await faring()).toEqual({ failures: 0, since: null, rest: null, error: null });
    await put(anew, await claim(), [failed]);
    expect(await faring()).toMatchObject({ failures: 1 });
  });

  it('is not believed of a claim that is just being taken from whoever had it', async () => {
    await record('pairing-a');
    const one = await claim();
    const taking = await database.pool.connect();
    try {
      await taking.query('begin');
      await taking.query('delete from delivery.claim');
      const putting = put(of, one, [done]);
      await until(async () => (await rows('select from pg_locks where not granted')).length > 0);
      await taking.query('commit');
      expect([...(await putting).held]).toEqual([]);
    } finally {
      taking.release();
    }
    expect(await rows('select from delivery.attempt')).toEqual([]);
  });
});
