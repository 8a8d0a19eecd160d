/** Makes `docs/contracts/cloudevent.schema.json`, for `scripts/contracts.ts`. */
import { join } from 'node:path';
import { createGenerator } from 'ts-json-schema-generator';
import type { JsonSchema } from '../src/delivery/contracts';

/** The schema of an event as it leaves the house, from its interface; the data of each type has one of its own. */
export const envelopeSchema = (): JsonSchema => {
  const generated: object = createGenerator({
    path: join(__dirname, '../src/delivery/envelope.ts'),
    tsconfig: join(__dirname, '../tsconfig.json'),
    type: 'CloudEvent',
    topRef: false,
    additionalProperties: true,
    skipTypeCheck: true,
    encodeRefs: false,
  }).createSchema('CloudEvent');
  const { $schema, definitions, $ref, ...shape } = generated as JsonSchema;
  if ($ref !== undefined || Object.keys(definitions ?? {}).length > 0) throw new Error('the envelope refers to shapes of its own');
  return { ...($schema !== undefined && { $schema }), $id: 'urn:puente:schema:cloudevent', title: 'CloudEvent', ...shape };
};
