/** Makes `docs/contracts/cloudevent.schema.json`, for `scripts/contracts.ts`. */
import type { JsonSchema } from '../src/delivery/contracts';
import envelope from '../src/delivery/envelope.schema.json';

/** The schema of an event as it leaves the house; the data of each type has one of its own. */
export const envelopeSchema = (): JsonSchema => {
  const { $schema, ...shape } = envelope;
  return { $schema, $id: 'urn:puente:schema:cloudevent', title: 'CloudEvent', ...shape };
};
