import fc from 'fast-check';
import { lifecycles } from '../../src/lifecycles/all';
import { readModels } from '../../src/reading/all';
import { Board } from '../../src/reading/board';
import { Calls } from '../../src/reading/calls';
import { Listed } from '../../src/reading/listed';
import { Parties } from '../../src/reading/parties';
import { Sentences } from '../../src/reading/sentences';
import { Timeline } from '../../src/reading/timeline';
import { PostgresStore } from '../../src/store/postgres';
import { type Database, freshDatabase } from '../cluster/database';
import { application, call2, correction, party, planned, retraction, selected } from './cooperation';
import { formed, oneMission, record, rules2019, runnerOver, type Told } from './recording';

jest.setTimeout(60_000);

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

const own = readModels.filter(({ name }) => name !== 'facts');
const runner = (batch = 500) => runnerOver({ pool: database.pool, store, readModels: own, lifecycles: Object.values(lifecycles), batch });
const catchUp = () => runner().catchUp();
const contents = async () =>
  Object.fromEntries(
    await Promise.all(
      own
        .flatMap(({ tables }) => tables)
        .map(async (table) => [table, (await database.pool.query(`select t::text as row from ${table} t order by 1`)).rows] as const),
    ),
  );
const parties = () => new Parties(database.pool);
const board = () => new Board(database.pool, parties(), () => '2018-12-01');
const timeline = () => {
  const texts = {
    reveal: (ids: readonly string[]) =>
      Promise.resolve(new Map(ids.map((id) => [id, { is: 'text' as const, words: `words ${Number(id.slice(-12))}` }]))),
  };
  return new Timeline(database.pool, new Sentences(Object.values(lifecycles), texts, parties()));
};
const reader = { language: 'en', limit: 50 } as const;

