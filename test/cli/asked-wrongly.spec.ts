import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
