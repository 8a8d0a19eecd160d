/** Makes the types of `clients/typescript/`, for `scripts/contracts.ts`. */
import type { OpenAPIObject } from '@nestjs/swagger';
import openapiTypes, { astToString, type OpenAPI3 } from 'openapi-typescript';
import ts from 'typescript';
import { eventTypes, type JsonSchema, publishedSchema } from '../src/delivery/contracts';
import { typePrefix } from '../src/delivery/envelope';

const written = '// Written by `npm run contracts`; do not edit.\n';

const commented = ({ description }: JsonSchema, indent: string) =>
  description === undefined ? '' : `${indent}/** ${description.replaceAll('*/', '*\\/')} */\n`;
const key = (name: string) => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name));
const union = (types: readonly string[]) => (types.length === 1 ? types[0]! : `(${types.join(' | ')})`);

const listOf = (each: string) => `readonly ${each.startsWith('readonly') ? `(${each})` : each}[]`;

const fieldsOf = ({ properties = {}, required = [] }: JsonSchema, indent: string): string =>
  Object.entries(properties)
    .map(
      ([name, shape]) =>
        `${commented(shape, indent)}${indent}readonly ${key(name)}${required.includes(name) ? '' : '?'}: ${typeOf(shape, indent)};\n`,
    )
    .join('');

const plain: Readonly<Record<string, string>> = { string: 'string', number: 'number', integer: 'number', boolean: 'boolean', null: 'null' };

/** @throws for what the schemas of events have not held so far */
const typeOf = (shape: JsonSchema, indent = ''): string => {
  const { $ref, anyOf, type, items, properties, additionalProperties } = shape;
  if ($ref !== undefined) return $ref.slice('#/definitions/'.length);
  if (anyOf) return union(anyOf.map((each) => typeOf(each, indent)));
  if ('const' in shape) return JSON.stringify(shape.const);
  if (shape.enum) return union(shape.enum.map((each) => JSON.stringify(each)));
  if (type === 'array') return listOf(typeOf(items ?? {}, indent));
  if (properties) return `{\n${fieldsOf(shape, `${indent}  `)}${indent}}`;
  if (type === 'object')
    return `{ readonly [name: string]: ${typeof additionalProperties === 'object' ? typeOf(additionalProperties, indent) : 'unknown'} }`;
  if (type === undefined) return 'unknown';
  if (typeof type !== 'string' || !plain[type]) throw new Error(`no type of TypeScript for ${JSON.stringify(shape)}`);
  return plain[type];
};

const declared = (name: string, shape: JsonSchema): string =>
  shape.properties
    ? `${commented(shape, '')}export interface ${name} {\n${fieldsOf(shape, '  ')}}\n`
    : `${commented(shape, '')}export type ${name} = ${typeOf(shape)};\n`;

/** The events as TypeScript: a union of which `type` says what `data` is. */
export const typesOfEvents = (envelope: JsonSchema): string => {
  const all = eventTypes.map((type) => publishedSchema(type)!);
  const definitions = Object.entries(Object.assign({}, ...all.map((each) => each.definitions)) as Readonly<Record<string, JsonSchema>>);
  const always = Object.fromEntries(Object.entries(envelope.properties!).filter(([name]) => !['type', 'data', 'reserved'].includes(name)));
  const required = envelope.required!.filter((name) => name !== 'type');
  return [
    written,
    ...definitions.sort(([one], [other]) => (one < other ? -1 : 1)).map(([name, shape]) => declared(name, shape)),
    ...all.map((shape) => declared(shape.title!, shape)),
    `/** The data of every type of event. */\nexport interface EventData {\n${eventTypes.map((type) => `  readonly ${type}: ${type};\n`).join('')}}\n`,
    'export type EventType = keyof EventData;\n',
    declared('Envelope', { ...envelope, properties: always, required }),
    '/** An event whose data is not for this reader has none. */',
    'export type Told<Data> = { readonly data: Data; readonly reserved?: never } | { readonly data?: never; readonly reserved: true };\n',
    `export type EventOf<Type extends EventType> = Envelope & { readonly type: \`${typePrefix}\${Type}\` } & Told<EventData[Type]>;\n`,
    '/** Any event: its `type` says what its `data` is. */',
    'export type PuenteEvent = { readonly [Type in EventType]: EventOf<Type> }[EventType];\n',
  ].join('\n');
};

const json = 'application/json';
/** The client reads JSON wherever there is JSON: other forms of the same answer would only blur its type. */
const readAsJson = (api: OpenAPIObject): OpenAPI3 =>
  JSON.parse(JSON.stringify(api), (name, node: Readonly<Record<string, unknown>>) =>
    name === 'content' && Object.hasOwn(node, json) ? { [json]: node[json] } : node,
  ) as OpenAPI3;

const eventType = 'PuenteEvent';
/** What the API takes and answers, as TypeScript; events in it are those of `typesOfEvents`. */
export const typesOfApi = async (api: OpenAPIObject): Promise<string> => {
  const types = await openapiTypes(readAsJson(api), {
    inject: `import type { ${eventType} } from './events';`,
    transform: (_, { path }) => (path === '#/components/schemas/CloudEvent' ? ts.factory.createTypeReferenceNode(eventType) : undefined),
  });
  return `${written}${astToString(types)}`;
};
