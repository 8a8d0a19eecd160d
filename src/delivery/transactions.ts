import type { Pool, PoolClient } from 'pg';
import { borrowed } from '../store/borrowed';

/**
 * One transaction: committed, or nothing of it is left; what the work throws is thrown.
 * @param standstill milliseconds between two statements after which it is undone: a process that stands still keeps nobody waiting longer
 */
export const inTransaction = async <Result>(
  pool: Pool,
  work: (client: PoolClient) => Promise<Result>,
  standstill: number,
): Promise<Result> => {
  const { error, result } = await borrowed(pool, async (client) => {
    await client.query(`begin isolation level read committed; set local idle_in_transaction_session_timeout = ${standstill}`);
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
