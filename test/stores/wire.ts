import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

export type Side = 'client' | 'server';

/** Where a connection breaks: at the so many-th message of a side, before it reaches the other side or right after. */
export interface Cut {
  readonly side: Side;
  readonly message: number;
  readonly when: 'before' | 'after';
  /** Left open, and nothing comes through any more. */
  readonly silently?: boolean;
}

/** A wire between PostgreSQL and its clients that breaks once, at a message boundary of our choice. */
export class Wire {
  /** How many messages went through since `arm`. */
  readonly said: Record<Side, number> = { client: 0, server: 0 };
  /** The types of those of the client: `E` executes a statement, `S` commits it. */
  types: string[] = [];
  /** Still to come. */
  cut: Cut | undefined;
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    private readonly target: URL,
  ) {
    server.on('connection', (client) => this.join(client));
  }

  static async to(url: string): Promise<Wire> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new Wire(server, new URL(url));
  }

  /** Of the same database, through the wire. */
  get url(): string {
    const url = new URL(this.target);
    url.searchParams.delete('host');
    url.hostname = '127.0.0.1';
    url.port = String((this.server.address() as AddressInfo).port);
    return url.toString();
  }

  /** From here on messages are counted; at this one, over all connections, the connection breaks. Later ones are whole. */
  arm(cut?: Cut): void {
    this.said.client = this.said.server = 0;
    this.types = [];
    this.cut = cut;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
    await once(this.server, 'close');
  }

  private join(client: Socket): void {
    const { hostname, port, searchParams } = this.target;
    const folder = searchParams.get('host');
    const number = port || '5432';
    const server = folder ? connect(`${folder}/.s.PGSQL.${number}`) : connect(Number(number), hostname);
    const broken = { is: false };
    const both = [client, server];
    const messages = { client: messagesOf(true), server: messagesOf(false) };
    for (const socket of both) {
      this.sockets.add(socket.setNoDelay().on('error', () => undefined));
      socket.on('close', () => this.sockets.delete(socket));
    }
    const carry = (side: Side, from: Socket, to: Socket) => {
      from.on('data', (bytes) => {
        for (const message of messages[side](bytes)) {
          if (broken.is) return;
          this.said[side] += 1;
          if (side === 'client') this.types.push(String.fromCharCode(message[0]!));
          const here = this.cut?.side === side && this.cut.message === this.said[side];
          if (!here || this.cut?.when === 'after') to.write(message);
          if (!here) continue;
          broken.is = true;
          const { silently } = this.cut!;
          this.cut = undefined;
          if (silently) return;
          client.destroy();
          // What was sent still reaches the server.
          server.end();
        }
      });
      from.on('close', () => (broken.is ? undefined : to.end()));
    };
    carry('client', client, server);
    carry('server', server, client);
  }
}

/** Splits bytes into messages: a type, a length that counts itself, a body; the first of a client has no type. */
function messagesOf(untyped: boolean): (bytes: Buffer) => Buffer[] {
  let first = untyped;
  let rest: Buffer = Buffer.alloc(0);
  return (bytes) => {
    rest = Buffer.concat([rest, bytes]);
    const found: Buffer[] = [];
    for (;;) {
      const head = first ? 0 : 1;
      if (rest.length < head + 4) return found;
      const size = head + rest.readUInt32BE(head);
      if (rest.length < size) return found;
      found.push(rest.subarray(0, size));
      rest = rest.subarray(size);
      first = false;
    }
  };
}
