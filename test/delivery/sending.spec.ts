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
        (await database.pool.query(`select from delivery.progress where rest_until > now() + interval '59 minutes'`)).rowCount === 1,
    );
    await first.stop();
    await database.pool.query(`update delivery.progress set rest_until = '-infinity'`);
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
      else if (received.name === 'pairing-a@0')
        void until(() => running[0]!.disabled.length > 0).then(() => agreeing(received, response, request));
      else agreeing(received, response, request);
    };
    await subscribe();
    await record('pairing-z');
    start();
    await until(() => receiver.names.length === 1);
    for (const stream of ['pairing-a', 'pairing-a', 'pairing-b']) await record(stream);
    const { disabled } = running[0]!;
    await until(async () => disabled.length > 0 && (await database.pool.query('select from delivery.claim')).rowCount === 0);
    const { rows } = await database.pool.query(`select stream || '@' || revision as event, attempts from delivery.waiting order by 1`);
    expect(rows).toEqual([
      { event: 'pairing-a@1', attempts: 0 },
      { event: 'pairing-b@0', attempts: 1 },
    ]);
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
