import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Server } from 'node:http';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Pool } from 'pg';
import supertest from 'supertest';
import { AppModule } from '../../src/app.module';
import { type Axes, stoodAt, type Stood } from '../../src/engine/as-of';
import { type NextAsked, nextIn } from '../../src/engine/next';
import { deliveryOver } from '../../src/delivery/delivery';
import type { StreamTiming } from '../../src/delivery/event-streams';
import type { Writing } from '../../src/engine/writing';
import { Rules } from '../../src/engine/rules';
import { storedFrom, Streams } from '../../src/engine/streams';
import { makeApp } from '../../src/http/app';
import { DevTokens, mintDevToken } from '../../src/http/dev-issuer';
import type { Limit } from '../../src/http/limits';
import { type Page, type PageAsked, Readiness, Reading } from '../../src/http/ports';
import type { Tokens } from '../../src/http/tokens';
import { type Role, roles } from '../../src/kernel/fields';
import { inForce } from '../../src/kernel/history';
import type { AnyLifecycle } from '../../src/kernel/lifecycle';
import { dataSet } from '../../src/lifecycles/data-set';
import { pairing } from '../../src/lifecycles/pairing';
import type { Question } from '../../src/monitoring/known-at';
import { Exports } from '../../src/out/exports';
import { timing } from '../../src/puente';
import { MemoryStore } from '../../src/store/memory';
import { type EventStore, idOf, kindOf } from '../../src/store/port';
import { type DocumentSettings, openVault, type Vault } from '../../src/vault/vault';
import { type Database, freshDatabase } from '../cluster/database';
import { masterOf } from '../vault/seeded';

// An app takes a second to start, and several when the machine is busy.

/** Reads straight from the events, as far as it was told to have come. */
export class ReadingOfEvents extends Reading {
  /** Whether the read models have come as far as a receipt says. */
  caughtUp = true;
  /** Of read models, which hold nothing here. */
  override readonly exports: Exports;

  constructor(
    private readonly store: EventStore,
    readonly streams: Streams,
    readonly lifecycles: Readonly<Record<string, AnyLifecycle>>,
    readonly now: () => Date,
    pool: Pool,
  ) {
    super();
    this.exports = new Exports({ pool, store, streams });
  }

  override async load(of: AnyLifecycle, id: string) {
    return (await this.streams.refresh(of, id)).folded;
  }
  override due(asked: object) {
    return Promise.resolve({ items: [{ asked }] });
  }
  override assigned() {
    return Promise.resolve([]);
  }
  override next(of: AnyLifecycle, id: string, asked: NextAsked) {
    return nextIn(this, of, id, asked);
  }
  override async standing(of: AnyLifecycle, id: string) {
    return inForce((await this.streams.history(of, id)).map(storedFrom));
  }
  override async resolve({ asOf, knownAt, position }: Question) {
    const until = BigInt(position ?? (await this.store.head()));
    const known = (await this.store.readAll(0n, 10_000)).filter(
      (event) => event.position <= until && (knownAt === undefined || event.recordedAt <= new Date(knownAt).toISOString()),
    );
    const last = known.at(-1);
    const moment = knownAt ?? last?.recordedAt ?? null;
    return { asOf: asOf ?? (moment ?? this.now().toISOString()).slice(0, 10), knownAt: moment, position: last?.position ?? 0n };
  }
  override stood(of: AnyLifecycle, id: string, axes: Axes) {
    return stoodAt(this.streams, of, id, axes);
  }
  override wasIllustrative() {
    return Promise.resolve(false);
  }
  override timelineAsOf({ recorded }: Stood, _: Axes, { limit }: PageAsked): Promise<Page> {
    return Promise.resolve({ items: recorded.slice(0, limit).map(({ type, revision }) => ({ type, revision })) });
  }
  override listAsOf(): Promise<Page> {
    return Promise.resolve({ items: [] });
  }
  override isIllustrative() {
    return Promise.resolve(false);
  }
  override async list(of: AnyLifecycle, { after, limit }: PageAsked): Promise<Page> {
    const events = await this.store.readAll(0n, 1000, { kinds: [of.name] });
    const ids = [...new Set(events.map(({ stream }) => idOf(stream)))].sort().filter((id) => after === undefined || id > after);
    return { items: ids.slice(0, limit).map((id) => ({ id })), next: ids.length > limit ? ids[limit - 1] : undefined };
  }
  override async timeline(stream: string, { after, limit, language, words }: PageAsked & { words: boolean }) {
    const events = await this.store.read(stream);
    const items = events
      .slice(after === undefined ? 0 : Number(after) + 1)
      .map(({ type, revision }) => ({ type, revision, language, words }));
    return { items: items.slice(0, limit), next: items.length > limit ? String(items[limit - 1]!.revision) : undefined, stale: false };
  }
  override eligibility(call: string, asked: object) {
    return Promise.resolve({ items: [{ call, asked }] });
  }
  override ranking(call: string, asked: object) {
    return Promise.resolve({ items: [{ call, asked }], unassessed: 0 });
  }
  override whatIfRanking(call: string, asked: object) {
    return Promise.resolve({ items: [{ call, asked }] });
  }
  override candidates(call: string, asked: object) {
    return Promise.resolve({ items: [{ call, asked }] });
  }
  override waitFor() {
    return Promise.resolve(this.caughtUp);
  }
  override epoch() {
    return this.store.epoch();
  }
  override head() {
    return this.store.head();
  }
  override async positionOf(stream: string, revision: number) {
    return (await this.store.read(stream, { from: revision, limit: 1 }))[0]?.position;
  }
  override positionBefore() {
    return Promise.resolve(0n);
  }
  override indicators() {
    return Promise.resolve([]);
  }
  override figure() {
    return Promise.resolve(undefined);
  }
  override evidence() {
    return Promise.resolve(undefined);
  }
  override difference() {
    return Promise.resolve(undefined);
  }
  override series() {
    return Promise.resolve(undefined);
  }
  override register() {
    return Promise.resolve({ claims: [] });
  }
  override progress() {
    return Promise.resolve(undefined);
  }
  override citations() {
    return Promise.resolve(undefined);
  }
  override process() {
    return Promise.resolve({ phases: [] });
  }
  override report(question: object) {
    return Promise.resolve({ question });
  }
  override reportPage() {
    return Promise.resolve('<!doctype html>');
  }
}

