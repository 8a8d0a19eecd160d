import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { Response } from 'supertest';
import { boot, type Booted, declared } from './booted';

/** Whatever a caller sends: a problem document with a stable code, never 5xx, nothing recorded. */
describe('what no caller may send', () => {
  let booted: Booted;
  beforeAll(async () => {
    booted = await boot();
  });
  afterAll(() => booted.close());
  afterEach(async () => expect(await booted.recorded()).toBe(0));

  const officer = () => booted.as('programme-officer');
  const declare = (id = 'fresh') => officer().post(`/v1/data-sets/${id}/declare-data-set`);
  const mission = { mission: 1, from: '2019-02-01', to: '2019-02-03', place: 'Málaga', delegates: 5 };
  const hold = (body: object) => officer().post('/v1/pairings/cartagena-malaga/hold-mission').send(body);
  const raw = (json: string) => declare().set('Content-Type', 'application/json').send(json);
  const with_ = (extra: string) => `${JSON.stringify(declared).slice(0, -1)},${extra}}`;

  const isProblem = (answer: Response, status: number, code: string) => {
    expect(answer.headers['content-type']).toBe('application/problem+json');
    expect(answer.body).toMatchObject({ status, code, type: `urn:puente:problem:${code.toLowerCase().replaceAll('_', '-')}` });
    expect(answer.status).toBe(status);
    expect((answer.body as { detail: string }).detail).toMatch(/\w/);
  };
  const paths = (answer: Response) => (answer.body as { errors: { path: string }[] }).errors.map(({ path }) => path);

  it.each([
    ['malformed JSON', '{"title": '],
    ['no object', '[1, 2]'],
    ['a bare word', '"title"'],
    ['null', 'null'],
    ['nothing but a brace', '{'],
    ['a byte order mark and rubbish', '\uFEFF{{'],
  ])('%s is not JSON', async (_, body) => isProblem(await raw(body), 400, 'NOT_JSON'));

  it.each([
    ['unknown fields', with_('"colour":"red"'), 'colour'],
    ['__proto__', with_('"__proto__":{"title":"x"}'), undefined],
    ['constructor', with_('"constructor":{"prototype":{"title":"x"}}'), 'constructor'],
    ['a name that every object has', with_('"toString":"x","hasOwnProperty":1'), 'toString'],
    ['U+0000', JSON.stringify({ ...declared, title: 'a\0b' }), 'title'],
    ['an escaped lone surrogate', with_('"note":"\\ud800"').replace('"note":"María counted twice",', ''), 'note'],
    ['a lone surrogate in a name of a field', with_('"\\udc00":1'), undefined],
    ['wrong types', JSON.stringify({ ...declared, title: 7 }), 'title'],
    ['a list for a word', JSON.stringify({ ...declared, title: ['x'] }), 'title'],
    ['an object for a word', JSON.stringify({ ...declared, note: { text: 'x', digest: 'y' } }), 'note'],
    ['null for a word', JSON.stringify({ ...declared, title: null }), 'title'],
    ['nesting without end', with_(`"x":${'['.repeat(100_000)}${']'.repeat(100_000)}`), undefined],
    ['objects without end', with_(`"x":${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`), undefined],
    ['fields without end', `{${Array.from({ length: 40_000 }, (__, i) => `"f${i}":1`).join(',')}}`, undefined],
    ['a number beyond all', with_('"x":1e999'), 'x'],
    ['words without end', JSON.stringify({ ...declared, title: 'x'.repeat(500_000) }), 'title'],
    ['a field sent twice', with_('"title":"Another"'), 'title'],
    ['a field sent twice deep inside', with_('"x":[0,{"a":{"b":1,"\\u0062":2}}]'), 'x.1.a.b'],
    ['a day that is none', JSON.stringify({ ...declared, occurredOn: '2019-02-30' }), 'occurredOn'],
    ['a date that is no text', JSON.stringify({ ...declared, occurredOn: 2019 }), 'occurredOn'],
  ])('%s is malformed', async (_, body, path) => {
    const answer = await raw(body);
    isProblem(answer, 400, 'MALFORMED');
    if (path !== undefined) expect(paths(answer)).toContain(path);
    expect(answer.text.length).toBeLessThan(50_000);
  });

  it.each([
    ['no UTF-8', [Buffer.from('{"title":"'), Buffer.from([0xff, 0xfe]), Buffer.from('"}')]],
    ['half a letter', [Buffer.from('{"title":"M'), Buffer.from([0xc3]), Buffer.from('laga"}')]],
    ['UTF-16', [Buffer.from('\ufeff{"title":"x"}', 'utf16le')]],
  ])('%s is told as that, and nothing is put in place of it', async (_, bytes) => {
    const answer = await declare()
      .set('Content-Type', 'application/json')
      .serialize((sent: unknown) => sent as string)
      .send(Buffer.concat(bytes) as unknown as string);
    isProblem(answer, 400, 'MALFORMED');
    expect(answer.body).toMatchObject({ errors: [{ path: 'body', code: 'NOT_UTF8' }] });
  });

  it('names every field that is wrong, the date among them', async () => {
    const answer = await hold({ ...mission, from: '2019-02-30', delegates: 2 ** 60, place: '', occurredOn: 'yesterday', colour: 'red' });
    isProblem(answer, 400, 'MALFORMED');
    expect(new Set(paths(answer))).toEqual(new Set(['from', 'delegates', 'place', 'occurredOn', 'colour']));
  });

  it.each([9007199254740993, -1, 1.5, '5', true, 1e21])('%p is no number of delegates', async (delegates) => {
    const answer = await hold({ ...mission, delegates });
    isProblem(answer, 400, 'MALFORMED');
    expect(paths(answer)).toContain('delegates');
  });

  it.each([
    ['a slash', 'a%2Fb'],
    ['a backslash', 'a%5Cb'],
    ['U+0000', 'a%00b'],
    ['a control character', 'a%0Ab'],
    ['a lone surrogate', '%ED%A0%80'],
    ['bad percent encoding', '%E0%A4%A'],
    ['a percent sign', '%'],
    ['too long', 'a'.repeat(81)],
    ['far too long', 'a'.repeat(5000)],
    ['capitals', 'Cartagena'],
    ['accents', 'm%C3%A1laga'],
    ['a hyphen at the end', 'malaga-'],
    ['a way up', '%2e%2e'],
    ['__proto__', '__proto__'],
  ])('an id with %s is malformed, for writing and for reading', async (_, id) => {
    isProblem(await declare(id).send(declared), 400, 'MALFORMED');
    isProblem(await officer().get(`/v1/data-sets/${id}`), 400, 'MALFORMED');
    isProblem(await officer().get(`/v1/data-sets/${id}/timeline`), 400, 'MALFORMED');
    isProblem(await officer().get(`/v1/persons/${id}`), 400, 'MALFORMED');
  });

  it('a body of ten megabytes is too large, also when it is small until unpacked', async () => {
    isProblem(await raw(with_(`"x":"${'x'.repeat(10_000_000)}"`)), 413, 'TOO_LARGE');
    const packed = gzipSync(with_(`"x":"${'x'.repeat(10_000_000)}"`));
    isProblem(
      await declare()
        .set('Content-Type', 'application/json')
        .set('Content-Encoding', 'gzip')
        .serialize((sent: unknown) => sent as string)
        .send(packed as unknown as string),
      413,
      'TOO_LARGE',
    );
  });

  it.each([
    ['another type', 'text/plain', undefined],
    ['a form', 'application/x-www-form-urlencoded', undefined],
    ['no type', 'nonsense', undefined],
    ['another charset', 'application/json; charset=latin1', undefined],
    ['an unknown encoding', 'application/json', 'zstd-of-mine'],
  ])('a body of %s is not taken', async (_, type, encoding) => {
    const request = declare().set('Content-Type', type);
    if (encoding !== undefined) request.set('Content-Encoding', encoding);
    isProblem(await request.send(JSON.stringify(declared)), 415, 'UNSUPPORTED_MEDIA_TYPE');
  });

  it('an unknown address is 404, a wrong method 405 with those it takes', async () => {
    isProblem(await officer().post('/v1/data-sets/fresh/no-such-command').send({}), 404, 'NO_SUCH_ROUTE');
    isProblem(await officer().get('/v2'), 404, 'NO_SUCH_ROUTE');
    isProblem(await officer().get('/%E0%A4%A'), 400, 'MALFORMED');
    const wrong = await officer().delete('/v1/data-sets/fresh');
    isProblem(wrong, 405, 'METHOD_NOT_ALLOWED');
    expect(wrong.headers['allow']).toBe('GET, HEAD');
    isProblem(await officer().put('/v1/data-sets/fresh/declare-data-set').send(declared), 405, 'METHOD_NOT_ALLOWED');
  });

  it.each([
    ['spaces', 'a b'],
    ['too long', 'a'.repeat(201)],
    ['nothing', ''],
    ['accents', 'clavé'],
  ])('an Idempotency-Key with %s is malformed', async (_, key) =>
    isProblem(await declare().set('Idempotency-Key', key).send(declared), 400, 'MALFORMED'),
  );

  it.each([
    'limit=0',
    'limit=201',
    'limit=ten',
    'limit=1&limit=2',
    'after=',
    'after=a%00b',
    'colour=red',
    '__proto__=x',
    'limit[]=1',
    `x=${'x'.repeat(8000)}`,
    'after=%E0%A4%A',
    '&&&=&',
  ])('the query %s is malformed', async (query) => isProblem(await officer().get(`/v1/data-sets?${query}`), 400, 'MALFORMED'));

  it.each(['x', '1', '1.', '-1.a', `${2n ** 63n}.a`, '1.a.b', '1.a, 1.a'])('the position %p is malformed', async (position) =>
    isProblem(await officer().get('/v1/data-sets').set('Puente-Position', position), 400, 'MALFORMED'),
  );

  /** What comes back for these very bytes. */
  const told = (sent: string) =>
    new Promise<string>((resolve, reject) => {
      let text = '';
      const { port } = booted.server.address() as AddressInfo;
      const socket = connect(port, '127.0.0.1', () => socket.write(sent));
      socket.on('data', (chunk) => (text += chunk.toString()));
      socket.on('close', () => resolve(text));
      socket.on('error', reject);
    });

  it.each([
    'http://here:99999/v1/pairings',
    'http://[x/v1/pairings',
    'http://here/v1/data-sets',
    'http://here:99999/v1/data-sets/fresh/timeline',
    'https://here/health/live?x=1',
    '*',
  ])('a request for %s is malformed: targets are paths', async (target) => {
    for (const method of ['GET', 'POST', 'OPTIONS']) {
      const head = `${method} ${target} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${booted.tokens['programme-officer']}`;
      const answer = await told(`${head}\r\nConnection: close\r\n\r\n`);
      expect(answer).toMatch(/^HTTP\/1.1 400 [\s\S]*application\/problem\+json[\s\S]*"code":"MALFORMED"[\s\S]*"instance":"urn:uuid:/);
    }
  });

  it.each(['//[x', '//[x:99999/v1/data-sets?limit=1', '/v1/data-sets?limit=1?', '/v1/data-sets?//[x:99999', '/v1//data-sets#x?a'])(
    'a request for %s is answered without failing',
    async (target) => {
      const head = `GET ${target} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${booted.tokens.evaluator}`;
      expect(await told(`${head}\r\nConnection: close\r\n\r\n`)).toMatch(/^HTTP\/1.1 4\d\d [\s\S]*application\/problem\+json/);
    },
  );

  it('what is no HTTP at all gets a problem too', async () => {
    expect(await told('GET /v1/a\u0001b HTTP/1.1\r\nHost: x\r\n\r\n')).toMatch(/^HTTP\/1.1 400 [\s\S]*"code":"MALFORMED"/);
    expect(await told(`GET /?${'x'.repeat(40_000)} HTTP/1.1\r\nHost: x\r\n\r\n`)).toMatch(/^HTTP\/1.1 431 [\s\S]*"code":"MALFORMED"/);
    const twice = `Authorization: Bearer ${booted.tokens.evaluator}`;
    expect(
      await told(
        `GET /v1/data-sets HTTP/1.1\r\nHost: x\r\n${twice}\r\n${twice}\r\nAccept-Language: es\r\nAccept-Language: pt\r\nConnection: close\r\n\r\n`,
      ),
    ).toMatch(/^HTTP\/1.1 200 /);
  });
});
