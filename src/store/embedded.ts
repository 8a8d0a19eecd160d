import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { accountFor, canUse, type Account } from './embedded-account';
import { binariesFor, cacheRoot, type Binaries } from './embedded-binaries';
import { isAlive, isLeaving, watch } from './embedded-watcher';

export interface Embedded {
  /** Connection string of the database `puente`, over a Unix socket. */
  readonly url: string;
  /** Ends this process's use of the server; the last one out stops it. Connections must have been closed before. */
  stop(): Promise<void>;
}

/** How long a server may take to start (it may have a crash to recover from) or to finish stopping, in milliseconds. */
const patience = 60_000;

/**
 * Uses the PostgreSQL whose data are under `home`, and starts it when it does not run. Several processes may use one home at once:
 * the server lives as long as one of them does, whoever started it.
 *
 * @param options.home folder of this installation, such as `.puente`; made when missing
 * @param options.log gets a line when something is done that the operator should know of (default: standard error)
 * @throws Error that names the remedy when no server can be started here
 */
export async function startEmbedded(options: { home: string; log?: (line: string) => void }): Promise<Embedded> {
  const log = options.log ?? ((line: string) => void process.stderr.write(`${line}\n`));
  const wanted = join(resolve(options.home), 'postgres');
  const account = accountFor([wanted, resolve(options.home)]);
  const binaries = binariesFor(account, log);
  const place = placeFor(resolve(options.home), wanted, account, log);
  const watcher = await watch(join(place, 'users'), join(place, 'data'), binaries.folder, account);
  try {
    const started = Date.now();
    while (isLeaving(join(place, 'users')) && Date.now() - started < patience) await pause(20);
    initialise(place, binaries, account);
    const socket = await running(place, binaries, account);
    await createDatabase(socket);
    return { url: urlOf(socket, 'puente'), stop: () => watcher.leave() };
  } catch (error) {
    await watcher.leave();
    throw error;
  }
}

/** Makes the folder for data, marks and socket where the account can reach it. */
function placeFor(home: string, wanted: string, account: Account, log: (line: string) => void): string {
  if (!existsSync(home)) {
    mkdirSync(home, { recursive: true });
    chmodSync(home, 0o755);
  }
  const make = (folder: string) => {
    if (existsSync(folder)) return;
    mkdirSync(folder, { mode: 0o700, recursive: true });
    if (account.uid !== undefined && account.gid !== undefined) chownSync(folder, account.uid, account.gid);
  };
  let place = wanted;
  if (account.uid !== undefined && !canUse(account, home, 'read')) {
    place = join(cacheRoot(), createHash('sha256').update(home).digest('hex').slice(0, 16));
    log(`PostgreSQL cannot run as root, and uid ${account.uid} cannot reach ${home}: the data are in ${place}`);
  }
  make(place);
  if (!canUse(account, place, 'write')) {
    throw new Error(`${place} belongs to uid ${statSync(place).uid}: run as that user or as root, or choose another PUENTE_HOME`);
  }
  make(join(place, 'users'));
  make(join(place, 'socket'));
  return place;
}

/** Makes the data folder beside its place and renames it, so that one left half-made is never taken for whole. */
function initialise(place: string, binaries: Binaries, account: Account): void {
  const data = join(place, 'data');
  for (const name of readdirSync(place)) {
    const maker = /^data-of-(\d+)$/.exec(name)?.[1];
    if (maker !== undefined && (Number(maker) === process.pid || !isAlive(Number(maker))))
      rmSync(join(place, name), { recursive: true, force: true });
  }
  if (!existsSync(data)) {
    const draft = join(place, `data-of-${process.pid}`);
    const made = spawnSync(
      join(binaries.folder, 'bin', 'initdb'),
      [
        ...['--pgdata', draft, '--username', 'puente', '--auth', 'trust', '--no-instructions'],
        ...['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'],
      ],
      { ...account, cwd: '/', encoding: 'utf8', env: environment },
    );
    if (made.status !== 0) {
      rmSync(draft, { recursive: true, force: true });
      throw new Error(`initdb failed in ${place}: ${made.error?.message ?? made.stderr.trim()}`);
    }
    try {
      renameSync(draft, data);
    } catch (error) {
      if (!existsSync(data)) throw error;
      rmSync(draft, { recursive: true, force: true });
    }
  }
  const written = readFileSync(join(data, 'PG_VERSION'), 'utf8').trim();
  if (written !== binaries.major)
    throw new Error(`${data} was written by PostgreSQL ${written}, this is ${binaries.major}: dump and load it`);
}

