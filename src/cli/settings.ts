import { resolve } from 'node:path';
import { AskedWrongly } from '../http/auth';
import type { Settings } from '../puente';
import { parseEventStoreUrl } from '../store/eventstoredb-url';
import { usualDocuments } from '../vault/vault';

const mebibyte = 1024 * 1024;
const largestDocument = (mebibytes: string | undefined): number => {
  if (!mebibytes) return usualDocuments.largest;
  if (!/^[1-9]\d{0,3}$/.test(mebibytes) || Number(mebibytes) > 1024)
    throw new AskedWrongly(`PUENTE_DOCUMENT_MIB must be a whole number from 1 to 1024, not ${mebibytes}`);
  return Number(mebibytes) * mebibyte;
};

const eventStoreUrl = (url: string | undefined): string | undefined => {
  if (!url) return undefined;
  try {
    parseEventStoreUrl(url);
  } catch (error) {
    throw new AskedWrongly(`EVENTSTORE_URL: ${(error as Error).message}`);
  }
  return url;
};

/** What the environment says; an empty variable counts as none. @throws AskedWrongly */
export const settings = (from: Readonly<Record<string, string | undefined>> = process.env): Settings => ({
  home: resolve(from['PUENTE_HOME'] || '.puente'),
  databaseUrl: from['DATABASE_URL'] || undefined,
  eventStoreUrl: eventStoreUrl(from['EVENTSTORE_URL']),
  masterKey: from['PUENTE_MASTER_KEY'] || undefined,
  documents: {
    folder: from['PUENTE_DOCUMENTS'] ? resolve(from['PUENTE_DOCUMENTS']) : undefined,
    largest: largestDocument(from['PUENTE_DOCUMENT_MIB']),
  },
  log: (line) => process.stderr.write(`${line}\n`),
});
