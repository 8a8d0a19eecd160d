import { mark } from './field-marks';
import { type Given, told, word } from './fields';
import { oneLine } from './kept-text';

const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** Whether something could be sent there at all: `https`, or `http` to this machine. Whether its address is a public one is for whoever sends. */
export const isEndpoint = (text: string): boolean => {
  if (text.length > 2_000 || !oneLine.test(text) || text !== text.trim() || text.includes('#') || !URL.canParse(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  if (username !== '' || password !== '') return false;
  return protocol === 'https:' || (protocol === 'http:' && loopback.test(hostname));
};

/** Where something is sent to; often it holds a secret: sent as text, kept encrypted outside events, a decision sees its `TextRef`. */
export const EndpointUrl = (about: string, given: Given = {}) =>
  word(
    about,
    given,
    (says) => [told('endpoint', isEndpoint, says('NOT_AN_ENDPOINT'))],
    { type: String, format: 'uri', maxLength: 2_000, example: 'https://events.example.org/puente' },
    () => 'https://events.example.org/puente',
    mark({ is: 'text' }),
  );
