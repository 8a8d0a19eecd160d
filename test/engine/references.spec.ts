import { ruleSet } from '../../data/iuc-lac/sources';
import { UnknownReference } from '../../src/engine/refused';
import { MemoryStore } from '../../src/store/memory';
import { type Database, freshDatabase } from '../cluster/database';
import { type Engine, engineOn } from './engine';

const opened = { title: 'First', component: 'C1', round: 1, rules: 'iuc@1', deadline: '2017-06-30T23:59', timeZone: 'Europe/Brussels' };
const nobody = 'a1b2c3d4-0000-4000-8000-000000000000';

let database: Database;
let store: MemoryStore;
let engine: Engine;
const register = (id: string) =>
  engine.give(`party/${id}`, 'RegisterParty', { name: id, kind: 'city', countries: ['ES'] }, { occurredOn: '2016' });
const retract = (by: Engine, id: string, key = id) =>
  by.give(`party/${id}`, 'Correct', { retract: [{ revision: 0 }], authority: 'unit', reason: 'Never was' }, { key });
beforeAll(async () => {
  database = await freshDatabase();
});
beforeEach(async () => {
  store = new MemoryStore({ now: () => new Date('2021-01-01T12:00:00Z') });
  engine = await engineOn(store, database);
  for (const id of ['unit', 'malaga', 'bogota', 'ghost']) await register(id);
  await engine.give('ruleSet/iuc', 'PublishRuleSet', ruleSet(50_000, 'IUC presentation'), { occurredOn: '2017-01-01' });
  await engine.give('call/first', 'OpenCall', opened, { occurredOn: '2017-01-02' });
});
afterEach(() => engine.close());
afterAll(() => database.drop());

describe('a party whose registration was retracted', () => {
  const apply = (party: string) =>
    engine.give(
      `application/${party}`,
      'SubmitApplication',
      { call: 'first', party, side: 'european', themes: ['housing'], evidence: [] },
      { occurredOn: '2017-02', key: 'apply' },
    );

  it('is named by no new command, also where another process retracted it', async () => {
    const elsewhere = await engineOn(store, database);
    await retract(elsewhere, 'ghost');
    await elsewhere.close();
    await expect(apply('ghost')).rejects.toThrow(UnknownReference);
    await expect(
      engine.give('call/first', 'WaiveGate', { gate: 'not-before-call', scope: 'rest', authority: 'ghost', reason: 'x' }),
    ).rejects.toThrow(UnknownReference);
  });
  it('leaves what was recorded before to be repeated, and to be corrected in something else', async () => {
    const first = await apply('ghost');
    await engine.give('application/ghost', 'RejectApplication', { decidedBy: 'unit', reason: 'Late' }, { occurredOn: '2017-07' });
    await retract(engine, 'ghost');
    expect(await apply('ghost')).toEqual({ ...first, repeated: true });
    const [submitted] = await store.read('application-ghost');
    const corrected = (party: string) =>
      engine.give('application/ghost', 'Correct', {
        replace: [{ revision: 0, data: { ...submitted!.data, party, themes: ['urban-mobility'] } }],
        authority: 'unit',
        reason: 'A slip',
      });
    await retract(engine, 'bogota');
    await expect(corrected('bogota')).rejects.toThrow(UnknownReference);
    expect((await corrected('ghost')).events).toEqual([{ type: 'FactCorrected', revision: 2 }]);
  });
  it('can be named again once it was brought back', async () => {
    await retract(engine, 'ghost');
    await engine.give('party/ghost', 'Correct', { retract: [{ revision: 1 }], authority: 'unit', reason: 'It was there' });
    expect((await apply('ghost')).events).toHaveLength(1);
  });
});

