import { Malformed } from '../../src/engine/refused';
import { Reports } from '../../src/monitoring/report';
import { type Database, freshDatabase } from '../cluster/database';
import type { Happening } from './cooperation';
import { definitions } from './figures';
import { Told } from './told';

let database: Database;
let told: Told;
let reports: Reports;
const stream = 'pairing-cartagena-malaga';

beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  await database.pool.query('truncate reading.facts, reading.fact_moments');
  told = new Told(database.pool);
  reports = new Reports(database.pool, { epoch: () => Promise.resolve('epoch') }, definitions);
});

const formed = (occurredOn: string, component = 'c1', ...parties: string[]): Happening => ({
  type: 'Formed',
  data: { component, parties: parties.map((party, i) => ({ party, side: i === 0 ? 'latin-american' : 'european' })) },
  occurredOn,
});
const engaged = (actor: string, occurredOn: string, sector = 'academia'): Happening => ({
  type: 'ActorEngaged',
  data: { actor, sector },
  occurredOn,
});
const released = (actor: string, occurredOn: string): Happening => ({ type: 'ActorReleased', data: { actor }, occurredOn });
const approved = (occurredOn: string, version = 1, designs = 2): Happening => ({
  type: 'PlanApproved',
  data: { version, designs },
  occurredOn,
});
const signed = (by: 'one' | 'other', occurredOn: string): Happening => ({ type: 'Signed', data: { by }, occurredOn });
const retracted = (revision: number) => ({ type: 'FactRetracted', data: { revision } }) as const;
const corrected = (revision: number, { data, occurredOn }: Happening) =>
  ({ type: 'FactCorrected', data: { revision, data, occurredOn } }) as const;

const figure = async (code: string, asOf: string, knownAt?: string) => {
  const report = await reports.make({ asOf, ...(knownAt && { knownAt }), language: 'en' });
  return report.indicators.find((indicator) => indicator.code === code)!.value;
};
const rows = async () =>
  (await database.pool.query<Record<string, unknown>>('select * from reading.facts order by stream, revision, ordinal, recorded_position'))
    .rows;

describe('a fact recorded late', () => {
  it('counts from the day it happened, and for those who ask what was known only from the moment it was recorded', async () => {
    const before = told.records(stream, formed('2017-06-01'));
    const after = told.records(stream, approved('2018-02-10'));
    await told.reads();
    expect(await figure('plans', '2018-02-09')).toBe(0);
    expect(await figure('plans', '2018-02-10')).toBe(1);
    expect(await figure('plans', '2018-02-10', before)).toBe(0);
    expect(await figure('plans', '2018-02-10', after)).toBe(1);
  });
});

describe('a fact that several events complete', () => {
  it('counts from the last of their days, whichever is recorded last', async () => {
    told.records(stream, formed('2017-06-01'));
    told.records(stream, signed('other', '2018-09-12'));
    told.records(stream, signed('one', '2018-06-01'));
    await told.reads();
    expect([await figure('agreements', '2018-06-01'), await figure('agreements', '2018-09-12')]).toEqual([0, 1]);
  });

  it('moves with a correction of any of them, and stays for who asks what was known before', async () => {
    told.records(stream, formed('2017-06-01'));
    told.records(stream, signed('one', '2018-06-01'));
    const before = told.records(stream, signed('other', '2018-09-12'));
    await told.reads();
    told.records(stream, corrected(1, signed('one', '2018-11-30')));
    await told.reads();
    expect([await figure('agreements', '2018-09-12'), await figure('agreements', '2018-11-30')]).toEqual([0, 1]);
    expect(await figure('agreements', '2018-09-12', before)).toBe(1);
  });
});

