import type { Request } from 'express';

/** The part of a layer of Express's router that is read here. */
interface Layer {
  readonly route?: { readonly methods: Readonly<Record<string, boolean>> };
  match(path: string): boolean;
}

/** The methods that an address takes, so that a wrong one can be told from a wrong address. */
export const methodsAt = (request: Request): readonly string[] => {
  const { stack } = (request.app as unknown as { readonly router: { readonly stack: readonly Layer[] } }).router;
  const found = new Set<string>();
  for (const layer of stack) {
    // What takes every method is no address but something that all requests pass through.
    if (!layer.route || 'trace' in layer.route.methods || !matches(layer, request.path)) continue;
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
