import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(__dirname, '../..');

/** The programs of this folder and what they are made of, compiled once for all processes that will run them. */
export class Compiled {
  private constructor(private readonly folder: string) {}

  static make(): Compiled {
    const folder = mkdtempSync(join(tmpdir(), 'puente-compiled-'));
    const sources = ['src', ...['chaos', 'delivery', 'reading', 'stores', 'vault', 'cluster'].map((each) => `test/${each}`)];
    const words = [...sources, '--out-dir', folder, '--ignore', '**/*.spec.ts', '--copy-files', '--quiet'];
    execFileSync(process.execPath, [join(root, 'node_modules/@swc/cli/bin/swc.js'), ...words], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    return new Compiled(folder);
  }

  /** Where a program of this folder is. */
  program(name: 'writing' | 'projecting' | 'sending'): string {
    return join(this.folder, 'test/chaos', `${name}.js`);
  }
  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}
