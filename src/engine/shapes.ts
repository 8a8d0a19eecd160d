import Ajv, { type ValidateFunction } from 'ajv';
import type { TextRef } from '../kernel/fields';
import schema from '../lifecycles/events.schema.json';

interface Shape {
  readonly $ref?: string;
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly items?: Shape;
}
const definitions: Readonly<Record<string, Shape>> = schema.definitions;
const events = definitions['ProductEvents']!.properties!;
const ajv = new Ajv({ strict: false, allErrors: true }).addSchema(schema, 'events');
const checks = new Map<string, ValidateFunction>();

/** What is wrong with the data of an event, in words; nothing when it has the shape its type declares. */
export const problemWith = (type: string, data: unknown): string | undefined => {
  if (!Object.hasOwn(events, type)) return `there is no event ${type}`;
  let check = checks.get(type);
  if (!check) checks.set(type, (check = ajv.compile({ $ref: `events#/definitions/ProductEvents/properties/${type}` })));
  return check(data) ? undefined : ajv.errorsText(check.errors, { dataVar: type });
};

/**
 * A copy of an event's data in which references stand wherever the shape holds a protected text and words were sent; what is a
 * reference already stays.
 */
export const protectWords = (type: string, data: unknown, make: (words: string) => TextRef): unknown => {
  const walk = (shape: Shape | undefined, value: unknown): unknown => {
    if (shape?.$ref === '#/definitions/TextRef') return typeof value === 'string' ? make(value) : value;
    const at = shape?.$ref ? definitions[decodeURIComponent(shape.$ref.slice('#/definitions/'.length))] : shape;
    if (Array.isArray(value)) return value.map((each) => walk(at?.items, each));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, walk(at?.properties?.[key], each)]));
  };
  return walk(Object.hasOwn(events, type) ? events[type] : undefined, data);
};
