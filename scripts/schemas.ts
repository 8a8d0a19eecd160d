/**
 * Writes the JSON Schemas of all events from their TypeScript interfaces: `npm run schemas`. They check what is recorded and
 * corrected, and tell subscribers what to expect; a test fails when they are not up to date.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createGenerator } from 'ts-json-schema-generator';

export const schemaFile = join(__dirname, '../src/lifecycles/events.schema.json');

/** Fields may be added to events, so a subscriber must not refuse what it does not know; but what Puente records has no field that its interface does not declare. */
export const generate = (): string => {
  const schema = createGenerator({
    path: join(__dirname, '../src/lifecycles/events.ts'),
    tsconfig: join(__dirname, '../tsconfig.json'),
    type: 'ProductEvents',
    topRef: true,
    additionalProperties: false,
    skipTypeCheck: true,
    encodeRefs: false,
  }).createSchema('ProductEvents');
  return `${JSON.stringify(schema, null, 2)}\n`;
};

if (require.main === module) writeFileSync(schemaFile, generate());
