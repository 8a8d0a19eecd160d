import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import type { Writing } from './engine/writing';
import { rulesIn } from './engine/published-rules';
import type { Rules } from './engine/rules';
import { Doer } from './engine/doer';
import type { Execute, Receipt } from './engine/execute';
import type { ReadModel } from './engine/read-model';
import { policyModel } from './engine/policies';
import { Runner } from './engine/runner';
import type { Timing } from './engine/runner-tail';
import { Streams } from './engine/streams';
import { timersModel } from './engine/timers';
import { lifecycles } from './lifecycles/all';
import { policies } from './lifecycles/policies';
import { migrations } from './migrations';
import { facts } from './monitoring/facts';
import { indicatorsModel } from './monitoring/indicators';
import type { Publisher } from './out/publisher';
import { readModels } from './reading/all';
import { startEmbedded } from './store/embedded';
import { makeHome } from './store/folders';
import { migrate } from './store/migrate';
import { OverlayStore } from './store/overlay';
import type { StoreInstruments } from './store/instruments';
import { keepingPlans, openPool } from './store/pool';
import type { EventStore } from './store/port';
import { PostgresStore } from './store/postgres';
import { asUnreachable } from './store/unreachable';
import { loadMasterKey } from './vault/master-key';
import { type DocumentSettings, openVault, type Vault } from './vault/vault';

export interface Settings {
  /** Folder of the embedded database, the master key and the development issuer (`PUENTE_HOME`, `.puente`). */
  readonly home: string;
  /** A PostgreSQL of one's own (`DATABASE_URL`); the embedded one where it is left out. */
  readonly databaseUrl?: string | undefined;
  /** An EventStoreDB or KurrentDB for the events (`EVENTSTORE_URL`); PostgreSQL holds them too where it is left out. */
  readonly eventStoreUrl?: string | undefined;
  /** `PUENTE_MASTER_KEY`, base64; a file in `home` where it is left out. */
  readonly masterKey?: string | undefined;
  /** Where bytes of documents go (`PUENTE_DOCUMENTS`), and how many one may have (`PUENTE_DOCUMENT_MIB`). */
  readonly documents?: DocumentSettings | undefined;
  /** Who publishes IATI activities (`IATI_ORGANISATION` and what goes with it). */
  readonly publisher?: Publisher | undefined;
  /** How events leave the house. */
  readonly delivering?: Delivering | undefined;
  readonly log: (line: string) => void;
  /** Commands are decided on what is stored, and record only in memory. */
  readonly dryRun?: boolean;
  /** Told of appends, batches and commands as they are done. */
  readonly instruments?: Instruments | undefined;
}

export interface Delivering {
  /** Where this installation is reached from outside (`PUENTE_PUBLIC_URL`): its events are named by it. */
  readonly publicUrl?: string | undefined;
  /** What stands between this machine and the network (`PUENTE_EGRESS_PROXY`). */
  readonly proxy?: string | undefined;
  /** Milliseconds after an attempt in vain until the next (`PUENTE_WEBHOOK_SCHEDULE`, in seconds). */
  readonly schedule?: readonly number[] | undefined;
}

/** Where what Puente does is measured, by whoever opens it. */
export interface Instruments extends StoreInstruments {
  readonly commanded?: Writing['commanded'];
}

/** Waiting by the clock of this machine. */
export const timing: Timing = { sleep: (ms, signal) => sleep(ms, undefined, { signal }).catch(() => undefined) };

/** Who acts where nobody does: changing it would make every repeat of a policy or a timer a new command. */
export const itself = '6b1f0a52-94d6-5f0e-8d53-0a3a8f1c7e55';

/** What is brought forward from the log: what is read, what is counted, what the calendar and policies demand. */
export const everyReadModel: readonly ReadModel[] = [
  ...readModels,
  facts,
  indicatorsModel,
  timersModel(Object.values(lifecycles)),
  ...policies.map(policyModel),
];

