import { correction, retraction } from './cooperation';
import { reader, Readings } from './readings';
import { formed, oneMission, type Told } from './recording';

let read: Readings;
beforeAll(async () => {
  read = await Readings.begin();
});
afterAll(() => read.end());

/** The same facts as they come with an import. */
const under = (correlationId: string, facts: readonly Told[]): readonly Told[] =>
  facts.map(([type, data, occurredOn]) => [type, data, occurredOn, { correlationId }]);
const declared = (illustrative: boolean): Told => [
  'DataSetDeclared',
  {
    title: 'Cohort',
    source: 'Newsletter',
    illustrative,
    measures: [],
    note: { text: '00000000-0000-4000-8000-000000000009', digest: 'd'.repeat(64) },
  },
  '2020-12',
];
const marked = async () => {
  await read.catchUp();
  const streams = ['pairing-made', 'pairing-mixed', 'pairing-vouched', 'pairing-kept', 'pairing-published', 'dataSet-made'];
  return [...(await read.illustrative.among(streams))].toSorted();
};
const entries = async (stream: string) => (await read.timeline.page(stream, reader)).items.map(({ illustrative = false }) => illustrative);

describe('what came with a data set that is declared illustrative', () => {
  const set = under('import', [declared(true)]);
  const made = under('import', formed);
  beforeAll(async () => {
    // In whatever order they are read: here what is marked comes before what marks it.
    await read.record('pairing-made', made);
    await read.record('pairing-mixed', [...formed, ...under('import', oneMission.slice(1, 2)), oneMission[2]!]);
    await read.record('pairing-vouched', [...made, correction(0, formed[0]!)]);
    await read.record('pairing-kept', formed);
    await read.record('pairing-published', under('other import', formed));
    await read.record('dataSet-published', under('other import', [declared(false)]));
    await read.catchUp();
    await read.record('dataSet-made', set);
  });

  it('is marked wherever something of it is in force', async () =>
    expect(await marked()).toEqual(['dataSet-made', 'pairing-made', 'pairing-mixed']));

  it('is marked on the timeline, event by event, also once somebody vouched for it by a correction', async () => {
    await read.catchUp();
    expect(await entries('pairing-made')).toEqual([true]);
    expect(await entries('pairing-mixed')).toEqual([false, true, false]);
    expect(await entries('pairing-vouched')).toEqual([true, false]);
    expect(await entries('pairing-published')).toEqual([false]);
  });

  it('loses its marks when the declaration is taken back, and has them again when that is', async () => {
    const undone = [...set, retraction(0, 'DataSetDeclared')];
    await read.record('dataSet-made', undone, 1);
    expect(await marked()).toEqual([]);
    expect(await entries('pairing-mixed')).toEqual([false, false, false]);
    await read.record('dataSet-made', [...undone, retraction(1, 'DataSetDeclared')], 2);
    expect(await marked()).toEqual(['dataSet-made', 'pairing-made', 'pairing-mixed']);
    await read.runner().rebuild('timeline');
    expect(await marked()).toEqual(['dataSet-made', 'pairing-made', 'pairing-mixed']);
  });
});
