import type { Response } from 'supertest';
import { lifecycles } from '../../src/lifecycles/all';
import { boot, type Booted, declared } from './booted';

describe('an answer that says no, in the language asked for', () => {
  let booted: Booted;
  beforeAll(async () => {
    booted = await boot({ lifecycles });
  });
  afterAll(() => booted.close());

  const post = (to: string, body: object, language = 'en') =>
    booted.as('programme-officer').post(`/v1/${to}`).set('Accept-Language', language).send(body);
  const errors = (answer: Response) => (answer.body as { errors: { path: string; code: string; problem: string }[] }).errors;
  const mission = { mission: 1, from: '2019-02-01', to: '2019-02-03', place: 'Málaga', delegates: 5 };
  const hold = (body: object, language?: string) => post('pairings/cartagena-malaga/hold-mission', body, language);

  it.each([
    ['en', 'This cannot stand yet: “Formation comes first”', 'Formation comes first', 'the pairing itself: it is not formed'],
    [
      'es',
      'Todavía no puede constar: «Primero se forma el emparejamiento»',
      'Primero se forma el emparejamiento',
      'el propio emparejamiento: no está formado',
    ],
    [
      'pt-PT',
      'Ainda não pode constar: «Primeiro forma-se a parceria»',
      'Primeiro forma-se a parceria',
      'a própria parceria: não está formada',
    ],
  ])('names closed gates by their title (%s), and keeps their code', async (language, detail, title, sentence) => {
    const answer = await post('pairings/unformed/agree-theme', { theme: 'housing' }, language).expect(409);
    expect(answer.body).toMatchObject({
      code: 'GATE_CLOSED',
      detail,
      values: { gates: 'formed-first' },
      gates: [{ gate: 'formed-first', title, missing: [{ code: 'PAIRING_FORMED_FIRST', sentence }] }],
    });
  });

  it('names several closed gates in a list of the language', async () => {
    const answer = await post('pairings/unformed/agree-theme', { theme: 'housing', occurredOn: '2199' }, 'es').expect(409);
    expect((answer.body as { detail: string }).detail).toBe(
      'Todavía no puede constar: «Primero se forma el emparejamiento» y «Solo lo ocurrido»',
    );
  });

  it.each([
    ['en', 'There is no pairing none.', 'There is no party nobody.'],
    ['es', 'No existe el emparejamiento none.', 'No existe la parte nobody.'],
    ['pt', 'Não existe a parceria none.', 'Não existe a entidade nobody.'],
  ])('names what is not there as the language does (%s)', async (language, missing, unknown) => {
    const read = await booted.as('evaluator').get('/v1/pairings/none').set('Accept-Language', language).expect(404);
    expect(read.body).toMatchObject({ code: 'NOT_FOUND', detail: missing });
    const body = { gate: 'within-support-period', scope: 'rest', authority: 'nobody', reason: 'So it was agreed' };
    const waived = await post('pairings/unformed/waive-gate', body, language).expect(409);
    expect(waived.body).toMatchObject({ code: 'UNKNOWN_REFERENCE', detail: unknown });
  });

  it.each([
    ['en', 'Near it: hold-mission.'],
    ['es', 'Parecidas: hold-mission.'],
    ['pt', 'Parecidos: hold-mission.'],
  ])('names the command that a mistyped one may have been meant for (%s)', async (language, near) => {
    for (const mistyped of ['hold-misson', 'HoldMission', 'hold_mission']) {
      const answer = await post(`pairings/cartagena-malaga/${mistyped}`, mission, language).expect(404);
      expect((answer.body as { detail: string }).detail).toMatch(new RegExp(` ${near.replaceAll('.', '\\.')}$`));
    }
  });

  it('names those that begin as what was sent, of the same lifecycle, and none for what is like nothing', async () => {
    const said = async (path: string) => ((await post(path, {}).expect(404)).body as { detail: string }).detail;
    expect(await said('pairings/cartagena-malaga/approve')).toMatch(/ Near it: approve-plan\.$/);
    expect(await said('pairings/cartagena-malaga/record')).toMatch(/ Near it: record-delegation, record-exchange-rate\.$/);
    for (const nothing of ['calls/first/approve-plann', 'pairings/cartagena-malaga/xyzzy', 'pairings/a/hold-misson/b', 'nowhere'])
      expect(await said(nothing)).toMatch(/ lists those that do\.$/);
  });

  it.each([
    ['en', ['is missing', 'must be from 0 to 500', 'must have 1 to 200 characters', 'is not a field of this form']],
    ['es', ['falta', 'debe estar entre 0 y 500', 'debe tener de 1 a 200 caracteres', 'no es un campo de este formulario']],
    ['pt', ['falta', 'deve estar entre 0 e 500', 'deve ter de 1 a 200 caracteres', 'não é um campo deste formulário']],
  ])('says of each field what is wrong with it (%s)', async (language, [missing, range, length, unknown]) => {
    const answer = await hold({ ...mission, from: undefined, delegates: 2 ** 40, place: '', colour: 'red' }, language).expect(400);
    expect(errors(answer)).toHaveLength(4);
    expect(errors(answer)).toEqual(
      expect.arrayContaining([
        { path: 'from', code: 'MISSING', problem: missing },
        { path: 'delegates', code: 'OUT_OF_RANGE', problem: range },
        { path: 'place', code: 'LENGTH', problem: length },
        { path: 'colour', code: 'UNKNOWN_FIELD', problem: unknown },
      ]),
    );
  });

  it.each([
    ['en', 'must be a real date from 1900 to 2199: YYYY, YYYY-MM or YYYY-MM-DD'],
    ['es', 'debe ser una fecha que exista, de 1900 a 2199: AAAA, AAAA-MM o AAAA-MM-DD'],
    ['pt', 'deve ser uma data que exista, de 1900 a 2199: AAAA, AAAA-MM ou AAAA-MM-DD'],
  ])('says between which years a date can be (%s)', async (language, problem) => {
    for (const from of ['2999-06-15', '1850-01-01']) {
      const answer = await hold({ ...mission, from }, language).expect(400);
      expect(errors(answer)).toEqual([{ path: 'from', code: 'NOT_A_DATE', problem }]);
    }
  });

  it('says that a value is of another kind, and nothing more of it', async () => {
    const answer = await hold({ ...mission, delegates: '5', place: 7 }, 'pt').expect(400);
    expect(errors(answer)).toEqual(
      expect.arrayContaining([
        { path: 'delegates', code: 'NOT_WHOLE', problem: 'deve ser um número inteiro' },
        { path: 'place', code: 'NOT_TEXT', problem: 'deve ser um texto' },
      ]),
    );
    expect(errors(answer)).toHaveLength(2);
  });

  it('says it of each value of a list, and of the fields of smaller forms', async () => {
    const listed = await post('data-sets/fresh/declare-data-set', { ...declared, measures: ['a/b'] }, 'es').expect(400);
    expect(errors(listed)).toEqual([
      {
        path: 'measures',
        code: 'NOT_A_SLUG',
        problem: 'cada valor debe constar de letras minúsculas sin acento, cifras y guiones, 80 como máximo',
      },
    ]);
    const drafted = await post('pairings/unformed/draft-plan', { version: 1, actions: [{ action: 'a', title: 7, theme: 'x' }] }, 'es');
    expect(errors(drafted).map(({ path, code }) => [path, code])).toEqual([
      ['actions.0.title', 'NOT_TEXT'],
      ['actions.0.theme', 'NOT_ONE_OF'],
    ]);
    const broken = await post('pairings/unformed/draft-plan', { version: 1, actions: ['a', null] }, 'es');
    expect(errors(broken).map(({ code }) => code)).toContain('NOT_AN_OBJECT');
  });

  it.each([
    ['spaces alone', { note: ' \n\u200b' }, { path: 'note', code: 'BLANK' }],
    ['a character that cannot be kept', { title: 'a\0b' }, { path: 'title', code: 'NOT_KEEPABLE' }],
    ['what every object has', { toString: 'x' }, { path: 'toString', code: 'UNKNOWN_FIELD' }],
    ['too many fields', Object.fromEntries(Array.from({ length: 501 }, (_, i) => [`f${i}`, 1])), { path: 'body', code: 'TOO_MANY_VALUES' }],
    ['a list that is none', { measures: 'a' }, { path: 'measures', code: 'NOT_A_LIST' }],
    ['a value twice', { measures: ['a', 'a'] }, { path: 'measures', code: 'REPEATED' }],
  ])('has a code for %s', async (_, wrong, error) => {
    const answer = await post('data-sets/fresh/declare-data-set', { ...declared, ...wrong }, 'pt').expect(400);
    expect(errors(answer)).toEqual([expect.objectContaining(error)]);
    expect(errors(answer)[0]!.problem).toMatch(/^(contém|não é|deve)/);
  });

  it.each([
    ['a parameter', 'data-sets?limit=0', {}, { path: 'limit', code: 'OUT_OF_RANGE', problem: 'debe estar entre 1 y 200' }],
    ['an id', 'data-sets/UPPER', {}, { path: 'id', code: 'NOT_A_SLUG' }],
    ['a header', 'data-sets', { 'Puente-Position': 'x' }, { path: 'Puente-Position', code: 'NOT_OF_A_RECEIPT' }],
  ])('has a code and a sentence for %s too', async (_, address, headers, error) => {
    const answer = await booted
      .as('evaluator')
      .get(`/v1/${address}`)
      .set({ 'Accept-Language': 'es', ...headers })
      .expect(400);
    expect(errors(answer)).toEqual([expect.objectContaining(error)]);
    expect(errors(answer)[0]!.problem).toMatch(/^debe /);
  });
});
