/**
 * Writes the JSON Schemas of all events and of what they leave the house in from their TypeScript interfaces: `npm run schemas`. The
 * first check what is recorded and corrected; all tell subscribers what to expect. A test fails when they are not up to date.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createGenerator } from 'ts-json-schema-generator';

interface Described {
  /** Where the interface is, beside which its schema is written. */
  readonly path: string;
  readonly type: string;
  /** Whether the schema stands for itself, rather than among the definitions it has. */
  readonly alone: boolean;
  readonly additionalProperties: boolean;
}
const described: readonly Described[] = [
  // Fields may be added to events, so a subscriber must not refuse what it does not know; but what Puente records has no field that its interface does not declare.
  { path: 'lifecycles/events', type: 'ProductEvents', alone: false, additionalProperties: false },
  { path: 'delivery/envelope', type: 'CloudEvent', alone: true, additionalProperties: true },
];

const schemaOf = ({ path, type, alone, additionalProperties }: Described): string => {
  const schema = createGenerator({
    path: join(__dirname, `../src/${path}.ts`),
    tsconfig: join(__dirname, '../tsconfig.json'),
    type,
    topRef: !alone,
    additionalProperties,
    skipTypeCheck: true,
    encodeRefs: false,
  }).createSchema(type);
  const { definitions, ...shape } = schema;
  if (alone && (shape.$ref !== undefined || Object.keys(definitions ?? {}).length > 0)) throw new Error(`${type} refers to other shapes`);
  return `${JSON.stringify(alone ? shape : schema, null, 2)}\n`;
};

/** Every schema, by the file it is written to. */
export const generate = (): ReadonlyMap<string, string> =>
  new Map(described.map((each) => [join(__dirname, `../src/${each.path}.schema.json`), schemaOf(each)] as const));

if (require.main === module) for (const [path, text] of generate()) writeFileSync(path, text);
