import { ruleSet } from '../../data/iuc-lac/sources';
import { importLines } from '../../src/engine/import';
import type { Envelope } from '../../src/engine/execute';
import { NotResponsible } from '../../src/engine/refused';
import { keptFrom } from '../../src/engine/rights';
import { importer } from '../../src/cli/on-bus';
import { officers, type Role } from '../../src/kernel/fields';
import { call } from '../../src/lifecycles/call';
import { lifecycles } from '../../src/lifecycles/all';
import { Streams } from '../../src/engine/streams';
import { rulesIn } from '../../src/engine/published-rules';
import { MemoryStore } from '../../src/store/memory';
import { type Database, freshDatabase } from '../cluster/database';
import { type Engine, engineOn } from './engine';

let database: Database;
let store: MemoryStore;
let engine: Engine;
let [ana, bea, cruz] = ['', '', ''];
beforeAll(async () => {
  database = await freshDatabase();
});
beforeEach(async () => {
  store = new MemoryStore({ now: () => new Date('2021-01-01T12:00:00Z') });
  engine = await engineOn(store, database);
  [ana, bea, cruz] = (await Promise.all(['ana', 'bea', 'cruz'].map((who) => engine.vault.actors.actorFor('test', who)))) as [
    string,
    string,
    string,
  ];
  await tell();
});
afterEach(() => engine.close());
afterAll(() => database.drop());

type To = Parameters<Engine['give']>[0];
const by = (actor: string, ...roles: Role[]): Partial<Envelope> => ({ actor, roles: roles.length > 0 ? roles : ['programme-officer'] });
const opening = { title: 'A call', component: 'C1', round: 1, rules: 'r@1', deadline: '2019-06-01T12:00', timeZone: 'Europe/Brussels' };
const because = { authority: 'unit', reason: 'Typed wrongly' };

/** A selected application of a city to a call. */
const selected = async (city: string, side: string, country: string, to: string) => {
  const give = (of: To, name: string, data: object, occurredOn: string) => engine.give(of, name, data, { occurredOn });
  await give(`party/${city}`, 'RegisterParty', { name: city, kind: 'city', countries: [country] }, '2018');
  await give(`application/${city}`, 'SubmitApplication', { call: to, party: city, side, themes: ['housing'], evidence: [] }, '2019-02');
  await give(`application/${city}`, 'CheckEligibility', {}, '2019-03');
  await give(`application/${city}`, 'SelectApplication', { decidedBy: 'unit', reason: 'Common ground' }, '2019-04');
};
/** A programme with a call; of that two selected applications and a pairing; a call beside them that belongs to nothing. */
const tell = async () => {
  const give = (to: To, name: string, data: object, occurredOn: string) => engine.give(to, name, data, { occurredOn });
  await give('ruleSet/r', 'PublishRuleSet', ruleSet(50_000, 'a test'), '2018');
  await give('party/unit', 'RegisterParty', { name: 'Unit', kind: 'organisation', countries: [] }, '2018');
  await give('programme/iuc', 'OpenProgramme', { name: 'IUC', components: ['C1'] }, '2018');
  await give('call/first', 'OpenCall', { ...opening, programme: 'iuc' }, '2019-01-10');
  await give('call/alone', 'OpenCall', opening, '2019-01-10');
  await selected('malaga', 'european', 'ES', 'first');
  await selected('cartagena', 'latin-american', 'CO', 'first');
  await give('pairing/p', 'FormPairing', { applications: ['malaga', 'cartagena'] }, '2019-05');
};
const assign = (to: To, officer: string, envelope = by(officer)) => engine.give(to, 'AssignOfficer', { officer }, envelope);
const kickOff = (envelope: Partial<Envelope>) => engine.give('pairing/p', 'KickOff', {}, { occurredOn: '2019-06-01', ...envelope });
/** Refused, naming the streams whose officers may; and nothing is recorded. */
const refused = async (command: Promise<unknown>, ...streams: string[]) => {
  const error: unknown = await command.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(NotResponsible);
  expect((error as NotResponsible).streams).toEqual(streams);
};
const recorded = async () => (await store.readAll(0n, 1_000)).length;

