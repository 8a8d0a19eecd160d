import { randomUUID } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';
import { LoggerModule } from 'nestjs-pino';
import { destination } from 'pino';
import { requestIdOf } from './headers';

export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'silent';

/** Gives every request its id before anything can fail: the caller's own, where it is a uuid. */
export const identify = (request: Request, response: Response, next: NextFunction) => {
  const id = requestIdOf(request.headers['x-request-id']) ?? randomUUID();
  request.id = id;
  response.setHeader('X-Request-Id', id);
  next();
};

/** Nest names every module and route as it puts them together: a hundred lines that /openapi.json says better. */
const isAssembly = (line: unknown) =>
  typeof line === 'object' &&
  line !== null &&
  'context' in line &&
  /^(InstanceLoader|RoutesResolver|RouterExplorer)$/.test(String(line.context));

const pathOf = (url: string | undefined) => url?.split('?', 1)[0];

/** One line a request on standard error: no bodies, no headers, no query. */
export const logged = (level: LogLevel) =>
  LoggerModule.forRoot({
    pinoHttp: [
      {
        level,
        hooks: {
          logMethod(line, log) {
            if (!isAssembly(line[0])) log.apply(this, line);
          },
        },
        genReqId: ({ id }) => id,
        autoLogging: { ignore: ({ url }) => url?.startsWith('/health/') ?? false },
        serializers: {
          req: ({ id, method, url }: { id: string; method: string; url?: string }) => ({ id, method, path: pathOf(url) }),
          res: ({ statusCode }: { statusCode: number }) => ({ status: statusCode }),
        },
      },
      destination(2),
    ],
  });
