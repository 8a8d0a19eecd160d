import { ruleSet } from '../../data/iuc-lac/sources';
import { Malformed, UnknownReference } from '../../src/engine/refused';
import { MemoryStore } from '../../src/store/memory';
import type { NewEvent } from '../../src/store/port';
import { type Database, freshDatabase } from '../cluster/database';
import { type Engine, engineOn } from './engine';

const opened = { title: 'First', component: 'C1', round: 1, rules: 'iuc@1', deadline: '2017-06-30T23:59', timeZone: 'Europe/Brussels' };
const held = { mission: 1, mode: 'in-person', from: '2018-02-12', to: '2018-02-16', place: 'Málaga', delegates: 4 };
const submitted = { call: 'first', party: 'malaga', side: 'european', themes: ['housing'] };
const evidence = { kind: 'urban-strategy', note: 'Ana María García wrote it' };
const refused = { decidedBy: 'unit', reason: 'Came late' };

let database: Database;
let store: MemoryStore;
let engine: Engine;
beforeAll(async () => {
  database = await freshDatabase();
});
beforeEach(async () => {
  store = new MemoryStore({ now: () => new Date('2021-01-01T12:00:00Z') });
  engine = await engineOn(store, database);
  const register = (id: string, kind: string) => engine.give(`party/${id}`, 'RegisterParty', { name: id, kind, countries: ['ES'] });
  await register('unit', 'organisation');
  await register('malaga', 'city');
  await engine.give('ruleSet/iuc', 'PublishRuleSet', ruleSet(50_000, 'IUC presentation'), { occurredOn: '2017-01-01' });
  await engine.give('call/first', 'OpenCall', opened, { occurredOn: '2017-01-02' });
  await engine.give('application/malaga', 'SubmitApplication', { ...submitted, evidence: [evidence] }, { occurredOn: '2017-02' });
  await engine.give('application/malaga', 'RejectApplication', refused, { occurredOn: '2017-07' });
});
afterEach(() => engine.close());
afterAll(() => database.drop());

const correct = (to: Parameters<Engine['give']>[0], revision: number, data: object) =>
  engine.give(to, 'Correct', { replace: [{ revision, data }], authority: 'unit', reason: 'A slip' });
const dataOf = async (stream: string, revision: number) => (await store.read(stream))[revision]!.data as Record<string, unknown>;
const written = async () => JSON.stringify((await store.read('application-malaga')).map(({ data, metadata }) => [data, metadata]));
const paths = async (refusal: Promise<unknown>) => {
  const error: unknown = await refusal.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(Malformed);
  return (error as Malformed).fields.map(({ path }) => path);
};

describe('new data of a fact', () => {
  const mission = async () => {
    const metadata = {
      occurredOn: '2018-02-12',
      actor: 'officer',
      roles: ['programme-officer'],
      commandId: 'hold',
      commandHash: '',
      correlationId: 'hold',
    } as NewEvent['metadata'];
    await store.append('pairing-one', [{ id: '5b0d9f0a-3a77-4c1c-8d0c-0b8a1a7e2c44', type: 'MissionHeld', data: held, metadata }], 'none');
  };
  it.each([-40, 1e30, 501])('is held to the range of its numbers: %p delegates', async (delegates) => {
    await mission();
    expect(await paths(correct('pairing/one', 0, { ...held, delegates }))).toContain('replace.0.data.delegates');
  });
  it.each([
    ['timeZone', 'Mars/Base'],
    ['deadline', '2017-02-30T23:59'],
    ['themes', ['Not A Slug']],
    ['round', 0],
    ['title', ''],
  ])('is held to what %s may be: %j', async (field, value) => {
    expect(await paths(correct('call/first', 0, { ...opened, [field]: value }))).toContain(`replace.0.data.${field}`);
  });
  it('is held to it inside lists, and in the words that were sent', async () => {
    const data = await dataOf('application-malaga', 0);
    const found = await paths(correct('application/malaga', 0, { ...(data as object), evidence: [{ ...evidence, note: '' }] }));
    expect(found).toContain('replace.0.data.evidence.0.note');
  });
  it('names only parties and rule sets that there are', async () => {
    await expect(correct('call/first', 0, { ...opened, rules: 'nope@9' })).rejects.toThrow(UnknownReference);
    await expect(correct('application/malaga', 1, { ...refused, decidedBy: 'nobody' })).rejects.toThrow(UnknownReference);
    expect(await store.read('call-first')).toHaveLength(1);
  });
  it('keeps what follows from other facts', async () => {
    const data = (await dataOf('application-malaga', 0)) as object;
    for (const changed of [
      { ...data, deadlineDay: '2030-01-01' },
      { ...data, rules: 'iuc@2' },
    ])
      await expect(correct('application/malaga', 0, changed)).rejects.toMatchObject({ code: 'DERIVED_BY_THE_RULES' });
    await mission();
    await expect(correct('pairing/one', 0, { ...held, mode: 'virtual' })).rejects.toMatchObject({ code: 'DERIVED_BY_THE_RULES' });
  });
  it('changes numbers, dates, lists and words that the rules allow', async () => {
    await correct('call/first', 0, { ...opened, round: 2, deadline: '2017-07-31T23:59', themes: ['housing'] });
    expect((await dataOf('call-first', 1))['data']).toMatchObject({ round: 2, deadline: '2017-07-31T23:59' });
    const data = (await dataOf('application-malaga', 0)) as object;
    await correct('application/malaga', 0, { ...data, themes: ['urban-mobility'], evidence: [{ ...evidence, note: 'Others wrote it' }] });
    expect(await written()).not.toMatch(/García|Others/);
  });
});

describe('a reference in new data', () => {
  const sent = (reason: unknown) => correct('application/malaga', 1, { ...refused, reason });

  it.each([
    ['words in clear', { text: 'Ana María García came late', digest: 'x' }],
    ['a text of nobody', { text: '00000000-0000-4000-8000-000000000001', digest: '0'.repeat(64) }],
    ['a list', ['Ana María García']],
    ['nothing', null],
  ])('is not %s', async (_, reason) => {
    expect(await paths(sent(reason))).toEqual(['replace.0.data.reason']);
    expect(await written()).not.toContain('García');
  });
  it('is not one of another fact', async () => {
    const { evidence: [shown] = [] } = (await dataOf('application-malaga', 0)) as { evidence?: { note: unknown }[] };
    expect(await paths(sent(shown!.note))).toEqual(['replace.0.data.reason']);
  });
  it('is one that the fact holds, or held before it was corrected', async () => {
    const { reason } = await dataOf('application-malaga', 1);
    await engine.give('party/council', 'RegisterParty', { name: 'Council', kind: 'organisation', countries: [] });
    await sent('Came too late');
    await correct('application/malaga', 1, { decidedBy: 'council', reason });
    const { reason: later } = (await dataOf('application-malaga', 2))['data'] as { reason: unknown };
    await sent(later);
    expect((await dataOf('application-malaga', 4))['data']).toEqual({ decidedBy: 'unit', reason: later });
  });
});
