import createFetchClient, { type Client, type ClientPathsWithMethod, type FetchResponse, type MaybeOptionalInit } from 'openapi-fetch';
import type { PuenteEvent } from './events';
import type { paths } from './schema';

export type * from './events';
export type { components, operations, paths } from './schema';

export interface ClientSettings {
  /** Such as `https://puente.example.org`. */
  readonly baseUrl: string;
  /** Asked before each request: an access token of the issuer. What is open to everybody needs none. */
  readonly token?: () => string | Promise<string>;
  /** Language of problems and of what is told in words; English when left out. */
  readonly language?: 'en' | 'es' | 'pt';
}

type Fetching = Client<paths>;
type Verb = 'get' | 'put' | 'post' | 'delete';
type Fine = 200 | 201 | 202 | 204;
/** What is said with these statuses; undefined of one without a body. */
type Said<Responses, Status> = {
  [Each in keyof Responses & Status]: Responses[Each] extends { readonly content: infer Content } ? Content[keyof Content] : undefined;
}[keyof Responses & Status];
type Answer<Responses> =
  | { readonly data: Said<Responses, Fine>; readonly error?: never; readonly response: Response }
  | { readonly data?: never; readonly error: Said<Responses, Exclude<keyof Responses, Fine>>; readonly response: Response };
type Answered<Operation, Init> = Operation extends { readonly responses: infer Responses }
  ? Init extends { readonly parseAs: string }
    ? FetchResponse<Operation, Init, `${string}/${string}`>
    : Answer<Responses>
  : never;
/** As in openapi-fetch, but for answers that are of the very types of the API: what takes write-only fields out there unmakes events. */
type Asking<Method extends Verb> = <
  Path extends ClientPathsWithMethod<Fetching, Method>,
  Init extends MaybeOptionalInit<paths[Path], Method>,
>(
  url: Path,
  ...init: InitOf<Init>
) => Promise<Answered<paths[Path][Method], Init>>;
type InitOf<Init> = undefined extends Init ? [init?: Init] : [init: Init];

export type PuenteClient = Omit<Fetching, Uppercase<Verb>> & { readonly [Method in Verb as Uppercase<Method>]: Asking<Method> };

/** Requests by address and method, checked against what Puente takes and answers: `client.GET('/v1/pairings/{id}', …)`. */
export const createClient = ({ baseUrl, token, language }: ClientSettings): PuenteClient => {
  const client = createFetchClient<paths>({ baseUrl });
  client.use({
    async onRequest({ request }) {
      if (token) request.headers.set('Authorization', `Bearer ${await token()}`);
      if (language) request.headers.set('Accept-Language', language);
      return request;
    },
  });
  return client as PuenteClient;
};

const prefix = 'eu.puente.';

/**
 * An event as it arrived: the body of a webhook whose signature was checked, or the `data` of a server-sent event. Its shape is what
 * Puente promises and is not checked here. Be ready for types that came after this version.
 * @throws SyntaxError, TypeError for what is no event of Puente
 */
export const readEvent = (text: string): PuenteEvent => {
  const event = JSON.parse(text) as { readonly specversion?: unknown; readonly type?: unknown } | null;
  if (event?.specversion !== '1.0' || typeof event.type !== 'string' || !event.type.startsWith(prefix))
    throw new TypeError('no event of Puente');
  return event as PuenteEvent;
};
