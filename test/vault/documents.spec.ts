import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { Documents, SaidOfDocument } from '../../src/vault/documents';
import {
  DescribedOtherwise,
  DigestDiffers,
  DocumentDamaged,
  DocumentEmpty,
  DocumentErased,
  DocumentTooLarge,
} from '../../src/vault/documents';
import { DocumentsInFolder } from '../../src/vault/documents-in-folder';
import { openVault, type Vault } from '../../src/vault/vault';
import { type Database, freshDatabase } from '../cluster/database';
import { masterOf } from './seeded';

const largest = 4 * 1024 * 1024;
const by = '6ba7b810-9dad-41d1-80b4-00c04fd430c8';
const pdf: SaidOfDocument = { mediaType: 'application/pdf', by };
const digestOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const unknown = '0'.repeat(64);

// Megabytes take their time when the machine is busy.
jest.setTimeout(30_000);

let database: Database;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

const places = ['the database', 'a folder'] as const;
describe.each(places)('documents in %s', (where) => {
  let folder: string;
  let vault: Vault;
  let documents: Documents;
  beforeEach(async () => {
    await database.pool.query('truncate vault.document, vault.document_piece, vault.text, vault.key');
    folder = mkdtempSync(join(tmpdir(), 'puente-documents-'));
    vault = await openVault(
      database.pool,
      masterOf('documents'),
      { randomBytes, now: () => new Date('2024-01-01T00:00:00Z') },
      { largest, folder: where === 'a folder' ? join(folder, 'kept') : undefined },
    );
    ({ documents } = vault);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const keep = (bytes: Buffer, said: Partial<SaidOfDocument> = {}) =>
    documents.keep(Readable.from(bytes.length === 0 ? [] : [bytes.subarray(0, 7), bytes.subarray(7)]), { ...pdf, ...said });
  const read = async (digest: string) => {
    const pieces: Buffer[] = [];
    for await (const piece of await documents.open((await documents.find(digest))!)) pieces.push(piece);
    return Buffer.concat(pieces);
  };
  const placeOf = (digest: string) => join(folder, 'kept', digest.slice(0, 2), digest);
  const damage = async (digest: string) => {
    if (where === 'a folder') {
      const bytes = readFileSync(placeOf(digest));
      bytes[bytes.length - 1]! ^= 1;
      writeFileSync(placeOf(digest), bytes);
    } else
      await database.pool.query(
        `update vault.document_piece set bytes = set_byte(bytes, length(bytes) - 1, get_byte(bytes, length(bytes) - 1) # 1) where digest = $1
         and n = (select max(n) from vault.document_piece where digest = $1)`,
        [digest],
      );
  };
  const lose = async (digest: string) => {
    if (where === 'a folder') rmSync(placeOf(digest));
    else await database.pool.query('delete from vault.document_piece where digest = $1', [digest]);
  };
  const leftovers = () => readdirSync(tmpdir()).filter((name) => name.startsWith('puente-document-'));

  it.each([1, 7, 100, 1 << 20, (1 << 20) + 1, 3 * (1 << 20) + 5])('gives back %d bytes as they came', async (size) => {
    const bytes = randomBytes(size);
    const digest = digestOf(bytes);
    expect(await keep(bytes, { language: 'es' })).toEqual({
      document: { digest, mediaType: 'application/pdf', language: 'es', size },
      fresh: true,
    });
    expect((await read(digest)).equals(bytes)).toBe(true);
  });

  it('keeps equal bytes once, however many store them at once', async () => {
    const bytes = randomBytes(2_500_000);
    const outcomes = await Promise.all(Array.from({ length: 6 }, () => keep(bytes)));
    expect(outcomes.filter(({ fresh }) => fresh)).toHaveLength(1);
    expect((await keep(bytes)).fresh).toBe(false);
    expect((await read(digestOf(bytes))).equals(bytes)).toBe(true);
    expect((await database.pool.query('select from vault.document')).rowCount).toBe(1);
    expect((await database.pool.query('select from vault.document_piece')).rowCount).toBe(where === 'a folder' ? 0 : 3);
    if (where === 'a folder') expect(readdirSync(join(placeOf(digestOf(bytes)), '..'))).toEqual([digestOf(bytes)]);
  });

  it('keeps nothing of what is empty, too large, or not what was announced', async () => {
    await expect(keep(Buffer.alloc(0))).rejects.toThrow(DocumentEmpty);
    await expect(keep(Buffer.alloc(largest + 1))).rejects.toThrow(DocumentTooLarge);
    await expect(keep(Buffer.from('words'), { digests: [digestOf(Buffer.from('words')), unknown] })).rejects.toThrow(DigestDiffers);
    expect((await keep(Buffer.alloc(largest))).fresh).toBe(true);
    for await (const { size } of documents.all()) expect(size).toBe(largest);
    expect(leftovers()).toEqual([]);
  });

  it('keeps nothing of what breaks off', async () => {
    const broken = Readable.from(
      (function* () {
        yield Buffer.from('half of it');
        throw new Error('the line is dead');
      })(),
    );
    await expect(documents.keep(broken, pdf)).rejects.toThrow('the line is dead');
    expect(await documents.find(digestOf(Buffer.from('half of it')))).toBeUndefined();
    expect(leftovers()).toEqual([]);
  });

  it('is described by whoever came first; a language that nobody said is taken over', async () => {
    const bytes = Buffer.from('a plan');
    await keep(bytes);
    expect((await keep(bytes, { language: 'es' })).document.language).toBe('es');
    expect((await keep(bytes)).document.language).toBe('es');
    await expect(keep(bytes, { language: 'pt' })).rejects.toThrow(DescribedOtherwise);
    await expect(keep(bytes, { mediaType: 'text/plain' })).rejects.toThrow(DescribedOtherwise);
    expect(await documents.find(digestOf(bytes))).toMatchObject({ mediaType: 'application/pdf', language: 'es' });
  });

  it('tells of damage and of loss before it gives anything, and is whole again when the bytes are stored again', async () => {
    const bytes = randomBytes(2_500_000);
    const { document } = await keep(bytes);
    for (const harm of [damage, lose]) {
      await harm(document.digest);
      await expect(documents.open(document)).rejects.toThrow(DocumentDamaged);
      expect(await keep(bytes)).toEqual({ document, fresh: false });
      expect((await read(document.digest)).equals(bytes)).toBe(true);
    }
  });

  it('never ends well when bytes are damaged while they are read', async () => {
    const bytes = randomBytes(2_500_000);
    const { document } = await keep(bytes);
    const pieces = (await documents.open(document))[Symbol.asyncIterator]();
    await pieces.next();
    await damage(document.digest);
    const rest = async () => {
      for (;;) if ((await pieces.next()).done) return;
    };
    await expect(rest()).rejects.toThrow(DocumentDamaged);
  });

  it('erases for good, says why, and takes the same bytes no more', async () => {
    const bytes = Buffer.from('a list of names');
    const { document } = await keep(bytes);
    const { digest } = document;
    expect(await documents.erase(unknown, 'No reason', by)).toBe('unknown');
    expect(await documents.erase(digest, 'Ana asked for it', by)).toBe('erased');
    const { erased } = await documents.find(digest).then(
      () => Promise.reject(new Error('it was found')),
      (error: unknown) => error as DocumentErased,
    );
    expect((await vault.texts.reveal([erased.because])).get(erased.because)).toEqual({ is: 'text', words: 'Ana asked for it' });
    expect(await documents.erase(digest, 'Another reason', by)).toBe('erased');
    await expect(documents.find(digest)).rejects.toMatchObject({ erased });
    await expect(documents.open(document)).rejects.toThrow(DocumentDamaged);
    await expect(keep(bytes)).rejects.toThrow(DocumentErased);
    expect(await documents.describe([digest])).toEqual(new Map());
    expect(await documents.everKept([digest, unknown])).toEqual(new Set([digest]));
  });

  it('leaves no bytes behind when they are erased while they are stored again', async () => {
    for (let round = 0; round < 10; round += 1) {
      const bytes = Buffer.from(`round ${round}`);
      const { document } = await keep(bytes);
      await damage(document.digest);
      await Promise.allSettled([keep(bytes), documents.erase(document.digest, 'Asked for', by), keep(bytes)]);
      await expect(documents.open(document)).rejects.toThrow(DocumentDamaged);
      await expect(keep(bytes)).rejects.toThrow(DocumentErased);
    }
  });

  it.each(['', '../../etc/passwd', `../${'a'.repeat(61)}`, 'A'.repeat(64), `${'a'.repeat(64)}\n`, '%2e%2e'])(
    'knows nothing by the name %j',
    async (name) => {
      expect(await documents.find(name)).toBeUndefined();
      expect(await documents.describe([name])).toEqual(new Map());
      expect(await documents.erase(name, 'No reason', by)).toBe('unknown');
    },
  );

  it('lists all that stand, in order', async () => {
    await database.pool.query(
      `insert into vault.document (digest, media_type, size, kept_by, kept_at)
       select encode(sha256(n::text::bytea), 'hex'), 'text/plain', 1, $1, now() from generate_series(1, 230) n`,
      [by],
    );
    const all = Array.from({ length: 230 }, (_, n) => digestOf(Buffer.from(String(n + 1))));
    await documents.erase(all[0]!, 'Asked for', by);
    const listed: string[] = [];
    for await (const { digest } of documents.all()) listed.push(digest);
    expect(listed).toEqual(all.slice(1).sort());
  });
});

describe('a folder of documents', () => {
  it('reads those of before where they lie in the database', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'puente-documents-'));
    const sources = { randomBytes, now: () => new Date() };
    const before = await openVault(database.pool, masterOf('documents'), sources);
    const { document } = await before.documents.keep(Readable.from([Buffer.from('of before')]), pdf);
    const after = await openVault(database.pool, masterOf('documents'), sources, { largest, folder });
    const pieces: Buffer[] = [];
    for await (const piece of await after.documents.open(document)) pieces.push(piece);
    expect(Buffer.concat(pieces).toString()).toBe('of before');
    rmSync(folder, { recursive: true });
  });

  it('makes no path of anything but a digest', async () => {
    const within = new DocumentsInFolder('/nowhere', () => 'draft');
    for (const name of ['../../etc/passwd', '', 'A'.repeat(64)]) {
      await expect(within.put(name, '/etc/hostname')).rejects.toThrow(RangeError);
      await expect(within.erase(name)).rejects.toThrow(RangeError);
    }
  });
});
