import { sampleOf } from '../../src/kernel/field-samples';
import { kebab } from '../../src/http/addresses';
import { commandsOf } from '../../src/http/routes';
import { lifecycles } from '../../src/lifecycles/all';
import { boot, type Booted, declared } from './booted';

interface Told {
  readonly revision: number;
  readonly on: string;
  readonly can: readonly (Entry & { readonly chosen?: readonly string[]; readonly waived?: readonly Titled[] })[];
  readonly waits: readonly (Entry & { readonly gates: readonly Gate[] })[];
}
interface Entry {
  readonly command: string;
  readonly title: string;
  readonly href: string;
  readonly known: Readonly<Record<string, unknown>>;
  readonly fields: readonly string[];
  readonly optional: readonly string[];
}
interface Titled {
  readonly gate: string;
  readonly title: string;
}
interface Gate extends Titled {
  readonly rule: string;
  readonly waivable: boolean;
  readonly waivableBy?: readonly string[];
  readonly missing: readonly { readonly code: string; readonly sentence: string }[];
}

const all = Object.values(lifecycles);

describe('what can be done next, over HTTP', () => {
  let booted: Booted;
  beforeAll(async () => {
    booted = await boot({ lifecycles });
    const officer = booted.as('programme-officer');
    await officer.post('/v1/data-sets/one/declare-data-set').send(declared).expect(201);
    await officer
      .post('/v1/programmes/iuc/open-programme')
      .send({ occurredOn: '2017', name: 'IUC', components: ['C1'] })
      .expect(201);
    const city = { occurredOn: '2017', name: 'Cali', kind: 'city', countries: ['CO'] };
    await officer.post('/v1/parties/cali/register-party').send(city).expect(201);
  });
  afterAll(() => booted.close());
  const next = async (path: string, language = 'en', role: Parameters<Booted['as']>[0] = 'admin') =>
    (await booted.as(role).get(`/v1/${path}`).set('Accept-Language', language).expect(200).expect('Content-Language', language))
      .body as Told;

  /** Nobody begins a deadline by hand. */
  const beginnings: Readonly<Record<Exclude<keyof typeof lifecycles, 'deadline'>, string>> = {
    ruleSet: 'PublishRuleSet',
    party: 'RegisterParty',
    programme: 'OpenProgramme',
    call: 'OpenCall',
    application: 'SubmitApplication',
    pairing: 'FormPairing',
    dataSet: 'DeclareDataSet',
    indicator: 'DefineIndicator',
    claim: 'PublishClaim',
    pipa: 'RegisterPipa',
    pacci: 'OpenPacci',
    framework: 'OpenFramework',
    evaluation: 'OpenEvaluation',
    subscription: 'CreateSubscription',
  };
  it.each(Object.entries(beginnings))('tells of a %s that is not there yet what begins it, in three languages', async (name, command) => {
    const { plural } = all.find((of) => of.name === name)!;
    const told = await Promise.all(['en', 'es', 'pt'].map((language) => next(`${plural}/not-yet/next`, language)));
    for (const { revision, can, waits } of told) {
      expect([revision, can.map((each) => each.command), waits]).toEqual([-1, [command], []]);
      expect(can[0]!.href).toBe(`/v1/${plural}/not-yet/${kebab(command)}`);
    }
    expect(new Set(told.map(({ can }) => can[0]!.title)).size).toBe(3);
    const answer = await booted.as('admin').get(`/v1/${plural}/not-yet/next`).expect(200);
    expect(answer.headers).not.toHaveProperty('etag');
  });

  it('tells what is known of it, what must and what may be given, and what is still to be chosen elsewhere', async () => {
    const { can } = await next('parties/cali/next');
    expect(can.find(({ command }) => command === 'MergeParty')).toEqual({
      command: 'MergeParty',
      title: 'Merge the party into another',
      href: '/v1/parties/cali/merge-party',
      known: {},
      fields: ['into', 'authority', 'reason'],
      optional: [],
      chosen: ['party'],
    });
    expect(can.map(({ command }) => command)).toEqual(['RenameParty', 'AddAlias', 'RecordPopulation', 'MergeParty']);
  });

  it('explains each closed gate in three languages: its rule, what is missing, and by whom it can be waived', async () => {
    const sentences = await Promise.all(
      ['en', 'es', 'pt'].map(async (language) => {
        const { waits } = await next('programmes/iuc/next?on=2016', language);
        expect(waits).toMatchObject([
          { command: 'AssignOfficer', fields: ['officer'], gates: [{ gate: 'not-before-programme', waivable: false }] },
        ]);
        const [{ title, rule, missing }] = waits[0]!.gates as [Gate];
        expect(missing).toMatchObject([{ code: 'PROGRAMME_OPENED_FIRST', values: { openedOn: '2017' } }]);
        return [waits[0]!.title, title, rule, missing[0]!.sentence];
      }),
    );
    expect(sentences[0]).toEqual([
      'Assign an officer',
      'Not before the programme',
      'No fact of a programme happened before it opened.',
      'a date from 2017 on, when the programme opened',
    ]);
    for (const place of [0, 1, 2, 3]) expect(new Set(sentences.map((each) => each[place])).size).toBe(3);
    expect((await next('programmes/iuc/next?on=2018')).can.map(({ command }) => command)).toEqual(['AssignOfficer']);
  });

  it('lists what the roles of the caller may give alone', async () => {
    expect((await next('parties/cali/next', 'en', 'evaluator')).can).toEqual([]);
    expect((await next('parties/cali/next', 'en', 'programme-officer')).can.length).toBeGreaterThan(0);
  });

  it('leaves what an officer gives to those who are assigned, and says to whom', async () => {
    const account = await booted.as('admin').post('/v1/actors').send({ issuer: 'elsewhere', subject: 'Ana' }).expect(200);
    const { id: officer } = account.body as { readonly id: string };
    await booted
      .as('admin')
      .post('/v1/programmes/left-to-ana/open-programme')
      .send({ occurredOn: '2017', name: 'Of Ana', components: ['C1'] })
      .expect(201);
    await booted.as('admin').post('/v1/programmes/left-to-ana/assign-officer').send({ occurredOn: '2018', officer }).expect(201);
    const { can, waits, ...told } = await next('programmes/left-to-ana/next', 'en', 'programme-officer');
    expect([can, waits, told]).toEqual([[], [], expect.objectContaining({ leftTo: ['programme/left-to-ana'] })]);
    const own = await next('programmes/left-to-ana/next', 'en', 'admin');
    expect(own.can.map(({ command }) => command)).toEqual(['AssignOfficer', 'ReleaseOfficer']);
    expect(own).not.toHaveProperty('leftTo');
  });

  it('names the revision for If-Match, is for the caller alone, and is never “not modified”: the day counts too', async () => {
    const answer = await booted.as('programme-officer').get('/v1/parties/cali/next').set('If-None-Match', '"0"').expect(200);
    expect(answer.headers).toMatchObject({ etag: '"0"', 'cache-control': 'private, no-cache' });
    expect(answer.headers['vary']).toContain('Accept-Language');
    await booted
      .as('programme-officer')
      .post('/v1/parties/cali/add-alias')
      .set('If-Match', answer.headers['etag']!)
      .set('Puente-Dry-Run', 'true')
      .send({ alias: 'Santiago de Cali' })
      .expect(200);
  });

  it.each([
    ['?on=yesterday', 'NOT_A_DATE'],
    ['?on=2019-02-30', 'NOT_A_DATE'],
    ['?at=2019', 'UNKNOWN_PARAMETER'],
    ['?on=2019&on=2020', 'SENT_TWICE'],
  ])('refuses %s', async (query, code) => {
    const answer = await booted.as('service').get(`/v1/parties/cali/next${query}`).expect(400);
    expect(answer.body).toMatchObject({ code: 'MALFORMED', errors: [{ code }] });
  });

  it('refuses a position of another store, and an id that can be none', async () => {
    await booted.as('service').get('/v1/parties/cali/next').set('Puente-Position', '1.another').expect(410);
    await booted.as('service').get('/v1/parties/CALI/next').expect(400);
  });

  it.each(all.map((of) => [of.name, of] as const))('every command of %s can be tried, and records nothing', async (_, of) => {
    const before = await booted.recorded();
    for (const [name, { form, by }] of commandsOf(of)) {
      const sample = sampleOf(form, { on: '2019', id: (nth) => `new-${nth}` });
      const answer = await booted
        .as(by.includes('assessor') ? 'assessor' : by.includes('admin') ? 'admin' : 'service')
        .post(`/v1/${of.plural}/tried/${kebab(name)}`)
        .set('Puente-Dry-Run', 'true')
        .set(name === 'Correct' ? { 'If-Match': '"0"' } : {})
        .send({ ...sample, occurredOn: '2019' });
      expect([name, [200, 409, 412].includes(answer.status) || answer.body]).toEqual([name, true]);
    }
    expect(await booted.recorded()).toBe(before);
  });

  it('a waiver and a correction can be tried: they say what they would record', async () => {
    const before = await booted.recorded();
    const because = { authority: 'cali', reason: 'Tried' };
    const tries = (path: string) => booted.as('admin').post(`/v1/${path}`).set('Puente-Dry-Run', 'true').set('If-Match', '*');
    const waiver = { gate: 'within-deadline', scope: 'next-fact', ...because };
    const waived = await booted
      .as('admin')
      .post('/v1/applications/tried/waive-gate')
      .set('Puente-Dry-Run', 'true')
      .send(waiver)
      .expect(200);
    expect(waived.body).toMatchObject({ revision: -1, events: [{ type: 'GateWaived', revision: 0 }] });
    const corrected = await tries('data-sets/one/correct')
      .send({ retract: [{ revision: 0 }], ...because })
      .expect(200);
    expect(corrected.body).toMatchObject({ revision: 0, events: [{ type: 'FactRetracted', revision: 1 }] });
    expect(await booted.recorded()).toBe(before);
  });
});
