import type { Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { Answer, Failure } from '../../src/delivery/egress';

/** What a receiver says once it has a delivery, and what that must come to. */
export interface HostileAnswer {
  readonly what: string;
  readonly says: string | Buffer | ((socket: Socket) => void);
  /** It says no more, and ends the connection. */
  readonly ends?: true;
  readonly comesTo: Partial<Answer> | Partial<Failure>;
}

const crlf = (...lines: readonly string[]) => lines.map((line) => `${line}\r\n`).join('');
const body = (text: string | Buffer, ...headers: readonly string[]) =>
  Buffer.concat([Buffer.from(crlf('HTTP/1.1 200 OK', `Content-Length: ${Buffer.byteLength(text)}`, ...headers, '')), Buffer.from(text)]);

const answer = (status: number, rest: Partial<Answer> = {}): Partial<Answer> => ({ is: 'answer', status, truncated: false, ...rest });
const failure = (code: Failure['code']): Partial<Failure> => ({ is: 'failure', code });
const cut: Partial<Answer> = { truncated: true };

/** Goes on for ever, as fast as it is read; ends when the connection does. */
const forever = (head: string, chunk: string | Buffer) => (socket: Socket) => {
  const more = () => {
    while (!socket.destroyed && socket.write(chunk));
    if (!socket.destroyed) socket.once('drain', more);
  };
  socket.write(head);
  more();
};
const reset = (head: string) => (socket: Socket) => socket.write(head, () => socket.resetAndDestroy());

const redirects = [
  'http://169.254.169.254/latest/meta-data/',
  'http://127.0.0.1:5432/',
  'https://10.0.0.1/',
  'file:///etc/passwd',
  '//localhost/',
  '/hook',
];
const noHttp: readonly (readonly [string, string | Buffer])[] = [
  ['a word', 'hello\r\n\r\n'],
  ['a page without a status', '<html>hook</html>\r\n\r\n'],
  ['the banner of SSH', 'SSH-2.0-OpenSSH_9.6\r\n'],
  ['the banner of a mail server', '220 mail.example.org ESMTP\r\n'],
  ['an error of Redis', "-ERR unknown command 'POST'\r\n"],
  ['a record of TLS', Buffer.from('15030100020246', 'hex')],
  ['a frame of HTTP/2', Buffer.from('000012040000000000000300000080000400010000000500ffffff', 'hex')],
  ['zeros', Buffer.alloc(1_024)],
  ['the status of another protocol', crlf('ICY 200 OK', '')],
  ['a status of letters', crlf('HTTP/1.1 abc OK', '')],
  ['a status of two digits', crlf('HTTP/1.1 20 OK', '')],
  ['a status below zero', crlf('HTTP/1.1 -200 OK', '')],
  ['a version that there is not', crlf('HTTP/9.9 200 OK', '')],
  ['a request', crlf('POST / HTTP/1.1', 'Host: localhost', '')],
  ['a header without a colon', crlf('HTTP/1.1 200 OK', 'Retry-After', '')],
  ['a header with a space before its colon', crlf('HTTP/1.1 200 OK', 'Retry-After : 1', '')],
  ['a header with U+0000', crlf('HTTP/1.1 200 OK', 'Retry-After: \0', '')],
  ['a header without a name', crlf('HTTP/1.1 200 OK', ': 1', '')],
  ['a length below zero', crlf('HTTP/1.1 200 OK', 'Content-Length: -1', '')],
  ['a length in words', crlf('HTTP/1.1 200 OK', 'Content-Length: two', '')],
  ['a length beyond all numbers', crlf('HTTP/1.1 200 OK', 'Content-Length: 99999999999999999999999', '')],
  ['two lengths', crlf('HTTP/1.1 200 OK', 'Content-Length: 1', 'Content-Length: 2', '')],
  ['another protocol from here on', crlf('HTTP/1.1 101 Switching Protocols', 'Upgrade: websocket', 'Connection: Upgrade', '')],
  ['that one may continue', crlf('HTTP/1.1 100 Continue', '', 'HTTP/1.1 200 OK', 'Content-Length: 0', '')],
  ['a header of 1 MB', crlf('HTTP/1.1 200 OK', `X-Flood: ${'a'.repeat(1_000_000)}`, '')],
  ['20,000 headers', crlf('HTTP/1.1 200 OK', ...Array.from({ length: 20_000 }, (_, index) => `X-${index}: a`), '')],
];
const readAs: readonly (readonly [string, string | Buffer, string])[] = [
  ['nothing', '', ''],
  ['words of every alphabet', 'ação ✓ 北京 🏙', 'ação ✓ 北京 🏙'],
  ['lines', 'a\r\nb\n\tc', 'a\nb\n\tc'],
  ['U+0000 and bells', 'a\0b\x07c\x1b[31md', 'a\ufffdb\ufffdc\ufffd[31md'],
  ['text that turns round', 'a\u202eb\u2066c\u2028d', 'a\ufffdb\ufffdc\ufffdd'],
  ['halves of characters', Buffer.from('61eda080edb08062', 'hex'), `a${'\ufffd'.repeat(6)}b`],
  ['bytes that are no text', Buffer.from('61ff80c062', 'hex'), 'a\ufffd\ufffd\ufffdb'],
  ['characters of four bytes, beyond the end', '🏙'.repeat(2_000), '🏙'.repeat(1_000)],
  ['line ends, beyond the end', '\r\n'.repeat(2_000), '\n'.repeat(1_000)],
];

export const hostileAnswers: readonly HostileAnswer[] = [
  ...noHttp.map(([what, says]) => ({ what, says, comesTo: failure('BAD_ANSWER') })),
  ...readAs.map(([what, text, excerpt]) => ({ what: `a body of ${what}`, says: body(text), comesTo: answer(200, { excerpt }) })),
  ...redirects.map((to) => ({
    what: `a redirect to ${to}`,
    says: crlf('HTTP/1.1 307 Temporary Redirect', `Location: ${to}`, 'Content-Length: 0', ''),
    comesTo: answer(307),
  })),
  ...[200, 202, 299, 301, 302, 308, 400, 401, 404, 410, 429, 500, 503, 999].map((status) => ({
    what: `a plain ${status}`,
    says: crlf(`HTTP/1.1 ${status} Words`, 'Content-Length: 0', ''),
    comesTo: answer(status, { excerpt: '', headers: {} }),
  })),
  { what: 'nothing, and ends', says: '', ends: true, comesTo: failure('RESET') },
  { what: 'nothing, and breaks off', says: reset(''), comesTo: failure('RESET') },
  { what: 'half a status, and ends', says: 'HTTP/1.1 2', ends: true, comesTo: failure('RESET') },
  { what: 'half a status, and breaks off', says: reset('HTTP/1.1 2'), comesTo: failure('RESET') },
  { what: 'half a header, and ends', says: 'HTTP/1.1 200 OK\r\nRetry-Af', ends: true, comesTo: failure('RESET') },
  { what: 'half a header, and breaks off', says: reset('HTTP/1.1 200 OK\r\nRetry-After: 1'), comesTo: failure('RESET') },
  { what: 'half a body, and ends', says: crlf('HTTP/1.1 200 OK', 'Content-Length: 9', '', 'half'), ends: true, comesTo: answer(200, cut) },
  { what: 'half a body, and breaks off', says: reset(crlf('HTTP/1.1 500 Oh', 'Content-Length: 9', '', 'half')), comesTo: answer(500, cut) },
  {
    what: 'half a chunk, and ends',
    says: crlf('HTTP/1.1 200 OK', 'Transfer-Encoding: chunked', '', '9', 'half'),
    ends: true,
    comesTo: answer(200, cut),
  },
  {
    what: 'no last chunk',
    says: crlf('HTTP/1.1 200 OK', 'Transfer-Encoding: chunked', '', '4', 'half'),
    ends: true,
    comesTo: answer(200, cut),
  },
  { what: 'chunks of no length', says: crlf('HTTP/1.1 200 OK', 'Transfer-Encoding: chunked', '', 'zz', 'half'), comesTo: answer(200, cut) },
  {
    what: 'chunks without end',
    says: crlf('HTTP/1.1 200 OK', 'Transfer-Encoding: chunked', '', 'fffffffffffffffff', 'a'),
    comesTo: answer(200, cut),
  },
  {
    what: 'a chunk longer than it says',
    says: crlf('HTTP/1.1 200 OK', 'Transfer-Encoding: chunked', '', '1', 'abc'),
    comesTo: answer(200, cut),
  },
  {
    what: 'chunks as they should be',
    says: crlf('HTTP/1.1 200 OK', 'Transfer-Encoding: chunked', '', '2', 'ok', '0', ''),
    comesTo: answer(200, { excerpt: 'ok' }),
  },
  { what: 'HTTP/1.0, until it ends', says: crlf('HTTP/1.0 200 OK', '', 'ok'), ends: true, comesTo: answer(200, { excerpt: 'ok\n' }) },
  { what: 'no length, until it ends', says: crlf('HTTP/1.1 200 OK', '', 'ok'), ends: true, comesTo: answer(200, { excerpt: 'ok\n' }) },
  { what: 'no content, and content', says: crlf('HTTP/1.1 204 No Content', '', 'ok'), comesTo: answer(204, { excerpt: '' }) },
  {
    what: 'hints before the answer',
    says: crlf('HTTP/1.1 103 Early Hints', 'Link: </a>', '', 'HTTP/1.1 200 OK', 'Content-Length: 0', ''),
    comesTo: answer(200),
  },
  { what: 'two answers', says: Buffer.concat([body('ok'), body('no')]), comesTo: answer(200, { excerpt: 'ok' }) },
  {
    what: 'an answer, and words',
    says: Buffer.concat([body('ok'), Buffer.from('\r\nhello\r\n')]),
    comesTo: answer(200, { excerpt: 'ok' }),
  },
  {
    what: 'to come again later',
    says: crlf('HTTP/1.1 429 Slow', 'Retry-After: 120', 'X-Other: 1', 'Content-Length: 0', ''),
    comesTo: answer(429, { headers: { 'retry-after': '120' } }),
  },
  {
    what: 'to come again, twice',
    says: crlf('HTTP/1.1 503 No', 'Retry-After: 1', 'Retry-After: 2', 'Content-Length: 0', ''),
    comesTo: answer(503, { headers: { 'retry-after': '1' } }),
  },
  {
    what: 'to come again, at length',
    says: crlf('HTTP/1.1 503 No', `Retry-After: ${'9'.repeat(9_000)}`, 'Content-Length: 0', ''),
    comesTo: answer(503, { headers: { 'retry-after': '9'.repeat(200) } }),
  },
  {
    what: 'who may send, and how often',
    says: body('', 'WebHook-Allowed-Origin: puente.example.org', 'webhook-allowed-rate: 100'),
    comesTo: answer(200, { headers: { 'webhook-allowed-origin': 'puente.example.org', 'webhook-allowed-rate': '100' } }),
  },
  {
    what: 'a packed body',
    says: body(gzipSync(Buffer.alloc(10_000_000)), 'Content-Encoding: gzip'),
    comesTo: answer(200, { excerpt: '' }),
  },
  {
    what: 'a body packed twice',
    says: body(gzipSync(gzipSync('a'.repeat(1_000_000))), 'Content-Encoding: gzip, gzip'),
    comesTo: answer(200, { excerpt: '' }),
  },
  { what: 'a body packed in no way there is', says: body('ok', 'Content-Encoding: bomb'), comesTo: answer(200, { excerpt: '' }) },
  { what: 'as much as is read', says: body('a'.repeat(65_536)), comesTo: answer(200, { excerpt: 'a'.repeat(1_000) }) },
  { what: 'a byte more than is read', says: body('a'.repeat(65_537)), comesTo: answer(200, { excerpt: 'a'.repeat(1_000), ...cut }) },
  {
    what: '10 GB',
    says: forever(crlf('HTTP/1.1 200 OK', 'Content-Length: 10737418240', ''), Buffer.alloc(65_536, 'a')),
    comesTo: answer(200, { excerpt: 'a'.repeat(1_000), ...cut }),
  },
  {
    what: 'chunks for ever',
    says: forever(crlf('HTTP/1.1 500 Oh', 'Transfer-Encoding: chunked', ''), crlf('4', 'abcd').repeat(999)),
    comesTo: answer(500, cut),
  },
  { what: 'text for ever, of no length', says: forever(crlf('HTTP/1.1 200 OK', ''), 'abcd'.repeat(999)), comesTo: answer(200, cut) },
  { what: 'headers for ever', says: forever(crlf('HTTP/1.1 200 OK'), crlf('X-Flood: a').repeat(99)), comesTo: failure('BAD_ANSWER') },
  { what: 'a status for ever', says: forever('HTTP/1.1 200 ', '7'.repeat(999)), comesTo: failure('TIMED_OUT') },
  { what: 'empty lines for ever', says: forever('', '\r\n'.repeat(999)), comesTo: failure('TIMED_OUT') },
  { what: 'hints for ever', says: forever('', crlf('HTTP/1.1 103 Early Hints', 'Link: </a>', '')), comesTo: failure('TIMED_OUT') },
];
