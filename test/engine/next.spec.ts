import { ruleSet } from '../../data/iuc-lac/sources';
import { nextIn } from '../../src/engine/next';
import { rulesIn } from '../../src/engine/published-rules';
import { Streams } from '../../src/engine/streams';
import type { Role } from '../../src/kernel/fields';
import { application } from '../../src/lifecycles/application';
import { call } from '../../src/lifecycles/call';
import { lifecycles } from '../../src/lifecycles/all';
import { MemoryStore } from '../../src/store/memory';
import { type Database, freshDatabase } from '../cluster/database';
import { type Engine, engineOn } from './engine';

const now = () => new Date('2021-01-01T12:00:00Z');

describe('what an actor can do next', () => {
  let database: Database;
  let engine: Engine;
  const store = new MemoryStore({ now });
  beforeAll(async () => {
    database = await freshDatabase();
    engine = await engineOn(store, database, now);
    await engine.give('party/malaga', 'RegisterParty', { name: 'Málaga', kind: 'city', countries: ['ES'] }, { occurredOn: '2016' });
    await engine.give('ruleSet/iuc', 'PublishRuleSet', ruleSet(50_000, 'IUC presentation'), { occurredOn: '2017-01-01' });
    const opened = { title: 'First', component: 'C1', round: 1, rules: 'iuc@1', deadline: '2017-06-30T23:59', timeZone: 'UTC' };
    await engine.give('call/first', 'OpenCall', opened, { occurredOn: '2017-01-02' });
    const applied = { call: 'first', party: 'malaga', side: 'european', themes: ['housing'], evidence: [] };
    await engine.give('application/malaga', 'SubmitApplication', applied, { occurredOn: '2017-02' });
  });
  afterAll(async () => {
    await engine.close();
    await database.drop();
  });
  const names = async (actor: string, roles: Parameters<typeof nextIn>[3]['roles'], on?: string) => {
    const { all } = await nextIn({ lifecycles, now, streams: new Streams(store, rulesIn(store)) }, application, 'malaga', {
      actor,
      roles,
      on,
    });
    return all.map(({ name }) => name);
  };

  it('is asked of what stands in other streams, which a process may not have read yet', async () => {
    // The party that is judged, and the criteria of the call, are other streams'.
    expect(await names('officer', ['programme-officer'], '2017-03')).toContain('CheckEligibility');
    expect(await names('ana', ['assessor'], '2017-03')).toEqual(['DeclareConflict']);
    const criteria = [{ criterion: 'impact', weight: 100, lowest: 1, highest: 5 }];
    await engine.give('call/first', 'SetCriteria', { criteria }, { occurredOn: '2017-02' });
    expect(await names('ana', ['assessor'], '2017-03')).toEqual(['AssessApplication', 'DeclareConflict']);
    await engine.give('application/malaga', 'CheckEligibility', {}, { occurredOn: '2017-03' });
    expect(await names('officer', ['programme-officer'], '2017-03')).not.toContain('CheckEligibility');
  });

  it('is everything to an administrator, also one who is an officer too, whoever is assigned', async () => {
    const ana = await engine.vault.actors.actorFor('test', 'ana');
    const { revision } = await engine.give('call/first', 'AssignOfficer', { officer: ana });
    const asked = (...roles: Role[]) =>
      nextIn({ lifecycles, now, streams: new Streams(store, rulesIn(store)) }, call, 'first', { actor: 'bea', roles });
    expect(await asked('programme-officer')).toMatchObject({ all: [], leftTo: ['call/first'] });
    expect(await asked('programme-officer', 'admin')).toEqual(await asked('admin'));
    await engine.give('party/unit', 'RegisterParty', { name: 'Unit', kind: 'organisation', countries: [] });
    const because = { authority: 'unit', reason: 'Typed wrongly' };
    await engine.give('call/first', 'Correct', { retract: [{ revision }], ...because }, { actor: ana });
  });

  it('is what their roles may give, today where no date is asked for', async () => {
    expect(await names('reader', ['evaluator'])).toEqual([]);
    const { on, revision } = await nextIn({ lifecycles, now, streams: new Streams(store, rulesIn(store)) }, application, 'malaga', {
      ...{ actor: 'ana', roles: ['assessor'] },
    });
    expect([on, revision]).toEqual(['2021-01-01', 1]);
  });
});