describe('the timeline', () => {
  const stream = 'pairing-told';
  beforeAll(async () => {
    await record(store, 'party-segib', party('SEGIB', 'organisation'));
    await record(store, 'party-malaga', party('Málaga', 'city', 'ES'));
    const late: Told = [
      'MissionHeld',
      { mission: 1, mode: 'in-person', from: '2017-11-07', to: '2017-11-10', place: 'Turbaco', delegates: 7 },
      '2017-11-10',
    ];
    await record(store, stream, [
      ...oneMission,
      correction(3, late),
      retraction(4, 'MissionPlanned'),
      retraction(6, 'MissionPlanned'),
      retraction(5, 'MissionHeld'),
    ]);
    await catchUp();
  });

  it('links the documents that a fact names, those of a correction too', async () => {
    const [first, signed] = ['a', 'b'].map((digit) => ({
      digest: digit.repeat(64),
      mediaType: 'application/pdf',
      language: 'pt',
      size: 7,
    }));
    const attached = (document: unknown): Told => ['PlanDocumentAttached', { version: 1, document }, '2018-10'];
    await record(store, 'pairing-documented', [...formed, attached(first), correction(formed.length, attached(signed))]);
    await catchUp();
    const { items } = await timeline().page('pairing-documented', reader);
    const link = (of: typeof first) => [{ digest: of!.digest, href: `/v1/documents/${of!.digest}` }];
    expect(items.slice(formed.length)).toMatchObject([
      {
        sentence: 'Document of UCAP version 1 attached, in Portuguese',
        documents: link(first),
        now: { documents: link(signed) },
      },
      { type: 'FactCorrected', documents: link(signed) },
    ]);
    expect(items.slice(0, formed.length).filter(({ documents }) => documents)).toEqual([]);
  });

  it('keeps what was corrected and what was taken back in sight, each with what did it', async () => {
    const { items } = await timeline().page(stream, reader);
    expect(items.map(({ revision, type, standing, by }) => [revision, type, standing, by])).toEqual([
      [0, 'PairingFormed', 'in-force', undefined],
      [1, 'PairingKickedOff', 'in-force', undefined],
      [2, 'MissionPlanned', 'in-force', undefined],
      [3, 'MissionHeld', 'in-force', undefined],
      [4, 'MissionPlanned', 'in-force', undefined],
      [5, 'FactCorrected', 'retracted', `${stream}@8`],
      [6, 'FactRetracted', 'retracted', `${stream}@7`],
      [7, 'FactRetracted', 'in-force', undefined],
      [8, 'FactRetracted', 'in-force', undefined],
    ]);
    expect(items.map(({ sentence }) => sentence)).toEqual([
      'Pairing of Málaga and cartagena formed, component C1, under the rules iuc-lac-2019@1',
      'Kick-off of the pairing',
      'Mission 1 planned: the European side travels, 2017-11-06 to 2017-11-10',
      'Mission 1 held (in person) in Cartagena de Indias, 2017-11-06 to 2017-11-10, 6 delegates',
      'Mission 2 planned: the Latin American side travels, 2018-06',
      'SEGIB corrects revision 3: “Mission 1 held (in person) in Turbaco, 2017-11-07 to 2017-11-10, 7 delegates”, on 2017-11-10: words 6',
      'SEGIB takes back what was recorded at revision 4 (“Mission 2 planned: the Latin American side travels, 2018-06”): words 5',
      'SEGIB takes back the retraction at revision 6 (“Mission 2 planned: the Latin American side travels, 2018-06”): words 5',
      'SEGIB takes back the correction at revision 5 (“Mission 1 held (in person) in Turbaco, 2017-11-07 to 2017-11-10, 7 delegates”): words 5',
    ]);
  });

  it('says of a corrected fact what holds now, and puts it where it really happened', async () => {
    const corrected = 'pairing-corrected';
    await record(store, corrected, [
      ...oneMission,
      correction(3, ['MissionHeld', { ...oneMission[3]![1], delegates: 8 }, '2019-01']),
      correction(3, ['MissionHeld', { ...oneMission[3]![1], delegates: 9 }, '2019-02-01']),
    ]);
    await catchUp();
    const { items } = await timeline().page(corrected, { ...reader, order: 'occurred' });
    expect(items.map(({ revision }) => revision)).toEqual([0, 1, 2, 4, 3, 5, 6]);
    expect(items[4]).toMatchObject({
      occurredOn: '2017-11-10',
      standing: 'corrected',
      by: `${corrected}@6`,
      now: { occurredOn: '2019-02-01', data: { delegates: 9 } },
    });
    expect(items[4]!.now!.sentence).toContain('9 delegates');
    expect(items[5]).toMatchObject({ standing: 'corrected', by: `${corrected}@6` });
  });

  it('tells days of delay, waived gates with their rule, and protected words only to those who may read them', async () => {
    const waived = 'pairing-waived';
    const reason = { text: '00000000-0000-4000-8000-000000000009', digest: 'd' };
    await record(store, waived, [
      ...formed,
      ['GateWaived', { gate: 'first-visitor', scope: 'next-fact', authority: 'segib', reason }, '2017-10-01'],
      ['MissionPlanned', { mission: 1, visitor: 'latin-american', from: '2017', to: '2017' }, '2017-10', { waived: ['first-visitor'] }],
    ]);
    await catchUp();
    const [, waiver, mission] = (await timeline().page(waived, { ...reader, language: 'es' })).items;
    expect(waiver).toMatchObject({
      sentence:
        'SEGIB dispensa de la regla «La primera misión la hace la parte que las reglas nombran para el componente (C1: la parte europea).» para el próximo hecho: words 9',
      data: { reason: { digest: 'd', words: 'words 9' } },
    });
    expect(mission!.waived).toEqual([
      {
        gate: 'first-visitor',
        rule: 'La primera misión la hace la parte que las reglas nombran para el componente (C1: la parte europea).',
      },
    ]);
    expect(mission!.recordedLate).toBeGreaterThan(1000);
    const [, unread] = (await timeline().page(waived, { ...reader, words: false })).items;
    expect(unread!.sentence).toContain('«reserved»');
    expect(unread!.data).not.toHaveProperty('reason.words');
  });

  it.each(['recorded', 'occurred'] as const)('comes in pages that miss and repeat nothing, as %s', async (order) => {
    const whole = (await timeline().page(stream, { ...reader, order })).items;
    const seen: unknown[] = [];
    let after: string | undefined;
    do {
      const page = await timeline().page(stream, { language: 'en', limit: 2, order, after });
      seen.push(...page.items);
      after = page.next;
    } while (after !== undefined);
    expect(seen).toEqual(whole);
    await expect(timeline().page(stream, { ...reader, order, after: 'x; drop' })).rejects.toThrow('is not where a page ended');
  });
});