describe('a corrected fact', () => {
  it('counts as corrected from then on and as it was before', async () => {
    told.records(stream, formed('2017-06-01'), approved('2018-02-10', 1, 2));
    const first = told.records('party-malaga', { type: 'Registered', data: { countries: ['ES'] }, occurredOn: '2017' });
    const second = told.records(stream, corrected(1, approved('2018-05-10', 1, 3)));
    await told.reads();
    expect([await figure('designs', '2018-03-01', first), await figure('designs', '2018-06-01', first)]).toEqual([2, 2]);
    expect([await figure('designs', '2018-03-01', second), await figure('designs', '2018-06-01', second)]).toEqual([0, 3]);
  });

  it('never changes a row: the old one is retracted and a new one added', async () => {
    told.records(stream, formed('2017-06-01'), approved('2018-02-10', 1, 2));
    await told.reads();
    const before = await rows();
    told.records(stream, corrected(1, approved('2018-02-10', 1, 3)));
    await told.reads();
    const after = await rows();
    const still = after.filter((row) => row['measure'] !== 'pilot-designs');
    expect(still).toEqual(before.filter((row) => row['measure'] !== 'pilot-designs'));
    expect(
      after
        .filter((row) => row['measure'] === 'pilot-designs')
        .map((row) => [row['quantity'], row['recorded_position'], row['retracted_position']]),
    ).toEqual([
      ['2', '4', '7'],
      ['3', '7', null],
    ]);
  });

  it('counts once where several corrections of one command change it together', async () => {
    told.records(stream, formed('2017-06-01'));
    told.records(stream, engaged('university', '2018-01-10'));
    told.records(stream, released('university', '2018-03-10'));
    told.records(stream, corrected(1, engaged('university', '2019-01-10')), corrected(2, released('university', '2019-03-10')));
    await told.reads();
    expect([await figure('active', '2018-02-01'), await figure('active', '2019-02-01'), await figure('active', '2019-04-01')]).toEqual([
      0, 1, 0,
    ]);
  });
});

describe('a retracted fact', () => {
  it('no longer counts, on whatever day, but did for who asks what was known before', async () => {
    const before = told.records(stream, formed('2017-06-01'), approved('2018-02-10'));
    told.records(stream, retracted(1));
    await told.reads();
    expect([await figure('plans', '2020-12-31'), await figure('plans', '2020-12-31', before)]).toEqual([0, 1]);
    expect(await figure('without-plan', '2020-12-31')).toBe(1);
  });

  it('counts again when its retraction is taken back, as before it at every instant', async () => {
    const standing = told.records(stream, formed('2017-06-01'), approved('2018-02-10'), engaged('university', '2018'));
    const gone = told.records(stream, retracted(1), retracted(2));
    const back = told.records(stream, retracted(3), retracted(4));
    await told.reads();
    const at = async (knownAt: string) => (await reports.make({ asOf: '2020-12-31', knownAt, language: 'en' })).indicators;
    expect(await at(back)).toEqual(await at(standing));
    expect(await figure('plans', '2020-12-31', gone)).toBe(0);
    expect(await figure('engaged', '2020-12-31', gone)).toBe(0);
  });
});

describe('a fact dated to a month', () => {
  it('counts once the month is over, and the answer says that it straddles the date until then', async () => {
    told.records(stream, formed('2017-06'));
    await told.reads();
    const on = (asOf: string) => reports.make({ asOf, language: 'en' });
    const seen = await Promise.all(['2017-05-31', '2017-06-01', '2017-06-29', '2017-06-30'].map(on));
    expect(seen.map(({ straddling, indicators: [pairings] }) => [pairings!.value, pairings!.straddling, straddling])).toEqual([
      [0, 0, 0],
      [0, 1, 1],
      [0, 1, 1],
      [1, 0, 0],
    ]);
  });

  it('never makes an end count before its beginning', async () => {
    told.records(
      stream,
      formed('2017-06-01'),
      engaged('university', '2018'),
      released('university', '2018-04-10'),
      engaged('hospital', '2017-07-01'),
    );
    await told.reads();
    expect([await figure('active', '2018-05-01'), await figure('active', '2018-12-31')]).toEqual([1, 1]);
    expect([await figure('engaged', '2018-05-01'), await figure('engaged', '2018-12-31')]).toEqual([1, 2]);
  });
});

