import type { Pool, QueryConfig } from 'pg';
import { Rules } from '../../src/engine/rules';
import { lifecycles } from '../../src/lifecycles/all';
import { Assignments } from '../../src/reading/assignments';
import { Board } from '../../src/reading/board';
import { BoardAsOf } from '../../src/reading/board-as-of';
import { Calls } from '../../src/reading/calls';
import { Candidates } from '../../src/reading/candidates';
import { Illustrative } from '../../src/reading/illustrative';
import { Listed } from '../../src/reading/listed';
import { Parties } from '../../src/reading/parties';
import { Ranking } from '../../src/reading/ranking';
import { Sentences } from '../../src/reading/sentences';
import { Timeline } from '../../src/reading/timeline';
import { type Database, freshDatabase } from '../cluster/database';

let database: Database;
beforeAll(async () => {
  database = await freshDatabase();
  const many = 'from generate_series(1, 5000) n';
  await database.pool.query(`
    insert into reading.timeline select 'pairing-' || n / 20, n % 20, '2018-01-' || 10 + n % 20, n, now(),
      '{"type": "PairingKickedOff", "data": {}, "waived": [], "occurredOn": "2018", "actor": "a", "roles": [], "standing": "in-force"}', 'import' || n / 100 ${many};
    insert into reading.illustrative select 'dataSet-' || n, 'import' || n * 3 ${many};
    insert into reading.board select 'pairing-' || n, 'p' || n, 'phase' || n % 50, 'call' || n % 200, array['party' || n % 1000], 'step' || n % 50,
      jsonb_build_object('id', 'p' || n, 'sides', '[]'::jsonb, 'networks', '[]'::jsonb, 'phase', 'x') ${many};
    insert into reading.parties select 'party-' || n, 'party' || n, 'name', 'kind' || n % 50, jsonb_build_object('id', 'party' || n) ${many};
    insert into reading.party_words select 'party-' || n, md5(n::text), 'party' || n ${many};
    insert into reading.merged_parties select 'party-' || n, 'party' || n, 'party' || n + 1, n, 'party' || n / 10 from generate_series(1, 5000, 3) n;
    insert into reading.calls select 'call-' || n, 'call' || n, 'c' || n % 50, 'phase' || n % 50, jsonb_build_object('id', 'call' || n),
      'programme' || n % 500 ${many};
    insert into reading.assignments select kind || '-' || kind || n, kind, kind || n, 'account' || n % 500, "as", '2018', 'party' || n
      from generate_series(1, 2500) n, (values ('programme', 'officer'), ('call', 'officer'), ('call', 'assessor'), ('pairing', 'officer')) as of (kind, "as");
    insert into reading.applications select 'application-' || n, 'a' || n, 'call' || n % 200, 'party' || n % 1000, 'phase' || n % 5,
      jsonb_build_object('id', 'a' || n) ${many};
    insert into reading.ranking select 'application-' || n, 'a' || n, 'call' || n % 200, case n % 2 when 0 then 'european' else 'latin-american' end,
      case when n % 7 > 0 then n % 100 end, n % 90, '2018-01-01', jsonb_build_object('application', 'a' || n, 'party', 'p') ${many};
    insert into reading.selected_themes select 'application-' || n, 'theme' || n % 3, 'a' || n, 'call' || n % 200,
      case (n / 200) % 2 when 0 then 'european' else 'latin-american' end, 'p', 1 ${many};
    insert into reading.listed select 'call-' || n, 'call', 'c' || n, jsonb_build_object('id', 'c' || n) ${many};
  `);
  await database.pool.query('analyze');
}, 60_000);
afterAll(() => database.drop());

/** Every query that is asked, with the plan it is answered by. */
const plansOf = async (ask: (pool: Pool) => Promise<unknown>): Promise<readonly string[]> => {
  const asked: { sql: string; values: unknown[] }[] = [];
  const watched = new Proxy(database.pool, {
    get: (pool, name) =>
      name === 'query'
        ? (statement: string | QueryConfig, given: unknown[] = []) => {
            const { text, values = given } = typeof statement === 'string' ? { text: statement } : statement;
            asked.push({ sql: text, values });
            return pool.query(text, values);
          }
        : (Reflect.get(pool, name) as unknown),
  });
  await ask(watched);
  return Promise.all(
    asked.map(async ({ sql, values }) => {
      const { rows } = await database.pool.query<{ 'QUERY PLAN': string }>(`explain ${sql}`, values);
      return rows.map((row) => row['QUERY PLAN']).join('\n');
    }),
  );
};

