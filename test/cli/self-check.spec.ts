import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { failed } from '../../src/cli/checks';
import { selfCheck } from '../../src/cli/verify';
import { Rules } from '../../src/engine/rules';
import type { Runner } from '../../src/engine/runner';
import { selfChecks } from '../../src/engine/self-checks';
import { lifecycles } from '../../src/lifecycles/all';
import { everyReadModel } from '../../src/puente';
import { PostgresStore } from '../../src/store/postgres';
import { openVault, type Vault } from '../../src/vault/vault';
import { type Database, freshDatabase } from '../cluster/database';
import { record, rules2019, runnerOver } from '../reading/recording';
import { masterOf } from '../vault/seeded';
import { meanwhile, streams } from './recorded-cooperation';
import { puente } from './terminal';

let database: Database;
let store: PostgresStore;
let vault: Vault;
let runner: Runner;
const rules = new Rules(() => Promise.resolve(rules2019));
beforeEach(async () => {
  database = await freshDatabase();
  store = new PostgresStore({ url: database.url });
  vault = await openVault(database.pool, masterOf('self-check'), { randomBytes, now: () => new Date() });
  runner = runnerOver({ pool: database.pool, store, rules, lifecycles: Object.values(lifecycles), readModels: everyReadModel });
  for (const [stream, facts] of streams) await record(store, stream, facts);
  await runner.catchUp();
});
afterEach(async () => {
  await store.close();
  await database.drop();
});

const checked = async (paging?: Parameters<typeof selfCheck>[1]) => {
  const things = await selfCheck({ pool: database.pool, store, rules, vault }, paging);
  // These stories were never decided on, so that not everything in them has what it needs.
  const kept = things.filter(({ name }) => name !== 'log');
  return { things, found: kept.flatMap(({ checks }) => checks.flatMap(({ failures }) => failures)) };
};
const tamper = (sql: string) => database.pool.query(sql);

/** One row of each table that is not as its events make it, and how it is told. */
const tampering: Readonly<Record<string, readonly [sql: string, told: string]>> = {
  'reading.timeline': [
    `update reading.timeline set entry = jsonb_set(entry, '{standing}', '"retracted"') where stream = 'party-malaga'`,
    'reading.timeline: the row of stream party-malaga, revision 0 differs: entry (standing)',
  ],
  'reading.illustrative': [`delete from reading.illustrative`, 'reading.illustrative: the row of stream dataSet-cohort is missing'],
  'reading.board': [
    `update reading.board set phase = 'completed'`,
    'reading.board: the row of stream pairing-cartagena-malaga differs: phase is completed and not ',
  ],
  'reading.calls': [
    `update reading.calls set component = 'C3'`,
    'reading.calls: the row of stream call-call-2 differs: component is C3 and not C1',
  ],
  'reading.applications': [`delete from reading.applications`, 'reading.applications: the row of stream application-malaga-2 is missing'],
  'reading.parties': [
    `update reading.parties set name = 'Malaga' where id = 'malaga'`,
    'reading.parties: the row of stream party-malaga differs: name is Malaga and not Málaga',
  ],
  'reading.party_words': [
    `insert into reading.party_words values ('party-malaga', 'sevilla', 'malaga')`,
    'reading.party_words: no event makes the row of word sevilla, id malaga',
  ],
  'reading.merged_parties': [
    `update reading.merged_parties set root = null`,
    'reading.merged_parties: the row of stream party-malaga-town differs: root is nothing and not malaga',
  ],
  'reading.listed': [
    `update reading.listed set shown = shown || '{"revision": 7}' where id = 'malaga'`,
    'reading.listed: the row of stream party-malaga differs: shown (revision)',
  ],
  'reading.ranking': [
    `update reading.ranking set score = 1`,
    'reading.ranking: the row of stream application-malaga-2 differs: score is 1 and not nothing',
  ],
  'reading.selected_themes': [
    `update reading.selected_themes set free = 9`,
    'reading.selected_themes: the row of stream application-malaga-2, theme housing differs: free is 9 and not 1',
  ],
  'reading.assignments': [
    `delete from reading.assignments`,
    'reading.assignments: the row of stream call-call-2, account c0a1f0de-0000-4000-8000-000000000001, as officer is missing',
  ],
  'reading.deadlines': [
    `update reading.deadlines set due_on = '2030-01-01' where kind = 'pairing'`,
    'reading.deadlines: the row of stream pairing-cartagena-malaga, key ',
  ],
  'reading.facts': [
    `update reading.facts set retracted_position = null, retracted_revision = null where retracted_position is not null and measure = 'budget-spent'`,
    'reading.facts: the row of stream pairing-cartagena-malaga, revision 3, ordinal 0, recorded_position',
  ],
  'reading.fact_moments': [
    `delete from reading.fact_moments where position = (select min(position) from reading.fact_moments)`,
    'reading.fact_moments: the row of recorded_at',
  ],
  'reading.indicators': [
    `update reading.indicators set definition = jsonb_set(definition, '{counting,measure}', '"calls"') where code = 'pairings-formed'`,
    'reading.indicators: the row of code pairings-formed, version 1 differs: definition (counting)',
  ],
  'reading.claims': [`update reading.claims set since_position = 2`, 'reading.claims: the row of id pairings, since_position'],
  'engine.timer': [
    `insert into engine.timer values ('pairing-cartagena-malaga', 0, 0, '2030-01-01', 'ExpireAgreement', '{}')`,
    'engine.timer: no event makes the row of stream pairing-cartagena-malaga, ordinal 0',
  ],
  'engine.task': [
    `delete from engine.task where policy = 'paired-applications'`,
    'engine.task: the row of policy paired-applications, cause pairing-cartagena-malaga@0, path',
  ],
};

