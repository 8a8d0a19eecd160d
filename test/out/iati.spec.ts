import { facts } from '../../src/monitoring/facts';
import { indicatorsModel } from '../../src/monitoring/indicators';
import { lifecycles } from '../../src/lifecycles/all';
import { Exports } from '../../src/out/exports';
import { publisherOf } from '../../src/out/publisher';
import { shares } from '../../src/out/iati-activity';
import { readModels } from '../../src/reading/all';
import { PostgresStore } from '../../src/store/postgres';
import { type Database, freshDatabase } from '../cluster/database';
import { oneMission, record, runnerOver, type Told } from '../reading/recording';
import { streamsOf, textOf } from './exported';

const publisher = { ref: 'XM-DAC-47124', name: 'SEGIB & <others>', type: '40', documents: 'https://example.org/documents/' };
const digest = 'a'.repeat(64);
const words = (text: string) => ({ en: text, es: text, pt: text });
const reason = { text: '8d6d3c1e-0000-4000-8000-000000000001', digest: 'd'.repeat(64) };

/** The elements of an activity in the order of the schema of IATI 2.03. */
const order = [
  ...['iati-identifier', 'reporting-org', 'title', 'description', 'participating-org', 'activity-status', 'activity-date'],
  ...['recipient-country', 'recipient-region', 'sector', 'budget', 'transaction', 'document-link', 'related-activity', 'result'],
];
const obligatory = [
  'iati-identifier',
  'reporting-org',
  'title',
  'description',
  'participating-org',
  'activity-status',
  'activity-date',
  'sector',
];

let database: Database;
let store: PostgresStore;
let exports: Exports;
beforeAll(async () => {
  database = await freshDatabase();
  store = new PostgresStore({ url: database.url });
  const call: Told = [
    'CallOpened',
    {
      ...{ title: 'Second call', component: 'C1', round: 2, rules: 'iuc-lac-2019@1', programme: 'iuc' },
      ...{ deadline: '2017-03-01T23:59', timeZone: 'Europe/Brussels' },
    },
    '2017-01-10',
  ];
  await record(store, 'programme-iuc', [['ProgrammeOpened', { name: 'IUC', components: ['C1', 'C3'] }, '2016']]);
  await record(store, 'call-call-2', [call]);
  await record(store, 'party-malaga', [['PartyRegistered', { name: 'Málaga', kind: 'city', countries: ['ES'] }, '2016']]);
  await record(store, 'party-cartagena', [
    ['PartyRegistered', { name: '=Cartagena <b>&amp;&nbsp;</b>\u0007\ufffe', kind: 'city', countries: ['CO'] }, '2016'],
  ]);
  await record(store, 'pairing-cartagena-malaga', [
    ...oneMission,
    ['BudgetAllocated', { allocation: 'first', line: 'missions', amountMinor: 2_000_050, currency: 'EUR' }, '2017-12'],
    ['BudgetSpent', { expense: 'flights', line: 'missions', amountMinor: 150, currency: 'EUR' }, '2018-01-31'],
    ['ThemeAgreed', { theme: 'urban-mobility' }, '2018-01'],
  ]);
  await record(store, 'pipa-ibermedia', [
    ['PipaRegistered', { name: 'Ibermedia', kind: 'programme', area: 'culture' }, '1997'],
    ['PipaApproved', {}, '1997-11'],
    ...['AR', 'BR', 'ES'].map((country): Told => ['CountryAcceded', { country }, '1998']),
    ['ContributionRecorded', { contribution: 'spain', country: 'ES', amountMinor: 300_000_000, currency: 'CLP', year: 2019 }, '2019-05-01'],
    ['AnnualReportFiled', { year: 2019, document: { digest, mediaType: 'application/pdf', language: 'es', size: 10 } }, '2020-02-01'],
  ]);
  await record(store, 'pipa-short', [
    ['PipaRegistered', { name: 'Short', kind: 'initiative' }, '2010-03'],
    ['PipaConcluded', {}, '2005'],
    ['ContributionRecorded', { contribution: 'other', country: 'DE', amountMinor: 100, currency: 'EUR', year: 2011 }, '2011'],
  ]);
  await record(store, 'programme-iuc-c1', [['ProgrammeOpened', { name: 'Another', components: ['C2'] }, '2016']]);
  await record(store, 'framework-ibermedia', [
    ['FrameworkOpened', { name: 'Ibermedia', pipa: 'ibermedia' }, '2018'],
    [
      'ResultIndicatorAdded',
      {
        ...{ indicator: 'films', label: words('Films'), unit: words('films'), level: 'output', direction: 'rising' },
        ...{ baseline: { value: 3, on: '2018-02' }, disaggregatedBy: ['by "&nbsp;"'] },
        periods: [{ period: 'first', from: '2019-01-01', to: '2019-12-31', target: 8 }],
      },
      '2019-01',
    ],
    [
      'ResultSubmitted',
      {
        ...{ result: 'one', indicator: 'films', period: 'first', value: 7, asOf: '2019-12-31', verification: reason },
        ...{ parts: [{ dimension: 'by "&nbsp;"', is: "<&>'", value: 7 }], documents: [] },
      },
      '2020-01-10',
    ],
    ['ResultApproved', { result: 'one', value: 7 }, '2020-01-20'],
  ]);
  await record(store, 'framework-iuc', [
    ['FrameworkOpened', { name: 'IUC', programme: 'iuc' }, '2017'],
    [
      'ResultIndicatorAdded',
      {
        ...{ indicator: 'people', label: words('People'), unit: words('people'), level: 'outcome', direction: 'rising' },
        ...{ baseline: { value: 0, on: '2017' }, disaggregatedBy: ['gender'] },
        periods: [{ period: 'first', from: '2018-01-01', to: '2018-12-31', target: 50 }],
      },
      '2017',
    ],
    [
      'ResultSubmitted',
      {
        ...{ result: 'one', indicator: 'people', period: 'first', value: 60, asOf: '2018-12-31', verification: reason },
        ...{ parts: [{ dimension: 'gender', is: 'women', value: 31 }], documents: [{ digest, mediaType: 'application/pdf', size: 10 }] },
      },
      '2019-01-10',
    ],
    ['ResultApproved', { result: 'one', value: 60 }, '2019-01-20'],
  ]);
  const all = [...readModels, facts, indicatorsModel];
  await runnerOver({ pool: database.pool, store, lifecycles: Object.values(lifecycles), readModels: all, batch: 50 }).catchUp();
  exports = new Exports({ pool: database.pool, store, streams: streamsOf(store) }, publisher);
});
afterAll(async () => {
  await store.close();
  await database.drop();
});