export interface Booted {
  readonly database: Database;
  readonly app: NestExpressApplication;
  readonly server: Server;
  readonly store: EventStore;
  readonly vault: Vault;
  readonly reading: ReadingOfEvents;
  readonly home: string;
  /** A token of the development issuer for each role. */
  readonly tokens: Readonly<Record<Role, string>>;
  /** Requests with the token of a role. */
  as(role: Role): ReturnType<typeof supertest.agent>;
  /** How many events there are. */
  recorded(): Promise<number>;
  close(): Promise<void>;
}

export const declared = {
  title: 'City-to-city pairings',
  source: 'IUC-LAC newsletter, 2020',
  illustrative: false,
  measures: [],
  note: 'María counted twice',
};

/** The app as it is served, on events in memory and a vault in a database of its own. */
export const boot = async (
  given: {
    tokens?: Tokens;
    limit?: Limit;
    lifecycles?: Readonly<Record<string, AnyLifecycle>>;
    ready?: () => Promise<unknown>;
    documents?: DocumentSettings;
    /** In memory where it is left out. */
    store?: EventStore;
    streaming?: StreamTiming;
    /** Milliseconds after an attempt in vain until the next. */
    schedule?: readonly number[];
  } = {},
): Promise<Booted> => {
  const database = await freshDatabase();
  const home = mkdtempSync(join(tmpdir(), 'puente-http-'));
  const now = () => new Date();
  const vault = await openVault(database.pool, masterOf('http'), { randomBytes, now }, given.documents);
  const store = given.store ?? new MemoryStore({ now });
  const streams = new Streams(store, new Rules(() => Promise.resolve(undefined)));
  const lifecycles = given.lifecycles ?? { dataSet, pairing };
  const reading = new ReadingOfEvents(store, streams, lifecycles, now, database.pool);
  const writing: Writing = {
    store,
    streams,
    lifecycles,
    texts: vault.texts,
    people: vault.people,
    actors: vault.actors,
    documents: vault.documents,
    hash: vault.hash,
    now,
    newId: randomUUID,
    pause: () => Promise.resolve(),
  };
  const app = await makeApp(
    AppModule.with({
      writing,
      serving: {
        reading,
        readiness: new Readiness({ database: given.ready ?? (() => database.pool.query('select 1')) }),
        vault,
        tokens: given.tokens ?? (await DevTokens.of(home, now)),
        delivery: deliveryOver({
          ...{ pool: database.pool, store, streams, vault, places: reading, timing, now, newId: randomUUID },
          ...{ chance: () => 0.5, schedule: given.schedule },
          ...{ loopback: true, report: () => undefined, streaming: given.streaming },
        }),
        log: 'silent',
        ...(given.limit ? { limit: given.limit } : {}),
      },
    }),
  );
  await app.listen(0, '127.0.0.1');
  const minted = await Promise.all(roles.map(async (role) => [role, await mintDevToken({ home, role })] as const));
  const tokens = Object.fromEntries(minted) as Record<Role, string>;
  const server: Server = app.getHttpServer();
  return {
    database,
    app,
    server,
    store,
    vault,
    reading,
    home,
    tokens,
    as: (role) => supertest.agent(server).set('Authorization', `Bearer ${tokens[role]}`),
    recorded: async () => (await store.readAll(0n, 1000)).filter(({ stream }) => kindOf(stream) !== '').length,
    close: async () => {
      await app.close();
      await database.drop();
      rmSync(home, { recursive: true });
    },
  };
};
