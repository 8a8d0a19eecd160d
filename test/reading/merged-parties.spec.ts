import { party, retraction } from './cooperation';
import { reader, Readings } from './readings';
import type { Told } from './recording';

let read: Readings;
beforeAll(async () => {
  read = await Readings.begin();
  await read.record('party-segib', party('SEGIB', 'organisation'));
});
afterAll(() => read.end());

describe('the register of parties that were registered twice', () => {
  const merged = (duplicate: string, into: string): Told => [
    'PartyMerged',
    { duplicate, into, authority: 'segib', reason: { text: '00000000-0000-4000-8000-000000000007', digest: 'd'.repeat(64) } },
    '2018-05-10',
  ];
  const split = (from: string): Told => [
    'PartySplit',
    { from, authority: 'segib', reason: { text: '00000000-0000-4000-8000-000000000008', digest: 'd'.repeat(64) } },
    '2019-05-10',
  ];
  const listed = async (question: object = {}) =>
    (await read.parties.page({ limit: 50, kind: 'network', ...question })).items.map(({ id, mergedInto, alsoRegisteredAs }) => [
      id,
      mergedInto,
      alsoRegisteredAs.map((each) => each.id),
    ]);
  const network = (name: string) => party(name, 'network');

  beforeAll(async () => {
    await read.record('party-uccla', network('UCCLA'));
    await read.record('party-ucla', [...network('Capital Cities in Portuguese'), merged('ucla', 'uccla')]);
    await read.record('party-mercociudades', network('Mercociudades'));
    await read.catchUp();
  });

  it('hide those that were merged, unless they are asked for, and say what each counts as', async () => {
    expect(await listed()).toEqual([
      ['mercociudades', undefined, []],
      ['uccla', undefined, ['ucla']],
    ]);
    expect(await listed({ merged: 'true' })).toEqual([
      ['mercociudades', undefined, []],
      ['uccla', undefined, ['ucla']],
      ['ucla', 'uccla', []],
    ]);
    expect(await read.parties.one('ucla')).toMatchObject({ mergedInto: 'uccla' });
    expect((await read.parties.one('uccla'))!.alsoRegisteredAs).toEqual([{ id: 'ucla', name: 'Capital Cities in Portuguese' }]);
  });

  it('find the one that counts by the names of the others', async () => {
    expect(await listed({ search: 'portuguese cap' })).toEqual([['uccla', undefined, ['ucla']]]);
    expect((await listed({ search: 'portuguese', merged: 'true' })).map(([id]) => id)).toEqual(['uccla', 'ucla']);
  });

  it('keep the name that each was registered under', async () => {
    expect(await read.parties.named(['ucla', 'uccla'])).toEqual(
      new Map([
        ['ucla', 'Capital Cities in Portuguese'],
        ['uccla', 'UCCLA'],
      ]),
    );
    const { items } = await read.timeline.page('party-ucla', reader);
    expect(items[1]!.sentence).toBe('SEGIB merges Capital Cities in Portuguese into UCCLA, the same party registered twice: words 7');
  });

  it('follow a chain to its end, and a circle to where it was closed', async () => {
    await read.record('party-uccla', [...network('UCCLA'), merged('uccla', 'mercociudades')], 1);
    await read.catchUp();
    expect(await listed({ merged: 'true' })).toEqual([
      ['mercociudades', undefined, ['uccla', 'ucla']],
      ['uccla', 'mercociudades', []],
      ['ucla', 'mercociudades', []],
    ]);
    await read.record('party-mercociudades', [...network('Mercociudades'), merged('mercociudades', 'ucla')], 1);
    await read.catchUp();
    expect(await listed()).toEqual([['mercociudades', undefined, ['uccla', 'ucla']]]);
  });

  it('are as before once the merge is split or taken back', async () => {
    await read.record('party-mercociudades', [...network('Mercociudades'), merged('mercociudades', 'ucla'), split('ucla')], 2);
    await read.record('party-uccla', [...network('UCCLA'), merged('uccla', 'mercociudades'), retraction(1, 'PartyMerged')], 2);
    await read.catchUp();
    expect(await listed()).toEqual([
      ['mercociudades', undefined, []],
      ['uccla', undefined, ['ucla']],
    ]);
    const { items } = await read.timeline.page('party-mercociudades', reader);
    expect(items[2]!.sentence).toBe('SEGIB splits the party from Capital Cities in Portuguese again, another party after all: words 8');
  });
});
