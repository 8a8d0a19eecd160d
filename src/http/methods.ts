import type { Request } from 'express';

/** The part of a layer of Express's router that is read here. */
interface Layer {
  readonly route?: { readonly path: string; readonly methods: Readonly<Record<string, boolean>> };
  match(path: string): boolean;
}

type Route = NonNullable<Layer['route']>;

const layersIn = (request: Request): readonly (Layer & { readonly route: Route })[] => {
  const { stack } = (request.app as unknown as { readonly router: { readonly stack: readonly Layer[] } }).router;
  // What takes every method is no address but something that all requests pass through.
  return stack.filter(
    (layer): layer is Layer & { readonly route: Route } => layer.route !== undefined && !('trace' in layer.route.methods),
  );
};

/** Every address there is. */
export const routesIn = (request: Request): readonly Route[] => layersIn(request).map(({ route }) => route);

/** The methods that an address takes, so that a wrong one can be told from a wrong address. */
export const methodsAt = (request: Request): readonly string[] => {
  const found = new Set<string>();
  for (const layer of layersIn(request)) {
    if (!matches(layer, request.path)) continue;
    for (const method of Object.keys(layer.route.methods)) if (method !== '_all') found.add(method.toUpperCase());
  }
  if (found.has('GET')) found.add('HEAD');
  return [...found].sort();
};

/** An address that is no percent-encoding matches nothing. */
const matches = (layer: Layer, path: string) => {
  try {
    return layer.match(path);
  } catch {
    return false;
  }
};
