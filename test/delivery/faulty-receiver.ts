import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { certificate, expiredCertificate, key } from './certificates';

/** What a receiver does with what it is sent. Where it says `handles`, it has taken the event in, whatever it answers then. */
export const faults = {
  'answers 500': { handles: false },
  'answers 429 with Retry-After: 0': { handles: false },
  'answers 302': { handles: false },
  'ends the connection in the middle of a request': { handles: false },
  'never answers': { handles: false },
  'handles, and never answers': { handles: true },
  'handles, and ends the connection': { handles: true },
  'handles, and ends the connection in the middle of the first line': { handles: true },
  'handles, and ends the connection in the middle of the body': { handles: true },
  'handles, and answers a byte at a time': { handles: true },
  'answers what is no HTTP': { handles: false },
  'ends the handshake of TLS': { handles: false },
  'shows a certificate that expired': { handles: false },
} as const;
export type Fault = keyof typeof faults;
/** Those that befall connections as they are made. */
const ofHandshakes = ['ends the handshake of TLS', 'shows a certificate that expired'] as const;
type OfHandshakes = (typeof ofHandshakes)[number];
const isOfHandshakes = (fault: Fault | undefined): fault is OfHandshakes =>
  (ofHandshakes as readonly (Fault | undefined)[]).includes(fault);

/** A request that was handled, in the order they were. */
export interface Handled {
  /** `stream@revision`. */
  readonly name: string;
  readonly webhookId: string;
  readonly body: string;
  /** The sender that made it. */
  readonly worker: string;
}

/** Its own, where there are several of this machine: while nobody listens there, no other server is given its port. */
export const receiverAddress = process.platform === 'linux' ? '127.77.0.1' : '127.0.0.1';

const trickleEvery = 15;
/** TLS: the versions are not agreed on. */
const alert = Buffer.from('15030100020246', 'hex');

/** A receiver on this machine, by TLS as `hooks.example.org`, whose faults are chosen, and which can be closed and opened again at the same port. */
export class FaultyReceiver {
  readonly handled: Handled[] = [];
  /** What goes wrong, and with which of the requests. */
  private failing: { readonly fault: Fault; readonly strikes: () => boolean } | undefined;
  /** By the ports they come from, below TLS. */
  private readonly sockets = new Map<number, Socket>();
  private readonly https = this.showing(certificate);
  private readonly expired = this.showing(expiredCertificate);
  private server: Server | undefined;
  port = 0;

  async open(): Promise<void> {
    const server = createServer((socket) => {
      const from = socket.remotePort!;
      this.sockets.set(from, socket);
      socket.on('error', () => undefined).once('close', () => this.sockets.delete(from));
      const { fault, strikes = () => false } = this.failing ?? {};
      const struck = isOfHandshakes(fault) && strikes() ? fault : undefined;
      if (struck === 'ends the handshake of TLS') socket.end(alert);
      else (struck ? this.expired : this.https).emit('connection', socket);
    });
    this.server = server;
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(this.port, receiverAddress, resolve));
    this.port = (server.address() as AddressInfo).port;
  }

  /** As a process that is killed: whatever is under way is cut. */
  async close(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    const closed = new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)));
    this.cut();
    await closed;
  }

  fail(fault: Fault, strikes: () => boolean): void {
    this.failing = { fault, strikes };
    // Connections that were made before would serve on.
    if (isOfHandshakes(fault)) this.cut();
  }

  heal(): void {
    this.failing = undefined;
  }

  private cut(): void {
    // Not reset: where one is being shut down, Node 20 refuses to, and keeps it open for ever.
    for (const socket of this.sockets.values()) socket.destroy();
    for (const server of [this.https, this.expired]) server.closeAllConnections();
  }
  private reset(from: Socket): void {
    this.sockets.get(from.remotePort!)?.resetAndDestroy();
    from.destroy();
  }

  private showing(cert: string) {
    return createHttpsServer({ key, cert, keepAliveTimeout: 60_000 }, (request, response) => this.take(request, response));
  }

  private take(request: IncomingMessage, response: ServerResponse): void {
    // One that came about would serve for everything else.
    if (isOfHandshakes(this.failing?.fault)) response.setHeader('Connection', 'close');
    if (request.method === 'OPTIONS') {
      response.writeHead(200, { 'WebHook-Allowed-Origin': '*' }).end();
      return;
    }
    const struck = this.failing?.strikes() ? this.failing.fault : undefined;
    const fault = isOfHandshakes(struck) ? undefined : struck;
    if (fault === 'ends the connection in the middle of a request') {
      this.reset(request.socket);
      return;
    }
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', () => undefined);
    request.on('end', () => {
      if (!fault || faults[fault].handles) this.handle(request, Buffer.concat(chunks).toString());
      this.answer(fault, response, request.socket);
    });
  }

  private handle({ headers }: IncomingMessage, body: string): void {
    const { id } = JSON.parse(body) as { readonly id: string };
    this.handled.push({ name: id, webhookId: String(headers['webhook-id']), body, worker: String(headers['x-worker']) });
  }

  private answer(fault: Exclude<Fault, OfHandshakes> | undefined, response: ServerResponse, socket: Socket): void {
    switch (fault) {
      case undefined:
      case 'ends the connection in the middle of a request':
        return void response.writeHead(204).end();
      case 'answers what is no HTTP':
        return void socket.end('SSH-2.0-none\r\n');
      case 'answers 500':
        return void response.writeHead(500).end('no room');
      case 'answers 429 with Retry-After: 0':
        return void response.writeHead(429, { 'Retry-After': '0' }).end();
      case 'answers 302':
        return void response.writeHead(302, { Location: 'http://127.0.0.1:1/elsewhere' }).end();
      case 'never answers':
      case 'handles, and never answers':
        return;
      case 'handles, and ends the connection': {
        this.reset(socket);
        return;
      }
      case 'handles, and ends the connection in the middle of the first line':
        return void socket.end('HTTP/1.1 20');
      case 'handles, and ends the connection in the middle of the body':
        return void socket.end('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nnot all of i');
      case 'handles, and answers a byte at a time':
        trickle(socket, 'HTTP/1.1 204 No Content\r\nX-Word: never comes to its end');
    }
  }
}

/** Until the other side has enough of it, or it comes to the end of what it has to say, and ends. */
const trickle = (socket: Socket, text: string): void => {
  let at = 0;
  const timer = setInterval(() => {
    if (at < text.length) socket.write(text[at++]!);
    else socket.destroy();
  }, trickleEvery);
  socket.once('close', () => clearInterval(timer));
};
