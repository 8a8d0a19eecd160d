import { Doer, settle } from '../../src/engine/doer';
import { policyModel } from '../../src/engine/policies';
import { rulesIn } from '../../src/engine/published-rules';
import type { AnyLifecycle } from '../../src/kernel/lifecycle';
import { lifecycles } from '../../src/lifecycles/all';
import { party, type PartySeen } from '../../src/lifecycles/party';
import { reviewedMerges } from '../../src/lifecycles/reviewed-merges';
import { partiesModel } from '../../src/reading/parties';
import { PostgresStore } from '../../src/store/postgres';
import { type Database, freshDatabase } from '../cluster/database';
import { runnerOver, TestTiming } from '../reading/recording';
import { type Engine, engineOn } from './engine';

const because = { authority: 'unit', reason: 'One city' };
const cities = ['lisboa', 'lisbon', 'olisipo'];
let database: Database;
let store: PostgresStore;
let engine: Engine;
let now: Date;
beforeEach(async () => {
  database = await freshDatabase();
  store = new PostgresStore({ url: database.url });
  now = new Date('2026-03-01T12:00:00Z');
  engine = await engineOn(store, database, () => now);
  await engine.give('party/unit', 'RegisterParty', { name: 'Unit', kind: 'organisation', countries: [] });
  for (const id of cities) await engine.give(`party/${id}`, 'RegisterParty', { name: id, kind: 'city', countries: ['PT'] });
});
afterEach(async () => {
  await engine.close();
  await store.close();
  await database.drop();
});

/** Each a second after the one before. */
const give = async (id: string, command: string, body: object) => {
  now = new Date(now.getTime() + 1_000);
  await engine.give(`party/${id}`, command, { ...body, ...because });
};
const merge = (id: string, into: string) => give(id, 'MergeParty', { into });
const split = (id: string) => give(id, 'SplitParty', {});
const latest = async (id: string) => (await store.read(`party-${id}`)).at(-1)!;
const takeLatestBack = async (id: string) => give(id, 'Correct', { retract: [{ revision: (await latest(id)).revision }] });
const correctLatest = async (id: string, into: string) => {
  const { revision, data } = await latest(id);
  await give(id, 'Correct', { replace: [{ revision, data: { ...data, into } }] });
};
/** All that is demanded by now is done, and the register is read. */
const settled = async () => {
  const runner = runnerOver({
    ...{ pool: database.pool, store, lifecycles: Object.values(lifecycles), rules: rulesIn(store) },
    readModels: [policyModel(reviewedMerges), partiesModel],
  });
  const doer = new Doer({
    ...{ pool: database.pool, lifecycles, policies: [reviewedMerges], execute: engine.execute, now: () => now },
    ...{ timing: new TestTiming(), owner: 'a process', actor: '00000000-0000-4000-8000-000000000000' },
  });
  now = new Date(now.getTime() + 1_000);
  await settle(runner, doer).finally(() => doer.stop());
  await runner.catchUp();
};
/** Into which party each is merged by its own stream; what it counts as in the register has to follow from that. */
const merged = async () => {
  const { rows } = await database.pool.query<{ id: string; target: string; root: string | null }>(
    'select id, target, root from reading.merged_parties order by id',
  );
  const own: Record<string, string> = {};
  const of: AnyLifecycle = party;
  for (const id of cities.toSorted()) {
    const seen = of.seen((await engine.streams.refresh(of, id)).folded.state) as PartySeen;
    if (seen.mergedInto !== undefined) own[id] = seen.mergedInto;
  }
  const end = (id: string): string => (own[id] === undefined ? id : end(own[id]));
  expect(rows).toEqual(Object.entries(own).map(([id, target]) => ({ id, target, root: end(target) })));
  return own;
};
const open = async () =>
  (await database.pool.query<{ state: string }>(`select state from engine.task where state not in ('done', 'undone')`)).rows;

describe('parties that are merged in a circle again', () => {
  afterEach(async () => expect(await open()).toEqual([]));

  it('count as one once a merge was corrected: the merge told last gives way', async () => {
    await merge('lisboa', 'olisipo');
    await merge('lisbon', 'olisipo');
    await correctLatest('lisboa', 'lisbon');
    await settled();
    await correctLatest('lisbon', 'lisboa');
    await settled();
    expect(await merged()).toEqual({ lisboa: 'lisbon' });
    expect(await latest('lisbon')).toMatchObject({ type: 'PartyMergeGaveWay', data: { into: 'lisboa', circle: ['lisboa'] } });
  });

  it('count as one once a split was taken back, though the merge told last is that of the other', async () => {
    await merge('lisboa', 'lisbon');
    await split('lisboa');
    await merge('lisbon', 'lisboa');
    await settled();
    await takeLatestBack('lisboa');
    await settled();
    expect(await merged()).toEqual({ lisboa: 'lisbon' });
  });

  it('count as one once a merge stands again that was taken back', async () => {
    await merge('lisboa', 'lisbon');
    await takeLatestBack('lisboa');
    await merge('lisbon', 'lisboa');
    await settled();
    await takeLatestBack('lisboa');
    await settled();
    expect(await merged()).toEqual({ lisboa: 'lisbon' });
  });

  it('count as one also where it is taken back that one gave way: it gives way anew', async () => {
    await merge('lisboa', 'lisbon');
    await split('lisboa');
    await merge('lisbon', 'lisboa');
    await takeLatestBack('lisboa');
    await settled();
    const gaveWay = await latest('lisbon');
    expect(gaveWay.type).toBe('PartyMergeGaveWay');
    await takeLatestBack('lisbon');
    await settled();
    expect(await merged()).toEqual({ lisboa: 'lisbon' });
    expect((await latest('lisbon')).revision).toBe(gaveWay.revision + 2);
  });

  it('count as one where they are three', async () => {
    await merge('lisboa', 'lisbon');
    await split('lisboa');
    await merge('lisbon', 'olisipo');
    await split('lisbon');
    await merge('olisipo', 'lisboa');
    await settled();
    await takeLatestBack('lisbon');
    await settled();
    expect(await merged()).toEqual({ lisbon: 'olisipo', olisipo: 'lisboa' });
    await takeLatestBack('lisboa');
    await settled();
    expect(await merged()).toEqual({ lisboa: 'lisbon', lisbon: 'olisipo' });
  });

  it('count as one where two corrections bring the circle of three back at once', async () => {
    await merge('lisboa', 'lisbon');
    await split('lisboa');
    await merge('lisbon', 'olisipo');
    await split('lisbon');
    await merge('olisipo', 'lisboa');
    await settled();
    await takeLatestBack('lisbon');
    await takeLatestBack('lisboa');
    await settled();
    expect(await merged()).toEqual({ lisboa: 'lisbon', lisbon: 'olisipo' });
  });
});
