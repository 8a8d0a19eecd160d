/**
 * So many readers of server-sent events, as bare connections in a process of their own, so that their memory is not the server's. Tells its
 * parent when all are open, and when one event came to the last.
 */
import { connect } from 'node:net';

interface Order {
  readonly port: number;
  readonly path: string;
  readonly token: string;
  readonly readers: number;
}
/** Connections on their way at once. */
const atOnce = 50;

const reader = ({ port, path, token }: Order, open: () => void, came: () => void): void => {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  let isOpen = false;
  const opened = () => {
    if (!isOpen) open();
    isOpen = true;
  };
  socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\nAuthorization: Bearer ${token}\r\n\r\n`);
  socket.on('data', (chunk) => {
    const text = chunk.toString('latin1');
    if (/^HTTP\/1\.1 (?!200)/.test(text)) throw new Error(text.slice(0, 300));
    if (text.includes('retry: ')) opened();
    if (text.includes('data: ')) came();
  });
  socket.on('error', () => process.exit(0));
};

process.once('message', (order: Order) => {
  let [begun, open, came] = [0, 0, 0];
  const begin = (): void => {
    if (begun === order.readers) return;
    begun += 1;
    reader(
      order,
      () => {
        if ((open += 1) === order.readers) process.send!('open');
        begin();
      },
      () => {
        if ((came += 1) === order.readers) process.send!(Number(process.hrtime.bigint()) / 1e6);
      },
    );
  };
  for (let nth = 0; nth < atOnce; nth += 1) begin();
});
process.once('disconnect', () => process.exit(0));
