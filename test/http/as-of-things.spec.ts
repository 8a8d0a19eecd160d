import { setTimeout } from 'node:timers/promises';
import supertest from 'supertest';
import { mintDevToken } from '../../src/http/dev-issuer';
import { PostgresStore } from '../../src/store/postgres';
import { correction, party, retraction } from '../reading/cooperation';
import { oneMission, record, type Told } from '../reading/recording';
import { served } from './served';

interface Answer {
  readonly asOf: string;
  readonly knownAt: string;
  readonly position: string;
  readonly epoch: string;
  readonly revision: number;
  readonly code?: string;
}
interface Thing extends Answer {
  readonly state: {
    readonly course: { readonly phase: string; readonly kickedOffOn?: string };
    readonly missions: Readonly<Record<string, { readonly is: string }>>;
  };
}
interface Timeline extends Answer {
  readonly items: readonly { readonly revision: number; readonly type: string; readonly standing: string; readonly sentence: string }[];
  readonly next?: string;
}
interface Budget extends Answer {
  readonly totals: readonly { readonly currency: string; readonly spentMinor: number; readonly leftMinor: number }[];
  readonly total?: { readonly leftMinor: number; readonly rates: readonly { readonly rate: string }[] };
}
interface FocalPoints extends Answer {
  readonly sides: readonly { readonly focalPoints: readonly { readonly person: string; readonly to?: string }[] }[];
}
interface Board extends Answer {
  readonly items: readonly {
    readonly id: string;
    readonly phase: string;
    readonly lasted?: { readonly days: number };
    readonly sides: readonly { readonly parties: readonly { readonly name: string }[] }[];
  }[];
  readonly next?: string;
}

const [ana, bea] = ['00000000-0000-4000-8000-0000000000aa', '00000000-0000-4000-8000-0000000000bb'];
const money = (amountMinor: number) => ({ line: 'missions', amountMinor, currency: 'EUR' });
const rate = (value: string, on: string): Told => [
  'ExchangeRateRecorded',
  { from: 'EUR', to: 'COP', rate: value, source: 'InforEuro' },
  on,
];

/** Formed in June 2017, kicked off, a mission held and another planned; a focal point, money for missions, and a rate of exchange. */
const begun: readonly Told[] = [
  ...oneMission,
  ['FocalPointDesignated', { side: 'european', person: ana }, '2017-10-05'],
  ['BudgetAllocated', { allocation: 'visits', ...money(20_000_00) }, '2017-10'],
  rate('3500', '2017-11'),
];
/** Late: an expense of the year before, and who followed whom. */
const late: readonly Told[] = [
  ...begun,
  ['BudgetSpent', { expense: 'flights', ...money(5_000_00) }, '2017-11-20'],
  ['FocalPointReplaced', { side: 'european', leaving: ana, person: bea }, '2018-03'],
];
/** The kick-off was two weeks later; no such expense; another rate. */
const corrected: readonly Told[] = [
  ...late,
  correction(1, ['PairingKickedOff', {}, '2017-09-15']),
  retraction(8, 'BudgetSpent'),
  correction(7, rate('4000', '2017-11')),
];
const onward: readonly Told[] = [
  ...corrected,
  ['PairingWithdrawn', { side: 'european', reason: { text: ana, digest: 'd'.repeat(64) } }, '2018-06-01'],
];

