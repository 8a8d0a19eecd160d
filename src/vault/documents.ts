import type { Readable } from 'node:stream';
import type { Pool } from 'pg';
import { digest as digestForm, type StoredDocument } from '../kernel/fields';
import { type DocumentBytes, Measure } from './document-bytes';
import type { MediaType } from './media-types';
import { receive, type Received } from './received';
import type { Texts } from './texts';

export { DocumentTooLarge } from './received';

/** No bytes came. */
export class DocumentEmpty extends Error {}
/** The bytes are not those that their sender announced. */
export class DigestDiffers extends Error {
  constructor(readonly digest: string) {
    super(`the bytes that came have the digest ${digest}`);
  }
}
/** The same bytes are stored as something else. */
export class DescribedOtherwise extends Error {
  constructor(readonly standing: StoredDocument) {
    super(`document ${standing.digest} is ${standing.mediaType}, in ${standing.language ?? 'no language that was said'}`);
  }
}
/** What is stored of a document is not what was stored: bytes changed, or lost. */
export class DocumentDamaged extends Error {
  constructor(readonly digest: string) {
    super(`the stored bytes of document ${digest} do not have its digest and size`);
  }
}

/** Stood there once; its bytes are destroyed. */
export interface ErasedDocument {
  readonly is: 'erased';
  readonly at: Date;
  /** The protected text that says why. */
  readonly because: string;
}
/** The bytes were erased, for good. */
export class DocumentErased extends Error {
  constructor(
    readonly digest: string,
    readonly erased: ErasedDocument,
  ) {
    super(`document ${digest} was erased`);
  }
}

/** What whoever sends a document says of it. */
export interface SaidOfDocument {
  readonly mediaType: MediaType;
  /** ISO 639-1. */
  readonly language?: string;
  /** What the bytes must have, SHA-256 in hex. */
  readonly digests?: readonly string[];
  /** Actor. */
  readonly by: string;
}

interface Row {
  readonly digest: string;
  readonly media_type: string;
  readonly language: string | null;
  readonly size: number;
  readonly erased_at: Date | null;
  readonly erased_because: string | null;
}
const columns = 'digest, media_type, language, size, erased_at, erased_because';
const page = 200;

/** Documents by the digest of their bytes: the same bytes are one document, whoever stores them and however often. */
export class Documents {
  /**
   * @param places where bytes lie: new ones go to the first, and any may have those of before
   * @param largest bytes that a document may have
   */
  constructor(
    private readonly pool: Pool,
    private readonly places: readonly [DocumentBytes, ...DocumentBytes[]],
    private readonly texts: Texts,
    private readonly now: () => Date,
    readonly largest: number,
  ) {}

  /**
   * Stores a document. Where its bytes were damaged or lost, they are whole again afterwards. A language that nobody said before is
   * taken over.
   *
   * @returns `fresh` where it was not there before
   * @throws DocumentTooLarge, DocumentEmpty, DigestDiffers, DescribedOtherwise, DocumentErased; nothing is kept then
   */
  keep(bytes: Readable, said: SaidOfDocument): Promise<{ readonly document: StoredDocument; readonly fresh: boolean }> {
    return receive(bytes, this.largest, async (received) => {
      const { digest, size, path } = received;
      if (size === 0) throw new DocumentEmpty('no bytes came');
      if (said.digests?.some((each) => each !== digest)) throw new DigestDiffers(digest);
      const standing = await this.row(digest);
      if (standing) fits(standing, said);
      if (!(await this.wholeIn(received))) await this.places[0].put(digest, path);
      const { fresh, ...row } = await this.describeNew(received, said);
      // Erased meanwhile: what was just put must go too.
      if (row.erased_at) await this.eraseBytes(digest);
      fits(row, said);
      return { document: documentOf(row), fresh };
    });
  }

  /** What documents are; those that are unknown or erased are absent. */
  async describe(digests: readonly string[]): Promise<ReadonlyMap<string, StoredDocument>> {
    const asked = digests.filter((each) => digestForm.test(each));
    if (asked.length === 0) return new Map();
    const { rows } = await this.pool.query<Row>(
      `select ${columns} from vault.document where digest = any($1::text[]) and erased_at is null`,
      [asked],
    );
    return new Map(rows.map((row) => [row.digest, documentOf(row)]));
  }

  /** @throws DocumentErased */
  async find(digest: string): Promise<StoredDocument | undefined> {
    const row = digestForm.test(digest) ? await this.row(digest) : undefined;
    if (row) standing(row);
    return row && documentOf(row);
  }

