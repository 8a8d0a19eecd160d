import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { mintDevToken } from '../src/http/dev-issuer';
import { serve } from '../src/http/server';
import { PostgresStore } from '../src/store/postgres';
import type { DeliveryPart } from './delivery';
import { sharedNow } from './delivery-receiving';
import { newEvent } from './workload';

const most = 5_000;
const kibibytes = (bytes: number, readers: number) => Number((bytes / 1024 / readers).toFixed(1));

/** What this process holds once what is left behind is gone. */
const held = async (): Promise<{ readonly rss: number; readonly heapUsed: number; readonly external: number }> => {
  setFlagsFromString('--expose-gc');
  const gc = runInNewContext('gc') as () => void;
  for (let time = 0; time < 3; time += 1) {
    gc();
    await sleep(200);
  }
  return process.memoryUsage();
};

/** Readers of one server that has nothing to tell them: what it keeps for each; then one event, until the last has it. */
export const readers: DeliveryPart = async (server, log, { scale }) => {
  const count = Math.max(50, Math.round(most * scale));
  const url = await server.migrated('streamed');
  const home = join(server.home, 'streamed');
  const served = await serve({ home, databaseUrl: url, log }, { host: '127.0.0.1', port: 0, log: 'warn' });
  const store = new PostgresStore({ url });
  const child = fork(join(__dirname, 'delivery-reading.ts'), { stdio: ['ignore', 2, 2, 'ipc'] });
  try {
    const port = Number(new URL(served.base).port);
    const token = await mintDevToken({ home, role: 'service' });
    // What the first answers of a server take is not the readers'.
    for (let nth = 0; nth < 200; nth += 1)
      await (await fetch(`${served.base}/v1/events?after=now`, { headers: { authorization: `Bearer ${token}` } })).text();
    const before = await held();
    const began = sharedNow();
    child.send({ port, path: '/v1/events/stream', token, readers: count });
    await once(child, 'message');
    const opening = sharedNow() - began;
    const after = await held();
    const [all] = await Promise.all([
      once(child, 'message') as Promise<[number]>,
      (async () => {
        await store.append('pairing-streamed', [{ ...newEvent(), type: 'KeyActorEngaged' }], 'none');
        return sharedNow();
      })(),
    ]).then(([[last], durable]) => [last - durable]);
    log(`${count} readers open in ${Math.round(opening)} ms, ${kibibytes(after.rss - before.rss, count)} KiB each`);
    return {
      ratios: [],
      figures: [
        { name: `memory of an idle reader, of ${count} (resident)`, value: kibibytes(after.rss - before.rss, count), unit: 'KiB' },
        { name: 'of which heap', value: kibibytes(after.heapUsed - before.heapUsed, count), unit: 'KiB' },
        { name: 'and outside the heap', value: kibibytes(after.external - before.external, count), unit: 'KiB' },
        { name: `commit to the last of ${count} readers`, value: Math.round(all!), unit: 'ms' },
        { name: `${count} readers open`, value: Math.round(opening), unit: 'ms' },
      ],
    };
  } finally {
    child.disconnect();
    await store.close();
    await served.close();
  }
};
