import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(__dirname, '../..');
let project: string;
const write = (file: string, text: string) => writeFileSync(join(project, 'src', file), text);
beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'puente-build-'));
  mkdirSync(join(project, 'src'));
  for (const file of ['package.json', 'package-lock.json', 'nest-cli.json', 'tsconfig.json', '.swcrc'])
    cpSync(join(root, file), join(project, file));
  symlinkSync(join(root, 'node_modules'), join(project, 'node_modules'));
  write('main.ts', "import { word } from './word';\nconsole.log(word);\n");
  write('word.ts', "export const word: string = 'one';\n");
});
afterEach(() => rmSync(project, { recursive: true, force: true }));

const run = (words: readonly string[]): Promise<{ readonly code: number | null; readonly out: string; readonly err: string }> =>
  new Promise((resolve, reject) => {
    const running = spawn(process.execPath, words, { cwd: project, stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '';
    let err = '';
    running.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
    running.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
    running.once('error', reject);
    running.once('close', (code) => resolve({ code, out, err }));
  });
/** What `npm run puente` does: builds where that is needed, and runs. */
const puente = async () => {
  const built = await run([join(root, 'scripts/build.mjs')]);
  return { ...built, built: built.err.includes('Successfully compiled'), says: (await run(['dist/src/main.js'])).out.trim() };
};

describe('whoever runs Puente', () => {
  it('has it built once, and again only when a source is another one, whatever the clock says', async () => {
    expect(await puente()).toMatchObject({ code: 0, out: '', built: true, says: 'one' });
    expect(await puente()).toMatchObject({ code: 0, built: false, says: 'one' });
    write('word.ts', "export const word: string = 'two';\n");
    utimesSync(join(project, 'src/word.ts'), new Date('2001-01-01'), new Date('2001-01-01'));
    expect(await puente()).toMatchObject({ built: true, says: 'two' });
    writeFileSync(join(project, 'tsconfig.json'), '{ "compilerOptions": { "outDir": "dist", "rootDir": "." }, "include": ["src"] }');
    expect(await puente()).toMatchObject({ built: true, says: 'two' });
  });

  it('does not run what was built of a source that is gone', async () => {
    await puente();
    rmSync(join(project, 'src/word.ts'));
    expect(await puente()).toMatchObject({ built: true, says: '' });
    expect(existsSync(join(project, 'dist/src/word.js'))).toBe(false);
  });

  it('is told of a source that cannot be compiled each time, until it is mended', async () => {
    await puente();
    write('word.ts', 'export const = ;\n');
    for (let time = 0; time < 2; time += 1) expect((await puente()).code).not.toBe(0);
    write('word.ts', "export const word: string = 'one';\n");
    expect(await puente()).toMatchObject({ code: 0, says: 'one' });
  });

  it('waits for whoever builds at the same time, and goes on where that one died', async () => {
    const both = await Promise.all([puente(), puente(), puente()]);
    expect(both.map(({ code, says }) => [code, says])).toEqual(Array(3).fill([0, 'one']));
    expect(both.filter(({ built }) => built)).toHaveLength(1);
    const dead = spawn(process.execPath, ['-e', '']);
    await new Promise((resolve) => dead.once('close', resolve));
    writeFileSync(join(project, 'dist/.building'), String(dead.pid));
    write('word.ts', "export const word: string = 'two';\n");
    expect(await puente()).toMatchObject({ code: 0, built: true, says: 'two' });
  });
});
