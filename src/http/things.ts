import type { Request, Response } from 'express';
import type { Standing } from '../kernel/history';
import type { AnyLifecycle, AnyState } from '../kernel/lifecycle';
import { streamOf } from '../store/port';
import type { StandsOn } from './axes';
import type { Reading } from './ports';
import { notFound, type Problem } from './problems';

/** A thing as it stands, or as it stood. */
export interface Thing {
  readonly state: AnyState;
  /** The last one recorded by then. */
  readonly revision: number;
  /** Fact by fact, what the state follows from. */
  readonly standing: () => Promise<readonly Standing[]>;
  /** Whether any of that came with a data set that is declared illustrative. */
  readonly illustrative: () => Promise<boolean>;
}

/**
 * What is in force of a thing, or was at the moment asked for; read from its events.
 * @throws Problem NOT_FOUND where nothing of it was recorded by then
 */
export const thingAt = async (reading: Reading, of: AnyLifecycle, id: string, at: StandsOn | undefined): Promise<Thing> => {
  if (at === undefined) {
    const { state, revision } = await reading.load(of, id);
    if (revision < 0) throw nothingAt(of, id);
    return {
      ...{ state, revision },
      standing: () => reading.standing(of, id),
      illustrative: () => reading.isIllustrative(streamOf(of.name, id)),
    };
  }
  const stood = await reading.stood(of, id, at);
  const { state, revision } = stood.folded;
  if (revision < 0) throw nothingAt(of, id);
  return { state, revision, standing: () => Promise.resolve(stood.standing), illustrative: () => reading.wasIllustrative(stood, at) };
};

export const nothingAt = (of: AnyLifecycle, id: string): Problem => notFound(of.name, id);

/** Answers are for this caller alone, and are asked for again each time: what is forgotten must not live on in caches. */
export const personal = (response: Response) => {
  response.setHeader('Cache-Control', 'private, no-cache');
  response.vary('Authorization').vary('Accept-Language');
};

/**
 * An answer about a thing for this caller, at a revision where that is its current one. Never "not modified": what is forgotten, the
 * roles of the caller, other things and the day change the answer while the revision stays.
 */
export const standingAt = (revision: number | undefined, request: Request, response: Response) => {
  delete request.headers['if-none-match'];
  if (revision !== undefined && revision >= 0) response.setHeader('ETag', `"${revision}"`);
  personal(response);
};
