import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { newSecret, readSecret, webhookHeaders } from '../../src/delivery/signing';
import { keptUnder } from '../../src/delivery/subscriptions';
import { mintDevToken } from '../../src/http/dev-issuer';
import { PostgresStore } from '../../src/store/postgres';
import { openVault } from '../../src/vault/vault';
import { freshDatabase } from '../cluster/database';
import { served } from '../http/served';
import { saySeed, seed } from '../properties/settings';
import { masterOf, seeded } from '../vault/seeded';
import { owner, tell } from './recorded';
import { senderOver, until } from './senders';

const example = (name: string) => join(__dirname, '../../examples/subscriber', name);
const linesOf = (path: string) => (existsSync(path) ? readFileSync(path, 'utf8').split('\n').slice(0, -1) : []);
const namesIn = (path: string) => linesOf(path).map((line) => (JSON.parse(line) as { event: { id: string } }).event.id);
const kill = async (child: ChildProcess) => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
};

describe('the subscriber to start from', () => {
  const { home, base, database } = served();
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'puente-example-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  const run = async (journal: string, url = base()) =>
    spawn(process.execPath, [example('subscriber.mjs')], {
      env: { PUENTE_URL: url, PUENTE_TOKEN: await mintDevToken({ home, role: 'evaluator' }), JOURNAL: journal },
      stdio: ['ignore', 'ignore', 'pipe'],
    });

  it('has every event once and in order, however often it is killed', async () => {
    saySeed('the example of a subscriber');
    const chances = seeded(String(seed));
    const below = (end: number) => chances.randomBytes(4).readUInt32LE() % end;
    const store = new PostgresStore({ url: database().url });
    const journal = join(folder, 'journal.jsonl');
    const names: string[] = [];
    const record = async (count: number) => {
      for (let n = 0; n < count; n++) names.push(await tell(store, { stream: `pairing-${'abc'[n % 3]}`, type: 'MissionHeld' }));
    };
    for (let kills = 0; kills < 6; kills++) {
      const enough = linesOf(journal).length + below(20);
      const child = await run(journal);
      const recording = record(25);
      await until(() => linesOf(journal).length >= enough);
      await kill(child);
      await recording;
    }
    const last = await run(journal);
    try {
      await until(() => linesOf(journal).length >= names.length);
      // What would come twice comes before what is recorded now.
      await record(1);
      await until(() => namesIn(journal).at(-1) === names.at(-1));
    } finally {
      await kill(last);
      await store.close();
    }
    expect(namesIn(journal)).toEqual(names);
  }, 90_000);

  it.each<readonly [string, (response: ServerResponse, text: string) => void]>([
    ['is cut off', (response, text) => response.write(text, () => response.socket!.resetAndDestroy())],
    ['ends as if it were whole', (response, text) => response.end(text)],
  ])(
    'keeps nothing of an answer that %s in the middle of an event, nor of a line that a kill tore, and asks for it again',
    async (_, tear) => {
      const journal = join(folder, 'journal.jsonl');
      const items = [1, 2, 3, 4].map((n) => ({ cursor: `${n}.epoch`, event: { id: `pairing-a@${n}` } }));
      const lines = items.map((item) => `${JSON.stringify(item)}\n`);
      writeFileSync(journal, lines[0]! + lines[1]!.slice(0, 20));
      const asked: string[] = [];
      const server = createServer((request, response) => {
        const after = new URL(request.url!, 'http://127.0.0.1').searchParams.get('after')!;
        asked.push(after);
        const ahead = items.filter(({ cursor }) => cursor > after);
        const page = JSON.stringify({ items: ahead, next: items.at(-1)!.cursor, more: false });
        response.setHeader('Content-Type', 'application/json');
        if (asked.length === 1) tear(response, page.slice(0, page.indexOf('pairing-a@4')));
        else if (ahead.length > 0) response.end(page);
      });
      await once(server.listen(0, '127.0.0.1'), 'listening');
      const child = await run(journal, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
      try {
        await until(() => asked.length === 3);
      } finally {
        await kill(child);
        server.close();
      }
      expect(asked).toEqual(['1.epoch', '1.epoch', '4.epoch']);
      expect(readFileSync(journal, 'utf8')).toBe(lines.join(''));
    },
  );

  it('says which address it cannot reach', async () => {
    const server = createServer();
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    server.close();
    await once(server, 'close');
    const child = await run(join(folder, 'journal.jsonl'), url);
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said += String(chunk)));
    try {
      await until(() => said.includes('\n'));
    } finally {
      await kill(child);
    }
    expect(said).toContain(`${url}: TypeError: fetch failed (ECONNREFUSED)`);
  });

  it('ends with how to resume, where the cursor is of before the store was moved', async () => {
    const journal = join(folder, 'journal.jsonl');
    writeFileSync(journal, `{"cursor":"1.${randomUUID()}","event":{"id":"pairing-a@0"}}\n`);
    const again = await run(journal);
    let said = '';
    again.stderr.on('data', (chunk: Buffer) => (said += String(chunk)));
    try {
      await once(again, 'close', { signal: AbortSignal.timeout(30_000) });
    } finally {
      await kill(again);
    }
    expect(said).toMatch(/\/v1\/position\?event=/);
  }, 60_000);
});

