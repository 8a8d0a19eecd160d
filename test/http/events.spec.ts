import type { AddressInfo } from 'node:net';
import type { AnyLifecycle } from '../../src/kernel/lifecycle';
import { lifecycles } from '../../src/lifecycles/all';
import { closedDimensions } from '../../src/lifecycles/event-dimensions';
import { framesOf, tell } from '../delivery/recorded';
import { boot, type Booted } from './booted';

interface Item {
  readonly cursor: string;
  readonly event: Readonly<Record<string, unknown>> & { readonly id: string };
}
interface Page {
  readonly items: readonly Item[];
  readonly next: string;
  readonly more: boolean;
}

describe('the feed of events', () => {
  let booted: Booted;
  const names: string[] = [];
  beforeAll(async () => {
    booted = await boot({ lifecycles });
    const { store } = booted;
    const held = { type: 'MissionHeld', data: { mission: 1 }, dimensions: { component: 'C1', call: 'c1-2017', country: 'CO,ES' } };
    names.push(await tell(store, { stream: 'party-cali', type: 'PartyRegistered', dimensions: { kind: 'city', country: 'CO' } }));
    names.push(await tell(store, { stream: 'pairing-one', ...held }));
    names.push(await tell(store, { stream: 'pairing-two', ...held, dimensions: { component: 'C2' } }));
    names.push(
      await tell(store, {
        ...{ stream: 'pairing-one', type: 'FactCorrected', dimensions: { component: 'C2' } },
        data: { revision: 0, type: 'MissionHeld', data: { mission: 2 }, occurredOn: '2020-06' },
      }),
    );
    names.push(await tell(store, { stream: 'pairing-one', type: 'FactRetracted', data: { revision: 1, type: 'MissionHeld' } }));
    names.push(await tell(store, { stream: 'application-a', type: 'ApplicationAssessed' }));
  });
  afterAll(() => booted.close());

  const page = async (query: string, role: 'service' | 'evaluator' = 'service') =>
    (await booted.as(role).get(`/v1/events${query}`).expect(200)).body as Page;
  const named = async (query: string) => (await page(query)).items.map(({ event }) => event.id);
  const refused = (query: string, status: number, code: string) =>
    booted
      .as('service')
      .get(`/v1/events${query}`)
      .expect(status)
      .expect(({ text }) => expect(text).toContain(code));

  it('gives every event in the order of recording, as CloudEvents with the cursor behind each', async () => {
    const { items, next, more } = await page('');
    expect(items.map(({ event }) => event.id)).toEqual(names);
    expect(items[1]!.event).toMatchObject({
      ...{ specversion: '1.0', source: 'urn:puente', type: 'eu.puente.MissionHeld', subject: 'pairing/one', partitionkey: 'pairing-one' },
      ...{ sequence: '0000000000', time: '2020-05-01T00:00:00Z', occurredon: '2020-05', correlationid: 'told', data: { mission: 1 } },
      dataschema: 'urn:puente:schema:MissionHeld',
    });
    expect([more, next]).toEqual([false, items.at(-1)!.cursor]);
    expect(JSON.stringify(items.map(({ event }) => event))).not.toContain('position');
  });

  it('goes on from any cursor, page by page, and from the beginning or now', async () => {
    const first = await page('?limit=4');
    expect(first).toMatchObject({ more: true });
    expect(await named(`?after=${first.next}`)).toEqual(names.slice(4));
    for (const [i, { cursor }] of first.items.entries()) expect(await named(`?after=${cursor}`)).toEqual(names.slice(i + 1));
    expect(await named('?after=beginning')).toEqual(names);
    expect(await named('?after=now')).toEqual([]);
    expect((await page('?after=now')).next).toBe((await page('')).next);
  });

  it('is filtered by lifecycle, type, stream and where a stream was when the event was recorded', async () => {
    expect(await named('?lifecycle=party,application')).toEqual([names[0], names[5]]);
    expect(await named('?stream=pairing-two')).toEqual([names[2]]);
    const some = await page('?stream=pairing-one,pairing-two&limit=2');
    expect(some).toMatchObject({ more: true, items: [{ event: { id: names[1] } }, { event: { id: names[2] } }] });
    expect(await named(`?stream=pairing-one,pairing-two&after=${some.next}`)).toEqual([names[3], names[4]]);
    expect(await named('?country=CO&lifecycle=party')).toEqual([names[0]]);
    expect(await named('?component=C1&lifecycle=call')).toEqual([]);
    expect((await page('?pipa=ibermuseos')).next).toBe((await page('')).next);
  });

  it('refuses other values of a dimension only where every lifecycle that has it knows them all', () => {
    const having = (name: string) =>
      Object.values<AnyLifecycle>(lifecycles).flatMap((of) => (Object.hasOwn(of.dimensions as object, name) ? [of.name] : []));
    expect(Object.keys(closedDimensions).map((name) => [name, having(name).toSorted()])).toEqual([
      ['area', ['pipa']],
      ['component', ['application', 'call', 'pairing']],
      ['delivery', ['subscription']],
      ['kind', ['party', 'pipa']],
      ['side', ['application']],
    ]);
  });

  it('lets a correction and its retraction pass whatever filter their target passes', async () => {
    expect(await named('?type=MissionHeld')).toEqual(names.slice(1, 5));
    expect(await named('?component=C1')).toEqual([names[1], names[3], names[4]]);
    expect(await named('?country=ES')).toEqual([names[1], names[3], names[4]]);
    expect(await named('?component=C2')).toEqual([names[2], names[3], names[4]]);
    expect(await named('?type=eu.puente.MissionHeld,PartyRegistered')).toEqual(names.slice(0, 5));
    expect(await named('?type=FactCorrected')).toEqual([names[3], names[4]]);
  });

  it('keeps from a reader what is not for its role, and says so', async () => {
    const { event } = (await page('?type=ApplicationAssessed')).items[0]!;
    expect(event).toMatchObject({ id: 'application-a@0', reserved: true });
    expect(Object.keys(event)).not.toEqual(expect.arrayContaining(['data']));
    expect(Object.keys(event)).not.toEqual(expect.arrayContaining(['actor']));
    const shown = (await page('?type=ApplicationAssessed', 'evaluator')).items[0]!.event;
    expect(shown).toMatchObject({ data: { assessor: 'someone' } });
  });

  it('comes a line an item, where lines are asked for', async () => {
    const answer = await booted.as('service').get('/v1/events?limit=2').set('Accept', 'application/x-ndjson').expect(200);
    expect(answer.headers['content-type']).toContain('application/x-ndjson');
    const items = answer.text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Item);
    expect(items.map(({ event }) => event.id)).toEqual(names.slice(0, 2));
    expect(answer.headers['puente-position']).toBe(items[1]!.cursor);
    expect(answer.headers['link']).toContain('rel="next"');
  });

  it('waits for what passes, as long as the reader would', async () => {
    const { next } = await page('');
    const waiting = booted
      .as('service')
      .get(`/v1/events?after=${next}&type=PartyRegistered`)
      .set('Prefer', 'wait=20')
      .then((answer) => answer);
    await tell(booted.store, { stream: 'claim-x', type: 'ClaimPublished' });
    const name = await tell(booted.store, { stream: 'party-lugo', type: 'PartyRegistered' });
    const waited = await waiting;
    const body = waited.body as Page;
    expect(body.items.map(({ event }) => event.id)).toEqual([name]);
    expect(waited.headers['preference-applied']).toBe('wait=20');
    await booted
      .as('service')
      .get(`/v1/events?after=${body.next}`)
      .set('Prefer', 'wait=1')
      .expect(200, /"items":\[\]/);
  });

  it('refuses what is no cursor, lies ahead, is of another store, or can be of no event', async () => {
    const { next } = await page('');
    const epoch = next.split('.')[1]!;
    await refused('?after=garbage', 400, 'NOT_A_CURSOR');
    await refused(`?after=9223372036854775808.${epoch}`, 400, 'NOT_A_CURSOR');
    await refused(`?after=900000.${epoch}`, 400, 'AHEAD_OF_THE_LOG');
    await refused('?after=1.11111111-0000-4000-8000-000000000000', 410, 'OTHER_EPOCH');
    await refused('?type=MisionHeld', 400, 'NOT_AN_EVENT_TYPE');
    await refused('?type=eu.puente.MisionHeld', 400, 'such as MissionHeld,');
    await refused('?type=PairingFormed,PairingDisolved', 400, 'such as PairingDissolved,');
    await refused('?country=Colombia', 400, 'NOT_A_COUNTRY');
    await refused('?country=co', 400, 'such as CO');
    await refused('?component=C9', 400, 'must be one of these: C1, C2, C3');
    await refused('?kind=village', 400, 'city-set');
    await refused('?lifecycle=pairings', 400, 'NOT_LIFECYCLES');
    await refused('?stream=pairing', 400, 'NOT_STREAMS');
    await refused('?stream=pairing-a,pairing-A', 400, 'NOT_STREAMS');
    await refused('?limit=0', 400, 'OUT_OF_RANGE');
    await refused('?colour=red', 400, 'UNKNOWN_PARAMETER');
  });

  const open = async (query = '', headers: Readonly<Record<string, string>> = {}) => {
    const { port } = booted.server.address() as AddressInfo;
    const leaving = new AbortController();
    const answer = await fetch(`http://127.0.0.1:${port}/v1/events/stream${query}`, {
      headers: { Authorization: `Bearer ${booted.tokens.service}`, ...headers },
      signal: leaving.signal,
    });
    return { answer, leave: () => leaving.abort() };
  };
  const take = async (answer: Response, count: number) => {
    const taken: { readonly cursor: string; readonly name: string }[] = [];
    for await (const { id, data } of framesOf(answer)) {
      if (data) taken.push({ cursor: id!, name: data.id });
      if (taken.length === count) break;
    }
    return taken;
  };

  it('comes as server-sent events from a cursor on, and then as it is recorded', async () => {
    const { answer, leave } = await open('?after=beginning&lifecycle=pairing');
    expect(answer.headers.get('content-type')).toContain('text/event-stream');
    const coming = take(answer, 5);
    const name = await tell(booted.store, { stream: 'pairing-three', type: 'MissionHeld', data: { mission: 1 } });
    expect((await coming).map((each) => each.name)).toEqual([...names.slice(1, 5), name]);
    leave();
  });

  it('takes up a lost stream behind the last event that was handled', async () => {
    const first = await open('?after=beginning');
    const [, second] = await take(first.answer, 2);
    first.leave();
    const again = await open('?after=beginning', { 'Last-Event-ID': second!.cursor });
    expect((await take(again.answer, 2)).map(({ name }) => name)).toEqual(names.slice(2, 4));
    again.leave();
  });

  it('refuses a stream before it opens', async () => {
    const statusOf = async (query: string, headers: Readonly<Record<string, string>>) => {
      const { answer, leave } = await open(query, headers);
      const { status } = answer;
      leave();
      return status;
    };
    expect(await statusOf('', { Authorization: 'none' })).toBe(401);
    expect(await statusOf('?after=x', {})).toBe(400);
    expect(await statusOf('', { 'Last-Event-ID': 'x' })).toBe(400);
    expect(await statusOf('', { 'Last-Event-ID': '1.11111111-0000-4000-8000-000000000000' })).toBe(410);
    expect(await statusOf('?limit=3', {})).toBe(400);
  });
});
