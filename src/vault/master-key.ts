import { link, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { makeHome } from '../store/folders';

type RandomBytes = (size: number) => Buffer;

export const masterKeyBytes = 32;

/** A master key that was given, but is not 32 bytes in base64. The message never holds it. */
export class BadMasterKey extends Error {}

/** @param source where it was given, for the message. @throws BadMasterKey */
export function masterKeyIn(base64: string, source: string): Buffer {
  const key = Buffer.from(base64.trim(), 'base64');
  if (key.length !== masterKeyBytes || key.toString('base64') !== base64.trim()) {
    throw new BadMasterKey(`${source} must hold ${masterKeyBytes} bytes in base64 (openssl rand -base64 ${masterKeyBytes})`);
  }
  return key;
}

const hasCode = (error: unknown, code: string) => typeof error === 'object' && error !== null && 'code' in error && error.code === code;

async function makeFile(home: string, randomBytes: RandomBytes): Promise<void> {
  await makeHome(home);
  const draft = join(home, `.master.key-${randomBytes(8).toString('hex')}`);
  const file = await open(draft, 'wx', 0o600);
  try {
    await file.writeFile(`${randomBytes(masterKeyBytes).toString('base64')}\n`);
    await file.sync();
    // A link appears whole or not at all, and never in place of a key that another process made meanwhile.
    await link(draft, join(home, 'master.key')).catch((error: unknown) => {
      if (!hasCode(error, 'EEXIST')) throw error;
    });
  } finally {
    await file.close();
    await rm(draft, { force: true });
  }
  const folder = await open(home, 'r');
  await folder.sync().finally(() => folder.close());
}

/**
 * The 32 bytes that everything protected depends on: lose them and nothing of it can be read again.
 *
 * @param from.home folder that holds `master.key` (base64, mode 0600), made on first use; processes that start at once end with one key
 * @param from.fromEnvironment value of `PUENTE_MASTER_KEY` (base64); when set and not empty, no file is looked at
 * @throws BadMasterKey when what is there is not a key
 */
export async function loadMasterKey(from: {
  readonly home: string;
  readonly fromEnvironment: string | undefined;
  readonly randomBytes: RandomBytes;
}): Promise<Buffer> {
  if (from.fromEnvironment) return masterKeyIn(from.fromEnvironment, 'PUENTE_MASTER_KEY');
  const path = join(from.home, 'master.key');
  const read = async () => masterKeyIn(await readFile(path, 'utf8'), path);
  return read().catch(async (error: unknown) => {
    // Where the folder itself is in the way, making it says so.
    if (!['ENOENT', 'ENOTDIR', 'EACCES'].some((code) => hasCode(error, code))) throw error;
    await makeFile(from.home, from.randomBytes);
    return read();
  });
}

/** The database was first opened with another master key than the one at hand. */
export class WrongMasterKey extends Error {}

/**
 * Ties a database to the master key it is first opened with.
 *
 * @param fingerprint of the key at hand, as its `KeyRing` says
 * @throws WrongMasterKey when the database knows another one
 */
export async function claimMasterKey(pool: Pool, fingerprint: Buffer): Promise<void> {
  await pool.query('insert into vault.master (fingerprint) values ($1) on conflict do nothing', [fingerprint]);
  const { rows } = await pool.query<{ fingerprint: Buffer }>('select fingerprint from vault.master');
  if (rows[0]?.fingerprint.equals(fingerprint)) return;
  throw new WrongMasterKey(
    'This is not the master key the database was made with: with it, no protected text and no person could be read. ' +
      'Set PUENTE_MASTER_KEY to the right one, or put it back as master.key in the home folder (PUENTE_HOME).',
  );
}