describe('the board', () => {
  beforeAll(async () => {
    await record(store, 'pairing-board', planned);
    await record(store, 'pairing-begun', formed);
    await catchUp();
  });

  it('shows where a pairing stands, what comes next, and the days that are left on the day asked about', async () => {
    const shown = await board().one('board', { language: 'en' });
    expect(shown).toMatchObject({
      phase: 'running',
      kickedOffOn: '2017-09-01',
      supportEndsOn: '2019-03-01',
      daysLeft: 90,
      missions: { planned: 0, held: 2, virtual: 1, cancelled: 0 },
      plan: { version: 1, status: 'approved', approvedVersions: [1] },
      pilots: { designed: 1, funded: 0 },
      next: { step: 'cooperation-agreement', label: 'cooperation agreement concluded', lacks: [] },
    });
    expect((await board().one('board', { language: 'en', on: '2019-03-11' }))?.daysLeft).toBe(-10);
    expect(shown!.sides[0]!.parties).toEqual([{ id: 'malaga', name: 'Málaga' }]);
  });

  it('says what a draft still lacks, in the language of the reader', async () => {
    const drafted: Told = [
      'AgreementDrafted',
      { agreement: 'moa', kind: 'cooperation', signatories: [{ party: 'malaga' }, { party: 'cartagena' }], languages: ['es'] },
      '2018-11',
    ];
    await record(store, 'pairing-board', [...planned, drafted], planned.length);
    await catchUp();
    const shown = await board().one('board', { language: 'es' });
    expect(shown!.next!.lacks.map(({ sentence }) => sentence)).toEqual([
      'malaga no ha firmado el ejemplar en es',
      'cartagena no ha firmado el ejemplar en es',
    ]);
  });

  it('can be narrowed to a phase, a call, a party, a step', async () => {
    const ids = async (question: object) => (await board().page({ ...reader, ...question })).items.map(({ id }) => id);
    expect(await ids({ phase: 'formed' })).toEqual(expect.arrayContaining(['begun', 'waived']));
    expect(await ids({ nextStep: 'cooperation-agreement' })).toEqual(['board']);
    expect(await ids({ party: 'cartagena', call: 'call-2' })).toContain('board');
    expect(await ids({ party: 'nobody' })).toEqual([]);
    const first = await board().page({ language: 'en', limit: 2 });
    const second = await board().page({ language: 'en', limit: 200, after: first.next });
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(await ids({}));
  });
});

