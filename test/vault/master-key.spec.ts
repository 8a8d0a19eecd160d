import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { BadMasterKey, loadMasterKey } from '../../src/vault/master-key';
import { masterOf, seeded } from './seeded';

let folder: string;
const load = (fromEnvironment?: string, seed = 'master', home = folder) =>
  loadMasterKey({ home, fromEnvironment, randomBytes: seeded(seed).randomBytes });

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'puente-master-key-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** A process of its own that waits for a line, then loads the key and prints it. */
function loader(home: string): { ready: Promise<void>; go: () => Promise<string> } {
  const program = `
    const swc = require('@swc/core');
    require.extensions['.ts'] = (module, file) => module._compile(swc.transformFileSync(file).code, file);
    const { loadMasterKey } = require(${JSON.stringify(resolve(__dirname, '../../src/vault/master-key.ts'))});
    process.stdin.once('data', () =>
      loadMasterKey({ home: ${JSON.stringify(home)}, fromEnvironment: undefined, randomBytes: require('node:crypto').randomBytes })
        .then((key) => { console.log(key.toString('base64')); process.exit(0); }));
    console.log('ready');
  `;
  const child = spawn(process.execPath, ['-e', program], { cwd: resolve(__dirname, '../..'), stdio: ['pipe', 'pipe', 'inherit'] });
  let printed = '';
  child.stdout.setEncoding('utf8');
  const ended = new Promise<string>((done) => child.once('close', () => done(printed.replace('ready\n', '').trim())));
  const ready = new Promise<void>((done) => {
    child.stdout.on('data', (text: string) => {
      printed += text;
      if (printed.includes('ready\n')) done();
    });
    child.once('close', () => done());
  });
  return { ready, go: () => (child.stdin.end('go\n'), ended) };
}

describe('the master key', () => {
  it('is made on first use, readable to its owner alone, and the same ever after', async () => {
    const home = join(folder, 'made', 'too');
    const key = await load(undefined, 'first', home);
    expect(key).toHaveLength(32);
    expect((await load(undefined, 'second', home)).equals(key)).toBe(true);
    expect((await stat(join(home, 'master.key'))).mode & 0o777).toBe(0o600);
    expect(await readdir(home)).toEqual(['master.key']);
  });

  it('can be given in the environment, and then no file is made or read', async () => {
    expect((await load(masterOf('given').toString('base64'))).equals(masterOf('given'))).toBe(true);
    expect(await readdir(folder)).toEqual([]);
    await load();
    expect((await load(masterOf('given').toString('base64'))).equals(masterOf('given'))).toBe(true);
  });

  it('can be moved from the file to the environment', async () => {
    const key = await load();
    expect((await load(await readFile(join(folder, 'master.key'), 'utf8'), 'x', join(folder, 'elsewhere'))).equals(key)).toBe(true);
  });

  it.each(['too short', Buffer.alloc(31).toString('base64'), Buffer.alloc(33).toString('base64'), 'ä'.repeat(43)])(
    'is refused when it is not 32 bytes in base64, without being shown: %s',
    async (value) => {
      await expect(load(value)).rejects.toThrow(BadMasterKey);
      await expect(load(value)).rejects.not.toThrow(value);
      await writeFile(join(folder, 'master.key'), value);
      await expect(load()).rejects.toThrow(join(folder, 'master.key'));
    },
  );

  it('is never replaced: an empty file is refused', async () => {
    await writeFile(join(folder, 'master.key'), '');
    await expect(load()).rejects.toThrow(BadMasterKey);
  });

  it('says why when it cannot be read', async () => {
    await mkdir(join(folder, 'master.key'));
    await expect(load()).rejects.toThrow('EISDIR');
  });

  it('is one when several processes start at once', async () => {
    const processes = Array.from({ length: 6 }, () => loader(folder));
    await Promise.all(processes.map(({ ready }) => ready));
    const keys = await Promise.all(processes.map(({ go }) => go()));
    expect(keys[0]).toMatch(/^[A-Za-z0-9+/]{43}=$/);
    expect(new Set(keys).size).toBe(1);
    expect(await readdir(folder)).toEqual(['master.key']);
  }, 30_000);
});
