import { problemWithUrl } from './endpoint-addresses';
import { mark } from './field-marks';
import { type Given, told, word } from './fields';

/** Whether something could be sent there by any installation: whether this machine may be sent to is for the one that sends. */
const isEndpoint = (text: string): boolean => problemWithUrl(text, { loopback: true }) === undefined;

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
