import { Doer, settle } from '../../src/engine/doer';
import type { Execute, Receipt } from '../../src/engine/execute';
import { policyModel } from '../../src/engine/policies';
import { timersModel } from '../../src/engine/timers';
import { rulesIn } from '../../src/engine/published-rules';
import { TryAgain } from '../../src/engine/refused';
import { lifecycles } from '../../src/lifecycles/all';
import { policies } from '../../src/lifecycles/policies';
import { PostgresStore } from '../../src/store/postgres';
import { ruleSet } from '../../data/iuc-lac/sources';
import { type Database, freshDatabase } from '../cluster/database';
import { runnerOver, TestTiming } from '../reading/recording';
import { type Engine, engineOn } from './engine';

let database: Database;
let store: PostgresStore;
let engine: Engine;
let now: Date;
const select = async (application: string, more: object = {}) => {
  await engine.give(`application/${application}`, 'CheckEligibility', {});
  await engine.give(`application/${application}`, 'SelectApplication', { decidedBy: 'unit', reason: 'Common ground', ...more });
};
const form = (pairing: string, applications: readonly string[]) => engine.give(`pairing/${pairing}`, 'FormPairing', { applications });
beforeEach(async () => {
  database = await freshDatabase();
  store = new PostgresStore({ url: database.url });
  now = new Date('2026-03-01T12:00:00Z');
  engine = await engineOn(store, database, () => now);
  await engine.give('ruleSet/r', 'PublishRuleSet', ruleSet(50_000, 'a test'));
  await engine.give('party/unit', 'RegisterParty', { name: 'Unit', kind: 'organisation', countries: [] });
  await engine.give('call/c', 'OpenCall', {
    ...{ title: 'A call', component: 'C1', round: 1, rules: 'r@1', deadline: '2026-06-01T12:00', timeZone: 'Europe/Brussels' },
  });
  for (const [city, side, country] of [
    ['almada', 'european', 'PT'],
    ['vina', 'latin-american', 'CL'],
    ['belo', 'latin-american', 'BR'],
  ] as const) {
    await engine.give(`party/${city}`, 'RegisterParty', { name: city, kind: 'city', countries: [country] });
    await engine.give(`application/${city}`, 'SubmitApplication', {
      call: 'c',
      party: city,
      side,
      themes: ['urban-mobility'],
      evidence: [],
    });
  }
});
afterEach(async () => {
  await engine.close();
  await store.close();
  await database.drop();
});

/** One process that does what policies demand; its commands may be lost on the way. */
const process = (execute: (command: Execute) => Promise<Receipt> = engine.execute) => {
  const runner = runnerOver({
    ...{ pool: database.pool, store, lifecycles: Object.values(lifecycles), rules: rulesIn(store) },
    readModels: [...policies.map(policyModel), timersModel(Object.values(lifecycles))],
  });
  const doer = new Doer({
    ...{ pool: database.pool, lifecycles, policies, execute, now: () => now, timing: new TestTiming(), owner: 'a process' },
    actor: '00000000-0000-4000-8000-000000000000',
  });
  return { runner, doer, settle: () => settle(runner, doer).finally(() => doer.stop()) };
};
const told = async (stream: string) => (await store.read(stream)).map(({ type }) => type);
const tasks = async () =>
  (
    await database.pool.query<{ stream: string; state: string }>(
      `select stream, state from engine.task where stream not like 'deadline-%' order by position, path`,
    )
  ).rows.map(({ stream, state }) => `${stream}: ${state}`);

