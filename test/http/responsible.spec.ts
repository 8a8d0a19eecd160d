import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ruleSet } from '../../data/iuc-lac/sources';
import { mintDevToken } from '../../src/http/dev-issuer';
import { serve, type Served } from '../../src/http/server';
import type { Role } from '../../src/kernel/fields';
import { type Database, freshDatabase } from '../cluster/database';

jest.setTimeout(60_000);

/** Who acts, by name and role. */
type Who = readonly [name: string, role: Role];
const ana: Who = ['ana', 'programme-officer'];
const bea: Who = ['bea', 'programme-officer'];
const admin: Who = ['root', 'admin'];
const [dora, emil]: readonly Who[] = [
  ['dora', 'assessor'],
  ['emil', 'assessor'],
];

interface Item {
  readonly id: string;
  readonly type: string;
  readonly sentence: string;
  readonly reserved?: true;
  readonly data: object;
}
interface Answer {
  readonly status: number;
  readonly text: string;
  readonly body: Record<string, unknown> & { readonly items: readonly Item[] };
}

describe('who is responsible', () => {
  let database: Database;
  let served: Served;
  let last = '';
  const accounts: Record<string, string> = {};
  const home = mkdtempSync(join(tmpdir(), 'puente-responsible-'));
  beforeAll(async () => {
    database = await freshDatabase();
    served = await serve({ home, databaseUrl: database.url, log: () => undefined }, { host: '127.0.0.1', port: 0, log: 'silent' });
    for (const who of [ana, bea, dora!, emil!]) accounts[who[0]] = (await get('me', who)).body['actor'] as string;
    await tell();
  });
  afterAll(async () => {
    await served.close();
    await database.drop();
    rmSync(home, { recursive: true, force: true });
  });

  const send = async ([subject, role]: Who, path: string, headers: Record<string, string>, body?: object): Promise<Answer> => {
    const answer = await fetch(`${served.base}/v1/${path}`, {
      method: body ? 'POST' : 'GET',
      headers: { Authorization: `Bearer ${await mintDevToken({ home, role, subject })}`, 'Content-Type': 'application/json', ...headers },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const position = answer.headers.get('puente-position');
    if (position !== null) last = position;
    const text = await answer.text();
    return { status: answer.status, text, body: JSON.parse(text) as Answer['body'] };
  };
  const post = (path: string, body: object, who: Who = admin, headers: Record<string, string> = {}) => send(who, path, headers, body);
  const does = async (path: string, body: object, who: Who = admin) => {
    const { status, text } = await post(path, body, who);
    expect({ path, status, text }).toMatchObject({ status: 201 });
  };
  /** Covers whatever was posted before. */
  const get = (path: string, who: Who) => send(who, path, last === '' ? {} : { 'Puente-Position': last, Prefer: 'wait=20' });
  const mine = async (what: string, who: Who, more = '') => (await get(`${what}?mine=true${more}`, who)).body.items.map(({ id }) => id);

  const opening = { component: 'C1', round: 1, rules: 'r@1', deadline: '2019-03-04T23:59', timeZone: 'Europe/Rome' };
  const cities = [
    ['jaen', 'european', 'ES'],
    ['lecce', 'european', 'IT'],
    ['cali', 'latin-american', 'CO'],
    ['pasto', 'latin-american', 'CO'],
  ] as const;
  const scores = (score: number) => ({ occurredOn: '2019-03-20', comment: 'Read', scores: [{ criterion: 'impact', score }] });

  /** Two calls of a programme, the first with four applications, two of them paired; and a call that belongs to nothing. */
  const tell = async () => {
    await does('rule-sets/r/publish-rule-set', { occurredOn: '2018', ...ruleSet(50_000, 'a test') });
    await does('parties/unit/register-party', { occurredOn: '2018', name: 'Unit', kind: 'organisation', countries: [] });
    await does('programmes/iuc/open-programme', { occurredOn: '2018', name: 'IUC', components: ['C1'] });
    await does('calls/first/open-call', { occurredOn: '2019-01-10', title: 'First', programme: 'iuc', ...opening });
    await does('calls/second/open-call', { occurredOn: '2019-01-11', title: 'Second', programme: 'iuc', ...opening, round: 2 });
    await does('calls/alone/open-call', { occurredOn: '2019-01-12', title: 'Alone', ...opening });
    const criteria = [{ criterion: 'impact', weight: 100, lowest: 0, highest: 97 }];
    await does('calls/first/set-criteria', { occurredOn: '2019-01-20', criteria });
    for (const [party, side, country] of cities) {
      await does(`parties/${party}/register-party`, { occurredOn: '2018', name: party, kind: 'city', countries: [country] });
      const submitted = { occurredOn: '2019-02-10', call: 'first', party, side, themes: ['housing'], evidence: [] };
      await does(`applications/${party}/submit-application`, submitted);
      await does(`applications/${party}/check-eligibility`, { occurredOn: '2019-03-10' });
    }
  };

  describe('officers', () => {
    it('may all command while nobody is assigned, and are told what they are assigned to', async () => {
      await does('calls/first/assign-officer', { occurredOn: '2019-02', officer: accounts['ana'] }, bea);
      expect((await get('me', ana)).body).toEqual({
        actor: accounts['ana'],
        roles: ['programme-officer'],
        assigned: [{ as: 'officer', lifecycle: 'call', id: 'first', since: '2019-02' }],
      });
      expect((await get('me', bea)).body).toMatchObject({ assigned: [] });
    });
    it.each([
      ['en', 'Others are responsible', 'This is for the officers assigned to call/first, and for administrators.'],
      ['es', 'Responden otras personas', 'Esto corresponde a los responsables asignados a call/first, y a la administración.'],
      ['pt', 'Respondem outras pessoas', 'Isto cabe aos responsáveis designados para call/first, e à administração.'],
    ])('who are not are refused in %s, also where they only try, and nothing is recorded', async (language, title, detail) => {
      const before = (await get('applications/jaen', admin)).body['revision'];
      for (const dryRun of ['true', 'false']) {
        const headers = { 'Accept-Language': language, 'Puente-Dry-Run': dryRun };
        const answer = await post('applications/jaen/withdraw-application', { reason: 'A new mayor' }, bea, headers);
        expect(answer.body).toMatchObject({
          type: 'urn:puente:problem:not-responsible',
          status: 403,
          code: 'NOT_RESPONSIBLE',
          title,
          detail,
        });
        expect(answer.status).toBe(403);
      }
      expect((await get('applications/jaen', admin)).body['revision']).toBe(before);
    });
    it('who are not waive and correct nothing', async () => {
      const because = { authority: 'unit', reason: 'Charm' };
      const waived = await post('applications/jaen/waive-gate', { gate: 'within-deadline', scope: 'rest', ...because }, bea);
      const corrected = await post('applications/jaen/correct', { retract: [{ revision: 0 }], ...because }, bea, { 'If-Match': '"1"' });
      expect([waived, corrected]).toMatchObject([{ body: { code: 'NOT_RESPONSIBLE' } }, { body: { code: 'NOT_RESPONSIBLE' } }]);
    });
    it('are not assigned a second time', async () =>
      expect((await post('calls/first/assign-officer', { officer: accounts['ana'] }, ana)).body).toMatchObject({
        status: 409,
        code: 'ALREADY_ASSIGNED',
      }));
  });

  describe('what is mine', () => {
    beforeAll(async () => {
      for (const application of ['jaen', 'cali'])
        await does(`applications/${application}/select-application`, { occurredOn: '2019-04', decidedBy: 'unit', reason: 'Good' }, ana);
      await does('pairings/jaen-cali/form-pairing', { occurredOn: '2019-05', applications: ['jaen', 'cali'] }, ana);
    });

    it('is what I am assigned to, and what belongs to it', async () => {
      expect(await mine('calls', ana)).toEqual(['first']);
      expect(await mine('applications', ana)).toEqual(['cali', 'jaen', 'lecce', 'pasto']);
      expect(await mine('pairings', ana)).toEqual(['jaen-cali']);
      for (const what of ['calls', 'applications', 'pairings']) expect(await mine(what, bea)).toEqual([]);
    });
    it('comes with what is to be done next, page by page, and narrowed further', async () => {
      const { body } = await get('pairings?mine=true', ana);
      expect(body.items).toMatchObject([{ id: 'jaen-cali', nextStep: { toDo: {}, lacks: [] } }]);
      expect((await get('applications?mine=true&limit=2', ana)).body).toMatchObject({ items: [{}, {}], next: 'jaen' });
      expect(await mine('applications', ana, '&limit=2&after=jaen')).toEqual(['lecce', 'pasto']);
      expect(await mine('applications', ana, '&phase=selected')).toEqual(['cali', 'jaen']);
      expect((await get('calls?mine=false', ana)).body.items).toHaveLength(3);
    });
    it('by a programme is each of its calls, and by a pairing that alone', async () => {
      await does('programmes/iuc/assign-officer', { occurredOn: '2019-05', officer: accounts['bea'] });
      expect(await mine('calls', bea)).toEqual(['first', 'second']);
      expect(await mine('applications', bea)).toHaveLength(4);
      expect(await mine('pairings', bea)).toEqual(['jaen-cali']);
      await does('programmes/iuc/release-officer', { occurredOn: '2019-06', officer: accounts['bea'] }, bea);
      await does('pairings/jaen-cali/assign-officer', { occurredOn: '2019-06', officer: accounts['bea'] }, ana);
      expect(await mine('calls', bea)).toEqual([]);
      expect(await mine('pairings', bea)).toEqual(['jaen-cali']);
    });
    it('goes with a release, and comes back when that is taken back', async () => {
      await does('pairings/jaen-cali/release-officer', { occurredOn: '2019-07', officer: accounts['bea'] }, bea);
      expect(await mine('pairings', bea)).toEqual([]);
      const { revision } = (await get('pairings/jaen-cali', admin)).body;
      const taken = { retract: [{ revision }], authority: 'unit', reason: 'Typed wrongly' };
      expect((await post('pairings/jaen-cali/correct', taken, ana, { 'If-Match': `"${String(revision)}"` })).status).toBe(201);
      expect(await mine('pairings', bea)).toEqual(['jaen-cali']);
      expect((await get('me', bea)).body).toMatchObject({ assigned: [{ lifecycle: 'pairing', id: 'jaen-cali', since: '2019-06' }] });
    });
    it.each([
      'calls?mine=maybe',
      'pairings?mine=',
      'applications?mine=true&mine=true',
      'parties?mine=true',
      'pairings?mine=true&after=%00',
    ])('is not asked for by %s', async (path) => expect((await get(path, ana)).body).toMatchObject({ status: 400, code: 'MALFORMED' }));
  });

  describe('assessors', () => {
    beforeAll(async () => {
      await does('calls/first/assign-assessor', { occurredOn: '2019-03', assessor: accounts['dora'], party: 'lecce' }, ana);
      await does('calls/first/assign-assessor', { occurredOn: '2019-03', assessor: accounts['emil'] }, ana);
      await does('parties/pasto-city/register-party', { occurredOn: '2018', name: 'Pasto', kind: 'city', countries: ['CO'] });
    });

    it('find the applications that they assess, all but those of their own party', async () => {
      expect(await mine('calls', dora!)).toEqual(['first']);
      expect(await mine('applications', dora!)).toEqual(['cali', 'jaen', 'pasto']);
      expect(await mine('applications', emil!)).toHaveLength(4);
      expect(await mine('pairings', dora!)).toEqual([]);
    });
    it('also where their party was registered twice', async () => {
      const because = { occurredOn: '2019-03', authority: 'unit', reason: 'Entered twice' };
      await does('calls/first/release-assessor', { occurredOn: '2019-03-15', assessor: accounts['emil'] }, ana);
      await does('calls/first/assign-assessor', { occurredOn: '2019-03-15', assessor: accounts['emil'], party: 'pasto-city' }, ana);
      expect(await mine('applications', emil!)).toContain('pasto');
      await does('parties/pasto-city/merge-party', { into: 'pasto', ...because }, ana);
      expect(await mine('applications', emil!)).toEqual(['cali', 'jaen', 'lecce']);
      expect((await post('applications/pasto/assess-application', scores(41), emil)).body).toMatchObject({
        code: 'ASSESSOR_OF_ITS_OWN_PARTY',
      });
    });
    it('assess only where they are assigned', async () => {
      await does('applications/jaen/assess-application', scores(41), dora);
      await does('applications/jaen/assess-application', scores(73), emil);
      await does('applications/cali/declare-conflict', { occurredOn: '2019-03-20', reason: 'A cousin' }, emil);
      const stranger: Who = ['fay', 'assessor'];
      expect((await post('applications/jaen/assess-application', scores(97), stranger)).body).toMatchObject({
        status: 409,
        code: 'NOT_AN_ASSESSOR_HERE',
      });
      expect((await post('applications/jaen/declare-conflict', { reason: 'x' }, stranger)).body).toMatchObject({
        code: 'NOT_AN_ASSESSOR_HERE',
      });
      expect((await post('applications/lecce/assess-application', scores(97), dora)).body).toMatchObject({
        code: 'ASSESSOR_OF_ITS_OWN_PARTY',
      });
    });
    it.each([
      ['an officer', ana, [41, 73]],
      ['an officer of something else', bea, [41, 73]],
      ['an evaluator', ['eva', 'evaluator'], [41, 73]],
      ['an administrator', admin, [41, 73]],
      ['an assessor', dora!, [41]],
      ['another assessor', emil!, [73]],
      ['an assessor of nothing', ['fay', 'assessor'], []],
      ['a focal point', ['flo', 'focal-point'], []],
      ['a service', ['feed', 'service'], []],
    ] as const)('are read by %s as far as they may', async (_, who, seen) => {
      const given = (text: string) => [...text.matchAll(/"score":(\d+)/g)].map(([, score]) => Number(score));
      expect(given((await get('applications/jaen', who)).text).toSorted()).toEqual(seen);
      const { text, body } = await get('applications/jaen/timeline', who);
      expect(given(text).toSorted()).toEqual(seen);
      const entries = body.items.filter(({ type }) => type === 'ApplicationAssessed');
      expect(entries.map(({ reserved }) => reserved === true).filter(Boolean)).toHaveLength(2 - seen.length);
      for (const { reserved, sentence, data } of entries)
        if (reserved) expect({ sentence, data }).toEqual({ sentence: '«reserved»', data: {} });
      for (const entry of entries) expect('actor' in entry).toBe(entry.reserved !== true);
    });
    it('and no more of it after a correction, or when it was taken back', async () => {
      const at = (await get('applications/jaen/timeline', admin)).body.items.findIndex(({ type }) => type === 'ApplicationAssessed');
      const because = { authority: 'unit', reason: 'Typed wrongly' };
      const correct = async (what: object) => {
        const { revision } = (await get('applications/jaen', admin)).body;
        expect(
          (await post('applications/jaen/correct', { ...what, ...because }, ana, { 'If-Match': `"${String(revision)}"` })).status,
        ).toBe(201);
      };
      const { items } = (await get('applications/jaen/timeline', admin)).body;
      const { comment, ...rest } = items[at]!.data as { comment: { text: string; digest: string } };
      const kept = { text: comment.text, digest: comment.digest };
      await correct({ replace: [{ revision: at, data: { ...rest, scores: [{ criterion: 'impact', score: 42 }], comment: kept } }] });
      await correct({ retract: [{ revision: at }] });
      for (const who of [emil!, ['flo', 'focal-point'] as const]) {
        const { text, body } = await get('applications/jaen/timeline', who);
        expect(text).not.toMatch(/impact 4[12]|"score":4[12]/);
        expect(body.items.slice(-2)).toMatchObject([{ reserved: true }, { reserved: true }]);
      }
      expect((await get('applications/jaen/timeline', dora!)).text).toMatch(/"score":42/);
    });
    it.each([
      ['an officer', ana, true],
      ['whoever declared it', emil!, true],
      ['another assessor', dora!, false],
      ['an assessor of nothing', ['fay', 'assessor'], false],
      ['a focal point', ['flo', 'focal-point'], false],
    ] as const)('declare conflicts of interest, which %s reads as far as they may', async (_, who, read) => {
      const { body } = await get('applications/cali/timeline', who);
      const told = body.items.filter(({ type }) => type === 'ConflictOfInterestDeclared');
      expect(told).toHaveLength(1);
      if (read) expect(told).toMatchObject([{ data: { assessor: accounts['emil'] } }]);
      else expect(told).toMatchObject([{ sentence: '«reserved»', reserved: true, data: {} }]);
      expect((await get('applications/cali', who)).text.includes(accounts['emil']!)).toBe(read);
    });
  });
});
