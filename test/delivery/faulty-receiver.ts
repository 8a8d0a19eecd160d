import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';

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
  'speaks no HTTP': { handles: false },
} as const;
export type Fault = keyof typeof faults;

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
const garbage = Buffer.from('150301000202461503010002010000', 'hex');

/** A receiver on this machine whose faults are chosen, and which can be closed and opened again at the same port. */
export class FaultyReceiver {
  readonly handled: Handled[] = [];
  /** What goes wrong, and with which of the requests. */
  private failing: { readonly fault: Fault; readonly strikes: () => boolean } | undefined;
  private readonly sockets = new Set<Socket>();
  private readonly http = createHttpServer({ keepAliveTimeout: 60_000 }, (request, response) => this.take(request, response));
  private server: Server | undefined;
  port = 0;

  async open(): Promise<void> {
    const server = createServer((socket) => {
      this.sockets.add(socket);
      socket.on('error', () => undefined).once('close', () => this.sockets.delete(socket));
      if (this.failing?.fault === 'speaks no HTTP' && this.failing.strikes()) socket.end(garbage);
      else this.http.emit('connection', socket);
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
    // Connections that were made before would be spoken HTTP over.
    if (fault === 'speaks no HTTP') this.cut();
  }

  heal(): void {
    this.failing = undefined;
  }

  private cut(): void {
    for (const socket of this.sockets) socket.resetAndDestroy();
  }

  private take(request: IncomingMessage, response: ServerResponse): void {
    if (request.method === 'OPTIONS') {
      response.writeHead(200, { 'WebHook-Allowed-Origin': '*' }).end();
      return;
    }
    const struck = this.failing?.strikes() ? this.failing.fault : undefined;
    // That is said when a connection is made, or not at all.
    const fault = struck === 'speaks no HTTP' ? undefined : struck;
    if (fault === 'ends the connection in the middle of a request') {
      request.socket.resetAndDestroy();
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

  private answer(fault: Fault | undefined, response: ServerResponse, socket: Socket): void {
    switch (fault) {
      case undefined:
      case 'speaks no HTTP':
      case 'ends the connection in the middle of a request':
        return void response.writeHead(204).end();
      case 'answers 500':
        return void response.writeHead(500).end('no room');
      case 'answers 429 with Retry-After: 0':
        return void response.writeHead(429, { 'Retry-After': '0' }).end();
      case 'answers 302':
        return void response.writeHead(302, { Location: 'http://127.0.0.1:1/elsewhere' }).end();
      case 'never answers':
      case 'handles, and never answers':
        return;
      case 'handles, and ends the connection':
        return void socket.resetAndDestroy();
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
