import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Pool } from 'pg';
import { Claims } from '../../src/delivery/claims';
import { Egress, type EgressOptions } from '../../src/delivery/egress';
import { Endpoints } from '../../src/delivery/endpoint';
import { originAt } from '../../src/delivery/envelope';
import { Live } from '../../src/delivery/live';
import { Sender, type SenderOptions } from '../../src/delivery/sender';
import { Subscriptions } from '../../src/delivery/subscriptions';
import { Rules } from '../../src/engine/rules';
import { Streams } from '../../src/engine/streams';
import { timing } from '../../src/puente';
import type { EventStore } from '../../src/store/port';
import type { Vault } from '../../src/vault/vault';
import { placesIn } from './subscribers';

/** What a receiver was sent. */
export interface Received {
  readonly method: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  /** `stream@revision`, where it was an event. */
  readonly name: string | undefined;
}
export type Answering = (received: Received, response: ServerResponse, request: IncomingMessage) => void;

/** Takes whatever comes, after agreeing to it. */
export const agreeing: Answering = ({ method }, response) => {
  if (method === 'OPTIONS') response.writeHead(200, { 'WebHook-Allowed-Origin': '*' }).end();
  else response.writeHead(204).end();
};

/** A receiver on this machine that notes what it is sent, and answers as it is told. */
export class Receiver {
  readonly received: Received[] = [];
  private server: Server | undefined;
  port = 0;

  constructor(public answering: Answering = agreeing) {}

  get url(): string {
    return `http://127.0.0.1:${this.port}/hook`;
  }
  get names(): readonly string[] {
    return this.received.flatMap(({ name }) => name ?? []);
  }

  async open(): Promise<this> {
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('error', () => undefined);
      request.on('end', () => {
        const body = Buffer.concat(chunks).toString();
        const { id, type } = body === '' ? {} : (JSON.parse(body) as { id?: string; type?: string });
        const received = {
          ...{ method: request.method!, headers: request.headers, body },
          name: id !== undefined && !type?.endsWith('Ping') ? id : undefined,
        };
        this.received.push(received);
        this.answering(received, response, request);
      });
    });
    await new Promise<void>((resolve) => this.server!.listen(this.port, '127.0.0.1', resolve));
    this.port = (this.server.address() as AddressInfo).port;
    return this;
  }

  async close(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    server?.closeAllConnections();
    await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)));
  }
}

const noNames = () => Promise.reject(new Error('no names here'));

/** A sender over a database, as a process would run it. */
export const senderOver = (
  { pool, store, vault }: { readonly pool: Pool; readonly store: EventStore; readonly vault: Vault },
  {
    timeout = 5_000,
    lookup = noNames,
    ca,
    headers = {},
    standstill,
    schedule = [0, 5, 10, 20, 40, 40, 40, 40, 40, 40],
    ...more
  }: Partial<SenderOptions> & {
    /** Milliseconds of an attempt, and those that a transaction may stand still. */
    readonly timeout?: number;
    readonly standstill?: number;
    readonly lookup?: EgressOptions['lookup'];
    readonly ca?: string;
    /** Sent with everything. */
    readonly headers?: Readonly<Record<string, string>>;
  } = {},
): {
  readonly sender: Sender;
  readonly endpoints: Endpoints;
  stop(): Promise<void>;
  readonly errors: readonly unknown[];
  readonly disabled: string[];
} => {
  const now = () => new Date();
  const errors: unknown[] = [];
  const disabled: string[] = [];
  const report = (error: unknown) => void errors.push(error);
  const egress = new Egress({ loopback: true, lookup, timeout, ca });
  const send: Egress['send'] = (outgoing) => egress.send({ ...outgoing, headers: { ...outgoing.headers, ...headers } });
  const subscriptions = new Subscriptions(new Streams(store, new Rules(() => Promise.resolve(undefined))));
  const live = new Live(store, timing, report);
  const endpoints = new Endpoints({
    ...{ pool, egress: { send }, now, newId: randomUUID },
    ...{ secrets: vault.signingSecrets, texts: vault.texts, origin: originAt('https://puente.example.org') },
  });
  const sender = new Sender({
    ...{ pool, store, live, subscriptions, endpoints, now, report, timing },
    claims: new Claims(pool, store, subscriptions.placesIn(placesIn(store)), now, schedule.length, standstill),
    worker: randomUUID(),
    chance: () => 0.5,
    newId: randomUUID,
    schedule,
    atOnce: 16,
    patience: 5 * 86_400_000,
    disable: (id, because) => {
      disabled.push(`${id} ${because}`);
      return Promise.resolve();
    },
    ...more,
  });
  return {
    ...{ sender, endpoints, errors, disabled },
    stop: async () => {
      await egress.close();
      await sender.stop();
      live.close();
    },
  };
};

/** Resolves once something holds; looks again whenever `when` says so. */
export const until = async (holds: () => boolean | Promise<boolean>, ms = 20_000): Promise<void> => {
  const late = AbortSignal.timeout(ms);
  while (!(await holds())) {
    if (late.aborted) throw new Error('it never came to hold');
    await timing.sleep(5, late);
  }
};
