import { lifecycles } from '../../src/lifecycles/all';
import { tell } from '../delivery/recorded';
import { Receiver } from '../delivery/senders';
import { boot, type Booted } from './booted';

interface Claimed {
  readonly claim: string;
  readonly items: readonly { readonly event: { readonly id: string; readonly reserved?: true }; readonly attempts: number }[];
}

describe('subscriptions over HTTP', () => {
  let booted: Booted;
  beforeAll(async () => {
    booted = await boot({ lifecycles, schedule: [0, 0, 0] });
  });
  afterAll(() => booted.close());

  const post = (path: string, body: object = {}, role: 'service' | 'admin' | 'evaluator' = 'service') =>
    booted.as(role).post(`/v1/subscriptions/${path}`).send(body);
  const get = (path: string, role: 'service' | 'admin' | 'evaluator' = 'service') => booted.as(role).get(`/v1/subscriptions/${path}`);
  const create = (id: string, body: object = {}) =>
    post(`${id}/create-subscription`, { delivery: 'pull', from: 'beginning', ...body }).expect(201);
  const claim = async (id: string, body: object = {}) => (await post(`${id}/claims`, body).expect(200)).body as Claimed;
  const names = ({ items }: Claimed) => items.map(({ event }) => event.id);
  const record = (stream: string, type = 'MissionHeld') => tell(booted.store, { stream, type, data: { mission: 1 } });

  it('hand events to workers, who acknowledge them, share them by stream and say what failed', async () => {
    await create('office', { lifecycles: ['pairing'] });
    for (const stream of ['pairing-a', 'pairing-b', 'pairing-a', 'pairing-c']) await record(stream);
    const one = await claim('office', { limit: 1 });
    expect(names(one)).toEqual(['pairing-a@0']);
    const two = await claim('office');
    expect(names(two)).toEqual(['pairing-b@0', 'pairing-c@0']);
    await post('office/claims').expect(204);
    await post(`office/claims/${one.claim}/acknowledge`).expect(204, '');
    await post(`office/claims/${two.claim}/acknowledge`, { failed: [{ event: 'pairing-b@0', error: 'No such place', seconds: 0 }] }).expect(
      204,
    );
    const three = await claim('office');
    expect(three.items.map(({ event, attempts }) => [event.id, attempts])).toEqual([
      ['pairing-b@0', 1],
      ['pairing-a@1', 0],
    ]);
    await post(`office/claims/${three.claim}/extend`, { seconds: 600 }).expect(204);
    expect((await get('office/status').expect(200)).body).toMatchObject({
      id: 'office',
      is: 'active',
      lag: 0,
      inHands: 2,
      waiting: 0,
      parked: [],
      lastError: 'No such place',
    });
    await post(`office/claims/${three.claim}/acknowledge`).expect(204);
    await post(`office/claims/${three.claim}/acknowledge`).expect(409, /CLAIM_NOT_HELD/);
    await post('office/claims/nonsense/acknowledge').expect(400, /NOT_A_UUID/);
  });

  it('take nothing for done where what failed is not in the claim, or is named twice', async () => {
    await create('mistyped', { lifecycles: ['programme'] });
    const event = await record('programme-a');
    const one = await claim('mistyped');
    expect(names(one)).toEqual([event]);
    const failing = (...events: readonly string[]) =>
      post(`mistyped/claims/${one.claim}/acknowledge`, { failed: events.map((each) => ({ event: each, error: 'closed', seconds: 0 })) });
    expect((await failing('programme-zzz@5').expect(409)).body).toMatchObject({
      code: 'NOT_IN_CLAIM',
      detail: expect.stringContaining('programme-zzz@5') as string,
    });
    expect((await failing(event, `${event.slice(0, -1)}00`).expect(400)).body).toMatchObject({
      errors: [{ path: 'failed', code: 'REPEATED' }],
    });
    expect((await get('mistyped/status').expect(200)).body).toMatchObject({ inHands: 1 });
    await failing(event).expect(204);
    expect(names(await claim('mistyped'))).toEqual([event]);
  });

  it('hand out what failed by the schedule that was set, and set it aside where that ends', async () => {
    await create('failing', { lifecycles: ['pacci'] });
    const event = await record('pacci-a');
    for (const attempts of [0, 1, 2]) {
      const { claim: id, items } = await claim('failing');
      expect(items.map((each) => [each.event.id, each.attempts])).toEqual([[event, attempts]]);
      await post(`failing/claims/${id}/acknowledge`, { failed: [{ event, error: 'No such place' }] }).expect(204);
    }
    await post('failing/claims').expect(204);
    expect((await get('failing/status').expect(200)).body).toMatchObject({ parked: [{ event, attempts: 3, error: 'No such place' }] });
  });

  it('let a worker wait for something to do', async () => {
    await create('waiting', { lifecycles: ['party'] });
    const waiting = post('waiting/claims')
      .set('Prefer', 'wait=20')
      .then(({ body }) => body as Claimed);
    const name = await record('party-x', 'PartyRegistered');
    expect(names(await waiting)).toEqual([name]);
  });

  it('are paused, resumed and moved, and deleted with what was in hands', async () => {
    await create('moving', { lifecycles: ['claim'] });
    await record('claim-a', 'ClaimPublished');
    const one = await claim('moving');
    await post('moving/pause-subscription').expect(201);
    await post('moving/claims').expect(409, /SUBSCRIPTION_RESTS/);
    await post('moving/resume-subscription').expect(201);
    await post('moving/move-subscription', { from: 'beginning' }).expect(201);
    expect(names(await claim('moving'))).toEqual(['claim-a@0']);
    await post(`moving/claims/${one.claim}/acknowledge`).expect(409, /CLAIM_NOT_HELD/);
    await post('moving/move-subscription', { after: 'claim-a@0' }).expect(201);
    await post('moving/claims').expect(204);
    await post('moving/replay-deliveries', { events: ['claim-a@0'] }).expect(201);
    expect((await claim('moving')).items).toMatchObject([{ event: { id: 'claim-a@0' }, replay: true }]);
    await post('moving/delete-subscription').expect(201);
    await post('moving/claims').expect(404, /NOT_FOUND/);
  });

  it('are for whoever created them, in their role, and for administrators', async () => {
    await create('mine', { lifecycles: ['application'] });
    await tell(booted.store, { stream: 'application-a', type: 'ApplicationAssessed' });
    await post('mine/claims', {}, 'evaluator').expect(403, /NOT_YOUR_SUBSCRIPTION/);
    await get('mine/status', 'evaluator').expect(403);
    expect((await get('mine/status', 'admin').expect(200)).body).toMatchObject({ lag: null });
    // An administrator is shown what the subscription is, not what administrators are.
    const seen = (await post('mine/claims', {}, 'admin').expect(200)).body as Claimed;
    expect(seen.items[0]!.event).toMatchObject({ id: 'application-a@0', reserved: true });
    await post('mine/create-subscription', { delivery: 'pull', from: 'now' }, 'evaluator').expect(409, /SUBSCRIPTION_EXISTS/);
    await post('none/claims').expect(404, /NOT_FOUND/);
    await get('mine/deliveries').expect(409, /DELIVERED_OTHERWISE/);
    await post('mine/ping').expect(409, /DELIVERED_OTHERWISE/);
    await post('mine/secrets').expect(409, /DELIVERED_OTHERWISE/);
    await post('mine/claims', { limit: 0 }).expect(400, /OUT_OF_RANGE/);
    await post('mine/claims', { colour: 'red' }).expect(400, /UNKNOWN_FIELD/);
  });

  it('of webhooks issue secrets that are shown once, rotate them, and try the endpoint', async () => {
    const receiver = await new Receiver().open();
    try {
      await create('portal', { delivery: 'webhook', endpoint: receiver.url, lifecycles: ['pipa'] });
      await post('portal/ping').expect(409, /ENDPOINT_NOT_READY/);
      expect((await get('portal/status').expect(200)).body).toMatchObject({
        ...{ endpoint: receiver.url, lacks: 'NO_SECRET', verified: false },
      });
      await post('portal/secrets', { secret: 'whsec_short' }).expect(400, /NOT_A_SECRET/);
      const first = (await post('portal/secrets').expect(201)).body as { readonly id: string; readonly secret: string };
      expect(first.secret).toMatch(/^whsec_/);
      const second = (await post('portal/secrets', { hours: 1 }).expect(201)).body as { readonly id: string };
      const listed = (await get('portal/secrets').expect(200)).text;
      expect(listed).not.toContain('whsec_');
      expect(JSON.parse(listed)).toMatchObject({
        items: [{ id: second.id }, { id: first.id, retiresAt: expect.stringMatching(/Z$/) as string }],
      });
      expect((await post('portal/ping').expect(200)).body).toMatchObject({ agreed: true, arrived: true, came: 'answered 204' });
      expect(receiver.received.at(-1)!.headers['webhook-signature']).toMatch(/^v1,\S+ v1,\S+$/);
      expect((await get('portal/deliveries').expect(200)).body).toMatchObject({
        items: [
          { what: 'ping', status: 204 },
          { what: 'handshake', status: 200 },
        ],
      });
      expect((await get('portal/deliveries?limit=1').expect(200)).body).toMatchObject({
        items: [{ what: 'ping' }],
        next: expect.any(String) as string,
      });
      await get('portal/deliveries?after=9223372036854775808').expect(400, /NOT_A_CURSOR/);
      await get('portal/deliveries?event=x').expect(400, /NOT_AN_EVENT/);
      await post('portal/claims').expect(409, /DELIVERED_OTHERWISE/);
      expect((await post('portal/retry').expect(200)).body).toEqual({ events: 0 });
      await post('portal/pause-subscription').expect(201);
      await post('portal/retry').expect(409, /SUBSCRIPTION_RESTS/);
    } finally {
      await receiver.close();
    }
  });

  it('of webhooks signed with Ed25519 show what receivers verify with, and nothing else', async () => {
    await create('keys', { delivery: 'webhook', endpoint: 'http://127.0.0.1:9/hook', signature: 'ed25519' });
    await post('keys/secrets', { secret: `whsec_${Buffer.alloc(32).toString('base64')}` }).expect(400, /NOT_A_SECRET/);
    const { text } = await post('keys/secrets').expect(201, /"publicKey":"whpk_/);
    expect(text).not.toMatch(/whsk_|"secret"/);
    expect((await post('keys/ping').expect(200)).body).toMatchObject({
      agreed: false,
      arrived: false,
      came: expect.stringContaining('UNREACHABLE') as string,
    });
  });
});
