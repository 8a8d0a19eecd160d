// Takes webhooks of Puente: agrees to them, checks the signature (Standard Webhooks, HMAC), and keeps each event once, by its webhook-id.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { existsSync, fsyncSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';
import { createServer } from 'node:http';

const { SECRET = '', PORT = '8080', RECEIVED = 'received.jsonl', ORIGIN = '*' } = process.env;
if (!/^whsec_.{32,}$/.test(SECRET)) throw new Error('SECRET must be what POST /v1/subscriptions/<id>/secrets answered: whsec_…');
const key = Buffer.from(SECRET.slice('whsec_'.length), 'base64');

const bytes = existsSync(RECEIVED) ? readFileSync(RECEIVED) : Buffer.alloc(0);
const end = bytes.lastIndexOf('\n') + 1;
const file = openSync(RECEIVED, 'a');
ftruncateSync(file, end);
fsyncSync(file);
const lines = bytes.subarray(0, end).toString().split('\n').filter(Boolean);
const known = new Set(lines.map((line) => JSON.parse(line).id));

const isSigned = (id, timestamp, signatures, body) => {
  if (!(Math.abs(Date.now() / 1_000 - Number(timestamp)) < 300)) return false;
  const expected = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest();
  // Several while a secret is replaced.
  return signatures.split(' ').some((each) => {
    const given = Buffer.from(each.startsWith('v1,') ? each.slice('v1,'.length) : '', 'base64');
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
};

const keep = (id, body) => {
  if (known.has(id)) return;
  const line = Buffer.from(`${JSON.stringify({ id, event: JSON.parse(body) })}\n`);
  for (let written = 0; written < line.length;) written += writeSync(file, line, written);
  fsyncSync(file); // Before it is answered: what was answered is not sent again.
  known.add(id);
};

const server = createServer(async (request, response) => {
  const answer = (status, headers) => response.writeHead(status, headers).end();
  try {
    if (request.method === 'OPTIONS') return answer(200, { 'WebHook-Allowed-Origin': ORIGIN, 'WebHook-Allowed-Rate': '6000' });
    if (request.method !== 'POST') return answer(405);
    const body = Buffer.concat(await request.toArray());
    const [id = '', timestamp = '', signatures = ''] = ['id', 'timestamp', 'signature'].map((name) => request.headers[`webhook-${name}`]);
    if (!isSigned(id, timestamp, signatures, body)) return answer(401);
    keep(id, body.toString());
    return answer(204);
  } catch (error) {
    console.error(error);
    if (error.syscall) process.exit(1); // A line may be torn: the next start takes it away, and Puente sends it again.
    if (!response.headersSent) answer(400);
  }
});
server.listen(Number(PORT), '127.0.0.1', () => console.log(`listening on ${server.address().port}`));
