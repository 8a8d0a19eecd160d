import { isIP } from 'node:net';
import { performance } from 'node:perf_hooks';
import { Pool } from 'undici';
import { hostOf, maySendTo, portOf, problemWithUrl } from '../kernel/endpoint-addresses';
import { printable, received, type Received } from './answer';
import { type Alarm, Connections, type Destination } from './connections';
import { codeOf, type FailureCode, undelivered, Undelivered } from './failure';

export interface Outgoing {
  readonly method: 'POST' | 'OPTIONS';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface Answer extends Received {
  readonly is: 'answer';
  /** Milliseconds from the beginning of the attempt. */
  readonly ms: number;
}

export interface Failure {
  readonly is: 'failure';
  readonly code: FailureCode;
  /** At most 300 characters, for people to read; names no address that is not public. */
  readonly detail: string;
  readonly ms: number;
}

export interface EgressOptions {
  /** Whether this machine may be sent to, also by http, as in development. */
  readonly loopback: boolean;
  /** The addresses of a name, best first, asked for at every attempt; rejects where there are none. See `lookupBy`. */
  readonly lookup: (host: string) => Promise<readonly string[]>;
  /** See `ConnectionOptions`. Names are looked up and checked here all the same: the proxy is asked for the address. */
  readonly proxy?: string | undefined;
  readonly ca?: string | undefined;
  /** Milliseconds for all of an attempt: look-up, connection, headers and body. */
  readonly timeout?: number;
  /** Most bytes of a body that are read. */
  readonly mostBytes?: number;
  /** Connections that are kept for the next delivery; where more are open, each ends with its answer. */
  readonly mostKept?: number;
  /** Milliseconds on a clock that only goes forward. */
  readonly now?: () => number;
  readonly alarm?: Alarm;
}

const mostDetail = 300;
/** Addresses of one name that are tried in one attempt, while no connection comes about. */
const mostTried = 3;
/** Milliseconds that a connection waits for the next delivery where the receiver says nothing of it, and at most. */
const keptFor = 4_000;
const keptForAtMost = 30_000;
const mostHeaderBytes = 16_384;

const systemAlarm: Alarm = (ms, ring) => {
  const timer = setTimeout(ring, ms);
  return () => clearTimeout(timer);
};

/** What is waited for, or the reason of the signal, whichever comes first. */
const unlessCut = <T>(signal: AbortSignal, waitingFor: () => Promise<T>): Promise<T> => {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    waitingFor().then(resolve, reject);
  });
};

/** Whether nobody there has heard of it. */
const isUnsent = (error: unknown): boolean => error instanceof Undelivered && (error.code === 'UNREACHABLE' || error.code === 'PROXY');

/**
 * How deliveries leave the house, and by no way come in again: names are looked up at every attempt, every address found must be one of
 * the public network, and the connection goes to the address that was checked. Redirects are answers like any other. Connections are kept
 * by name and address, so that what is looked up differently next time is connected to anew.
 */
export class Egress {
  private readonly connections: Connections;
  private readonly pools = new Map<string, Pool>();
  private readonly sending = new Set<AbortController>();
  private readonly timeout: number;
  private readonly mostBytes: number;
  private readonly mostKept: number;
  private readonly now: () => number;
  private readonly alarm: Alarm;
  private isClosed = false;

  constructor(private readonly options: EgressOptions) {
    const { proxy, ca, timeout = 15_000, mostBytes = 65_536, mostKept = 512, now = () => performance.now(), alarm = systemAlarm } = options;
    this.timeout = timeout;
    this.mostBytes = mostBytes;
    this.mostKept = mostKept;
    this.now = now;
    this.alarm = alarm;
    this.connections = new Connections({ proxy, ca, alarm, patience: Math.ceil(timeout / mostTried) });
  }

  /** Connections that are open, in use or kept. */
  get open(): number {
    return this.connections.open;
  }

  /**
   * One attempt. Once a status came within the timeout it is an answer, also where the body did not end within it or within the bytes that
   * are read: what came of it is the excerpt, and it is marked `truncated`. Whatever the receiver does, the attempt ends with the timeout,
   * and its connection with it, unless it can be kept; one that is still on its way is given up a third of the timeout later.
   *
   * @throws only for headers that HTTP does not know
   */
  async send(outgoing: Outgoing): Promise<Answer | Failure> {
    const began = this.now();
    const took = () => Math.round(this.now() - began);
    const cutting = new AbortController();
    const cancel = this.alarm(this.timeout, () => cutting.abort(new Undelivered('TIMED_OUT', `no answer within ${this.timeout} ms`)));
    this.sending.add(cutting);
    try {
      return { is: 'answer', ...(await this.attempt(outgoing, cutting.signal)), ms: took() };
    } catch (error) {
      const { code, message } = undelivered(error);
      return { is: 'failure', code, detail: printable(message, mostDetail), ms: took() };
    } finally {
      cancel();
      this.sending.delete(cutting);
    }
  }

