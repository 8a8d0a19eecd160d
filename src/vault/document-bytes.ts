import { createHash } from 'node:crypto';

/** Where bytes of documents lie, by their digest. Neither checks them nor knows what they are of: `Documents` does. */
export interface DocumentBytes {
  /**
   * Puts the content of a file under a digest, in place of what may be there: whole, or not at all.
   *
   * @param path of the file, which stays
   */
  put(digest: string, path: string): Promise<void>;
  /** In pieces; none where nothing lies there. */
  read(digest: string): AsyncIterable<Buffer>;
  /** Doing it again changes nothing. */
  erase(digest: string): Promise<void>;
}

/** The digest and the size of bytes as they come. */
export class Measure {
  private readonly hash = createHash('sha256');
  size = 0;

  add(piece: Buffer): void {
    this.hash.update(piece);
    this.size += piece.length;
  }

  /** Once, at the end: SHA-256 in hex. */
  digest(): string {
    return this.hash.digest('hex');
  }
}
