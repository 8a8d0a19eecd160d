/**
 * Builds Puente into `dist/` where its sources are no longer those that were built last, and does nothing otherwise: what every npm
 * script that runs Puente begins with. Sources are known by their contents, so that a checkout, a deleted file or a clock that is
 * wrong is seen; who comes while another builds waits for that build.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';

const root = process.cwd();
const dist = join(root, 'dist');
/** Of which sources `dist/` was built; there only while that is complete. */
const stamp = join(dist, '.built-of');
const lock = join(dist, '.building');

/** @type {(error: unknown) => string | undefined} */
const codeOf = (error) => /** @type {{ code?: string }} */ (error).code;

/** @type {(folder: string, ending: string) => readonly string[]} */
const filesIn = (folder, ending) =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith(ending))
        .toSorted()
        .map((file) => join(folder, file))
    : [];

const fingerprint = () => {
  const hash = createHash('sha256');
  const settings = ['package-lock.json', 'nest-cli.json', 'tsconfig.json', '.swcrc'].map((file) => join(root, file));
  for (const file of [...filesIn(join(root, 'src'), ''), ...settings]) {
    const found = bytesOf(file);
    if (found) hash.update(`${relative(root, file)} ${found.length}\n`).update(found);
  }
  return hash.digest('hex');
};
/**
 * Nothing for a folder, and for what has just gone.
 * @type {(file: string) => Buffer | undefined}
 */
const bytesOf = (file) => {
  try {
    return readFileSync(file);
  } catch (error) {
    if (['EISDIR', 'ENOENT'].includes(codeOf(error) ?? '')) return undefined;
    throw error;
  }
};

/** @type {(file: string) => string | undefined} */
const textOf = (file) => bytesOf(file)?.toString('utf8');
/** @type {(of: string) => boolean} */
const isBuilt = (of) => textOf(stamp) === of && !existsSync(lock);

/** @type {(id: number) => boolean} */
const isAlive = (id) => {
  try {
    return process.kill(id, 0);
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
};
/** Whether this process may build now: the lock appears with the number of its process in it, and one that a dead process left is set aside. */
const take = () => {
  const own = `${lock}-${process.pid}`;
  mkdirSync(dist, { recursive: true });
  writeFileSync(own, String(process.pid));
  try {
    linkSync(own, lock);
    return true;
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
    const holder = textOf(lock);
    if (holder !== undefined && !isAlive(Number(holder))) setAside(holder);
    return false;
  } finally {
    rmSync(own, { force: true });
  }
};
/** @type {(holder: string) => void} */
const setAside = (holder) => {
  const aside = `${lock}-left-by-${holder}-${process.pid}`;
  try {
    renameSync(lock, aside);
  } catch {
    return;
  }
  // Another may have set it aside and taken the lock between the look and the move.
  if (textOf(aside) !== holder) renameSync(aside, lock);
  else rmSync(aside);
};

/** What was built of a source that is gone would still be found by whoever asks for it. */
const removeLeftovers = () => {
  for (const built of filesIn(join(dist, 'src'), '.js')) {
    const source = join(root, relative(dist, built)).replace(/\.js$/, '.ts');
    if (!existsSync(source)) for (const file of [built, `${built}.map`]) rmSync(file, { force: true });
  }
};

/** @type {(of: string) => number} */
const build = (of) => {
  rmSync(stamp, { force: true });
  removeLeftovers();
  // Standard output belongs to what runs next.
  const { status } = spawnSync(join(root, 'node_modules/.bin/nest'), ['build'], { cwd: root, stdio: ['ignore', 2, 2] });
  if (status === 0) writeFileSync(stamp, of);
  return status ?? 1;
};

const pause = new Int32Array(new SharedArrayBuffer(4));
const upToDate = () => {
  for (;;) {
    const sources = fingerprint();
    if (isBuilt(sources)) return 0;
    if (take()) {
      try {
        return textOf(stamp) === sources ? 0 : build(sources);
      } finally {
        rmSync(lock, { force: true });
      }
    }
    Atomics.wait(pause, 0, 0, 100);
  }
};

process.exitCode = upToDate();
