/**
 * A receiver of webhooks in a process of its own, so that what it takes is not taken from whoever sends. It tells its parent what came and
 * when it was answered, on the clock that all processes of a machine share.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Arrived, Told } from './delivery-receiving';

const now = () => Number(process.hrtime.bigint()) / 1e6;
const tell = (told: Told) => void process.send!(told);

let arrived: Arrived[] = [];
setInterval(() => {
  if (arrived.length === 0) return;
  tell({ arrived });
  arrived = [];
}, 20);

/** `/hook/…` takes everything, `/hang/…` answers no event, `/refuse/…` is gone once it agreed. */
const answering = (done: (path: string) => void) => (request: IncomingMessage, response: ServerResponse) => {
  const { method, url = '/' } = request;
  if (method === 'OPTIONS') {
    request.resume();
    response.writeHead(200, { 'WebHook-Allowed-Origin': '*', Connection: 'close' }).end(() => done(url));
    return;
  }
  const chunks: Buffer[] = [];
  request.on('error', () => undefined);
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    if (url.startsWith('/hang')) return;
    const text = Buffer.concat(chunks).toString();
    response.writeHead(204).end();
    arrived.push([url, /"id":"([^"]+)"/.exec(text)?.[1] ?? '', now()]);
  });
};

const listening = (done: (path: string) => void = () => undefined) =>
  new Promise<{ readonly port: number; close(): void }>((resolve) => {
    const server = createServer({ keepAliveTimeout: 30_000 }, answering(done)).listen(0, '127.0.0.1', () => {
      const close = () => {
        server.close();
        server.closeAllConnections();
      };
      resolve({ port: (server.address() as AddressInfo).port, close });
    });
  });

void (async () => {
  const { port } = await listening();
  // Whoever is sent to there afterwards finds nobody.
  const brief = await listening(() => brief.close());
  tell({ port, refusing: brief.port });
})();
process.once('disconnect', () => process.exit());