const reader = { language: 'en', limit: 50 } as const;
const sentences = new Sentences([], { reveal: () => Promise.resolve(new Map()) }, { named: () => Promise.resolve(new Map()) });
const unheard = { history: () => Promise.resolve([]), rules: new Rules(() => Promise.resolve(undefined)) };
const board = (pool: Pool) => new Board(pool, new Parties(pool), () => '2018-01-01');

const questions: readonly (readonly [string, (pool: Pool) => Promise<unknown>])[] = [
  ['a timeline', (pool) => new Timeline(pool, sentences).page('pairing-7', { ...reader, after: '3' })],
  [
    'a timeline by occurrence',
    (pool) => new Timeline(pool, sentences).page('pairing-7', { ...reader, order: 'occurred', after: '2018-01-12~3' }),
  ],
  ['what illustrates of a page', (pool) => new Illustrative(pool).among(Array.from({ length: 50 }, (_, n) => `pairing-${n}`))],
  ['the board', (pool) => board(pool).page({ ...reader, after: 'p3' })],
  [
    'the board as it stood',
    (pool) => new BoardAsOf(pool, unheard).page({ ...reader, after: 'p3', axes: { asOf: '2018-01-01', position: 5_000n } }),
  ],
  ['the board in a phase', (pool) => board(pool).page({ ...reader, phase: 'phase3' })],
  ['the board of a call', (pool) => board(pool).page({ ...reader, call: 'call3', after: 'p3' })],
  ['the board before a step', (pool) => board(pool).page({ ...reader, nextStep: 'step3' })],
  ['the board of a party', (pool) => board(pool).page({ ...reader, party: 'party3' })],
  ['a pairing', (pool) => board(pool).one('p3', reader)],
  ['parties', (pool) => new Parties(pool).page({ limit: 50, after: 'party3' })],
  ['parties of a kind', (pool) => new Parties(pool).page({ limit: 50, kind: 'kind3' })],
  ['parties by name', (pool) => new Parties(pool).page({ limit: 50, search: 'c81e' })],
  ['parties with those that were merged', (pool) => new Parties(pool).page({ limit: 50, merged: 'true', kind: 'kind3' })],
  ['a party', (pool) => new Parties(pool).one('party3')],
  ['names of parties', (pool) => new Parties(pool).named(['party1', 'party2'])],
  ['calls', (pool) => new Calls(pool).page({ limit: 50 })],
  ['calls of a component', (pool) => new Calls(pool).page({ limit: 50, component: 'c3', after: 'call3' })],
  ['a call', (pool) => new Calls(pool).one('call3')],
  ['applications to a call', (pool) => new Calls(pool).applications({ limit: 50, call: 'call3', phase: 'phase3' })],
  ['applications of a party', (pool) => new Calls(pool).applications({ limit: 50, party: 'party3' })],
  ['the ranking of a call', (pool) => new Ranking(pool, new Parties(pool)).page({ ...reader, call: 'call3', side: 'european' })],
  [
    'what nobody assessed',
    (pool) => new Ranking(pool, new Parties(pool)).page({ ...reader, call: 'call3', unassessed: true, after: 'a1' }),
  ],
  ['candidates', (pool) => new Candidates(pool, new Parties(pool)).page({ ...reader, call: 'call3', after: '1~a2~a3' })],
  ['my pairings', (pool) => board(pool).page({ ...reader, mine: 'account3' })],
  ['my calls', (pool) => new Calls(pool).page({ limit: 50, mine: 'account3', after: 'call3' })],
  ['my applications', (pool) => new Calls(pool).applications({ limit: 50, mine: 'account3', phase: 'phase3' })],
  ['what I am assigned to', (pool) => new Assignments(pool).of('account3')],
  ['a generic list', (pool) => new Listed(pool).page(lifecycles.call, { limit: 50, after: 'c3' })],
];

describe('on tables of five thousand rows', () => {
  it.each(questions)('%s is read through an index', async (_, ask) => {
    const plans = await plansOf(ask);
    expect(plans.length).toBeGreaterThan(0);
    for (const plan of plans) expect(plan).not.toContain('Seq Scan');
  });
});
