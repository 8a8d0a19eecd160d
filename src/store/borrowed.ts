import type { Pool, PoolClient } from 'pg';

/** A connection of a pool for as long as some work takes. One that failed is closed, and what it had begun is undone. */
export async function borrowed<Result>(pool: Pool, work: (client: PoolClient) => Promise<Result>): Promise<Result> {
  const client = await pool.connect();
  let failure: Error | undefined;
  try {
    return await work(client);
  } catch (error) {
    failure = error as Error;
    throw error;
  } finally {
    client.release(failure);
  }
}
