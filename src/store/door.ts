import { BadAppend, kindOf, idOf, type Expected, type NewEvent } from './port';

/** An event as text, ready to be stored. */
export interface Written {
  readonly id: string;
  readonly type: string;
  readonly data: string;
  readonly metadata: string;
}

/** Most characters of a stream's name. */
export const longestName = 512;

/**
 * Most bytes of one event's data and metadata: what every adapter can hold (1 MiB, less what EventStoreDB counts in besides). Larger
 * things are documents, and live in the vault.
 */
export const largestEvent = 1_047_552;

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
// JSON.stringify writes U+0000 and lone surrogates as escapes; an escaped backslash before them makes them plain text.
const unstorable = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f][0-9a-f]{2})/;

/**
 * What no adapter may store is refused here, so that all refuse the same.
 *
 * @throws BadAppend that names the stream or the event and what is wrong with it
 */
export function admit(stream: string, events: readonly NewEvent[], expected: Expected): readonly Written[] {
  if (typeof expected === 'number' && !(Number.isSafeInteger(expected) && expected >= 0)) throw new BadAppend(`${expected} is no revision`);
  if (kindOf(stream) === '' || idOf(stream) === '' || !stream.includes('-')) throw new BadAppend(`${stream} is no stream: <kind>-<id>`);
  if (stream.length > longestName) throw new BadAppend(`the name of a stream has at most ${longestName} characters, not ${stream.length}`);
  if (!isStorable(stream) || stream.startsWith('$')) throw new BadAppend(`${JSON.stringify(stream)} cannot be the name of a stream`);
  if (events.length === 0) throw new BadAppend(`nothing to append to ${stream}`);
  const written = events.map((event) => admitEvent(event));
  if (new Set(written.map(({ id }) => id)).size < written.length) throw new BadAppend(`two events for ${stream} have one id`);
  return written;
}

function admitEvent(event: NewEvent): Written {
  const { type } = event;
  if (!uuid.test(event.id)) throw new BadAppend(`an event's id is a uuid, not ${JSON.stringify(event.id)}`);
  if (type === '' || type.length > 200 || type.startsWith('$') || !isStorable(type)) {
    throw new BadAppend(`${JSON.stringify(type)} cannot be the type of an event`);
  }
  const data = textOf(event.data, event);
  const metadata = textOf(event.metadata, event);
  if (Buffer.byteLength(data) + Buffer.byteLength(metadata) > largestEvent) {
    throw new BadAppend(`${type} ${event.id} is larger than ${largestEvent} bytes`);
  }
  return { id: event.id.toLowerCase(), type, data, metadata };
}

function textOf(value: object, event: NewEvent): string {
  let text: string;
  try {
    text = JSON.stringify(value);
    if (!text.startsWith('{')) throw new TypeError('not an object');
  } catch (error) {
    throw new BadAppend(`${event.type} ${event.id} is not a JSON object: ${(error as Error).message}`);
  }
  if (text.includes('\\u') && unstorable.test(text)) throw new BadAppend(`${event.type} ${event.id} holds U+0000 or half a character`);
  return text;
}

/** Whether a name can be in the store at all; one that cannot is found by no reader. */
export const isStorable = (text: string) => !/[\0\p{Surrogate}]/u.test(text);
