import { cursorText } from '../../src/delivery/cursor';
import { EventStreams } from '../../src/delivery/event-streams';
import { passing } from '../../src/delivery/event-filter';
import { lifecycles } from '../../src/lifecycles/all';
import type { Recorded } from '../../src/store/port';
import { PostgresStore } from '../../src/store/postgres';
import { type Database, freshDatabase } from '../cluster/database';
import { boot, type Booted } from '../http/booted';
import { saySeed, seed } from '../properties/settings';
import { seeded } from '../vault/seeded';
import { tell } from './recorded';
import { type Asked, StreamReader } from './reconnects';
import { until } from './senders';

jest.setTimeout(3_600_000);
const many = Number(process.env['PUENTE_RECONNECTS'] ?? 30);
const streams = ['pairing-one', 'pairing-two', 'party-cali', 'application-a'] as const;
const filters = [
  { query: '', filter: {} },
  { query: '&lifecycle=pairing', filter: { lifecycles: ['pairing'] } },
  { query: '&stream=pairing-two,party-cali', filter: { streams: ['pairing-two', 'party-cali'] } },
  { query: '&type=ApplicationAssessed', filter: { types: ['ApplicationAssessed'] } },
  { query: '&country=ES', filter: { dimensions: { country: 'ES' } } },
] as const;

