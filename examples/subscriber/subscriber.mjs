// Keeps every event of Puente in a journal, each exactly once and in order, whenever it is killed: a line holds an event and the cursor
// behind it, so effect and checkpoint are one write. One process per journal.
import { closeSync, existsSync, fsyncSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

const { PUENTE_URL: base = 'http://127.0.0.1:3000', PUENTE_TOKEN: token, JOURNAL = 'journal.jsonl', QUERY = '' } = process.env;

const sync = (path) => {
  const folder = openSync(path, 'r');
  fsyncSync(folder);
  closeSync(folder);
};

/** What was written whole; a line that a kill tore is taken away, since its cursor was never gone on from. */
const open = () => {
  const bytes = existsSync(JOURNAL) ? readFileSync(JOURNAL) : Buffer.alloc(0);
  const end = bytes.lastIndexOf('\n') + 1;
  const file = openSync(JOURNAL, 'a');
  ftruncateSync(file, end);
  fsyncSync(file);
  sync(dirname(resolve(JOURNAL)));
  const last = bytes.subarray(0, end).toString().trimEnd().split('\n').at(-1);
  return { file, cursor: last ? JSON.parse(last).cursor : 'beginning' };
};

const append = (file, text) => {
  const bytes = Buffer.from(text);
  for (let written = 0; written < bytes.length;) written += writeSync(file, bytes, written);
  fsyncSync(file);
};

const pause = () => new Promise((done) => setTimeout(done, 1_000));

let { file, cursor } = open();
for (;;) {
  const query = new URLSearchParams(QUERY);
  query.set('after', cursor);
  const headers = { Authorization: `Bearer ${token}`, Prefer: 'wait=20' };
  try {
    const answer = await fetch(`${base}/v1/events?${query}`, { headers, signal: AbortSignal.timeout(60_000) });
    if (answer.ok) {
      const { items, next } = await answer.json();
      if (items.length > 0) append(file, items.map((item) => `${JSON.stringify(item)}\n`).join(''));
      cursor = next;
      continue;
    }
    if (answer.status === 410) {
      console.error(`The cursor is of before the store was moved. GET /v1/position?event=<id of the last event in ${JOURNAL}>`);
      console.error('tells where that event stands now: write it into the last line as its cursor, and start again.');
    }
    if (answer.status < 500 && answer.status !== 429) process.exit((console.error(await answer.text()), 1));
  } catch (error) {
    if (error.syscall) throw error; // Of the journal: what cannot be kept is not gone on from.
    console.error(`${base}: ${error}${error.cause ? ` (${error.cause.code ?? error.cause})` : ''}`);
  }
  await pause();
}
