import { resolve } from 'node:path';
import { AskedWrongly } from '../http/auth';
import { type Publisher, publisherOf, type PublisherSaid } from '../out/publisher';
import type { Settings } from '../puente';
import { parseEventStoreUrl } from '../store/eventstoredb-url';
import { masterKeyIn } from '../vault/master-key';
import { usualDocuments } from '../vault/vault';

const mebibyte = 1024 * 1024;
const largestDocument = (mebibytes: string | undefined): number => {
  if (!mebibytes) return usualDocuments.largest;
  if (!/^[1-9]\d{0,3}$/.test(mebibytes) || Number(mebibytes) > 1024)
    throw new AskedWrongly(`PUENTE_DOCUMENT_MIB must be a whole number from 1 to 1024, not ${mebibytes}`);
  return Number(mebibytes) * mebibyte;
};

/** A value that a check of its own lets pass; an empty one counts as none. */
const checked = (name: string, value: string | undefined, check: (value: string) => unknown): string | undefined => {
  if (!value) return undefined;
  try {
    check(value);
  } catch (error) {
    throw new AskedWrongly(`${name}: ${(error as Error).message}`);
  }
  return value;
};

const mustBePostgres = (url: string): void => {
  // It may hold a password: the message does not repeat it.
  if (!/^postgres(ql)?:\/\//.test(url) || !URL.canParse(url)) throw new Error('it must be postgresql://user:password@host:port/database');
};

/** Seconds with commas between: how long after each attempt in vain the next one is made. The first is made at once. */
const scheduleIn = (seconds: string | undefined): readonly number[] | undefined => {
  if (!seconds) return undefined;
  const delays = seconds.split(',').map((each) => each.trim());
  if (delays.length > 20 || !delays.every((each) => /^\d{1,6}$/.test(each)))
    throw new AskedWrongly('PUENTE_WEBHOOK_SCHEDULE must be seconds with commas between, at most 20, such as 0,5,300');
  return delays.map((each) => Number(each) * 1_000);
};

const mustBeAddress = (url: string): void => {
  const { protocol, username, password, search, hash } = URL.canParse(url) ? new URL(url) : { protocol: '' };
  if (!/^https?:$/.test(protocol) || username || password || search || hash)
    throw new Error('it must be an address such as https://puente.example.org');
};

/** Who publishes IATI activities, by what the command says or else the environment. @throws AskedWrongly */
const publisherIn = (from: Readonly<Record<string, string | undefined>>, said: PublisherSaid): Publisher | undefined => {
  const called = {
    ...{ ref: 'IATI_ORGANISATION', name: 'IATI_ORGANISATION_NAME', type: 'IATI_ORGANISATION_TYPE' },
    documents: 'IATI_DOCUMENTS',
  };
  try {
    return publisherOf(
      {
        ref: said.ref ?? from[called.ref],
        name: said.name ?? from[called.name],
        type: said.type ?? from[called.type],
        documents: said.documents ?? from[called.documents],
      },
      called,
    );
  } catch (error) {
    throw new AskedWrongly((error as Error).message);
  }
};

/** What the environment says; an empty variable counts as none. @throws AskedWrongly */
export const settings = (
  from: Readonly<Record<string, string | undefined>> = process.env,
  { publisher = {} }: { readonly publisher?: PublisherSaid } = {},
): Settings => ({
  home: resolve(from['PUENTE_HOME'] || '.puente'),
  databaseUrl: checked('DATABASE_URL', from['DATABASE_URL'], mustBePostgres),
  eventStoreUrl: checked('EVENTSTORE_URL', from['EVENTSTORE_URL'], parseEventStoreUrl),
  masterKey: checked('PUENTE_MASTER_KEY', from['PUENTE_MASTER_KEY'], (key) => masterKeyIn(key, 'it')),
  documents: {
    folder: from['PUENTE_DOCUMENTS'] ? resolve(from['PUENTE_DOCUMENTS']) : undefined,
    largest: largestDocument(from['PUENTE_DOCUMENT_MIB']),
  },
  publisher: publisherIn(from, publisher),
  delivering: {
    publicUrl: checked('PUENTE_PUBLIC_URL', from['PUENTE_PUBLIC_URL'], mustBeAddress)?.replace(/\/$/, ''),
    proxy: checked('PUENTE_EGRESS_PROXY', from['PUENTE_EGRESS_PROXY'], mustBeAddress),
    schedule: scheduleIn(from['PUENTE_WEBHOOK_SCHEDULE']),
  },
  log: (line) => process.stderr.write(`${line}\n`),
});
