import { Client, type Pool } from 'pg';
import { AskedWrongly } from '../http/auth';
import { migrations } from '../migrations';
import type { Settings } from '../puente';
import { advisoryLocks } from '../store/advisory-locks';
import type { CopyTarget } from '../store/copying';
import { startEmbedded } from '../store/embedded';
import { parseEventStoreUrl } from '../store/eventstoredb-url';
import { migrate } from '../store/migrate';
import { openPool } from '../store/pool';
import { PostgresStore } from '../store/postgres';
import { PostgresCopyTarget } from '../store/postgres-copy';
import { storeMigrations } from '../store/postgres-schema';

/** Where a store is, as the command line names it. */
export interface Place {
  readonly is: 'postgresql' | 'eventstoredb';
  /** Nothing for the embedded database. */
  readonly url: string | undefined;
  /** Without a password. */
  readonly name: string;
}

const withoutPassword = (url: string) => url.replace(/^([a-z+]+:\/\/)[^/?#]*@/, '$1').replace(/\?.*$/, '');

/** @throws AskedWrongly unless `postgresql://…`, `esdb://…`, `esdb+discover://…` or `embedded` */
export const placeOf = (given: string): Place => {
  if (given === 'embedded') return { is: 'postgresql', url: undefined, name: given };
  const name = withoutPassword(given);
  if (/^postgres(ql)?:\/\/./.test(given)) return { is: 'postgresql', url: given, name };
  if (!/^esdb(\+discover)?:\/\//.test(given))
    throw new AskedWrongly('a store is at postgresql://…, esdb://… or esdb+discover://…, or is the embedded one');
  try {
    parseEventStoreUrl(given);
  } catch (error) {
    throw new AskedWrongly((error as Error).message);
  }
  return { is: 'eventstoredb', url: given, name };
};

export interface Opened {
  readonly place: Place;
  readonly target: CopyTarget;
  /** Whoever reads the same store, or nobody but the one who writes: false where that cannot be. Goes with the connection. */
  claim(as: 'source' | 'target'): Promise<boolean>;
  release(): Promise<void>;
  close(): Promise<void>;
}

/** @param as a target is brought up to date, a source must be */
export const openPlace = async (place: Place, as: 'source' | 'target', { home, log }: Settings): Promise<Opened> =>
  place.is === 'eventstoredb' ? openEventStoreDb(place) : openPostgres(place, as, home, log);

const openEventStoreDb = (place: Place): Opened => {
  // The client takes longer to load than all of Puente: only those who use it wait for it.
  /* eslint-disable @typescript-eslint/no-require-imports */
  const { EventStoreDbStore } = require('../store/eventstoredb') as typeof import('../store/eventstoredb');
  const { EventStoreDbCopyTarget } = require('../store/eventstoredb-copy') as typeof import('../store/eventstoredb-copy');
  /* eslint-enable */
  const store = new EventStoreDbStore({ url: place.url! });
  const target = new EventStoreDbCopyTarget(store, place.url!);
  return {
    ...{ place, target },
    claim: () => Promise.resolve(true),
    release: () => Promise.resolve(),
    close: async () => {
      await target.close();
      await store.close();
    },
  };
};

const openPostgres = async (place: Place, as: 'source' | 'target', home: string, log: (line: string) => void): Promise<Opened> => {
  const embedded = place.url === undefined ? await startEmbedded({ home, log }) : undefined;
  const url = place.url ?? embedded!.url;
  const pool = openPool({ connectionString: url, max: 2 });
  const holding = new Client({ connectionString: url });
  holding.on('error', () => undefined);
  const store = new PostgresStore({ url, deadline: 60_000 });
  const target = new PostgresCopyTarget(store, pool, url);
  const close = async () => {
    await target.close();
    await store.close();
    await pool.end();
    await holding.end().catch(() => undefined);
    await embedded?.stop();
  };
  try {
    if (as === 'target') {
      const applied = await migrate(pool, migrations);
      if (applied.length > 0) log(`${place.name} was brought up to date: ${applied.join(', ')}`);
    } else await mustBeMigrated(pool, place);
    await holding.connect();
  } catch (error) {
    await close();
    throw error;
  }
  const ask = async (statement: string) =>
    (await holding.query<{ held: boolean }>(`select ${statement} as held`, [advisoryLocks.copying])).rows[0]!.held;
  return {
    ...{ place, target, close },
    claim: (how) => ask(how === 'source' ? 'pg_try_advisory_lock_shared($1)' : 'pg_try_advisory_lock($1)'),
    release: async () => {
      await holding.query('select pg_advisory_unlock_all()');
    },
  };
};

const mustBeMigrated = async (pool: Pool, { name }: Place): Promise<void> => {
  const there = await pool.query<{ there: boolean }>(`select to_regclass('store.migrations') is not null as there`);
  const { rows } = there.rows[0]!.there ? await pool.query<{ name: string }>('select name from store.migrations') : { rows: [] };
  const missing = storeMigrations.filter((migration) => !rows.some((row) => row.name === migration.name));
  if (missing.length > 0)
    throw new AskedWrongly(
      `${name} lacks ${missing.map((migration) => migration.name).join(', ')}: it holds no store, or one of an older release, which starting this one on it (such as \`puente status\`) brings up to date`,
    );
};
