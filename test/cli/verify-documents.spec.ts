import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { settings } from '../../src/cli/settings';
import { verifyDocuments } from '../../src/cli/verify-documents';
import { AskedWrongly } from '../../src/http/auth';
import { MemoryStore } from '../../src/store/memory';
import { openVault, type Vault } from '../../src/vault/vault';
import { type Database, freshDatabase } from '../cluster/database';
import { masterOf } from '../vault/seeded';

const by = '6ba7b810-9dad-41d1-80b4-00c04fd430c8';
const metadata = { occurredOn: '2018', actor: 'officer', roles: [], commandId: 'c', commandHash: 'h', correlationId: 'c' };
const ids = ['5b0d9f0a-3a77-4c1c-8d0c-0b8a1a7e2c44', 'c7b8b1de-5f2c-4f0e-9a55-1d6d3a5d1f10', by] as const;

let database: Database;
let vault: Vault;
beforeAll(async () => {
  database = await freshDatabase();
  vault = await openVault(database.pool, masterOf('verify'), { randomBytes, now: () => new Date() });
});
afterAll(() => database.drop());

const keep = async (words: string) =>
  (await vault.documents.keep(Readable.from([Buffer.from(words)]), { mediaType: 'text/plain', by })).document;
const attached = (id: string, document: object) => ({
  id,
  type: 'PlanDocumentAttached',
  data: { version: 1, document: { ...document } },
  metadata,
});

describe('verifying documents', () => {
  it('names what is damaged, and what is named and was never stored; what was erased is in order', async () => {
    const store = new MemoryStore({ now: () => new Date('2021-01-01T12:00:00Z') });
    const [whole, damaged, erased] = [await keep('whole'), await keep('damaged'), await keep('erased')];
    const missing = { ...whole, digest: '0'.repeat(64) };
    const now = { version: 1, document: { ...missing, digest: '1'.repeat(64) } };
    const correction = {
      revision: 0,
      type: 'PlanDocumentAttached',
      data: now,
      occurredOn: '2018',
      authority: 'unit',
      reason: { text: by, digest: '0'.repeat(64) },
    };
    await store.append('pairing-one', [attached(ids[0], whole), attached(ids[1], missing)], 'none');
    await store.append(
      'pairing-two',
      [attached(ids[1], erased), { id: ids[2], type: 'FactCorrected', data: correction, metadata }],
      'none',
    );
    await vault.documents.erase(erased.digest, 'Asked for', by);
    await database.pool.query(`update vault.document_piece set bytes = 'other' where digest = $1`, [damaged.digest]);
    expect(await verifyDocuments(store, vault.documents)).toMatchObject([
      { runs: 2, failures: [`${damaged.digest} (text/plain, 7 bytes)`] },
      {
        runs: 4,
        failures: [`pairing-one@1: there is no document ${missing.digest}`, `pairing-two@1: there is no document ${now.document.digest}`],
      },
    ]);
  });
});

describe('what the environment says of documents', () => {
  it('is a folder or the database, and how large one may be', () => {
    expect(settings({ PUENTE_DOCUMENTS: '', PUENTE_DOCUMENT_MIB: '' }).documents).toEqual({ largest: 25 * 1024 * 1024 });
    expect(settings({ PUENTE_DOCUMENTS: '/srv/documents', PUENTE_DOCUMENT_MIB: '100' }).documents).toEqual({
      folder: '/srv/documents',
      largest: 100 * 1024 * 1024,
    });
    for (const wrong of ['0', '1.5', '-1', 'many', '1025']) expect(() => settings({ PUENTE_DOCUMENT_MIB: wrong })).toThrow(AskedWrongly);
  });
});
