import { Client } from 'pg';
import { freshDatabase } from '../cluster/database';
import { event, events, everything, fresh, isEvent, settled, take } from './events';
import { gated } from './gated';
import { breaches } from './history-checker';
import { Recorder } from './recorder';

describe('what readers of PostgreSQL see while commits are held open', () => {
  const { database, gate, open } = gated({ pollEvery: 5 });

  it('is nothing of what comes after the first that is held, for any reader, by any filter; then all, in order', async () => {
    const [reader, recorder] = [open(), new Recorder()];
    await recorder.append('before', reader, fresh(), [event('Held'), event('Quick')], 'none');
    const before = await reader.head();
    const filters = [undefined, { types: ['Quick'] }, { kinds: ['call'] }, { kinds: ['pairing'], types: ['Quick', 'Held'] }];
    let end: bigint | undefined = undefined;
    const followers = filters.map((filter, n) => recorder.follow(`follower ${n}`, open, 0n, () => end, filter));
    await gate().shut();
    // The first takes the lock on the counter and keeps it; each of the others is another process that waits behind it.
    const under = [recorder.append('held', open(), fresh(), [gate().held()], 'none')];
    await gate().blocked(1);
    for (const [n, kind] of ['pairing', 'call', 'pairing'].entries()) {
      const written = n === 1 ? [gate().held(), event('Quick')] : events(2, 'Quick');
      under.push(recorder.append(`process ${n}`, open(), fresh(kind), written, 'none'));
      await gate().blocked(n + 2);
    }
    for (const store of [reader, open()]) {
      expect(await store.head()).toBe(before);
      for (const filter of filters) {
        expect(await store.readAll(before, 10, filter)).toEqual([]);
        expect(await store.countAfter(before, filter)).toBe(0);
        const [first] = await take(
          store.subscribe(before, { ...(filter && { filter }), signal: new AbortController().signal }),
          () => true,
        );
        expect(first).toEqual({ is: 'caught-up', position: before });
      }
    }
    await gate().open();
    await Promise.all(under);
    end = await reader.head();
    await recorder.append('last', reader, fresh('party'), [event()], 'none');
    await Promise.all(followers);
    expect((await everything(reader, before)).map(({ position }) => position - before)).toEqual([1n, 2n, 3n, 4n, 5n, 6n, 7n, 8n]);
    expect(breaches(await recorder.history(reader, { dense: true, times: true }))).toEqual([]);
  });

  it('is never an event of an append whose session ended before its commit', async () => {
    const reader = open();
    const before = await reader.head();
    await gate().shut();
    const lost = settled([open().append(fresh(), [gate().held()], 'none')]);
    await gate().blocked(1);
    const waiting = open().append(fresh(), [event('Quick')], 'none');
    const [first] = await gate().blocked(2);
    expect(first).toBeDefined();
    await gate().terminateHeld();
    await lost;
    await gate().open();
    expect((await waiting).position).toBe(before + 1n);
    expect((await everything(reader, before)).map(({ type }) => type)).toEqual(['Quick']);
  });

  it.each(['in another database of the server', 'in the same database'])(
    'is everything, whatever transaction stays open %s',
    async (where) => {
      const other = await freshDatabase();
      const session = new Client({ connectionString: where.startsWith('in another') ? other.url : database().url });
      await session.connect();
      const reader = open();
      // A dump's snapshot, and an identity of its own: what horizons look at.
      await session.query('begin isolation level repeatable read');
      await session.query('select count(*) from store.events');
      await session.query('select pg_current_xact_id()');
      const before = await reader.head();
      const following = take(
        reader.subscribe(before, { signal: new AbortController().signal }),
        (taken) => taken.filter(isEvent).length === 20,
      );
      for (let n = 0; n < 20; n += 1) {
        const { position } = await open().append(fresh(), [event()], 'none');
        expect([await reader.head(), await reader.countAfter(before)]).toEqual([position, n + 1]);
        expect(await reader.readAll(before, 100)).toHaveLength(n + 1);
      }
      expect((await following).filter(isEvent)).toHaveLength(20);
      const { rows } = await session.query<{ seen: string }>('select count(*)::text as seen from store.events');
      expect(Number(rows[0]!.seen)).toBe(where.startsWith('in another') ? 0 : Number(before));
      await session.query('rollback');
      await session.end();
      await other.drop();
    },
  );

  it('is what was written once though the server found a deadlock, or a conflict, and rolled it back', async () => {
    await gate().write(`
      create sequence failures;
      create function fail() returns trigger language plpgsql as $$
      begin
        if nextval('failures') <= 4 then raise 'again' using errcode = (array['40P01', '40001'])[1 + currval('failures') % 2]; end if;
        return new;
      end $$;
      create trigger fail before insert on store.events for each row when (new.data like '%"twice"%') execute function fail();`);
    const store = open();
    const streams = [fresh(), fresh(), fresh()];
    await Promise.all(streams.map((stream) => store.append(stream, [event('Held', { state: 'twice' })], 'none')));
    for (const stream of streams) expect(await store.read(stream)).toHaveLength(1);
    const { rows } = await database().pool.query<{ failed: string }>('select last_value::text as failed from failures');
    // Four failures, each of which rolled back three events or fewer, and three that were stored.
    expect(Number(rows[0]!.failed)).toBe(7);
  });

  it('is what was written once though two processes really waited for each other', async () => {
    const [one, two] = [fresh(), fresh()].toSorted();
    const store = open();
    await store.append(one!, [event()], 'none');
    await store.append(two!, [event()], 'none');
    const rival = new Client({ connectionString: database().url });
    await rival.connect();
    // It never looks for a deadlock itself: the store's statement is the one that is rolled back.
    await rival.query(`set deadlock_timeout = '1min'`);
    await rival.query('begin');
    await rival.query('select from store.streams where name = $1 for update', [two]);
    const both = Promise.all([store.append(one!, [event()], 0), store.append(two!, [event()], 0)]);
    await gate().blocked(1);
    const waits = rival.query('select from store.streams where name = $1 for update', [one]);
    // Granted only because the store's statement was rolled back; it tries again meanwhile.
    await waits;
    await rival.query('commit');
    await rival.end();
    expect((await both).map(({ revision }) => revision)).toEqual([1, 1]);
  });
});
