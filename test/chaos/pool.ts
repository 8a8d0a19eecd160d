import { Pool } from 'pg';

/** Connections that may be lost at any moment, as Puente itself has them: while they are idle, and right after an answer. */
export const poolOf = (url: string, max: number): Pool => {
  const pool = new Pool({ connectionString: url, max, connectionTimeoutMillis: 5_000 });
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
};