describe('calls, parties and lists', () => {
  it('count the applications of a call in each phase, and list them', async () => {
    await record(store, 'call-call-2', call2);
    await record(store, 'application-malaga-2', [...application('malaga'), selected]);
    await record(store, 'application-rome-2', application('rome'));
    await catchUp();
    const calls = new Calls(database.pool);
    expect(await calls.one('call-2')).toMatchObject({
      phase: 'open',
      deadline: '2017-04-15T23:59',
      extensions: 1,
      applications: { selected: 1, submitted: 1 },
    });
    expect((await calls.page(reader)).items).toHaveLength(1);
    expect((await calls.applications({ call: 'call-2', phase: 'selected', limit: 9 })).items).toMatchObject([
      { id: 'malaga-2', decisions: [{ outcome: 'selected', on: '2017-05-02' }] },
    ]);
  });

  it('find a party by the beginnings of the words of any of its names, without accents', async () => {
    await record(store, 'party-abc', [
      [
        'PartyRegistered',
        { name: 'Consórcio Grande ABC', kind: 'consortium', countries: ['BR'], members: [{ municipality: 'maua', name: 'Mauá' }] },
        '2017',
      ],
      ['PartyAliasAdded', { alias: 'Łódź of the South' }, '2018'],
      ['PartyPopulationRecorded', { population: 2_700_000, year: 2016 }, '2017'],
    ]);
    await catchUp();
    const found = async (search: string) => (await parties().page({ search, limit: 10 })).items.map(({ id }) => id);
    for (const search of ['CONSÓRCIO', 'grande cons', 'maua', 'lodz', 'Abc']) expect(await found(search)).toEqual(['abc']);
    expect(await found('málaga')).toEqual(['malaga']);
    expect(await found('grande rome')).toEqual([]);
    expect(await found('?!')).toEqual([]);
    expect(await parties().one('abc')).toMatchObject({
      aliases: ['Łódź of the South'],
      population: { population: 2_700_000, year: 2016 },
      members: [{ name: 'Mauá' }],
    });
  });

  describe('of parties that were registered twice', () => {
    const merged = (duplicate: string, into: string): Told => [
      'PartyMerged',
      { duplicate, into, authority: 'segib', reason: { text: '00000000-0000-4000-8000-000000000007', digest: 'd' } },
      '2018-05-10',
    ];
    const split = (from: string): Told => [
      'PartySplit',
      { from, authority: 'segib', reason: { text: '00000000-0000-4000-8000-000000000008', digest: 'd' } },
      '2019-05-10',
    ];
    const listed = async (question: object = {}) =>
      (await parties().page({ limit: 50, kind: 'network', ...question })).items.map(({ id, mergedInto, alsoRegisteredAs }) => [
        id,
        mergedInto,
        alsoRegisteredAs.map((each) => each.id),
      ]);
    const network = (name: string) => party(name, 'network');

    beforeAll(async () => {
      await record(store, 'party-uccla', network('UCCLA'));
      await record(store, 'party-ucla', [...network('Capital Cities in Portuguese'), merged('ucla', 'uccla')]);
      await record(store, 'party-mercociudades', network('Mercociudades'));
      await catchUp();
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
      expect(await parties().one('ucla')).toMatchObject({ mergedInto: 'uccla' });
      expect((await parties().one('uccla'))!.alsoRegisteredAs).toEqual([{ id: 'ucla', name: 'Capital Cities in Portuguese' }]);
    });

    it('find the one that counts by the names of the others', async () => {
      expect(await listed({ search: 'portuguese cap' })).toEqual([['uccla', undefined, ['ucla']]]);
      expect((await listed({ search: 'portuguese', merged: 'true' })).map(([id]) => id)).toEqual(['uccla', 'ucla']);
    });

    it('keep the name that each was registered under', async () => {
      expect(await parties().named(['ucla', 'uccla'])).toEqual(
        new Map([
          ['ucla', 'Capital Cities in Portuguese'],
          ['uccla', 'UCCLA'],
        ]),
      );
      const { items } = await timeline().page('party-ucla', reader);
      expect(items[1]!.sentence).toBe('SEGIB merges Capital Cities in Portuguese into UCCLA, the same party registered twice: words 7');
    });

    it('follow a chain to its end, and a circle to where it was closed', async () => {
      await record(store, 'party-uccla', [...network('UCCLA'), merged('uccla', 'mercociudades')], 1);
      await catchUp();
      expect(await listed({ merged: 'true' })).toEqual([
        ['mercociudades', undefined, ['uccla', 'ucla']],
        ['uccla', 'mercociudades', []],
        ['ucla', 'mercociudades', []],
      ]);
      await record(store, 'party-mercociudades', [...network('Mercociudades'), merged('mercociudades', 'ucla')], 1);
      await catchUp();
      expect(await listed()).toEqual([['mercociudades', undefined, ['uccla', 'ucla']]]);
    });

    it('are as before once the merge is split or taken back', async () => {
      await record(store, 'party-mercociudades', [...network('Mercociudades'), merged('mercociudades', 'ucla'), split('ucla')], 2);
      await record(store, 'party-uccla', [...network('UCCLA'), merged('uccla', 'mercociudades'), retraction(1, 'PartyMerged')], 2);
      await catchUp();
      expect(await listed()).toEqual([
        ['mercociudades', undefined, []],
        ['uccla', undefined, ['ucla']],
      ]);
      const { items } = await timeline().page('party-mercociudades', reader);
      expect(items[2]!.sentence).toBe('SEGIB splits the party from Capital Cities in Portuguese again, another party after all: words 8');
    });
  });

  it('show what every lifecycle lets others see', async () => {
    const listed = new Listed(database.pool);
    expect(await listed.one(lifecycles.call, 'call-2')).toMatchObject({
      id: 'call-2',
      revision: 1,
      rules: rules2019.name,
      dimensions: { component: 'C1' },
      seen: { phase: 'open' },
    });
    expect((await listed.page(lifecycles.party, { limit: 2 })).next).toBe('malaga');
  });
});