describe('a change of dimension', () => {
  it('moves all figures of the pairing from then on, and none of what was known before', async () => {
    const before = told.records(stream, formed('2017-06-01', 'c3'), approved('2018-02-10'));
    told.records(stream, { type: 'ComponentChanged', data: { component: 'c1' }, occurredOn: '2019-01-01' });
    await told.reads();
    expect([await figure('pairings-c1', '2017-06-01', before), await figure('pairings-c1', '2017-06-01')]).toEqual([0, 1]);
    expect(await figure('pairings', '2017-06-01')).toBe(1);
  });

  it('gives the same rows whether read at once or event by event', async () => {
    told.records(stream, formed('2017-06-01', 'c3'), approved('2018-02-10'));
    told.records(stream, { type: 'ComponentChanged', data: { component: 'c1' }, occurredOn: '2019-01-01' });
    told.records(stream, corrected(1, approved('2018-03')));
    told.records(stream, retracted(2));
    await told.reads(1);
    const singly = await rows();
    await database.pool.query('truncate reading.facts, reading.fact_moments');
    const again = new Told(database.pool);
    again.log.push(...told.log);
    await again.reads();
    expect(await rows()).toEqual(singly);
  });
});

describe('what belongs to another stream', () => {
  it('is joined as it was known then: the countries of the parties of a side', async () => {
    told.records('party-malaga', { type: 'Registered', data: { countries: ['PT'] }, occurredOn: '2021-03-01' });
    told.records('party-cartagena', { type: 'Registered', data: { countries: ['CO'] }, occurredOn: '2021-03-01' });
    const mistaken = told.records(stream, formed('2017-06-01', 'c1', 'cartagena', 'malaga'));
    told.records('pairing-second', formed('2017-06-01', 'c1', 'cartagena', 'malaga', 'unregistered'));
    told.records('party-malaga', corrected(0, { type: 'Registered', data: { countries: ['ES', 'MT'] }, occurredOn: '2021-03-01' }));
    await told.reads();
    expect([await figure('countries', '2017-06-01'), await figure('countries-european', '2017-06-01')]).toEqual([3, 2]);
    expect(await figure('countries-european', '2017-06-01', mistaken)).toBe(1);
    expect(await figure('countries-european', '2017-05-31')).toBe(0);
  });
});

describe('what is asked', () => {
  it('resolves to a position, which gives the same answer whatever is recorded later', async () => {
    const knownAt = told.records(stream, formed('2017-06-01'), approved('2018-02-10'));
    await told.reads();
    const first = await reports.make({ asOf: '2020-12-31', knownAt, language: 'es' });
    told.records(stream, retracted(1));
    await told.reads();
    expect(await reports.make({ asOf: '2020-12-31', knownAt, language: 'es' })).toEqual(first);
    expect(await reports.make({ asOf: '2020-12-31', position: first.position, language: 'es' })).toEqual(first);
    expect(first).toMatchObject({ position: '4', knownAt, epoch: 'epoch' });
  });

  it('finds nothing before the log began, and in an empty log', async () => {
    const empty = await reports.make({ asOf: '2020-12-31', language: 'en' });
    expect(empty).toMatchObject({ position: '0', knownAt: null });
    told.records(stream, formed('2017-06-01'));
    await told.reads();
    const early = await reports.make({ asOf: '2020-12-31', knownAt: '2020-01-01T00:00:00Z', language: 'en' });
    expect(early).toMatchObject({ position: '0', knownAt: '2020-01-01T00:00:00.000Z', straddling: 0 });
    expect([...empty.indicators, ...early.indicators].every(({ value }) => value === 0 || value === null)).toBe(true);
  });

  it('is refused where nobody can know it yet', async () => {
    await expect(reports.make({ knownAt: '2199-01-01T00:00:00Z', language: 'en' })).rejects.toMatchObject({
      code: 'KNOWN_AT_IN_THE_FUTURE',
    });
    await expect(reports.make({ position: '99', language: 'en' })).rejects.toMatchObject({ code: 'POSITION_NOT_REACHED' });
  });

  it('is refused where it is no day, no instant, or two at once', async () => {
    await expect(reports.make({ asOf: '2019-02-30', knownAt: 'yesterday', language: 'en' })).rejects.toThrow(Malformed);
    await expect(reports.make({ knownAt: '2020-01-01T00:00:00', language: 'en' })).rejects.toThrow(Malformed);
    await expect(reports.make({ knownAt: '2020-01-01T00:00:00Z', position: '1', language: 'en' })).rejects.toThrow(Malformed);
  });
});
