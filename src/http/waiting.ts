import type { Request } from 'express';
import { positionOf, waitOf } from './headers';
import type { Reading } from './ports';
import { Problem } from './problems';

/**
 * Waits until the read models cover the position that the caller was given, where one was sent.
 * @throws Problem OTHER_EPOCH, NOT_CAUGHT_UP
 */
export const awaitPosition = async (reading: Reading, request: Request): Promise<void> => {
  const awaited = await ofThisEpoch(reading, request);
  if (awaited !== undefined) await awaitCovered(reading, request, awaited);
};

/** What was read is the store that the receipt is of. @throws Problem OTHER_EPOCH */
export const ofThisEpoch = async (reading: Reading, request: Request): Promise<bigint | undefined> => {
  const awaited = positionOf(request);
  await mustBeOfThisEpoch(reading, awaited);
  return awaited?.position;
};

/** @throws Problem OTHER_EPOCH */
export const mustBeOfThisEpoch = async (reading: Reading, named: { readonly epoch: string } | undefined): Promise<void> => {
  if (named && named.epoch !== (await reading.epoch())) throw new Problem('OTHER_EPOCH');
};

/** Waits as long as the caller would until every read model, or those named, covers a position. @throws Problem NOT_CAUGHT_UP */
export const awaitCovered = async (reading: Reading, request: Request, position: bigint, readModels?: readonly string[]): Promise<void> => {
  if (!(await reading.waitFor(position, waitOf(request) * 1000, readModels)))
    throw new Problem('NOT_CAUGHT_UP', { headers: { 'Retry-After': '1' } });
};