describe('the receiver to start from', () => {
  it('agrees, takes what is signed, and keeps each event once, also when killed', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'puente-example-'));
    const database = await freshDatabase();
    const store = new PostgresStore({ url: database.url });
    const vault = await openVault(database.pool, masterOf('webhooks'), { randomBytes, now: () => new Date() });
    const secret = newSecret('hmac', randomBytes);
    const journal = join(folder, 'received.jsonl');
    const start = async (port: string) => {
      const child = spawn(process.execPath, [example('receiver.mjs')], {
        env: { SECRET: secret, PORT: port, RECEIVED: journal },
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
      return { child, port: line.split(' ').at(-1)! };
    };
    let { child, port } = await start('0');
    const url = `http://127.0.0.1:${port}/hook`;
    const { refs, keep } = await vault.texts.draft('subscription-portal', [url]);
    await keep();
    await tell(store, {
      ...{ stream: 'subscription-portal', type: 'SubscriptionCreated' },
      data: { delivery: 'webhook', endpoint: refs[0], role: 'service', from: 'beginning', lifecycles: ['pairing'] },
    });
    await vault.signingSecrets.rotate(keptUnder({ id: 'portal', owner }), secret, undefined, 0);
    const sending = senderOver({ pool: database.pool, store, vault });
    sending.sender.start();
    try {
      const names: string[] = [];
      for (let n = 0; n < 30; n++) {
        names.push(await tell(store, { stream: 'pairing-a', type: 'MissionHeld' }));
        if (n % 10 !== 5) continue;
        await kill(child);
        ({ child, port } = await start(port));
      }
      await until(() => linesOf(journal).length >= names.length);
      expect(namesIn(journal)).toEqual(names);
      // As the other end sends again what it heard no answer to.
      const body = JSON.stringify({ id: 'pairing-b@0' });
      const signed = { ...webhookHeaders([readSecret(secret)!], 'once', Math.floor(Date.now() / 1_000), body) };
      for (let n = 0; n < 2; n++) expect((await fetch(url, { method: 'POST', headers: signed, body })).status).toBe(204);
      names.push('pairing-b@0');
      expect(namesIn(journal)).toEqual(names);
      const headers = { 'webhook-id': 'x', 'webhook-timestamp': String(Math.floor(Date.now() / 1_000)), 'webhook-signature': 'v1,AAAA' };
      expect((await fetch(url, { method: 'POST', headers, body: '{}' })).status).toBe(401);
      expect(linesOf(journal)).toHaveLength(names.length);
    } finally {
      await sending.stop();
      await kill(child);
      await store.close();
      await database.drop();
      rmSync(folder, { recursive: true });
    }
  }, 60_000);
});