  /**
   * The bytes of a document, read twice: once to check them before anybody gets any, and again as they go out, the last piece held
   * back until all are checked. So whoever asks is told of damage in place of bytes, a long document takes little memory, and what
   * is damaged in between never arrives as complete.
   *
   * @throws DocumentDamaged, also while the bytes are read
   */
  async open({ digest, size }: StoredDocument): Promise<AsyncIterable<Buffer>> {
    const place = await this.wholeIn({ digest, size });
    if (!place) throw new DocumentDamaged(digest);
    return checked(place.read(digest), digest);
  }

  /**
   * Destroys the bytes for good; that they stood here, and why they do no longer, stays. Copies in backups go when those do.
   *
   * @param why a reason that may name people; kept as a protected text
   * @returns `unknown` when there never was such a document
   */
  async erase(digest: string, why: string, by: string): Promise<'erased' | 'unknown'> {
    if (!digestForm.test(digest) || !(await this.row(digest))) return 'unknown';
    const { refs, keep } = await this.texts.draft(`document-${digest}`, [why]);
    await keep();
    await this.pool.query(
      `update vault.document set erased_at = $2, erased_by = $3, erased_because = $4 where digest = $1 and erased_at is null`,
      [digest, this.now(), by, refs[0]!.text],
    );
    await this.eraseBytes(digest);
    return 'erased';
  }

  /** Says otherwise what a document is, from now on. Nothing where there is none, or it is erased. */
  async describeAnew(digest: string, said: Partial<Pick<SaidOfDocument, 'mediaType' | 'language'>>): Promise<StoredDocument | undefined> {
    const { rows } = await this.pool.query<Row>(
      `update vault.document set media_type = coalesce($2, media_type), language = coalesce($3, language)
       where digest = $1 and erased_at is null returning ${columns}`,
      [digest, said.mediaType, said.language],
    );
    return rows[0] && documentOf(rows[0]);
  }

  /** Every document that was not erased, in the order of the digests. */
  async *all(): AsyncIterable<StoredDocument> {
    for (let after = ''; ;) {
      const { rows } = await this.pool.query<Row>(
        `select ${columns} from vault.document where digest > $1 and erased_at is null order by digest limit $2`,
        [after, page],
      );
      yield* rows.map(documentOf);
      if (rows.length < page) return;
      after = rows.at(-1)!.digest;
    }
  }

  /** Which of these ever stood here, erased ones too. */
  async everKept(digests: readonly string[]): Promise<ReadonlySet<string>> {
    const { rows } = await this.pool.query<{ digest: string }>('select digest from vault.document where digest = any($1::text[])', [
      digests,
    ]);
    return new Set(rows.map(({ digest }) => digest));
  }

  private async row(digest: string): Promise<Row | undefined> {
    const { rows } = await this.pool.query<Row>(`select ${columns} from vault.document where digest = $1`, [digest]);
    return rows[0];
  }

  private async describeNew({ digest, size }: Received, { mediaType, language, by }: SaidOfDocument): Promise<Row & { fresh: boolean }> {
    const { rows } = await this.pool.query<Row & { fresh: boolean }>(
      `insert into vault.document as d (digest, media_type, language, size, kept_by, kept_at) values ($1, $2, $3, $4, $5, $6)
       on conflict (digest) do update set
         language = case when d.media_type = excluded.media_type then coalesce(d.language, excluded.language) else d.language end
       returning ${columns}, xmax = 0 as fresh`,
      [digest, mediaType, language, size, by, this.now()],
    );
    return rows[0]!;
  }

  private async wholeIn({ digest, size }: Pick<StoredDocument, 'digest' | 'size'>): Promise<DocumentBytes | undefined> {
    for (const place of this.places) {
      const measure = new Measure();
      for await (const piece of place.read(digest)) measure.add(piece);
      if (measure.size === size && measure.digest() === digest) return place;
    }
    return undefined;
  }

  private async eraseBytes(digest: string): Promise<void> {
    for (const place of this.places) await place.erase(digest);
  }
}

async function* checked(pieces: AsyncIterable<Buffer>, digest: string): AsyncIterable<Buffer> {
  const measure = new Measure();
  let held: Buffer | undefined;
  for await (const piece of pieces) {
    measure.add(piece);
    if (held) yield held;
    held = piece;
  }
  if (!held || measure.digest() !== digest) throw new DocumentDamaged(digest);
  yield held;
}

/** @throws DocumentErased */
const standing = ({ digest, erased_at: at, erased_because: because }: Row): void => {
  if (at) throw new DocumentErased(digest, { is: 'erased', at, because: because! });
};
/** @throws DocumentErased, DescribedOtherwise */
const fits = (row: Row, { mediaType, language }: SaidOfDocument): void => {
  standing(row);
  if (row.media_type !== mediaType || (row.language !== null && language !== undefined && row.language !== language))
    throw new DescribedOtherwise(documentOf(row));
};
const documentOf = ({ digest, media_type: mediaType, language, size }: Row): StoredDocument => ({
  digest,
  mediaType,
  ...(language === null ? {} : { language }),
  size,
});
