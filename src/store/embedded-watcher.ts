import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Account } from './embedded-account';

/**
 * The last one out stops PostgreSQL. A process that uses it has a watcher of its own, which holds a mark (a file named after the
 * watcher's process id) for as long as the pipe to its process is open: until `stop()`, or until the process is gone, however it went.
 *
 * Who leaves announces it before looking for marks; who comes leaves a mark before looking for announcements. So either the one sees
 * the mark and lets PostgreSQL run, or the other sees the announcement and waits until it has stopped.
 */
const script = `
marks=$1 data=$2 pg_ctl=$3
trap '' INT TERM HUP
alive() {
  if [ -r "/proc/$1/stat" ]; then
    case "$(cat "/proc/$1/stat" 2>/dev/null)" in *") Z "*|'') return 1 ;; *) return 0 ;; esac
  fi
  kill -0 "$1" 2>/dev/null
}
: > "$marks/$$" || exit 1
echo here
while read -r line; do :; done
: > "$marks/leaving.$$"
rm -f "$marks/$$"
for mark in "$marks"/[0-9]*; do
  [ -e "$mark" ] || continue
  if alive "\${mark##*/}"; then rm -f "$marks/leaving.$$"; exit 0; fi
  rm -f "$mark"
done
socket=$(sed -n 5p "$data/postmaster.pid" 2>/dev/null)
# Connections that were ended take a moment to be gone; cut by the server they would be errors.
"$pg_ctl" stop -s -D "$data" -m smart -t 2 >/dev/null 2>&1 || "$pg_ctl" stop -s -D "$data" -m fast -t 60 >/dev/null 2>&1 || { sleep 1; "$pg_ctl" stop -s -D "$data" -m immediate -t 10 >/dev/null 2>&1; }
case "$socket" in */puente-??????) rmdir "$socket" 2>/dev/null ;; esac
rm -f "$marks/leaving.$$"
`;

export interface Watcher {
  /** Closes the pipe and waits until the watcher is done: PostgreSQL has stopped, or others use it. */
  leave(): Promise<void>;
}

/** Marks this process as a user of the server whose data are in `data`. Does not keep the process alive. */
export async function watch(marks: string, data: string, binaries: string, account: Account): Promise<Watcher> {
  const child = spawn('/bin/sh', ['-c', script, 'sh', marks, data, join(binaries, 'bin', 'pg_ctl')], {
    ...account,
    cwd: '/',
    // A session of its own: an interrupt from the terminal must not end it before it has done its work.
    detached: true,
    stdio: ['pipe', 'pipe', 'ignore'],
    env: { PATH: process.env['PATH'] ?? '/usr/bin:/bin', LC_ALL: 'C' },
  });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.stdin.on('error', () => undefined);
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', () => reject(new Error(`the watcher cannot write in ${marks}`)));
    child.stdout.once('data', () => resolve());
  });
  letGo(child);
  return {
    leave: () => {
      child.ref();
      child.stdin.end();
      return gone;
    },
  };
}

/** Whether a watcher is about to stop the server, or finding out whether it should. */
export function isLeaving(marks: string): boolean {
  for (const name of readdirSync(marks)) {
    if (!name.startsWith('leaving.')) continue;
    if (isAlive(Number(name.slice('leaving.'.length)))) return true;
    rmSync(join(marks, name), { force: true });
  }
  return false;
}

/** Whether the process runs; one that ended and was not yet collected by its parent does not. With `command`, whether it runs that. */
export function isAlive(pid: number, command?: string): boolean {
  if (existsSync('/proc/self/stat')) {
    try {
      const [, name, state] = /^\d+ \((.*)\) (\S)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))!;
      return state !== 'Z' && (command === undefined || name === command);
    } catch {
      return false;
    }
  }
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function letGo(child: ChildProcess): void {
  child.unref();
  (child.stdin as unknown as { unref(): void }).unref();
  child.stdout?.destroy();
}
