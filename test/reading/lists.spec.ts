import { lifecycles } from '../../src/lifecycles/all';
import { application, call2, party, selected } from './cooperation';
import { reader, Readings } from './readings';
import { rules2019 } from './recording';

let read: Readings;
beforeAll(async () => {
  read = await Readings.begin();
  await read.record('party-segib', party('SEGIB', 'organisation'));
  await read.record('party-malaga', party('Málaga', 'city', 'ES'));
});
afterAll(() => read.end());

describe('calls, parties and lists', () => {
  it('count the applications of a call in each phase, and list them', async () => {
    await read.record('call-call-2', call2);
    await read.record('application-malaga-2', [...application('malaga'), selected]);
    await read.record('application-rome-2', application('rome'));
    await read.catchUp();
    expect(await read.calls.one('call-2')).toMatchObject({
      phase: 'open',
      deadline: '2017-04-15T23:59',
      extensions: 1,
      applications: { selected: 1, submitted: 1 },
    });
    expect((await read.calls.page(reader)).items).toHaveLength(1);
    expect((await read.calls.applications({ call: 'call-2', phase: 'selected', limit: 9 })).items).toMatchObject([
      { id: 'malaga-2', decisions: [{ outcome: 'selected', on: '2017-05-02' }] },
    ]);
  });

  it('find a party by the beginnings of the words of any of its names, without accents', async () => {
    await read.record('party-abc', [
      [
        'PartyRegistered',
        { name: 'Consórcio Grande ABC', kind: 'consortium', countries: ['BR'], members: [{ municipality: 'maua', name: 'Mauá' }] },
        '2017',
      ],
      ['PartyAliasAdded', { alias: 'Łódź of the South' }, '2018'],
      ['PartyPopulationRecorded', { population: 2_700_000, year: 2016 }, '2017'],
    ]);
    await read.catchUp();
    const found = async (search: string) => (await read.parties.page({ search, limit: 10 })).items.map(({ id }) => id);
    for (const search of ['CONSÓRCIO', 'grande cons', 'maua', 'lodz', 'Abc']) expect(await found(search)).toEqual(['abc']);
    expect(await found('málaga')).toEqual(['malaga']);
    expect(await found('grande rome')).toEqual([]);
    expect(await found('?!')).toEqual([]);
    expect(await read.parties.one('abc')).toMatchObject({
      aliases: ['Łódź of the South'],
      population: { population: 2_700_000, year: 2016 },
      members: [{ name: 'Mauá' }],
    });
  });

  it('show what every lifecycle lets others see', async () => {
    expect(await read.listed.one(lifecycles.call, 'call-2')).toMatchObject({
      id: 'call-2',
      revision: 1,
      rules: rules2019.name,
      dimensions: { component: 'C1' },
      seen: { phase: 'open' },
    });
    expect((await read.listed.page(lifecycles.party, { limit: 2 })).next).toBe('malaga');
  });
});
