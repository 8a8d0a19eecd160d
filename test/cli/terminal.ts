import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { Compiled } from '../cluster/compiled';

/** What a command left behind in the terminal. */
export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** What `npm run puente` starts once it has built it. */
export const commandLine = (): string => Compiled.make().program('src/cli');

/** Runs the command line in a process of its own, as `npm run puente -- …` would. */
export const puente = (words: readonly string[], environment: Readonly<Record<string, string>>): Promise<Ended> =>
  new Promise((resolve, reject) => {
    const running = spawn(process.execPath, [commandLine(), ...words], {
      cwd: join(__dirname, '../..'),
      env: { PATH: process.env['PATH'], ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let out = '';
    let err = '';
    running.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
    running.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
    running.once('error', reject);
    running.once('close', (code) => resolve({ code, out, err }));
  });
