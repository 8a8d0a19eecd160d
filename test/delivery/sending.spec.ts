import { randomBytes } from 'node:crypto';
import { Webhook as StandardWebhook } from 'standardwebhooks';
import { Webhook as SvixWebhook } from 'svix';
import { CloudEvent, HTTP } from 'cloudevents';
import { newSecret } from '../../src/delivery/signing';
import { keptUnder } from '../../src/delivery/subscriptions';
import { PostgresStore } from '../../src/store/postgres';
import { openVault, type Vault } from '../../src/vault/vault';
import { type Database, freshDatabase } from '../cluster/database';
import { masterOf } from '../vault/seeded';
import { owner, tell } from './recorded';
import { agreeing, Receiver, senderOver, until } from './senders';

describe('webhooks', () => {
  let database: Database;
  let store: PostgresStore;
  let vault: Vault;
  let receiver: Receiver;
  let running: ReturnType<typeof senderOver>[] = [];
  const secret = newSecret('hmac', randomBytes);
  beforeEach(async () => {
    database = await freshDatabase();
    store = new PostgresStore({ url: database.url });
    vault = await openVault(database.pool, masterOf('webhooks'), { randomBytes, now: () => new Date() });
    receiver = await new Receiver().open();
    running = [];
  });
  afterEach(async () => {
    await Promise.all(running.map((each) => each.stop()));
    await receiver.close();
    await store.close();
    await database.drop();
  });

  const subscribe = async (id = 'portal', data: object = {}) => {
    const { refs, keep } = await vault.texts.draft(`subscription-${id}`, [receiver.url]);
    await keep();
    await tell(store, {
      ...{ stream: `subscription-${id}`, type: 'SubscriptionCreated' },
      data: { delivery: 'webhook', endpoint: refs[0], role: 'service', from: 'beginning', lifecycles: ['pairing'], ...data },
    });
    await vault.signingSecrets.rotate(keptUnder({ id, owner }), secret, undefined, 0);
  };
  const start = (more: Parameters<typeof senderOver>[1] = {}) => {
    const started = senderOver({ pool: database.pool, store, vault }, more);
    running.push(started);
    started.sender.start();
    return started;
  };
  const change = (type: string, data: Readonly<Record<string, unknown>> = {}) => tell(store, { stream: 'subscription-portal', type, data });
  const disable = async (_: string, because: string) => {
    await change('SubscriptionDisabled', { because });
  };
  const isDisabled = async () => (await store.read('subscription-portal')).at(-1)!.type === 'SubscriptionDisabled';
  const progress = async <Row extends object>(columns: string) =>
    (await database.pool.query<Row>(`select ${columns} from delivery.progress`)).rows[0];
  const record = (stream: string) => tell(store, { stream, type: 'MissionHeld', data: { mission: 1 } });

  it('shake hands with the endpoint before it gets anything, and then send every event in order', async () => {
    await record('pairing-a');
    await subscribe();
    start();
    await until(() => receiver.names.length === 1);
    await record('pairing-a');
    await record('pairing-b');
    await until(() => receiver.names.length === 3);
    expect(receiver.received[0]).toMatchObject({ method: 'OPTIONS', headers: { 'webhook-request-origin': 'puente.example.org' } });
    expect(receiver.names.slice().sort()).toEqual(['pairing-a@0', 'pairing-a@1', 'pairing-b@0']);
    expect(receiver.received.filter(({ method }) => method === 'OPTIONS')).toHaveLength(1);
  });

  it('are signed so that the libraries of Standard Webhooks and Svix verify them, and parse with the SDK of CloudEvents', async () => {
    await subscribe();
    await record('pairing-a');
    start();
    await until(() => receiver.names.length === 1);
    const { headers, body } = receiver.received.at(-1)!;
    const sent = headers as Record<string, string>;
    expect(new StandardWebhook(secret).verify(body, sent)).toMatchObject({ id: 'pairing-a@0' });
    expect(new SvixWebhook(secret).verify(body, sent)).toMatchObject({ id: 'pairing-a@0' });
    const event = HTTP.toEvent({ headers, body });
    expect(event).toMatchObject({ type: 'eu.puente.MissionHeld', source: 'https://puente.example.org', data: { mission: 1 } });
    expect(event).toHaveProperty('validate');
    expect((event as CloudEvent).validate()).toBe(true);
  });

  it('send nothing to an endpoint that did not say that it wants events, and say so', async () => {
    receiver.answering = ({ method }, response) => void response.writeHead(method === 'OPTIONS' ? 200 : 204).end();
    await subscribe();
    await record('pairing-a');
    start();
    await until(() => receiver.received.length >= 3);
    expect(receiver.names).toEqual([]);
    receiver.answering = agreeing;
    await until(() => receiver.names.length === 1);
  });

  it('hold back only the stream of an event that fails, and bring it again with the same webhook-id', async () => {
    let refusals = 3;
    receiver.answering = (received, response, request) => {
      if (received.name === 'pairing-a@0' && refusals > 0) {
        refusals -= 1;
        response.writeHead(500).end('no room');
      } else agreeing(received, response, request);
    };
    await subscribe();
    for (const stream of ['pairing-a', 'pairing-a', 'pairing-b', 'pairing-b']) await record(stream);
    start({ schedule: [0, 100, 100, 100] });
    await until(() => receiver.names.includes('pairing-a@1'));
    const of = (stream: string) => receiver.names.filter((name) => name.startsWith(stream));
    expect(of('pairing-a')).toEqual(['pairing-a@0', 'pairing-a@0', 'pairing-a@0', 'pairing-a@0', 'pairing-a@1']);
    expect(of('pairing-b')).toEqual(['pairing-b@0', 'pairing-b@1']);
    const ids = new Set(receiver.received.filter(({ name }) => name === 'pairing-a@0').map(({ headers }) => headers['webhook-id']));
    expect(ids.size).toBe(1);
    const { rows } = await database.pool.query(
      `select attempt, status, excerpt from delivery.attempt where revision = 0 and stream = 'pairing-a' order by number`,
    );
    expect(rows.slice(0, 2)).toEqual([
      { attempt: 1, status: 500, excerpt: 'no room' },
      { attempt: 2, status: 500, excerpt: 'no room' },
    ]);
  });

  it('set a stream aside once the schedule is used up, and go on with the others', async () => {
    receiver.answering = (received, response, request) =>
      received.name === 'pairing-a@0' ? void response.writeHead(400).end() : agreeing(received, response, request);
    await subscribe();
    await record('pairing-a');
    start({ schedule: [0, 5, 5] });
    await until(async () => {
      await record('pairing-b');
      const { rows } = await database.pool.query('select stream from delivery.waiting where parked_at is not null');
      return rows.length === 1;
    });
    expect(receiver.names.filter((name) => name === 'pairing-a@0')).toHaveLength(3);
  });

  it('obey Retry-After, take a redirect for a failure and stop where the endpoint is gone', async () => {
    await subscribe();
    await record('pairing-a');
    receiver.answering = (received, response, request) =>
      received.method === 'POST' ? void response.writeHead(503, { 'Retry-After': '3600' }).end() : agreeing(received, response, request);
    const first = start();
    await until(
      async () =>
        (await database.pool.query(`select from delivery.progress where asked_until > now() + interval '59 minutes'`)).rowCount === 1,
    );
    await first.stop();
    await database.pool.query(`update delivery.progress set asked_until = '-infinity'`);
    await database.pool.query(`update delivery.waiting set again_at = '-infinity'`);
    receiver.answering = (_, response) => void response.writeHead(302, { Location: 'http://127.0.0.1/elsewhere' }).end();
    const second = start();
    await until(async () => (await database.pool.query('select from delivery.attempt where status = 302')).rowCount! > 0);
    receiver.answering = (_, response) => void response.writeHead(410).end();
    await until(() => second.disabled.length > 0);
    expect(second.disabled[0]).toBe('portal gone');
  });

  it('are tried a few times only where everything fails, however much waits', async () => {
    receiver.answering = (received, response, request) =>
      received.method === 'POST' ? void response.writeHead(500).end() : agreeing(received, response, request);
    await subscribe();
    for (let nth = 0; nth < 40; nth += 1) await record(`pairing-${nth}`);
    start({ schedule: [0, 3_600_000] });
    await until(async () => (await database.pool.query('select from delivery.progress where failures >= 5')).rowCount === 1);
    await record('pairing-a');
    expect(receiver.names.length).toBeLessThanOrEqual(10);
  });

  it('are given back where the endpoint is gone while others are on their way', async () => {
    receiver.answering = (received, response, request) => {
      if (received.name === 'pairing-b@0')
        void until(() => receiver.names.includes('pairing-a@0')).then(() => response.writeHead(410).end());
      else if (received.name === 'pairing-a@0') void until(isDisabled).then(() => agreeing(received, response, request));
      else agreeing(received, response, request);
    };
    await subscribe();
    await record('pairing-z');
    start({ disable });
    await until(() => receiver.names.length === 1);
    for (const stream of ['pairing-a', 'pairing-a', 'pairing-b']) await record(stream);
    await until(async () => (await isDisabled()) && (await database.pool.query('select from delivery.claim')).rowCount === 0);
    const { rows } = await database.pool.query(`select stream || '@' || revision as event, attempts from delivery.waiting order by 1`);
    expect(rows).toEqual([
      { event: 'pairing-a@1', attempts: 0 },
      { event: 'pairing-b@0', attempts: 1 },
    ]);
  });

  it('go to as many streams at once as an endpoint has shown to take, and to few again once it takes nothing', async () => {
    const open: (() => void)[] = [];
    let is: 'taken' | 'held' | 'refused' = 'taken';
    receiver.answering = (received, response, request) => {
      if (received.method === 'OPTIONS' || is === 'taken') agreeing(received, response, request);
      else if (is === 'refused') response.writeHead(500).end();
      else open.push(() => response.writeHead(500).end());
    };
    await subscribe();
    for (let nth = 0; nth < 20; nth += 1) await record(`pairing-first-${nth}`);
    start({ schedule: [0, 3_600_000] });
    await until(() => receiver.names.length === 20);
    is = 'held';
    for (let nth = 0; nth < 60; nth += 1) await record(`pairing-then-${nth}`);
    await until(() => open.length > 8);
    is = 'refused';
    for (const answer of open) answer();
    await until(async () => (await progress<{ failures: number }>('failures'))!.failures >= 5);
    expect(open.length).toBeLessThanOrEqual(16);
    expect(receiver.names.length - 20).toBeLessThanOrEqual(16 + 5);
  });

  it('are made as often as an endpoint allows, by all who send together, and none is put off for ever', async () => {
    receiver.answering = ({ method }, response) => {
      if (method === 'OPTIONS') response.writeHead(200, { 'WebHook-Allowed-Origin': '*', 'WebHook-Allowed-Rate': '1200' }).end();
      else response.writeHead(204).end();
    };
    await subscribe();
    for (let nth = 0; nth < 12; nth += 1) await record(`pairing-${nth}`);
    const began = Date.now();
    start({ claimLife: 200 });
    start({ claimLife: 200 });
    await until(() => receiver.names.length === 12);
    // Two of them may have gone with handshakes; each of the others took a turn of 50 ms.
    const { next } = (await progress<{ next: Date }>('next_at as next'))!;
    expect(next.getTime() - began).toBeGreaterThanOrEqual(10 * 50);
    const { rows } = await database.pool.query<{ attempt: number }>(`select attempt from delivery.attempt where what = 'event'`);
    expect(new Set(rows.map(({ attempt }) => attempt))).toEqual(new Set([1]));
  });

  it('go to another endpoint at once, whatever the one before asked for', async () => {
    receiver.answering = (received, response, request) =>
      received.method === 'POST' ? void response.writeHead(503, { 'Retry-After': '3600' }).end() : agreeing(received, response, request);
    await subscribe();
    await record('pairing-a');
    start();
    await until(async () => (await progress<{ asked: boolean }>(`asked_until > now() as asked`))?.asked === true);
    receiver.answering = agreeing;
    const { refs, keep } = await vault.texts.draft('subscription-portal', [`${receiver.url}/other`]);
    await keep();
    await change('EndpointChanged', { endpoint: refs[0] });
    await until(async () => (await database.pool.query('select from delivery.attempt where status = 204')).rowCount === 1);
  });

  it('are not ended again by what failed before they were resumed', async () => {
    receiver.answering = (received, response, request) =>
      received.method === 'POST' ? void response.writeHead(500).end() : agreeing(received, response, request);
    await subscribe();
    await record('pairing-a');
    start({ patience: 3_600_000, disable, schedule: [0, 5, 5, 5, 5, 5, 5, 5] });
    await until(async () => (await database.pool.query('select from delivery.progress where failures > 0')).rowCount === 1);
    await database.pool.query(`update delivery.progress set failing_since = now() - interval '2 hours'`);
    await database.pool.query(`update delivery.waiting set again_at = '-infinity', parked_at = null`);
    await until(isDisabled);
    const before = receiver.names.length;
    await database.pool.query(`update delivery.waiting set again_at = '-infinity', parked_at = null, attempts = 0`);
    await change('SubscriptionResumed');
    await until(() => receiver.names.length > before + 1);
    expect(await isDisabled()).toBe(false);
  });

  it('go on where they are resumed before whoever sends has heard that they were ended', async () => {
    receiver.answering = (received, response, request) =>
      received.method === 'POST' ? void response.writeHead(410).end() : agreeing(received, response, request);
    await subscribe();
    await record('pairing-a');
    start({
      disable: async (id, because) => {
        await disable(id, because);
        receiver.answering = agreeing;
        await change('SubscriptionResumed');
      },
    });
    await until(async () => (await database.pool.query('select from delivery.attempt where status = 204')).rowCount === 1);
  });

  it('are not ended by what an endpoint says that is no longer theirs', async () => {
    const answers: (() => void)[] = [];
    receiver.answering = (received, response, request) => {
      if (received.method === 'OPTIONS' || answers.length === 2) agreeing(received, response, request);
      else answers.push(() => response.writeHead(410).end());
    };
    await subscribe();
    for (const stream of ['pairing-a', 'pairing-b', 'pairing-a']) await record(stream);
    start({ disable });
    await until(() => answers.length > 0);
    if (answers.length === 1) answers.push(() => undefined);
    const { refs, keep } = await vault.texts.draft('subscription-portal', [`${receiver.url}/other`]);
    await keep();
    await change('EndpointChanged', { endpoint: refs[0] });
    for (const answer of answers) answer();
    await until(async () => (await database.pool.query('select from delivery.attempt where status = 204')).rowCount === 3);
    expect(await isDisabled()).toBe(false);
  });

  it('keep what they have in hand for as long as it takes, also where the clock is set back', async () => {
    const life = 60_000;
    let shift = 0;
    const ends: number[] = [];
    receiver.answering = (received, response, request) => {
      if (received.method === 'OPTIONS' || received.name === 'pairing-a@0') {
        agreeing(received, response, request);
        return;
      }
      void database.pool.query<{ until: Date }>('select until from delivery.claim').then(({ rows }) => {
        ends.push(rows[0]!.until.getTime());
        shift = ends.length === 1 ? life : -life;
        agreeing(received, response, request);
      });
    };
    // The first goes by itself, with the handshake; the others are in hand together.
    for (let nth = 0; nth < 4; nth += 1) await record('pairing-a');
    await subscribe();
    start({ claimLife: life, now: () => new Date(Date.now() + shift) });
    await until(() => ends.length === 3);
    expect(new Set(ends).size).toBe(3);
  });

  it('send nothing more of a stream that somebody else has meanwhile', async () => {
    receiver.answering = (received, response, request) => {
      if (received.name !== 'pairing-a@0') {
        agreeing(received, response, request);
        return;
      }
      void database.pool
        .query(`update delivery.claim set id = gen_random_uuid(), until = 'infinity'`)
        .then(() => agreeing(received, response, request));
    };
    // The first goes by itself, with the handshake.
    for (const stream of ['pairing-z', 'pairing-a', 'pairing-a']) await record(stream);
    await subscribe();
    start();
    await until(() => receiver.names.includes('pairing-a@0'));
    await record('pairing-b');
    await until(() => receiver.names.includes('pairing-b@0'));
    expect(receiver.names).not.toContain('pairing-a@1');
  });

  it('are disabled after days without success', async () => {
    receiver.answering = (received, response, request) =>
      received.method === 'POST' ? void response.writeHead(500).end() : agreeing(received, response, request);
    await subscribe();
    await record('pairing-a');
    const { disabled } = start({ patience: 20 });
    await until(() => disabled.length > 0);
    expect(disabled[0]).toBe('portal failing');
  });

  it('go on after the database would not take down what became of one, which comes again when its claim ends', async () => {
    await subscribe();
    await record('pairing-a');
    await database.pool.query(`
      create function refuse() returns trigger language plpgsql as $$ begin raise exception 'no room'; end $$;
      create trigger refuse before insert on delivery.attempt for each row when (new.what = 'event') execute function refuse();`);
    const { errors } = start({ claimLife: 200, pause: 20 });
    await until(() => errors.length > 0);
    await database.pool.query('drop trigger refuse on delivery.attempt');
    await record('pairing-b');
    await until(async () => (await database.pool.query('select from delivery.attempt where status = 204')).rowCount === 2);
    expect(receiver.names.filter((name) => name === 'pairing-a@0').length).toBeGreaterThan(1);
  });

  it('wait for a secret', async () => {
    await subscribe();
    await database.pool.query('delete from vault.signing_secret');
    await record('pairing-a');
    start();
    await record('pairing-b');
    await vault.signingSecrets.rotate(keptUnder({ id: 'portal', owner }), secret, undefined, 0);
    await until(() => receiver.names.length === 2);
  });
});
