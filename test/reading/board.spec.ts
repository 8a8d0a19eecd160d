import type { Language } from '../../src/words/say';
import { party, planned } from './cooperation';
import { reader, Readings } from './readings';
import { formed, oneMission, type Told } from './recording';

let read: Readings;
beforeAll(async () => {
  read = await Readings.begin();
  await read.record('party-malaga', party('Málaga', 'city', 'ES'));
  await read.record('pairing-board', planned);
  await read.record('pairing-begun', formed);
  await read.record('pairing-met', oneMission);
  await read.catchUp();
});
afterAll(() => read.end());

describe('the board', () => {
  it('shows where a pairing stands, what comes next, and the days that are left on the day asked about', async () => {
    const shown = await read.board.one('board', { language: 'en' });
    expect(shown).toMatchObject({
      phase: 'running',
      kickedOffOn: '2017-09-01',
      supportEndsOn: '2019-03-01',
      daysLeft: 90,
      missions: { planned: 0, held: 2, virtual: 1, cancelled: 0 },
      plan: { version: 1, status: 'approved', approvedVersions: [1] },
      pilots: { designed: 1, funded: 0 },
      nextStep: {
        ...{ step: 'cooperation-agreement', label: 'cooperation agreement concluded', lacks: [] },
        toDo: { code: 'draft-agreement', sentence: 'Draft the cooperation agreement', values: { kind: 'cooperation' } },
      },
    });
    expect((await read.board.one('board', { language: 'en', on: '2019-03-11' }))?.daysLeft).toBe(-10);
    expect(shown!.sides[0]!.parties).toEqual([{ id: 'malaga', name: 'Málaga' }]);
  });

  it('says what is to be done next, and how far that is, in the language of the reader', async () => {
    const told = async (language: Language) => (await read.board.one('met', { language }))!.nextStep!.toDo.sentence;
    expect([await told('en'), await told('es'), await told('pt')]).toEqual([
      'Hold mission 2 (1 of 2 held)',
      'Celebrar la misión 2 (1 de 2 celebradas)',
      'Realizar a missão 2 (1 de 2 realizadas)',
    ]);
  });

  it('says what a draft still lacks, in the language of the reader', async () => {
    const drafted: Told = [
      'AgreementDrafted',
      { agreement: 'moa', kind: 'cooperation', signatories: [{ party: 'malaga' }, { party: 'cartagena' }], languages: ['es'] },
      '2018-11',
    ];
    await read.record('pairing-board', [...planned, drafted], planned.length);
    await read.catchUp();
    const shown = await read.board.one('board', { language: 'es' });
    expect(shown!.nextStep!.lacks.map(({ sentence }) => sentence)).toEqual([
      'malaga no ha firmado el ejemplar en es',
      'cartagena no ha firmado el ejemplar en es',
    ]);
  });

  it('can be narrowed to a phase, a call, a party, a step', async () => {
    const ids = async (question: object) => (await read.board.page({ ...reader, ...question })).items.map(({ id }) => id);
    expect(await ids({ phase: 'formed' })).toEqual(['begun']);
    expect(await ids({ nextStep: 'cooperation-agreement' })).toEqual(['board']);
    expect(await ids({ party: 'cartagena', call: 'call-2' })).toEqual(['begun', 'board', 'met']);
    expect(await ids({ party: 'nobody' })).toEqual([]);
    const first = await read.board.page({ language: 'en', limit: 2 });
    const second = await read.board.page({ language: 'en', limit: 200, after: first.next });
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(await ids({}));
  });
});
