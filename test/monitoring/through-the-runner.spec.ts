import { pairing } from '../../src/lifecycles/pairing';
import { party } from '../../src/lifecycles/party';
import { facts } from '../../src/monitoring/facts';
import { Reports } from '../../src/monitoring/report';
import { PostgresStore } from '../../src/store/postgres';
import { type Database, freshDatabase } from '../cluster/database';
import { programme } from './programme';
import { oneMission, record, runnerOver, type Told } from '../reading/recording';

let database: Database;
let store: PostgresStore;
beforeAll(async () => {
  database = await freshDatabase();
  store = new PostgresStore({ url: database.url });
});
afterAll(async () => {
  await store.close();
  await database.drop();
});

const registered = (name: string, kind: string, country: string, ...members: string[]): Told => [
  'PartyRegistered',
  {
    name,
    kind,
    countries: [country],
    ...(members.length > 0 && { members: members.map((municipality) => ({ municipality, name: municipality })) }),
  },
  '2021-01-01',
];
const rows = async () =>
  (await database.pool.query('select * from reading.facts order by stream, revision, ordinal, recorded_position')).rows as unknown[];

it('figures of real lifecycles follow the log: slots, parties, their municipalities and countries, merged and split', async () => {
  const runner = runnerOver({ pool: database.pool, store, lifecycles: [pairing, party], readModels: [facts], batch: 3 });
  const reports = new Reports(database.pool, store, programme);
  const asked = async () => {
    const { indicators } = await reports.make({ asOf: '2020-12-31', language: 'en' });
    return Object.fromEntries(indicators.map(({ code, value }) => [code, value]));
  };
  const reason = { text: '8d6d3c1e-0000-4000-8000-000000000001', digest: 'd'.repeat(64) };

  await record(store, 'party-malaga', [registered('Málaga', 'city', 'ES')]);
  await record(store, 'party-cartagena', [registered('Cartagena de Indias', 'consortium', 'CO', 'cartagena-de-indias', 'turbaco')]);
  await record(store, 'pairing-cartagena-malaga', oneMission);
  await runner.catchUp();
  expect(await asked()).toMatchObject({
    'pairings-formed': 1,
    'party-slots': 2,
    'parties-distinct': 2,
    'municipalities-distinct': 3,
    'countries-european': 1,
    'countries-latin-american': 1,
    'pairings-without-ucap': 1,
  });

  const retracted: Told = ['FactRetracted', { revision: 0, type: 'PartyRegistered', authority: 'iuc', reason }, '2021-01-02'];
  await record(
    store,
    'party-cartagena',
    [registered('Cartagena de Indias', 'consortium', 'CO', 'cartagena-de-indias', 'turbaco'), retracted],
    1,
  );
  await runner.catchUp();
  expect(await asked()).toMatchObject({ 'parties-distinct': 2, 'municipalities-distinct': 1, 'countries-latin-american': 0 });

  await record(store, 'party-malaga-town', [
    registered('Malaga', 'city', 'IT'),
    ['PartyMerged', { duplicate: 'malaga-town', into: 'malaga', authority: 'iuc', reason }, '2020-06'],
  ]);
  await record(store, 'pairing-turbaco-malaga', [
    [
      oneMission[0]![0],
      {
        ...oneMission[0]![1],
        sides: [
          { side: 'european', members: [{ party: 'malaga-town', application: 'malaga-town-2' }] },
          { side: 'latin-american', members: [{ party: 'turbaco', application: 'turbaco-2' }] },
        ],
      },
      '2017-06',
    ],
  ]);
  await runner.catchUp();
  expect(await asked()).toMatchObject({
    'party-slots': 4,
    'parties-distinct': 3,
    'municipalities-distinct': 1,
    'countries-european': 1,
  });
  await record(
    store,
    'party-malaga-town',
    [
      registered('Malaga', 'city', 'IT'),
      ['PartyMerged', {}, '2020-06'],
      ['PartySplit', { from: 'malaga', authority: 'iuc', reason }, '2020-11'],
    ],
    2,
  );
  await runner.catchUp();
  expect(await asked()).toMatchObject({ 'parties-distinct': 4, 'municipalities-distinct': 2, 'countries-european': 2 });

  const before = await rows();
  await runner.rebuild('facts');
  expect(await rows()).toEqual(before);
});