describe('rows', () => {
  it('are the same after a retraction was taken back as if it had never been made', async () => {
    await record(store, 'pairing-undone', planned);
    await catchUp();
    const before = await board().one('undone', reader);
    await record(store, 'pairing-undone', [...planned, retraction(9, 'PlanApproved')], planned.length);
    await catchUp();
    expect((await board().one('undone', reader))!.plan.status).toBe('submitted');
    await record(
      store,
      'pairing-undone',
      [...planned, retraction(9, 'PlanApproved'), retraction(planned.length, 'PlanApproved')],
      planned.length + 1,
    );
    await catchUp();
    expect(await board().one('undone', reader)).toEqual(before);
  });

  it('go when what made them is taken back', async () => {
    await record(store, 'pairing-mistaken', [...formed, retraction(0, 'PairingFormed')]);
    await catchUp();
    expect(await board().one('mistaken', reader)).toBeUndefined();
    expect(await new Listed(database.pool).one(lifecycles.pairing, 'mistaken')).toBeUndefined();
    expect((await timeline().page('pairing-mistaken', reader)).items.map(({ standing }) => standing)).toEqual(['retracted', 'in-force']);
  });

  it('that grew event by event, through any corrections, equal those of a rebuild', async () => {
    const step = fc.record({
      retract: fc.boolean(),
      at: fc.nat(),
      days: fc.integer({ min: 1, max: 28 }),
      batch: fc.integer({ min: 1, max: 9 }),
    });
    let told = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 6 }), async (steps) => {
        const stream = `pairing-random-${(told += 1)}`;
        let history: readonly Told[] = planned;
        await record(store, stream, history);
        for (const { retract, at, days, batch } of steps) {
          const revision = at % history.length;
          const [type, data] = history[revision]!;
          const isOriginal = type !== 'FactRetracted' && type !== 'FactCorrected';
          const root = isOriginal ? type : (data as { type: string }).type;
          const next =
            retract || !isOriginal
              ? retraction(revision, root)
              : correction(revision, [type, data, `2018-09-${String(days).padStart(2, '0')}`]);
          await record(store, stream, [...history, next], history.length);
          history = [...history, next];
          await runner(batch).catchUp();
        }
      }),
      {
        numRuns: Number(process.env['PUENTE_RUNS'] ?? 6),
        ...(process.env['PUENTE_SEED'] === undefined ? {} : { seed: Number(process.env['PUENTE_SEED']) }),
      },
    );
    const grown = await contents();
    for (const { name } of own) await runner().rebuild(name);
    expect(await contents()).toEqual(grown);
    expect(await runner().parked()).toEqual([]);
  });
});
