import type { Pool } from 'pg';
import { Actors } from './actors';
import { commandHash } from './command-hash';
import { KeyRing, type Sources } from './keys';
import { claimMasterKey } from './master-key';
import { People } from './people';
import { Texts } from './texts';

/** Everything that can be forgotten, on one database under one master key. */
export interface Vault {
  readonly texts: Texts;
  readonly people: People;
  readonly actors: Actors;
  /** See `commandHash`. */
  readonly hash: (body: unknown) => string;
}

/**
 * @param pool on a migrated database
 * @param master as `loadMasterKey` gives it
 * @throws WrongMasterKey when the database was made with another one
 */
export async function openVault(pool: Pool, master: Buffer, sources: Sources): Promise<Vault> {
  const keys = new KeyRing(master, sources.randomBytes);
  await claimMasterKey(pool, keys.fingerprint);
  return {
    texts: new Texts(pool, keys, sources),
    people: new People(pool, keys, sources),
    actors: new Actors(pool, keys, sources),
    hash: (body) => commandHash(keys.commandHash, body),
  };
}