describe('a person', () => {
  const side = 'european';
  let ana: string;
  let bea: string;
  const give = (command: string, body: object, occurredOn = '2018-01-10') => engine.give('pairing/one', command, body, { occurredOn });
  beforeEach(async () => {
    [ana, bea] = [await engine.vault.people.register({ name: 'Ana' }), await engine.vault.people.register({ name: 'Bea' })];
    for (const [party, of] of [['malaga', side] as const, ['bogota', 'latin-american'] as const]) {
      const submitted = { call: 'first', party, side: of, themes: ['housing'], evidence: [] };
      await engine.give(`application/${party}`, 'SubmitApplication', submitted, { occurredOn: '2017-02' });
      await engine.give(
        `application/${party}`,
        'WaiveGate',
        { gate: 'eligible-when-selected', scope: 'rest', authority: 'unit', reason: 'x' },
        { occurredOn: '2017-07' },
      );
      await engine.give(`application/${party}`, 'SelectApplication', { decidedBy: 'unit', reason: 'x' }, { occurredOn: '2017-07' });
    }
    await give('FormPairing', { applications: ['malaga', 'bogota'] }, '2017-09-01');
  });

  it('is in the register, wherever a command names one', async () => {
    await expect(give('DesignateFocalPoint', { side, person: nobody })).rejects.toThrow('There is no person');
    const members = [{ sector: 'public', gender: 'woman', funded: true, person: nobody }];
    await expect(give('RecordDelegation', { mission: 1, members })).rejects.toThrow(UnknownReference);
    const draft = (person: string) =>
      give('DraftAgreement', {
        ...{ agreement: 'a', kind: 'cooperation', languages: ['es'] },
        signatories: [{ party: 'malaga', person }, { party: 'bogota' }],
      });
    await expect(draft(nobody)).rejects.toThrow(UnknownReference);
    expect((await draft(ana)).events).toHaveLength(1);
  });
  it('who was forgotten is named by nothing new, and may leave', async () => {
    await give('DesignateFocalPoint', { side, person: ana });
    await engine.vault.people.forget(ana);
    await expect(give('DesignateFocalPoint', { side: 'latin-american', person: ana })).rejects.toMatchObject({ code: 'PERSON_FORGOTTEN' });
    expect((await give('ReplaceFocalPoint', { side, leaving: ana, person: bea }, '2019')).events).toHaveLength(1);
    await engine.vault.people.forget(bea);
    await expect(give('VacateFocalPoint', { side, person: nobody }, '2020')).rejects.toThrow(UnknownReference);
    expect((await give('VacateFocalPoint', { side, person: bea }, '2020')).events).toHaveLength(1);
  });
  it('stays in a fact that is corrected, and is in the register where it is another one', async () => {
    await give('DesignateFocalPoint', { side, person: ana });
    await engine.vault.people.forget(ana);
    const corrected = (data: object) => give('Correct', { replace: [{ revision: 1, data }], authority: 'unit', reason: 'A slip' });
    await expect(corrected({ side, person: nobody })).rejects.toThrow(UnknownReference);
    expect((await corrected({ side: 'latin-american', person: ana })).events).toHaveLength(1);
    expect((await corrected({ side, person: bea })).events).toHaveLength(1);
  });
});

describe('an account', () => {
  const assign = (officer: string, command = 'AssignOfficer') =>
    engine.give('call/first', command, { officer }, { occurredOn: '2017-02', roles: ['admin'] });
  it('is known, also that of somebody who has not come yet', async () => {
    await expect(assign(nobody)).rejects.toThrow('There is no actor');
    expect((await assign(await engine.vault.actors.actorFor('https://id.example.org', 'ana'))).events).toHaveLength(1);
  });
  it('that was forgotten is named by nothing new, and may be released', async () => {
    const ana = await engine.vault.actors.actorFor('https://id.example.org', 'ana');
    await assign(ana);
    await engine.vault.actors.forget(ana);
    await expect(engine.give('call/first', 'AssignAssessor', { assessor: ana }, { roles: ['admin'] })).rejects.toMatchObject({
      code: 'ACTOR_FORGOTTEN',
    });
    expect((await assign(ana, 'ReleaseOfficer')).events).toHaveLength(1);
  });
});

describe('what a subscription is told apart by', () => {
  const subscribe = (id: string, body: object) =>
    engine.give(`subscription/${id}`, 'CreateSubscription', { delivery: 'pull', ...body }, { roles: ['evaluator'] });
  it.each([
    ['a lifecycle', { lifecycles: ['pairing', 'flight'] }, 'There is no lifecycle flight'],
    ['a lifecycle named as what every object has', { lifecycles: ['constructor'] }, 'There is no lifecycle constructor'],
    ['a type of event', { types: ['PairingFormed', 'PairingFlown'] }, 'There is no eventType PairingFlown'],
    ['a dimension', { where: [{ dimension: 'colour', is: 'blue' }] }, 'There is no dimension colour'],
    ['a dimension of events, and not of facts alone', { where: [{ dimension: 'currency', is: 'EUR' }] }, 'There is no dimension currency'],
    ['an event', { after: 'call-first@7' }, 'There is no event call-first@7'],
  ])('is %s that there is', async (_, body, message) => {
    await expect(subscribe('one', body)).rejects.toThrow(message);
  });
  it('is any lifecycle and type there is, corrections among them, and a stream of which nothing is known yet', async () => {
    const types = ['PairingFormed', 'GateWaived', 'FactRetracted', 'FactCorrected'];
    const wanted = { lifecycles: ['ruleSet', 'pairing'], types, streams: ['pairing-of-tomorrow'], after: 'call-first@0' };
    const where = [
      { dimension: 'component', is: 'C1' },
      { dimension: 'country', is: 'CO' },
    ];
    expect((await subscribe('one', { ...wanted, where })).events).toEqual([{ type: 'SubscriptionCreated', revision: 0 }]);
  });
  it('keeps the address that events are sent to outside events', async () => {
    const endpoint = 'https://events.example.org/secret';
    await subscribe('sent', { delivery: 'webhook', endpoint });
    const [created] = await store.read('subscription-sent');
    expect(created!.data).toMatchObject({ delivery: 'webhook', endpoint: { text: expect.any(String) as string } });
    expect(JSON.stringify(created!.data)).not.toContain('example.org');
    await expect(subscribe('unsent', { delivery: 'webhook', endpoint: 'http://10.0.0.1/' })).rejects.toThrow('endpoint: must be an https');
  });
});