  /** Ends what is being sent (STOPPED) and every connection. */
  async close(): Promise<void> {
    this.isClosed = true;
    for (const cutting of this.sending) cutting.abort(new Undelivered('STOPPED', 'nothing is sent any more'));
    await Promise.all([...this.pools.values()].map((pool) => pool.destroy()));
    await this.connections.close();
  }

  private async attempt(outgoing: Outgoing, signal: AbortSignal): Promise<Received> {
    if (this.isClosed) throw new Undelivered('STOPPED', 'nothing is sent any more');
    const problem = problemWithUrl(outgoing.url, this.options);
    if (problem) throw new Undelivered(problem, 'the address is not one that is sent to');
    const url = new URL(outgoing.url);
    const [address, ...others] = await unlessCut(signal, () => this.addressesOf(url));
    const trying = async (at: string, left: readonly string[]): Promise<Received> => {
      try {
        return await this.attemptAt(at, url, outgoing, signal);
      } catch (error) {
        const [next, ...rest] = left;
        if (next === undefined || !isUnsent(error)) throw error;
        return trying(next, rest);
      }
    };
    return trying(address, others);
  }

  /** @throws Undelivered: NO_SUCH_HOST, or NOT_PUBLIC where one of them is not to be sent to */
  private async addressesOf(url: URL): Promise<readonly [string, ...string[]]> {
    const host = hostOf(url);
    if (isIP(host) !== 0) return [host];
    const addresses = await this.found(host);
    if (!addresses.every((each) => maySendTo(each, url.protocol, this.options))) {
      throw new Undelivered('NOT_PUBLIC', `${host} does not lead to the public network alone`);
    }
    const [address, ...others] = addresses.slice(0, mostTried);
    if (address === undefined) throw new Undelivered('NO_SUCH_HOST', `${host} has no address`);
    return [address, ...others];
  }

  private async found(host: string): Promise<readonly string[]> {
    try {
      return await this.options.lookup(host);
    } catch (error) {
      throw new Undelivered('NO_SUCH_HOST', `${host} was not found ${codeOf(error)}`.trimEnd());
    }
  }

  private async attemptAt(address: string, url: URL, { method, headers, body }: Outgoing, signal: AbortSignal): Promise<Received> {
    const answer = await unlessCut(signal, () =>
      this.poolTo({ isSecure: url.protocol === 'https:', host: hostOf(url), address, port: portOf(url) }).request({
        method,
        path: `${url.pathname}${url.search}`,
        headers: { ...headers },
        ...(body !== undefined && { body }),
        signal,
        reset: this.open >= this.mostKept,
      }),
    );
    return received(answer, this.mostBytes);
  }

  private poolTo(to: Destination): Pool {
    const origin = `${to.isSecure ? 'https' : 'http'}://${isIP(to.host) === 6 ? `[${to.host}]` : to.host}:${to.port}`;
    const key = `${origin} ${to.address}`;
    const pool =
      this.pools.get(key) ??
      new Pool(origin, {
        connect: (_, callback) =>
          void this.connections.to(to).then(
            (socket) => {
              // One that ended already would be tried again and again.
              if (socket.destroyed) callback(new Undelivered('RESET', 'the connection ended as it was made'), null);
              else callback(null, socket);
            },
            (error: unknown) => callback(error as Error, null),
          ),
        pipelining: 1,
        allowH2: false,
        // The whole attempt has its time, and so has every connection.
        headersTimeout: 0,
        bodyTimeout: 0,
        keepAliveTimeout: keptFor,
        keepAliveMaxTimeout: keptForAtMost,
        maxHeaderSize: mostHeaderBytes,
      });
    if (!this.pools.has(key)) {
      this.pools.set(key, pool);
      const forgetIfIdle = () => {
        const { connected, size } = pool.stats;
        if (connected === 0 && size === 0 && this.pools.get(key) === pool) this.pools.delete(key);
      };
      pool.on('disconnect', forgetIfIdle).on('connectionError', forgetIfIdle);
    }
    return pool;
  }
}
