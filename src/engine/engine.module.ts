import { type DynamicModule, Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { MeasuredExecuteHandler } from './measured-execute';
import { Writing } from './writing';

/** The CommandBus, and the one handler of every command behind it. Import it once. */
@Module({})
export class EngineModule {
  static with(writing: Writing): DynamicModule {
    return {
      module: EngineModule,
      global: true,
      imports: [CqrsModule.forRoot()],
      providers: [{ provide: Writing, useValue: writing }, MeasuredExecuteHandler],
      exports: [CqrsModule, Writing],
    };
  }
}
