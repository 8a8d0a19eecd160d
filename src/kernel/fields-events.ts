import { mark } from './field-marks';
import { type Given, Name, told, word } from './fields';

/** `<lifecycle>-<id>`, as `StreamName` takes it. */
export const streamName = /^[A-Za-z]+-[a-z0-9-]{1,80}$/;
const eventName = /^([A-Za-z]+)-([a-z0-9-]{1,80})@(\d{1,9})$/;

/** The parts of an event's name, `stream@revision`. */
export const namedEvent = (
  name: string,
): { readonly kind: string; readonly id: string; readonly stream: string; readonly revision: number } | undefined => {
  const [, kind, id, revision] = eventName.exec(name) ?? [];
  return kind === undefined || id === undefined ? undefined : { kind, id, stream: `${kind}-${id}`, revision: Number(revision) };
};

/** An event that was recorded, as `stream@revision`; also one that was taken back since. */
export const EventRef = (about: string, given: Given = {}) =>
  word(
    about,
    given,
    (says) => [told('eventName', (value) => eventName.test(value), says('NOT_AN_EVENT'))],
    { type: String, pattern: eventName.source, example: 'pairing-cartagena-malaga@7' },
    ({ id }, nth) => `party-${id(nth)}@0`,
    mark({ is: 'event' }),
  );

/** A stream as `<lifecycle>-<id>`, whether anything was recorded in it yet or not. */
export const StreamName = (about: string, given: Given = {}) =>
  word(
    about,
    given,
    (says) => [told('streamName', (value) => streamName.test(value), says('NOT_A_STREAM_NAME'))],
    { type: String, pattern: streamName.source, example: 'pairing-cartagena-malaga' },
    ({ id }, nth) => `party-${id(nth)}`,
  );

const nameOf =
  (is: 'lifecycle' | 'eventType' | 'eventDimension') =>
  (about: string, given: Given = {}): PropertyDecorator =>
  (target, field) => {
    for (const decorate of [Name(about, { max: 80, ...given }), mark({ is })]) decorate(target, field);
  };
/** The name of a lifecycle that there is. */
export const LifecycleRef = nameOf('lifecycle');
/** A type of event that some lifecycle keeps, corrections among them. */
export const EventTypeRef = nameOf('eventType');
/** A dimension that events of some lifecycle carry. */
export const EventDimensionRef = nameOf('eventDimension');
