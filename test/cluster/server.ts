import { Client, type QueryResultRow } from 'pg';

/** The same server, another database. */
export function withDatabase(server: string, database: string): string {
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.toString();
}

/** Runs one statement on a connection of its own. */
export async function onServer(server: string, statement: string): Promise<void> {
  await queryServer(server, statement);
}

/** Runs one query on a connection of its own. */
export async function queryServer<Row extends QueryResultRow>(server: string, query: string, values: unknown[] = []): Promise<Row[]> {
  const client = new Client({ connectionString: server });
  await client.connect();
  try {
    return (await client.query<Row>(query, values)).rows;
  } finally {
    await client.end();
  }
}
