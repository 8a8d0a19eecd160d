import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importFile } from '../../src/cli/import-file';
import { progressOn } from '../../src/cli/rebuild';
import { retried, wouldBeRetried } from '../../src/cli/retry';
import { policies } from '../../src/lifecycles/policies';
import { openPuente, type Puente } from '../../src/puente';
import { PostgresStore } from '../../src/store/postgres';
import { type Database, freshDatabase } from '../cluster/database';
import { formed, record } from '../reading/recording';
import { puente as run } from './terminal';

const [policy] = policies.map(({ name }) => name);
const demand = `${policy}/pairing-p@0/0`;
let home: string;
let database: Database;
const settings = () => ({ home, databaseUrl: database.url, log: () => undefined });
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'puente-retry-'));
  database = await freshDatabase();
  const data = { name: 'Unit', kind: 'organisation', countries: [] };
  writeFileSync(join(home, 'unit.jsonl'), JSON.stringify({ to: 'party/unit', do: 'RegisterParty', data, occurredOn: '2019-01-10' }));
  const store = new PostgresStore({ url: database.url });
  await record(store, 'mystery-a', formed);
  await store.close();
  expect(await importFile({ settings: settings(), file: join(home, 'unit.jsonl') })).toBe(0);
});
beforeEach(async () => {
  await database.pool.query('delete from engine.parked; delete from engine.task');
  await database.pool.query(
    `insert into engine.parked select name, stream, 0, 'cannot read it', 1, now()
     from (values ('facts', 'mystery-a'), ('parties', 'party-unit')) aside (name, stream)`,
  );
  await database.pool.query(
    `insert into engine.task (policy, cause, path, position, stream, command, body, occurred_on, correlation_id, state, problem, attempts)
     values ($1, 'pairing-p@0', '{0}', 1, 'application-gone', 'MarkPaired', '{"pairing": "p"}', '2026-02', $2, 'refused', '{"code": "NO_SUCH_PAIRING", "values": {}}', 1)`,
    [policy, randomUUID()],
  );
});
afterAll(async () => {
  await database.drop();
  rmSync(home, { recursive: true });
});
const on = async <Result>(dryRun: boolean, work: (puente: Puente) => Promise<Result>): Promise<Result> => {
  const puente = await openPuente({ ...settings(), dryRun });
  try {
    return await work(puente);
  } finally {
    await puente.close();
  }
};
const standing = async () => [
  (await database.pool.query('select * from engine.parked order by stream')).rows,
  (await database.pool.query('select * from engine.task')).rows,
  (await database.pool.query('select count(*) from store.events')).rows,
  (await database.pool.query('select * from reading.parties')).rows,
];

describe('who tries again without a trace', () => {
  it('hears of each what would come of it, and nothing has changed', async () => {
    const before = await standing();
    const told = await on(true, (puente) => wouldBeRetried({}, puente));
    expect(told).toEqual([
      {
        line: expect.stringMatching(/^facts mystery-a would stay parked from revision 0 on: no lifecycle is named mystery/) as string,
        code: 1,
      },
      { line: 'parties party-unit would be taken in from revision 0 on', code: 0 },
      { line: expect.stringMatching(new RegExp(`^${demand} would be refused: \\w+ .+`)) as string, code: 1 },
    ]);
    expect(await standing()).toEqual(before);
  });

  it('may name a read model, a stream, or what is demanded', async () => {
    const would = (what: string, stream?: string) => on(true, (puente) => wouldBeRetried({ what, stream }, puente));
    expect(await would('parties', 'party-unit')).toHaveLength(1);
    expect(await would('board')).toEqual([{ line: 'nothing is parked in board', code: 0 }]);
    expect(await would('parties', 'party-x')).toEqual([
      { line: 'party-x is not parked in parties, or was given up: then `puente rebuild parties` takes it in', code: 1 },
    ]);
    expect(await would(demand)).toMatchObject([{ code: 1 }]);
    expect(await would(`${policy}/pairing-p@1/0`)).toMatchObject([{ line: expect.stringContaining('neither failed') as string, code: 1 }]);
  });
});

describe('who tries again', () => {
  it('everything at once hears what stays', async () => {
    const told = await on(false, (puente) => retried({}, puente));
    expect(told).toEqual([
      { line: '1 tried again in facts, 1 still parked', code: 1 },
      { line: '1 tried again in parties, 0 still parked', code: 0 },
      { line: '1 that policies and timers demand are done within seconds, where a server runs', code: 0 },
    ]);
    expect((await database.pool.query('select state from engine.task')).rows).toEqual([{ state: 'open' }]);
  });

  it('does so from the terminal too, or gives up, by the names that are listed', async () => {
    const environment = { PUENTE_HOME: home, DATABASE_URL: database.url };
    expect((await run(['parked'], environment)).out).toContain(`${demand} is refused to MarkPaired on application-gone`);
    expect(await run(['retry', demand, '--dry-run'], environment)).toMatchObject({
      code: 1,
      out: expect.stringContaining(`${demand} would be refused`) as string,
    });
    expect(await run(['drop', demand, '--because', 'settled by letter'], environment)).toMatchObject({
      code: 0,
      out: `${demand} is given up: settled by letter\n`,
    });
    expect((await run(['parked'], environment)).out).toMatch(/is given up, and is not to MarkPaired .*\(given up: settled by letter\)/);
    expect((await run(['drop', 'parties', '--because', 'x'], environment)).code).toBe(2);
    expect(await run(['rebuild', 'parties'], environment)).toMatchObject({
      code: 0,
      err: expect.stringMatching(/parties: 1 of 1 events\n.*parties is filled anew/) as string,
    });
  });
});

it('who fills anew where nobody watches reads a line at each tenth', () => {
  const lines: string[] = [];
  const { told } = progressOn('board', { isTTY: false, log: (line) => lines.push(line) });
  for (const done of [1, 5, 9, 10, 11, 20]) told({ done, total: 20 });
  told({ done: 20, total: 20 });
  expect(lines).toEqual([
    'board: 1 of 20 events',
    'board: 5 of 20 events',
    'board: 9 of 20 events',
    'board: 10 of 20 events',
    'board: 20 of 20 events',
  ]);
});
