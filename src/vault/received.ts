import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { Measure } from './document-bytes';

/** More bytes came than a document may have. */
export class DocumentTooLarge extends Error {}

/** Bytes that came, in a file of their own. */
export interface Received {
  readonly path: string;
  readonly digest: string;
  readonly size: number;
}

/**
 * Writes bytes into a file as they come, so that neither a long document nor a slow caller holds memory or a connection; the file
 * is gone once `use` is done with it. Where it stops early, `bytes` is left as it is: whoever sends can still be answered.
 *
 * @throws DocumentTooLarge
 */
export const receive = async <Result>(bytes: Readable, largest: number, use: (received: Received) => Promise<Result>): Promise<Result> => {
  const folder = await mkdtemp(join(tmpdir(), 'puente-document-'));
  try {
    const path = join(folder, 'received');
    const file = await open(path, 'wx', 0o600);
    const measure = new Measure();
    try {
      for await (const piece of bytes.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
        measure.add(piece);
        if (measure.size > largest) throw new DocumentTooLarge(`a document may have ${largest} bytes`);
        await file.appendFile(piece);
      }
    } finally {
      await file.close();
    }
    return await use({ path, digest: measure.digest(), size: measure.size });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
