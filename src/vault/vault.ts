import type { Pool } from 'pg';
import { Actors } from './actors';
import { commandHash } from './command-hash';
import { Documents } from './documents';
import { DocumentsInFolder } from './documents-in-folder';
import { DocumentsInPostgres } from './documents-in-postgres';
import { KeyRing, type Sources } from './keys';
import { claimMasterKey } from './master-key';
import { People } from './people';
import { SigningSecrets } from './signing-secrets';
import { Texts } from './texts';

/** Everything that can be forgotten, on one database under one master key; and documents, which are too big for events. */
export interface Vault {
  readonly texts: Texts;
  readonly people: People;
  readonly actors: Actors;
  readonly documents: Documents;
  readonly signingSecrets: SigningSecrets;
  /** See `commandHash`. */
  readonly hash: (body: unknown) => string;
}

export interface DocumentSettings {
  /** Where the bytes of new documents go; the database where it is left out. Those that lie in the database are read there. */
  readonly folder?: string | undefined;
  /** Bytes that a document may have. */
  readonly largest: number;
}
export const usualDocuments: DocumentSettings = { largest: 25 * 1024 * 1024 };

/**
 * @param pool on a migrated database
 * @param master as `loadMasterKey` gives it
 * @throws WrongMasterKey when the database was made with another one
 */
export async function openVault(
  pool: Pool,
  master: Buffer,
  sources: Sources,
  { folder, largest }: DocumentSettings = usualDocuments,
): Promise<Vault> {
  const keys = new KeyRing(master, sources.randomBytes);
  await claimMasterKey(pool, keys.fingerprint);
  const texts = new Texts(pool, keys, sources);
  const inPostgres = new DocumentsInPostgres(pool);
  const places = folder === undefined ? ([inPostgres] as const) : ([new DocumentsInFolder(folder, () => keys.id()), inPostgres] as const);
  return {
    texts,
    people: new People(pool, keys, sources),
    actors: new Actors(pool, keys, sources),
    documents: new Documents(pool, places, texts, sources.now, largest),
    signingSecrets: new SigningSecrets(pool, keys.signing, sources),
    hash: (body) => commandHash(keys.commandHash, body),
  };
}
