/**
 * What is stored beside the data of every event. Stored for ever: a new field is optional, and the test of old shapes
 * (`metadata.spec.ts`) keeps every earlier shape readable.
 */
export interface Metadata {
  /** When it happened: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`. */
  readonly occurredOn: string;
  /** Random id of who recorded it; the register of people maps it to the subject of a token. */
  readonly actor: string;
  readonly roles: readonly string[];
  /** uuid v5 of (actor, idempotency key): the same for all that one command recorded. */
  readonly commandId: string;
  /** Keyed hash of the command as it was sent (canonical JSON), so that a key used again for something else is noticed. */
  readonly commandHash: string;
  /** What belongs together: the imports of one data set, or of one file; one request; and all that followed from it. */
  readonly correlationId: string;
  /** `stream@revision` of the event that a policy answered with this command. */
  readonly causationId?: string;
  /** The rule set it was decided under, as `id@version`. */
  readonly rules?: string;
  /** Names of the gates that were closed to it and had been waived. */
  readonly waived?: readonly string[];
  /** The stream's dimensions when it was recorded, and the countries that take part, with commas between: for filtering a feed, never for figures. */
  readonly dimensions?: Readonly<Record<string, string>>;
}
