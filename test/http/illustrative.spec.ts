import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importFile } from '../../src/cli/import-file';
import { mintDevToken } from '../../src/http/dev-issuer';
import { serve, type Served } from '../../src/http/server';
import type { Role } from '../../src/kernel/fields';
import { ruleSet } from '../../data/iuc-lac/sources';
import { type Database, freshDatabase } from '../cluster/database';

// An app takes several seconds to start when the machine is busy.

const line = (to: string, name: string, data: object) => JSON.stringify({ to, do: name, data, occurredOn: '2020-12' });
const call = { title: 'A call', component: 'C1', round: 1, rules: 'r@1', deadline: '2021-03-01T12:00', timeZone: 'Europe/Brussels' };
const application = (party: string, side: string) => ({ call: 'c', party, side, themes: ['housing'], evidence: [] });
const file = [
  line('dataSet/made', 'DeclareDataSet', { title: 'Made up', source: 'Nobody', illustrative: true, measures: [], note: 'All of it' }),
  line('ruleSet/r', 'PublishRuleSet', ruleSet(1, 'a test')),
  line('party/cali', 'RegisterParty', { name: 'Cali', kind: 'city', countries: ['CO'] }),
  line('party/rome', 'RegisterParty', { name: 'Rome', kind: 'city', countries: ['IT'] }),
  line('call/c', 'OpenCall', call),
  line('application/cali', 'SubmitApplication', application('cali', 'latin-american')),
  line('application/rome', 'SubmitApplication', application('rome', 'european')),
  line('application/cali', 'CheckEligibility', {}),
  line('application/cali', 'SelectApplication', { decidedBy: 'cali', reason: 'x' }),
  line('application/rome', 'CheckEligibility', {}),
  line('application/rome', 'SelectApplication', { decidedBy: 'cali', reason: 'x' }),
  line('pairing/p', 'FormPairing', { applications: ['rome', 'cali'] }),
].join('\n');

let database: Database;
let served: Served;
let home: string;
let position: string;
const ask = async (role: Role, path: string, headers: object = {}, body?: object) => {
  const answer = await fetch(`${served.base}/v1/${path}`, {
    method: body ? 'POST' : 'GET',
    headers: { Authorization: `Bearer ${await mintDevToken({ home, role })}`, 'Content-Type': 'application/json', ...headers },
    ...(body && { body: JSON.stringify(body) }),
  });
  const found = { status: answer.status, position: answer.headers.get('puente-position') ?? '', body: (await answer.json()) as Answer };
  expect(found).toMatchObject({ status: body ? 201 : 200 });
  return found;
};
interface Marked {
  readonly illustrative?: true;
  readonly stale?: boolean;
}
type Answer = Marked & { readonly items?: readonly Marked[] };

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'puente-illustrative-'));
  database = await freshDatabase();
  const settings = { home, databaseUrl: database.url, log: () => undefined };
  writeFileSync(join(home, 'made.jsonl'), file);
  expect(await importFile({ settings, file: join(home, 'made.jsonl') })).toBe(0);
  served = await serve(settings, { host: '127.0.0.1', port: 0, log: 'silent' });
  await ask('programme-officer', 'parties/nantes/register-party', {}, { name: 'Nantes', kind: 'city', countries: ['FR'] });
  const alias = await ask('programme-officer', 'parties/cali/add-alias', {}, { alias: 'Santiago de Cali' });
  position = alias.position;
});
afterAll(async () => {
  await served.close();
  await database.drop();
  rmSync(home, { recursive: true, force: true });
});

const lists = ['data-sets', 'rule-sets', 'calls', 'applications', 'pairings', 'calls/c/eligibility', 'calls/c/candidates'];
const read = async (path: string) => (await ask('evaluator', path, { 'Puente-Position': position, Prefer: 'wait=20' })).body;
const marksOf = async (path: string) => (await read(path)).items!.map(({ illustrative }) => illustrative);

it('marks wherever it is read what came with a data set that is declared illustrative, and nothing else', async () => {
  for (const path of lists) expect({ path, marks: [...new Set(await marksOf(path))] }).toEqual({ path, marks: [true] });
  expect(await marksOf('parties')).toEqual([true, undefined, true]);
  expect(await marksOf('parties/cali/timeline')).toEqual([true, undefined]);
  for (const path of ['parties/cali', 'pairings/p', 'calls/c']) expect(await read(path)).toMatchObject({ illustrative: true });
  expect((await read('parties/nantes')).illustrative).toBeUndefined();
});

it('takes the marks away with the declaration', async () => {
  const body = { retract: [{ revision: 0 }], authority: 'cali', reason: 'All of it is published' };
  const before = position;
  position = (await ask('programme-officer', 'data-sets/made/correct', { 'If-Match': '"0"' }, body)).position;
  for (const path of [...lists.slice(1), 'parties', 'parties/cali/timeline'])
    expect({ path, marks: [...new Set(await marksOf(path))] }).toEqual({ path, marks: [undefined] });
  expect((await read('pairings/p')).illustrative).toBeUndefined();
  // As it was known before, and as it is known now.
  for (const path of ['pairings', 'pairings/p/timeline', 'pairings/p/budget', 'parties/cali']) {
    const marked = async (at: string) =>
      JSON.stringify(await read(`${path}?position=${at}&asOf=2030-01-01`)).includes('"illustrative":true');
    expect({ path, marked: [await marked(before), await marked(position)] }).toEqual({ path, marked: [true, false] });
  }
});

it('says wherever it is read that something recorded waits for repair', async () => {
  const aside = (readModel: string, stream: string) =>
    database.pool.query(`insert into engine.parked values ($1, $2, 1, 'cannot read it', 1, now())`, [readModel, stream]);
  const staleOf = async (path: string) => {
    const { items, stale } = await read(path);
    return [stale, items!.map((item) => item.stale)];
  };
  expect(await staleOf('parties')).toEqual([undefined, [undefined, undefined, undefined]]);
  for (const readModel of ['calls', 'ranking', 'candidates']) await aside(readModel, 'application-cali');
  await aside('board', 'pairing-p');
  await aside('board', 'pairing-not-even-there');
  await aside('parties', 'party-nantes');
  await aside('listed', 'ruleSet-r');
  await aside('timeline', 'pairing-p');
  for (const path of ['pairings', 'rule-sets', 'calls/c/candidates']) expect(await staleOf(path)).toEqual([true, [true]]);
  for (const path of ['applications', 'calls/c/eligibility', 'calls/c/ranking?unassessed=true'])
    expect({ path, stale: await staleOf(path) }).toEqual({ path, stale: [true, [true, undefined]] });
  expect(await staleOf('parties')).toEqual([true, [undefined, true, undefined]]);
  expect(await staleOf('calls')).toEqual([undefined, [undefined]]);
  expect((await read('pairings/p/timeline')).stale).toBe(true);
});