/** Waits for a server that answers, starting one when there is none; gives the folder of its socket. */
async function running(place: string, binaries: Binaries, account: Account): Promise<string> {
  const deadline = Date.now() + patience;
  let own: { code?: number | null } | undefined;
  let failure: unknown;
  while (Date.now() < deadline) {
    const lock = lockOf(place);
    if (lock && isAlive(lock.pid, 'postgres')) {
      try {
        await withClient(urlOf(lock.socket, 'postgres'), (client) => client.query('select 1'));
        return lock.socket;
      } catch (error) {
        failure = error;
      }
    } else if (own?.code === undefined && own) {
      failure = new Error('it wrote no lock file');
    } else {
      if (own && !/lock file|shared memory block/.test(logged(place))) {
        throw new Error(`PostgreSQL did not start in ${place}:\n${logged(place)}`);
      }
      if (own) {
        await pause(200);
        if (lock) disown(place, lock.pid);
      }
      own = launch(place, binaries, account);
    }
    await pause(20);
  }
  throw new Error(`PostgreSQL did not start in ${place} within ${patience / 1000} s:\n${logged(place)}`, { cause: failure });
}

function launch(place: string, binaries: Binaries, account: Account): { code?: number | null } {
  const output = openSync(join(place, 'log'), 'w');
  const child = spawn(
    join(binaries.folder, 'bin', 'postgres'),
    [
      ...['-D', join(place, 'data'), '-k', socketFolder(place, account), '-p', '5432'],
      ...[
        '-c',
        'max_connections=200',
        '-c',
        'listen_addresses=',
        '-c',
        'unix_socket_permissions=0700',
        '-c',
        'timezone=UTC',
        '-c',
        'log_timezone=UTC',
      ],
    ],
    { ...account, cwd: '/', detached: true, stdio: ['ignore', output, output], env: environment },
  );
  closeSync(output);
  child.unref();
  const state: { code?: number | null } = {};
  child.once('exit', (code) => (state.code = code));
  child.once('error', () => (state.code = null));
  return state;
}

/** The socket's path may have 107 bytes, and PostgreSQL reads commas and quotes in it as separators. */
function socketFolder(place: string, account: Account): string {
  const folder = join(place, 'socket');
  if (Buffer.byteLength(join(folder, '.s.PGSQL.5432.lock')) <= 107 && !/[,"]/.test(folder)) return folder;
  const short = mkdtempSync(join(tmpdir().length < 60 ? tmpdir() : '/tmp', 'puente-'));
  if (account.uid !== undefined && account.gid !== undefined) chownSync(short, account.uid, account.gid);
  return short;
}

function lockOf(place: string): { pid: number; socket: string } | undefined {
  try {
    const lines = readFileSync(join(place, 'data', 'postmaster.pid'), 'utf8').split('\n');
    const pid = Number(lines[0]);
    return pid > 0 ? { pid, socket: lines[4] ?? '' } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * A lock file whose process id now belongs to something else, or to a server that ended and was never collected, would keep PostgreSQL
 * from starting for ever. It takes the id of its own parent as free, and still checks by the file that no old worker holds the data.
 */
function disown(place: string, pid: number): void {
  const file = join(place, 'data', 'postmaster.pid');
  const text = readFileSync(file, 'utf8');
  if (Number(text.split('\n')[0]) === pid) writeFileSync(file, text.replace(/^\d+/, String(process.pid)));
}

async function createDatabase(socket: string): Promise<void> {
  await withClient(urlOf(socket, 'postgres'), async (client) => {
    const { rowCount } = await client.query("select from pg_database where datname = 'puente'");
    if (rowCount) return;
    await client.query('create database puente').catch((error: unknown) => {
      // Another process was faster.
      if (!['42P04', '23505'].includes((error as { code?: string }).code ?? '')) throw error;
    });
  });
}

async function withClient(url: string, work: (client: Client) => Promise<unknown>): Promise<void> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

// Port and sslmode are named because PGPORT and PGSSLMODE would count otherwise.
const urlOf = (socket: string, database: string) =>
  `postgresql://puente@localhost:5432/${database}?host=${encodeURIComponent(socket)}&sslmode=disable`;

const logged = (place: string) => readFileSync(join(place, 'log'), 'utf8').trim().split('\n').slice(-12).join('\n');

// Nothing of the caller's PG… and LC_… may reach the server.
const environment = { PATH: process.env['PATH'] ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };
