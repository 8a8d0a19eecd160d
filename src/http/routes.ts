import { Controller, Post, type Type } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Execute, type Receipt } from '../engine/execute';
import { everywhere } from '../kernel/corrections';
import { type AnyLifecycle, partsOf } from '../kernel/lifecycle';
import type { Declared } from '../kernel/part';
import { streamOf } from '../store/port';
import { People } from '../vault/people';
import { Texts } from '../vault/texts';
import { kebab, thingIn } from './addresses';
import { attach } from './attach';
import { callerOf } from './auth';
import { commandIn } from './body';
import { attachBudget } from './budget';
import { documentCommand } from './documented-commands';
import { attachFocalPoints } from './focal-points';
import { correlationOf, dryRunOf, idempotencyKeyOf, ifMatchOf } from './headers';
import { MayCall } from './may-call';
import { CanBeTried } from './tried';
import { attachNext } from './next';
import { Reading } from './ports';
import { Problem } from './problems';
import { attachReads } from './reads';

export interface Routes {
  readonly bus: CommandBus;
  readonly reading: Reading;
  readonly texts: Texts;
  readonly people: People;
}

export type AnyCommand = Declared<object, string>;
/** Every command that a lifecycle takes: of its parts, and what all take. */
export const commandsOf = (of: AnyLifecycle): readonly (readonly [name: string, command: AnyCommand])[] => [
  ...partsOf(of).flatMap(([, part]) => Object.entries(part.commands as Readonly<Record<string, AnyCommand>>)),
  ...Object.entries<AnyCommand>(everywhere),
];

/** Commands that change what others saw before they name the revision they saw. */
const needsRevision = new Set<string>(['Correct' satisfies keyof typeof everywhere]);

/** The controller of a lifecycle: `POST /v1/pairings/{id}/hold-mission` for each command, and the reads. */
export const routesOf = (of: AnyLifecycle): Type<Routes> => {
  class LifecycleRoutes implements Routes {
    constructor(
      readonly bus: CommandBus,
      readonly reading: Reading,
      readonly texts: Texts,
      readonly people: People,
    ) {}
  }
  Object.defineProperty(LifecycleRoutes, 'name', { value: `${of.name}Routes` });
  Reflect.defineMetadata('design:paramtypes', [CommandBus, Reading, Texts, People], LifecycleRoutes);
  Controller(`v1/${of.plural}`)(LifecycleRoutes);
  ApiTags(of.plural)(LifecycleRoutes);
  attachReads(of, LifecycleRoutes);
  attachNext(of, LifecycleRoutes);
  attachFocalPoints(of, LifecycleRoutes);
  attachBudget(of, LifecycleRoutes);
  for (const [name, command] of commandsOf(of)) {
    const answer = (routes: Routes, request: Request, response: Response) => execute(routes, of, name, command, request, response);
    attach(LifecycleRoutes, name, answer, [
      Post(`:id/${kebab(name)}`),
      MayCall(...command.by),
      CanBeTried(),
      ...documentCommand(of, name, command, needsRevision.has(name)),
    ]);
  }
  return LifecycleRoutes;
};

/** 201 when something was recorded, 200 when nothing new was. */
const execute = async (
  { bus, reading }: Routes,
  of: AnyLifecycle,
  name: string,
  { form }: AnyCommand,
  request: Request,
  response: Response,
): Promise<Receipt> => {
  const id = thingIn(request);
  const key = idempotencyKeyOf(request);
  const ifMatch = ifMatchOf(request);
  const dryRun = dryRunOf(request);
  const { fields, occurredOn } = commandIn(request, form);
  if (ifMatch === undefined && needsRevision.has(name)) throw new Problem('PRECONDITION_REQUIRED');
  // Nothing that exists ever ceases to: that it did a moment ago is enough.
  if (ifMatch === '*' && (await reading.load(of, id)).revision < 0) throw new Problem('STALE_REVISION', { values: { actual: -1 } });
  const receipt = await bus.execute(
    new Execute(of, id, name, fields, {
      ...callerOf(request),
      ...(key === undefined ? {} : { key }),
      ...(occurredOn === undefined ? {} : { occurredOn }),
      ...(typeof request.id === 'string' ? { correlationId: correlationOf(request.id) } : {}),
      ...(typeof ifMatch === 'number' ? { ifMatch } : {}),
      ...(dryRun ? { dryRun } : {}),
    }),
  );
  response.status(receipt.events.length === 0 || receipt.repeated === true || dryRun ? 200 : 201);
  if (!dryRun) tell(receipt, of, id, response);
  return receipt;
};

const tell = ({ stream, revision, position, epoch }: Receipt, of: AnyLifecycle, id: string, response: Response) => {
  if (stream !== streamOf(of.name, id)) throw new Error(`a receipt for ${stream} answered a command to ${of.name} ${id}`);
  response.setHeader('Puente-Position', `${position}.${epoch}`);
  if (revision < 0) return;
  response.setHeader('ETag', `"${revision}"`);
  response.setHeader('Location', `/v1/${of.plural}/${id}`);
};
