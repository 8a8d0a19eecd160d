import { NestFactory } from '@nestjs/core';
import { CommandBus } from '@nestjs/cqrs';
import { settle } from '../engine/doer';
import { EngineModule } from '../engine/engine.module';
import type { Execute, Receipt } from '../engine/execute';
import type { Puente } from '../puente';

/**
 * Who records what comes from the command line: whoever may start it holds the store and its keys, and may what an administrator may,
 * whoever is assigned.
 */
export const importer = { issuer: 'urn:puente:cli', subject: 'import', roles: ['programme-officer', 'admin'] } as const;

type Bus = (command: Execute) => Promise<Receipt>;

/** Commands for an open Puente, without a server. */
export const onBus = async <Result>(puente: Puente, work: (execute: Bus) => Promise<Result>): Promise<Result> => {
  const app = await NestFactory.createApplicationContext(EngineModule.with(puente.writing), { logger: false });
  try {
    const bus = app.get(CommandBus);
    return await work((command) => bus.execute<Execute, Receipt>(command));
  } finally {
    await app.close();
  }
};

/** What follows from commands is done with them: read models, and what policies and the calendar demand. */
export const settled = async (puente: Puente, execute: Bus): Promise<void> => {
  const doer = puente.doerOn(execute);
  try {
    await settle(puente.runner, doer);
  } finally {
    await doer.stop();
  }
};
