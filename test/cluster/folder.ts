import { chmodSync, lstatSync, mkdtempSync, readdirSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAlive } from '../../src/store/embedded-watcher';

/** A file system in memory, where the machine has one. */
const memory = '/dev/shm';
/** Bytes: the write-ahead log alone takes one gibibyte. */
const enough = 3 * 2 ** 30;

const hasRoom = (folder: string): boolean => {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize >= enough;
  } catch {
    return false;
  }
};

/** Memory would be held until the machine starts anew by what a process of this account left that was killed. */
const removeLeft = (parent: string): void => {
  for (const name of readdirSync(parent)) {
    const maker = /^puente-cluster-(\d+)-/.exec(name)?.[1];
    const left = join(parent, name);
    if (maker !== undefined && !isAlive(Number(maker)) && lstatSync(left, { throwIfNoEntry: false })?.uid === process.getuid?.())
      rmSync(left, { recursive: true, force: true });
  }
};

/**
 * A folder for the data of a PostgreSQL that ends with this process: in memory where there is room, since most of what tests wait for is
 * the copying of databases. No test cuts the power, and what is killed loses nothing that was written to the system.
 */
export const clusterFolder = (): string => {
  const parent = hasRoom(memory) ? memory : tmpdir();
  removeLeft(parent);
  const folder = mkdtempSync(join(parent, `puente-cluster-${process.pid}-`));
  // The account PostgreSQL runs under has to cross it.
  chmodSync(folder, 0o755);
  return folder;
};
