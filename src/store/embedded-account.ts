import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';

/** The account PostgreSQL runs under, as `spawn` takes it; empty when that is the account of this process. */
export interface Account {
  readonly uid?: number;
  readonly gid?: number;
}

/**
 * PostgreSQL refuses to run as root, so root hands it to the owner of the first of `paths` that belongs to somebody else,
 * or else to `nobody`.
 *
 * @throws Error when root finds no other account
 */
export function accountFor(paths: readonly string[]): Account {
  if (process.getuid?.() !== 0) return {};
  for (const path of paths) {
    const owner = ownerOf(path);
    if (owner !== undefined && owner.uid !== 0) return owner;
  }
  const nobody = accounts().find((account) => account.name === 'nobody') ?? accounts().find((account) => account.uid > 0);
  if (!nobody) throw new Error('PostgreSQL refuses to run as root, and there is no other account: run as another user or set DATABASE_URL');
  return { uid: nobody.uid, gid: nobody.gid };
}

/** Whether the account can enter the folder and, when asked, write in it. */
export function canUse(account: Account, folder: string, access: 'read' | 'write'): boolean {
  const test = access === 'write' ? 'cd "$1" && test -w .' : 'cd "$1" && test -r .';
  return spawnSync('/bin/sh', ['-c', test, 'sh', folder], { ...account, cwd: '/', stdio: 'ignore' }).status === 0;
}

function ownerOf(path: string): { uid: number; gid: number } | undefined {
  const found = statSync(path, { throwIfNoEntry: false });
  return found && { uid: found.uid, gid: found.gid };
}

function accounts(): { name: string; uid: number; gid: number }[] {
  return readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .filter((fields) => fields.length > 3)
    .map(([name, , uid, gid]) => ({ name: name!, uid: Number(uid), gid: Number(gid) }));
}
