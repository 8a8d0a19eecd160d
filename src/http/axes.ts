import type { Request } from 'express';
import { type Cursor, readCursor } from '../delivery/cursor';
import type { Question, Resolved } from '../monitoring/known-at';
import { type Parameter, parameters } from './addresses';
import type { Reading } from './ports';
import { awaitCovered, awaitPosition, mustBeOfThisEpoch } from './waiting';

/** A position with its epoch: what an answer of another store named is refused. */
export const position: Parameter<Cursor> = [readCursor, 'NOT_OF_AN_ANSWER'];

/** What had happened by a day, as it was known at an instant or at a position that an answer named. */
export const axes = { asOf: parameters.text, knownAt: parameters.text, position };
export interface AxesAsked {
  readonly asOf?: string | undefined;
  readonly knownAt?: string | undefined;
  readonly position?: Cursor | undefined;
}

/**
 * The question of an address, once the read models cover what the caller was given.
 * @throws Problem OTHER_EPOCH, NOT_CAUGHT_UP
 */
export const questionIn = async (reading: Reading, request: Request, asked: AxesAsked): Promise<Question> => {
  const { asOf, knownAt, position: named } = asked;
  await mustBeOfThisEpoch(reading, named);
  await awaitPosition(reading, request);
  return {
    ...(asOf !== undefined && { asOf }),
    ...(knownAt !== undefined && { knownAt }),
    ...(named && { position: String(named.position) }),
  };
};

/** What an answer stands on. */
export interface StandsOn extends Resolved {
  readonly epoch: string;
}

/**
 * What the answer to a question on these axes stands on, resolved once; undefined where the address names neither: it is answered of now.
 * @throws Malformed; Problem OTHER_EPOCH, NOT_CAUGHT_UP; Rejected KNOWN_AT_IN_THE_FUTURE, POSITION_NOT_REACHED
 */
export const momentIn = async (reading: Reading, request: Request, asked: AxesAsked): Promise<StandsOn | undefined> => {
  if (asked.asOf === undefined && asked.knownAt === undefined && asked.position === undefined) return undefined;
  const resolved = await reading.resolve(await questionIn(reading, request, asked));
  // Of what is no figure, the timeline says which streams and which imports there were.
  await awaitCovered(reading, request, resolved.position, ['timeline']);
  return { ...resolved, epoch: await reading.epoch() };
};

/** How an answer names what it stands on: asked by this day and this position again it is the same. */
export const named = ({ asOf, knownAt, position, epoch }: StandsOn) => ({ asOf, knownAt, position: String(position), epoch });

/** The parameters of an address that give the same answer again. */
export const pinned = ({
  asOf,
  position,
  epoch,
}: {
  readonly asOf: string;
  readonly position: bigint | string;
  readonly epoch: string;
}) => ({
  asOf,
  position: `${position}.${epoch}`,
});