const xmlAsOf = async (asOf: string) => textOf(await exports.iati(await exports.standpoint({ asOf, language: 'en' })));
const activities = (xml: string): ReadonlyMap<string, string> =>
  new Map(
    [...xml.matchAll(/<iati-activity [\s\S]*?<\/iati-activity>/g)].map(([activity]) => [
      /<iati-identifier>([^<]*)</.exec(activity)![1]!.slice(publisher.ref.length + 1),
      activity,
    ]),
  );
const flat = (activity: string) => activity.replace(/>\s+</g, '><');

describe('activities by IATI 2.03', () => {
  it('have their elements in the order of the schema, and all that it asks for', async () => {
    const found = activities(await xmlAsOf('2018-06-30'));
    expect([...found.keys()]).toEqual([
      ...['pipa-ibermedia', 'pipa-short', 'pairing-cartagena-malaga', 'programme-iuc', 'component-iuc-c1', 'component-iuc-c3'],
      ...['programme-iuc-c1', 'component-iuc-c1-c2'],
    ]);
    for (const [id, activity] of found) {
      const names = [...activity.matchAll(/^ {2}<([a-z-]+)/gm)].map(([, name]) => name!);
      expect([id, names]).toEqual([id, names.toSorted((one, other) => order.indexOf(one) - order.indexOf(other))]);
      expect([id, names.filter((name) => !order.includes(name))]).toEqual([id, []]);
      expect(names).toEqual(expect.arrayContaining(obligatory));
    }
  });

  it('tell a pairing under its programme: who, when, where, for how much', async () => {
    const pairing = flat(activities(await xmlAsOf('2018-06-30')).get('pairing-cartagena-malaga')!);
    expect(pairing).toContain('<activity-status code="2"/><activity-date type="2" iso-date="2017-09-01"/>');
    expect(pairing).toContain('<activity-date type="3" iso-date="2019-03-01">');
    expect(pairing).toContain('<recipient-country code="CO" percentage="50.00">');
    expect(pairing).toContain(
      '<period-start iso-date="2017-01-01"/><period-end iso-date="2017-12-31"/><value currency="EUR" value-date="2017-01-01">20000.50<',
    );
    expect(pairing).toContain('<transaction-type code="2"/><transaction-date iso-date="2017-12-31"/>');
    expect(pairing).toContain(
      '<transaction-type code="4"/><transaction-date iso-date="2018-01-31"/><value currency="EUR" value-date="2018-01-31">1.50<',
    );
    expect(pairing).toContain('Known only as 2017-12');
    expect(pairing).toContain('<related-activity ref="XM-DAC-47124-component-iuc-c1" type="1"/>');
    const component = activities(await xmlAsOf('2018-06-30')).get('component-iuc-c1')!;
    expect(component).toContain('<related-activity ref="XM-DAC-47124-pairing-cartagena-malaga" type="2"/>');
    const over = flat(activities(await xmlAsOf('2019-06-30')).get('pairing-cartagena-malaga')!);
    expect(over).toContain('<activity-status code="3"/>');
  });

  it('tell a PIPA with its countries, what they contribute, and documents where everybody can read them', async () => {
    const pipa = flat(activities(await xmlAsOf('2020-12-31')).get('pipa-ibermedia')!);
    expect(pipa).toContain('<activity-date type="1" iso-date="1997-11-01">');
    expect([...pipa.matchAll(/percentage="(33\.\d\d)"/g)].map(([, share]) => share)).toEqual(['33.33', '33.33', '33.34']);
    expect(pipa).toContain('<participating-org role="1" type="10"><narrative xml:lang="en">Government: Spain</narrative>');
    expect(pipa).toContain('<value currency="CLP" value-date="2019-05-01">300000000</value>');
    expect(pipa).toContain(`<document-link url="https://example.org/documents/${digest}" format="application/pdf">`);
    expect(flat(activities(await xmlAsOf('2019-12-31')).get('pipa-ibermedia')!)).not.toContain('document-link');
  });

  it('tell what a programme is to achieve, and what it achieved', async () => {
    const programme = flat(activities(await xmlAsOf('2020-12-31')).get('programme-iuc')!);
    expect(programme).toContain('<result type="2" aggregation-status="0">');
    expect(programme).toContain('<baseline year="2017" iso-date="2017-12-31" value="0"/>');
    expect(programme).toContain('<target value="50"/><actual value="60"><document-link');
    expect(programme).toContain('<actual value="31"><dimension name="gender" value="women"/></actual>');
  });

  it('tell what a PIPA is to achieve once that was said, and when the last of it was recorded', async () => {
    const pipa = activities(await xmlAsOf('2020-12-31')).get('pipa-ibermedia')!;
    expect(flat(pipa)).toContain('<baseline year="2018" iso-date="2018-02-28" value="3"/>');
    expect(flat(pipa)).toContain(
      '<target value="8"/><actual value="7"/><actual value="7"><dimension name="by &quot;&amp;nbsp;&quot;" value="',
    );
    const { rows } = await database.pool.query<{ at: Date }>(
      `select max(recorded_at) as at from reading.timeline where stream = 'framework-ibermedia'`,
    );
    expect(new Date(/last-updated-datetime="([^"]+)"/.exec(pipa)![1]!)).toEqual(rows[0]!.at);
    expect(activities(await xmlAsOf('2018-12-31')).get('pipa-ibermedia')).not.toContain('<result');
  });

  it('begin with what happened first where no start is recorded, not with what was recorded first', async () => {
    const short = flat(activities(await xmlAsOf('2020-12-31')).get('pipa-short')!);
    expect(short).toContain('<activity-date type="1" iso-date="2005-01-01">');
    expect(short).toContain('<activity-date type="4" iso-date="2005-12-31">');
  });

  it('name a country by its code where the product has no name for it', async () => {
    expect(activities(await xmlAsOf('2020-12-31')).get('pipa-short')).toContain('Government: DE<');
  });

  it('show a hostile name as text, and what XML does not have as missing', async () => {
    const xml = await xmlAsOf('2018-06-30');
    expect(xml).toContain('Málaga – =Cartagena &lt;b&gt;&amp;amp;&amp;nbsp;&lt;/b&gt;\ufffd\ufffd');
    expect(xml).toContain('SEGIB &amp; &lt;others&gt;');
    expect(xml.split('').every((character) => character >= ' ' || character === '\n')).toBe(true);
  });

  it('are the same bytes for the same question, and say when the last event known was recorded', async () => {
    const on = await exports.standpoint({ asOf: '2018-06-30', language: 'en' });
    const before = await xmlAsOf('2018-06-30');
    expect(before).toContain(`generated-datetime="${on.knownAt}"`);
    await record(store, 'party-late', [['PartyRegistered', { name: 'Late', kind: 'city', countries: ['PT'] }, '2017']]);
    await record(store, 'pipa-late', [['PipaRegistered', { name: 'Late', kind: 'initiative' }, '2017']]);
    expect(await textOf(await exports.iati(on))).toBe(before);
  });

  it('need somebody who publishes them', async () => {
    const nobody = new Exports({ pool: database.pool, store, streams: streamsOf(store) });
    await expect(nobody.iati(await nobody.standpoint({ language: 'en' }))).rejects.toMatchObject({ code: 'NO_PUBLISHER' });
    const called = { ref: 'REF', name: 'NAME', type: 'TYPE', documents: 'DOCUMENTS' };
    expect(publisherOf({}, called)).toBeUndefined();
    expect(publisherOf(publisher, called)).toEqual(publisher);
    expect(() => publisherOf({ ref: publisher.ref }, called)).toThrow('Who publishes is not said in full: NAME, TYPE');
    for (const wrong of [{ ref: 'not one' }, { ref: 'XM-DAC-1/2' }, { type: '41' }, { documents: 'ftp://example.org' }])
      expect(() => publisherOf({ ...publisher, ...wrong }, called)).toThrow(/^(REF|TYPE|DOCUMENTS) must be/);
  });
});

it('equal shares add up to a hundred', () => {
  for (let of = 2; of <= 60; of++) expect(Math.round(shares(of).reduce((sum, each) => sum + Number(each) * 100, 0))).toBe(10_000);
  expect([shares(0), shares(1)]).toEqual([[], [undefined]]);
});
