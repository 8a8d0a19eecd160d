/** Makes `docs/contracts/openapi.json`, for `scripts/contracts.ts`. */
import { NestFactory } from '@nestjs/core';
import type { OpenAPIObject } from '@nestjs/swagger';
import { AppModule } from '../src/app.module';
import type { Writing } from '../src/engine/writing';
import { documentOf } from '../src/http/openapi';
import { Readiness } from '../src/http/ports';
import { lifecycles } from '../src/lifecycles/all';

/** What is given to the app and never asked, since it is described and not started. */
const unasked = {} as never;

/** The OpenAPI description of the app, without a store or a database. */
export const openApi = async (): Promise<OpenAPIObject> => {
  const module = AppModule.with({
    writing: { lifecycles } as Partial<Writing> as Writing,
    serving: {
      reading: unasked,
      readiness: new Readiness({}),
      vault: { texts: unasked, people: unasked, actors: unasked, documents: unasked },
      tokens: unasked,
      delivery: { feed: unasked, streams: { close: () => undefined }, origin: unasked } as never,
      log: 'silent',
    },
  });
  const app = await NestFactory.create(module, { logger: false, abortOnError: false });
  try {
    return documentOf(app);
  } finally {
    await app.close();
  }
};
