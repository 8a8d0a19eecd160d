import { createServer as createWebServer, type Server as WebServer } from 'node:http';
import { createServer as createSecureServer, type ServerOptions } from 'node:https';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** A receiver on this machine, and who is connected to it. */
export interface Receiver {
  readonly port: number;
  /** How many connections there were. */
  readonly connections: () => number;
  /** Resolves once the last connection has ended: nothing of it leaks. */
  close(): Promise<void>;
}

export const listening = async (server: Server | WebServer): Promise<Receiver> => {
  let connections = 0;
  server.on('connection', () => (connections += 1));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    connections: () => connections,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
};

/** Says something once a request has come, whatever it is. */
export const saying = (says: (socket: Socket) => void): Promise<Receiver> =>
  listening(createServer((socket) => socket.on('error', () => undefined).once('data', () => says(socket))));

/** A port that nobody listens at. */
export const deadPort = async (): Promise<number> => {
  const receiver = await listening(createServer());
  await receiver.close();
  return receiver.port;
};

export interface Proxy extends Receiver {
  /** What it was asked to connect to, and by whom. */
  readonly asked: readonly { readonly address: string; readonly authorization: string | undefined }[];
}

/**
 * A proxy that connects to one receiver on this machine, whatever address it is asked for; or answers with a status.
 *
 * @param secure where it is asked by TLS
 */
export const proxyTo = async (to: number | { readonly status: number }, secure?: ServerOptions): Promise<Proxy> => {
  const asked: { readonly address: string; readonly authorization: string | undefined }[] = [];
  const server = secure ? createSecureServer(secure) : createWebServer();
  server.on('connect', ({ url, headers }, socket: Socket) => {
    asked.push({ address: url ?? '', authorization: headers['proxy-authorization'] });
    socket.on('error', () => undefined);
    if (typeof to === 'object') socket.end(`HTTP/1.1 ${to.status} No\r\nContent-Length: 0\r\n\r\n`);
    else {
      const onward = connect({ host: '127.0.0.1', port: to }, () => socket.write('HTTP/1.1 200 Connected\r\n\r\n'));
      onward.on('error', () => undefined).on('close', () => socket.destroy());
      socket.on('close', () => onward.destroy());
      socket.pipe(onward).pipe(socket);
    }
  });
  return { ...(await listening(server)), asked };
};
