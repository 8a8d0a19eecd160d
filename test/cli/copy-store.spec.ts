import { randomBytes } from 'node:crypto';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { copied, type CopyResult } from '../../src/cli/copy-store';
import { onBus, settled } from '../../src/cli/on-bus';
import { Execute } from '../../src/engine/execute';
import { AskedWrongly } from '../../src/http/auth';
import { lifecycles } from '../../src/lifecycles/all';
import { openPuente, type Puente, type Settings } from '../../src/puente';
import { EventStoreDbStore } from '../../src/store/eventstoredb';
import { PostgresStore } from '../../src/store/postgres';
import { ruleSet } from '../../data/iuc-lac/sources';
import { type Database, freshDatabase } from '../cluster/database';
import { onServer, withDatabase } from '../cluster/server';
import { EventStoreDbDouble } from '../stores/eventstoredb-double';
import { events, everything, fresh } from '../stores/events';
import { commandLine, puente } from './terminal';

let home: string;
let database: Database;
let double: EventStoreDbDouble;
let settings: Settings;
const masterKey = randomBytes(32).toString('base64');
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'puente-copy-'));
});
beforeEach(async () => {
  database = await freshDatabase();
  double = await EventStoreDbDouble.start();
  settings = { home, databaseUrl: database.url, masterKey, log: () => undefined };
});
afterEach(async () => {
  double.kill();
  await database.drop();
});
afterAll(() => rmSync(home, { recursive: true }));

const copy = (from: string, to: string, more: { verifyOnly?: boolean; rebuild?: boolean } = {}) =>
  copied({ settings, from, to, format: 'json', ...more });
const running = async <Result>(eventStoreUrl: string | undefined, work: (puente: Puente) => Promise<Result>): Promise<Result> => {
  const puente = await openPuente({ ...settings, eventStoreUrl });
  try {
    return await work(puente);
  } finally {
    await puente.close();
  }
};
const withStore = async <Result>(work: (store: PostgresStore) => Promise<Result>): Promise<Result> => {
  const store = new PostgresStore({ url: database.url });
  return work(store).finally(() => store.close());
};

describe('an installation that moves', () => {
  const application = (city: string, side: string, country: string) =>
    [
      [`party/${city}`, 'RegisterParty', { name: city, kind: 'city', countries: [country] }],
      [`application/${city}`, 'SubmitApplication', { call: 'c', party: city, side, themes: ['urban-mobility'], evidence: [] }],
      [`application/${city}`, 'CheckEligibility', {}],
      [`application/${city}`, 'SelectApplication', { decidedBy: 'unit', reason: 'Common ground' }],
    ] as const;
  const story = [
    ['ruleSet/r', 'PublishRuleSet', ruleSet(50_000, 'a test')],
    ['party/unit', 'RegisterParty', { name: 'Unit', kind: 'organisation', countries: [] }],
    [
      'call/c',
      'OpenCall',
      { title: 'C', component: 'C1', round: 1, rules: 'r@1', deadline: '2099-06-01T12:00', timeZone: 'Europe/Brussels' },
    ],
    ...application('almada', 'european', 'PT'),
    ...application('vina', 'latin-american', 'CL'),
    ['pairing/vina-almada', 'FormPairing', { applications: ['almada', 'vina'] }],
  ] as const;
  const give = async (puente: Puente, commands: readonly (readonly [string, string, object])[]) =>
    onBus(puente, async (execute) => {
      for (const [to, command, body] of commands) {
        const [kind, id] = to.split('/') as [keyof typeof lifecycles, string];
        await execute(new Execute(lifecycles[kind], id, command, body, { actor: 'officer', roles: ['programme-officer', 'admin'] }));
      }
      await settled(puente, execute);
    });
  const table = async (what: string) => (await database.pool.query<Record<string, unknown>>(what)).rows;
  const reading = () => table('select * from reading.board order by 1');
  const placed = async () =>
    (await table(`select distinct position::text from engine.task where policy = 'paired-applications'`)).map(({ position }) => position);
  const tasks = () =>
    table(`select policy, cause, path, state, attempts from engine.task where policy = 'paired-applications' order by 1, 2, 3`);

  it('to EventStoreDB and back has the same read models, and does nothing twice that it did before', async () => {
    await running(undefined, (before) => give(before, story));
    const [board, done] = [await reading(), await tasks()];
    expect([board.length, done.length]).toEqual([1, 2]);
    const there = await copy(database.url, double.url, { rebuild: true });
    expect(there).toMatchObject({ same: true, behind: 0, rebuilt: expect.arrayContaining(['board', 'facts', 'timers']) as string[] });
    await running(double.url, async (moved) => {
      const recorded = await moved.store.countAfter(0n);
      expect([await reading(), await tasks()]).toEqual([board, done]);
      const [formed] = await moved.store.read('pairing-vina-almada');
      expect(await placed()).toEqual([String(formed!.position)]);
      await give(moved, []);
      expect(await moved.store.countAfter(0n)).toBe(recorded);
      await give(moved, [['pairing/vina-almada', 'KickOff', {}]]);
      // With the deadline that the support ends by.
      expect(await moved.store.countAfter(0n)).toBe(recorded + 2);
    });
    await expect(running(undefined, (left) => left.runner.catchUp())).rejects.toThrow(/rebuild it/);
    expect(await copy(double.url, database.url, { rebuild: true })).toMatchObject({ same: true, copied: 2 });
    await running(undefined, async (back) => {
      await give(back, []);
      expect(await reading()).toMatchObject([{ id: 'vina-almada', phase: 'running' }]);
      expect(await tasks()).toEqual(done);
      const [formed] = await back.store.read('pairing-vina-almada');
      expect(await placed()).toEqual([String(formed!.position)]);
    });
  });

  it('is not rebuilt while somebody brings its read models forward', async () => {
    await database.pool.query(`insert into engine.lease values ('read-model board', 'somebody', 1, now() + interval '1 hour')`);
    await expect(copy(database.url, double.url, { rebuild: true })).rejects.toThrow(/still runs|a process/);
    await expect(copy(double.url, double.url.replace('?', '/?'), { rebuild: true })).rejects.toThrow(AskedWrongly);
  });
});

