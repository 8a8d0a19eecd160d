import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { settings } from '../../src/cli/settings';
import { AskedWrongly } from '../../src/http/auth';
import { mintDevToken } from '../../src/http/dev-issuer';
import { serve, serveOptions } from '../../src/http/server';
import { openPuente } from '../../src/puente';
import { freshDatabase } from '../cluster/database';
import { puente } from './terminal';

// A process takes seconds to start on a busy machine.

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'puente-cli-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

describe('whoever asks the command line wrongly is told what is wrong, and gets exit code 2', () => {
  it.each([
    ['a file that is not there', ['import', 'no-such-file.jsonl'], 'no-such-file.jsonl cannot be read: there is no such file'],
    [
      'a read model that there is none of',
      ['retry', 'bord'],
      'Allowed choices are timeline, board, calls, parties, listed, ranking, candidates, assignments,',
    ],
    ['a token of nobody', ['token', '--role', 'evaluator', '--subject', ''], 'It must have 1 to 1000 characters.'],
  ])('%s, before anything is opened', async (_, words, says) => {
    const { code, out, err } = await puente(words, { PUENTE_HOME: home });
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(says);
    expect(readdirSync(home)).toEqual([]);
  });

  it('a folder where none can be made, instead of waiting for ever', async () => {
    const { code, out, err } = await puente(['token', '--role', 'evaluator'], { PUENTE_HOME: '/proc/puente/home' });
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(/^PUENTE_HOME=\/proc\/puente\/home cannot be used \(ENOENT/);
  });

  it('a folder that is a file, or below one', async () => {
    for (const inTheWay of [__filename, join(__filename, 'home')]) {
      const says = `PUENTE_HOME=${inTheWay} cannot be used (`;
      await expect(mintDevToken({ home: inTheWay, role: 'evaluator' })).rejects.toThrow(says);
      await expect(openPuente({ home: inTheWay, log: () => undefined })).rejects.toThrow(says);
    }
  });

  it.each([
    ['DATABASE_URL', 'nonsense'],
    ['DATABASE_URL', 'mysql://localhost/puente'],
    ['PUENTE_MASTER_KEY', 'abc'],
  ])('a %s that is none, which is named and not repeated', (variable, value) => {
    const wrong = () => settings({ [variable]: value });
    expect(wrong).toThrow(AskedWrongly);
    expect(wrong).toThrow(
      expect.objectContaining({ message: expect.stringMatching(new RegExp(`^${variable}: it must (?!.*${value})`)) as string }) as Error,
    );
    expect(
      settings({ DATABASE_URL: 'postgres://user@db/puente', PUENTE_MASTER_KEY: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=' }),
    ).toMatchObject({
      databaseUrl: 'postgres://user@db/puente',
      masterKey: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=',
    });
  });

  it('an address that is none, or not of this machine', async () => {
    expect(() => serveOptions({ HOST: '999.1.1.1' })).toThrow(AskedWrongly);
    expect(serveOptions({ HOST: '::1' }).host).toBe('::1');
    const database = await freshDatabase();
    const options = { ...serveOptions({ PORT: '0' }), host: '203.0.113.7', issuer: 'https://id.example', audience: 'x' };
    try {
      const served = serve({ home, databaseUrl: database.url, log: () => undefined }, { ...options, log: 'silent' });
      await expect(served).rejects.toThrow(new AskedWrongly('HOST=203.0.113.7 is no address of this machine'));
    } finally {
      await database.drop();
    }
  });

  it('a port that is taken', async () => {
    const database = await freshDatabase();
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    try {
      const { port } = other.address() as AddressInfo;
      const { code, err } = await puente(['serve'], { PUENTE_HOME: home, DATABASE_URL: database.url, PORT: String(port) });
      expect(err).toContain(`127.0.0.1:${port} is taken: stop what answers there, or choose another port, such as PORT=`);
      expect(code).toBe(2);
    } finally {
      other.close();
      await database.drop();
    }
  });
});

it('whoever names a database that does not answer is told so, with exit code 1', async () => {
  const { code, out, err } = await puente(['status'], { PUENTE_HOME: home, DATABASE_URL: 'postgres://eva:secret@127.0.0.1:1/puente' });
  expect([code, out]).toEqual([1, '']);
  expect(err).toBe('The database that DATABASE_URL names cannot be opened: connect ECONNREFUSED 127.0.0.1:1\n');
});
