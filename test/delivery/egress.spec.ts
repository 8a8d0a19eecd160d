import { createServer as createWebServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { Socket } from 'node:net';
import { Egress, type EgressOptions } from '../../src/delivery/egress';
import { certificate, expiredCertificate, key } from './certificates';
import { deadPort, listening, proxyTo, type Receiver, saying } from './receivers';
import { alarms, fixedNow, home, post, sendOnce } from './sending';

describe('a delivery', () => {
  const seen: { method?: string; url?: string; host?: string; body: string; servername?: string }[] = [];
  const answering = (): Parameters<typeof createWebServer>[1] => (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method, url, headers } = request;
      const { servername } = request.socket as Socket & { servername?: string };
      seen.push({ method: method!, url: url!, host: headers.host!, body: Buffer.concat(chunks).toString(), servername: servername! });
      response.end('thanks');
    });
  };
  let plain: Receiver;
  let secure: Receiver;
  let expired: Receiver;
  beforeAll(async () => {
    plain = await listening(createWebServer(answering()));
    secure = await listening(createSecureServer({ key, cert: certificate }, answering()));
    expired = await listening(createSecureServer({ key, cert: expiredCertificate }, answering()));
  });
  beforeEach(() => seen.splice(0));
  afterAll(() => Promise.all([plain.close(), secure.close(), expired.close()]));

  it('says what it is and for whom', async () => {
    const url = `https://hooks.example.org.:${secure.port}//hook?a=%00&b`;
    expect(await sendOnce(url, { ca: certificate, now: fixedNow })).toEqual({
      is: 'answer',
      status: 200,
      headers: {},
      excerpt: 'thanks',
      truncated: false,
      ms: 0,
    });
    expect(seen).toEqual([
      { method: 'POST', url: '//hook?a=%00&b', host: `hooks.example.org:${secure.port}`, body: post.body, servername: 'hooks.example.org' },
    ]);
  });

  it('asks whether it may come', async () => {
    const egress = new Egress({ loopback: true, lookup: home });
    const asking = {
      method: 'OPTIONS',
      url: `http://localhost:${plain.port}/hook`,
      headers: { 'webhook-request-origin': 'puente' },
    } as const;
    expect(await egress.send(asking)).toMatchObject({ is: 'answer', status: 200 });
    expect(seen).toMatchObject([{ method: 'OPTIONS', body: '' }]);
    await egress.close();
  });

  it.each<[string, () => string, Partial<EgressOptions>, RegExp]>([
    ['nobody vouches for', () => `https://hooks.example.org:${secure.port}/`, {}, /self[- ]signed/],
    ['is too old', () => `https://hooks.example.org:${expired.port}/`, { ca: expiredCertificate }, /expired/],
    ['names somebody else', () => `https://others.example.org:${secure.port}/`, { ca: certificate }, /altnames/],
    ['names this machine, not the name', () => `https://localhost:${secure.port}/`, { ca: certificate }, /altnames/],
  ])('is not handed to who shows a certificate that %s', async (_, url, options, detail) => {
    const outcome = await sendOnce(url(), options);
    expect(outcome).toMatchObject({ is: 'failure', code: 'TLS', detail: expect.stringMatching(detail) as string });
    expect(seen).toEqual([]);
  });

  it('to an address needs a certificate that names the address', async () =>
    expect(await sendOnce(`https://127.0.0.1:${secure.port}/`, { ca: certificate })).toMatchObject({ status: 200 }));

  it('goes to the next address where nobody takes a connection, and to no more than three', async () => {
    const tried = { lookup: () => Promise.resolve(['::1', '127.0.0.1']) };
    expect(await sendOnce(`http://localhost:${plain.port}/`, tried)).toMatchObject({ status: 200 });
    const asked = { lookup: () => Promise.resolve(['::1', '::1', '::1', '127.0.0.1']) };
    expect(await sendOnce(`http://localhost:${plain.port}/`, asked)).toMatchObject({ code: 'UNREACHABLE' });
    expect(await sendOnce(`http://127.0.0.1:${await deadPort()}/`)).toMatchObject({ code: 'UNREACHABLE', detail: 'ECONNREFUSED' });
  });

  it('follows the one before on its connection', async () => {
    const before = plain.connections();
    const egress = new Egress({ loopback: true, lookup: home });
    for (let count = 0; count < 20; count += 1) await egress.send({ ...post, url: `http://localhost:${plain.port}/${count}` });
    expect(seen.length).toBe(20);
    // A connection is free again a moment after its answer: who comes at once may find it taken.
    expect(plain.connections() - before).toBeLessThanOrEqual(2);
    expect(egress.open).toBe(plain.connections() - before);
    await egress.close();
    expect(egress.open).toBe(0);
  });

  it('leaves no connection open where more are open than are kept', async () => {
    const egress = new Egress({ loopback: true, lookup: home, mostKept: 4 });
    const sending = Array.from({ length: 20 }, (_, index) => egress.send({ ...post, url: `http://localhost:${plain.port}/${index}` }));
    expect((await Promise.all(sending)).every(({ is }) => is === 'answer')).toBe(true);
    while (egress.open > 4) await new Promise((resolve) => setImmediate(resolve));
    await egress.close();
  });

  it('follows a name to where it leads now, and not to where it should not', async () => {
    const proxy = await proxyTo(secure.port);
    const lookups = [
      ['93.184.215.14'],
      ['93.184.215.14'],
      ['2606:4700:4700::1111'],
      ['127.0.0.1'],
      ['93.184.215.14', '10.0.0.1'],
      ['10.0.0.1'],
    ];
    const egress = new Egress({
      loopback: false,
      lookup: () => Promise.resolve(lookups.shift()!),
      proxy: `http://puente:s%40cret@127.0.0.1:${proxy.port}`,
      ca: certificate,
    });
    const codes: unknown[] = [];
    while (lookups.length > 0) {
      const outcome = await egress.send({ ...post, url: 'https://hooks.example.org/hook' });
      codes.push(outcome.is === 'answer' ? outcome.status : outcome.code);
    }
    expect(codes).toEqual([200, 200, 200, 'NOT_PUBLIC', 'NOT_PUBLIC', 'NOT_PUBLIC']);
    const authorization = `Basic ${Buffer.from('puente:s@cret').toString('base64')}`;
    expect(new Set(proxy.asked.map((each) => each.authorization))).toEqual(new Set([authorization]));
    const ways = proxy.asked.map(({ address }) => address);
    expect(ways.filter((each, index) => each !== ways[index - 1])).toEqual(['93.184.215.14:443', '[2606:4700:4700::1111]:443']);
    expect(seen.map(({ host, servername }) => [host, servername])).toEqual(Array(3).fill(['hooks.example.org', 'hooks.example.org']));
    await egress.close();
    await proxy.close();
  });

  it('goes by a proxy that is asked by TLS, to nobody else', async () => {
    const proxy = await proxyTo(secure.port, { key, cert: certificate });
    const by = { loopback: false, lookup: () => Promise.resolve(['93.184.215.14']), proxy: `https://127.0.0.1:${proxy.port}` };
    expect(await sendOnce('https://hooks.example.org/', { ...by, ca: certificate })).toMatchObject({ status: 200 });
    expect(proxy.asked).toEqual([{ address: '93.184.215.14:443', authorization: undefined }]);
    expect(await sendOnce('https://others.example.org/', { ...by, ca: certificate })).toMatchObject({ code: 'TLS' });
    expect(await sendOnce('https://hooks.example.org/', by)).toMatchObject({ code: 'PROXY' });
    await proxy.close();
  });

  it.each<[string, (socket: Socket, ring: () => void) => void]>([
    ['says nothing', (_, ring) => ring()],
    ['says half a status', (socket, ring) => socket.write('HTTP/1.1 2', () => ring())],
    ['says more than is read', (socket) => socket.write(`HTTP/1.1 200 OK\r\n\r\n${'a'.repeat(70_000)}`)],
    [
      'says too little, too late',
      (socket, ring) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\na', () => setImmediate(ring)),
    ],
  ])('leaves no connection to who %s', async (_, says) => {
    const { alarm, ring } = alarms();
    const egress = new Egress({ loopback: true, lookup: home, alarm });
    let ended: Promise<unknown> | undefined;
    const receiver = await saying((socket) => {
      ended = new Promise((resolve) => socket.once('close', resolve));
      says(socket, () => ring(15_000));
    });
    await egress.send({ ...post, url: `http://localhost:${receiver.port}/` });
    // Comes to no end where the connection does not.
    await ended;
    await receiver.close();
    await egress.close();
  });

  it('takes no answer for its own that came before it', async () => {
    const answers = ['HTTP/1.1 202 Yes\r\nContent-Length: 0\r\n\r\n'.repeat(2), 'HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n'];
    const receiver = await saying((socket) => socket.write(answers.shift()!));
    const egress = new Egress({ loopback: true, lookup: home });
    const delivery = { ...post, url: `http://localhost:${receiver.port}/` };
    expect([await egress.send(delivery), await egress.send(delivery)]).toMatchObject([{ status: 202 }, { status: 500 }]);
    await egress.close();
    await receiver.close();
  });

  it('by a proxy that will not, or is not there, says nothing of where that is', async () => {
    const proxy = await proxyTo({ status: 407 });
    const by = (port: number) => ({
      loopback: false,
      lookup: () => Promise.resolve(['93.184.215.14']),
      proxy: `http://a:b@127.0.0.1:${port}`,
    });
    expect(await sendOnce('https://hooks.example.org/', by(proxy.port))).toMatchObject({ code: 'PROXY', detail: 'the proxy answered 407' });
    expect(await sendOnce('https://hooks.example.org/', by(await deadPort()))).toMatchObject({ code: 'PROXY', detail: 'ECONNREFUSED' });
    await proxy.close();
    const { alarm, ring } = alarms();
    const silent = await saying(() => ring(5_000));
    expect(await sendOnce('https://hooks.example.org/', { ...by(silent.port), alarm })).toMatchObject({ code: 'PROXY' });
    await silent.close();
  });

  it('under way ends when the process does, and none begins', async () => {
    const egress = new Egress({ loopback: true, lookup: home });
    let closed: Promise<void> | undefined;
    const receiver = await saying(() => {
      closed = egress.close();
    });
    const delivery = { ...post, url: `http://localhost:${receiver.port}/` };
    expect(await egress.send(delivery)).toMatchObject({ is: 'failure', code: 'STOPPED' });
    await closed;
    expect(egress.open).toBe(0);
    expect(await egress.send(delivery)).toMatchObject({ is: 'failure', code: 'STOPPED' });
    await receiver.close();
    expect(receiver.connections()).toBe(1);
  });

  it('with headers that are none is a mistake of who sends it', async () => {
    const egress = new Egress({ loopback: true, lookup: home });
    await expect(egress.send({ ...post, url: `http://localhost:${plain.port}/`, headers: { 'x-a': 'b\r\nc: d' } })).rejects.toThrow(
      'invalid',
    );
    expect([seen, egress.open]).toEqual([[], 0]);
    await egress.close();
  });
});
