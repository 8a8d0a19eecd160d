import { Reports } from '../../src/monitoring/report';
import { type Database, freshDatabase } from '../cluster/database';
import { programme } from './programme';
import { Told } from './told';

let database: Database;
let told: Told;
let reports: Reports;

/** The published cohort in outline: 26 pairings, 23 plans, 58 designs, and more than 520 actors. */
beforeAll(async () => {
  database = await freshDatabase();
  told = new Told(database.pool);
  for (let i = 0; i < 26; i++) {
    const parties = [
      { party: `american-${i}`, side: 'latin-american' },
      { party: `european-${i % 25}`, side: 'european' },
      ...(i < 2 ? [{ party: `second-${i}`, side: 'latin-american' }] : []),
    ];
    for (const [n, { party, side }] of parties.entries()) {
      if (n === 1 && i === 25) continue;
      const country = side === 'european' ? `E${i % 9}` : `L${i % 5}`;
      told.records(`party-${party}`, { type: 'Registered', data: { countries: [country] }, occurredOn: '2021' });
    }
    told.records(
      `pairing-${i}`,
      { type: 'Formed', data: { component: 'c1', parties }, occurredOn: '2017-06' },
      ...(i < 23 ? [{ type: 'PlanApproved', data: { version: 1, designs: i < 12 ? 3 : 2 }, occurredOn: '2018' } as const] : []),
      ...Array.from(
        { length: i === 0 ? 22 : 20 },
        (_, n) => ({ type: 'ActorEngaged', data: { actor: `actor-${i}-${n}`, sector: 'academia' }, occurredOn: '2018' }) as const,
      ),
    );
  }
  await told.reads(40);
  reports = new Reports(database.pool, { epoch: () => Promise.resolve('epoch') }, programme);
});
afterAll(() => database.drop());

const english = (report: Awaited<ReturnType<Reports['make']>>) =>
  new Map(report.indicators.map((indicator) => [indicator.code, indicator]));

it('recounts what was published, and shows where a published figure does not stand for what was counted', async () => {
  const figures = english(await reports.make({ asOf: '2020-12-31', language: 'en' }));
  const shown = [
    'pairings-formed',
    'ucaps-approved',
    'pairings-without-ucap',
    'pilot-designs',
    'actors-engaged',
    'countries-european',
    'countries-latin-american',
    'parties-distinct',
  ];
  expect(shown.map((code) => [code, figures.get(code)!.value, figures.get(code)!.claims[0]!.agrees])).toEqual([
    ['pairings-formed', 26, true],
    ['ucaps-approved', 23, true],
    ['pairings-without-ucap', 3, true],
    ['pilot-designs', 58, true],
    ['actors-engaged', 522, true],
    ['countries-european', 9, true],
    ['countries-latin-american', 5, true],
    ['parties-distinct', 53, false],
  ]);
});

it('holds a claim against the recount of the day it speaks of, whatever day is asked for', async () => {
  const pairings = english(await reports.make({ asOf: '2017-01-01', language: 'en' })).get('pairings-formed')!;
  expect(pairings.value).toBe(0);
  expect(pairings.claims).toMatchObject([{ value: 26, asOf: '2020-12-31', recount: 26, agrees: true }]);
});

it('holds no claim against a time when nothing was known', async () => {
  const { position, indicators } = await reports.make({ asOf: '2020-12-31', knownAt: '2020-01-01T00:00:00Z', language: 'en' });
  expect(position).toBe('0');
  expect(new Set(indicators.flatMap(({ claims }) => claims.map(({ agrees }) => agrees)))).toEqual(new Set([null]));
});

it('says which figures rest on a data set that was declared illustrative, as soon as that is known and until it is taken back', async () => {
  const before = told.log.at(-1)!.recordedAt;
  told.correlationId = 'import of designs';
  const declared = told.records('dataSet-designs', { type: 'Declared', data: { illustrative: 'yes' }, occurredOn: '2021' });
  const imported = told.records('pairing-0', {
    type: 'FactCorrected',
    data: { revision: 1, data: { version: 1, designs: 3 }, occurredOn: '2018-03' },
  });
  told.correlationId = 'no import';
  await told.reads();
  const marked = async (knownAt: string) => {
    const { illustrative, notes, indicators } = await reports.make({ asOf: '2021-12-31', knownAt, language: 'en' });
    return { illustrative, notes: notes.length, figures: indicators.filter((indicator) => indicator.illustrative).map(({ code }) => code) };
  };
  const unmarked = { illustrative: false, notes: 0, figures: [] };
  expect(await marked(before)).toEqual(unmarked);
  expect(await marked(declared)).toEqual({ ...unmarked, notes: 1 });
  expect(await marked(imported)).toEqual({
    illustrative: true,
    notes: 1,
    figures: ['ucaps-approved', 'pairings-without-ucap', 'pilot-designs', 'ucaps-per-pairing', 'days-to-ucap', 'days-without-ucap'],
  });
  const { notes } = await reports.make({ knownAt: imported, language: 'es' });
  expect(notes[0]).toMatch(/^El conjunto de datos designs es ilustrativo/);

  // Whoever corrects what was made up vouches for it.
  const corrected = told.records('pairing-0', {
    type: 'FactCorrected',
    data: { revision: 1, data: { version: 1, designs: 3 }, occurredOn: '2018-04' },
  });
  await told.reads();
  expect((await marked(corrected)).figures).toEqual([]);
  const undone = told.records('dataSet-designs', { type: 'FactRetracted', data: { revision: 0 } });
  await told.reads();
  expect(await marked(undone)).toEqual(unmarked);
  expect((await marked(imported)).illustrative).toBe(true);
});

it('answers in the language asked for', async () => {
  const labels = await Promise.all(
    (['en', 'es', 'pt'] as const).map(async (language) => (await reports.make({ language })).indicators[1]!.label),
  );
  expect(labels).toEqual(['Pairings formed', 'Emparejamientos formados', 'Parcerias formadas']);
});
