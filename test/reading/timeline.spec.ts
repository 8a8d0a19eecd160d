import { correction, party, retraction } from './cooperation';
import { reader, Readings } from './readings';
import { formed, oneMission, type Told } from './recording';

let read: Readings;
beforeAll(async () => {
  read = await Readings.begin();
});
afterAll(() => read.end());

describe('the timeline', () => {
  const stream = 'pairing-told';
  beforeAll(async () => {
    await read.record('party-segib', party('SEGIB', 'organisation'));
    await read.record('party-malaga', party('Málaga', 'city', 'ES'));
    const late: Told = [
      'MissionHeld',
      { mission: 1, mode: 'in-person', from: '2017-11-07', to: '2017-11-10', place: 'Turbaco', delegates: 7 },
      '2017-11-10',
    ];
    await read.record(stream, [
      ...oneMission,
      correction(3, late),
      retraction(4, 'MissionPlanned'),
      retraction(6, 'MissionPlanned'),
      retraction(5, 'MissionHeld'),
    ]);
    await read.catchUp();
  });

  it('links the documents that a fact names, those of a correction too', async () => {
    const [first, signed] = ['a', 'b'].map((digit) => ({
      digest: digit.repeat(64),
      mediaType: 'application/pdf',
      language: 'pt',
      size: 7,
    }));
    const attached = (document: unknown): Told => ['PlanDocumentAttached', { version: 1, document }, '2018-10'];
    await read.record('pairing-documented', [...formed, attached(first), correction(formed.length, attached(signed))]);
    await read.catchUp();
    const { items } = await read.timeline.page('pairing-documented', reader);
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
    const { items } = await read.timeline.page(stream, reader);
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
      'Mission 1 planned: the European side travels from 2017-11-06 to 2017-11-10',
      'Mission 1 held (in person) in Cartagena de Indias, from 2017-11-06 to 2017-11-10, 6 delegates',
      'Mission 2 planned: the Latin American side travels in 2018-06',
      'SEGIB corrects revision 3: “Mission 1 held (in person) in Turbaco, from 2017-11-07 to 2017-11-10, 7 delegates”, on 2017-11-10: words 6',
      'SEGIB takes back what was recorded at revision 4 (“Mission 2 planned: the Latin American side travels in 2018-06”): words 5',
      'SEGIB takes back the retraction at revision 6 (“Mission 2 planned: the Latin American side travels in 2018-06”): words 5',
      'SEGIB takes back the correction at revision 5 (“Mission 1 held (in person) in Turbaco, from 2017-11-07 to 2017-11-10, 7 delegates”): words 5',
    ]);
  });

  it('says of a corrected fact what holds now, and puts it where it really happened', async () => {
    const corrected = 'pairing-corrected';
    await read.record(corrected, [
      ...oneMission,
      correction(3, ['MissionHeld', { ...oneMission[3]![1], delegates: 8 }, '2019-01']),
      correction(3, ['MissionHeld', { ...oneMission[3]![1], delegates: 9 }, '2019-02-01']),
    ]);
    await read.catchUp();
    const { items } = await read.timeline.page(corrected, { ...reader, order: 'occurred' });
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
    const reason = { text: '00000000-0000-4000-8000-000000000009', digest: 'd'.repeat(64) };
    await read.record(waived, [
      ...formed,
      ['GateWaived', { gate: 'first-visitor', scope: 'next-fact', authority: 'segib', reason }, '2017-10-01'],
      ['MissionPlanned', { mission: 1, visitor: 'latin-american', from: '2017', to: '2017' }, '2017-10', { waived: ['first-visitor'] }],
    ]);
    await read.catchUp();
    const [, waiver, mission] = (await read.timeline.page(waived, { ...reader, language: 'es' })).items;
    expect(waiver).toMatchObject({
      sentence:
        'SEGIB dispensa de la regla «La primera misión la hace la parte que las reglas nombran para el componente (C1: la parte europea).» para el próximo hecho: words 9',
      data: { reason: { digest: 'd'.repeat(64), words: 'words 9' } },
    });
    expect(mission!.waived).toEqual([
      {
        gate: 'first-visitor',
        rule: 'La primera misión la hace la parte que las reglas nombran para el componente (C1: la parte europea).',
      },
    ]);
    expect(mission!.recordedLate).toBeGreaterThan(1000);
    const [, unread] = (await read.timeline.page(waived, { ...reader, words: false })).items;
    expect(unread!.sentence).toContain('«reserved»');
    expect(unread!.data).not.toHaveProperty('reason.words');
  });

  it.each(['recorded', 'occurred'] as const)('comes in pages that miss and repeat nothing, as %s', async (order) => {
    const whole = (await read.timeline.page(stream, { ...reader, order })).items;
    const seen: unknown[] = [];
    let after: string | undefined;
    do {
      const page = await read.timeline.page(stream, { language: 'en', limit: 2, order, after });
      seen.push(...page.items);
      after = page.next;
    } while (after !== undefined);
    expect(seen).toEqual(whole);
    await expect(read.timeline.page(stream, { ...reader, order, after: 'x; drop' })).rejects.toThrow('is not where a page ended');
  });
});