describe('an officer', () => {
  it('commands everything while nobody is assigned, and may be the first', async () => {
    expect((await assign('call/first', bea, by(ana))).events).toHaveLength(1);
    expect((await kickOff(by(bea))).events).toHaveLength(1);
  });
  it.each(['programme/iuc', 'call/first', 'pairing/p'] as const)(
    'who is assigned to %s commands the pairing, and no other officer does',
    async (to) => {
      await assign(to, ana);
      const before = await recorded();
      await refused(kickOff(by(bea)), to);
      await refused(kickOff({ ...by(bea), dryRun: true }), to);
      expect(await recorded()).toBe(before);
      expect((await kickOff(by(ana))).events).toHaveLength(1);
    },
  );
  it('is assigned on any level, and is told of every one where they are not', async () => {
    await assign('programme/iuc', ana);
    await assign('call/first', bea, by(ana));
    await assign('pairing/p', cruz, by(bea));
    for (const who of [ana, bea, cruz]) expect((await kickOff({ ...by(who), dryRun: true })).events).toHaveLength(1);
    await refused(kickOff(by('dora')), 'pairing/p', 'call/first', 'programme/iuc');
  });
  it('of one level is none above it, nor beside it', async () => {
    await assign('pairing/p', ana);
    await assign('call/first', bea);
    await refused(engine.give('call/first', 'CloseCall', {}, by(ana)), 'call/first');
    await refused(engine.give('application/malaga', 'RevokeDecision', { decidedBy: 'unit', reason: 'No' }, by(ana)), 'call/first');
    expect((await engine.give('call/alone', 'CloseCall', {}, by(ana))).events).toHaveLength(1);
  });
  it('who is not responsible waives and corrects nothing, and changes no assignment', async () => {
    await assign('call/first', ana);
    const waived = { gate: 'first-visitor', scope: 'rest', ...because };
    await refused(engine.give('pairing/p', 'WaiveGate', waived, by(bea)), 'call/first');
    await refused(engine.give('pairing/p', 'Correct', { retract: [{ revision: 0 }], ...because }, by(bea)), 'call/first');
    await refused(assign('call/first', bea), 'call/first');
    await refused(engine.give('call/first', 'ReleaseOfficer', { officer: ana }, by(bea)), 'call/first');
    expect((await engine.give('pairing/p', 'WaiveGate', waived, by(ana))).events).toHaveLength(1);
  });
  it('releases themselves, and with the last one everything is open again', async () => {
    await assign('call/first', ana);
    await assign('call/first', bea, by(ana));
    await engine.give('call/first', 'ReleaseOfficer', { officer: ana }, by(ana));
    await refused(kickOff(by(ana)), 'call/first');
    await engine.give('call/first', 'ReleaseOfficer', { officer: bea }, by(bea));
    expect((await kickOff(by(ana))).events).toHaveLength(1);
  });
  it('whose release or assignment is taken back is judged by what stands', async () => {
    await assign('call/first', ana);
    await assign('call/first', bea, by(ana));
    const { revision } = await engine.give('call/first', 'ReleaseOfficer', { officer: bea }, by(ana));
    await refused(kickOff(by(bea)), 'call/first');
    await engine.give('call/first', 'Correct', { retract: [{ revision }], ...because }, by(ana));
    expect((await kickOff(by(bea))).events).toHaveLength(1);
  });
  it('released by another process is refused at once', async () => {
    await assign('call/first', ana);
    await assign('call/first', bea, by(ana));
    await kickOff({ ...by(bea), dryRun: true });
    const elsewhere = await engineOn(store, database);
    await elsewhere.give('call/first', 'ReleaseOfficer', { officer: bea }, by(ana));
    await refused(kickOff(by(bea)), 'call/first');
    await elsewhere.close();
  });
  it('hears of a command that was recorded before, also when released since', async () => {
    await assign('call/first', ana);
    await assign('call/first', bea, by(ana));
    const first = await kickOff({ ...by(bea), key: 'k' });
    await engine.give('call/first', 'ReleaseOfficer', { officer: bea }, by(ana));
    expect(await kickOff({ ...by(bea), key: 'k' })).toEqual({ ...first, repeated: true });
  });
  it('opens no call, submits no application and forms no pairing where others are responsible', async () => {
    await engine.give('pairing/p', 'DissolvePairing', { cause: 'formed-by-mistake' }, { occurredOn: '2019-05-20' });
    await assign('programme/iuc', ana);
    const before = await recorded();
    await refused(
      engine.give('call/second', 'OpenCall', { ...opening, round: 2, programme: 'iuc' }, { ...by(bea), occurredOn: '2019-02' }),
      'programme/iuc',
    );
    const submitted = { call: 'first', party: 'malaga', side: 'european', themes: ['housing'], evidence: [] };
    await refused(engine.give('application/again', 'SubmitApplication', submitted, { ...by(bea), occurredOn: '2019-02' }), 'programme/iuc');
    await refused(
      engine.give('pairing/q', 'FormPairing', { applications: ['malaga', 'cartagena'] }, { ...by(bea), occurredOn: '2019-05' }),
      'programme/iuc',
    );
    expect(await recorded()).toBe(before);
    expect(
      (await engine.give('pairing/q', 'FormPairing', { applications: ['malaga', 'cartagena'] }, { ...by(ana), occurredOn: '2019-05' }))
        .events,
    ).toHaveLength(1);
  });
  it('moves nothing to where others are responsible by a correction', async () => {
    await assign('programme/iuc', ana);
    const moved = { replace: [{ revision: 0, data: { ...opening, programme: 'iuc' } }], ...because };
    await refused(engine.give('call/alone', 'Correct', moved, by(bea)), 'programme/iuc');
    expect((await engine.give('call/alone', 'Correct', moved, by(ana))).events).toHaveLength(1);
  });
  it('moves nothing from one programme to another where others are responsible', async () => {
    await engine.give('programme/other', 'OpenProgramme', { name: 'Other', components: ['C1'] }, { occurredOn: '2018' });
    await assign('programme/other', ana);
    const moved = { replace: [{ revision: 0, data: { ...opening, programme: 'other' } }], ...because };
    const before = await recorded();
    await refused(engine.give('call/first', 'Correct', moved, by(bea)), 'programme/other');
    expect(await recorded()).toBe(before);
    expect((await engine.give('call/first', 'Correct', moved, by(ana))).events).toHaveLength(1);
  });
  it('of nothing registers parties and publishes rules all the same', async () => {
    await assign('programme/iuc', ana);
    expect((await engine.give('party/malaga', 'AddAlias', { alias: 'Malaca' }, by(bea))).events).toHaveLength(1);
    expect((await engine.give('ruleSet/s', 'PublishRuleSet', ruleSet(50_000, 'a test'), by(bea))).events).toHaveLength(1);
  });
});