/** Everything that stays open while Puente runs. */
export interface Puente {
  readonly store: EventStore;
  readonly pool: Pool;
  /** For pages of many rows: connections that keep their plans. */
  readonly pages: Pool;
  readonly vault: Vault;
  readonly rules: Rules;
  readonly streams: Streams;
  readonly writing: Writing;
  readonly runner: Runner;
  /** Commands record only in memory. */
  readonly dryRun: boolean;
  /** What does by itself what policies and the calendar demand, through a bus. */
  doerOn(execute: (command: Execute) => Promise<Receipt>): Doer;
  close(): Promise<void>;
}

// The client of EventStoreDB takes longer to load than all of Puente: only those who use it wait for it.
const openEventStoreDb = (url: string, instruments: StoreInstruments | undefined): EventStore => {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would be loaded at every start
  const { EventStoreDbStore } = require('./store/eventstoredb') as typeof import('./store/eventstoredb');
  return new EventStoreDbStore({ url, instruments });
};

/** Opens, or makes, the database and what lives in it. The runner is not started: see `runner.start` and `runner.catchUp`. */
export const openPuente = async ({
  home,
  databaseUrl,
  eventStoreUrl,
  masterKey,
  documents,
  log,
  dryRun = false,
  instruments,
}: Settings): Promise<Puente> => {
  if (databaseUrl === undefined) await makeHome(home);
  const embedded = databaseUrl === undefined ? await startEmbedded({ home, log }) : undefined;
  const url = databaseUrl ?? embedded!.url;
  const lost = (error: Error) => log(`a connection to the database was lost: ${error.message}`);
  const pool = openPool({ connectionString: url, max: 12 }, lost);
  const pages = openPool({ connectionString: url, max: 4, ...keepingPlans }, lost);
  // With more, read models are brought forward in smaller batches, by more work, and whoever asks waits for it.
  const batches = openPool({ connectionString: url, max: 3 }, lost);
  await migrate(pool, migrations).catch(asUnreachable);
  const master = await loadMasterKey({ home, fromEnvironment: masterKey, randomBytes });
  const vault = await openVault(pool, master, { randomBytes, now: () => new Date() }, documents);
  const recorded = eventStoreUrl === undefined ? new PostgresStore({ url, instruments }) : openEventStoreDb(eventStoreUrl, instruments);
  const store = dryRun ? new OverlayStore(recorded) : recorded;
  const rules = rulesIn(store);
  const streams = new Streams(store, rules);
  const writing: Writing = {
    store,
    streams,
    lifecycles,
    texts: dryRun
      ? { draft: async (stream, words) => ({ refs: (await vault.texts.draft(stream, words)).refs, keep: () => Promise.resolve() }) }
      : vault.texts,
    people: vault.people,
    actors: vault.actors,
    documents: vault.documents,
    hash: vault.hash,
    commanded: instruments?.commanded,
    now: () => new Date(),
    newId: randomUUID,
    pause: (attempt) => sleep(Math.min(2_000, 10 * 2 ** attempt) * (0.5 + Math.random() / 2)),
  };
  const owner = randomUUID();
  const all = Object.values(lifecycles);
  const runner = new Runner({
    pool,
    writing: batches,
    store: recorded,
    lifecycles: all,
    rules,
    readModels: everyReadModel,
    owner,
    timing,
    listener: streams,
    report: (readModel, error) => log(`${readModel ?? 'read models'}: ${String(error)}`),
  });
  return {
    store,
    pool,
    pages,
    vault,
    rules,
    streams,
    writing,
    runner,
    dryRun,
    doerOn: (execute) =>
      new Doer({
        ...{ pool, lifecycles, policies, execute, owner, timing },
        actor: itself,
        now: writing.now,
        report: (error) => log(`tasks: ${String(error)}`),
      }),
    close: async () => {
      await runner.stop();
      await recorded.close();
      await Promise.all([pool.end(), pages.end(), batches.end()]);
      await embedded?.stop();
    },
  };
};
