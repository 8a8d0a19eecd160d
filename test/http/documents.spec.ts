import { createHash, randomBytes } from 'node:crypto';
import { type IncomingMessage, request as ask } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { Response } from 'supertest';
import type { Role } from '../../src/kernel/fields';
import { boot, type Booted } from './booted';

// More than the buffers of a connection hold, so that an answer can be stopped half-way.
const largest = 16 * 1024 * 1024;
const digestOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const sha256 = (bytes: Buffer) => `sha-256=:${createHash('sha256').update(bytes).digest('base64')}:`;
const unknown = '0'.repeat(64);

describe('documents', () => {
  let booted: Booted;
  beforeAll(async () => {
    booted = await boot({ documents: { largest } });
  });
  afterAll(() => booted.close());
  beforeEach(() => booted.database.pool.query('truncate vault.document, vault.document_piece'));

  const upload = (bytes: Buffer, headers: Readonly<Record<string, string>> = {}, role: Role = 'programme-officer') =>
    booted
      .as(role)
      .post('/v1/documents')
      .set({ 'Content-Type': 'application/pdf', ...headers })
      // Bytes go as they are, whatever their type.
      .serialize((sent: unknown) => sent as string)
      .send(bytes as unknown as string);
  const bytesOf = (answer: IncomingMessage, done: (error: Error | null, body: Buffer) => void) => {
    const pieces: Buffer[] = [];
    answer.on('data', (piece: Buffer) => pieces.push(piece)).on('end', () => done(null, Buffer.concat(pieces)));
  };
  const download = (digest: string, role: Role = 'evaluator') =>
    booted
      .as(role)
      .get(`/v1/documents/${digest}`)
      .buffer(true)
      .parse(bytesOf as never);
  const isProblem = (answer: Response, status: number, code: string) => {
    expect(answer.headers['content-type']).toBe('application/problem+json');
    const body = (Buffer.isBuffer(answer.body) ? JSON.parse(answer.body.toString()) : answer.body) as { detail: string };
    expect(body).toMatchObject({ status, code });
    expect(answer.status).toBe(status);
    expect(body.detail).toMatch(/\w/);
    for (const header of ['etag', 'content-disposition', 'repr-digest']) expect(answer.headers).not.toHaveProperty(header);
    return body.detail;
  };
  const kept = async () => (await booted.database.pool.query('select from vault.document')).rowCount;
  const harm = (digest: string) =>
    booted.database.pool.query('update vault.document_piece set bytes = set_byte(bytes, 0, get_byte(bytes, 0) # 1) where digest = $1', [
      digest,
    ]);

  it.each([1, 70_000, (1 << 20) * 2 + 17])('come back as they came: %d bytes', async (size) => {
    const bytes = randomBytes(size);
    const digest = digestOf(bytes);
    const stored = await upload(bytes, { 'Content-Language': 'es', 'Content-Digest': sha256(bytes), 'Repr-Digest': sha256(bytes) });
    expect([stored.status, stored.body]).toEqual([201, { digest, mediaType: 'application/pdf', language: 'es', size }]);
    expect(stored.headers['location']).toBe(`/v1/documents/${digest}`);
    const answer = await download(digest);
    const { status, headers } = answer;
    expect(status).toBe(200);
    expect((answer.body as Buffer).equals(bytes)).toBe(true);
    expect(headers).toMatchObject({
      'content-type': 'application/pdf',
      'content-length': String(size),
      'content-language': 'es',
      'content-disposition': `attachment; filename="${digest}.pdf"`,
      'x-content-type-options': 'nosniff',
      'repr-digest': sha256(bytes),
      'cache-control': 'private, no-cache',
      etag: `"${digest}"`,
    });
  });

  it('are one where the bytes are, also when they are sent at once', async () => {
    const bytes = randomBytes(1_500_000);
    const answers = await Promise.all(Array.from({ length: 5 }, () => upload(bytes)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 201]);
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(await kept()).toBe(1);
  });

  it('are told by HEAD, and not sent again to whoever has them', async () => {
    const bytes = randomBytes(1000);
    const digest = digestOf(bytes);
    await upload(bytes);
    const head = await booted.as('service').head(`/v1/documents/${digest}`).expect(200);
    expect(head.headers).toMatchObject({ 'content-length': '1000', etag: `"${digest}"` });
    await booted.as('service').get(`/v1/documents/${digest}`).set('If-None-Match', `"${digest}"`).expect(304, '');
    await booted.as('service').get(`/v1/documents/${digest}`).set('If-None-Match', `"${unknown}"`).expect(200);
    await booted.as('service').head(`/v1/documents/${unknown}`).expect(404);
  });

  it.each([
    ['text/csv', 'csv'],
    ['text/plain; charset=utf-8', 'txt'],
    ['Text/Plain; charset="UTF-8"', 'txt'],
    ['image/jpeg', 'jpg'],
    ['application/vnd.oasis.opendocument.spreadsheet', 'ods'],
  ])('may be %s, and are saved, not shown', async (type, ending) => {
    const bytes = Buffer.from('<script>alert(1)</script>');
    const stored = await upload(bytes, { 'Content-Type': type }).expect(201);
    expect(stored.body).toMatchObject({ mediaType: type.split(';')[0]!.toLowerCase() });
    const { headers } = await download(digestOf(bytes)).expect(200);
    expect(headers['content-disposition']).toBe(`attachment; filename="${digestOf(bytes)}.${ending}"`);
    expect(headers['content-type']).toBe(type.split(';')[0]!.toLowerCase());
  });

  it.each<[string, Record<string, string>]>([
    ['a page', { 'Content-Type': 'text/html' }],
    ['JSON', { 'Content-Type': 'application/json' }],
    ['a picture with scripts', { 'Content-Type': 'image/svg+xml' }],
    ['an archive', { 'Content-Type': 'application/zip' }],
    ['a form', { 'Content-Type': 'multipart/form-data; boundary=x' }],
    ['nothing that was said', { 'Content-Type': '' }],
    ['a name that every object has', { 'Content-Type': 'constructor' }],
    ['another charset', { 'Content-Type': 'text/plain; charset=latin1' }],
    ['two types', { 'Content-Type': 'application/pdf, text/html' }],
  ])('are not %s', async (_, headers) => {
    isProblem(await upload(Buffer.from('{}'), headers), 415, 'DOCUMENT_TYPE_NOT_TAKEN');
    expect(await kept()).toBe(0);
  });

  it('come unpacked, and not empty', async () => {
    isProblem(await upload(gzipSync('x'), { 'Content-Encoding': 'gzip' }), 415, 'DOCUMENT_TYPE_NOT_TAKEN');
    isProblem(await upload(Buffer.alloc(0)), 400, 'DOCUMENT_EMPTY');
    expect(await kept()).toBe(0);
  });

  it.each<[string, Record<string, string>, string]>([
    ['a language that is none', { 'Content-Language': 'xx' }, 'Content-Language'],
    ['two languages', { 'Content-Language': 'es, pt' }, 'Content-Language'],
    ['a language of a country', { 'Content-Language': 'es-ES' }, 'Content-Language'],
    ['a digest that is none', { 'Content-Digest': 'sha-256=:AAAA:' }, 'Content-Digest'],
    ['a digest in hex', { 'Repr-Digest': `sha-256=${unknown}` }, 'Repr-Digest'],
    ['a digest of another kind alone', { 'Content-Digest': 'md5=:AAAAAAAAAAAAAAAAAAAAAA==:' }, 'Content-Digest'],
  ])('are refused with %s', async (_, headers, path) => {
    const answer = await upload(Buffer.from('x'), headers);
    isProblem(answer, 400, 'MALFORMED');
    expect((answer.body as { errors: { path: string }[] }).errors).toMatchObject([{ path }]);
    expect(await kept()).toBe(0);
  });

  it('are refused where other bytes were announced, in either header, and nothing is kept', async () => {
    const [bytes, others] = [Buffer.from('as sent'), Buffer.from('as announced')];
    for (const header of ['Content-Digest', 'Repr-Digest'])
      expect(isProblem(await upload(bytes, { [header]: `sha-512=:AAAA:, ${sha256(others)}` }), 400, 'DIGEST_DIFFERS')).toContain(
        digestOf(bytes),
      );
    expect(await kept()).toBe(0);
  });

  it('are refused beyond the limit: by the length that was said, and where none was', async () => {
    const bytes = Buffer.alloc(largest + 1);
    expect(isProblem(await upload(bytes).set('Accept-Language', 'pt'), 413, 'DOCUMENT_TOO_LARGE')).toContain('16 MiB');
    const { port } = booted.server.address() as AddressInfo;
    const status = await new Promise((resolve, reject) => {
      const headers = { 'Content-Type': 'application/pdf', Authorization: `Bearer ${booted.tokens.admin}` };
      const sending = ask({ port, host: '127.0.0.1', method: 'POST', path: '/v1/documents', headers }, (answer) => {
        resolve(answer.statusCode);
        answer.resume();
      });
      sending.on('error', reject);
      for (let sent = 0; sent < bytes.length; sent += 1 << 20) sending.write(bytes.subarray(sent, sent + (1 << 20)));
      sending.end();
    });
    expect(status).toBe(413);
    expect(await kept()).toBe(0);
  });

  it('leave nothing behind when the line breaks off', async () => {
    const { port } = booted.server.address() as AddressInfo;
    const socket = connect(port, '127.0.0.1');
    const head = [
      'POST /v1/documents HTTP/1.1',
      'Host: x',
      `Authorization: Bearer ${booted.tokens.admin}`,
      'Content-Type: application/pdf',
      'Content-Length: 1000',
    ];
    socket.write(`${head.join('\r\n')}\r\n\r\nhalf`);
    const taken = new Promise((resolve) => booted.server.once('request', (request: IncomingMessage) => request.once('close', resolve)));
    socket.end();
    await taken;
    expect(await kept()).toBe(0);
  });

  it('are known as one thing: another type or language is refused, until an officer says otherwise', async () => {
    const bytes = Buffer.from('a plan');
    const digest = digestOf(bytes);
    await upload(bytes, { 'Content-Language': 'es' }).expect(201);
    await upload(bytes).expect(200);
    isProblem(await upload(bytes, { 'Content-Language': 'pt' }, 'focal-point'), 409, 'DOCUMENT_DESCRIBED_OTHERWISE');
    isProblem(await upload(bytes, { 'Content-Type': 'text/plain' }), 409, 'DOCUMENT_DESCRIBED_OTHERWISE');
    const change = (role: Role, body: object) => booted.as(role).patch(`/v1/documents/${digest}`).send(body);
    await change('focal-point', { language: 'pt' }).expect(403);
    await change('programme-officer', { language: 'xx' }).expect(400);
    await change('programme-officer', { size: 1 }).expect(400);
    await change('programme-officer', { language: 'pt' }).expect(200, { digest, mediaType: 'application/pdf', language: 'pt', size: 6 });
    await upload(bytes, { 'Content-Language': 'pt' }).expect(200);
    await booted.as('admin').patch(`/v1/documents/${unknown}`).send({ language: 'pt' }).expect(404);
  });

  it.each([10, 2_000_000])('are never given where a stored byte of %d changed, and are whole again when stored again', async (size) => {
    const bytes = randomBytes(size);
    const digest = digestOf(bytes);
    await upload(bytes);
    await harm(digest);
    const damaged = await download(digest);
    isProblem(damaged, 500, 'DOCUMENT_DAMAGED');
    await booted.as('evaluator').head(`/v1/documents/${digest}`).expect(500);
    await upload(bytes).expect(200);
    expect(((await download(digest).expect(200)).body as Buffer).equals(bytes)).toBe(true);
  });

  it('are never given as complete where a byte changes while they go out', async () => {
    const bytes = randomBytes(largest);
    const digest = digestOf(bytes);
    await upload(bytes);
    const { port } = booted.server.address() as AddressInfo;
    const outcome = await new Promise<string>((resolve) => {
      const headers = { Authorization: `Bearer ${booted.tokens.admin}` };
      let harmed: Promise<unknown> | undefined;
      let came = 0;
      const asking = ask({ port, host: '127.0.0.1', path: `/v1/documents/${digest}`, headers }, (answer) => {
        answer.pause();
        harmed = booted.database.pool
          .query('update vault.document_piece set bytes = set_byte(bytes, 5, get_byte(bytes, 5) # 1) where digest = $1 and n = 15', [
            digest,
          ])
          .then(() => answer.resume());
        answer.on('data', (piece: Buffer) => (came += piece.length));
        answer.pause();
        answer.on('end', () => resolve(`complete with ${came} bytes`));
        answer.on('error', () => void harmed?.then(() => resolve(came < largest ? 'cut short' : 'all bytes came')));
      });
      asking.end();
    });
    expect(outcome).toBe('cut short');
  });

  it('are erased by an admin, with the reason, for good', async () => {
    const bytes = Buffer.from('a list of names');
    const digest = digestOf(bytes);
    await upload(bytes);
    const erase = (role: Role, reason?: string) => booted.as(role).post(`/v1/documents/${digest}/erase`).send({ reason });
    await erase('programme-officer', 'Asked for').expect(403);
    await erase('admin').expect(400);
    await erase('admin', 'Ana asked for it').expect(204, '');
    await erase('admin', 'Again').expect(204);
    expect(isProblem(await download(digest), 410, 'DOCUMENT_ERASED')).toContain('Ana asked for it');
    expect(isProblem(await download(digest, 'focal-point'), 410, 'DOCUMENT_ERASED')).not.toContain('Ana');
    isProblem(await upload(bytes), 410, 'DOCUMENT_ERASED');
    await booted.as('admin').patch(`/v1/documents/${digest}`).send({ language: 'pt' }).expect(410);
    await booted.as('admin').post(`/v1/documents/${unknown}/erase`).send({ reason: 'None' }).expect(404);
  });

  it.each([
    ['a way up', '%2e%2e%2f%2e%2e%2fetc%2fpasswd'],
    ['a way up as long as a digest', `${'..%2f'.repeat(21)}a`],
    ['capitals', 'A'.repeat(64)],
    ['one digit too few', 'a'.repeat(63)],
    ['U+0000', `${'a'.repeat(63)}%00`],
    ['a line feed', `${'a'.repeat(64)}%0A`],
    ['bad percent encoding', '%E0%A4%A'],
  ])('have no name with %s', async (_, name) => {
    isProblem(await download(name), 400, 'MALFORMED');
    isProblem(await booted.as('admin').post(`/v1/documents/${name}/erase`).send({ reason: 'x' }), 400, 'MALFORMED');
  });

  it('are not found where nobody stored them, and every problem is told in three languages', async () => {
    isProblem(await download(unknown), 404, 'NOT_FOUND');
    const told = await Promise.all(
      ['en', 'es', 'pt'].map(async (language) =>
        isProblem(await upload(Buffer.alloc(0)).set('Accept-Language', language), 400, 'DOCUMENT_EMPTY'),
      ),
    );
    expect(new Set(told).size).toBe(3);
  });

  it('are stored by those who bring them, and by no reader', async () => {
    for (const role of ['programme-officer', 'focal-point', 'assessor', 'admin'] as const)
      await upload(Buffer.from(role), {}, role).expect(201);
    for (const role of ['evaluator', 'service'] as const) await upload(Buffer.from(role), {}, role).expect(403);
    await upload(Buffer.from('nobody')).set('Authorization', '').expect(401);
    expect(await kept()).toBe(4);
  });

  it('must be stored before a command can name them', async () => {
    const before = await booted.recorded();
    const answer = await booted
      .as('programme-officer')
      .post('/v1/pairings/cartagena-malaga/attach-plan-document')
      .send({ version: 1, document: unknown });
    isProblem(answer, 409, 'UNKNOWN_REFERENCE');
    expect(await booted.recorded()).toBe(before);
  });
});