describe('an application of another call', () => {
  beforeEach(async () => {
    await engine.give('call/later', 'OpenCall', { ...opening, round: 2 }, { ...by(cruz), occurredOn: '2019-01-20' });
    await selected('pasto', 'latin-american', 'CO', 'later');
  });
  const forms = (envelope: Partial<Envelope>) =>
    engine.give('pairing/q', 'FormPairing', { applications: ['malaga', 'pasto'] }, { occurredOn: '2019-05', ...envelope });

  it('is paired by whoever is responsible for both calls', async () => {
    await assign('call/first', ana);
    await assign('call/later', bea);
    const before = await recorded();
    await refused(forms(by(bea)), 'call/first');
    await refused(forms({ ...by(bea), dryRun: true }), 'call/first');
    await refused(forms(by(ana)), 'call/later');
    await refused(forms(by(cruz)), 'call/later', 'call/first');
    expect(await recorded()).toBe(before);
    expect((await forms({ ...by(cruz, 'admin'), dryRun: true })).events).toHaveLength(1);
    await assign('call/first', bea, by(ana));
    expect((await forms(by(bea))).events).toHaveLength(1);
  });
  it('is not taken into a call that belongs to nobody', async () => {
    await assign('programme/iuc', bea);
    const before = await recorded();
    await refused(forms(by(cruz)), 'programme/iuc');
    expect(await recorded()).toBe(before);
    expect((await forms(by(bea))).events).toHaveLength(1);
  });
  it('is not taken again by taking back the dissolution that freed it', async () => {
    await forms(by(cruz));
    await assign('call/first', ana);
    await assign('call/later', bea);
    const dissolved = { cause: 'formed-by-mistake' };
    const { revision } = await engine.give('pairing/q', 'DissolvePairing', dissolved, { ...by(bea), occurredOn: '2019-05-20' });
    const takenBack = (envelope: Partial<Envelope>) =>
      engine.give('pairing/q', 'Correct', { retract: [{ revision }], ...because }, envelope);
    await refused(takenBack(by(bea)), 'call/first');
    await refused(takenBack({ ...by(bea), dryRun: true }), 'call/first');
    await assign('call/first', bea, by(ana));
    expect((await takenBack(by(bea))).events).toHaveLength(1);
  });
  it('is paired by every officer where nobody is assigned', async () => expect((await forms(by(cruz))).events).toHaveLength(1));
  it('gives no right on the pairing, and is not asked about again', async () => {
    await forms(by(cruz));
    await assign('call/first', ana);
    await assign('call/later', bea);
    await refused(engine.give('pairing/q', 'KickOff', {}, { ...by(ana), occurredOn: '2019-06-01' }), 'call/later');
    expect(
      (await engine.give('pairing/q', 'Correct', { replace: [{ revision: 0, occurredOn: '2019-05-02' }], ...because }, by(bea))).events,
    ).toHaveLength(1);
  });
});

