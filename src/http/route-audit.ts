import { Injectable, type OnModuleInit, RequestMethod, type Type } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { type Callers, callersKey } from './may-call';

export interface Route {
  readonly controller: string;
  readonly name: string;
  readonly method: string;
  readonly path: string;
  /** Nobody said where undefined. */
  readonly callers: Callers | undefined;
}

/** The routes of one controller, as its decorators say. */
export const routesIn = (controller: Type): readonly Route[] => {
  const handlers = controller.prototype as Readonly<Record<string, (...sent: never[]) => unknown>>;
  return new MetadataScanner().getAllMethodNames(handlers).flatMap((name): readonly Route[] => {
    const handler = handlers[name]!;
    const method = Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod | undefined;
    if (method === undefined) return [];
    const paths = [Reflect.getMetadata(PATH_METADATA, controller), Reflect.getMetadata(PATH_METADATA, handler)] as (string | undefined)[];
    const path = `/${paths
      .map((part) => part?.replace(/^\/|\/$/g, ''))
      .filter(Boolean)
      .join('/')}`;
    const callers = new Reflector().getAllAndOverride<Callers | undefined>(callersKey, [handler, controller]);
    return [{ controller: controller.name, name, method: RequestMethod[method], path, callers }];
  });
};

/** Every route of every controller there is, with who may call it. The app does not start where one does not say. */
@Injectable()
export class RouteAudit implements OnModuleInit {
  constructor(private readonly discovery: DiscoveryService) {}

  onModuleInit(): void {
    const open = this.routes().filter(({ callers }) => callers === undefined || callers.length === 0);
    if (open.length > 0)
      throw new Error(
        `These routes do not say who may call them (@MayCall, @SignedIn, @Public): ${open.map(({ controller, name }) => `${controller}.${name}`).join(', ')}`,
      );
  }

  routes(): readonly Route[] {
    return this.discovery.getControllers().flatMap(({ metatype }) => (typeof metatype === 'function' ? routesIn(metatype as Type) : []));
  }
}