describe('puente copy-store', () => {
  it('goes on after kill −9, and says so in JSON', async () => {
    await withStore(async (store) => {
      for (let i = 0; i < 600; i += 1) await store.append(fresh(), events(3), 'none');
    });
    const words = ['copy-store', '--from', database.url, '--to', double.url, '--format', 'json'];
    const environment = { PATH: process.env['PATH'], PUENTE_HOME: home, DATABASE_URL: database.url };
    const dying = spawn(process.execPath, [commandLine(), ...words], { env: environment, stdio: 'ignore' });
    const ended = new Promise((resolve) => dying.once('exit', (_, signal) => resolve(signal)));
    const stopListening = double.log.onWritten(() => double.log.entries.length > 400 && dying.kill('SIGKILL'));
    expect(await ended).toBe('SIGKILL');
    stopListening();
    const { code, out } = await puente(words, environment as Record<string, string>);
    const result = JSON.parse(out) as CopyResult;
    expect([code, result]).toMatchObject([0, { same: true, events: 1_800, streams: 600 }]);
    expect(result.copied).toBeGreaterThan(0);
    expect(result.copied).toBeLessThan(1_500);
    const store = new EventStoreDbStore({ url: double.url });
    expect(await everything(store)).toHaveLength(1_800);
    await store.close();
  });

  it('names the event that was damaged, and ends with 1', async () => {
    await withStore((store) => store.append('pairing-a', events(9), 'none'));
    await copy(database.url, double.url);
    await database.pool.query(`update store.events set data = '{}' where position = 6`);
    const words = ['copy-store', '--from', double.url, '--to', database.url, '--verify-only'];
    const { code, out } = await puente(words, { PUENTE_HOME: home, DATABASE_URL: database.url });
    expect([code, out]).toEqual([1, expect.stringContaining('differ: pairing-a@5 has other data in the target') as string]);
  });

  it('refuses one store twice, a target with other events, and what is no store', async () => {
    await withStore((store) => store.append('pairing-a', events(1), 'none'));
    await expect(copy(database.url, `${database.url}${database.url.includes('?') ? '&' : '?'}application_name=again`)).rejects.toThrow(
      /are the same store$/,
    );
    await expect(copy(double.url, double.url.replace('127.0.0.1', 'localhost'))).rejects.toThrow(/are the same store$/);
    const other = await freshDatabase();
    const store = new PostgresStore({ url: other.url });
    await store.append('pairing-b', events(1), 'none');
    await store.close();
    await expect(copy(database.url, other.url)).rejects.toThrow(/holds other events: it begins with pairing-b@0/);
    await other.drop();
    for (const wrong of ['somewhere', 'mysql://a', 'esdb://host:2113'])
      await expect(copy(database.url, wrong)).rejects.toThrow(AskedWrongly);
    const { code } = await puente(['copy-store', '--from', database.url, '--to', 'somewhere'], { PUENTE_HOME: home });
    expect(code).toBe(2);
  });

  it('brings an empty database up to date as a target, and takes none as a source', async () => {
    const server = process.env['PUENTE_TEST_SERVER']!;
    const name = `${process.env['PUENTE_TEST_PREFIX']!}_empty_${randomBytes(4).toString('hex')}`;
    await onServer(server, `create database ${name}`);
    const empty = withDatabase(server, name);
    try {
      await withStore((store) => store.append('pairing-a', events(2), 'none'));
      await expect(copy(empty, double.url)).rejects.toThrow(/lacks store-1-events/);
      await expect(copy(database.url, empty, { verifyOnly: true })).rejects.toThrow(/lacks store-1-events/);
      expect(await copy(database.url, empty)).toMatchObject({ same: true, events: 2 });
      expect(await copy(database.url, empty, { verifyOnly: true })).toMatchObject({ same: true, events: 2, copied: 0 });
    } finally {
      await onServer(server, `drop database ${name} with (force)`);
    }
  });
});
