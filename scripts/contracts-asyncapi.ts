/** Makes `docs/contracts/asyncapi.json`, for `scripts/contracts.ts`: how events reach subscribers. */
import { type JsonSchema, eventTypes, publishedSchema } from '../src/delivery/contracts';
import { typePrefix } from '../src/delivery/envelope';

const mediaType = 'application/cloudevents+json';
const at = (kind: string, name: string) => ({ $ref: `#/components/${kind}/${name}` });

/** References within one schema become references within the document. */
const within = <Node>(node: Node): Node => JSON.parse(JSON.stringify(node).replaceAll('"#/definitions/', '"#/components/schemas/')) as Node;

const alone = ['$schema', '$id', 'definitions'];
/** A schema as one of many in a document: its definitions stand beside it. */
const component = (shape: JsonSchema): JsonSchema =>
  within(Object.fromEntries(Object.entries(shape).filter(([keyword]) => !alone.includes(keyword))));

const eventOf = (type: string): JsonSchema => ({
  title: `${typePrefix}${type}`,
  description: `${publishedSchema(type)!.description} Without \`data\` where it is reserved for others than the reader.`,
  allOf: [
    at('schemas', 'CloudEvent'),
    { type: 'object', properties: { type: { type: 'string', const: `${typePrefix}${type}` }, data: at('schemas', type) } },
  ],
});

const signed = {
  type: 'object',
  required: ['webhook-id', 'webhook-timestamp', 'webhook-signature'],
  properties: {
    'webhook-id': { type: 'string', description: 'Names the delivery: the same when it is tried again, so that a repeat can be told.' },
    'webhook-timestamp': {
      type: 'string',
      pattern: '^\\d+$',
      description: 'When this attempt was made, in seconds since 1970: refuse what is older than a few minutes.',
    },
    'webhook-signature': {
      type: 'string',
      description:
        'By Standard Webhooks, of `<webhook-id>.<webhook-timestamp>.<body>`: a version, a comma and the signature in base64. While a key is replaced there are several, with spaces between; one that holds is enough.',
    },
  },
};

const schemas = (envelope: JsonSchema): Readonly<Record<string, JsonSchema>> => {
  const definitions = Object.assign({}, ...eventTypes.map((type) => publishedSchema(type)!.definitions)) as Readonly<
    Record<string, JsonSchema>
  >;
  const named = [
    ['CloudEvent', component(envelope)] as const,
    ...eventTypes.flatMap((type) => [[type, component(publishedSchema(type)!)] as const, [`${type}Event`, eventOf(type)] as const]),
    ...Object.entries(within(definitions)).sort(([one], [other]) => (one < other ? -1 : 1)),
  ];
  const twice = named.map(([name]) => name).filter((name, i, names) => names.indexOf(name) < i);
  if (twice.length > 0) throw new Error(`two schemas of one name: ${twice.join(', ')}`);
  return Object.fromEntries(named);
};

const byType = <Made>(make: (type: string) => Made): Readonly<Record<string, Made>> =>
  Object.fromEntries(eventTypes.map((type) => [type, make(type)]));
const message = (type: string) => ({
  name: `${typePrefix}${type}`,
  title: type,
  summary: publishedSchema(type)!.description,
  contentType: mediaType,
  payload: at('schemas', `${type}Event`),
});

/** The events of Puente as AsyncAPI 3.0 describes them: who sends what to whom, and what it looks like. */
export const asyncApi = (envelope: JsonSchema): object => ({
  asyncapi: '3.0.0',
  info: {
    title: 'Puente: events',
    version: '1',
    description:
      'What happens in city cooperation, as CloudEvents 1.0 in structured JSON. Fields and types of events may be added; none is renamed, removed or given another meaning. Events of one stream come in order, each at least once: `id` tells a repeat.',
    license: { name: 'EUPL-1.2', url: 'https://joinup.ec.europa.eu/collection/eupl/eupl-text-eupl-12' },
  },
  defaultContentType: mediaType,
  servers: {
    puente: {
      host: '{host}',
      protocol: 'https',
      description: 'An installation of Puente',
      variables: { host: { default: '127.0.0.1:3000', description: 'Its public address' } },
      security: [at('securitySchemes', 'bearer')],
    },
    subscriber: {
      host: '{host}',
      protocol: 'https',
      description: 'Whoever subscribed, at the address that was given',
      variables: { host: { default: 'subscriber.example.org', description: 'Of the address that was given' } },
    },
  },
  channels: {
    deliveries: {
      address: null,
      title: 'Webhook',
      description:
        'An event is POSTed to the address of the subscription, signed, and again until it is answered with a status from 200 to 299. Check the signature over the bytes of the body before reading them.',
      servers: [{ $ref: '#/servers/subscriber' }],
      messages: byType((type) => ({ ...message(type), headers: at('schemas', 'WebhookHeaders') })),
    },
    stream: {
      address: '/v1/events/stream',
      title: 'Server-sent events',
      description:
        'Each event is the `data` of one server-sent event, whose `id` is the cursor behind it: sent back as `Last-Event-ID` the stream goes on from there. An `id` without `data` moves the cursor past what the filter leaves out.',
      servers: [{ $ref: '#/servers/puente' }],
      messages: byType((type) => at('messages', type)),
    },
  },
  operations: {
    deliver: {
      action: 'send',
      title: 'Deliver to a subscriber',
      channel: { $ref: '#/channels/deliveries' },
      bindings: { http: { method: 'POST', bindingVersion: '0.3.0' } },
    },
    tell: {
      action: 'send',
      title: 'Tell whoever listens',
      channel: { $ref: '#/channels/stream' },
      bindings: { http: { method: 'GET', bindingVersion: '0.3.0' } },
    },
  },
  components: {
    schemas: { WebhookHeaders: signed, ...schemas(envelope) },
    messages: byType(message),
    securitySchemes: {
      bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'An access token of the issuer' },
    },
  },
});
