import { copyFile, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { makeFolder } from '../store/folders';
import type { DocumentBytes } from './document-bytes';

const isMissing = (error: unknown) => (error as NodeJS.ErrnoException).code === 'ENOENT';

/** Flushes a file, or the entries of a folder, to the disk. */
const sync = async (path: string) => {
  const handle = await open(path, 'r');
  await handle.sync().finally(() => handle.close());
};

/** Bytes of documents as files named by their digests, in folders named by its first two digits. */
export class DocumentsInFolder implements DocumentBytes {
  /**
   * @param folder made with the first document
   * @param name gives a name that nobody else gives, for a file on its way
   */
  constructor(
    private readonly folder: string,
    private readonly name: () => string,
  ) {}

  async put(digest: string, path: string): Promise<void> {
    const place = this.placeOf(digest);
    await makeFolder(dirname(place), 0o700);
    const draft = join(dirname(place), `.${this.name()}`);
    try {
      await copyFile(path, draft);
      await sync(draft);
      // A file appears whole or not at all.
      await rename(draft, place);
    } finally {
      await rm(draft, { force: true });
    }
    await sync(dirname(place));
    await sync(this.folder);
  }

  async *read(digest: string): AsyncIterable<Buffer> {
    const file = await open(this.placeOf(digest), 'r').catch((error: unknown) => {
      if (isMissing(error)) return undefined;
      throw error;
    });
    // Closes the file however it ends.
    if (file) yield* file.createReadStream() as AsyncIterable<Buffer>;
  }

  async erase(digest: string): Promise<void> {
    await rm(this.placeOf(digest), { force: true });
  }

  private placeOf(digest: string): string {
    if (!/^[0-9a-f]{64}$/.test(digest)) throw new RangeError('a document is named by its SHA-256 in hex');
    return join(this.folder, digest.slice(0, 2), digest);
  }
}