describe('a pairing as it stood, over HTTP', () => {
  const { home, base, database } = served();
  let evaluator: ReturnType<typeof supertest.agent>;
  let store: PostgresStore;
  /** Where each of the above was the last that was known, and when that was. */
  const known: Record<'begun' | 'late' | 'corrected' | 'onward', string> = { begun: '', late: '', corrected: '', onward: '' };
  let afterBegun = '';
  const address = '/v1/pairings/told';
  const at = (path: string, query: object = {}) => evaluator.get(path).query(query).set('Prefer', 'wait=20');
  const read = async <Of>(path: string, query: object = {}, status = 200) => (await at(path, query).expect(status)).body as Of;

  beforeAll(async () => {
    store = new PostgresStore({ url: database().url });
    evaluator = supertest.agent(base()).set('Authorization', `Bearer ${await mintDevToken({ home, role: 'evaluator' })}`);
    const epoch = await store.epoch();
    await record(store, 'party-malaga', party('Málaga', 'city', 'ES'));
    known.begun = `${await record(store, 'pairing-told', begun)}.${epoch}`;
    await setTimeout(5);
    afterBegun = new Date().toISOString();
    await setTimeout(5);
    await record(store, 'pairing-another', oneMission);
    known.late = `${await record(store, 'pairing-told', late, begun.length)}.${epoch}`;
    const renamed: readonly Told[] = [...party('Málaga', 'city', 'ES'), ['PartyRenamed', { name: 'Malaka' }, '2018']];
    await record(store, 'party-malaga', renamed, 1);
    known.corrected = `${await record(store, 'pairing-told', corrected, late.length)}.${epoch}`;
    known.onward = `${await record(store, 'pairing-told', onward, corrected.length)}.${epoch}`;
    await evaluator.get('/v1/pairings').set('Puente-Position', known.onward).set('Prefer', 'wait=30').expect(200);
  });
  afterAll(() => store.close());

  it('is what had certainly happened by a day, with the revision that was known', async () => {
    const on = async (asOf: string) => (await read<Thing>(address, { asOf })).state;
    expect((await on('2017-06-29')).course.phase).toBe('absent');
    expect((await on('2017-06-30')).course.phase).toBe('formed');
    expect((await on('2017-09-14')).course.phase).toBe('formed');
    expect((await on('2017-09-15')).course).toMatchObject({ phase: 'running', kickedOffOn: '2017-09-15' });
    expect(Object.keys((await on('2018-01-30')).missions)).toEqual(['1']);
    expect(Object.keys((await on('2018-01-31')).missions)).toEqual(['1', '2']);
    expect((await on('2018-06-01')).course.phase).toBe('withdrawn');
    expect(await read<Thing>(address, { asOf: '2017-06-30' })).toMatchObject({ revision: onward.length - 1, asOf: '2017-06-30' });
  });

  it('is what was known then, by an instant or by a position', async () => {
    const thing = await read<Thing>(address, { position: known.begun, asOf: '2017-09-01' });
    const [position, epoch] = known.begun.split('.');
    expect(thing).toMatchObject({ revision: begun.length - 1, asOf: '2017-09-01', position, epoch });
    expect(thing.state.course).toMatchObject({ phase: 'running', kickedOffOn: '2017-09-01' });
    const then = await read<Thing>(address, { knownAt: afterBegun, asOf: '2017-09-01' });
    expect(then).toEqual({ ...thing, knownAt: afterBegun });
    expect((await read<Thing>(address, { position: known.corrected, asOf: '2017-09-01' })).state.course.phase).toBe('formed');
  });

  it('has no ETag, as it is no current revision; and the thing as it stands keeps its own', async () => {
    expect((await at(address, { asOf: '2018-01-01' }).expect(200)).headers).not.toHaveProperty('etag');
    const now = await at(address).expect(200);
    expect(now.headers['etag']).toBe(`"${onward.length - 1}"`);
    expect(Object.keys(now.body as object)).toEqual(['id', 'revision', 'rules', 'dimensions', 'state']);
  });

  it('has the timeline that was told then: what was taken back since was in force', async () => {
    const told = async (query: object) =>
      (await read<Timeline>(`${address}/timeline`, { limit: 50, ...query })).items.map(
        ({ revision, standing }) => `${revision} ${standing}`,
      );
    const asOf = '2030-01-01';
    expect(await told({ position: known.late, asOf })).toEqual(late.map((_, revision) => `${revision} in-force`));
    const since = await told({ position: known.corrected, asOf });
    expect([since[1], since[7], since[8], since.length]).toEqual(['1 corrected', '7 corrected', '8 retracted', corrected.length]);
    // Of its own month, over on the last day; corrections are told with what they are about.
    expect(await told({ position: known.corrected, asOf: '2017-10-04' })).toEqual([
      '0 in-force',
      '1 corrected',
      '2 in-force',
      '10 in-force',
    ]);
    expect(await told({ position: known.begun, asOf: '2017-09-10' })).toEqual(['0 in-force', '1 in-force']);
  });

  it.each(['recorded', 'occurred'])('goes through it page by page as %s, all on the position of the first', async (order) => {
    const whole = (await read<Timeline>(`${address}/timeline`, { order, asOf: '2018-12-31', limit: 50 })).items;
    const seen: unknown[] = [];
    let next: string | undefined = `${address}/timeline?order=${order}&limit=3&knownAt=${new Date().toISOString()}&asOf=2018-12-31`;
    while (next !== undefined) {
      const page: { readonly body: unknown; readonly headers: Readonly<Record<string, string>> } = await at(next).expect(200);
      seen.push(...(page.body as Timeline).items);
      next = /^<([^>]+)>; rel="next"$/.exec(page.headers['link'] ?? '')?.[1];
      if (next !== undefined) expect(new URL(next, base()).searchParams.get('position')).toBe(known.onward);
    }
    expect(seen).toEqual(whole);
    expect(whole).toHaveLength(onward.length);
  });

  it('has the budget that was known: recorded late, and taken back', async () => {
    const budget = async (query: object) => (await read<Budget>(`${address}/budget`, query)).totals;
    const [left, spent] = [{ leftMinor: 20_000_00 }, { spentMinor: 5_000_00, leftMinor: 15_000_00 }];
    expect(await budget({ asOf: '2017-10-30' })).toEqual([]);
    expect(await budget({ position: known.begun, asOf: '2017-12-31' })).toMatchObject([left]);
    expect(await budget({ position: known.late, asOf: '2017-11-19' })).toMatchObject([left]);
    expect(await budget({ position: known.late, asOf: '2017-11-20' })).toMatchObject([spent]);
    expect(await budget({ position: known.corrected, asOf: '2017-11-20' })).toMatchObject([left]);
    const rateAt = async (position: string) =>
      (await read<Budget>(`${address}/budget`, { in: 'COP', position, asOf: '2018-01-01' })).total!.rates.map((each) => each.rate);
    expect([await rateAt(known.late), await rateAt(known.corrected)]).toEqual([['3500'], ['4000']]);
    await read(`${address}/budget`, { in: 'COP', asOf: '2017-11-29' }, 409);
  });

  it('has the focal points that were known to have begun', async () => {
    const european = async (query: object) =>
      (await read<FocalPoints>(`${address}/focal-points`, query)).sides[0]!.focalPoints.map(({ person, to }) => [person, to]);
    expect(await european({ asOf: '2017-10-04' })).toEqual([]);
    expect(await european({ asOf: '2018-03-30' })).toEqual([[ana, undefined]]);
    expect(await european({ asOf: '2018-03-31' })).toEqual([
      [ana, '2018-03'],
      [bea, undefined],
    ]);
    expect(await european({ asOf: '2018-03-31', position: known.begun })).toEqual([[ana, undefined]]);
    expect(await european({ asOf: '2018-03-31', on: '2017-12-01' })).toEqual([[ana, '2018-03']]);
  });

  it('stands on the board as it stood, by what it was then, with days counted on the day and names of then', async () => {
    const board = async (query: object) => (await read<Board>('/v1/pairings', query)).items;
    const shown = async (query: object) => (await board(query)).map(({ id, phase }) => `${id} ${phase}`);
    expect(await shown({ position: known.begun, asOf: '2017-12-31' })).toEqual(['told running']);
    expect(await shown({ asOf: '2017-06-29' })).toEqual([]);
    expect(await shown({ asOf: '2017-09-10' })).toEqual(['another running', 'told formed']);
    expect(await shown({ asOf: '2017-09-10', phase: 'formed' })).toEqual(['told formed']);
    expect(await shown({ asOf: '2018-06-30', phase: 'withdrawn' })).toEqual(['told withdrawn']);
    expect(await shown({ asOf: '2018-05-31', party: 'malaga', call: 'call-2' })).toEqual(['another running', 'told running']);
    expect(await shown({ asOf: '2018-05-31', party: 'nobody' })).toEqual([]);
    const [told] = await board({ asOf: '2017-09-11', position: known.begun });
    expect(told).toMatchObject({ lasted: { days: 10 }, sides: [{ parties: [{ name: 'Málaga' }] }, {}] });
    expect((await board({ asOf: '2018-12-31' }))[0]!.sides[0]!.parties[0]!.name).toBe('Malaka');
  });

  it('is looked at on the board as many at a time as a page may hold', async () => {
    const first = await read<Board>('/v1/pairings', { asOf: '2018-06-30', phase: 'withdrawn', limit: 1 });
    expect(first).toMatchObject({ items: [], next: 'another' });
    const rest = await read<Board>('/v1/pairings', { asOf: '2018-06-30', phase: 'withdrawn', limit: 1, after: first.next });
    expect(rest.items.map(({ id }) => id)).toEqual(['told']);
    expect(rest.next).toBeUndefined();
  });

  it('gives the same bytes at the position that an answer named, whatever was recorded since', async () => {
    const addresses = [address, `${address}/timeline`, `${address}/budget`, `${address}/focal-points`, '/v1/pairings'];
    const asked = await Promise.all(
      addresses.map(async (each) => {
        const { asOf, position, epoch } = await read<Answer>(each, { asOf: '2018-12-31' });
        const query = { asOf, position: `${position}.${epoch}` };
        return [each, query, (await at(each, query).expect(200)).text] as const;
      }),
    );
    const more: readonly Told[] = [...onward, retraction(onward.length - 1, 'PairingWithdrawn'), retraction(0, 'PairingFormed')];
    const renamedAgain: readonly Told[] = [
      ...party('Málaga', 'city', 'ES'),
      ['PartyRenamed', { name: 'Malaka' }, '2018'],
      ['PartyRenamed', { name: 'Malaca' }, '2019'],
    ];
    await record(store, 'party-malaga', renamedAgain, 2);
    const seen = `${await record(store, 'pairing-told', more, onward.length)}.${await store.epoch()}`;
    expect((await at('/v1/pairings').set('Puente-Position', seen).expect(200)).text).not.toContain('"told"');
    for (const [each, query, bytes] of asked) expect((await at(each, query).expect(200)).text).toBe(bytes);
  });

  it.each([
    [address, { asOf: '2019-02-30' }, 400, 'MALFORMED'],
    [address, { knownAt: 'yesterday' }, 400, 'MALFORMED'],
    [address, { position: '5' }, 400, 'MALFORMED'],
    [address, { knownAt: '2199-01-01T00:00:00Z' }, 409, 'KNOWN_AT_IN_THE_FUTURE'],
    [`${address}/timeline`, { knownAt: '2199-01-01T00:00:00Z' }, 409, 'KNOWN_AT_IN_THE_FUTURE'],
    [address, { position: '1.other' }, 410, 'OTHER_EPOCH'],
    ['/v1/pairings', { position: '1.other' }, 410, 'OTHER_EPOCH'],
    ['/v1/pairings', { asOf: '2018-01-01', mine: 'true' }, 400, 'MALFORMED'],
    ['/v1/parties', { asOf: '2018-01-01' }, 400, 'AS_OF_NOT_OFFERED'],
    [`${address}/next`, { asOf: '2018-01-01' }, 400, 'AS_OF_NOT_OFFERED'],
    [address, { knownAt: '1999-01-01T00:00:00Z' }, 404, 'NOT_FOUND'],
    [`${address}/timeline`, { knownAt: '1999-01-01T00:00:00Z' }, 404, 'NOT_FOUND'],
    [`${address}/budget`, { knownAt: '1999-01-01T00:00:00Z' }, 404, 'NOT_FOUND'],
    [`${address}/focal-points`, { knownAt: '1999-01-01T00:00:00Z' }, 404, 'NOT_FOUND'],
    ['/v1/pairings/nothing', { asOf: '2018-01-01' }, 404, 'NOT_FOUND'],
  ])('%s with %o is answered %d %s', async (path, query, status, code) => {
    expect(await read<Answer>(path, query, status)).toMatchObject({ code });
  });
  it('is on no board before anything was recorded', async () =>
    expect(await read<Board>('/v1/pairings', { knownAt: '1999-01-01T00:00:00Z' })).toMatchObject({ items: [], position: '0' }));
});