describe('whoever is assigned,', () => {
  beforeEach(() => assign('programme/iuc', ana));

  it('an administrator commands, also one who is an officer too', async () => {
    expect((await kickOff({ ...by(bea, 'admin'), dryRun: true })).events).toHaveLength(1);
    expect((await kickOff({ ...by(bea, 'programme-officer', 'admin'), dryRun: true })).events).toHaveLength(1);
    await refused(kickOff(by(bea, 'programme-officer', 'evaluator')), 'programme/iuc');
  });
  it('policies and timers go on', async () => {
    const dissolved = engine.give('pairing/p', 'DissolvePairing', { cause: 'application-fell-away' }, by('itself', 'service'));
    expect((await dissolved).events).toHaveLength(1);
    expect((await engine.give('application/malaga', 'MarkPaired', { pairing: 'p' }, by('itself', 'service'))).events).toHaveLength(1);
  });
  it('a service gives no command that is not for services', () => refused(kickOff(by('itself', 'service')), 'programme/iuc'));
  it('the command line imports', async () => {
    const line = JSON.stringify({ to: 'pairing/p', do: 'KickOff', data: {}, occurredOn: '2019-06-01' });
    const from = (roles: readonly Role[]) =>
      importLines([line], { lifecycles, execute: engine.execute, actor: 'importer', roles, correlationId: 'c' });
    expect((await from(['programme-officer'])).bad).toMatchObject([{ line: 1, error: { streams: ['programme/iuc'] } }]);
    expect(await from(importer.roles)).toMatchObject({ recorded: 1, bad: [] });
  });
  it('it can be asked who may, without giving a command', async () => {
    const on = { streams: new Streams(store, rulesIn(store)), lifecycles };
    const { state } = (await on.streams.refresh(call, 'first')).folded;
    const ask = (actor: string) =>
      keptFrom(on, { actor, roles: ['programme-officer'] }, officers, { of: call, id: 'first', state }, 'stored');
    expect(await ask(ana)).toBeUndefined();
    expect(await ask(bea)).toMatchObject({ streams: ['programme/iuc'] });
  });
});

describe('in a process that hears every event as it comes', () => {
  const dry = (actor: string) => kickOff({ ...by(actor), dryRun: true });
  let elsewhere: Engine;
  beforeEach(async () => {
    await assign('call/first', ana);
    engine.streams.caughtUp();
    await dry(ana);
    elsewhere = await engineOn(store, database);
  });
  afterEach(() => elsewhere.close());

  it('rights are those that it has heard of, read once', async () => {
    const reads = jest.spyOn(store, 'read');
    await dry(ana);
    expect(reads).not.toHaveBeenCalled();
    await elsewhere.give('call/first', 'AssignOfficer', { officer: bea }, by(ana));
    for (const event of await store.readAll(0n, 1_000)) engine.streams.heard(event);
    expect((await dry(bea)).events).toHaveLength(1);
  });
  it('nobody is refused by what it has not heard of yet', async () => {
    await elsewhere.give('call/first', 'AssignOfficer', { officer: bea }, by(ana));
    expect((await dry(bea)).events).toHaveLength(1);
    await refused(dry(cruz), 'call/first');
  });
});
