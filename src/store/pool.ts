import { Pool, type PoolConfig } from 'pg';

/**
 * For statements over far more rows than they answer with, which are found in order in an index: the plan is made once for each
 * connection. Left to itself the planner takes what one page would cost for less than what any would, and plans every page anew.
 */
export const keepingPlans = { options: '-c plan_cache_mode=force_generic_plan' } as const satisfies PoolConfig;

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
