import { Client } from 'pg';
import { BadAppend, OutcomeUnknown, Unavailable, WrongRevision } from '../../src/store/port';
import { reading } from '../../src/store/postgres-read';
import { event, events, everything, fresh, isEvent, settled, take } from './events';
import { gated } from './gated';

describe('the event store in PostgreSQL, when things go wrong', () => {
  const { database, gate, open } = gated();

  it('makes nobody pay for a neighbour whose event cannot be stored, and leaves no gap', async () => {
    const store = open();
    const outcomes = await settled(
      Array.from({ length: 100 }, (_, n) => store.append(fresh(), [n === 50 ? event('Broken', { state: 'broken' }) : event()], 'none')),
    );
    expect(outcomes.map((outcome, n) => (outcome instanceof BadAppend ? n : -1)).filter((n) => n >= 0)).toEqual([50]);
    expect(outcomes.filter((outcome) => outcome instanceof Error)).toHaveLength(1);
    expect(await store.head()).toBe(BigInt((await everything(store)).length));
  });

  it('says that it does not know when the connection breaks, and a repeat finds out', async () => {
    const store = open();
    const stream = fresh();
    const events = [gate().held()];
    await gate().shut();
    const lost = settled([store.append(stream, events, 'none')]);
    await gate().blocked(1);
    await gate().terminate();
    expect((await lost)[0]).toBeInstanceOf(OutcomeUnknown);
    await gate().open();
    const first = await store.append(stream, events, 'none');
    expect(await store.append(stream, events, 'none')).toEqual(first);
    expect(await store.read(stream)).toHaveLength(1);
  });

  it('gives up a server that does not answer, and a repeat gets the answer of the append that was written after all', async () => {
    const [impatient, patient] = [open({ deadline: 200 }), open()];
    const stream = fresh();
    const events = [gate().held()];
    await gate().shut();
    expect((await settled([impatient.append(stream, events, 'none')]))[0]).toBeInstanceOf(OutcomeUnknown);
    const repeat = patient.append(stream, events, 'none');
    await gate().open();
    expect(await repeat).toMatchObject({ revision: 0 });
    expect(await patient.read(stream)).toHaveLength(1);
  });

  it('says that nothing was written when it cannot be reached or was closed', async () => {
    const url = 'postgresql://puente@localhost:5432/puente?host=%2Fnowhere';
    const store = open({ url });
    await expect(store.append(fresh(), [event()], 'none')).rejects.toThrow(Unavailable);
    await expect(store.read(fresh())).rejects.toThrow(Unavailable);
    await expect(take(store.subscribe(0n, { signal: new AbortController().signal }), () => false)).rejects.toThrow(Unavailable);
    const closed = open();
    await closed.close();
    await expect(closed.append(fresh(), [event()], 'none')).rejects.toThrow(Unavailable);
  });

  it('goes on after its connections were cut while it was idle', async () => {
    const store = open({ lanes: 1, readers: 1 });
    const stream = fresh();
    await store.append(stream, [event()], 'none');
    await gate().terminate();
    const again = event();
    const repeatUntilKnown = async (): Promise<number> =>
      store.append(stream, [again], 0).then(
        ({ revision }) => revision,
        (error: unknown) => {
          if (error instanceof OutcomeUnknown) return repeatUntilKnown();
          throw error as Error;
        },
      );
    expect(await repeatUntilKnown()).toBe(1);
  });

  it('shares what waits among its connections, so that one batch is prepared while another is written; few go together', async () => {
    const sizes: number[] = [];
    const store = open({ lanes: 2, instruments: { batched: (appends) => sizes.push(appends) } });
    const together = (count: number) => Promise.all(Array.from({ length: count }, () => store.append(fresh(), [event()], 'none')));
    await together(40);
    await together(8);
    expect(sizes).toEqual([20, 20, 8]);
  });

  it('gives one time of recording to whoever reads an event and whoever repeats its append, also where a finer one is stored', async () => {
    const store = open();
    const [stream, events] = [fresh(), [event()]];
    await store.append(stream, events, 'none');
    await database().pool.query(`update store.events set recorded_at = '2020-12-31T23:59:59.9999Z' where id = $1`, [events[0]!.id]);
    const recordedAt = '2020-12-31T23:59:59.999Z';
    expect(await store.append(stream, events, 'none')).toMatchObject({ recordedAt });
    expect(await store.read(stream)).toMatchObject([{ recordedAt }]);
  });

  it('finishes the appends under way before it closes', async () => {
    const store = open();
    const streams = Array.from({ length: 50 }, () => fresh());
    const appended = Promise.all(streams.map((stream) => store.append(stream, [event()], 'none')));
    await store.close();
    expect(await appended).toHaveLength(50);
  });

  it('tells subscribers in other processes at once, without being asked', async () => {
    const [here, there] = [open({ pollEvery: 3_600_000 }), open()];
    const stop = new AbortController();
    const heard = take(here.subscribe(await here.head(), { signal: stop.signal }), (taken) => taken.some(isEvent));
    for (let listening = 0; listening === 0;) {
      const { rowCount } = await database().pool.query(
        `select from pg_stat_activity where query like 'listen %' and state = 'idle' and datname = current_database()`,
      );
      listening = rowCount ?? 0;
    }
    const stream = fresh();
    await there.append(stream, [event()], 'none');
    expect((await heard).filter(isEvent).map((delivery) => delivery.event.stream)).toEqual([stream]);
  });

  it('hears of events by looking when nobody tells it', async () => {
    const store = open({ pollEvery: 20 });
    const stop = new AbortController();
    const heard = take(store.subscribe(await store.head(), { signal: stop.signal }), (taken) => taken.some(isEvent));
    await database().pool.query(`
      with c as (update store.counter set position = position + 1 returning position),
      s as (insert into store.streams (name, revision) values ('pairing-quiet', 0) returning number),
      k as (insert into store.classes (kind, type) values ('pairing', 'Quiet') returning number)
      insert into store.events (position, stream, revision, class, id, recorded_at, data, metadata)
      select c.position, s.number, 0, k.number, gen_random_uuid(), clock_timestamp(), '{}', '{}' from c, s, k`);
    expect((await heard).filter(isEvent).map((delivery) => delivery.event.stream)).toEqual(['pairing-quiet']);
  });

  it('has what it acknowledged on the disk, and what is read committed, whatever the defaults of the database', async () => {
    const name = new URL(database().url).pathname.slice(1);
    await database().pool.query(`alter database ${name} set synchronous_commit = off`);
    await database().pool.query(`alter database ${name} set default_transaction_isolation = 'repeatable read'`);
    await gate().write(`
      create table settings (synchronous_commit text, isolation text);
      create function note() returns trigger language plpgsql as $$
      begin insert into settings values (current_setting('synchronous_commit'), current_setting('transaction_isolation')); return null; end $$;
      create trigger note after insert on store.events for each statement execute function note();`);
    const store = open();
    await Promise.all([fresh(), fresh()].map((stream) => store.append(stream, [event()], 'any')));
    await store.append(fresh(), [event()], 'none');
    const { rows } = await database().pool.query('select distinct * from settings');
    await gate().write(`drop trigger note on store.events; alter database ${name} reset all`);
    expect(rows).toEqual([{ synchronous_commit: 'on', isolation: 'read committed' }]);
  });

  it('writes batches that name the same streams in another order, of which no two ever wait for each other', async () => {
    const name = new URL(database().url).pathname.slice(1);
    const [first, second, third] = [fresh(), fresh(), fresh()].toSorted() as [string, string, string];
    await Promise.all([first, second, third].map((stream) => open().append(stream, [event()], 'none')));
    // So many that the server looks for each, in the order of the batch, instead of going through all of them.
    await database().pool.query(
      `insert into store.streams (name, revision) select 'pairing-other-' || n, 0 from generate_series(1, 5000) n`,
    );
    await database().pool.query('analyze store.streams');
    // The server does not end such a wait itself.
    await database().pool.query(`alter database ${name} set deadlock_timeout = '1h'`);
    const rival = new Client({ connectionString: database().url });
    await rival.connect();
    await rival.query('begin');
    await rival.query('select from store.streams where name = $1 for update', [second]);
    const [one, other] = [open({ lanes: 1 }), open({ lanes: 1 })];
    const under = [first, second, third].map((stream) => one.append(stream, [event()], 0));
    await gate().blocked(1);
    under.push(...[third, first, second].map((stream) => other.append(stream, [event()], 0)));
    await gate().blocked(2);
    await rival.query('commit');
    await rival.end();
    let written = false;
    const outcomes = settled(under).finally(() => (written = true));
    for (const isWritten = () => written; !isWritten();) {
      const { rowCount } = await database().pool.query(
        `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'
         and exists (select from unnest(pg_blocking_pids(pid)) as other where pid = any(pg_blocking_pids(other)))`,
      );
      if (rowCount !== 0) await gate().terminate();
    }
    await database().pool.query(`alter database ${name} reset deadlock_timeout`);
    const won = (await outcomes).map((outcome) => (outcome instanceof Error ? outcome.constructor : 'written'));
    expect(won).toEqual([...Array<string>(3).fill('written'), ...Array<unknown>(3).fill(WrongRevision)]);
  });

  it('finds filtered events by index, however many others there are', async () => {
    const store = open();
    for (let n = 0; n < 10; n += 1) await store.append(fresh('call'), events(1_000, 'Common'), 'none');
    await store.append(fresh('call'), [event('Rare')], 'none');
    await database().pool.query('vacuum analyze store.events, store.streams, store.classes');
    const client = await database().pool.connect();
    await client.query('set plan_cache_mode = force_generic_plan');
    const planOf = async (statement: string, values: string) => {
      const types = values.split('; ').length === 4 ? '(bigint, bigint, text[], text[])' : '(bigint, bigint)';
      await client.query(`prepare plan ${types} as ${statement}`);
      const { rows } = await client.query<{ 'QUERY PLAN': string }>(`explain execute plan(${values.replaceAll('; ', ', ')})`);
      await client.query('deallocate plan');
      return rows.map((row) => row['QUERY PLAN']).join('\n');
    };
    const filtered = await planOf(reading.filtered, `0; 500; null; '{Rare}'`);
    expect(filtered).toContain('using events_by_class on events i');
    expect(filtered).toContain('using events_pkey on events e');
    expect(await planOf(reading.all, '5000; 500')).toContain('using events_pkey on events e');
    expect(await planOf(reading.filtered, `0; 500; null; '{Rare}'`)).not.toContain('Seq Scan on events');
    client.release();
  });
});