describe('what a policy demands', () => {
  beforeEach(async () => {
    await select('almada');
    await select('vina');
    await form('vina-almada', ['almada', 'vina']);
  });

  it('is done under the name of the event that demands it, with what it was recorded with', async () => {
    await process().settle();
    const [paired] = (await store.read('application-almada')).slice(-1);
    const [formed] = await store.read('pairing-vina-almada');
    expect(paired).toMatchObject({
      type: 'ApplicationPaired',
      data: { pairing: 'vina-almada' },
      metadata: {
        roles: ['service'],
        causationId: 'pairing-vina-almada@0',
        correlationId: formed!.metadata.correlationId,
        occurredOn: formed!.metadata.occurredOn,
      },
    });
    expect(await tasks()).toEqual(['application-almada: done', 'application-vina: done']);
  });

  it('is done once, however often it is looked at, and by whichever process', async () => {
    await process().settle();
    await database.pool.query(`update engine.task set state = 'open'`);
    await process().settle();
    await database.pool.query(`delete from engine.task; delete from engine.checkpoint`);
    await process().settle();
    expect((await told('application-almada')).filter((type) => type === 'ApplicationPaired')).toHaveLength(1);
  });

  it('is caught up with after a time in which nobody did anything', async () => {
    await form('other', ['belo', 'almada']).catch(() => undefined);
    await engine.give('pairing/vina-almada', 'KickOff', {});
    await process().settle();
    expect(await told('application-vina')).toContain('ApplicationPaired');
  });

  it('is done by a second process where the first was cut off before it could say so', async () => {
    const cutOff = process(async (command) => {
      await engine.execute(command);
      throw new TryAgain('the answer was lost');
    });
    await cutOff.settle();
    expect(await tasks()).toEqual(['application-almada: failed', 'application-vina: failed']);
    now = new Date('2026-03-01T13:00:00Z');
    await process().settle();
    expect(await tasks()).toEqual(['application-almada: done', 'application-vina: done']);
    expect((await told('application-almada')).filter((type) => type === 'ApplicationPaired')).toHaveLength(1);
  });

  it('waits in its own stream alone behind what fails', async () => {
    const stumbling = process((command) => (command.id === 'almada' ? Promise.reject(new TryAgain('not now')) : engine.execute(command)));
    await stumbling.settle();
    await engine.give('pairing/vina-almada', 'Correct', {
      ...{ retract: [{ revision: 0 }], authority: 'unit', reason: 'Formed by mistake' },
    });
    await stumbling.settle();
    expect(await told('application-vina')).toEqual([
      'ApplicationSubmitted',
      'EligibilityChecked',
      'ApplicationSelected',
      'ApplicationPaired',
      'ApplicationFreed',
    ]);
    expect((await tasks()).filter((task) => task.startsWith('application-almada'))).toEqual([
      'application-almada: failed',
      'application-almada: open',
    ]);
    now = new Date('2026-03-02T12:00:00Z');
    await process().settle();
    expect((await told('application-almada')).slice(-2)).toEqual(['ApplicationPaired', 'ApplicationFreed']);
  });

  it('leaves an application to the pairing that it serves', async () => {
    await process().settle();
    await select('belo');
    await expect(form('belo-almada', ['almada', 'belo'])).rejects.toMatchObject({ code: 'NOT_FREE' });
  });

  it('lets an application go neither by withdrawal nor by revocation while it serves a pairing', async () => {
    await process().settle();
    const closed = { code: 'GATE_CLOSED', detail: { gates: [expect.objectContaining({ gate: 'free-to-leave' })] } };
    await expect(engine.give('application/almada', 'WithdrawApplication', { reason: 'A new mayor' })).rejects.toMatchObject(closed);
    await expect(engine.give('application/almada', 'RevokeDecision', { decidedBy: 'unit', reason: 'An error' })).rejects.toMatchObject(
      closed,
    );
  });
});

describe('a pairing formed from an application that fell away meanwhile', () => {
  const fallen = { type: 'PairingDissolved', data: { cause: 'application-fell-away', application: 'almada' } };
  beforeEach(async () => {
    await select('almada');
    await select('vina');
    await form('vina-almada', ['almada', 'vina']);
  });

  it('is dissolved where that was withdrawn, and the other application is free again', async () => {
    await engine.give('application/almada', 'WithdrawApplication', { reason: 'A new mayor' });
    await process().settle();
    expect((await store.read('pairing-vina-almada')).at(-1)).toMatchObject(fallen);
    expect((await told('application-vina')).slice(-2)).toEqual(['ApplicationPaired', 'ApplicationFreed']);
    expect(await tasks()).toEqual([
      'application-almada: undone',
      'pairing-vina-almada: done',
      'application-vina: done',
      'application-almada: done',
      'application-vina: done',
    ]);
  });

  it('is dissolved where another pairing was formed from it a moment earlier', async () => {
    await select('belo');
    await form('belo-almada', ['almada', 'belo']);
    await process().settle();
    expect(await told('pairing-vina-almada')).toEqual(['PairingFormed']);
    expect((await store.read('pairing-belo-almada')).at(-1)).toMatchObject(fallen);
    expect((await told('application-belo')).slice(-2)).toEqual(['ApplicationPaired', 'ApplicationFreed']);
  });

  it('waits for an officer where it was kicked off already', async () => {
    await engine.give('application/almada', 'WithdrawApplication', { reason: 'A new mayor' });
    await engine.give('pairing/vina-almada', 'KickOff', {});
    await process().settle();
    expect(await tasks()).toContain('pairing-vina-almada: refused');
  });
});

