import { Pool, type PoolConfig } from 'pg';

/**
 * Connections that may be lost at any moment.
 *
 * One that is lost between two statements reports it by itself, whether it is idle or in use: where nobody listens, that ends the
 * process. One in use then fails the next statement.
 *
 * @param lost told of those that were idle
 */
export const openPool = (config: PoolConfig, lost: (error: Error) => void = () => undefined): Pool => {
  const pool = new Pool(config);
  pool.on('error', lost);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
};
