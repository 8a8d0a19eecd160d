import { Reports } from '../../src/monitoring/report';
import { type Database, freshDatabase } from '../cluster/database';
import type { Happening } from './cooperation';
import { definitions } from './figures';
import { Told } from './told';

let database: Database;
let told: Told;
let reports: Reports;
beforeAll(async () => {
  database = await freshDatabase();
  reports = new Reports(database.pool, { epoch: () => Promise.resolve('epoch') }, definitions);
});
afterAll(() => database.drop());

const formed = (...parties: string[]): Happening => ({
  type: 'Formed',
  data: { component: 'c1', parties: parties.map((party) => ({ party, side: 'european' })) },
  occurredOn: '2017-06-01',
});
const consists = (...municipalities: string[]): Happening => ({ type: 'Consists', data: { municipalities }, occurredOn: '2017' });
const registered = (...countries: string[]): Happening => ({ type: 'Registered', data: { countries }, occurredOn: '2017' });
const merged = (into: string, occurredOn = '2019-05-10'): Happening => ({ type: 'Merged', data: { into }, occurredOn });
const split = (from: string, occurredOn: string): Happening => ({ type: 'Split', data: { from }, occurredOn });
const retracted = (revision: number) => ({ type: 'FactRetracted', data: { revision } }) as const;

const figure = async (code: string, asOf: string, knownAt?: string) => {
  await told.reads();
  const report = await reports.make({ asOf, ...(knownAt && { knownAt }), language: 'en' });
  return report.indicators.find((indicator) => indicator.code === code)!.value;
};

/** Kavala stands in two pairings under two ids, once as a municipality of a consortium, and once with a country that is not its own. */
let before: string;
beforeEach(async () => {
  await database.pool.query('truncate reading.facts, reading.fact_moments');
  told = new Told(database.pool);
  told.records('party-kavala', registered('GR'), consists('kavala'));
  told.records('party-kalava', registered('TR'), consists('kalava'));
  told.records('party-macedonia', registered('GR'), consists('kalava', 'drama'));
  told.records('pairing-one', formed('kavala', 'temuco'));
  before = told.records('pairing-two', formed('kalava', 'macedonia'));
});

describe('a party that was merged into another', () => {
  it('counts once from the day of the merge on, for those who know of it, and as before for all others', async () => {
    const known = told.records('party-kalava', merged('kavala'));
    expect([await figure('parties', '2019-05-09'), await figure('parties', '2019-05-10')]).toEqual([4, 3]);
    expect([await figure('parties', '2019-05-10', before), await figure('parties', '2019-05-10', known)]).toEqual([4, 3]);
  });
  it('has the municipalities and countries of the one that it is, also as a municipality of others', async () => {
    expect([await figure('municipalities', '2020-12-31'), await figure('countries', '2020-12-31')]).toEqual([3, 2]);
    told.records('party-kalava', merged('kavala'));
    expect([await figure('municipalities', '2020-12-31'), await figure('countries', '2020-12-31')]).toEqual([2, 1]);
  });
  it('is one registered party with it, paired where either of them is', async () => {
    expect([await figure('registered', '2020-12-31'), await figure('never-paired', '2020-12-31')]).toEqual([3, 0]);
    told.records('party-kavalla', consists('kavalla'));
    expect([await figure('registered', '2021-12-31'), await figure('never-paired', '2021-12-31')]).toEqual([4, 1]);
    told.records('party-kavalla', merged('kavala'));
    expect([await figure('registered', '2021-12-31'), await figure('never-paired', '2021-12-31')]).toEqual([3, 0]);
  });
  it('leaves what is summed as it was: places in pairings are no parties', async () => {
    told.records('party-kalava', merged('kavala'));
    expect(await figure('slots', '2020-12-31')).toBe(4);
  });
  it('counts as the last of a chain', async () => {
    told.records('party-kalava', merged('kavala'));
    told.records('party-kavala', merged('temuco'));
    expect(await figure('parties', '2020-12-31')).toBe(2);
  });
  it('counts once its rough day is over, and the report says so until then', async () => {
    told.records('party-kalava', merged('kavala', '2019-05'));
    expect([await figure('parties', '2019-05-30'), await figure('parties', '2019-05-31')]).toEqual([4, 3]);
    expect(await reports.make({ asOf: '2019-05-30', language: 'en' })).toMatchObject({ straddling: 1 });
  });
});

describe('a wrong merge', () => {
  it('that is split gives the former figure back from that day on', async () => {
    told.records('party-kalava', merged('kavala'));
    const known = told.records('pairing-three', formed());
    told.records('party-kalava', split('kavala', '2020-02-01'));
    expect([await figure('parties', '2020-01-31'), await figure('parties', '2020-02-01')]).toEqual([3, 4]);
    expect(await figure('parties', '2020-02-01', known)).toBe(3);
  });
  it('that is taken back gives the former figure back for every day', async () => {
    const known = told.records('party-kalava', merged('kavala'));
    told.records('party-kalava', retracted(2));
    expect([await figure('parties', '2020-12-31'), await figure('parties', '2020-12-31', known)]).toEqual([4, 3]);
  });
  it('is followed by the right one', async () => {
    told.records('party-kalava', merged('macedonia', '2019-05'), split('macedonia', '2019'), merged('kavala', '2019-06-01'));
    expect([await figure('countries', '2019-06-01'), await figure('parties', '2019-06-01')]).toEqual([1, 3]);
  });
});

describe('parties that were merged into each other at once', () => {
  it('count once, as the one that the merge recorded first names', async () => {
    const first = told.records('party-kalava', merged('kavala'));
    told.records('party-kavala', merged('kalava'));
    expect(await figure('parties', '2020-12-31')).toBe(3);
    expect([await figure('countries', '2020-12-31', first), await figure('countries', '2020-12-31')]).toEqual([1, 1]);
  });
  it('count so whatever is corrected about the first merge afterwards', async () => {
    told.records('party-kalava', merged('kavala'));
    told.records('party-kavala', merged('kalava'));
    told.records('party-kalava', { type: 'FactCorrected', data: { revision: 2, data: { into: 'kavala' }, occurredOn: '2018-05-10' } });
    expect([await figure('countries', '2018-12-31'), await figure('countries', '2020-12-31')]).toEqual([1, 1]);
  });
  it('count as themselves where one is merged into itself', async () => {
    told.records('party-kalava', merged('kalava'));
    expect(await figure('parties', '2020-12-31')).toBe(4);
  });
});
