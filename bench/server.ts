import { chmod, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Pool, type ClientConfig } from 'pg';
import { migrations } from '../src/migrations';
import { startEmbedded } from '../src/store/embedded';
import { migrate } from '../src/store/migrate';
import { median } from './measure';

const settings = ['server_version', 'fsync', 'synchronous_commit', 'wal_sync_method', 'full_page_writes', 'shared_buffers', 'max_wal_size'];

/** The one PostgreSQL that everything is measured on: the embedded one, as it is delivered. */
export interface Server {
  readonly url: string;
  /** Folder of its own, that is removed at the end. */
  readonly home: string;
  /** Makes a database, empty or as a copy, and gives its address. */
  database(name: string, template?: string): Promise<string>;
  /** Makes a database with the tables of Puente. */
  migrated(name: string): Promise<string>;
  drop(name: string): Promise<unknown>;
  environment(): Promise<object>;
  stop(): Promise<void>;
}

export const connected = async (config: ClientConfig): Promise<Client> => {
  const client = new Client(config);
  await client.connect();
  return client;
};

/** One connection for each caller. */
export const connections = (url: string, count: number) =>
  Promise.all(Array.from({ length: count }, () => connected({ connectionString: url })));

export const on = async <Given>(url: string, work: (client: Client) => Promise<Given>): Promise<Given> => {
  const client = await connected({ connectionString: url });
  try {
    return await work(client);
  } finally {
    await client.end();
  }
};

/** What the disk takes for a page that is there to stay: the median of 200. */
const syncOf = async (folder: string): Promise<number> => {
  const file = await open(join(folder, 'sync'), 'w');
  const page = Buffer.alloc(8192, 1);
  const took: number[] = [];
  for (let nth = 0; nth < 200; nth += 1) {
    await file.write(page, 0, page.length, nth * page.length);
    const began = performance.now();
    await file.datasync();
    took.push(performance.now() - began);
  }
  await file.close();
  return Number(median(took).toFixed(3));
};

export const startServer = async (log: (line: string) => void): Promise<Server> => {
  const home = await mkdtemp(join(tmpdir(), 'puente-bench-'));
  await chmod(home, 0o755);
  const embedded = await startEmbedded({ home, log });
  const addressOf = (name: string) => embedded.url.replace('/puente?', `/${name}?`);
  const database = async (name: string, template = 'template1') => {
    await on(embedded.url, (client) => client.query(`create database ${name} template ${template} strategy file_copy`));
    return addressOf(name);
  };
  return {
    url: embedded.url,
    home,
    database,
    migrated: async (name) => {
      const url = await database(name);
      const pool = new Pool({ connectionString: url, max: 1 });
      await migrate(pool, migrations);
      await pool.end();
      return url;
    },
    drop: (name) => on(embedded.url, (client) => client.query(`drop database ${name}`)),
    environment: async () => {
      const shown = await on(embedded.url, (client) =>
        client.query<{ name: string; shown: string }>('select name, current_setting(name) as shown from unnest($1::text[]) name', [
          settings,
        ]),
      );
      return {
        postgres: Object.fromEntries(shown.rows.map((row) => [row.name, row.shown])),
        fdatasyncMilliseconds: await syncOf(home),
      };
    },
    stop: async () => {
      await embedded.stop();
      await rm(home, { recursive: true, force: true });
    },
  };
};