describe('a reader of the stream of events', () => {
  let database: Database;
  let store: PostgresStore;
  let booted: Booted;
  let epoch: string;
  const drawn = seeded(`reconnects ${seed}`);
  const below = (end: number) => drawn.randomBytes(4).readUInt32BE() % end;
  beforeAll(async () => {
    saySeed('reconnects');
    database = await freshDatabase();
    store = new PostgresStore({ url: database.url });
    epoch = await store.epoch();
    booted = await boot({
      ...{ store, lifecycles, limit: { requests: 1_000_000, milliseconds: 60_000 } },
      streaming: { heartbeat: 20, patience: 2_000, longest: 3_600_000, retry: 1 },
    });
  });
  afterAll(async () => {
    await booted.close();
    await store.close();
    await database.drop();
  });

  const record = async (count: number, more: object = {}) => {
    for (let n = 0; n < count; n += 1) {
      const stream = streams[below(streams.length)]!;
      const type = stream.startsWith('application')
        ? 'ApplicationAssessed'
        : stream.startsWith('party')
          ? 'PartyRegistered'
          : 'MissionHeld';
      const data = type === 'MissionHeld' ? { mission: 1 } : { assessor: 'someone' };
      await tell(store, { stream, type, data, dimensions: below(3) ? { country: 'ES,CO' } : { country: 'CO' }, ...more });
    }
  };
  /** In the order of the log. */
  const log = async (): Promise<readonly Recorded[]> => {
    const all: Recorded[] = [];
    for (let page: readonly Recorded[]; (page = await store.readAll(all.at(-1)?.position ?? 0n, 1_000)).length > 0;) all.push(...page);
    return all;
  };
  /** As receivers know them: the name, and the cursor behind it. */
  const linesOf = (events: readonly Recorded[]) =>
    events.map(({ stream, revision, position }) => `${stream}@${revision} ${cursorText({ position, epoch })}`);
  const positionIn = (cursor: string | undefined) => (cursor === undefined ? 0n : BigInt(cursor.split('.')[0]!));

  it(`is given, after each of ${many} reconnects from any cursor it had, exactly what the log has after it`, async () => {
    await record(30);
    const cursors: Record<string, string[]> = {};
    const read: { readonly asked: Asked; readonly lines: readonly string[]; readonly filter: object }[] = [];
    let midFrame = 0;
    for (let n = 0; n < many; n += 1) {
      const { query, filter } = filters[below(filters.length)]!;
      const known = cursors[query] ?? [];
      const after = known.length > 0 && below(8) > 0 ? known[below(known.length)] : undefined;
      const asked: Asked = { query, after, cutAt: below(5) === 0 ? 20 : 20 + below(20_000) };
      const reader = new StreamReader(booted, asked);
      await reader.opened;
      const recording = record(below(6));
      const end = async () => (await store.head()) <= positionIn(reader.told.at(-1)?.cursor ?? asked.after);
      await until(async () => reader.ended || (await end()));
      reader.leave();
      if (reader.isMidFrame) midFrame += 1;
      await recording;
      known.push(...reader.told.map(({ cursor }) => cursor));
      cursors[query] = known.slice(-200);
      read.push({ asked, filter, lines: reader.lines });
    }
    const all = await log();
    for (const { asked, filter, lines } of read) {
      const after = all.filter(({ position }) => position > positionIn(asked.after));
      const expected = linesOf(await passing(store, after, filter)).slice(0, lines.length);
      expect({ seed, asked, lines }).toEqual({ seed, asked, lines: expected });
    }
    // And whoever stays has all of it, whichever cursor it comes with, also one that it was told without an event.
    for (const { query, filter } of filters) {
      const known = cursors[query] ?? [];
      const asked: Asked = { query, after: known[below(known.length)] };
      const expected = linesOf(
        await passing(
          store,
          all.filter(({ position }) => position > positionIn(asked.after)),
          filter,
        ),
      );
      const reader = new StreamReader(booted, asked);
      await reader.opened;
      await until(() => positionIn(reader.told.at(-1)?.cursor ?? asked.after) === all.at(-1)!.position);
      reader.leave();
      expect(reader.lines).toEqual(expected);
    }
    process.stderr.write(`${JSON.stringify({ reconnects: many, events: all.length, midFrame })}\n`);
  });

  it('sees what is for its role, and as much of it as any other', async () => {
    await record(5);
    const end = await store.head();
    const [service, evaluator] = (['service', 'evaluator'] as const).map((role) => new StreamReader(booted, { role }));
    const last = await tell(store, { stream: 'application-b', type: 'ApplicationAssessed', data: { assessor: 'someone' } });
    for (const reader of [service!, evaluator!]) await until(() => reader.names.at(-1) === last);
    expect(service!.told.map(({ cursor }) => cursor)).toEqual(evaluator!.told.map(({ cursor }) => cursor));
    expect(service!.names).toEqual(evaluator!.names);
    // What was there and what came while they read, both as they may see it.
    for (const [there, stream] of [
      [true, 'application-a'],
      [false, 'application-b'],
    ] as const) {
      const seen = (reader: StreamReader) =>
        reader.told.find(({ cursor, event }) => event?.id.startsWith(`${stream}@`) && positionIn(cursor) <= end === there)!.event!;
      expect(seen(service!)).toMatchObject({ reserved: true });
      expect(seen(service!)).not.toHaveProperty('data');
      expect(seen(evaluator!)).toMatchObject({ data: { assessor: 'someone' } });
    }
    for (const reader of [service!, evaluator!]) reader.leave();
  });

  it('is let go where it takes nothing, holds up nobody, and goes on exactly where it was', async () => {
    const comment = 'x'.repeat(200_000);
    for (let n = 0; n < 120; n += 1) await tell(store, { stream: `party-${n}`, type: 'PartyRegistered', data: { comment } });
    const expected = linesOf(await log());
    const slow = new StreamReader(booted, { cutAt: 1_000_000, stays: true });
    const other = new StreamReader(booted, {});
    await until(() => other.told.length === expected.length);
    await until(() => booted.app.get(EventStreams).readers === 1);
    const taken = slow.lines;
    expect(taken.length).toBeGreaterThan(0);
    expect(taken).toEqual(expected.slice(0, taken.length));
    const after = taken.at(-1)?.split(' ')[1];
    const again = new StreamReader(booted, { after });
    await until(() => again.told.length === expected.length - taken.length);
    expect([...taken, ...again.lines]).toEqual(expected);
    for (const reader of [slow, other, again]) reader.leave();
  });
});
