import Ajv, { type ValidateFunction } from 'ajv';
import type { StoredDocument, TextRef } from '../kernel/fields';
import schema from '../lifecycles/events.schema.json';

interface Shape {
  readonly $ref?: string;
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly items?: Shape;
  /** Alternatives hold no protected texts. */
  readonly anyOf?: readonly object[];
}
const textShape = '#/definitions/TextRef';
const documentShape = '#/definitions/StoredDocument';
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

/** A copy of an event's data with what stands wherever its shape holds such a thing changed; `path` is dotted. */
const atEach =
  (held: string) =>
  (type: string, data: unknown, change: (value: unknown, path: string) => unknown): unknown => {
    const walk = (shape: Shape | undefined, value: unknown, path: readonly string[]): unknown => {
      if (shape?.$ref === held) return change(value, path.join('.'));
      const at = shape?.$ref ? definitions[decodeURIComponent(shape.$ref.slice('#/definitions/'.length))] : shape;
      if (Array.isArray(value)) return value.map((each, i) => walk(at?.items, each, [...path, String(i)]));
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, walk(at?.properties?.[key], each, [...path, key])]));
    };
    return walk(Object.hasOwn(events, type) ? events[type] : undefined, data, []);
  };
const atTexts = atEach(textShape);
const atDocuments = atEach(documentShape);

/** A copy in which references stand for the words that were sent; what is a reference already stays. */
export const protectWords = (type: string, data: unknown, make: (words: string) => TextRef): unknown =>
  atTexts(type, data, (value) => (typeof value === 'string' ? make(value) : value));

/** A copy in which words stand wherever the shape holds a protected text: those that were sent, and others for each reference. */
export const asWords = (type: string, data: unknown, instead: string): unknown =>
  atTexts(type, data, (value) => (typeof value === 'string' ? value : instead));

/** What no longer is as it is sent: by its path, what stands in place of words and of the digests of documents. */
export const refsIn = (type: string, data: unknown): ReadonlyMap<string, unknown> => {
  const found = new Map<string, unknown>();
  for (const at of [atTexts, atDocuments])
    at(type, data, (value, path) => {
      if (typeof value !== 'string' && value !== undefined) found.set(path, value);
      return value;
    });
  return found;
};

/** A copy in which descriptions stand for the digests that were sent; what is a description already stays. */
export const describeDigests = (type: string, data: unknown, make: (digest: string) => unknown): unknown =>
  atDocuments(type, data, (value) => (typeof value === 'string' ? make(value) : value));

/** A copy in which the digests of documents stand for their descriptions, as they are sent. */
export const asDigests = (type: string, data: unknown): unknown =>
  atDocuments(type, data, (value) => (typeof value === 'string' ? value : (value as Partial<StoredDocument> | null | undefined)?.digest));

/** The documents that an event names. */
export const documentsIn = (type: string, data: unknown): readonly StoredDocument[] => {
  const found: StoredDocument[] = [];
  atDocuments(type, data, (value) => {
    if (value !== undefined) found.push(value as StoredDocument);
    return value;
  });
  return found;
};
