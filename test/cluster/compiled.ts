import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(__dirname, '../..');
const sources = ['src', 'scripts', ...['chaos', 'delivery', 'reading', 'stores', 'vault', 'cluster'].map((each) => `test/${each}`)];

/** @returns a folder of its own with the programs that are started in processes, and what they are made of */
const compile = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'puente-compiled-'));
  const words = [...sources, '--out-dir', folder, '--ignore', '**/*.spec.ts', '--copy-files', '--quiet'];
  execFileSync(process.execPath, [join(root, 'node_modules/@swc/cli/bin/swc.js'), ...words], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  return folder;
};

/** Compiled by whoever is first in a run of Jest, whose tear-down removes it; what others made at that moment is not needed. */
const ofThisRun = (folder: string): string => {
  if (existsSync(folder)) return folder;
  const made = compile();
  try {
    renameSync(made, folder);
  } catch (error) {
    rmSync(made, { recursive: true });
    if (!existsSync(folder)) throw error;
  }
  return folder;
};

/** Programs of this tree, compiled once for all processes that will run them: once a run where Jest runs. */
export class Compiled {
  private constructor(
    private readonly folder: string,
    private readonly isOwn: boolean,
  ) {}

  static make(): Compiled {
    const folder = process.env['PUENTE_TEST_COMPILED'];
    return folder === undefined ? new Compiled(compile(), true) : new Compiled(ofThisRun(folder), false);
  }

  /** Where a program is. */
  program(name: 'src/cli' | 'scripts/verify' | `test/chaos/${'writing' | 'projecting' | 'sending'}`): string {
    return join(this.folder, `${name}.js`);
  }
  remove(): void {
    if (this.isOwn) rmSync(this.folder, { recursive: true });
  }
}
