import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Role } from '../../src/kernel/fields';
import type { Booted } from '../http/booted';
import type { Frame } from './recorded';

/** What a reader was told: an event with the cursor behind it, or, where it has no event, how far it has come. */
export interface Told {
  readonly cursor: string;
  readonly event?: NonNullable<Frame['data']>;
}
export interface Asked {
  readonly query?: string;
  readonly role?: Role;
  /** `Last-Event-ID`; from the beginning where there is none. */
  readonly after?: string | undefined;
  /** Characters after which it leaves, wherever in a frame that is. */
  readonly cutAt?: number;
  /** It does not leave then, and takes nothing more. */
  readonly stays?: boolean;
}

/** Reads a stream as a browser does, on a connection of its own, and leaves it wherever it likes. */
export class StreamReader {
  readonly told: Told[] = [];
  ended = false;
  private text = '';
  private left: number;
  private readonly sent: ClientRequest;
  readonly opened: Promise<unknown>;

  constructor(booted: Booted, { query = '', role = 'service', after, cutAt = Infinity, stays = false }: Asked) {
    this.left = cutAt;
    const { port } = booted.server.address() as AddressInfo;
    this.sent = request({
      ...{ host: '127.0.0.1', port, path: `/v1/events/stream?after=beginning${query}`, agent: false },
      headers: { Authorization: `Bearer ${booted.tokens[role]}`, ...(after !== undefined && { 'Last-Event-ID': after }) },
    });
    this.sent.on('error', () => (this.ended = true));
    this.opened = once(this.sent, 'response').then(([response]: IncomingMessage[]) => {
      if (response?.statusCode !== 200) throw new Error(`answered ${response?.statusCode}`);
      response.on('error', () => undefined).on('close', () => (this.ended = true));
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        this.take(chunk);
        if (this.left > 0) return;
        if (stays) response.pause();
        else this.leave();
      });
    });
    this.opened.catch(() => undefined);
    this.sent.end();
  }

  /** The names of the events, in the order they came. */
  get names(): readonly string[] {
    return this.told.flatMap(({ event }) => event?.id ?? []);
  }
  /** Each with the cursor behind it. */
  get lines(): readonly string[] {
    return this.told.flatMap(({ cursor, event }) => (event ? `${event.id} ${cursor}` : []));
  }
  /** A frame had begun and not ended. */
  get isMidFrame(): boolean {
    return this.text !== '';
  }

  leave(): void {
    this.ended = true;
    this.sent.destroy();
  }

  /** Only whole frames count, as with any client of server-sent events. */
  private take(chunk: string): void {
    if (this.ended) return;
    const frames = (this.text + chunk.slice(0, this.left)).split('\n\n');
    this.left -= chunk.length;
    this.text = frames.pop()!;
    for (const frame of frames) {
      const fields = new Map(frame.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]));
      const [cursor, data] = [fields.get('id'), fields.get('data')];
      if (cursor !== undefined)
        this.told.push({ cursor, ...(data !== undefined && { event: JSON.parse(data) as NonNullable<Told['event']> }) });
    }
  }
}
