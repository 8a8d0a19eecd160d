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
import { axes, type AxesAsked, momentIn, named, pinned, type StandsOn } from './axes';
import { documentList, documentThing, documentTimeline } from './documented-reads';
import { languageOf } from './language';
import { filterParameters, listedAsOf } from './lists';
import { MayCall } from './may-call';
import type { Page, TimelineAsked } from './ports';
import { malformed } from './problems';
import { withWords } from './revealed';
import type { Routes } from './routes';
import { nothingAt, personal, standingAt, thingAt } from './things';
import { awaitPosition, ofThisEpoch } from './waiting';

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

interface ListParameters extends AxesAsked {
  readonly after?: string | undefined;
  readonly limit?: number | undefined;
}

const list = async ({ reading }: Routes, of: AnyLifecycle, request: Request, response: Response) => {
  const read: ListParameters = parametersOf(request, {
    after: parameters.cursor,
    limit: parameters.limit,
    ...filterParameters(of.name),
    ...(listedAsOf(of) ? axes : {}),
  });
  const { asOf, knownAt, position, after, limit, ...filters } = read;
  const { mine, ...narrowed }: Readonly<Record<string, string>> = filters;
  const asked = { ...(after === undefined ? {} : { after }), limit: pageSize({ limit }), language: languageOf(request), filters: narrowed };
  const at = await momentIn(reading, request, { asOf, knownAt, position });
  // Who was responsible then is not known by the page.
  if (at && mine !== undefined) throw malformed('mine', 'NOT_TOGETHER', { other: 'asOf, knownAt, position' });
  if (at) return answerPage(await reading.listAsOf(of, at, asked), request, response, at);
  await awaitPosition(reading, request);
  const own = mine === 'true' ? { mine: callerOf(request).actor } : {};
  return answerPage(await reading.list(of, { ...asked, ...own }), request, response);
};

/** A page, with the address of the next in its `Link`. */
export const answerPage = ({ items, next, stale }: Page, request: Request, response: Response, at?: StandsOn) => {
  if (next !== undefined) response.setHeader('Link', nextLink(request, next, at && pinned(at)));
  response.setHeader('Content-Language', languageOf(request));
  personal(response);
  return { ...(at && named(at)), items, ...(next === undefined ? {} : { next }), ...(stale && { stale }) };
};

/** Read from the events themselves: what is in force now covers every receipt. */
const show = async ({ reading, texts }: Routes, of: AnyLifecycle, request: Request, response: Response) => {
  const id = thingIn(request);
  const at = await momentIn(reading, request, parametersOf(request, axes));
  if (!at) await ofThisEpoch(reading, request);
  const thing = await thingAt(reading, of, id, at);
  const { state: whole, revision } = thing;
  const illustrative = await thing.illustrative();
  standingAt(at ? undefined : revision, request, response);
  const state = shownTo(of, whole, callerOf(request));
  const rules = of.rules(whole);
  const mergedInto = of.mergedInto?.(whole);
  return {
    id,
    revision,
    ...(at && named(at)),
    ...(illustrative && { illustrative }),
    ...(mergedInto === undefined ? {} : { mergedInto }),
    ...(rules === undefined ? {} : { rules }),
    dimensions: dimensionsOf(of, whole, id),
    state: mayReadWords(request) ? await withWords(state, texts) : state,
  };
};

const timeline = async ({ reading }: Routes, of: AnyLifecycle, request: Request, response: Response) => {
  const id = thingIn(request);
  const { order, after, limit, ...onAxes } = parametersOf(request, {
    after: parameters.cursor,
    limit: parameters.limit,
    order: parameters.order,
    ...axes,
  });
  const asked: TimelineAsked = {
    ...(after !== undefined && { after }),
    order: order ?? 'recorded',
    words: mayReadWords(request),
    reader: callerOf(request),
    limit: pageSize({ limit }),
    language: languageOf(request),
  };
  const at = await momentIn(reading, request, onAxes);
  if (at) {
    const stood = await reading.stood(of, id, at);
    const { revision } = stood.folded;
    if (revision < 0) throw nothingAt(of, id);
    return { ...answerPage(await reading.timelineAsOf(stood, at, asked), request, response, at), revision, stale: false };
  }
  await awaitPosition(reading, request);
  const { revision } = await reading.load(of, id);
  if (revision < 0) throw nothingAt(of, id);
  const page = await reading.timeline(streamOf(of.name, id), asked);
  return { ...answerPage(page, request, response), revision, stale: page.stale };
};

/** Whether this caller is shown protected words. */
export const mayReadWords = (request: Request) => callerOf(request).roles.some((role) => readersOfWords.includes(role));
