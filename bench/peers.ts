import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

const installed = join(__dirname, 'node_modules');

const json = async <Content>(...path: string[]) => JSON.parse(await readFile(join(...path), 'utf8')) as Content;

/** Which peers there are here, each with its version; undefined where one is missing or is another. */
const versions = async (): Promise<Readonly<Record<string, string>> | undefined> => {
  const { dependencies } = await json<{ dependencies: Record<string, string> }>(__dirname, 'package.json');
  for (const [name, version] of Object.entries(dependencies)) {
    const there = await json<{ version: string }>(installed, name, 'package.json').catch(() => undefined);
    if (there?.version !== version) return undefined;
  }
  return dependencies;
};

/** Installs the peers beside this file, as the lock file has them, where they are not there yet. */
export const withPeers = async (log: (line: string) => void): Promise<Readonly<Record<string, string>>> => {
  const there = await versions();
  if (there) return there;
  const remedy = 'npm ci --ignore-scripts --prefix bench';
  log(`the peers are installed into bench/node_modules, once: ${remedy}`);
  const code = await new Promise<number | null>((resolve) => {
    // Their output goes to standard error: standard output is the result's.
    spawn('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--prefix', __dirname], { cwd: __dirname, stdio: ['ignore', 2, 2] })
      .once('error', () => resolve(null))
      .once('exit', resolve);
  });
  const now = await versions();
  if (code !== 0 || !now) throw new Error(`the peers could not be installed: run \`${remedy}\` where the npm registry can be reached`);
  return now;
};

/** A peer is not there when this is compiled: what is used of it is declared by whoever uses it. */
export const peer = async <Used>(name: string): Promise<Used> => (await import(name)) as Used;

/** A file of a peer that ships SQL. */
export const fileOf = (name: string, path: string) => readFile(join(installed, name, path), 'utf8');
