import { ruleSet } from '../../data/iuc-lac/sources';
import { importLines } from '../../src/engine/import';
import { undo } from '../../src/engine/undo';
import { lifecycles } from '../../src/lifecycles/all';
import { MemoryStore } from '../../src/store/memory';
import { type Database, freshDatabase } from '../cluster/database';
import { type Engine, engineOn } from './engine';
import { inForce } from '../../src/kernel/history';
import type { Rejected } from '../../src/kernel/refusal';
import { storedFrom } from '../../src/engine/streams';

const imported = 'e6b6a3f4-58f5-4a6e-9d3f-52c9ad8b1a11';
const undoing = 'f0c1f1f4-58f5-4a6e-9d3f-52c9ad8b1a12';
const line = (to: string, command: string, data: object, occurredOn = '2019-01-10') =>
  JSON.stringify({ to, do: command, data, occurredOn });
const application = (city: string, side: string) => [
  line(`party/${city}`, 'RegisterParty', { name: city, kind: 'city', countries: [side === 'european' ? 'ES' : 'CO'] }),
  line(`application/${city}`, 'SubmitApplication', { call: 'c', party: city, side, themes: ['housing'], evidence: [] }, '2019-02'),
  line(`application/${city}`, 'CheckEligibility', {}, '2019-03'),
  line(`application/${city}`, 'SelectApplication', { decidedBy: 'unit', reason: 'Common ground' }, '2019-04'),
];
const lines = [
  line('ruleSet/r', 'PublishRuleSet', ruleSet(50_000, 'a test')),
  line('party/unit', 'RegisterParty', { name: 'Unit', kind: 'organisation', countries: [] }),
  line('call/c', 'OpenCall', {
    ...{ title: 'A call', component: 'C1', round: 1, rules: 'r@1', deadline: '2019-06-01T12:00', timeZone: 'Europe/Brussels' },
  }),
  ...application('malaga', 'european'),
  ...application('cartagena', 'latin-american'),
  line('pairing/p', 'FormPairing', { applications: ['malaga', 'cartagena'] }, '2019-05'),
  line('pairing/p', 'KickOff', {}, '2019-06-01'),
];

let database: Database;
let store: MemoryStore;
let engine: Engine;
beforeAll(async () => {
  database = await freshDatabase();
});
beforeEach(async () => {
  store = new MemoryStore({ now: () => new Date('2021-01-01T12:00:00Z') });
  engine = await engineOn(store, database);
  expect((await importAgain()).bad).toEqual([]);
});
afterEach(() => engine.close());
afterAll(() => database.drop());

const importAgain = () =>
  importLines(lines, {
    ...{ lifecycles, execute: engine.execute, actor: 'importer', roles: ['programme-officer'] as const, correlationId: imported },
  });
const undone = (correlationId: string, more: object = {}) =>
  undo({
    ...{ store, lifecycles, execute: engine.execute, actor: 'importer', roles: ['programme-officer'] as const },
    ...{ correlationId, undoingId: undoing, authority: 'unit', reason: 'The wrong file' },
    ...more,
  });
/** What stands in each stream. */
const standing = async () => {
  const streams = [...new Set((await store.readAll(0n, 1_000)).map(({ stream }) => stream))];
  const facts = await Promise.all(
    streams.map(async (stream) => [stream, inForce((await store.read(stream)).map(storedFrom)).map(({ type }) => type)] as const),
  );
  return Object.fromEntries(facts.filter(([, types]) => types.length > 0));
};

describe('undoing an import', () => {
  it('takes back all that it recorded, but what never changes', async () => {
    const outcome = await undone(imported);
    expect(outcome).toMatchObject({ streams: 7, unchangeable: ['ruleSet-r@0'], refused: [] });
    expect(await standing()).toEqual({ 'ruleSet-r': ['RuleSetPublished'] });
  });
  it('takes nothing back twice, and leaves what others recorded', async () => {
    await engine.give('party/segib', 'RegisterParty', { name: 'SEGIB', kind: 'organisation', countries: [] });
    await undone(imported);
    expect(await undone(imported, { authority: 'segib' })).toMatchObject({ streams: 0, events: 0, refused: [] });
    expect(Object.keys(await standing())).toEqual(['ruleSet-r', 'party-segib']);
  });
  it('leaves a stream as it is in which a later fact rests on it, and tells which', async () => {
    await engine.give('pairing/p', 'AgreeTheme', { theme: 'housing' }, { occurredOn: '2019-07' });
    const { refused } = await undone(imported);
    expect(refused).toMatchObject([{ stream: 'pairing-p', error: { code: 'FACTS_REST_ON_IT' } }]);
    expect((await standing())['pairing-p']).toEqual(['PairingFormed', 'PairingKickedOff', 'ThemeAgreed']);
  });
  it('can be undone: everything stands as before', async () => {
    const before = await standing();
    await engine.give('party/segib', 'RegisterParty', { name: 'SEGIB', kind: 'organisation', countries: [] });
    await undone(imported);
    expect(await undone(undoing, { undoingId: imported, authority: 'segib' })).toMatchObject({ refused: [] });
    expect(await standing()).toMatchObject(before);
  });
  it('is not undone by importing the file again: each line is told whose fact stays taken back', async () => {
    await undone(imported);
    const again = await importAgain();
    expect(again).toMatchObject({ recorded: 0, unchanged: 1 });
    expect(again.bad.map(({ line: at, error }) => [at, (error as Rejected).code])).toEqual(
      lines.slice(1).map((_, i) => [i + 2, 'TAKEN_BACK_SINCE']),
    );
    expect(await standing()).toEqual({ 'ruleSet-r': ['RuleSetPublished'] });
    await engine.give('party/segib', 'RegisterParty', { name: 'SEGIB', kind: 'organisation', countries: [] });
    await undone(undoing, { undoingId: imported, authority: 'segib' });
    expect(await importAgain()).toMatchObject({ unchanged: lines.length, bad: [] });
  });
  it('says what it would take back and takes nothing back', async () => {
    const before = await standing();
    expect(await undone(imported, { dryRun: true })).toMatchObject({ streams: 7, refused: [] });
    expect(await standing()).toEqual(before);
  });
  it('finds nothing under an id that nothing was recorded under', async () =>
    expect(await undone(undoing)).toEqual({ found: 0, streams: 0, events: 0, unchangeable: [], refused: [] }));
  it('of a stream longer than one correction takes back all of it', async () => {
    const aliases = Array.from({ length: 450 }, (_, n) => line('party/malaga', 'AddAlias', { alias: `Malaca ${n}` }));
    await importLines(aliases, {
      ...{ lifecycles, execute: engine.execute, actor: 'importer', roles: ['programme-officer'], correlationId: undoing },
    });
    expect(await undone(undoing)).toMatchObject({ streams: 1, events: 450 });
    expect((await standing())['party-malaga']).toEqual(['PartyRegistered']);
  });
});
