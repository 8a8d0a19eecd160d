import { mark } from './field-marks';
import { type Given, told, word } from './fields';

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
