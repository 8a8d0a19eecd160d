import type { Pool, PoolClient } from 'pg';
import { borrowed } from '../store/borrowed';

/** One transaction: committed, or nothing of it is left; what the work throws is thrown. */
export const inTransaction = async <Result>(pool: Pool, work: (client: PoolClient) => Promise<Result>): Promise<Result> => {
  const { error, result } = await borrowed(pool, async (client) => {
    await client.query('begin isolation level read committed');
    try {
      const result = await work(client);
      await client.query('commit');
      return { result, error: undefined };
    } catch (error) {
      await client.query('rollback');
      return { result: undefined, error };
    }
  });
  if (error !== undefined) throw error as Error;
  return result as Result;
};
