import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Logger, NotFoundException } from '@nestjs/common';
import { ThrottlerException } from '@nestjs/throttler';
import type { Request, Response } from 'express';
import { type FieldProblem, KeyReused, Malformed, NotResponsible, StaleRevision, TryAgain, UnknownReference } from '../engine/refused';
import { BadCursor } from '../engine/page';
import { Rejected } from '../kernel/refusal';
import { BadAppend, OutcomeUnknown, Unavailable } from '../store/port';
import { TooDeep } from '../vault/command-hash';
import { fill, type Language, namingThings, sayField } from '../words/say';
import { languageOf } from './language';
import { methodsAt } from './methods';
import { nearestTo } from './nearest';
import { problemOfRule } from './problem-of-rule';
import { problemWords } from './problem-words';
import {
  type FieldError,
  malformed,
  Problem,
  type ProblemCode,
  type ProblemDocument,
  problemMediaType,
  problems,
  typeOf,
} from './problems';

/** Makes a problem document of whatever was thrown. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('http');

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response>();
    if (response.headersSent) {
      response.destroy();
      return;
    }
    const language = languageOf(request);
    response.setHeader('Content-Language', language);
    response.vary('Accept-Language');
    const body =
      error instanceof Rejected ? problemOfRule(error, language) : this.told(this.problemOf(error, request, response), language, response);
    const instance = typeof request.id === 'string' ? { instance: `urn:uuid:${request.id}` } : {};
    // `send` with a string would add a charset, which JSON does not have.
    response
      .status(body.status)
      .type(problemMediaType)
      .send(Buffer.from(JSON.stringify({ ...body, ...instance })));
  }

  private problemOf(error: unknown, request: Request, response: Response): Problem {
    if (error instanceof NotFoundException) {
      const allowed = methodsAt(request).join(', ');
      return allowed === ''
        ? new Problem('NO_SUCH_ROUTE', { values: nearBy(request) })
        : new Problem('METHOD_NOT_ALLOWED', { values: { allowed }, headers: { Allow: allowed } });
    }
    if (error instanceof ThrottlerException)
      return new Problem('TOO_MANY_REQUESTS', { values: { seconds: Number(response.getHeader('Retry-After') ?? 1) } });
    const known = knownProblem(error);
    if (known) return known;
    this.logger.error(error);
    return new Problem('INTERNAL');
  }

  private told({ code, about }: Problem, language: Language, response: Response): ProblemDocument {
    for (const [name, value] of Object.entries(about.headers ?? {})) response.setHeader(name, value);
    const { title, detail } = problemWords[language][code];
    return {
      type: typeOf(code),
      title,
      status: problems[code],
      code,
      detail: fill(language, detail, namingThings(language, about.values ?? {})),
      ...about.more,
      ...(about.errors ? { errors: about.errors.map((each) => errorIn(language, each)) } : {}),
    };
  }
}

/** A problem of a field in the language of the reader. */
const errorIn = (language: Language, found: FieldProblem): FieldError => ({
  path: found.path,
  code: found.code,
  problem: sayField(language, found),
});

const nearBy = (request: Request) => {
  const near = nearestTo(request);
  return near.length > 0 ? { near: near.join(', ') } : {};
};

const retry = (code: ProblemCode, seconds: number) => new Problem(code, { headers: { 'Retry-After': String(seconds) } });

/** What is no failure of ours, as a problem. */
const knownProblem = (error: unknown): Problem | undefined => {
  if (error instanceof Problem) return error;
  if (error instanceof Malformed)
    return error.fields[0]?.code === 'NOT_JSON' ? new Problem('NOT_JSON') : new Problem('MALFORMED', { errors: error.fields });
  if (error instanceof BadCursor) return malformed('after', 'NOT_A_CURSOR');
  if (error instanceof TooDeep) return malformed('', 'TOO_DEEP');
  if (error instanceof NotResponsible) return new Problem('NOT_RESPONSIBLE', { values: { streams: error.streams.join(', ') } });
  if (error instanceof KeyReused) return new Problem('KEY_REUSED');
  if (error instanceof StaleRevision) return new Problem('STALE_REVISION', { values: { actual: error.actual } });
  if (error instanceof UnknownReference) return new Problem('UNKNOWN_REFERENCE', { values: { thing: error.kind, id: error.id } });
  if (error instanceof BadAppend) return new Problem('NOT_STORABLE');
  if (error instanceof TryAgain || error instanceof OutcomeUnknown) return retry('TRY_AGAIN', 1);
  if (error instanceof Unavailable || isLostDatabase(error)) return retry('UNAVAILABLE', 2);
  return ofTheBody(error) ?? ofNest(error);
};

/** Errors of the body parser and of the router carry a status. */
const ofTheBody = (error: unknown): Problem | undefined => {
  const { status } = error as { status?: unknown };
  if (!(error instanceof Error) || error instanceof HttpException || typeof status !== 'number') return undefined;
  if (status === 413) return new Problem('TOO_LARGE');
  if (status === 415) return new Problem('UNSUPPORTED_MEDIA_TYPE');
  return status >= 400 && status < 500 ? new Problem('MALFORMED') : undefined;
};

const ofNest = (error: unknown): Problem | undefined => {
  if (!(error instanceof HttpException)) return undefined;
  const status = error.getStatus();
  if (status === 503) return retry('UNAVAILABLE', 2);
  // Nest makes this of a body that is no JSON and of an address that is no percent-encoding.
  return status === 400 ? new Problem(/JSON/.test(error.message) ? 'NOT_JSON' : 'MALFORMED') : undefined;
};

/** The database cannot be reached, is starting or stopping, or has no connection left. */
const isLostDatabase = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  if (typeof code === 'string') return /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOENT|08...|57P0[123]|53300)$/.test(code);
  return /Connection terminated|timeout exceeded when trying to connect|Cannot use a pool after/.test(error.message);
};
