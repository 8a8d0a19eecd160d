import { type DynamicModule, Module } from '@nestjs/common';
import { EngineModule } from './engine/engine.module';
import type { Writing } from './engine/writing';
import { HttpModule, type Serving } from './http/http.module';

/** What the app stands on, made by whoever starts it: the server, the command line, a test. */
export interface Standing {
  readonly writing: Writing;
  readonly serving: Omit<Serving, 'lifecycles'>;
}

/** The whole app: every command of every lifecycle, and all that answers over HTTP. */
@Module({})
export class AppModule {
  static with({ writing, serving }: Standing): DynamicModule {
    return {
      module: AppModule,
      imports: [EngineModule.with(writing), HttpModule.with({ ...serving, lifecycles: Object.values(writing.lifecycles) })],
    };
  }
}
