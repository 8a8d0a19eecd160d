import { Pool, type Client } from 'pg';
import { PostgresStore } from '../src/store/postgres';
import { fileOf, peer } from './peers';
import { connections, on, type Server } from './server';
import { newEvent, places } from './workload';

/** Somebody who makes events durable, one for each call; a caller waits for its own. */
export interface Contestant {
  once(caller: number): Promise<unknown>;
  close(): Promise<unknown>;
}

const closing = (clients: readonly Client[]) => () => Promise.all(clients.map((client) => client.end()));

/** Appends at the revision that a stream stands at. */
export const storeOf = (url: string): Contestant => {
  const store = new PostgresStore({ url });
  const next = places();
  return {
    once: (caller) => {
      const { stream, revision } = next(caller);
      return store.append(stream, [newEvent()], revision === 0 ? 'none' : revision - 1);
    },
    close: () => store.close(),
  };
};

/** One insert of one row for each call, prepared, on a connection for each caller. */
export const rawRows = async (url: string, callers: number): Promise<Contestant> => {
  const clients = await connections(url, callers);
  const statement = { name: 'row', text: 'insert into raw.rows (data, metadata) values ($1, $2)' };
  return {
    once: (caller) => {
      const { data, metadata } = newEvent();
      return clients[caller]!.query({ ...statement, values: [JSON.stringify(data), JSON.stringify(metadata)] });
    },
    close: closing(clients),
  };
};

/** The same with stream, revision and id: what it takes to be an event, unchecked. */
export const rawEvents = async (url: string, callers: number): Promise<Contestant> => {
  const clients = await connections(url, callers);
  const next = places();
  const text = 'insert into raw.events (stream, revision, type, id, data, metadata) values ($1, $2, $3, $4, $5, $6)';
  return {
    once: (caller) => {
      const { stream, revision } = next(caller);
      const { id, type, data, metadata } = newEvent();
      return clients[caller]!.query({
        name: 'event',
        text,
        values: [stream, revision, type, id, JSON.stringify(data), JSON.stringify(metadata)],
      });
    },
    close: closing(clients),
  };
};

/** Rows of one `unnest` insert. */
export const rowsAtOnce = 100;

/** What the server takes at the most: a hundred rows in each transaction, on as many connections as the store appends with. */
export const unnestRows = async (url: string): Promise<Contestant> => {
  const clients = await connections(url, 2);
  const statement = { name: 'rows', text: 'insert into raw.rows (data, metadata) select * from unnest($1::text[], $2::text[])' };
  return {
    once: (caller) => {
      const events = Array.from({ length: rowsAtOnce }, newEvent);
      const values = [events.map(({ data }) => JSON.stringify(data)), events.map(({ metadata }) => JSON.stringify(metadata))];
      return clients[caller]!.query({ ...statement, values });
    },
    close: closing(clients),
  };
};

interface Emmett {
  readonly getPostgreSQLEventStore: (
    url: string,
    options: { connectionOptions: { pool: Pool }; schema: { autoMigration: 'None' | 'CreateOrUpdate' } },
  ) => {
    appendToStream(
      stream: string,
      events: readonly { type: string; data: object; metadata: object }[],
      options: { expectedStreamVersion: bigint },
    ): Promise<unknown>;
    schema: { migrate(): Promise<unknown> };
    close(): Promise<void>;
  };
}

/** A pool with a connection for each caller. Version 0 of a stream is the one that does not exist: the constant for that is not checked. */
export const emmett = async (server: Server, callers: number): Promise<Contestant> => {
  const { getPostgreSQLEventStore } = await peer<Emmett>('@event-driven-io/emmett-postgresql');
  const url = await server.database('emmett');
  const pool = new Pool({ connectionString: url, max: callers });
  const store = getPostgreSQLEventStore(url, { connectionOptions: { pool }, schema: { autoMigration: 'None' } });
  await store.schema.migrate();
  const next = places();
  return {
    once: (caller) => {
      const { stream, revision } = next(caller);
      const { type, data, metadata } = newEvent();
      return store.appendToStream(stream, [{ type, data, metadata }], { expectedStreamVersion: BigInt(revision) });
    },
    close: async () => {
      await store.close();
      if (!pool.ended) await pool.end();
    },
  };
};

// In the order of its own `install.sh`. Roles and views are for its tools.
const messageDbFiles = [
  'schema/message-store',
  'tables/messages',
  'types/message',
  ...[
    'message-store-version',
    'hash-64',
    'acquire-lock',
    'category',
    'is-category',
    'id',
    'cardinal-id',
    'stream-version',
    'write-message',
  ].map((name) => `functions/${name}`),
  'indexes/messages-id',
  'indexes/messages-stream',
  'indexes/messages-category',
];

/** Its function, prepared, on a connection for each caller; all streams are of one category, as its lock has it. */
export const messageDb = async (server: Server, callers: number): Promise<Contestant> => {
  const url = await server.database('message_db');
  await on(url, (client) => client.query('alter database message_db set search_path = message_store, public'));
  await on(url, async (client) => {
    for (const file of messageDbFiles) await client.query(await fileOf('@eventide/message-db', `database/${file}.sql`));
  });
  const clients = await connections(url, callers);
  const next = places();
  return {
    once: (caller) => {
      const { stream, revision } = next(caller);
      const { id, type, data, metadata } = newEvent();
      return clients[caller]!.query({
        name: 'write',
        text: 'select write_message($1, $2, $3, $4, $5, $6)',
        values: [id, stream, type, JSON.stringify(data), JSON.stringify(metadata), revision - 1],
      });
    },
    close: closing(clients),
  };
};

interface Boss {
  start(): Promise<unknown>;
  stop(options: { graceful: boolean }): Promise<void>;
  on(event: 'error', listener: () => void): unknown;
  createQueue(name: string): Promise<void>;
  send(queue: string, data: object): Promise<unknown>;
}

/** A queue of jobs: no streams and no order, but rows that must not be lost. Its own pool, a connection for each caller. */
export const pgBoss = async (server: Server, callers: number): Promise<Contestant> => {
  const { default: PgBoss } = await peer<{ default: new (options: object) => Boss }>('pg-boss');
  const boss = new PgBoss({
    connectionString: await server.database('pg_boss'),
    ...{ max: callers, supervise: false, schedule: false },
  });
  boss.on('error', () => undefined);
  await boss.start();
  await boss.createQueue('events');
  return {
    once: () => {
      const { data, metadata } = newEvent();
      return boss.send('events', { data, metadata });
    },
    close: () => boss.stop({ graceful: false }),
  };
};
