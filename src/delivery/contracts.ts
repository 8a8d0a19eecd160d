import type { EventType } from '../lifecycles/events';
import schema from '../lifecycles/events.schema.json';
import { outlineOf } from '../words/in-outline';
import { originAt, typePrefix } from './envelope';

/** What is used of JSON Schema (draft-07). */
export interface JsonSchema {
  readonly $schema?: string;
  readonly $id?: string;
  readonly $ref?: string;
  readonly title?: string;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | JsonSchema;
  readonly items?: JsonSchema;
  readonly definitions?: Readonly<Record<string, JsonSchema>>;
  readonly [keyword: string]: unknown;
}

const definitionsThere: Readonly<Record<string, JsonSchema>> = schema.definitions;
const events = definitionsThere['ProductEvents']!.properties!;
const pointer = '#/definitions/';

/** Every type of event there is, in the order of their names. */
export const eventTypes: readonly EventType[] = (Object.keys(events) as EventType[]).sort();

const typesThere: ReadonlySet<string> = new Set(eventTypes);
const prefixes = [typePrefix, originAt(undefined).schemaOf('')];

/** The name alone of a type that is written as `type` of an event has it, or as its `dataschema` where there is no public address. */
export const bareType = (text: string): string => text.slice((prefixes.find((each) => text.startsWith(each)) ?? '').length);

/** The type of event that is named so, in any of these ways; nothing where there is none. */
export const eventTypeOf = (text: string): EventType | undefined => {
  const name = bareType(text);
  return typesThere.has(name) ? (name as EventType) : undefined;
};

/** Written where an interface declares no fields that it does not name, or none at all. */
const isClosed = (value: unknown) => value === false || JSON.stringify(value) === '{"not":{}}';

/** Without what would have a subscriber refuse a field that is added later. */
const opened = <Node>(node: Node): Node => {
  if (Array.isArray(node)) return node.map((each) => opened<unknown>(each)) as Node;
  if (typeof node !== 'object' || node === null) return node;
  const kept = Object.entries(node).filter(([keyword, value]) => keyword !== 'additionalProperties' || !isClosed(value));
  return Object.fromEntries(kept.map(([keyword, value]) => [keyword, opened<unknown>(value)])) as Node;
};

/** The definitions that a schema needs, and those that these need. */
const definitionsOf = (shape: JsonSchema): Readonly<Record<string, JsonSchema>> => {
  const found = new Map<string, JsonSchema>();
  const look = (within: JsonSchema) => {
    for (const [, name] of JSON.stringify(within).matchAll(/"#\/definitions\/([^"]+)"/g)) {
      if (found.has(name!)) continue;
      const definition = opened(definitionsThere[name!]!);
      found.set(name!, definition);
      look(definition);
    }
  };
  look(shape);
  return Object.fromEntries([...found].sort(([one], [other]) => (one < other ? -1 : 1)));
};

const sentence = (text: string) => (/[.!?]$/.test(text) ? text : `${text}.`);

const make = (type: EventType): JsonSchema => {
  const named = events[type]!;
  const { description, ...shape } = opened(named.$ref ? definitionsThere[named.$ref.slice(pointer.length)]! : named);
  const definitions = definitionsOf(shape);
  return {
    $schema: schema.$schema,
    $id: originAt(undefined).schemaOf(type),
    title: type,
    description: [outlineOf(type), ...(description === undefined ? [] : [description])].map(sentence).join(' '),
    ...shape,
    ...(Object.keys(definitions).length > 0 && { definitions }),
  };
};

const made = new Map<string, JsonSchema>();

/**
 * What subscribers are promised of the data of an event, in one schema that needs no other; nothing where there is no such type. Fields
 * may be added to events, so it lets pass what it does not name; what Puente records has the fields of this schema and no others.
 */
export const publishedSchema = (type: string): JsonSchema | undefined => {
  if (!made.has(type) && Object.hasOwn(events, type)) made.set(type, make(type as EventType));
  return made.get(type);
};
