import { Req, Res, type Type } from '@nestjs/common';
import type { Request, Response } from 'express';

export type Answer<Deps> = (deps: Deps, request: Request, response: Response) => Promise<unknown>;

/**
 * Gives a controller a method of this name, so that routes can be made from tables. Its arguments are request and response; what it
 * resolves to is the body.
 */
export const attach = <Deps extends object>(
  controller: Type<Deps>,
  name: string,
  answer: Answer<Deps>,
  decorators: readonly MethodDecorator[],
): void => {
  // A computed method has the name of its key: swagger and Nest find what is known of its arguments by it.
  const { [name]: method } = {
    [name](this: Deps, request: Request, response: Response) {
      return answer(this, request, response);
    },
  };
  const routes = controller.prototype as object;
  Object.defineProperty(routes, name, { value: method, configurable: true, writable: true, enumerable: false });
  Req()(routes, name, 0);
  Res({ passthrough: true })(routes, name, 1);
  Reflect.defineMetadata('design:paramtypes', [Object, Object], routes, name);
  const descriptor = Object.getOwnPropertyDescriptor(routes, name)!;
  for (const decorate of decorators) decorate(routes, name, descriptor);
};
