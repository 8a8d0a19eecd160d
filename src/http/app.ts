import type { Socket } from 'node:net';
import type { DynamicModule, NestApplicationOptions } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import helmet from 'helmet';
import { Logger } from 'nestjs-pino';
import { refuseTarget, setTargetAside } from './addresses';
import { readBody } from './body';
import { identify } from './logging';
import { OpenApiRoutes } from './openapi';
import { problemMediaType, problems, typeOf } from './problems';
import { problemWords } from './problem-words';

/** The app as it is served: tests and the command line boot the same one. It listens to nothing yet. */
export const makeApp = async (module: DynamicModule): Promise<NestExpressApplication> => {
  const options: NestApplicationOptions = { bodyParser: false, bufferLogs: true, abortOnError: false };
  const app = await NestFactory.create<NestExpressApplication>(module, options);
  app.useLogger(app.get(Logger));
  app.set('etag', false);
  app.set('query parser', 'simple');
  app.disable('x-powered-by');
  app.use(identify);
  app.use(refuseTarget);
  // Plain http on this machine must go on working: nothing tells browsers to change to https.
  app.use(helmet({ contentSecurityPolicy: { directives: { upgradeInsecureRequests: null } }, strictTransportSecurity: false }));
  app.use(readBody);
  app.get(OpenApiRoutes).describe(app);
  app.getHttpServer().prependListener('request', setTargetAside).on('clientError', answerUnreadable);
  await app.init();
  return app;
};

/** What Node cannot read as HTTP reaches no filter. */
const answerUnreadable = (error: NodeJS.ErrnoException, socket: Socket) => {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const overflow = error.code === 'HPE_HEADER_OVERFLOW';
  const status = overflow ? '431 Request Header Fields Too Large' : '400 Bad Request';
  const body = JSON.stringify({
    type: typeOf('MALFORMED'),
    status: overflow ? 431 : problems.MALFORMED,
    code: 'MALFORMED',
    ...problemWords.en.MALFORMED,
  });
  socket.end(
    `HTTP/1.1 ${status}\r\nContent-Type: ${problemMediaType}\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
};
