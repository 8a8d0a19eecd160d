import { firstDay } from '../kernel/partial-date';
import { mayRead, type Reader } from '../kernel/reserved';
import { isCorrection } from '../kernel/history';
import { lifecycleNamed } from '../lifecycles/all';
import { idOf, kindOf, nameOf, type Recorded } from '../store/port';

/** What the events of one installation are named by. */
export interface Origin {
  /** `source` of its events: an absolute URI. */
  readonly source: string;
  /** Where the schema of a type of event is. */
  readonly schemaOf: (type: string) => string;
}

/** What the types of Puente's events begin with. Stored by subscribers for ever. */
export const typePrefix = 'eu.puente.';

/**
 * By its public address, where the installation has one.
 * @param publicUrl such as `https://puente.example.org`, without a slash at its end
 */
export const originAt = (publicUrl: string | undefined): Origin => ({
  source: publicUrl ?? 'urn:puente',
  schemaOf: (type) => (publicUrl === undefined ? `urn:puente:schema:${type}` : `${publicUrl}/v1/schemas/${type}`),
});

/** An event as it leaves the house: CloudEvents 1.0, structured JSON. Fields may be added to it; none is ever renamed or removed. */
export interface CloudEvent {
  readonly specversion: '1.0';
  /** `stream@revision`: the event's name wherever it is cited. */
  readonly id: string;
  readonly source: string;
  /** `eu.puente.` and the type of the event. */
  readonly type: string;
  /** `<lifecycle>/<id>` of the thing it happened to. */
  readonly subject: string;
  /** When it happened: the first moment of the day, the month or the year that `occurredon` names, UTC. */
  readonly time: string;
  readonly datacontenttype: 'application/json';
  readonly dataschema: string;
  /** Revision in its stream, with leading zeros: the order of events of one stream is that of these words. */
  readonly sequence: string;
  /** The stream: events of one are delivered in order. */
  readonly partitionkey: string;
  readonly correlationid: string;
  /** `stream@revision` of the event that a policy answered with it. */
  readonly causationid?: string;
  /** When it was recorded. */
  readonly recordedtime: string;
  /** When it happened, as far as it is known: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`. */
  readonly occurredon: string;
  /** Random id of who recorded it. */
  readonly actor?: string;
  /** The rule set it was decided under, `id@version`. */
  readonly rules?: string;
  /** Names of the gates that were waived for it, separated by spaces. */
  readonly waived?: string;
  /** What it says is not for this reader; it has no `data` then. */
  readonly reserved?: true;
  readonly data?: Readonly<Record<string, unknown>>;
}

const sequenceDigits = 10;

/** What the fact says that a correction is about, as far as the correction repeats it. */
const told = (event: Recorded) => {
  if (!isCorrection(event)) return [event];
  const { type, data = {} } = event.data as { readonly type: string; readonly data?: Readonly<Record<string, unknown>> };
  return [event, { type, data }];
};

/** An event as this reader is shown it. */
export const cloudEvent = (event: Recorded, reader: Reader, { source, schemaOf }: Origin): CloudEvent => {
  const { stream, revision, type, recordedAt, data, metadata } = event;
  const of = lifecycleNamed(kindOf(stream));
  const isShown = of === undefined || told(event).every((each) => mayRead(of, each, reader));
  const { occurredOn, actor, correlationId, causationId, rules, waived } = metadata;
  return {
    specversion: '1.0',
    id: nameOf(event),
    source,
    type: `${typePrefix}${type}`,
    subject: `${kindOf(stream)}/${idOf(stream)}`,
    time: `${firstDay(occurredOn)}T00:00:00Z`,
    datacontenttype: 'application/json',
    dataschema: schemaOf(type),
    sequence: String(revision).padStart(sequenceDigits, '0'),
    partitionkey: stream,
    correlationid: correlationId,
    ...(causationId !== undefined && { causationid: causationId }),
    recordedtime: recordedAt,
    occurredon: occurredOn,
    ...(isShown && { actor }),
    ...(rules !== undefined && { rules }),
    ...(waived && waived.length > 0 && { waived: waived.join(' ') }),
    ...(isShown ? { data } : { reserved: true }),
  };
};
