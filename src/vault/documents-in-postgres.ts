import { type FileHandle, open } from 'node:fs/promises';
import type { Pool, PoolClient } from 'pg';
import { borrowed } from '../store/borrowed';
import type { DocumentBytes } from './document-bytes';

const pieceBytes = 1 << 20;

/** Bytes of documents in the database, a row a megabyte: also the longest takes little memory. */
export class DocumentsInPostgres implements DocumentBytes {
  constructor(private readonly pool: Pool) {}

  async put(digest: string, path: string): Promise<void> {
    const file = await open(path);
    try {
      await borrowed(this.pool, (client) => this.keep(client, digest, file));
    } finally {
      await file.close();
    }
  }

  private async keep(client: PoolClient, digest: string, file: FileHandle): Promise<void> {
    await client.query('begin');
    // Who puts the same bytes at once waits, and then puts them again.
    await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [digest]);
    await client.query('delete from vault.document_piece where digest = $1', [digest]);
    const piece = Buffer.alloc(pieceBytes);
    for (let n = 0; ; n += 1) {
      const { bytesRead } = await file.read(piece, 0, pieceBytes, n * pieceBytes);
      if (bytesRead === 0) break;
      await client.query('insert into vault.document_piece (digest, n, bytes) values ($1, $2, $3)', [
        digest,
        n,
        piece.subarray(0, bytesRead),
      ]);
    }
    await client.query('commit');
  }

  /** Takes a connection for each piece, and none while whoever reads is slow. */
  async *read(digest: string): AsyncIterable<Buffer> {
    for (let n = 0; ; n += 1) {
      const { rows } = await this.pool.query<{ bytes: Buffer }>('select bytes from vault.document_piece where digest = $1 and n = $2', [
        digest,
        n,
      ]);
      if (!rows[0]) return;
      yield rows[0].bytes;
    }
  }

  async erase(digest: string): Promise<void> {
    await this.pool.query('delete from vault.document_piece where digest = $1', [digest]);
  }
}