it('a party selected for two pairings serves both', async () => {
  await select('almada', { pairings: 2 });
  await select('vina');
  await select('belo');
  await form('vina-almada', ['almada', 'vina']);
  await process().settle();
  await form('belo-almada', ['almada', 'belo']);
  await process().settle();
  expect((await told('application-almada')).filter((type) => type === 'ApplicationPaired')).toHaveLength(2);
});

describe('what the calendar demands', () => {
  const agreement = 'opening';
  const stream = 'pairing-vina-almada';
  const latest = async () => (await store.read(stream)).at(-1)!;
  beforeEach(async () => {
    await select('almada');
    await select('vina');
    await form('vina-almada', ['almada', 'vina']);
    const signatories = [{ party: 'almada' }, { party: 'vina' }];
    const draft = { agreement, kind: 'opening', signatories, languages: ['pt'], validUntil: '2026-05-31' };
    await engine.give('pairing/vina-almada', 'DraftAgreement', draft);
    for (const { party } of signatories) await engine.give('pairing/vina-almada', 'SignAgreement', { agreement, party, language: 'pt' });
  });

  it('is left alone until its day', async () => {
    now = new Date('2026-05-30T12:00:00Z');
    await process().settle();
    expect(await told(stream)).not.toContain('AgreementExpired');
  });

  it('is done once, also long after its day, and dated to it', async () => {
    now = new Date('2027-01-15T12:00:00Z');
    await process().settle();
    await process().settle();
    await database.pool.query('delete from engine.timer; delete from engine.checkpoint');
    await process().settle();
    expect((await told(stream)).filter((type) => type === 'AgreementExpired')).toHaveLength(1);
    expect(await latest()).toMatchObject({ data: { agreement }, metadata: { occurredOn: '2026-05-31', roles: ['service'] } });
  });

  it('is no longer done once a renewal was recorded in time', async () => {
    now = new Date('2026-05-30T12:00:00Z');
    await engine.give('pairing/vina-almada', 'RenewAgreement', { agreement, validUntil: '2028-05-31' });
    now = new Date('2027-01-15T12:00:00Z');
    await process().settle();
    expect(await told(stream)).not.toContain('AgreementExpired');
  });

  it('gives way to a renewal recorded late, and comes again on the new day', async () => {
    now = new Date('2027-01-15T12:00:00Z');
    await process().settle();
    await engine.give('pairing/vina-almada', 'RenewAgreement', { agreement, validUntil: '2028-05-31' }, { occurredOn: '2026-05-02' });
    expect((await told(stream)).slice(-2)).toEqual(['FactRetracted', 'AgreementRenewed']);
    await process().settle();
    expect(await latest()).toMatchObject({ type: 'AgreementRenewed' });
    now = new Date('2028-06-01T12:00:00Z');
    await process().settle();
    expect(await latest()).toMatchObject({ type: 'AgreementExpired', metadata: { occurredOn: '2028-05-31' } });
  });

  it('comes back when the renewal was itself a mistake', async () => {
    now = new Date('2026-05-30T12:00:00Z');
    await engine.give('pairing/vina-almada', 'RenewAgreement', { agreement, validUntil: '2028-05-31' });
    const { revision } = await latest();
    now = new Date('2027-01-15T12:00:00Z');
    await process().settle();
    await engine.give('pairing/vina-almada', 'Correct', { retract: [{ revision }], authority: 'unit', reason: 'Of another agreement' });
    await process().settle();
    expect(await latest()).toMatchObject({ type: 'AgreementExpired', metadata: { occurredOn: '2026-05-31' } });
  });
});