describe('the self-check', () => {
  it('finds nothing where everything follows from the log, and has looked at every table', async () => {
    const { things, found } = await checked();
    expect(found).toEqual([]);
    expect(things.map(({ name }) => name)).toEqual(['log', 'documents', ...everyReadModel.map(({ name }) => name), 'figures', 'budgets']);
    const unseen = things.filter(({ checks }) => checks.every(({ runs }) => runs === 0)).map(({ name }) => name);
    expect(unseen).toEqual([
      'documents',
      'timers',
      'policy reviewed-minimum',
      'policy deadlines-of-pipa',
      'policy deadlines-of-evaluation',
    ]);
  });

  it('names a row of every table that is not as its events make it', async () => {
    const tables = everyReadModel.flatMap(({ tables, compared = {} }) => [...tables, ...Object.keys(compared)]);
    expect(Object.keys(tampering).toSorted()).toEqual([...new Set(tables)].toSorted());
    for (const [sql] of Object.values(tampering)) expect([sql, (await tamper(sql)).rowCount]).not.toEqual([sql, 0]);
    const { found } = await checked();
    expect(Object.values(tampering).filter(([, told]) => !found.some((each) => each.startsWith(told)))).toEqual([]);
  });

  it('names the figure and the budget that a fact too many, or too few, changes', async () => {
    await tamper(`delete from reading.facts where measure = 'party-slots' and subject = 'party/malaga'`);
    await tamper(`update reading.facts set quantity = quantity + 1 where measure = 'budget-spent' and retracted_position is null`);
    const { found } = await checked();
    expect(found.join('\n')).toMatch(/^parties as of \S+, as known at \S+ is 1, the events say 2$/m);
    expect(found.join('\n')).toMatch(/^spent as of \S+, as known at \S+ is 150001, the events say 150000$/m);
    expect(found).toContain('pairing-cartagena-malaga: the facts of budget-spent missions EUR add up to 150001, the events to 150000');
  });

  it.each([
    ['back', 'update engine.checkpoint set position = position - 1', /: no event makes the row of /],
    ['forward', 'update engine.checkpoint set position = position + 7', /^its checkpoint stands beyond the last event: rebuild it$/],
    ['to another store', `update engine.checkpoint set epoch = 'another'`, /^it was made from another store/],
    ['to another release', 'update engine.checkpoint set version = 9', /^its rows are of version 9/],
  ])('tells of a checkpoint that was put %s', async (_, sql, told) => {
    await tamper(`${sql} where name = 'read-model timeline'`);
    const { found } = await checked();
    expect(found).toEqual([expect.stringMatching(told)]);
  });

  it('finds no difference while events are recorded and taken in between its pages', async () => {
    const left = [...meanwhile];
    const { found } = await checked({
      page: 3,
      between: async () => {
        const next = left.shift();
        if (!next) return;
        await record(store, ...next);
        await runner.catchUp();
      },
    });
    expect([found, left]).toEqual([[], []]);
    expect((await checked()).found).toEqual([]);
  });

  it('finds no difference while the definitions of indicators lag behind the facts', async () => {
    const [stream, [defined]] = streams.find(([name]) => name === 'indicator-pairings-formed')!;
    const [type, first] = defined!;
    const second = { ...first, version: 2, counting: { aggregation: 'sum', measure: 'party-registered' } };
    await record(store, stream, [defined!, [type, second, '2020']], 1);
    const readModels = everyReadModel.filter(({ name }) => name !== 'indicators');
    await runnerOver({ pool: database.pool, store, rules, lifecycles: Object.values(lifecycles), readModels }).catchUp();
    const { found } = await checked({ between: () => runner.catchUp() });
    expect(found).toEqual([]);
    const { rows } = await database.pool.query('select from reading.indicators where version = 2');
    expect(rows).toHaveLength(1);
  });

  it('tells figures out of date where facts were rebuilt meanwhile and have not come so far again', async () => {
    const { things } = await checked({
      between: async () => {
        await tamper('delete from reading.fact_moments where position > 3');
      },
    });
    const [figures] = things.find(({ name }) => name === 'figures')!.checks;
    expect(figures).toMatchObject({
      failures: [],
      figures: { 'moments out of date, since facts were rebuilt meanwhile and have not reached them again': expect.any(Number) as number },
    });
  });

  it('tells parked streams apart: their rows and figures are out of date by declaration', async () => {
    const stream = 'pairing-cartagena-malaga';
    for (const name of ['board', 'facts'])
      await database.pool.query(`insert into engine.parked values ($1, $2, 4, 'cannot read it', 1, now())`, [name, stream]);
    await tamper(`update reading.board set phase = 'completed'`);
    await tamper(`delete from reading.facts where stream = '${stream}' and recorded_revision >= 4`);
    await tamper(
      `update reading.facts set retracted_position = null, retracted_at = null, retracted_revision = null where retracted_revision >= 4`,
    );
    const { found, things } = await checked();
    expect(found).toEqual([]);
    const parked = things.flatMap(({ name, checks }) => checks.flatMap(({ figures }) => (figures ? [[name, figures]] : [])));
    expect(parked).toEqual(['board', 'facts'].map((name) => [name, { 'streams parked, whose rows are not compared': 1 }]));
  });

  it('tells of a stream that cannot be taken in, and was not set aside', async () => {
    await record(store, 'mystery-a', streams[0]![1]);
    await runner.catchUp();
    await tamper(`delete from engine.parked where read_model = 'facts'`);
    const { things } = await checked();
    expect(things.find(({ name }) => name === 'facts')!.checks[0]!.failures).toEqual([
      'mystery-a cannot be taken in: no lifecycle is named mystery',
    ]);
  });

  it('tells a hundred differences of a read model, and how many there are', async () => {
    await tamper(`insert into reading.party_words select 'party-malaga', 'word' || n, 'malaga' from generate_series(1, 250) n`);
    const { things } = await checked();
    const [parties] = things.find(({ name }) => name === 'parties')!.checks;
    expect([parties!.failures.length, failed(parties!)]).toEqual([100, 250]);
  });

  it('ends with exit code 1 and a list in the terminal, and is kept for whoever watches', async () => {
    const home = mkdtempSync(join(tmpdir(), 'puente-verify-'));
    try {
      await tamper(`update reading.parties set kind = 'consortium' where id = 'malaga'`);
      const environment = { PUENTE_HOME: home, DATABASE_URL: database.url, PUENTE_MASTER_KEY: masterOf('self-check').toString('base64') };
      const { code, out } = await puente(['verify', '--format', 'json'], environment);
      const { checks } = JSON.parse(out) as { checks: { name: string; failures: number; found: string[]; seed: null }[] };
      const parties = checks.find(({ name }) => name.startsWith('parties'));
      expect([code, parties]).toEqual([
        1,
        {
          ...{ name: 'parties has the rows that its events make', runs: expect.any(Number) as number, failures: 1, seed: null },
          found: ['reading.parties: the row of stream party-malaga differs: kind is consortium and not city'],
        },
      ]);
      const kept = new Map((await selfChecks(database.pool)).map(({ name, differences }) => [name, differences]));
      expect([kept.get('parties'), kept.get('calls')]).toEqual([1, 0]);
    } finally {
      rmSync(home, { recursive: true });
    }
  });
});
