import { request } from 'node:http';
import { connect, isIP, type Socket } from 'node:net';
import { connect as connectTls, rootCertificates } from 'node:tls';
import { hostOf, portOf } from '../kernel/endpoint-addresses';
import { codeOf, type FailureCode, Undelivered } from './failure';

/** Where a connection leads: an address that was checked, and the name it was found by. */
export interface Destination {
  /** By TLS, and only to who can prove to be `host`. */
  readonly isSecure: boolean;
  /** A name without a dot at its end, or an address without brackets. */
  readonly host: string;
  readonly address: string;
  readonly port: number;
}

/** Calls `ring` once, after so many milliseconds, unless what it returns is called before. */
export type Alarm = (ms: number, ring: () => void) => () => void;

export interface ConnectionOptions {
  /** URL of a proxy that connects to addresses by CONNECT, with credentials where it wants them. It is the operator's: no rule holds for it. */
  readonly proxy?: string | undefined;
  /** Certificates in PEM that are trusted besides those Node comes with. */
  readonly ca?: string | undefined;
  /** Milliseconds for one connection to come about. */
  readonly patience: number;
  readonly alarm: Alarm;
}

type Step = Extract<FailureCode, 'UNREACHABLE' | 'TLS' | 'PROXY'>;

/** What a certificate lacks is for the receiver to read; messages of sockets name addresses of this side, their codes do not. */
const detailOf = (step: Step, error: Error): string => (step === 'TLS' || codeOf(error) === '' ? error.message : codeOf(error));

/** Waits for `event`; whatever else becomes of the socket is no connection. */
const reached = (socket: Socket, event: 'connect' | 'secureConnect', step: Step): Promise<void> =>
  new Promise((resolve, reject) => {
    socket
      .once(event, resolve)
      // For good: whoever uses the socket next listens only once it has it.
      .on('error', (error) => reject(new Undelivered(step, detailOf(step, error))))
      .once('close', () => reject(new Undelivered(step, 'the connection ended before it was made')));
  });

const withPort = (host: string, port: number): string => `${isIP(host) === 6 ? `[${host}]` : host}:${port}`;

/** Opens connections to addresses, and nothing else: no name of a receiver is looked up here. Knows those that are open. */
export class Connections {
  private readonly sockets = new Set<Socket>();
  private readonly proxy: URL | undefined;
  private readonly authorization: string | undefined;
  private readonly ca: string[] | undefined;

  /** @throws TypeError or URIError when the URL of the proxy is none */
  constructor(private readonly options: ConnectionOptions) {
    this.proxy = options.proxy === undefined ? undefined : new URL(options.proxy);
    const credentials = [this.proxy?.username ?? '', this.proxy?.password ?? ''].map(decodeURIComponent).join(':');
    this.authorization = credentials === ':' ? undefined : `Basic ${Buffer.from(credentials).toString('base64')}`;
    this.ca = options.ca === undefined ? undefined : [...rootCertificates, options.ca];
  }

  /** How many there are, those on their way included. */
  get open(): number {
    return this.sockets.size;
  }

  /** @throws Undelivered: UNREACHABLE, TLS or PROXY; nothing stays open then */
  async to({ isSecure, host, address, port }: Destination): Promise<Socket> {
    const { proxy } = this;
    const raw = proxy ? this.dial(hostOf(proxy), portOf(proxy)) : this.dial(address, port);
    const cancel = this.options.alarm(this.options.patience, () =>
      raw.destroy(new Error(`no connection within ${this.options.patience} ms`)),
    );
    try {
      await reached(raw, 'connect', proxy ? 'PROXY' : 'UNREACHABLE');
      const way = proxy ? await this.through(proxy, raw, withPort(address, port)) : raw;
      return isSecure ? await this.secured(way, host, 'TLS') : way;
    } catch (error) {
      raw.destroy();
      throw error;
    } finally {
      cancel();
    }
  }

  /** Ends them all, and those on their way. */
  async close(): Promise<void> {
    const closed = [...this.sockets].map((socket) => new Promise<void>((resolve) => socket.once('close', () => resolve())));
    for (const socket of this.sockets) socket.destroy();
    await Promise.all(closed);
  }

  private dial(host: string, port: number): Socket {
    const socket = connect({ host, port, noDelay: true });
    this.sockets.add(socket);
    socket.once('close', () => this.sockets.delete(socket));
    return socket;
  }

  private async secured(socket: Socket, host: string, step: Step): Promise<Socket> {
    const secure = connectTls({
      socket,
      host,
      ...(isIP(host) === 0 && { servername: host }),
      ALPNProtocols: ['http/1.1'],
      // Said, so that no variable of the environment says otherwise.
      rejectUnauthorized: true,
      ...(this.ca && { ca: this.ca }),
    });
    await reached(secure, 'secureConnect', step);
    return secure;
  }

  private async through(proxy: URL, socket: Socket, path: string): Promise<Socket> {
    const way = proxy.protocol === 'https:' ? await this.secured(socket, hostOf(proxy), 'PROXY') : socket;
    const headers = { host: path, ...(this.authorization !== undefined && { 'proxy-authorization': this.authorization }) };
    return new Promise((resolve, reject) => {
      const refuse = (detail: string) => reject(new Undelivered('PROXY', detail));
      request({ createConnection: () => way, method: 'CONNECT', path, headers })
        .once('connect', ({ statusCode }, connected: Socket, head) => {
          if (statusCode !== 200) refuse(`the proxy answered ${statusCode ?? 'nothing'}`);
          else if (head.length > 0) refuse('the proxy said more than that it connected');
          else resolve(connected);
        })
        .on('error', (error) => refuse(detailOf('PROXY', error)))
        .end();
    });
  }
}
