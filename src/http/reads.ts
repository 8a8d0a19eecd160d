import { dimensionsOf } from '../kernel/lifecycle';
import { Get, type Type } from '@nestjs/common';
import type { Request, Response } from 'express';
import { type Role, roles } from '../kernel/fields';
import type { AnyLifecycle } from '../kernel/lifecycle';
import { shownTo } from '../kernel/reserved';
import { streamOf } from '../store/port';
import { nextLink, pageSize, parameters, parametersOf, thingIn } from './addresses';
import { attach } from './attach';
import { callerOf } from './auth';
import { documentList, documentThing, documentTimeline } from './documented-reads';
import { positionOf, waitOf } from './headers';
import { languageOf } from './language';
import { filterParameters } from './lists';
import { MayCall } from './may-call';
import type { Page, Reading } from './ports';
import { notFound, Problem } from './problems';
import { withWords } from './revealed';
import type { Routes } from './routes';

/** Who reads protected words where they read what holds them. */
export const readersOfWords: readonly Role[] = ['programme-officer', 'evaluator', 'admin'];

/** `GET /v1/pairings`, `/v1/pairings/{id}`, `/v1/pairings/{id}/timeline`. */
export const attachReads = (of: AnyLifecycle, controller: Type<Routes>): void => {
  attach(controller, 'list', (routes, request, response) => list(routes, of, request, response), [
    Get(),
    MayCall(...roles),
    ...documentList(of),
  ]);
  attach(controller, 'show', (routes, request, response) => show(routes, of, request, response), [
    Get(':id'),
    MayCall(...roles),
    ...documentThing(of),
  ]);
  attach(controller, 'timeline', (routes, request, response) => timeline(routes, of, request, response), [
    Get(':id/timeline'),
    MayCall(...roles),
    ...documentTimeline(of),
  ]);
};

/** Answers are for this caller alone, and are asked for again each time: what is forgotten must not live on in caches. */
export const personal = (response: Response) => {
  response.setHeader('Cache-Control', 'private, no-cache');
  response.vary('Authorization').vary('Accept-Language');
};

/**
 * An answer about a thing at a revision, for this caller. Never "not modified": what is forgotten, the roles of the caller, other things
 * and the day change the answer while the revision stays.
 */
export const standingAt = (revision: number, request: Request, response: Response) => {
  delete request.headers['if-none-match'];
  if (revision >= 0) response.setHeader('ETag', `"${revision}"`);
  personal(response);
};

/**
 * Waits until the read models cover the position that the caller was given, where one was sent.
 * @throws Problem OTHER_EPOCH, NOT_CAUGHT_UP
 */
export const awaitPosition = async (reading: Reading, request: Request): Promise<void> => {
  const awaited = await ofThisEpoch(reading, request);
  if (awaited !== undefined && !(await reading.waitFor(awaited, waitOf(request) * 1000)))
    throw new Problem('NOT_CAUGHT_UP', { headers: { 'Retry-After': '1' } });
};
/** What was read is the store that the receipt is of. @throws Problem OTHER_EPOCH */
export const ofThisEpoch = async (reading: Reading, request: Request): Promise<bigint | undefined> => {
  const awaited = positionOf(request);
  if (awaited && awaited.epoch !== (await reading.epoch())) throw new Problem('OTHER_EPOCH');
  return awaited?.position;
};

const list = async ({ reading }: Routes, of: AnyLifecycle, request: Request, response: Response) => {
  const { after, limit, ...filters } = parametersOf(request, {
    after: parameters.cursor,
    limit: parameters.limit,
    ...filterParameters(of.name),
  });
  const { mine, ...narrowed }: Readonly<Record<string, string>> = filters;
  const own = mine === 'true' ? { mine: callerOf(request).actor } : {};
  const asked = { ...(after === undefined ? {} : { after }), limit: pageSize({ limit }), language: languageOf(request) };
  await awaitPosition(reading, request);
  return answerPage(await reading.list(of, { ...asked, ...own, filters: narrowed }), request, response);
};

/** A page, with the address of the next in its `Link`. */
export const answerPage = ({ items, next, stale }: Page, request: Request, response: Response) => {
  if (next !== undefined) response.setHeader('Link', nextLink(request, next));
  response.setHeader('Content-Language', languageOf(request));
  personal(response);
  return { items, ...(next === undefined ? {} : { next }), ...(stale && { stale }) };
};

/** What is in force now, read from the events themselves: it covers every receipt. */
const show = async ({ reading, texts }: Routes, of: AnyLifecycle, request: Request, response: Response) => {
  const id = thingIn(request);
  parametersOf(request, {});
  await ofThisEpoch(reading, request);
  const { state: whole, revision } = await reading.load(of, id);
  if (revision < 0) throw nothingAt(of, id);
  const illustrative = await reading.isIllustrative(streamOf(of.name, id));
  standingAt(revision, request, response);
  const state = shownTo(of, whole, callerOf(request));
  const rules = of.rules(whole);
  const mergedInto = of.mergedInto?.(whole);
  return {
    id,
    revision,
    ...(illustrative && { illustrative }),
    ...(mergedInto === undefined ? {} : { mergedInto }),
    ...(rules === undefined ? {} : { rules }),
    dimensions: dimensionsOf(of, whole),
    state: mayReadWords(request) ? await withWords(state, texts) : state,
  };
};

const timeline = async ({ reading }: Routes, of: AnyLifecycle, request: Request, response: Response) => {
  const id = thingIn(request);
  const { order = 'recorded', ...asked } = parametersOf(request, {
    after: parameters.cursor,
    limit: parameters.limit,
    order: parameters.order,
  });
  await awaitPosition(reading, request);
  const { revision } = await reading.load(of, id);
  if (revision < 0) throw nothingAt(of, id);
  const words = mayReadWords(request);
  const page = await reading.timeline(streamOf(of.name, id), {
    ...asked,
    order,
    words,
    reader: callerOf(request),
    limit: pageSize(asked),
    language: languageOf(request),
  });
  return { ...answerPage(page, request, response), revision, stale: page.stale };
};

/** Whether this caller is shown protected words. */
export const mayReadWords = (request: Request) => callerOf(request).roles.some((role) => readersOfWords.includes(role));
export const nothingAt = (of: AnyLifecycle, id: string) => notFound(of.name, id);
