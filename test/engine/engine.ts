import { randomBytes, randomUUID } from 'node:crypto';
import { NestFactory } from '@nestjs/core';
import { CommandBus } from '@nestjs/cqrs';
import { EngineModule } from '../../src/engine/engine.module';
import { type Envelope, Execute, type Receipt } from '../../src/engine/execute';
import type { Writing } from '../../src/engine/writing';
import { Streams } from '../../src/engine/streams';
import { lifecycles } from '../../src/lifecycles/all';
import { rulesIn } from '../../src/engine/published-rules';
import type { EventStore } from '../../src/store/port';
import { openVault } from '../../src/vault/vault';
import type { Database } from '../cluster/database';
import { masterOf } from '../vault/seeded';

/** What one process of Puente writes with. */
export interface Engine {
  give(to: `${keyof typeof lifecycles}/${string}`, command: string, body: unknown, envelope?: Partial<Envelope>): Promise<Receipt>;
  readonly execute: (command: Execute) => Promise<Receipt>;
  readonly vault: Awaited<ReturnType<typeof openVault>>;
  readonly streams: Streams;
  close(): Promise<void>;
}

/** An engine over a store; several over one store are several processes. */
export const engineOn = async (
  store: EventStore,
  database: Database,
  now: () => Date = () => new Date(),
  chance: (size: number) => Buffer = randomBytes,
): Promise<Engine> => {
  const vault = await openVault(database.pool, masterOf('engine'), { randomBytes: chance, now });
  const writing: Writing = {
    store,
    streams: new Streams(store, rulesIn(store)),
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
  const app = await NestFactory.createApplicationContext(EngineModule.with(writing), { logger: false });
  const bus = app.get(CommandBus);
  const execute = (command: Execute) => bus.execute<Execute, Receipt>(command);
  return {
    vault,
    streams: writing.streams,
    execute,
    give: (to, command, body, envelope = {}) => {
      const kind = to.slice(0, to.indexOf('/')) as keyof typeof lifecycles;
      const id = to.slice(kind.length + 1);
      return execute(new Execute(lifecycles[kind], id, command, body, { actor: 'officer', roles: ['programme-officer'], ...envelope }));
    },
    close: () => app.close(),
  };
};