it('a UCAP and an agreement count from the last of their approvals and signatures, in whatever order these were recorded and corrected', async () => {
  const runner = runnerOver({ pool: database.pool, store, lifecycles: [pairing, party], readModels: [facts], batch: 3 });
  const reports = new Reports(database.pool, store, programme);
  const figures = async (asOf: string) => {
    const { indicators } = await reports.make({ asOf, language: 'en' });
    const of = (code: string) => indicators.find((indicator) => indicator.code === code)!.value;
    return [of('ucaps-approved'), of('agreements-concluded')];
  };
  const agreement = 'cooperation';
  const approvedBy = (side: string, on: string): Told => ['PlanApproved', { version: 1, side, digest: 'as approved' }, on];
  const signedBy = (party: string, on: string): Told => ['AgreementSigned', { agreement, party, language: 'es' }, on];
  const lateFirst: readonly Told[] = [
    ...oneMission,
    ['PlanDrafted', { version: 1, actions: [] }, '2018-01-10'],
    ['PlanSubmitted', { version: 1, approvalBy: ['european', 'latin-american'] }, '2018-01-20'],
    approvedBy('european', '2018-05-20'),
    approvedBy('latin-american', '2018-02-20'),
    [
      'AgreementDrafted',
      { agreement, kind: 'cooperation', signatories: [{ party: 'malaga' }, { party: 'cartagena' }], languages: ['es'] },
      '2018-03-01',
    ],
    signedBy('cartagena', '2018-09-12'),
    signedBy('malaga', '2018-07-01'),
    ['AgreementConcluded', { agreement }, '2018-07-01'],
  ];
  await record(store, 'pairing-recorded-in-reverse', lateFirst);
  await runner.catchUp();
  const before = await figures('2018-05-19');
  expect(await figures('2018-05-20')).toEqual([before[0]! + 1, before[1]]);
  expect(await figures('2018-09-11')).toEqual([before[0]! + 1, before[1]]);
  expect(await figures('2018-09-12')).toEqual([before[0]! + 1, before[1]! + 1]);

  const reason = { text: '8d6d3c1e-0000-4000-8000-000000000001', digest: 'd'.repeat(64) };
  const moved = (revision: number, on: string): Told => {
    const [type, data] = lateFirst[revision]!;
    return ['FactCorrected', { revision, type, data, occurredOn: on, authority: 'iuc', reason }, '2021-01-02'];
  };
  // The approval and the signature that were recorded last come last after all; the conclusion itself is dated before them.
  const last = oneMission.length;
  await record(
    store,
    'pairing-recorded-in-reverse',
    [...lateFirst, moved(last + 3, '2018-06-30'), moved(last + 6, '2018-10-05'), moved(last + 7, '2018-01-01')],
    lateFirst.length,
  );
  await runner.catchUp();
  expect(await figures('2018-06-29')).toEqual(before);
  expect(await figures('2018-06-30')).toEqual([before[0]! + 1, before[1]]);
  expect(await figures('2018-10-04')).toEqual([before[0]! + 1, before[1]]);
  expect(await figures('2018-10-05')).toEqual([before[0]! + 1, before[1]! + 1]);

  const singly = await rows();
  await runner.rebuild('facts');
  expect(await rows()).toEqual(singly);
});

it('the facts are the same rows whatever the size of the batches, also where one command corrects much at once', async () => {
  const reason = { text: '8d6d3c1e-0000-4000-8000-000000000001', digest: 'd'.repeat(64) };
  const retracts = (revision: number, type: string): Told => [
    'FactRetracted',
    { revision, type, authority: 'iuc', reason },
    '2021-01-03',
    { commandId: 'correct at once' },
  ];
  await record(store, 'pairing-almada-manaus', [
    ...oneMission,
    retracts(4, 'MissionPlanned'),
    retracts(3, 'MissionHeld'),
    retracts(2, 'MissionPlanned'),
  ]);
  await record(store, 'party-almada', [registered('Almada', 'city', 'PT')]);
  const made: unknown[][] = [];
  for (const batch of [500, 1, 2]) {
    const runner = runnerOver({ pool: database.pool, store, lifecycles: [pairing, party], readModels: [facts], batch });
    await runner.rebuild('facts');
    made.push(await rows());
  }
  expect(made[0]).not.toEqual([]);
  expect(made[1]).toEqual(made[0]);
  expect(made[2]).toEqual(made[0]);
});
